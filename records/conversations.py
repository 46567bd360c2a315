"""Conversations: letters that belong together, with an owner, open until somebody says they are done."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import notices
from records.communications import Eyes, link, set_visibility, shown
from records.events import Actor, record
from records.models.communications import (
    Communication,
    CommunicationChannel,
    CommunicationLink,
    Conversation,
    Direction,
    Visibility,
)
from records.models.notices import Notice
from records.models.post import Attachment, AttachmentDecision, StoredMessage
from records.values import Wrong

LONGEST_ANSWER = 20_000


def place(session: Session, message: StoredMessage, answers: Sequence[str], now: datetime) -> Conversation | None:
    """Put a letter that came in into the conversation of what it answers, or begin one.

    A person's letter without a paper wants an answer, so its conversation is open, again if need be. One that only brings
    forms is done by reviewing them, and automatic mail opens nothing.
    """
    known = _of_answered(session, answers)
    if known is None and message.automatic:
        return None
    # Its subject stays with its letters: what a conversation is about goes when they go.
    row = known or Conversation(id=uuid.uuid4(), subject="", opened_at=message.received_at, done_at=now)
    if known is None:
        session.add(row)
    if not message.automatic and not _has_papers(session, message):
        row.done_at = None
    message.conversation_id = row.id
    session.flush()
    return row


def set_owner(session: Session, row: Conversation, owner_id: uuid.UUID | None, actor: Actor, now: datetime) -> None:
    row.owner_id = owner_id
    session.flush()
    record(session, "conversation_owner_set", row, actor, now)


def finish(session: Session, row: Conversation, actor: Actor, now: datetime) -> None:
    if row.done_at is None:
        row.done_at = now
        session.flush()
        record(session, "conversation_done", row, actor, now)


def reopen(session: Session, row: Conversation, actor: Actor, now: datetime) -> None:
    if row.done_at is not None:
        row.done_at = None
        session.flush()
        record(session, "conversation_reopened", row, actor, now)


def note(session: Session, row: Conversation, text: str, actor: Actor, now: datetime) -> Communication:
    """A note for colleagues; it is about whomever the last letter is about. Raises `Wrong` for an empty one."""
    if not text.strip():
        raise Wrong("Write the note")
    about = _links(session, row)
    entry = Communication(
        id=uuid.uuid4(),
        channel=CommunicationChannel.NOTE,
        direction=Direction.INTERNAL,
        happened_at=now,
        summary="",
        body=text.strip()[:LONGEST_ANSWER],
        conversation_id=row.id,
        recorded_by_id=actor.account_id,
        recorded_at=now,
    )
    session.add(entry)
    session.flush()
    for one in about:
        link(session, entry, person_id=one.person_id, school_id=one.school_id, visibility=_for_staff(one.visibility))
    record(session, "communication_logged", entry, actor, now, detail={"channel": "note"})
    return entry


def keep_together(session: Session, entry: Communication, visibility: Visibility, actor: Actor, now: datetime) -> int:
    """Let the same people see every entry of its conversation as see this one, earlier ones too. Returns how many others there are.

    For the named contact alone, or for all staff: what a school or an ECT reads is chosen entry by entry. Raises `Wrong`.
    """
    if visibility not in {Visibility.NAMED_CONTACT, Visibility.BODY}:
        raise Wrong("Choose for each entry by itself what a school or an ECT may see")
    set_visibility(session, entry, visibility, actor, now)
    whole = sa.select(Communication).where(Communication.conversation_id == entry.conversation_id, Communication.id != entry.id)
    others = session.scalars(whole.order_by(Communication.happened_at)).all() if entry.conversation_id else []
    for other in others:
        if visibility is Visibility.NAMED_CONTACT:
            for one in entry.links:
                link(session, other, person_id=one.person_id, school_id=one.school_id, visibility=visibility)
            session.refresh(other, ["links"])
        if other.links:
            set_visibility(session, other, visibility, actor, now)
    return len(others)


def answer(session: Session, row: Conversation, text: str, actor: Actor, now: datetime) -> Notice:
    """Answer the last letter that came in, through the outbox. Raises `Wrong` where there is none, or nothing to send."""
    letter = last_letter(session, row)
    to_address = letter.authentication.get("from") if letter is not None else None
    if letter is None or not to_address:
        raise Wrong("There is no letter with one sender to answer here")
    if letter.automatic:
        raise Wrong("The last letter was sent by a machine: nobody would read the answer")
    if not text.strip() or len(text) > LONGEST_ANSWER:
        raise Wrong("Write an answer of up to 20,000 characters")
    subject = letter.subject or "Your letter"
    asked = notices.ask(
        session,
        kind="answer",
        key=f"answer:{row.id}:{uuid.uuid4()}",
        to_address=to_address,
        now=now,
        content={"subject": subject if subject.casefold().startswith("re:") else f"Re: {subject}", "text": text.strip()},
        to_person_id=letter.sender_id,
        school_id=letter.school_id,
        message_id=letter.id,
    )
    record(session, "conversation_answered", row, actor, now)
    return asked


def last_letter(session: Session, row: Conversation) -> StoredMessage | None:
    return session.scalar(
        sa.select(StoredMessage)
        .where(StoredMessage.conversation_id == row.id)
        .order_by(StoredMessage.received_at.desc())
        .limit(1)
    )


def entries(session: Session, row: Conversation, eyes: Eyes) -> Sequence[Communication]:
    """What was said, the oldest first. An entry with a link that is for somebody else alone does not show."""
    return session.scalars(
        sa.select(Communication)
        .where(Communication.conversation_id == row.id, shown(eyes))
        .order_by(Communication.happened_at, Communication.recorded_at)
    ).all()


def waiting(session: Session, row: Conversation) -> Sequence[Notice]:
    """Answers that are not in the log yet: on their way, held back or failed."""
    logged = sa.select(Communication.notice_id).where(Communication.notice_id.is_not(None))
    return session.scalars(
        sa.select(Notice)
        .join(StoredMessage, Notice.message_id == StoredMessage.id)
        .where(StoredMessage.conversation_id == row.id, Notice.kind == "answer", Notice.id.not_in(logged))
        .order_by(Notice.asked_at)
    ).all()


def listed(
    session: Session, *, done: bool = False, owner_id: uuid.UUID | None = None, limit: int = 200
) -> Sequence[Conversation]:
    """Conversations, those waiting longest first; finished ones the latest first."""
    chosen = sa.select(Conversation).where(Conversation.done_at.is_not(None) if done else Conversation.done_at.is_(None))
    if owner_id is not None:
        chosen = chosen.where(Conversation.owner_id == owner_id)
    order = Conversation.done_at.desc() if done else Conversation.opened_at
    return session.scalars(chosen.order_by(order, Conversation.id).limit(limit)).all()


def _of_answered(session: Session, answers: Sequence[str]) -> Conversation | None:
    for letter_id in answers:
        found = session.scalar(
            sa.select(StoredMessage.conversation_id)
            .where(StoredMessage.message_id == letter_id, StoredMessage.conversation_id.is_not(None))
            .limit(1)
        ) or session.scalar(
            sa.select(Communication.conversation_id)
            .join(Notice, Communication.notice_id == Notice.id)
            .where(Notice.letter_id == letter_id, Communication.conversation_id.is_not(None))
            .limit(1)
        )
        if found is not None:
            return session.get(Conversation, found, with_for_update=True)
    return None


def _has_papers(session: Session, message: StoredMessage) -> bool:
    return (
        session.scalar(
            sa.select(Attachment.id)
            .where(Attachment.message_id == message.id, Attachment.decision == AttachmentDecision.PAPER)
            .limit(1)
        )
        is not None
    )


def _links(session: Session, row: Conversation) -> Sequence[CommunicationLink]:
    """Whom the letters of a conversation are about; where one is for the named contact alone, that link counts."""
    rows = session.scalars(
        sa.select(CommunicationLink)
        .join(Communication, CommunicationLink.communication_id == Communication.id)
        .where(Communication.conversation_id == row.id)
        .order_by(CommunicationLink.visibility == Visibility.NAMED_CONTACT)
    ).all()
    return list({(one.person_id, one.school_id): one for one in rows}.values())


def _for_staff(visibility: Visibility) -> Visibility:
    return Visibility.NAMED_CONTACT if visibility is Visibility.NAMED_CONTACT else Visibility.BODY
