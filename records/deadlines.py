"""What is due when: the rule from start, full-time equivalent and calendar. Pure; `expectations` keeps the rows in step.

Statutory guidance (April 2024): a progress review in each calendar term without a formal assessment, whatever the FTE
(2.48); formal assessments after half and after all of the terms to serve, full-time equivalent (2.46, 2.30); a review
that would lie less than a term before a formal assessment is not needed (2.49).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from records.models.inductions import AssessmentKind, AssessmentPoint

LATE_START_SHARE = Decimal("0.5")
"""Who starts after this share of a term has no review in it; the first is due as far into the next term (guidance 2.48)."""

NEARLY = Decimal("0.05")
"""Days lost to how terms fall in weeks: half of the terms counts as served when this little is missing."""


@dataclass(frozen=True, slots=True)
class Term:
    """A calendar term, with the body's day for its papers."""

    starts_on: date
    ends_on: date
    review_due_on: date | None = None

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def due_on(self) -> date:
        return self.review_due_on or self.ends_on


@dataclass(frozen=True, slots=True)
class Spell:
    """From a day on, this full-time equivalent (concurrent posts summed); until the next spell."""

    starts_on: date
    fte: Decimal


@dataclass(frozen=True, slots=True)
class Due:
    """An assessment that is expected. `sequence` counts calendar terms of the induction from 1."""

    kind: AssessmentKind
    point: AssessmentPoint | None
    sequence: int
    due_on: date
    period_start: date
    period_end: date


def plan(
    starts_on: date,
    spells: Sequence[Spell],
    terms: Iterable[Term],
    *,
    required: Decimal = Decimal(6),
    ends_on: date | None = None,
) -> list[Due]:
    """Everything due from the start until the terms to serve are served, or the calendar or the induction ends.

    `terms` may come in any order; those before the start do not count. An induction of one term has only its final
    assessment (guidance 3.4).
    """
    found: list[Due] = []
    served = Decimal(0)
    ahead = sorted((term for term in terms if term.ends_on >= starts_on), key=lambda term: term.starts_on)
    points = _points(required)
    period_start = starts_on
    for sequence, term in enumerate(ahead, start=1):
        if ends_on is not None and term.starts_on > ends_on:
            break
        served += share_served(starts_on, ends_on, spells, term)
        target, point = points[0]
        if served + NEARLY >= target:
            found.append(_formal(point, sequence, term, period_start, ends_on))
            points.pop(0)
            period_start = term.ends_on + timedelta(days=1)
            if not points:
                break
        elif not _late(starts_on, term):
            found.append(_review(sequence, term, period_start, starts_on))
            period_start = term.ends_on + timedelta(days=1)
    return _without_superseded(found)


def share_served(starts_on: date, ends_on: date | None, spells: Sequence[Spell], term: Term) -> Decimal:
    """Full-time-equivalent terms that fall into one calendar term: days of it, each at its day's FTE."""
    first = max(starts_on, term.starts_on)
    last = min(term.ends_on, ends_on or term.ends_on)
    if last < first:
        return Decimal(0)
    ordered = sorted(spells, key=lambda spell: spell.starts_on)
    total = Decimal(0)
    for position, spell in enumerate(ordered):
        until = ordered[position + 1].starts_on - timedelta(days=1) if position + 1 < len(ordered) else last
        begin = first if position == 0 else max(first, spell.starts_on)
        days = (min(until, last) - begin).days + 1
        if days > 0:
            total += spell.fte * days
    return total / term.days


def _points(required: Decimal) -> list[tuple[Decimal, AssessmentPoint]]:
    if required <= 1:
        return [(required, AssessmentPoint.FINAL)]
    return [(required / 2, AssessmentPoint.FIRST), (required, AssessmentPoint.FINAL)]


def _late(starts_on: date, term: Term) -> bool:
    return term.starts_on < starts_on and Decimal((starts_on - term.starts_on).days) / term.days > LATE_START_SHARE


def _formal(point: AssessmentPoint, sequence: int, term: Term, period_start: date, ends_on: date | None) -> Due:
    end = min(term.ends_on, ends_on or term.ends_on)
    return Due(AssessmentKind.FORMAL_ASSESSMENT, point, sequence, min(term.due_on, end), period_start, end)


def _review(sequence: int, term: Term, period_start: date, starts_on: date) -> Due:
    due_on = term.due_on
    if sequence == 2 and period_start == starts_on:
        # A late starter's first review: as many days into the second term as a whole term after the start allows.
        due_on = min(due_on, max(term.starts_on, starts_on + timedelta(days=term.days)))
    return Due(AssessmentKind.PROGRESS_REVIEW, None, sequence, due_on, period_start, term.ends_on)


def _without_superseded(found: list[Due]) -> list[Due]:
    """Leave out a review that lies in the same calendar term as a formal assessment, or less than a term before one."""
    formal = {due.sequence: due.due_on for due in found if due.kind is AssessmentKind.FORMAL_ASSESSMENT}
    return [
        due
        for due in found
        if due.kind is AssessmentKind.FORMAL_ASSESSMENT
        or not any(timedelta(0) <= when - due.due_on < timedelta(days=42) for when in formal.values())
    ]
