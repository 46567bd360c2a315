"""Where an ECT stands: the account of terms served and still to serve, and why the whole is as long as it is. Questions only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import guidance as numbers
from records.allowances import longer_by, shorter_by
from records.calendars import terms_for
from records.models.inductions import AbsenceKind, Extension, ExtensionKind, Induction, InductionPeriod, Outcome
from records.terms import Account, Spell, Stated, Stint, account
from records.values import counted

OURS = "This appropriate body"


@dataclass(frozen=True, slots=True)
class Standing:
    """The account with the reasons for its length."""

    account: Account
    lengths: tuple[str, ...]
    """Each in words: "6 terms is the standard", "0.615 terms longer: 40 days absent in the first part"."""
    unknown: tuple[str, ...] = ()
    """Periods of which nobody knows the terms: they are not in the account."""


def standing_of(session: Session, induction: Induction, today: date) -> Standing:
    """The standing of an induction today, with periods that the person served in earlier ones."""
    periods = _periods(session, induction)
    closed = [one for one in periods if one.ends_on is not None]
    stated = [
        Stated(one.body_name or OURS, one.starts_on, one.ends_on, one.terms, one.papers_held)
        for one in closed
        if one.ends_on is not None and one.terms is not None
    ]
    unknown = tuple(one.body_name or OURS for one in closed if one.terms is None)
    found = account(_stints(session, induction), stated, induction.required_terms, today, numbers.of(session))
    return Standing(found, tuple(_lengths(induction)), unknown)


def _periods(session: Session, induction: Induction) -> list[InductionPeriod]:
    """All of the person's: an ECT who comes back brings along what was served before. Those of a failed induction do not count."""
    return list(
        session.scalars(
            sa.select(InductionPeriod)
            .join(Induction, InductionPeriod.induction_id == Induction.id)
            .where(
                Induction.person_id == induction.person_id,
                sa.or_(Induction.id == induction.id, Induction.outcome == Outcome.RELEASE),
            )
            .order_by(InductionPeriod.starts_on)
        )
    )


def _stints(session: Session, induction: Induction) -> list[Stint]:
    """Posts within the period that runs with this body; what was before it is stated."""
    running = [one for one in induction.periods if one.body_name is None and one.ends_on is None]
    if not running:
        return []
    since = running[-1].starts_on
    return [
        Stint(
            post.school.name,
            max(post.starts_on, since),
            post.ends_on,
            tuple(Spell(spell.starts_on, spell.fte) for spell in post.spells),
            tuple(terms_for(session, post.school_id)),
        )
        for post in induction.posts
        if post.ends_on is None or post.ends_on >= since
    ]


def _lengths(induction: Induction) -> list[str]:
    standard = induction.required_terms - longer_by(induction) + shorter_by(induction)
    found = [f"{counted(standard, 'term')} to serve, full-time equivalent"]
    found += [f"{counted(one.terms, 'term')} shorter: reduction agreed" for one in induction.reductions]
    found += [f"{counted(one.terms or Decimal(0), 'term')} longer: {_why(one)}" for one in induction.extensions]
    leave = sum((one.days for one in induction.absences if one.kind is AbsenceKind.STATUTORY_LEAVE), Decimal(0))
    if leave:
        found.append(
            f"{counted(leave, 'day of statutory leave, which does', 'days of statutory leave, which do')} not count to the days absent (3.7)"
        )
    return found


def _why(extension: Extension) -> str:
    part = {1: " in the first part", 2: " in the second part"}.get(extension.part or 0, "")
    days = counted(extension.days, "day") if extension.days is not None else "days"
    return {
        ExtensionKind.ABSENCE: f"{days} absent{part}, all of which count (3.6)",
        ExtensionKind.STATUTORY_LEAVE: f"statutory leave{part}, at the ECT’s request (3.7)",
        ExtensionKind.DECISION: "decision of this body (3.8)",
    }[extension.kind]
