"""Taking back an outcome that was entered wrongly. A correction, never a second outcome: what stood, who, when and why stay."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import periods
from records.events import Actor, record
from records.expectations import reschedule
from records.inductions import open_induction
from records.models.events import Event, EventDetail
from records.models.inductions import Extension, ExtensionKind, Induction, Outcome, Post
from records.notices import withdraw_decision
from records.outcomes import DECIDED
from records.states import NotAllowed
from records.values import Wrong


def take_back(session: Session, induction: Induction, why: str, actor: Actor, now: datetime) -> None:
    """The induction runs again as it did before the outcome: its period, and the posts that ended with it. Raises `Wrong`."""
    _by_person_with_reason(actor, why)
    periods.lock(session, induction.person_id)
    session.refresh(induction)
    outcome = induction.outcome
    if outcome is None:
        raise Wrong("This induction has no outcome to take back")
    if open_induction(session, induction.person):
        raise Wrong("This person has been registered anew since: that induction must be ended first")
    closed = [one for one in induction.periods if one.body_name is None and one.outcome is outcome]
    before: dict[str, Any] = {
        "outcome": outcome.value,
        "decided_on": _text(induction.outcome_on),
        "completed_on": _text(induction.completed_on),
        "notice_sent_on": _text(induction.notice_sent_on),
        "ends_on": _text(closed[-1].ends_on) if closed else None,
        "terms": str(closed[-1].terms) if closed else None,
    }
    if closed:
        closed[-1].ends_on = closed[-1].terms = closed[-1].outcome = None
    for post in _posts_ended_with(session, induction, outcome):
        post.ends_on = None
    decided = sa.select(Event.id).where(Event.induction_id == induction.id, Event.kind == DECIDED[outcome])
    for decision in session.scalars(decided).all():
        withdraw_decision(session, decision, actor, now)
    induction.outcome = induction.outcome_on = induction.outcome_by_id = None
    induction.completed_on = induction.notice_sent_on = None
    periods.check(session, induction)
    changes = {key: [text, None] for key, text in before.items() if text is not None}
    detail = {"changes": changes, "why": why.strip()}
    record(session, "outcome_taken_back", induction, actor, now, detail=detail, induction_id=induction.id)
    reschedule(session, induction, actor, now)


def take_extension_back(
    session: Session, induction: Induction, extension: Extension, why: str, actor: Actor, now: datetime
) -> None:
    """The decision to extend was entered wrongly. Raises `Wrong`."""
    _by_person_with_reason(actor, why)
    periods.lock(session, induction.person_id)
    session.refresh(induction)
    if induction.outcome in {Outcome.PASS, Outcome.FAIL}:
        raise Wrong("The induction has its outcome: take that back first")
    if extension.kind is not ExtensionKind.DECISION or extension.induction_id != induction.id:
        raise Wrong("That is no decision of this body")
    changes = {"terms": [str(extension.terms), None], "decided_on": [_text(extension.decided_on), None]}
    detail = {"changes": changes, "why": why.strip()}
    record(session, "extension_taken_back", extension, actor, now, detail=detail, induction_id=induction.id)
    withdraw_decision(session, extension.id, actor, now)
    induction.required_terms -= extension.terms or 0
    session.delete(extension)
    session.flush()
    reschedule(session, induction, actor, now)


def _posts_ended_with(session: Session, induction: Induction, outcome: Outcome) -> list[Post]:
    """The posts that the outcome ended, as the history of it says."""
    detail = session.scalar(
        sa.select(EventDetail.detail)
        .join(Event, Event.id == EventDetail.event_id)
        .where(Event.induction_id == induction.id, Event.kind == DECIDED[outcome])
        .order_by(Event.happened_at.desc())
        .limit(1)
    )
    ended = {uuid.UUID(one) for one in (detail or {}).get("posts", [])}
    return [post for post in induction.posts if post.id in ended]


def _by_person_with_reason(actor: Actor, why: str) -> None:
    if actor.kind != "person":
        raise NotAllowed("only a person corrects how an induction ended")
    if not why.strip():
        raise Wrong("Say why it is taken back")


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
