"""Questions for the inbox and the review queue: what came, what happened to it, what waits."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.communications import EVERYTHING, Eyes, letter_shown
from records.models.accounts import Account
from records.models.clock import JobRun
from records.models.events import Event, EventDetail
from records.models.inductions import Induction, Post
from records.models.notices import Notice
from records.models.people import Person
from records.models.post import Attachment, Channel, Paper, PaperPart, StoredMessage
from records.models.schools import School
from records.models.submissions import Submission
from records.states import LONGEST, AttachmentState, MessageState, NoticeState, SubmissionState


class Filter(StrEnum):
    """What the inbox shows."""

    ALL = "all"
    WORKING = "working"
    PROBLEMS = "problems"
    DUPLICATES = "duplicates"


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of rows and how many there are in all."""

    rows: Sequence[StoredMessage]
    total: int


def messages(
    session: Session, *, show: Filter = Filter.ALL, eyes: Eyes = EVERYTHING, offset: int = 0, limit: int = 25
) -> Slice:
    """Messages that these eyes see, newest first, each with its attachments."""
    chosen = sa.select(StoredMessage).where(StoredMessage.channel != Channel.HISTORY, letter_shown(eyes))
    if show is Filter.WORKING:
        busy = StoredMessage.attachments.any(Attachment.state.in_([AttachmentState.WAITING, AttachmentState.READING]))
        chosen = chosen.where(sa.or_(StoredMessage.state.in_([MessageState.RECEIVED, MessageState.OPENING]), busy))
    elif show is Filter.PROBLEMS:
        unread = StoredMessage.attachments.any(Attachment.state == AttachmentState.UNREADABLE)
        chosen = chosen.where(sa.or_(StoredMessage.state == MessageState.UNOPENABLE, unread))
    elif show is Filter.DUPLICATES:
        chosen = chosen.where(StoredMessage.duplicate_of_id.is_not(None))
    total = session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    rows = session.scalars(
        chosen.options(selectinload(StoredMessage.attachments))
        .order_by(StoredMessage.received_at.desc(), StoredMessage.id)
        .offset(offset)
        .limit(limit)
    ).all()
    return Slice(rows, total)


def message(session: Session, message_id: uuid.UUID) -> StoredMessage | None:
    return session.scalar(
        sa.select(StoredMessage).where(StoredMessage.id == message_id).options(selectinload(StoredMessage.attachments))
    )


def submissions_of(session: Session, attachment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Submission]]:
    """The submissions that count, by attachment."""
    found: dict[uuid.UUID, list[Submission]] = {}
    rows = session.execute(
        sa.select(PaperPart.attachment_id, Submission)
        .join(Paper, PaperPart.paper_id == Paper.id)
        .join(Submission, Submission.paper_id == Paper.id)
        .where(PaperPart.attachment_id.in_(attachment_ids), Submission.state != SubmissionState.SUPERSEDED)
        .order_by(Paper.number)
    )
    for attachment_id, submission in rows:
        found.setdefault(attachment_id, []).append(submission)
    return found


def notice(session: Session, notice_id: uuid.UUID) -> Notice | None:
    """A letter of ours."""
    return session.get(Notice, notice_id)


def letters_about(session: Session, message: StoredMessage) -> Sequence[Notice]:
    """Letters that answer a message, or that speak of a form in it, the oldest first."""
    forms = sa.select(Submission.id).where(Submission.message_id == message.id)
    about = sa.or_(Notice.message_id == message.id, Notice.submission_id.in_(forms))
    return session.scalars(sa.select(Notice).where(about).order_by(Notice.asked_at)).all()


def repeats_of(session: Session, message: StoredMessage) -> Sequence[StoredMessage]:
    """Later deliveries of the same message."""
    again = sa.select(StoredMessage).where(StoredMessage.duplicate_of_id == message.id)
    return session.scalars(again.order_by(StoredMessage.received_at)).all()


def queue(session: Session, *, offset: int = 0, limit: int = 25) -> tuple[Sequence[Submission], int]:
    """Submissions that wait for a person, oldest first, and how many there are."""
    chosen = sa.select(Submission).where(Submission.state == SubmissionState.IN_REVIEW)
    total = session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    rows = session.scalars(
        chosen.options(
            selectinload(Submission.values),
            selectinload(Submission.assessment),
            selectinload(Submission.induction).selectinload(Induction.person),
        )
        .order_by(Submission.received_at, Submission.id)
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, total


def after(session: Session, submission: Submission) -> Submission | None:
    """The next one in the queue after this, round to the first."""
    waiting = sa.select(Submission).where(Submission.state == SubmissionState.IN_REVIEW, Submission.id != submission.id)
    order = (Submission.received_at, Submission.id)
    later = sa.or_(
        Submission.received_at > submission.received_at,
        sa.and_(Submission.received_at == submission.received_at, Submission.id > submission.id),
    )
    return session.scalar(waiting.where(later).order_by(*order).limit(1)) or session.scalar(waiting.order_by(*order).limit(1))


def documents_of(session: Session, induction: Induction) -> Sequence[Attachment]:
    """What was filed for an ECT as a supporting document, newest first."""
    filed = sa.select(Attachment).where(Attachment.filed_for_id == induction.id)
    return session.scalars(filed.order_by(Attachment.state_since.desc())).all()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of an induction's history, with the name of the person who acted; None where a step of the machine did."""

    event: Event
    by: str | None
    detail: dict[str, Any]
    """What changed; empty once it was erased."""


def history_of_induction(session: Session, induction: Induction, limit: int = 200) -> list[Happening]:
    """What happened around an induction, newest first: its own events and those of its forms."""
    forms = sa.select(Submission.id).where(Submission.induction_id == induction.id)
    events = session.scalars(
        sa.select(Event)
        .where(sa.or_(Event.induction_id == induction.id, Event.subject_id.in_(forms)))
        .order_by(Event.happened_at.desc(), Event.number.desc())
        .limit(limit)
    ).all()
    return told(session, events)


def latest(session: Session, *kinds: str, limit: int = 20) -> list[Happening]:
    """The last events of some kinds, newest first."""
    chosen = sa.select(Event).where(Event.kind.in_(kinds)).order_by(Event.happened_at.desc(), Event.id).limit(limit)
    return told(session, session.scalars(chosen).all())


def told(session: Session, events: Sequence[Event]) -> list[Happening]:
    """Events with who acted and what changed."""
    actors = {event.actor_id for event in events if event.actor_kind == "person"}
    accounts = session.scalars(sa.select(Account).where(Account.id.in_([uuid.UUID(one) for one in actors])))
    names = {str(account.id): account.person.full_name for account in accounts}
    rows = session.scalars(sa.select(EventDetail).where(EventDetail.event_id.in_([event.id for event in events])))
    details = {row.event_id: row.detail for row in rows}
    return [Happening(event, names.get(event.actor_id), details.get(event.id, {})) for event in events]


def inductions_at(session: Session, school: School, limit: int = 200) -> Sequence[Induction]:
    """The inductions with a post at a school, by name."""
    return session.scalars(
        sa.select(Induction)
        .join(Person, Induction.person_id == Person.id)
        .where(Induction.posts.any(Post.school_id == school.id))
        .order_by(Person.last_key, Person.first_key)
        .limit(limit)
    ).all()


def last_runs(session: Session) -> list[JobRun]:
    """The latest run of each job, by the job's name."""
    latest = sa.select(JobRun.job, sa.func.max(JobRun.scheduled_for).label("latest")).group_by(JobRun.job).subquery()
    fit = sa.and_(JobRun.job == latest.c.job, JobRun.scheduled_for == latest.c.latest)
    return list(session.scalars(sa.select(JobRun).join(latest, fit).order_by(JobRun.job)))


def counts(session: Session) -> dict[str, int]:
    """How much there is of each: by state, for the status page and the home page."""
    found: dict[str, int] = {}
    for table in (StoredMessage, Attachment, Submission, Notice):
        for state, number in session.execute(sa.select(table.state, sa.func.count()).group_by(table.state)):
            found[f"{table.__tablename__}_{state.value}"] = number
    return found


@dataclass(frozen=True, slots=True)
class Overstayed:
    """Items that have been in a passing state for longer than it may last."""

    what: str
    state: str
    number: int
    since: datetime


def overstayed(session: Session, now: datetime) -> list[Overstayed]:
    """What is stuck, for the status page. Empty when all is well."""
    tables: dict[type[StrEnum], type[StoredMessage | Attachment | Notice]] = {
        MessageState: StoredMessage,
        AttachmentState: Attachment,
        NoticeState: Notice,
    }
    found = []
    for state, longest in LONGEST.items():
        table = tables[type(state)]
        number, since = session.execute(
            sa.select(sa.func.count(), sa.func.min(table.state_since)).where(
                table.state == state, table.state_since < now - longest
            )
        ).one()
        if number:
            found.append(Overstayed(table.__tablename__, state.value, number, since))
    return found
