"""Planning the import of a history: what would come in, what is here already, what must not come, and what is wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import marks
from records.models.imports import LegacyKey
from records.models.inductions import Induction, Outcome
from records.models.people import Person
from records.models.retention import Erasure
from records.models.schools import School
from records.moving.history_checks import assessment_problems, ect_problems
from records.moving.history_rows import Problem, Read, read_row
from records.moving.history_staff import Finder, Matches
from records.moving.mapping import Columns
from records.moving.tables import Table
from records.retention import Policy, anchor_of, years_after
from records.values import Wrong, local_day, name_key, spoken_date

ECTS, ASSESSMENTS = "ECTs", "Assessments"
MOST_MISSING = 8
"""Columns that are missing are named up to this number."""
OLD_DAYS = 365 * 8
"""An induction that began so long ago and has no outcome is looked at by a person."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an import is held to."""

    key: bytes
    """The installation's key, for the ids that the erasure ledger recognises."""
    policy: Policy | None = None
    keep_ni_numbers: bool = False


@dataclass
class HistoryPlan:
    """What an import would do. Nothing is changed by making one."""

    columns: Columns
    new: list[Read] = field(default_factory=list)
    forms: dict[str, list[Read]] = field(default_factory=dict)
    """New assessments by the id of the ECT there."""
    known: int = 0
    known_forms: int = 0
    changed: list[str] = field(default_factory=list)
    """Rows that read otherwise than when they were imported; nothing is written over."""
    refused: list[str] = field(default_factory=list)
    """Rows that must not come in, and why. They stop nothing."""
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    schools: dict[int, uuid.UUID] = field(default_factory=dict)
    """By the line of the ECT."""
    new_schools: dict[int, str] = field(default_factory=dict)
    """Names of schools to add, by the line of the ECT."""
    people: dict[int, uuid.UUID] = field(default_factory=dict)
    """People who are on record already without an induction, by the line."""
    matches: Matches = field(default_factory=Matches)
    inductions: dict[str, uuid.UUID] = field(default_factory=dict)
    """Inductions of this system that are here already, by their id there."""

    @property
    def errors(self) -> list[Problem]:
        return [one for one in self.problems if not one.doubt]

    @property
    def doubts(self) -> list[Problem]:
        return [one for one in self.problems if one.doubt]

    @property
    def right(self) -> int:
        """How many of the new ECTs have nothing wrong, in their own row or those of their assessments."""
        wrong = {(one.table, one.line) for one in self.errors}
        return sum(
            (ECTS, row.line) not in wrong
            and not any((ASSESSMENTS, form.line) in wrong for form in self.forms.get(str(row.get("legacy_id")), ()))
            for row in self.new
        )

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "known": self.known,
            "changed": len(self.changed),
            "refused": len(self.refused),
            "assessments": sum(map(len, self.forms.values())),
            "known_assessments": self.known_forms,
            "new_schools": len(set(self.new_schools.values())),
            "errors": len(self.errors),
            "doubts": len(self.doubts),
        }


def plan(
    session: Session,
    ects: Table,
    forms: Table | None,
    columns: Columns,
    terms: Terms,
    now: datetime,
    progress: Callable[[int], None] = lambda _read: None,
) -> HistoryPlan:
    """Look at every row before anything is taken in. Raises `Wrong` where the columns do not fit."""
    columns, remarks = columns.fitting(ects.header, forms.header if forms else None)
    missing = columns.missing(ects.header) + (columns.missing(forms.header, assessments=True) if forms else [])
    if missing:
        more = f"; and {len(missing) - MOST_MISSING} more" if len(missing) > MOST_MISSING else ""
        raise Wrong("; ".join(missing[:MOST_MISSING]) + more)
    today = local_day(now)
    found = HistoryPlan(columns, remarks=[*ects.remarks, *(forms.remarks if forms else ()), *remarks])
    rows = _read(ects, columns.ects, columns, ECTS, today, found, progress)
    found.problems += ect_problems(rows, columns.ects, ECTS)
    record = _Known(session, columns.system)
    found.inductions = {legacy: one.subject_id for legacy, one in record.keys.get("ect", {}).items()}
    finder = Finder(session, now)
    for row in rows:
        if _place(row, record, terms, today, found):
            _colleagues(row, finder, found)
    if forms is not None:
        _forms(forms, columns, rows, record, today, found, progress)
    found.problems.sort(key=lambda one: (one.table != ECTS, one.line))
    return found


def outcome_of(row: Read) -> Outcome | None:
    said = row.get("outcome")
    return Outcome(said) if said in {"pass", "fail", "release"} else None


class _Known:
    """What is on record, looked up once."""

    def __init__(self, session: Session, system: str) -> None:
        self.keys: dict[str, dict[str, LegacyKey]] = {}
        for one in session.scalars(sa.select(LegacyKey).where(LegacyKey.system == system)):
            self.keys.setdefault(one.kind, {})[one.legacy_id] = one
        self.erased = {
            row.subject_id: row.erased_at for row in session.execute(sa.select(Erasure.subject_id, Erasure.erased_at))
        }
        self.people = {one.trn: one for one in session.scalars(sa.select(Person).where(Person.trn.is_not(None)))}
        self.inductions: dict[uuid.UUID, list[Any]] = {}
        for induction in session.execute(sa.select(Induction.id, Induction.person_id, Induction.let_go_on)):
            self.inductions.setdefault(induction.person_id, []).append(induction)
        schools = session.execute(sa.select(School.id, School.urn, School.dfe_number, School.name_key)).all()
        self.urns = {one.urn: one.id for one in schools if one.urn}
        self.numbers = _unique((one.dfe_number, one.id) for one in schools if one.dfe_number)
        self.names = _unique((one.name_key, one.id) for one in schools)


def _unique(pairs: Iterator[tuple[str, uuid.UUID]] | Any) -> dict[str, uuid.UUID | None]:
    """None where several have the same."""
    found: dict[str, uuid.UUID | None] = {}
    for key, value in pairs:
        found[key] = None if key in found else value
    return found


def _read(
    table: Table,
    chosen: Mapping[str, str],
    columns: Columns,
    title: str,
    today: date,
    found: HistoryPlan,
    progress: Callable[[int], None],
) -> list[Read]:
    rows = []
    for number, row in enumerate(table.rows, 1):
        read, problems = read_row(row, chosen, columns, title, today)
        found.problems += problems
        rows.append(read)
        if number % 500 == 0:
            progress(number)
    return rows


def _place(row: Read, record: _Known, terms: Terms, today: date, found: HistoryPlan) -> bool:
    """Where a row of an ECT belongs: known, refused, or new. Whether it is new."""
    legacy_id = row.get("legacy_id")
    if legacy_id is None:
        return False
    known = record.keys.get("ect", {}).get(legacy_id)
    if known is not None:
        found.known += 1
        if known.digest != row.digest:
            found.changed.append(f"{ECTS}, line {row.line}: {legacy_id} reads otherwise than when it was imported")
        return False
    why = _must_not_come(row, record, terms, today, found.columns.system)
    if why:
        found.refused.append(f"{ECTS}, line {row.line}: {legacy_id} {why}")
        return False
    _person(row, record, found)
    _school(row, record, found)
    start = row.get("starts_on")
    if start and (today - start).days > OLD_DAYS and outcome_of(row) is None and row.get("completed_on") is None:
        column = found.columns.ects.get("outcome", "")
        found.problems.append(Problem(ECTS, row.line, column, f"began on {spoken_date(start)} and has no outcome", doubt=True))
    found.new.append(row)
    return True


def _colleagues(row: Read, finder: Finder, found: HistoryPlan) -> None:
    own, school_id = found.people.get(row.line), found.schools.get(row.line)
    for key, why in finder.look(row, own, school_id, found.matches):
        found.problems.append(Problem(ECTS, row.line, found.columns.ects.get(key, key), why, doubt=True))


def _must_not_come(row: Read, record: _Known, terms: Terms, today: date, system: str) -> str | None:
    trn = row.get("trn")
    gone = record.erased.get(marks.of_legacy(terms.key, system, row.get("legacy_id")))
    if gone is None and trn:
        gone = record.erased.get(marks.of_trn(terms.key, trn))
    if gone is not None:
        return f"was erased here on {spoken_date(local_day(gone))} and must not come back"
    person = record.people.get(trn) if trn else None
    theirs = record.inductions.get(person.id, []) if person is not None else []
    if any(one.let_go_on for one in theirs):
        return "was let go here when its time was up"
    if theirs:
        return "is on record already with this TRN: nothing is taken in twice"
    outcome = outcome_of(row)
    if terms.policy is None or outcome is None:
        return None
    completed = row.get("completed_on") or row.get("left_on")
    ended = Induction(outcome=outcome, completed_on=completed, outcome_on=row.get("decided_on") or completed)
    anchor = anchor_of(ended, terms.policy)
    if isinstance(anchor, date) and years_after(anchor, terms.policy.years) <= today:
        return f"is past its time: {terms.policy.years} years ended on {spoken_date(years_after(anchor, terms.policy.years))}"
    return None


def _person(row: Read, record: _Known, found: HistoryPlan) -> None:
    """Somebody with the TRN who is here without an induction: the same person, unless names or birthday say otherwise."""
    person = record.people.get(row.get("trn")) if row.get("trn") else None
    if person is None:
        return
    columns = found.columns.ects
    first, last = name_key(row.get("first_name") or ""), name_key(row.get("last_name") or "")
    if (person.first_key, person.last_key) == (last, first) and first != last:
        why = "first and last name are the other way round than on record: are they swapped?"
        found.problems.append(Problem(ECTS, row.line, columns["first_name"], why, doubt=True))
    elif person.last_key != last and person.first_key != first:
        found.problems.append(Problem(ECTS, row.line, columns["trn"], "is the TRN of somebody else on record"))
    born = row.get("date_of_birth")
    if born and person.date_of_birth and born != person.date_of_birth:
        found.problems.append(Problem(ECTS, row.line, columns["date_of_birth"], "differs from the record with this TRN"))
    found.people[row.line] = person.id


def _school(row: Read, record: _Known, found: HistoryPlan) -> None:
    urn, number, name = row.get("school_urn"), row.get("school_dfe_number"), row.get("school_name")
    school = (
        (record.urns.get(urn) if urn else None)
        or (record.numbers.get(number) if number else None)
        or (record.names.get(name_key(name)) if name else None)
    )
    if school is not None:
        found.schools[row.line] = school
        return
    if name and found.columns.add_schools:
        found.new_schools[row.line] = name
        return
    key = next((key for key in ("school_urn", "school_dfe_number", "school_name") if row.get(key)), None)
    columns = found.columns.ects
    if key is None:
        place = next((columns[one] for one in ("school_name", "school_urn") if one in columns), "")
        found.problems.append(Problem(ECTS, row.line, place, "no school is named"))
        return
    several = name and name_key(name) in record.names and not urn
    why = "more than one school has this name: give its URN" if several else "is no school on record: import the schools first"
    found.problems.append(Problem(ECTS, row.line, columns[key], f"“{row.get(key)}” {why}" if not several else why))


def _forms(
    forms: Table,
    columns: Columns,
    ects: list[Read],
    record: _Known,
    today: date,
    found: HistoryPlan,
    progress: Callable[[int], None],
) -> None:
    rows = _read(forms, columns.assessments, columns, ASSESSMENTS, today, found, progress)
    found.problems += assessment_problems(rows, columns.assessments, ASSESSMENTS)
    by_trn = {row.get("trn"): row.get("legacy_id") for row in ects if row.get("trn")}
    every = {row.get("legacy_id") for row in ects}
    new = {row.get("legacy_id") for row in found.new}
    whose = columns.assessments.get("ect_id") or columns.assessments["trn"]
    for row in rows:
        legacy = row.get("ect_id") or by_trn.get(row.get("trn"))
        if legacy is None or (legacy not in every and legacy not in found.inductions):
            found.problems.append(Problem(ASSESSMENTS, row.line, whose, "is no ECT of the other table"))
            continue
        known = record.keys.get("assessment", {}).get(form_key(row, legacy))
        if known is not None:
            found.known_forms += 1
            if known.digest != row.digest:
                found.changed.append(f"{ASSESSMENTS}, line {row.line}: reads otherwise than when it was imported")
        elif legacy in new or legacy in found.inductions:
            found.forms.setdefault(legacy, []).append(row)


def form_key(row: Read, ect_id: str) -> str:
    """What recognises an assessment when it comes again: its id there, else whose it is, its kind and its end."""
    if row.get("legacy_id"):
        return str(row.get("legacy_id"))
    return f"{ect_id}/{row.get('kind')}/{row.get('point') or ''}/{row.get('period_end')}"[:200]
