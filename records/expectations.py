"""Keeping what is expected in step with the facts: the calendar, the posts, absences, the outcome."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from records import guidance as numbers
from records.allowances import first_part
from records.calendars import cached_terms, terms_for
from records.deadlines import Away, Course, Due, plan
from records.events import Actor, Happening, record, record_all
from records.guidance import Guidance
from records.inductions import expectation
from records.models.inductions import (
    Assessment,
    AssessmentKind,
    AssessmentPoint,
    ExtensionKind,
    FteSpell,
    Induction,
    InductionPeriod,
    Outcome,
    Post,
    ProgrammeKind,
    Source,
)
from records.models.schools import CalendarTerm, School
from records.terms import Spell, Term
from records.values import Wrong, iso_date

_NO_LONGER = "no longer expected after a change of dates, hours, absence or calendar"
_CALENDAR = ("name", "starts_on", "ends_on", "review_due_on", "school_urn")
_SCHEDULED = frozenset({Source.RULE, Source.IMPORT})


_FACTS = ["posts", "assessments", "absences", "extensions", "reductions", "periods"]
AT_ONCE = 500

Key = tuple[AssessmentKind, AssessmentPoint | int | None]
"""What makes two expectations the same: a formal assessment is known by its point, everything else by its term."""


def reschedule(session: Session, induction: Induction, actor: Actor, now: datetime) -> list[Assessment]:
    """Bring the expected assessments in step with start, FTE, calendar and end. Returns what is expected and not yet in.

    What was accepted stays as it is. What a person or a paper put there stays too. Doing it twice changes nothing.
    """
    session.refresh(induction, _FACTS)
    calendar = terms_for(session, lead_post(induction).school_id) if induction.posts else []
    if changed := _bring_in_step(session, induction, calendar, now):
        session.flush()
        record(session, "rescheduled", induction, actor, now, detail={"changed": changed}, induction_id=induction.id)
        session.refresh(induction, ["assessments"])
    return [one for one in induction.assessments if one.accepted_at is None and one.not_required is None]


def reschedule_all(session: Session, actor: Actor, now: datetime) -> int:
    """Every open induction, after the calendar changed, some at a time. Returns how many there are."""
    ids = session.scalars(sa.select(Induction.id).where(Induction.outcome.is_(None)).order_by(Induction.id)).all()
    calendar = cached_terms(session)
    session.flush()
    session.expire_all()
    for start in range(0, len(ids), AT_ONCE):
        _reschedule_some(session, ids[start : start + AT_ONCE], calendar, actor, now)
    return len(ids)


def _reschedule_some(
    session: Session, ids: Sequence[uuid.UUID], calendar: Callable[[uuid.UUID], list[Term]], actor: Actor, now: datetime
) -> None:
    wanted = sa.select(Induction).where(Induction.id.in_(ids)).options(*_loading())
    changes: list[Happening] = []
    for induction in session.scalars(wanted):
        terms = calendar(lead_post(induction).school_id) if induction.posts else []
        if changed := _bring_in_step(session, induction, terms, now):
            changes.append(Happening(induction, {"changed": changed}, induction.id))
    record_all(session, "rescheduled", changes, actor, now)
    session.flush()


def _loading() -> list[ExecutableOption]:
    spells = selectinload(Induction.posts).selectinload(Post.spells)
    dates = selectinload(Induction.assessments).defer(Assessment.values)
    others = (selectinload(getattr(Induction, name)) for name in _FACTS if name not in {"posts", "assessments"})
    return [*others, spells, dates]


def _bring_in_step(session: Session, induction: Induction, calendar: Sequence[Term], now: datetime) -> int:
    """How many expectations were added, moved or withdrawn."""
    wanted = {_key_of_due(due): due for due in _wanted(session, induction, calendar) if not _settled(induction, due)}
    rows = {_key_of_row(one): one for one in induction.assessments if one.source in _SCHEDULED and one.accepted_at is None}
    changed = 0
    for key, due in wanted.items():
        row = rows.get(key)
        if row is None:
            _add(induction, due, now)
            changed += 1
        else:
            changed += _move(row, due)
    for key, row in rows.items():
        if key not in wanted and row.not_required is None:
            row.not_required = _NO_LONGER
            changed += 1
    return changed


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


def summed_spells(posts: Iterable[Post]) -> list[Spell]:
    """The full-time equivalent of all posts together, from each day on which it changes."""
    rows: list[tuple[Post, FteSpell]] = [(post, spell) for post in posts for spell in post.spells]
    days = {max(spell.starts_on, post.starts_on) for post, spell in rows}
    days |= {date.fromordinal(post.ends_on.toordinal() + 1) for post, _spell in rows if post.ends_on}
    return [
        Spell(day, sum((_fte_on(post, day) for post in {post for post, _spell in rows}), Decimal(0))) for day in sorted(days)
    ]


def lead_post(induction: Induction) -> Post:
    """The post whose school's calendar counts: the lead one, and of several the latest."""
    return max(induction.posts, key=lambda post: (post.lead, post.starts_on))


def course_of(induction: Induction, calendar: Sequence[Term], guidance: Guidance) -> Course | None:
    """The facts from which the plan is made. None where there is no start, no post, or nothing to expect. Pure."""
    starts_on = _own_start(induction)
    if starts_on is None or not induction.posts or induction.outcome in {Outcome.PASS, Outcome.FAIL}:
        return None
    ends = [post.ends_on for post in induction.posts]
    return Course(
        starts_on,
        tuple(summed_spells(induction.posts)),
        tuple(calendar),
        required=induction.required_terms,
        first_part=first_part(induction),
        served_before=_served_before(induction, starts_on),
        ends_on=None if None in ends else max(day for day in ends if day is not None),
        leavings=_leavings(induction.posts, calendar),
        away=tuple(Away(one.starts_on, one.ends_on) for one in induction.absences if one.starts_on),
        before_2021=induction.programme is ProgrammeKind.BEFORE_2021 and induction.required_terms <= guidance.nqt_terms,
    )


def _wanted(session: Session, induction: Induction, calendar: Sequence[Term]) -> list[Due]:
    """After leaving, only the interim assessment is still to come: it is expected of who has gone as well (2.63)."""
    if not induction.posts:
        return []
    guidance = numbers.of(session)
    course = course_of(induction, calendar, guidance)
    found = plan(course, guidance) if course else []
    if induction.outcome is Outcome.RELEASE:
        return [due for due in found if due.kind is AssessmentKind.INTERIM_ASSESSMENT]
    return found


def _settled(induction: Induction, due: Due) -> bool:
    """Whether what is due came in already. A decision to extend after the final assessment asks for another one (3.8)."""
    done = [one for one in induction.assessments if one.accepted_at is not None and one.kind is due.kind]
    if due.kind is not AssessmentKind.FORMAL_ASSESSMENT:
        return any(one.sequence == due.sequence for one in done)
    extended = [one.decided_on for one in induction.extensions if one.kind is ExtensionKind.DECISION and one.decided_on]
    return any(
        one.point is due.point
        and not (due.point is AssessmentPoint.FINAL and any(one.received_on and day >= one.received_on for day in extended))
        for one in done
    )


def _own_start(induction: Induction) -> date | None:
    """When the time with this body began; where its period is not on record, the start of the induction."""
    own = [period.starts_on for period in induction.periods if period.body_name is None]
    return max(own, default=induction.starts_on) if induction.starts_on else None


def _served_before(induction: Induction, starts_on: date) -> Decimal:
    before: list[InductionPeriod] = [one for one in induction.periods if one.ends_on and one.starts_on < starts_on]
    return sum((one.terms for one in before if one.terms is not None), Decimal(0))


def _leavings(posts: Sequence[Post], calendar: Sequence[Term]) -> tuple[date, ...]:
    """The last days of lead posts that no other contract at the same school continues."""
    return tuple(
        post.ends_on
        for post in posts
        if post.lead
        and post.ends_on is not None
        and not any(_continues(post.ends_on, other, post, calendar) for other in posts)
    )


def _continues(last: date, other: Post, post: Post, calendar: Sequence[Term]) -> bool:
    if other is post or other.school_id != post.school_id or (other.ends_on is not None and other.ends_on <= last):
        return False
    return other.starts_on <= last or not any(term.starts_on < other.starts_on and term.ends_on > last for term in calendar)


def _fte_on(post: Post, day: date) -> Decimal:
    if day < post.starts_on or (post.ends_on is not None and day > post.ends_on):
        return Decimal(0)
    begun = [spell for spell in post.spells if spell.starts_on <= day]
    return max(begun, key=lambda spell: spell.starts_on).fte if begun else Decimal(0)


def _key_of_due(due: Due) -> Key:
    return (due.kind, due.point if due.kind is AssessmentKind.FORMAL_ASSESSMENT else due.sequence)


def _key_of_row(row: Assessment) -> Key:
    return (row.kind, row.point if row.kind is AssessmentKind.FORMAL_ASSESSMENT else row.sequence)


def _add(induction: Induction, due: Due, now: datetime) -> None:
    induction.assessments.append(
        expectation(
            induction,
            due.kind,
            due_on=due.due_on,
            now=now,
            point=due.point,
            sequence=due.sequence,
            period_start=due.period_start,
            period_end=due.period_end,
        )
    )


def _move(row: Assessment, due: Due) -> int:
    if row.source is Source.IMPORT:
        # It was due before the history came in: nobody is asked for it, whatever the calendar says now.
        return 0
    wanted = {
        "point": due.point,
        "sequence": due.sequence,
        "due_on": due.due_on,
        "period_start": due.period_start,
        "period_end": due.period_end,
        "not_required": None,
    }
    moved = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in moved.items():
        setattr(row, name, value)
    return int(bool(moved))


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
