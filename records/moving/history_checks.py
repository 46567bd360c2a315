"""What only shows when rows are seen together: doubles, orders of dates, names the wrong way round. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from records.moving.history_rows import Problem, Read
from records.values import name_key, spoken_date

YOUNGEST, OLDEST = 18, 80
"""Years of age at the start of induction."""
OLD_RULES_END = date(2021, 9, 1)
"""Inductions that began before this day were of three terms (SI 2021/385)."""
OLD_RULES_LAST = date(2023, 9, 1)
"""From this day on only those already extended may finish under the rules of three terms (statutory guidance 2024, 2.30)."""


def ect_problems(rows: Sequence[Read], chosen: Mapping[str, str], table: str) -> list[Problem]:
    """Problems of all rows of ECTs."""
    found: list[Problem] = []
    found += _doubles(rows, chosen, table, "legacy_id", "id")
    found += _doubles(rows, chosen, table, "trn", "TRN")
    for row in rows:
        found += [
            Problem(table, row.line, chosen[key], "is empty")
            for key in ("legacy_id", "first_name", "last_name", "starts_on")
            if key in chosen and key in row.values and row.get(key) is None
        ]
        found += [Problem(table, row.line, chosen.get(key, key), why) for key, why in _orders(row)]
        found += [Problem(table, row.line, chosen.get(key, key), why, doubt=True) for key, why in _doubts(row)]
    found += _swapped(rows, chosen, table)
    return found


def assessment_problems(rows: Sequence[Read], chosen: Mapping[str, str], table: str) -> list[Problem]:
    """Problems of all rows of assessments."""
    found = _doubles(rows, chosen, table, "legacy_id", "id") if "legacy_id" in chosen else []
    for row in rows:
        found += [
            Problem(table, row.line, chosen[key], "is empty")
            for key in ("kind", "period_end")
            if key in chosen and key in row.values and row.get(key) is None
        ]
        start, end = row.get("period_start"), row.get("period_end")
        if start and end and end < start:
            found.append(Problem(table, row.line, chosen["period_end"], f"ends before it starts on {spoken_date(start)}"))
    return found


def required_terms(row: Read) -> tuple[int, bool]:
    """Terms to serve before reductions, and whether the export says so: three for an NQT induction, else six."""
    model = row.get("model")
    if model is not None:
        return (3 if model == "nqt" else 6), True
    starts_on, ended = row.get("starts_on"), row.get("completed_on")
    return (3 if starts_on and starts_on < OLD_RULES_END and ended and ended < OLD_RULES_LAST else 6), False


def _orders(row: Read) -> Iterator[tuple[str, str]]:
    start = row.get("starts_on")
    for key in ("completed_on", "left_on", "decided_on"):
        day = row.get(key)
        if start and day and day < start:
            yield key, f"{spoken_date(day)} is before the start of induction on {spoken_date(start)}"
    born = row.get("date_of_birth")
    if born and start and not YOUNGEST <= start.year - born.year <= OLDEST:
        yield "date_of_birth", f"gives an age of {start.year - born.year} at the start of induction"
    previous_start, previous_end = row.get("previous_starts_on"), row.get("previous_ends_on")
    if previous_start and previous_end and previous_end < previous_start:
        yield "previous_ends_on", "ends before it starts"
    if previous_end and start and previous_end >= start:
        yield "previous_ends_on", f"overlaps the induction with this body from {spoken_date(start)}"
    outcome = row.get("outcome")
    if outcome in {"pass", "fail"} and row.get("completed_on") is None:
        yield "outcome", "an induction that was passed or failed needs the day on which it ended"
    if outcome == "release" and not (row.get("left_on") or row.get("completed_on")):
        yield "outcome", "somebody who left needs the day of leaving"
    if outcome == "in_progress" and row.get("completed_on") is not None:
        yield "completed_on", "an induction in progress has no end"


def _doubts(row: Read) -> Iterator[tuple[str, str]]:
    qts, start = row.get("qts_on"), row.get("starts_on")
    if qts and start and start < qts:
        yield "qts_on", f"QTS on {spoken_date(qts)} is after the start of induction on {spoken_date(start)}"
    first, last = name_key(row.get("first_name") or ""), name_key(row.get("last_name") or "")
    for key in ("email", "personal_email"):
        box = name_key((row.get(key) or "").partition("@")[0].replace(".", " ").replace("_", " ")).split()
        if len(box) == 2 and first != last and box == [last, first]:
            yield (
                "first_name",
                f"the {key.replace('_', ' ')} address reads the other way round: are first and last name swapped?",
            )
            return


def _doubles(rows: Sequence[Read], chosen: Mapping[str, str], table: str, key: str, what: str) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        value = row.get(key)
        if value is None:
            continue
        if value in first:
            found.append(Problem(table, row.line, chosen[key], f"the same {what} {value} stands on line {first[value]}"))
        else:
            first[value] = row.line
    return found


def _swapped(rows: Iterable[Read], chosen: Mapping[str, str], table: str) -> Iterator[Problem]:
    """A name that is a last name everywhere else in the file, beside one that is a first name everywhere else."""
    rows = list(rows)
    firsts = Counter(name_key(row.get("first_name") or "") for row in rows)
    lasts = Counter(name_key(row.get("last_name") or "") for row in rows)
    for row in rows:
        first, last = name_key(row.get("first_name") or ""), name_key(row.get("last_name") or "")
        if first and last and firsts[last] > lasts[last] and lasts[first] > firsts[first]:
            yield Problem(
                table,
                row.line,
                chosen.get("first_name", ""),
                "looks like a last name, and the last name like a first name: are they swapped?",
                doubt=True,
            )
