"""How an induction with this body ends: pass, fail, extension, or leaving. Only a person decides, with the body's authority."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from records.events import Actor, record
from records.expectations import reschedule
from records.models.inductions import (
    AssessmentKind,
    AssessmentPoint,
    Extension,
    ExtensionKind,
    Induction,
    InductionPeriod,
    Outcome,
    Source,
)
from records.states import NotAllowed
from records.values import Wrong, local_day


def conclude(
    session: Session, induction: Induction, outcome: Outcome, *, on: date, terms: Decimal, actor: Actor, now: datetime
) -> None:
    """Record the body's decision to pass or fail. Raises `Wrong` while something stands in the way."""
    if outcome is Outcome.RELEASE:
        raise Wrong("A leaver is released, not concluded")
    if not any(
        one.kind is AssessmentKind.FORMAL_ASSESSMENT and one.point is AssessmentPoint.FINAL and one.accepted_at
        for one in induction.assessments
    ):
        raise Wrong("The final assessment has not been accepted yet")
    _end(session, induction, outcome, on, terms, actor, now)
    induction.outcome, induction.outcome_on, induction.outcome_by_id = outcome, local_day(now), actor.account_id
    induction.completed_on = on
    _end_posts(induction, on)
    session.flush()
    reschedule(session, induction, actor, now)
    _note(session, induction, f"induction_{outcome.value}", {"on": on.isoformat(), "terms": str(terms)}, actor, now)


def release(session: Session, induction: Induction, *, on: date, terms: Decimal, actor: Actor, now: datetime) -> None:
    """The ECT left this body before completing: its period ends, the induction stays open elsewhere."""
    _end(session, induction, Outcome.RELEASE, on, terms, actor, now)
    induction.outcome, induction.outcome_on, induction.outcome_by_id = Outcome.RELEASE, local_day(now), actor.account_id
    _end_posts(induction, on)
    session.flush()
    reschedule(session, induction, actor, now)
    _note(session, induction, "induction_released", {"on": on.isoformat(), "terms": str(terms)}, actor, now)


def extend(session: Session, induction: Induction, *, terms: Decimal, actor: Actor, now: datetime, note: str = "") -> Extension:
    """Record the body's decision to extend: the kind that is open to appeal and reported to the DfE."""
    _by_person(actor)
    if not Decimal("0.1") <= terms <= 16:
        raise Wrong("An extension is between 0.1 and 16 terms")
    if induction.outcome is not None:
        raise Wrong("This induction has its outcome already")
    extension = Extension(
        id=uuid.uuid4(),
        induction_id=induction.id,
        kind=ExtensionKind.DECISION,
        terms=terms,
        decided_on=local_day(now),
        note=note.strip() or None,
        source=Source.PERSON,
        recorded_at=now,
    )
    session.add(extension)
    induction.required_terms += terms
    session.flush()
    reschedule(session, induction, actor, now)
    _note(session, induction, "induction_extended", {"terms": str(terms)}, actor, now)
    return extension


def _end(
    session: Session, induction: Induction, outcome: Outcome, on: date, terms: Decimal, actor: Actor, now: datetime
) -> InductionPeriod:
    _by_person(actor)
    if induction.outcome is not None:
        raise Wrong("This induction has its outcome already")
    running = [period for period in induction.periods if period.body_name is None and period.ends_on is None]
    if not running:
        raise Wrong("There is no open period with this body")
    period = running[-1]
    if on > local_day(now):
        raise Wrong("The end date must not be in the future")
    if on <= period.starts_on:
        raise Wrong("The end date must be after the start of the period")
    if not 0 <= terms <= 16:
        raise Wrong("The number of terms must be between 0 and 16")
    period.ends_on, period.terms, period.outcome = on, terms, outcome
    session.flush()
    return period


def _end_posts(induction: Induction, on: date) -> None:
    for post in induction.posts:
        if post.ends_on is None:
            post.ends_on = max(on, post.starts_on)


def _by_person(actor: Actor) -> None:
    if actor.kind != "person":
        raise NotAllowed("only a person decides how an induction ends")


def _note(session: Session, induction: Induction, kind: str, detail: dict[str, str], actor: Actor, now: datetime) -> None:
    record(session, kind, induction, actor, now, detail=dict(detail), induction_id=induction.id)
