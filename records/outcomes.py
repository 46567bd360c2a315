"""How an induction with this body ends: pass, fail, extension, or leaving. Only a person decides, with the body's authority."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from records import periods
from records.events import Actor, record
from records.expectations import reschedule
from records.models.events import Event
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

DECIDED = {Outcome.PASS: "induction_pass", Outcome.FAIL: "induction_fail", Outcome.RELEASE: "induction_released"}
"""The event of each way to end."""


def obstacles(induction: Induction, outcome: Outcome | None) -> list[str]:
    """Why an outcome (None: an extension) cannot be recorded yet, in words. Empty: it can. Pure."""
    if induction.outcome is not None:
        return ["This induction has its outcome already"]
    found = []
    if outcome is not None and _running(induction) is None:
        found.append("There is no open period with this body")
    if outcome in {Outcome.PASS, Outcome.FAIL} and not any(
        one.kind is AssessmentKind.FORMAL_ASSESSMENT and one.point is AssessmentPoint.FINAL and one.accepted_at
        for one in induction.assessments
    ):
        found.append("The final assessment has not been accepted yet")
    return found


def conclude(
    session: Session,
    induction: Induction,
    outcome: Outcome,
    *,
    on: date,
    terms: Decimal,
    actor: Actor,
    now: datetime,
    decided_on: date | None = None,
    notice_sent_on: date | None = None,
    reason: str = "",
    despite: Sequence[str] = (),
) -> Event:
    """Record the body's decision to pass or fail. Returns its event. Raises `Wrong` while something stands in the way.

    `despite` are the checks that did not hold when it was decided all the same, and `reason` says why; both stay in the history.

    A fail needs the day on which the written notice of it went, with the right of appeal and its time limit (the Induction
    Regulations, regulation 11(7) and (8)): the DfE's service asks for the same day before it takes a fail.
    """
    if outcome is Outcome.RELEASE:
        raise Wrong("A leaver is released, not concluded")
    periods.lock(session, induction.person_id)
    session.refresh(induction)
    for obstacle in obstacles(induction, outcome):
        raise Wrong(obstacle)
    if outcome is Outcome.FAIL and notice_sent_on is None:
        raise Wrong("A fail is recorded after the written notice with the right of appeal has gone")
    _check_days(decided_on, notice_sent_on, on, now)
    _end(session, induction, outcome, on, terms, actor, now)
    decided = decided_on or local_day(now)
    induction.outcome, induction.outcome_on, induction.outcome_by_id = outcome, decided, actor.account_id
    induction.completed_on, induction.notice_sent_on = on, notice_sent_on
    ended = _end_posts(induction, on)
    session.flush()
    reschedule(session, induction, actor, now)
    detail: dict[str, Any] = {"on": on.isoformat(), "terms": str(terms), "decided_on": decided.isoformat(), "posts": ended}
    detail |= {"notice_sent_on": notice_sent_on.isoformat()} if notice_sent_on else {}
    detail |= {"why": reason.strip()} if reason.strip() else {}
    detail |= {"despite": list(despite)} if despite else {}
    return _note(session, induction, f"induction_{outcome.value}", detail, actor, now)


def release(session: Session, induction: Induction, *, on: date, terms: Decimal, actor: Actor, now: datetime) -> Event:
    """The ECT left this body before completing: its period ends, the induction stays open elsewhere. Returns its event."""
    _end(session, induction, Outcome.RELEASE, on, terms, actor, now)
    induction.outcome, induction.outcome_on, induction.outcome_by_id = Outcome.RELEASE, local_day(now), actor.account_id
    ended = _end_posts(induction, on)
    session.flush()
    reschedule(session, induction, actor, now)
    detail: dict[str, Any] = {"on": on.isoformat(), "terms": str(terms), "posts": ended}
    return _note(session, induction, "induction_released", detail, actor, now)


def extend(
    session: Session,
    induction: Induction,
    *,
    terms: Decimal,
    actor: Actor,
    now: datetime,
    note: str = "",
    decided_on: date | None = None,
    notice_sent_on: date | None = None,
    despite: Sequence[str] = (),
) -> Extension:
    """Record the body's decision to extend: the kind that is open to appeal and reported to the DfE."""
    _by_person(actor)
    periods.lock(session, induction.person_id)
    session.refresh(induction)
    if not Decimal("0.1") <= terms <= 16:
        raise Wrong("An extension is between 0.1 and 16 terms")
    if induction.outcome is not None:
        raise Wrong("This induction has its outcome already")
    _check_days(decided_on, notice_sent_on, None, now)
    extension = Extension(
        id=uuid.uuid4(),
        induction_id=induction.id,
        kind=ExtensionKind.DECISION,
        terms=terms,
        decided_on=decided_on or local_day(now),
        notice_sent_on=notice_sent_on,
        note=note.strip() or None,
        source=Source.PERSON,
        recorded_at=now,
    )
    session.add(extension)
    induction.required_terms += terms
    session.flush()
    reschedule(session, induction, actor, now)
    detail: dict[str, Any] = {"terms": str(terms), "extension": str(extension.id)}
    detail |= {"notice_sent_on": notice_sent_on.isoformat()} if notice_sent_on else {}
    detail |= {"despite": list(despite)} if despite else {}
    _note(session, induction, "induction_extended", detail, actor, now)
    return extension


def record_notice(
    session: Session, induction: Induction, sent_on: date, actor: Actor, now: datetime, *, extension: Extension | None = None
) -> None:
    """Write down, or correct, when the written notice of the outcome, or of an extension, went to the ECT."""
    _by_person(actor)
    told = extension or induction
    decided_on = extension.decided_on if extension is not None else induction.outcome_on
    if decided_on is None:
        raise Wrong("There is no decision yet of which a notice could have gone")
    _check_days(decided_on, sent_on, None, now)
    before, told.notice_sent_on = told.notice_sent_on, sent_on
    session.flush()
    changes = {"notice_sent_on": [before.isoformat() if before else None, sent_on.isoformat()]}
    record(session, "notice_recorded", told, actor, now, detail={"changes": changes}, induction_id=induction.id)


def _end(
    session: Session, induction: Induction, outcome: Outcome, on: date, terms: Decimal, actor: Actor, now: datetime
) -> InductionPeriod:
    _by_person(actor)
    periods.lock(session, induction.person_id)
    session.refresh(induction)
    if induction.outcome is not None:
        raise Wrong("This induction has its outcome already")
    period = _running(induction)
    if period is None:
        raise Wrong("There is no open period with this body")
    if on > local_day(now):
        raise Wrong("The end date must not be in the future")
    if on <= period.starts_on:
        raise Wrong("The end date must be after the start of the period")
    if not 0 <= terms <= 16:
        raise Wrong("The number of terms must be between 0 and 16")
    period.ends_on, period.terms, period.outcome = on, terms, outcome
    periods.check(session, induction)
    return period


def _running(induction: Induction) -> InductionPeriod | None:
    """The open period with this body."""
    running = [period for period in induction.periods if period.body_name is None and period.ends_on is None]
    return running[-1] if running else None


def _check_days(decided_on: date | None, sent_on: date | None, ended_on: date | None, now: datetime) -> None:
    if decided_on is not None and decided_on > local_day(now):
        raise Wrong("The day of the decision must not be in the future")
    if sent_on is None:
        return
    if ended_on is not None and sent_on < ended_on:
        raise Wrong("The notice cannot have gone before the induction ended")
    if decided_on is not None and sent_on < decided_on:
        raise Wrong("The notice cannot have gone before the decision")
    if sent_on > local_day(now):
        raise Wrong("The day of the notice must not be in the future")


def _end_posts(induction: Induction, on: date) -> list[str]:
    """Returns which ones ended with it, so that a correction can open them again."""
    ended = [post for post in induction.posts if post.ends_on is None]
    for post in ended:
        post.ends_on = max(on, post.starts_on)
    return [str(post.id) for post in ended]


def _by_person(actor: Actor) -> None:
    if actor.kind != "person":
        raise NotAllowed("only a person decides how an induction ends")


def _note(session: Session, induction: Induction, kind: str, detail: dict[str, Any], actor: Actor, now: datetime) -> Event:
    return record(session, kind, induction, actor, now, detail=detail, induction_id=induction.id)
