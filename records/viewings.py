"""Who opened an ECT's record and forms. The guidance (2.79) wants assessments confidential, and the ECT told who sees them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.access import Viewer
from records.models.accounts import Account
from records.models.inductions import Induction
from records.models.interests import Viewing
from records.models.people import Person
from records.models.submissions import Submission
from records.values import local_day

RECORD = "The record"


@dataclass(frozen=True, slots=True)
class Thing:
    """What was opened: the record as a whole, or one form in it."""

    induction_id: uuid.UUID
    what: str = RECORD
    submission_id: uuid.UUID | None = None

    @property
    def key(self) -> str:
        return str(self.submission_id) if self.submission_id else ""


def is_noted(session: Session, viewer: Viewer, thing: Thing, today: date) -> bool:
    """Whether today's row is there, so that most visits write nothing."""
    return session.scalar(sa.select(Viewing.id).where(*_same(viewer, thing, today))) is not None


def note(session: Session, viewer: Viewer, thing: Thing, place: str, now: datetime) -> None:
    """Note that the viewer opened it, once a day. ECTs who look at their own record are not noted."""
    today = local_day(now)
    induction = session.get(Induction, thing.induction_id, with_for_update=True)
    if induction is None or induction.person_id == viewer.person_id or is_noted(session, viewer, thing, today):
        return
    session.add(
        Viewing(
            id=uuid.uuid4(),
            induction_id=thing.induction_id,
            account_id=viewer.account_id,
            submission_key=thing.key,
            what=thing.what[:200],
            place=place[:300],
            viewed_on=today,
            viewed_at=now,
        )
    )
    session.flush()


@dataclass(frozen=True, slots=True)
class Opened:
    """One line of who opened what. `name` is empty where the account is gone."""

    name: str
    place: str
    what: str
    viewed_at: datetime


def of_induction(session: Session, induction: Induction, limit: int = 200) -> Sequence[Opened]:
    """Who opened an ECT's record and forms, newest first."""
    rows = session.execute(
        sa.select(Viewing, Person.first_name, Person.last_name)
        .outerjoin(Account, Viewing.account_id == Account.id)
        .outerjoin(Person, Account.person_id == Person.id)
        .where(Viewing.induction_id == induction.id)
        .order_by(Viewing.viewed_at.desc())
        .limit(limit)
    )
    return [Opened(f"{first or ''} {last or ''}".strip(), one.place, one.what, one.viewed_at) for one, first, last in rows]


def thing_of(submission: Submission, what: str) -> Thing | None:
    """A form as something that is opened; None while nobody knows whose it is."""
    return Thing(submission.induction_id, what, submission.id) if submission.induction_id else None


def _same(viewer: Viewer, thing: Thing, today: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Viewing.induction_id == thing.induction_id,
        Viewing.account_id == viewer.account_id,
        Viewing.submission_key == thing.key,
        Viewing.viewed_on == today,
    )
