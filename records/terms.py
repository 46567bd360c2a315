"""Terms served and still to serve, full-time equivalent, with why. Pure; `standing` brings the facts.

The amounts are exact decimals: the guidance's own example of 1.25 terms cannot be told by the DfE's file, which takes one
decimal, but it is what the record holds (2.34).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from records.guidance import STANDARD, Guidance

EXACT = Decimal("0.001")
"""What the record keeps of an amount."""


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
class Stint:
    """Time in one post under one body. `place` is the same for posts that continue each other."""

    place: str
    starts_on: date
    ends_on: date | None
    spells: tuple[Spell, ...]
    calendar: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A closed period whose terms somebody stated: at another body, or with this one."""

    body: str
    starts_on: date
    ends_on: date
    terms: Decimal
    papers_held: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the account, as people read it."""

    what: str
    terms: Decimal
    counts: bool
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """What was served, line by line, against what there is to serve."""

    lines: tuple[Line, ...]
    required: Decimal

    @property
    def served(self) -> Decimal:
        return sum((line.terms for line in self.lines if line.counts), Decimal(0))

    @property
    def remaining(self) -> Decimal:
        return max(Decimal(0), self.required - self.served)


def account(
    stints: Iterable[Stint],
    stated: Iterable[Stated],
    required: Decimal,
    today: date,
    guidance: Guidance = STANDARD,
) -> Account:
    """Terms served until today. Concurrent posts sum, each by its own hours (3.14); a period that is closed counts by what was
    stated when it was closed.
    """
    lines = [_stated_line(one) for one in sorted(stated, key=lambda one: one.starts_on)]
    ordered = sorted(stints, key=lambda one: one.starts_on)
    lines += [_stint_line(one, ordered, today, guidance) for one in ordered if one.starts_on <= today]
    return Account(tuple(lines), required)


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


def served_between(starts_on: date, ends_on: date, spells: Sequence[Spell], calendar: Iterable[Term]) -> Decimal:
    """Full-time-equivalent terms between two days, to three decimals."""
    return exact(sum((share_served(starts_on, ends_on, spells, term) for term in calendar), Decimal(0)))


def calendar_terms(starts_on: date, ends_on: date, calendar: Iterable[Term]) -> Decimal:
    """Calendar terms between two days, whatever the hours."""
    return served_between(starts_on, ends_on, [Spell(starts_on, Decimal(1))], calendar)


def terms_of_days(days: Decimal, guidance: Guidance = STANDARD) -> Decimal:
    """School days as terms."""
    return exact(days / guidance.school_days_in_term)


def exact(amount: Decimal) -> Decimal:
    """To the three decimals that the record keeps."""
    return amount.quantize(EXACT, ROUND_HALF_UP)


def _stated_line(one: Stated) -> Line:
    why = "stated when the period was closed" if one.papers_held else "stated; its papers are not held"
    return Line(f"{one.body}, {_span(one.starts_on, one.ends_on)}", one.terms, counts=True, why=why)


def _stint_line(stint: Stint, all_of_them: Sequence[Stint], today: date, guidance: Guidance) -> Line:
    last = min(today, stint.ends_on or today)
    served = served_between(stint.starts_on, last, stint.spells, stint.calendar)
    what = f"{stint.place}, {_span(stint.starts_on, stint.ends_on)}"
    if not any(term.starts_on <= last and term.ends_on >= stint.starts_on for term in stint.calendar):
        return Line(what, served, counts=True, why="the calendar has no terms for this time")
    if calendar_terms(*_continuous(stint, all_of_them, last), stint.calendar) + guidance.slack_terms < (
        guidance.shortest_post_terms
    ):
        if stint.ends_on is None or stint.ends_on >= today:
            return Line(what, served, counts=True, why="so far; it counts once a whole term is served in the post (2.33)")
        return Line(what, served, counts=False, why="shorter than one term in the post, so it does not count (2.33)")
    hours = sorted({spell.fte for spell in stint.spells if spell.fte})
    if hours and hours != [Decimal(1)]:
        return Line(what, served, counts=True, why=f"pro rata at {', '.join(_share(fte) for fte in hours)} FTE (2.36)")
    return Line(what, served, counts=True, why="full time")


def _continuous(stint: Stint, all_of_them: Sequence[Stint], last: date) -> tuple[date, date]:
    """From when to when somebody was in this post: contracts at one place with no term time between them are one."""
    first = stint.starts_on
    for _round in all_of_them:
        for other in all_of_them:
            if other.place != stint.place:
                continue
            other_last = min(last, other.ends_on) if other.ends_on else last
            if other.starts_on < first and _adjoin(other_last, first, stint.calendar):
                first = other.starts_on
            if other.starts_on > last and _adjoin(last, other.starts_on, stint.calendar):
                last = other.ends_on or other.starts_on
    return first, last


def _adjoin(ends_on: date, starts_on: date, calendar: Sequence[Term]) -> bool:
    gap = ends_on + timedelta(days=1), starts_on - timedelta(days=1)
    return gap[1] < gap[0] or not any(term.starts_on <= gap[1] and term.ends_on >= gap[0] for term in calendar)


def _span(starts_on: date, ends_on: date | None) -> str:
    first = f"{starts_on.day} {starts_on:%B %Y}"
    return f"{first} to {ends_on.day} {ends_on:%B %Y}" if ends_on else f"since {first}"


def _share(fte: Decimal) -> str:
    return format(fte.normalize(), "f")
