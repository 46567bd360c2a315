"""What is due when: the rule from start, full-time equivalent, calendar, absences and leaving. Pure.

`expectations` keeps the rows in step. Statutory guidance (April 2024): a progress review in each calendar term without a
formal assessment, whatever the FTE (2.48); formal assessments after the first part and after all of the terms to serve,
full-time equivalent (2.46, 2.30); a review that would lie less than a term before a formal assessment is not needed (2.49);
an interim assessment for who leaves a post after a term or more, before the next formal assessment (2.62).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from records.guidance import STANDARD, Guidance
from records.models.inductions import AssessmentKind, AssessmentPoint
from records.terms import Spell, Term, share_served

_FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Due:
    """An assessment that is expected. `sequence` counts calendar terms of the induction from 1."""

    kind: AssessmentKind
    point: AssessmentPoint | None
    sequence: int
    due_on: date
    period_start: date
    period_end: date


@dataclass(frozen=True, slots=True)
class Away:
    """Time away; no end: not back yet."""

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Course:
    """The facts that say what is due."""

    starts_on: date
    spells: tuple[Spell, ...]
    terms: tuple[Term, ...]
    required: Decimal = Decimal(6)
    first_part: Decimal | None = None
    """Terms of the first part where it is not half: an absence extends the part in which it was (3.6)."""
    served_before: Decimal = Decimal(0)
    """With other bodies, or in periods that are closed."""
    ends_on: date | None = None
    """When the last post ends."""
    leavings: tuple[date, ...] = ()
    """The last days of posts that the ECT leaves for good."""
    away: tuple[Away, ...] = ()
    before_2021: bool = False
    """An induction under the old rules: three formal assessments and no reviews."""


def plan(course: Course, guidance: Guidance = STANDARD) -> list[Due]:
    """Everything due from the start until the terms to serve are served, or the calendar or the induction ends."""
    found: list[Due] = []
    served = course.served_before
    employed = Decimal(0)
    points = [
        one for one in _points(course, guidance) if one[1] is AssessmentPoint.FINAL or one[0] > served + guidance.slack_terms
    ]
    period_start = course.starts_on
    for sequence, (term, until) in enumerate(_ahead(course), start=1):
        if course.ends_on is not None and term.starts_on > course.ends_on:
            break
        here = share_served(course.starts_on, course.ends_on, course.spells, term)
        served, employed = served + here, employed + _in_post(course, term)
        left = max((day for day in course.leavings if term.starts_on <= day < until), default=None)
        target, point = points[0]
        due: Due | None = None
        if served + guidance.slack_terms >= target and here:
            due = _formal(point, sequence, term, period_start, course.ends_on)
            points.pop(0)
        elif left is not None and employed + guidance.slack_terms >= guidance.shortest_post_terms:
            due = _interim(sequence, term, period_start, left)
        elif here and not course.before_2021 and not _late(course.starts_on, term, guidance):
            due = _review(sequence, term, period_start, course.starts_on)
        if due is not None:
            found.append(due)
            period_start = min(due.period_end, term.ends_on) + timedelta(days=1)
        if not points:
            break
    return _after_absences(_without_superseded(found, guidance), course.away, guidance)


def _ahead(course: Course) -> list[tuple[Term, date]]:
    """The terms from the start on, each with the day before which the next one has not begun."""
    ordered = sorted((term for term in course.terms if term.ends_on >= course.starts_on), key=lambda term: term.starts_on)
    ends = [later.starts_on for _term, later in pairwise(ordered)]
    return list(zip(ordered, [*ends, _FOREVER], strict=True)) if ordered else []


def _points(course: Course, guidance: Guidance) -> list[tuple[Decimal, AssessmentPoint]]:
    """An induction of one term has only its final assessment (3.4)."""
    whole = course.required
    if course.before_2021:
        steps = (AssessmentPoint.FIRST, AssessmentPoint.SECOND, AssessmentPoint.FINAL)
        return [(whole * number / 3, point) for number, point in enumerate(steps, start=1)]
    if whole <= guidance.shortest_induction_terms:
        return [(whole, AssessmentPoint.FINAL)]
    first = course.first_part if course.first_part is not None else whole / 2
    return [(first, AssessmentPoint.FIRST), (whole, AssessmentPoint.FINAL)]


def _in_post(course: Course, term: Term) -> Decimal:
    """The part of a term in which there is a post at all."""
    inside = tuple(Spell(spell.starts_on, Decimal(1 if spell.fte else 0)) for spell in course.spells)
    return share_served(course.starts_on, course.ends_on, inside, term)


def _late(starts_on: date, term: Term, guidance: Guidance) -> bool:
    share = Decimal((starts_on - term.starts_on).days) / term.days
    return term.starts_on < starts_on and share > guidance.late_start_share


def _formal(point: AssessmentPoint, sequence: int, term: Term, period_start: date, ends_on: date | None) -> Due:
    end = min(term.ends_on, ends_on or term.ends_on)
    return Due(AssessmentKind.FORMAL_ASSESSMENT, point, sequence, min(term.due_on, end), min(period_start, end), end)


def _interim(sequence: int, term: Term, period_start: date, left: date) -> Due:
    """A post that ends in the holidays is left at the end of the term before."""
    end = min(left, term.ends_on)
    kind = AssessmentKind.INTERIM_ASSESSMENT
    return Due(kind, AssessmentPoint.INTERIM, sequence, min(end, term.due_on), min(period_start, end), end)


def _review(sequence: int, term: Term, period_start: date, starts_on: date) -> Due:
    due_on = term.due_on
    if sequence == 2 and period_start == starts_on:
        # A late starter's first review: as many days into the second term as a whole term after the start allows.
        due_on = min(due_on, max(term.starts_on, starts_on + timedelta(days=term.days)))
    return Due(AssessmentKind.PROGRESS_REVIEW, None, sequence, due_on, period_start, term.ends_on)


def _without_superseded(found: Sequence[Due], guidance: Guidance) -> list[Due]:
    """Leave out a review that lies less than a term before a formal assessment."""
    formal = [due.due_on for due in found if due.kind is AssessmentKind.FORMAL_ASSESSMENT]
    near = timedelta(days=guidance.review_too_near_days)
    return [
        due
        for due in found
        if due.kind is not AssessmentKind.PROGRESS_REVIEW or not any(timedelta(0) <= day - due.due_on < near for day in formal)
    ]


def _after_absences(found: Iterable[Due], away: Sequence[Away], guidance: Guidance) -> list[Due]:
    """Nothing is due from who is away (3.7): it waits for the return, and where nobody knows when that is, for the news of it."""
    kept: list[Due] = []
    for due in found:
        gone = [one for one in away if one.starts_on <= due.due_on <= (one.ends_on or _FOREVER)]
        if any(one.ends_on is None for one in gone):
            continue
        back = max((one.ends_on for one in gone if one.ends_on), default=None)
        kept.append(replace(due, due_on=back + timedelta(days=guidance.return_days)) if back else due)
    return kept
