"""Announcements: marketing to everybody with a part at a school. Asking for the letters; who may get one is asked again when it goes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from notifications.kinds import ANNOUNCEMENT
from records.events import Actor, record
from records.models.notices import Notice
from records.models.people import Membership, Person, Role
from records.notices import ask
from records.people import current_address
from records.values import Wrong, local_day

AUDIENCES: dict[str, tuple[Role, ...]] = {
    "coordinators": (Role.INDUCTION_COORDINATOR,),
    "tutors": (Role.INDUCTION_TUTOR,),
    "headteachers": (Role.HEADTEACHER,),
    "ects": (Role.ECT,),
    "everybody": (Role.INDUCTION_COORDINATOR, Role.INDUCTION_TUTOR, Role.HEADTEACHER, Role.ECT),
}
"""Whom an announcement can be for."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is to be said. Paragraphs are separated by blank lines."""

    subject: str
    text: str

    def __post_init__(self) -> None:
        if not self.subject.strip() or not self.text.strip():
            raise Wrong("An announcement needs a subject and a text")


def readers(session: Session, audience: str, now: datetime) -> list[tuple[Person, str]]:
    """People of an audience with the address each has today, each once."""
    if audience not in AUDIENCES:
        message = f"Choose one of: {', '.join(AUDIENCES)}"
        raise Wrong(message)
    today = local_day(now)
    people = session.scalars(
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.school_id.is_not(None),
            Membership.role.in_(AUDIENCES[audience]),
            sa.or_(Membership.since.is_(None), Membership.since <= today),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [(person, address) for person in people if (address := current_address(person, today))]


def was_announced(session: Session, batch: uuid.UUID) -> bool:
    """Whether letters of this announcement were asked for before."""
    begins = Notice.key.startswith(f"{ANNOUNCEMENT.name}:{batch}:", autoescape=True)
    return session.scalar(sa.select(Notice.id).where(begins).limit(1)) is not None


def announce(
    session: Session, content: Announcement, audience: str, actor: Actor, now: datetime, batch: uuid.UUID | None = None
) -> list[Notice]:
    """Ask for one letter to each reader. Who has opted out by then gets none: that is looked at when it goes out.

    `batch` names this announcement: asking twice with the same one, as a button pressed twice does, asks once.
    """
    batch = batch or uuid.uuid4()
    if was_announced(session, batch):
        return []
    asked = [
        ask(
            session,
            kind=ANNOUNCEMENT.name,
            key=f"{ANNOUNCEMENT.name}:{batch}:{person.id}",
            to_address=address,
            now=now,
            content={"subject": " ".join(content.subject.split()), "text": content.text.strip()},
            to_person_id=person.id,
        )
        for person, address in readers(session, audience, now)
    ]
    if asked:
        record(session, "announced", asked[0], actor, now, detail={"audience": audience, "letters": len(asked)})
    return asked
