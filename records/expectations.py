"""Keeping what is expected in step with the facts: the calendar, the posts, the outcome."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.deadlines import Due, Spell, Term, plan
from records.events import Actor, record
from records.inductions import expect
from records.models.inductions import Assessment, AssessmentKind, FteSpell, Induction, Post, Source
from records.models.schools import CalendarTerm, School
from records.values import Wrong, iso_date


def terms_for(session: Session, school_id: uuid.UUID | None) -> list[Term]:
    """The calendar of a school: its own terms where it has any in a school year, else the body's."""
    rows = session.scalars(
        sa.select(CalendarTerm)
        .where(sa.or_(CalendarTerm.school_id.is_(None), CalendarTerm.school_id == school_id))
        .order_by(CalendarTerm.starts_on)
    ).all()
    own = [row for row in rows if row.school_id is not None]
    own_years = {_school_year(row.starts_on) for row in own}
    chosen = [*own, *(row for row in rows if row.school_id is None and _school_year(row.starts_on) not in own_years)]
    chosen.sort(key=lambda row: row.starts_on)
    return [Term(row.starts_on, row.ends_on, row.review_due_on) for row in chosen]


def reschedule(session: Session, induction: Induction, actor: Actor, now: datetime) -> list[Assessment]:
    """Bring the expected assessments in step with start, FTE, calendar and end. Returns what is expected and not yet in.

    What was accepted stays as it is. What a person or a paper put there stays too. Doing it twice changes nothing.
    """
    session.refresh(induction, ["posts", "assessments"])
    wanted: dict[tuple[AssessmentKind, int | None], Due] = {
        (due.kind, due.sequence): due for due in _wanted(session, induction)
    }
    rows = {(one.kind, one.sequence): one for one in induction.assessments if one.source is Source.RULE or one.accepted_at}
    changed = 0
    for key, due in wanted.items():
        row = rows.get(key)
        if row is None:
            _add(session, induction, due, now)
            changed += 1
        elif row.accepted_at is None:
            changed += _move(row, due)
    for key, row in rows.items():
        if key not in wanted and row.accepted_at is None and row.not_required is None:
            row.not_required = "no longer expected after a change of dates, hours or calendar"
            changed += 1
    session.flush()
    if changed:
        record(session, "rescheduled", induction, actor, now, detail={"changed": changed}, induction_id=induction.id)
    session.refresh(induction, ["assessments"])
    return [one for one in induction.assessments if one.accepted_at is None and one.not_required is None]


def reschedule_all(session: Session, actor: Actor, now: datetime) -> int:
    """Every open induction, after the calendar changed. Returns how many there are."""
    open_ones = session.scalars(sa.select(Induction).where(Induction.outcome.is_(None))).all()
    for induction in open_ones:
        reschedule(session, induction, actor, now)
    return len(open_ones)


def import_terms(session: Session, text: str, actor: Actor, now: datetime) -> int:
    """Take a calendar from CSV: name, starts_on, ends_on, review_due_on, school_urn (the last two may be empty).

    A term with the same start and school is replaced. Raises `Wrong` with every bad line, and then takes none.
    """
    lines = list(csv.DictReader(io.StringIO(text)))
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


def _wanted(session: Session, induction: Induction) -> list[Due]:
    if induction.starts_on is None or induction.outcome is not None or not induction.posts:
        return []
    ends = [post.ends_on for post in induction.posts]
    ends_on = None if None in ends else max(day for day in ends if day is not None)
    lead = max(induction.posts, key=lambda post: (post.lead, post.starts_on))
    return plan(
        induction.starts_on,
        summed_spells(induction.posts),
        terms_for(session, lead.school_id),
        required=induction.required_terms,
        ends_on=ends_on,
    )


def summed_spells(posts: Iterable[Post]) -> list[Spell]:
    """The full-time equivalent of all posts together, from each day on which it changes."""
    rows: list[tuple[Post, FteSpell]] = [(post, spell) for post in posts for spell in post.spells]
    days = {spell.starts_on for _post, spell in rows}
    days |= {date.fromordinal(post.ends_on.toordinal() + 1) for post, _spell in rows if post.ends_on}
    return [
        Spell(day, sum((_fte_on(post, day) for post in {post for post, _spell in rows}), Decimal(0))) for day in sorted(days)
    ]


def _fte_on(post: Post, day: date) -> Decimal:
    if day < post.starts_on or (post.ends_on is not None and day > post.ends_on):
        return Decimal(0)
    begun = [spell for spell in post.spells if spell.starts_on <= day]
    return max(begun, key=lambda spell: spell.starts_on).fte if begun else Decimal(0)


def _add(session: Session, induction: Induction, due: Due, now: datetime) -> None:
    expect(
        session,
        induction,
        due.kind,
        due_on=due.due_on,
        now=now,
        point=due.point,
        sequence=due.sequence,
        period_start=due.period_start,
        period_end=due.period_end,
    )


def _move(row: Assessment, due: Due) -> int:
    before = (row.point, row.due_on, row.period_start, row.period_end, row.not_required)
    row.point, row.due_on, row.period_start, row.period_end = due.point, due.due_on, due.period_start, due.period_end
    row.not_required = None
    return int(before != (row.point, row.due_on, row.period_start, row.period_end, row.not_required))


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


def _school_year(day: date) -> int:
    """The year in which the school year began: it runs from August."""
    return day.year if day.month >= 8 else day.year - 1
