"""Rows of another system as ECTs and assessments: each value in our form, or a problem with its line and column. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from records.moving import cells
from records.moving.mapping import Columns
from records.moving.tables import TableRow
from records.values import Wrong

MOST_TERMS = Decimal(16)
MOST_DAYS = Decimal(2000)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a cell or a row. A doubt may be waved through; an error may not."""

    table: str
    line: int
    column: str
    why: str
    doubt: bool = False

    def __str__(self) -> str:
        place = f"{self.table}, line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{place}: {self.why}{' (a doubt)' if self.doubt else ''}"


@dataclass(frozen=True, slots=True)
class Read:
    """A row as read: values by our field (None: not known), and where it stands. `digest` recognises it when it comes again."""

    line: int
    values: Mapping[str, Any]
    digest: str

    def get(self, key: str) -> Any:
        return self.values.get(key)


OUTCOMES = {
    "pass": "pass",
    "passed": "pass",
    "satisfactory": "pass",
    "satisfactorily completed": "pass",
    "complete": "pass",
    "completed": "pass",
    "induction complete": "pass",
    "induction completed": "pass",
    "fail": "fail",
    "failed": "fail",
    "unsatisfactory": "fail",
    "release": "release",
    "released": "release",
    "left": "release",
    "leaver": "release",
    "transferred": "release",
    "withdrawn": "release",
    "not yet completed": "release",
    "in progress": "in_progress",
    "current": "in_progress",
    "active": "in_progress",
    "ongoing": "in_progress",
    "extended": "in_progress",
    "registered": "in_progress",
}

MODELS = {
    "ect": "ect",
    "ecf": "ect",
    "early career teacher": "ect",
    "two year": "ect",
    "2 year": "ect",
    "nqt": "nqt",
    "newly qualified teacher": "nqt",
    "one year": "nqt",
    "1 year": "nqt",
}

PROGRAMMES = {
    "provider led": "provider_led",
    "providerled": "provider_led",
    "full induction programme": "provider_led",
    "fip": "provider_led",
    "school led": "school_led",
    "schoolled": "school_led",
    "core induction programme": "school_led",
    "cip": "school_led",
    "diy": "school_led",
    "school based": "school_led",
}

CONTRACTS = {
    "permanent": "permanent",
    "perm": "permanent",
    "temporary": "fixed_term",
    "temp": "fixed_term",
    "fixed term": "fixed_term",
    "fixedterm": "fixed_term",
    "maternity cover": "fixed_term",
    "supply": "supply",
}

KINDS = {
    "p": "progress_review",
    "progress review": "progress_review",
    "progress": "progress_review",
    "review": "progress_review",
    "a": "formal_assessment",
    "assessment": "formal_assessment",
    "formal assessment": "formal_assessment",
    "formal": "formal_assessment",
    "first assessment": "formal_assessment",
    "second assessment": "formal_assessment",
    "final assessment": "formal_assessment",
    "interim": "interim_assessment",
    "interim assessment": "interim_assessment",
}

POINTS = {
    "first": "first",
    "1": "first",
    "1st": "first",
    "first assessment": "first",
    "second": "second",
    "2": "second",
    "2nd": "second",
    "second assessment": "second",
    "third": "third",
    "3": "third",
    "3rd": "third",
    "final": "final",
    "final assessment": "final",
    "interim": "interim",
}

JUDGEMENTS = {
    "satisfactory": "satisfactory",
    "making satisfactory progress": "satisfactory",
    "has performed satisfactorily": "satisfactory",
    "met": "satisfactory",
    "unsatisfactory": "unsatisfactory",
    "not making satisfactory progress": "unsatisfactory",
    "not satisfactory": "unsatisfactory",
    "not met": "unsatisfactory",
    "extension": "extension",
    "extend": "extension",
}

YES_NO = {"yes": "true", "y": "true", "true": "true", "on track": "true", "no": "false", "n": "false", "false": "false"}

_CHOICES: dict[str, dict[str, str]] = {
    "outcome": OUTCOMES,
    "model": MODELS,
    "programme": PROGRAMMES,
    "contract": CONTRACTS,
    "kind": KINDS,
    "point": POINTS,
    "judgement": JUDGEMENTS,
    "on_track": YES_NO,
}
_NAMES = frozenset({"first_name", "last_name", "former_name", "tutor_name", "mentor_name"})
_EMAILS = frozenset({"email", "personal_email", "tutor_email", "mentor_email"})
_TERMS = frozenset({"terms_served", "terms_completed", "reduction_terms", "extension_terms", "previous_terms"})
_DAYS = frozenset({"days_absent", "days_served"})
NOT_IN_FUTURE = frozenset({"date_of_birth", "qts_on", "completed_on", "decided_on", "received_on", "period_start"})
_LONGEST = {"legacy_id": 100, "ect_id": 100, "telephone": 40, "file": 500}


def read_row(row: TableRow, chosen: Mapping[str, str], columns: Columns, table: str, today: date) -> tuple[Read, list[Problem]]:
    """The values of a row, and what is wrong with them. `chosen` is our field to their column."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, column in chosen.items():
        try:
            values[key] = _value(key, row.cells.get(column, ""), columns)
        except Wrong as wrong:
            problems.append(Problem(table, row.line, column, str(wrong)))
            continue
        if key in NOT_IN_FUTURE and values[key] is not None and values[key] > today:
            problems.append(Problem(table, row.line, column, f"“{row.cells[column]}” is in the future"))
    content = json.dumps({key: row.cells.get(column, "") for key, column in chosen.items()}, sort_keys=True)
    return Read(row.line, values, hashlib.sha256(content.encode()).hexdigest()), problems


def _value(key: str, written: str, columns: Columns) -> Any:
    if key.endswith("_on") or key in {"date_of_birth", "period_start", "period_end"}:
        return cells.day(written, columns.dates)
    if key in _CHOICES:
        return cells.one_of(written, _CHOICES[key], dict(columns.words.get(key, {})))
    if key in _TERMS:
        return cells.amount(written, MOST_TERMS)
    if key in _DAYS:
        return cells.amount(written, MOST_DAYS)
    reader = _READERS.get(key) or (cells.name if key in _NAMES else cells.email if key in _EMAILS else cells.text)
    found = reader(written)
    longest = _LONGEST.get(key, 200)
    if isinstance(found, str) and len(found) > longest:
        message = f"“{found[:40]}…” is longer than {longest} characters"
        raise Wrong(message)
    return found


_READERS: dict[str, Callable[[str], Any]] = {
    "trn": cells.trn,
    "fte": cells.fte,
    "ni_number": cells.ni_number,
    "school_urn": lambda written: _digits(written, "URN", (5, 6)),
    "school_dfe_number": lambda written: _digits(written, "DfE number", (7,)),
}


def _digits(written: str, what: str, lengths: tuple[int, ...]) -> str | None:
    plain = cells.text(written)
    if plain is None:
        return None
    digits = "".join(character for character in plain if character not in " /-")
    if not digits.isdecimal() or len(digits) not in lengths:
        message = f"“{plain}” is no {what}: it has {' or '.join(map(str, lengths))} digits"
        raise Wrong(message)
    return digits
