"""Questions for the inbox and the review queue: what came, what happened to it, what waits."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.models.inductions import Induction
from records.models.notices import Notice
from records.models.post import Attachment, Paper, PaperPart, StoredMessage
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


def messages(session: Session, *, show: Filter = Filter.ALL, offset: int = 0, limit: int = 25) -> Slice:
    """Messages, newest first, each with its attachments."""
    chosen = sa.select(StoredMessage)
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
