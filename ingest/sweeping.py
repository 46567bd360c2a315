"""Giving back what a worker did not finish; what was tried often enough rests, and is kept for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest.receipts import ask_when_done
from records import albums
from records.events import Actor
from records.models.post import Attachment, StoredMessage
from records.states import AttachmentState, MessageState, move

MOST_ATTEMPTS = 3
NOT_OPENED = "This letter could not be opened in several attempts. It is kept as it came, for a person to look at."
NOT_READ = "This file could not be read in several attempts. It is kept as it came, and a person can type in what it says."

_ACTOR = Actor.machine("sweep")
_LIMIT = 100
_RAN_OUT = "the claim ran out"
_Item = TypeVar("_Item", StoredMessage, Attachment)


def sweep(session: Session, now: datetime, *, most_attempts: int = MOST_ATTEMPTS, held_by: str | None = None) -> int:
    """Give back items whose claim ran out: their worker died or was too slow. Returns how many.

    With `held_by`, those that this worker holds, whatever the time: for one that has just started and holds nothing yet.
    """
    messages = _stale(session, StoredMessage, MessageState.OPENING, now, held_by)
    attachments = _stale(session, Attachment, AttachmentState.READING, now, held_by)
    for message in messages:
        give_back(session, message, _RAN_OUT, now, most_attempts=most_attempts)
    for attachment in attachments:
        give_back(session, attachment, _RAN_OUT, now, most_attempts=most_attempts)
    return len(messages) + len(attachments)


def give_back(
    session: Session, item: StoredMessage | Attachment, why: str, now: datetime, *, most_attempts: int = MOST_ATTEMPTS
) -> None:
    """Put an unfinished item back in its queue, or let it rest for a person when it was tried often enough.

    A picture that could not be read with others is tried by itself first.
    """
    tired = item.attempts >= most_attempts
    if isinstance(item, StoredMessage):
        item.problem = NOT_OPENED if tired else None
        move(session, item, MessageState.UNOPENABLE if tired else MessageState.RECEIVED, _ACTOR, why, now)
        return
    if tired and item.album is not None and item.read_at is None:
        albums.leave(session, item, _ACTOR, why, now)
        return
    item.problem = NOT_READ if tired else None
    move(session, item, AttachmentState.UNREADABLE if tired else AttachmentState.WAITING, _ACTOR, why, now)
    if tired:
        ask_when_done(session, session.get_one(StoredMessage, item.message_id, with_for_update=True), now)


def _stale(
    session: Session, kind: type[_Item], state: MessageState | AttachmentState, now: datetime, held_by: str | None
) -> Sequence[_Item]:
    stale = kind.claimed_until < now if held_by is None else kind.claimed_by == held_by
    return session.scalars(
        sa.select(kind).where(kind.state == state, stale).limit(_LIMIT).with_for_update(skip_locked=True)
    ).all()
