"""Induction periods: when somebody served with which body. They never overlap. Rules first, then what writers call.

An act that writes a period locks the person first, so that two of them cannot each find the time free: on PostgreSQL by the
person's row; on SQLite a writing transaction is alone anyway (`db.writing`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.inductions import Certainty, Induction, InductionPeriod
from records.models.people import Person
from records.values import Wrong, spoken_date

FIRST_START = date(1999, 9, 1)
"""Statutory induction began on this day; the DfE's service takes none before."""
MOST_TERMS = Decimal(16)


@dataclass(frozen=True, slots=True)
class Span:
    """A period as the rules see it. No end: it runs."""

    starts_on: date
    ends_on: date | None
    terms: Decimal | None = None
    terms_unknown: bool = False
    body: str = ""


def problems(spans: Iterable[Span], qts_on: date | None) -> list[str]:
    """What is wrong with the periods of one person, in words. Both days of a period belong to it: there is no handover on one
    day (2.10, 2.27; the DfE's service holds the same). Pure.
    """
    ordered = sorted(spans, key=lambda one: (one.starts_on, one.ends_on or date.max))
    found = [fault for one in ordered for fault in _alone(one, qts_on)]
    for earlier, later in pairwise(ordered):
        if earlier.ends_on is None:
            found.append(f"The period from {spoken_date(earlier.starts_on)} has not ended when the next begins")
        elif later.starts_on <= earlier.ends_on:
            found.append(
                f"The period from {spoken_date(later.starts_on)} begins before the one until "
                f"{spoken_date(earlier.ends_on)} is over"
            )
    return found


def lock(session: Session, person_id: uuid.UUID) -> None:
    """Let nobody else write this person's periods until the transaction ends."""
    session.execute(sa.select(Person.id).where(Person.id == person_id).with_for_update())


def check(session: Session, induction: Induction) -> None:
    """Raises `Wrong` where the person's periods do not fit together now. Call it after the write, under the lock."""
    session.flush()
    rows = of_person(session, induction.person_id)
    qts_on = session.scalar(sa.select(Person.qts_on).where(Person.id == induction.person_id))
    for problem in problems((span(row) for row in rows), qts_on):
        raise Wrong(problem)


def of_person(session: Session, person_id: uuid.UUID) -> Sequence[InductionPeriod]:
    """Every period of a person, whichever of their inductions it belongs to."""
    return session.scalars(
        sa.select(InductionPeriod)
        .join(Induction, InductionPeriod.induction_id == Induction.id)
        .where(Induction.person_id == person_id)
        .order_by(InductionPeriod.starts_on)
        .execution_options(populate_existing=True)
    ).all()


def span(row: InductionPeriod) -> Span:
    unknown = row.certainty is Certainty.UNKNOWN
    return Span(row.starts_on, row.ends_on, row.terms, unknown, row.body_name or "")


def _alone(one: Span, qts_on: date | None) -> list[str]:
    found = []
    if one.starts_on < FIRST_START:
        found.append(f"Induction cannot start before {spoken_date(FIRST_START)}")
    if qts_on is not None and one.starts_on < qts_on:
        found.append(f"Induction cannot start before QTS was awarded, on {spoken_date(qts_on)}")
    if one.ends_on is not None and one.ends_on < one.starts_on:
        found.append("A period ends on or after the day on which it starts")
    if one.ends_on is None and one.terms is not None:
        found.append("Terms are stated when a period has ended, not before")
    if one.ends_on is not None and one.terms is None and not one.terms_unknown:
        found.append("State the terms of a period that has ended, or that nobody knows them")
    if one.terms is not None and not 0 <= one.terms <= MOST_TERMS:
        found.append(f"The number of terms must be between 0 and {MOST_TERMS}")
    return found
