"""What makes an induction longer or shorter than the standard: absences, the three kinds of extension, reductions.

The rules are pure; `settle` keeps the rows that follow from the absences in step, and the terms to serve with them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from records import guidance as numbers
from records.guidance import STANDARD, Guidance
from records.models.inductions import (
    Absence,
    AbsenceKind,
    AssessmentKind,
    AssessmentPoint,
    Certainty,
    Extension,
    ExtensionKind,
    Induction,
    Source,
)
from records.terms import terms_of_days

FIRST, SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class Away:
    """An absence as the rule sees it."""

    part: int | None
    days: Decimal
    counts: bool
    """False for statutory leave: it never counts to the threshold (3.7)."""


def automatic_extensions(
    absences: Iterable[Away], fte: Mapping[int, Decimal] | None = None, guidance: Guidance = STANDARD
) -> dict[int, Decimal]:
    """By how many days each part is longer: all days absent in it, where they come to the threshold (3.6; SI 2021/385).

    Thirty days extend by thirty, not by the one above twenty-nine. `fte` by part matters where the threshold is pro rata.
    """
    totals: dict[int, Decimal] = {}
    for one in absences:
        if one.counts and one.part is not None:
            totals[one.part] = totals.get(one.part, Decimal(0)) + one.days
    share = fte or {}
    return {part: days for part, days in sorted(totals.items()) if days >= _threshold(share.get(part), guidance)}


def part_of(day: date, first_part_ended_on: date | None) -> int:
    """In which part of induction a day lies."""
    return SECOND if first_part_ended_on is not None and day > first_part_ended_on else FIRST


def first_part_end(induction: Induction) -> date | None:
    """When the first part ended: with the period of the first formal assessment. None: it runs still."""
    found = [
        one.period_end
        for one in induction.assessments
        if one.kind is AssessmentKind.FORMAL_ASSESSMENT and one.point is AssessmentPoint.FIRST and one.accepted_at
    ]
    return max((day for day in found if day), default=None)


def longer_by(induction: Induction, part: int | None = None) -> Decimal:
    """Terms that extensions add: to the whole, or to one part."""
    return sum(
        (extension.terms or Decimal(0) for extension in induction.extensions if part is None or extension.part == part),
        Decimal(0),
    )


def shorter_by(induction: Induction) -> Decimal:
    return sum((one.terms for one in induction.reductions), Decimal(0))


def first_part(required: Decimal, longer: Decimal, longer_first: Decimal) -> Decimal:
    """Terms of the first part: half of what is left without extensions, and those that fall into it."""
    return (required - longer) / 2 + longer_first


def settle(session: Session, induction: Induction, now: datetime) -> None:
    """Bring the automatic extensions in step with the absences. What somebody stated for a part themselves stays instead."""
    guidance = numbers.of(session)
    ended = first_part_end(induction)
    seen = [
        Away(one.part or (part_of(one.starts_on, ended) if one.starts_on else None), one.days, _counts(one))
        for one in induction.absences
    ]
    wanted = automatic_extensions(seen, _hours(induction, ended), guidance)
    automatic = {one.part: one for one in induction.extensions if _automatic(one) and one.source is Source.RULE}
    stated = {one.part for one in induction.extensions if _automatic(one) and one.source is not Source.RULE}
    for part, row in automatic.items():
        if part not in wanted or part in stated:
            session.delete(row)
    for part, days in wanted.items():
        if part in stated:
            continue
        row = automatic.get(part) or Extension(
            id=uuid.uuid4(),
            induction_id=induction.id,
            kind=ExtensionKind.ABSENCE,
            part=part,
            source=Source.RULE,
            certainty=Certainty.COMPUTED,
            recorded_at=now,
        )
        row.days, row.terms = days, terms_of_days(days, guidance)
        session.add(row)
    session.flush()
    session.refresh(induction, ["extensions"])


def _threshold(fte: Decimal | None, guidance: Guidance) -> Decimal:
    share = fte if guidance.absence_threshold_pro_rata and fte else Decimal(1)
    return guidance.absence_threshold_days * share


def _counts(absence: Absence) -> bool:
    return absence.kind is not AbsenceKind.STATUTORY_LEAVE


def _automatic(extension: Extension) -> bool:
    return extension.kind is ExtensionKind.ABSENCE


def _hours(induction: Induction, first_part_ended_on: date | None) -> dict[int, Decimal]:
    """The hours that count for each part: those of its latest spell."""
    found: dict[int, tuple[date, Decimal]] = {}
    for post in induction.posts:
        for spell in post.spells:
            part = part_of(spell.starts_on, first_part_ended_on)
            if part not in found or spell.starts_on >= found[part][0]:
                found[part] = (spell.starts_on, spell.fte)
    return {part: fte for part, (_day, fte) in found.items()}
