"""Holds: keeping somebody's data from going, or from being used, until a person lifts it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.inductions import latest_induction
from records.models.inductions import Induction
from records.models.people import Person
from records.models.retention import Hold
from records.states import NotAllowed
from records.values import Wrong, local_day


def place(
    session: Session,
    person: Person,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    restricts: bool = False,
    review_on: date | None = None,
) -> Hold:
    """Keep everything about a person until somebody lifts the hold. Raises `Wrong` where something is missing.

    `restricts`: besides, the data may only be stored (UK GDPR article 18): no reminder, no export, no announcement.
    """
    _by_person(actor)
    if not reason.strip():
        raise Wrong("Enter why the data must be kept")
    if review_on is not None and review_on < local_day(now):
        raise Wrong("The day to look at it again must not be in the past")
    hold = Hold(
        id=uuid.uuid4(),
        person_id=person.id,
        reason=reason.strip(),
        restricts=restricts,
        placed_by_id=actor.account_id,
        placed_at=now,
        review_on=review_on,
    )
    session.add(hold)
    session.flush()
    _note(session, "hold_placed", hold, person, actor, now)
    return hold


def lift(session: Session, hold: Hold, actor: Actor, now: datetime) -> None:
    """The data may go again when their time is up. Lifting twice is one lift."""
    _by_person(actor)
    if hold.lifted_at is not None:
        return
    hold.lifted_at = now
    session.flush()
    _note(session, "hold_lifted", hold, session.get_one(Person, hold.person_id), actor, now)


def holds_of(session: Session, person_id: uuid.UUID) -> Sequence[Hold]:
    """The holds that stand for a person, the oldest first."""
    chosen = sa.select(Hold).where(Hold.person_id == person_id, Hold.lifted_at.is_(None))
    return session.scalars(chosen.order_by(Hold.placed_at, Hold.id)).all()


def standing(session: Session) -> list[tuple[Hold, Person]]:
    """Every hold that stands, with whom it is about, the one to be looked at first on top."""
    rows = session.execute(
        sa.select(Hold, Person)
        .join(Person, Hold.person_id == Person.id)
        .where(Hold.lifted_at.is_(None))
        .order_by(Hold.review_on.is_(None), Hold.review_on, Hold.placed_at, Hold.id)
    )
    return [(hold, person) for hold, person in rows]


def restricted(induction_id: Any) -> sa.ColumnElement[bool]:
    """The condition that the person of an induction is under a restriction: storage only."""
    return (
        sa.select(Hold.id)
        .join(Induction, Induction.person_id == Hold.person_id)
        .where(Induction.id == induction_id, Hold.restricts.is_(True), Hold.lifted_at.is_(None))
        .exists()
    )


def _by_person(actor: Actor) -> None:
    if actor.kind != "person":
        raise NotAllowed("only a person places and lifts a hold")


def _note(session: Session, kind: str, hold: Hold, person: Person, actor: Actor, now: datetime) -> None:
    induction = latest_induction(session, person)
    detail = {"reason": hold.reason, "restricts": hold.restricts}
    record(session, kind, hold, actor, now, detail=detail, induction_id=induction.id if induction else None)
