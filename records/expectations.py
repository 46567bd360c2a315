"""Keeping what is expected in step with the facts: the calendar, the posts, absences, the outcome."""

from __future__ import annotations

import csv
import functools
import io
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import guidance as numbers
from records.calendars import cached_terms, terms_for
from records.courses import AssessmentFacts, InductionFacts, course_of, facts_of
from records.deadlines import Due, plan
from records.events import Actor, Happening, record, record_all
from records.models.inductions import Assessment, AssessmentKind, AssessmentPoint, ExtensionKind, Induction, Outcome, Source
from records.models.schools import CalendarTerm, School
from records.terms import Term
from records.values import Wrong, iso_date

_NO_LONGER = "no longer expected after a change of dates, hours, absence or calendar"
_CALENDAR = ("name", "starts_on", "ends_on", "review_due_on", "school_urn")
_SCHEDULED = frozenset({Source.RULE, Source.IMPORT})
_FACTS = ["posts", "assessments", "absences", "extensions", "reductions", "periods"]
AT_ONCE = 1000
PLANS_KEPT = 4096
"""Most ECTs begin on one of a few days, full time, by one calendar: the plan of equal facts is made once."""

Key = tuple[AssessmentKind, AssessmentPoint | int | None]
"""What makes two expectations the same: a formal assessment is known by its point, everything else by its term."""


def reschedule(session: Session, induction: Induction, actor: Actor, now: datetime) -> int:
    """Bring the expected assessments in step with start, FTE, calendar and end. Returns how many were added, moved or withdrawn.

    What was accepted stays as it is. What a person or a paper put there stays too. Doing it twice changes nothing.
    """
    changed = _bring_in_step(session, [induction.id], functools.partial(terms_for, session), actor, now)
    session.expire(induction, _FACTS)
    return changed


def reschedule_some(session: Session, ids: Sequence[uuid.UUID], actor: Actor, now: datetime) -> None:
    """`reschedule` for many inductions. Whatever the session holds is read anew afterwards."""
    _bring_in_step(session, ids, cached_terms(session), actor, now)
    session.expire_all()


def reschedule_all(session: Session, actor: Actor, now: datetime) -> int:
    """Every open induction, after the calendar changed. Returns how many there are."""
    ids = session.scalars(sa.select(Induction.id).where(Induction.outcome.is_(None)).order_by(Induction.id)).all()
    reschedule_some(session, ids, actor, now)
    return len(ids)


def import_terms(session: Session, text: str, actor: Actor, now: datetime) -> int:
    """Take a calendar from CSV: name, starts_on, ends_on, review_due_on, school_urn (the last two may be empty).

    A trust's calendar is one under the URN of its own row, for all schools that are linked to it. A term with the same start
    and school is replaced. Raises `Wrong` with every bad line, and then takes none.
    """
    table = csv.DictReader(io.StringIO(text))
    header = [(name or "").strip() for name in table.fieldnames or ()]
    missing = [name for name in ("starts_on", "ends_on") if name not in header]
    if missing:
        message = (
            f"The first line must name the columns {', '.join(_CALENDAR)} (only starts_on and ends_on must be there); "
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        )
        raise Wrong(message)
    table.fieldnames = header
    lines = list(table)
    problems: list[str] = []
    rows = [row for number, line in enumerate(lines, start=2) if (row := _term_row(session, number, line, problems))]
    if problems:
        raise Wrong("\n".join(problems))
    for row in rows:
        session.execute(
            sa.delete(CalendarTerm).where(
                CalendarTerm.starts_on == row.starts_on,
                CalendarTerm.school_id == row.school_id if row.school_id else CalendarTerm.school_id.is_(None),
            )
        )
        session.add(row)
        session.flush()
    if rows:
        record(session, "calendar_changed", rows[0], actor, now, detail={"terms": len(rows)})
        reschedule_all(session, actor, now)
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Changes:
    """Rows of `Assessment` to add, and columns to set by key."""

    added: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[dict[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.added) + len(self.moved) + len(self.withdrawn)


def _bring_in_step(
    session: Session,
    ids: Sequence[uuid.UUID],
    calendar: Callable[[uuid.UUID], list[Term]],
    actor: Actor,
    now: datetime,
) -> int:
    """How many expectations were added, moved or withdrawn. Some inductions at a time, each time in a few statements."""
    session.flush()
    guidance = numbers.of(session)
    planned = functools.lru_cache(PLANS_KEPT)(plan)
    changed = 0
    for start in range(0, len(ids), AT_ONCE):
        changes, happened = _Changes(), list[Happening]()
        for facts in facts_of(session, ids[start : start + AT_ONCE]):
            before = len(changes)
            course = course_of(facts, calendar(facts.school_id), guidance) if facts.school_id else None
            _compare(facts, _expected(facts, planned(course, guidance) if course else []), changes, now)
            if count := len(changes) - before:
                happened.append(Happening(Induction.__tablename__, facts.id, {"changed": count}, facts.id))
        _write(session, changes)
        record_all(session, "rescheduled", happened, actor, now)
        changed += len(changes)
    return changed


def _expected(facts: InductionFacts, found: Iterable[Due]) -> dict[Key, Due]:
    """What is still to come. After leaving, only the interim assessment is: it is expected of who has gone as well (2.63)."""
    left = facts.outcome is Outcome.RELEASE
    return {
        _key(due): due
        for due in found
        if not (left and due.kind is not AssessmentKind.INTERIM_ASSESSMENT) and not _settled(facts, due)
    }


def _settled(facts: InductionFacts, due: Due) -> bool:
    """Whether what is due came in already. A decision to extend after the final assessment asks for another one (3.8)."""
    done = [one for one in facts.assessments if one.accepted and one.kind is due.kind]
    if due.kind is not AssessmentKind.FORMAL_ASSESSMENT:
        return any(one.sequence == due.sequence for one in done)
    extended = [one.decided_on for one in facts.extensions if one.kind is ExtensionKind.DECISION and one.decided_on]
    return any(
        one.point is due.point
        and not (due.point is AssessmentPoint.FINAL and any(one.received_on and day >= one.received_on for day in extended))
        for one in done
    )


def _key(one: Due | AssessmentFacts) -> Key:
    return (one.kind, one.point if one.kind is AssessmentKind.FORMAL_ASSESSMENT else one.sequence)


def _compare(facts: InductionFacts, expected: dict[Key, Due], changes: _Changes, now: datetime) -> None:
    rows = {_key(one): one for one in facts.assessments if one.source in _SCHEDULED and not one.accepted}
    for key, due in expected.items():
        row = rows.get(key)
        if row is None:
            fact = {"id": uuid.uuid4(), "induction_id": facts.id, "source": Source.RULE, "recorded_at": now}
            changes.added.append({**fact, "kind": due.kind, **_when(due)})
        elif row.source is not Source.IMPORT and (row.not_required is not None or _when(row) != _when(due)):
            # What was due before a history came in stays: nobody is asked for it, whatever the calendar says now.
            changes.moved.append({"id": row.id, **_when(due), "not_required": None})
    for key, row in rows.items():
        if key not in expected and row.not_required is None:
            changes.withdrawn.append({"id": row.id, "not_required": _NO_LONGER})


def _when(one: Due | AssessmentFacts) -> dict[str, Any]:
    return {
        "point": one.point,
        "sequence": one.sequence,
        "due_on": one.due_on,
        "period_start": one.period_start,
        "period_end": one.period_end,
    }


def _write(session: Session, changes: _Changes) -> None:
    if changes.added:
        # One statement for all: without nulls in it there would be one for each run of rows that leave out the same columns.
        session.execute(sa.insert(Assessment).execution_options(render_nulls=True), changes.added)
    for rows in (changes.moved, changes.withdrawn):
        if rows:
            session.execute(sa.update(Assessment), rows)


def _term_row(session: Session, number: int, line: dict[str, str], problems: list[str]) -> CalendarTerm | None:
    try:
        starts_on, ends_on = iso_date(line.get("starts_on") or ""), iso_date(line.get("ends_on") or "")
        due = (line.get("review_due_on") or "").strip()
        review_due_on = iso_date(due) if due else None
    except Wrong:
        problems.append(f"Line {number}: dates must be written like 2026-03-27")
        return None
    if ends_on <= starts_on:
        problems.append(f"Line {number}: the term must end after it starts")
    urn = (line.get("school_urn") or "").strip()
    school_id = session.scalar(sa.select(School.id).where(School.urn == urn)) if urn else None
    if urn and school_id is None:
        problems.append(f"Line {number}: no school has the URN {urn}")
    name = (line.get("name") or "").strip() or f"Term from {starts_on.isoformat()}"
    return CalendarTerm(
        id=uuid.uuid4(), school_id=school_id, name=name, starts_on=starts_on, ends_on=ends_on, review_due_on=review_due_on
    )
