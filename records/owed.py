"""Who owes which assessment on a day, and who should hear of it. A question; what is sent about it is decided elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.models.inductions import Assessment, AssessmentKind, AssessmentPoint, Induction, Outcome, Post
from records.models.people import Person, Role
from records.models.retention import Hold
from records.models.submissions import Submission
from records.people import current_address, current_post, holders
from records.states import SubmissionState


class Part(StrEnum):
    """What somebody has to do with an owed assessment."""

    TUTOR = "tutor"
    COORDINATOR = "coordinator"
    ECT = "ect"
    HEAD = "head"
    """Gets a copy."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody to be told, with a working address."""

    person_id: uuid.UUID
    address: str
    part: Part


@dataclass(frozen=True, slots=True)
class Owed:
    """An assessment that is not in, and its parties. No parties: the body must see to it."""

    assessment_id: uuid.UUID
    kind: AssessmentKind
    point: AssessmentPoint | None
    due_on: date
    person_id: uuid.UUID
    ect: str
    school_id: uuid.UUID | None
    school: str
    parties: tuple[Party, ...]


Staff = dict[uuid.UUID, list[tuple[Person, Part]]]
"""Who is to be told at each school, whichever ECT it is about."""


def owed(session: Session, today: date, *, ahead: timedelta = timedelta(days=7)) -> list[Owed]:
    """Everything due up to `ahead` days from today that has no form in, in a fixed order."""
    induction = selectinload(Assessment.induction)
    # Of somebody who has left, the interim assessment is still owed (guidance 2.63).
    runs_or_left = sa.or_(Induction.outcome.is_(None), Induction.outcome == Outcome.RELEASE)
    rows = session.scalars(
        sa.select(Assessment)
        .join(Induction, Assessment.induction_id == Induction.id)
        .where(Assessment.due_on <= today + ahead, runs_or_left, is_owed(), ~_restricted())
        .options(
            induction.selectinload(Induction.person).selectinload(Person.addresses),
            induction.selectinload(Induction.posts).selectinload(Post.school),
            induction.selectinload(Induction.posts).selectinload(Post.tutor).selectinload(Person.addresses),
        )
        .order_by(Assessment.due_on, Assessment.id)
    ).all()
    # Each school is asked once for its people, however many of its ECTs owe something.
    staff: Staff = {}
    return [_with_parties(session, row, today, staff) for row in rows if row.due_on is not None]


def is_owed() -> sa.ColumnElement[bool]:
    """The condition on `Assessment`: expected, not accepted, and no form for it is in.

    A blank form is no form, and one that was sent back counts no longer.
    """
    form_is_in = (
        sa.select(Submission.id)
        .where(
            Submission.assessment_id == Assessment.id,
            Submission.blank.is_(False),
            Submission.state.in_([SubmissionState.IN_REVIEW, SubmissionState.ACCEPTED]),
        )
        .exists()
    )
    return sa.and_(
        Assessment.accepted_at.is_(None), Assessment.not_required.is_(None), Assessment.due_on.is_not(None), ~form_is_in
    )


def still_owed(session: Session, assessment_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the assessments that are still owed now."""
    return set(session.scalars(sa.select(Assessment.id).where(Assessment.id.in_(assessment_ids), is_owed())))


def _restricted() -> sa.ColumnElement[bool]:
    return (
        sa.select(Hold.id)
        .where(Hold.person_id == Induction.person_id, Hold.restricts.is_(True), Hold.lifted_at.is_(None))
        .exists()
    )


def _with_parties(session: Session, row: Assessment, today: date, staff: Staff) -> Owed:
    post = current_post(row.induction, today)
    person = row.induction.person
    assert row.due_on is not None
    return Owed(
        row.id,
        row.kind,
        row.point,
        row.due_on,
        person.id,
        person.full_name,
        post.school_id if post else None,
        post.school.name if post else "",
        tuple(_parties(session, person, post, today, staff)),
    )


def _parties(session: Session, person: Person, post: Post | None, today: date, staff: Staff) -> list[Party]:
    """Tutor, coordinators, ECT and heads, each once, in the first part that fits."""
    asked: list[tuple[Person, Part]] = [(person, Part.ECT)]
    if post is not None:
        if post.tutor is not None:
            asked.insert(0, (post.tutor, Part.TUTOR))
        if post.school_id not in staff:
            coordinators = holders(session, post.school, Role.INDUCTION_COORDINATOR, today)
            heads = holders(session, post.school, Role.HEADTEACHER, today)
            staff[post.school_id] = [(one, Part.COORDINATOR) for one in coordinators] + [(one, Part.HEAD) for one in heads]
        asked += staff[post.school_id]
    found: dict[uuid.UUID, Party] = {}
    for one, part in asked:
        address = current_address(one, today)
        if address and one.id not in found:
            found[one.id] = Party(one.id, address, part)
    return list(found.values())
