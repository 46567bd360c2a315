"""Starting inductions, and saying what is expected of them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import events, periods
from records.events import Actor
from records.models.inductions import (
    Assessment,
    AssessmentKind,
    AssessmentPoint,
    FteSpell,
    Induction,
    InductionPeriod,
    Outcome,
    Post,
    Source,
)
from records.models.people import Person, Role
from records.models.schools import School
from records.people import add_membership, holders
from records.values import Wrong


def start_induction(
    session: Session,
    person: Person,
    school: School,
    *,
    starts_on: date,
    actor: Actor,
    now: datetime,
    fte: Decimal = Decimal(1),
    tutor: Person | None = None,
    source: Source = Source.PERSON,
    submission_id: uuid.UUID | None = None,
) -> Induction:
    """Register an ECT: the induction, its first period with this body, and the post at the school.

    Raises `Wrong` where the person has an open induction already, has passed or failed one, or has not QTS by then.
    """
    periods.lock(session, person.id)
    if open_induction(session, person):
        raise Wrong("This person has an open induction already")
    if ended_for_good(session, person):
        raise Wrong("This person has passed or failed induction: it can be taken only once")
    stated = {"source": source, "source_submission_id": submission_id, "recorded_at": now}
    induction = Induction(id=uuid.uuid4(), person_id=person.id, starts_on=starts_on, **stated)
    session.add(induction)
    session.flush()
    post = Post(
        id=uuid.uuid4(),
        induction_id=induction.id,
        school_id=school.id,
        starts_on=starts_on,
        tutor_id=tutor.id if tutor else None,
        **stated,
    )
    session.add_all([post, InductionPeriod(id=uuid.uuid4(), induction_id=induction.id, starts_on=starts_on, **stated)])
    session.flush()
    session.add(FteSpell(id=uuid.uuid4(), post_id=post.id, starts_on=starts_on, fte=fte, **stated))
    add_membership(session, person, school, Role.ECT, starts_on)
    if tutor is not None and tutor not in holders(session, school, Role.INDUCTION_TUTOR, starts_on):
        add_membership(session, tutor, school, Role.INDUCTION_TUTOR, starts_on)
    session.flush()
    periods.check(session, induction)
    events.record(
        session,
        "induction_started",
        induction,
        actor,
        now,
        detail={"starts_on": starts_on.isoformat()},
        induction_id=induction.id,
    )
    return induction


def open_induction(session: Session, person: Person) -> Induction | None:
    return session.scalar(
        sa.select(Induction).where(
            Induction.person_id == person.id, Induction.outcome.is_(None), Induction.completed_on.is_(None)
        )
    )


def ended_for_good(session: Session, person: Person) -> Induction | None:
    """The induction that the person passed or failed."""
    return session.scalar(
        sa.select(Induction).where(Induction.person_id == person.id, Induction.outcome.in_([Outcome.PASS, Outcome.FAIL]))
    )


def latest_induction(session: Session, person: Person) -> Induction | None:
    """The open induction, else the one that ended last."""
    return open_induction(session, person) or session.scalar(
        sa.select(Induction).where(Induction.person_id == person.id).order_by(Induction.completed_on.desc()).limit(1)
    )


def concluded(induction: Induction) -> bool:
    """Whether it was passed or failed: a form that comes now is filed and changes nothing."""
    return induction.outcome in {Outcome.PASS, Outcome.FAIL}


def expect(
    session: Session,
    induction: Induction,
    kind: AssessmentKind,
    *,
    due_on: date | None,
    now: datetime,
    point: AssessmentPoint | None = None,
    sequence: int | None = None,
    period_start: date | None = None,
    period_end: date | None = None,
    source: Source = Source.RULE,
) -> Assessment:
    """Say that an assessment is expected."""
    assessment = Assessment(
        id=uuid.uuid4(),
        induction_id=induction.id,
        kind=kind,
        point=point,
        sequence=sequence,
        due_on=due_on,
        period_start=period_start,
        period_end=period_end,
        source=source,
        recorded_at=now,
    )
    session.add(assessment)
    session.flush()
    return assessment
