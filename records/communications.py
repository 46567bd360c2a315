"""The log of what was said: emails in and out, telephone calls, meetings; and who may see each entry where."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.models.communications import (
    Communication,
    CommunicationChannel,
    CommunicationLink,
    Direction,
    Visibility,
)
from records.models.notices import Notice
from records.models.people import Person
from records.models.post import StoredMessage
from records.models.schools import School
from records.values import Wrong


def log_message(session: Session, message: StoredMessage, now: datetime) -> Communication:
    """Log a message that came in, once. It is linked to its sender and school; its ECTs follow when papers are matched."""
    known = _of_message(session, message.id)
    if known is not None:
        return known
    entry = Communication(
        id=uuid.uuid4(),
        channel=CommunicationChannel.EMAIL,
        direction=Direction.IN,
        happened_at=message.received_at,
        summary=message.subject or "(no subject)",
        other_party=(message.header_from or message.envelope_from)[:320] or None,
        message_id=message.id,
        conversation_id=message.conversation_id,
        recorded_at=now,
    )
    session.add(entry)
    session.flush()
    if message.sender_id:
        link(session, entry, person_id=message.sender_id)
    if message.school_id:
        link(session, entry, school_id=message.school_id)
    return entry


def log_notice(session: Session, notice: Notice, now: datetime) -> Communication:
    """Log a letter that was sent, once."""
    known = session.scalar(sa.select(Communication).where(Communication.notice_id == notice.id))
    if known is not None:
        return known
    entry = Communication(
        id=uuid.uuid4(),
        channel=CommunicationChannel.EMAIL,
        direction=Direction.OUT,
        happened_at=notice.sent_at or now,
        summary=notice.subject or notice.kind,
        other_party=notice.to_address,
        notice_id=notice.id,
        recorded_at=now,
    )
    session.add(entry)
    session.flush()
    for person_id in {notice.about_person_id, notice.to_person_id} - {None}:
        link(session, entry, person_id=person_id)
    if notice.school_id:
        link(session, entry, school_id=notice.school_id)
    return entry


def log_call(
    session: Session,
    *,
    channel: CommunicationChannel,
    direction: Direction,
    happened_at: datetime,
    body: str,
    actor: Actor,
    now: datetime,
    person: Person | None = None,
    school: School | None = None,
    other_party: str = "",
    summary: str = "",
    visibility: Visibility = Visibility.BODY,
) -> Communication:
    """Write down a telephone call, a meeting, a letter or a note. Raises `Wrong` for one about nobody, or in the future."""
    if person is None and school is None:
        raise Wrong("Say whom or which school it was about")
    if not body.strip():
        raise Wrong("Write down what was said")
    if happened_at > now:
        raise Wrong("The date and time must be in the past")
    entry = Communication(
        id=uuid.uuid4(),
        channel=channel,
        direction=direction,
        happened_at=happened_at,
        summary=summary.strip(),
        body=body.strip(),
        other_party=other_party.strip()[:320] or None,
        recorded_by_id=actor.account_id,
        recorded_at=now,
    )
    session.add(entry)
    session.flush()
    if person:
        link(session, entry, person_id=person.id, visibility=visibility)
    if school:
        link(session, entry, school_id=school.id, visibility=visibility)
    record(session, "communication_logged", entry, actor, now, detail={"channel": channel.value})
    return entry


def link(
    session: Session,
    entry: Communication,
    *,
    person_id: uuid.UUID | None = None,
    school_id: uuid.UUID | None = None,
    visibility: Visibility = Visibility.BODY,
) -> None:
    """Say whom an entry concerns; saying so twice is harmless."""
    known = session.scalar(
        sa.select(CommunicationLink.id).where(
            CommunicationLink.communication_id == entry.id,
            CommunicationLink.person_id == person_id,
            CommunicationLink.school_id == school_id,
        )
    )
    if known is None:
        session.add(
            CommunicationLink(
                id=uuid.uuid4(), communication_id=entry.id, person_id=person_id, school_id=school_id, visibility=visibility
            )
        )
        session.flush()


def link_message(session: Session, message_id: uuid.UUID | None, person_id: uuid.UUID) -> None:
    """Link the log entry of a message to the ECT one of its papers belongs to."""
    entry = _of_message(session, message_id) if message_id else None
    if entry is not None:
        link(session, entry, person_id=person_id)


def history_of(session: Session, person: Person, visible: Collection[Visibility], limit: int = 200) -> list[Communication]:
    """What was said about a person, newest first, as far as these visibilities go."""
    return list(
        session.scalars(
            sa.select(Communication)
            .join(CommunicationLink)
            .where(CommunicationLink.person_id == person.id, CommunicationLink.visibility.in_(list(visible)))
            .order_by(Communication.happened_at.desc())
            .limit(limit)
        )
    )


def _of_message(session: Session, message_id: uuid.UUID) -> Communication | None:
    return session.scalar(sa.select(Communication).where(Communication.message_id == message_id))
