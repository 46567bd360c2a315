"""The log of what was said: emails in and out, telephone calls, meetings; and who may see each entry where."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, selectinload

from records.access import Viewer, visibilities
from records.events import Actor, record
from records.models.communications import (
    Communication,
    CommunicationChannel,
    CommunicationLink,
    Direction,
    Visibility,
)
from records.models.inductions import Induction
from records.models.notices import Notice
from records.models.people import Person
from records.models.post import StoredMessage
from records.models.schools import School
from records.people import by_id
from records.states import NoticeState
from records.values import LONDON, Wrong


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
    _keep_confidence(session, entry)
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
        conversation_id=_conversation_of(session, notice),
        recorded_at=now,
    )
    session.add(entry)
    session.flush()
    _keep_confidence(session, entry)
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


def set_visibility(session: Session, entry: Communication, visibility: Visibility, actor: Actor, now: datetime) -> None:
    """Say who sees an entry, wherever it is linked. Raises `Wrong` for sharing what is about several ECTs, or about nobody."""
    if not entry.links:
        raise Wrong("It is not linked to anybody yet, so nobody can be kept from it")
    if visibility in {Visibility.SCHOOL, Visibility.ECT} and len(ects_of(session, entry)) > 1:
        raise Wrong("It is about several ECTs, so it cannot be shared with a school or an ECT")
    for one in entry.links:
        one.visibility = visibility
    session.flush()
    record(session, "communication_visibility_set", entry, actor, now, detail={"visibility": visibility.value})


def link(
    session: Session,
    entry: Communication,
    *,
    person_id: uuid.UUID | None = None,
    school_id: uuid.UUID | None = None,
    visibility: Visibility = Visibility.BODY,
) -> None:
    """Say whom an entry concerns; saying so twice is harmless. What is for the named contact alone stays so."""
    known = session.scalar(
        sa.select(CommunicationLink.id).where(
            CommunicationLink.communication_id == entry.id,
            CommunicationLink.person_id == person_id,
            CommunicationLink.school_id == school_id,
        )
    )
    if known is None:
        if _confidences(session, entry):
            visibility = Visibility.NAMED_CONTACT
        session.add(
            CommunicationLink(
                id=uuid.uuid4(), communication_id=entry.id, person_id=person_id, school_id=school_id, visibility=visibility
            )
        )
        session.flush()


def ects_of(session: Session, entry: Communication) -> frozenset[uuid.UUID]:
    """The ECTs, as people, whom an entry concerns."""
    return frozenset(
        session.scalars(
            sa.select(CommunicationLink.person_id)
            .join(Induction, Induction.person_id == CommunicationLink.person_id)
            .where(CommunicationLink.communication_id == entry.id)
        )
    )


def _confidences(session: Session, entry: Communication) -> Sequence[CommunicationLink]:
    """The links for the named contact alone, of an entry and of its conversation."""
    there = Communication.id == entry.id
    if entry.conversation_id is not None:
        there = sa.or_(there, Communication.conversation_id == entry.conversation_id)
    return session.scalars(
        sa.select(CommunicationLink)
        .join(Communication, CommunicationLink.communication_id == Communication.id)
        .where(there, CommunicationLink.visibility == Visibility.NAMED_CONTACT)
    ).all()


def _keep_confidence(session: Session, entry: Communication) -> None:
    """What joins a conversation for the named contact alone is about the same people, whoever wrote it, and as confidential."""
    for one in _confidences(session, entry):
        link(session, entry, person_id=one.person_id, school_id=one.school_id, visibility=Visibility.NAMED_CONTACT)


def link_message(session: Session, message_id: uuid.UUID | None, person_id: uuid.UUID) -> None:
    """Link the log entry of a message to the ECT one of its papers belongs to."""
    entry = _of_message(session, message_id) if message_id else None
    if entry is not None:
        link(session, entry, person_id=person_id)


def history_of(
    session: Session, person: Person, eyes: Eyes, *also: sa.ColumnElement[bool], limit: int = 200
) -> list[Communication]:
    """What was said about a person, newest first, as far as these eyes see it; `also` are conditions on `Communication`."""
    return list(
        session.scalars(
            sa.select(Communication)
            .where(Communication.links.any(CommunicationLink.person_id == person.id), shown(eyes), *also)
            .order_by(Communication.happened_at.desc())
            .limit(limit)
        )
    )


def _conversation_of(session: Session, notice: Notice) -> uuid.UUID | None:
    """A letter belongs to the conversation of the letter that it answers."""
    answered = session.get(StoredMessage, notice.message_id) if notice.message_id else None
    return answered.conversation_id if answered else None


def _of_message(session: Session, message_id: uuid.UUID) -> Communication | None:
    return session.scalar(sa.select(Communication).where(Communication.message_id == message_id))


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in the log. Every part narrows it down."""

    words: str = ""
    channel: CommunicationChannel | None = None
    direction: Direction | None = None
    since: date | None = None
    until: date | None = None
    person_id: uuid.UUID | None = None
    school_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, with whom it concerns and what became of a letter."""

    communication: Communication
    people: tuple[str, ...]
    schools: tuple[str, ...]
    delivery: NoticeState | None
    """The state of a letter of ours; None for everything else."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: which visibilities they see, and who they are, because a named contact sees what is for that contact."""

    visible: frozenset[Visibility]
    person_id: uuid.UUID | None = None


EVERYTHING = Eyes(frozenset(Visibility))
"""For the machine's own questions; never for a page."""


def eyes_of(viewer: Viewer | None, induction: Induction | None = None) -> Eyes:
    return Eyes(visibilities(viewer, induction), viewer.person_id if viewer else None)


def shown(eyes: Eyes) -> sa.ColumnElement[bool]:
    """The condition on `Communication` that nothing in it is for somebody else alone."""
    hidden: sa.ColumnElement[bool] = CommunicationLink.visibility.not_in(list(eyes.visible))
    if eyes.person_id is not None:
        others = sa.select(Induction.person_id).where(
            Induction.named_contact_id.is_not(None), Induction.named_contact_id != eyes.person_id
        )
        for_another = sa.and_(CommunicationLink.visibility == Visibility.NAMED_CONTACT, CommunicationLink.person_id.in_(others))
        hidden = sa.or_(hidden, for_another)
    return ~sa.exists().where(CommunicationLink.communication_id == Communication.id, hidden)


def is_shown(session: Session, entry: Communication, eyes: Eyes) -> bool:
    return session.scalar(sa.select(Communication.id).where(Communication.id == entry.id, shown(eyes))) is not None


def letter_shown(eyes: Eyes) -> sa.ColumnElement[bool]:
    """The condition on `StoredMessage` that neither its entry nor its conversation, nor those of its original, are hidden."""
    hidden = sa.select(Communication.conversation_id).where(Communication.conversation_id.is_not(None), ~shown(eyes))
    other, first = aliased(StoredMessage), sa.func.coalesce(StoredMessage.duplicate_of_id, StoredMessage.id)
    return sa.and_(
        first.not_in(sa.select(Communication.message_id).where(Communication.message_id.is_not(None), ~shown(eyes))),
        first.not_in(sa.select(other.id).where(other.conversation_id.in_(hidden))),
    )


def is_letter_shown(session: Session, message_id: uuid.UUID, eyes: Eyes) -> bool:
    return session.scalar(sa.select(StoredMessage.id).where(StoredMessage.id == message_id, letter_shown(eyes))) is not None


def search(session: Session, wanted: Search, eyes: Eyes, *, offset: int = 0, limit: int = 50) -> tuple[list[Entry], int]:
    """A page of the log, newest first, and how many entries there are. What is for somebody else alone never shows."""
    found = _found(wanted, eyes)
    total = session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.order_by(Communication.happened_at.desc(), Communication.id)
        .offset(offset)
        .limit(limit)
        .options(selectinload(Communication.links))
    ).all()
    return _entries(session, rows), total


def _found(wanted: Search, eyes: Eyes) -> sa.Select[Communication]:
    found = sa.select(Communication).where(shown(eyes))
    for word in wanted.words.split():
        columns = (Communication.summary, Communication.body, Communication.other_party)
        found = found.where(sa.or_(*(column.icontains(word, autoescape=True) for column in columns)))
    for column, value in ((Communication.channel, wanted.channel), (Communication.direction, wanted.direction)):
        if value is not None:
            found = found.where(column == value)
    if wanted.since is not None:
        found = found.where(Communication.happened_at >= datetime.combine(wanted.since, time(), LONDON))
    if wanted.until is not None:
        found = found.where(Communication.happened_at < datetime.combine(wanted.until + timedelta(days=1), time(), LONDON))
    for link_column, thing in (
        (CommunicationLink.person_id, wanted.person_id),
        (CommunicationLink.school_id, wanted.school_id),
    ):
        if thing is not None:
            found = found.where(Communication.links.any(link_column == thing))
    return found


def _entries(session: Session, rows: Collection[Communication]) -> list[Entry]:
    links = [one for row in rows for one in row.links]
    people = by_id(session, {one.person_id for one in links if one.person_id})
    school_ids = {one.school_id for one in links if one.school_id}
    schools = {one.id: one.name for one in session.scalars(sa.select(School).where(School.id.in_(school_ids)))}
    notice_ids = [row.notice_id for row in rows if row.notice_id]
    states = {one.id: one.state for one in session.scalars(sa.select(Notice).where(Notice.id.in_(notice_ids)))}
    return [
        Entry(
            row,
            tuple(people[one.person_id].full_name for one in row.links if one.person_id in people),
            tuple(schools[one.school_id] for one in row.links if one.school_id in schools),
            states.get(row.notice_id) if row.notice_id else None,
        )
        for row in rows
    ]
