"""The facts from which it follows what is due, read for many inductions in a few statements, and the course they make.

Plain values instead of rows with their objects: a large body's calendar touches everybody.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.allowances import FIRST, first_part
from records.deadlines import Away, Course
from records.guidance import Guidance
from records.models.inductions import (
    Absence,
    Assessment,
    AssessmentKind,
    AssessmentPoint,
    Extension,
    ExtensionKind,
    FteSpell,
    Induction,
    InductionPeriod,
    Outcome,
    Post,
    ProgrammeKind,
    Source,
)
from records.terms import Spell, Term

_Fact = TypeVar("_Fact")


class Hours(Protocol):
    """From a day on, this full-time equivalent."""

    @property
    def starts_on(self) -> date: ...
    @property
    def fte(self) -> Decimal: ...


class InPost(Protocol):
    """A post with its hours, whether it is a row or what was read of one."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def spells(self) -> Sequence[Hours]: ...


@dataclass(frozen=True, slots=True)
class PostFacts:
    school_id: uuid.UUID
    starts_on: date
    ends_on: date | None
    lead: bool
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    ours: bool
    starts_on: date
    ends_on: date | None
    terms: Decimal | None


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    kind: ExtensionKind
    part: int | None
    terms: Decimal | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """What is expected, or came in."""

    id: uuid.UUID
    kind: AssessmentKind
    point: AssessmentPoint | None
    sequence: int | None
    due_on: date | None
    period_start: date | None
    period_end: date | None
    accepted: bool
    received_on: date | None
    source: Source
    not_required: str | None


@dataclass(frozen=True, slots=True)
class InductionFacts:
    id: uuid.UUID
    starts_on: date | None
    required_terms: Decimal
    outcome: Outcome | None
    programme: ProgrammeKind
    posts: tuple[PostFacts, ...]
    periods: tuple[PeriodFacts, ...]
    away: tuple[Away, ...]
    extensions: tuple[ExtensionFacts, ...]
    assessments: tuple[AssessmentFacts, ...]

    @property
    def school_id(self) -> uuid.UUID | None:
        """The school whose calendar counts: that of the lead post, and of several the latest."""
        lead = max(self.posts, key=lambda post: (post.lead, post.starts_on), default=None)
        return lead.school_id if lead else None


def facts_of(session: Session, ids: Sequence[uuid.UUID]) -> list[InductionFacts]:
    """What is on record of these inductions, in the order of their ids."""
    posts, periods, away = _posts(session, ids), _periods(session, ids), _away(session, ids)
    extensions, assessments = _extensions(session, ids), _assessments(session, ids)
    wanted = sa.select(
        Induction.id, Induction.starts_on, Induction.required_terms, Induction.outcome, Induction.programme
    ).where(Induction.id.in_(ids))
    return [
        InductionFacts(
            *row,
            posts=tuple(posts.get(row.id, ())),
            periods=tuple(periods.get(row.id, ())),
            away=tuple(away.get(row.id, ())),
            extensions=tuple(extensions.get(row.id, ())),
            assessments=tuple(assessments.get(row.id, ())),
        )
        for row in session.execute(wanted.order_by(Induction.id))
    ]


def course_of(facts: InductionFacts, calendar: Sequence[Term], guidance: Guidance) -> Course | None:
    """The facts from which the plan is made. None where there is no start, no post, or nothing to expect. Pure."""
    starts_on = _own_start(facts)
    if starts_on is None or not facts.posts or facts.outcome in {Outcome.PASS, Outcome.FAIL}:
        return None
    ends = [post.ends_on for post in facts.posts]
    return Course(
        starts_on,
        tuple(summed_spells(facts.posts)),
        tuple(calendar),
        required=facts.required_terms,
        first_part=first_part(facts.required_terms, _longer_by(facts), _longer_by(facts, FIRST)),
        served_before=_served_before(facts, starts_on),
        ends_on=None if None in ends else max(day for day in ends if day is not None),
        leavings=_leavings(facts.posts, calendar),
        away=facts.away,
        before_2021=facts.programme is ProgrammeKind.BEFORE_2021 and facts.required_terms <= guidance.nqt_terms,
    )


def summed_spells(posts: Iterable[InPost]) -> list[Spell]:
    """The full-time equivalent of all posts together, from each day on which it changes."""
    held = [post for post in posts if post.spells]
    days = {max(spell.starts_on, post.starts_on) for post in held for spell in post.spells}
    days |= {date.fromordinal(post.ends_on.toordinal() + 1) for post in held if post.ends_on}
    return [Spell(day, sum((_fte_on(post, day) for post in held), Decimal(0))) for day in sorted(days)]


def _own_start(facts: InductionFacts) -> date | None:
    """When the time with this body began; where its period is not on record, the start of the induction."""
    own = [period.starts_on for period in facts.periods if period.ours]
    return max(own, default=facts.starts_on) if facts.starts_on else None


def _longer_by(facts: InductionFacts, part: int | None = None) -> Decimal:
    return sum((one.terms for one in facts.extensions if one.terms and (part is None or one.part == part)), Decimal(0))


def _served_before(facts: InductionFacts, starts_on: date) -> Decimal:
    before = [one for one in facts.periods if one.ends_on and one.starts_on < starts_on]
    return sum((one.terms for one in before if one.terms is not None), Decimal(0))


def _leavings(posts: Sequence[PostFacts], calendar: Sequence[Term]) -> tuple[date, ...]:
    """The last days of lead posts that no other contract at the same school continues."""
    return tuple(
        post.ends_on
        for post in posts
        if post.lead
        and post.ends_on is not None
        and not any(_continues(post.ends_on, other, post, calendar) for other in posts)
    )


def _continues(last: date, other: PostFacts, post: PostFacts, calendar: Sequence[Term]) -> bool:
    if other is post or other.school_id != post.school_id or (other.ends_on is not None and other.ends_on <= last):
        return False
    return other.starts_on <= last or not any(term.starts_on < other.starts_on and term.ends_on > last for term in calendar)


def _fte_on(post: InPost, day: date) -> Decimal:
    if day < post.starts_on or (post.ends_on is not None and day > post.ends_on):
        return Decimal(0)
    begun = [spell for spell in post.spells if spell.starts_on <= day]
    return max(begun, key=lambda spell: spell.starts_on).fte if begun else Decimal(0)


def _posts(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[PostFacts]]:
    spells = _grouped(
        (post_id, Spell(starts_on, fte))
        for post_id, starts_on, fte in session.execute(
            sa.select(FteSpell.post_id, FteSpell.starts_on, FteSpell.fte)
            .join(Post, Post.id == FteSpell.post_id)
            .where(Post.induction_id.in_(ids))
            .order_by(FteSpell.starts_on)
        )
    )
    rows = session.execute(
        sa.select(Post.induction_id, Post.id, Post.school_id, Post.starts_on, Post.ends_on, Post.lead)
        .where(Post.induction_id.in_(ids))
        .order_by(Post.starts_on)
    )
    return _grouped((row[0], PostFacts(*row[2:], tuple(spells.get(row[1], ())))) for row in rows)


def _periods(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[PeriodFacts]]:
    rows = session.execute(
        sa.select(
            InductionPeriod.induction_id,
            InductionPeriod.body_name.is_(None),
            InductionPeriod.starts_on,
            InductionPeriod.ends_on,
            InductionPeriod.terms,
        ).where(InductionPeriod.induction_id.in_(ids))
    )
    return _grouped((row[0], PeriodFacts(*row[1:])) for row in rows)


def _away(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Away]]:
    rows = session.execute(
        sa.select(Absence.induction_id, Absence.starts_on, Absence.ends_on)
        .where(Absence.induction_id.in_(ids))
        .order_by(Absence.starts_on)
    )
    return _grouped((key, Away(starts_on, ends_on)) for key, starts_on, ends_on in rows if starts_on)


def _extensions(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[ExtensionFacts]]:
    rows = session.execute(
        sa.select(Extension.induction_id, Extension.kind, Extension.part, Extension.terms, Extension.decided_on).where(
            Extension.induction_id.in_(ids)
        )
    )
    return _grouped((row[0], ExtensionFacts(*row[1:])) for row in rows)


def _assessments(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[AssessmentFacts]]:
    rows = session.execute(
        sa.select(
            Assessment.induction_id,
            Assessment.id,
            Assessment.kind,
            Assessment.point,
            Assessment.sequence,
            Assessment.due_on,
            Assessment.period_start,
            Assessment.period_end,
            Assessment.accepted_at.is_not(None),
            Assessment.received_on,
            Assessment.source,
            Assessment.not_required,
        )
        .where(Assessment.induction_id.in_(ids))
        .order_by(Assessment.due_on)
    )
    return _grouped((key, AssessmentFacts(*facts)) for key, *facts in rows)


def _grouped(rows: Iterable[tuple[uuid.UUID, _Fact]]) -> dict[uuid.UUID, list[_Fact]]:
    found: dict[uuid.UUID, list[_Fact]] = {}
    for key, fact in rows:
        found.setdefault(key, []).append(fact)
    return found
