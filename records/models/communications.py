"""Every email, call, meeting and letter about somebody, and who may see that it happened."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice


class CommunicationChannel(StrEnum):
    EMAIL = "email"
    TELEPHONE = "telephone"
    MEETING = "meeting"
    POST = "post"
    NOTE = "note"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class Visibility(StrEnum):
    """Who sees a link: an ECT's complaint about a tutor must never show to the school."""

    NAMED_CONTACT = "named_contact"
    BODY = "body"
    SCHOOL = "school"
    ECT = "ect"


class Conversation(Keyed, Base):
    """Letters that belong together. It has an owner and is open or done."""

    __tablename__ = "conversation"
    retention = Retention.CORRESPONDENCE

    subject: Mapped[str] = mapped_column(sa.Text, default="")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime())
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Communication(Keyed, Base):
    """One thing said, in or out. What a message or notice holds is not copied here, only linked."""

    __tablename__ = "communication"
    retention = Retention.CORRESPONDENCE

    channel: Mapped[CommunicationChannel] = mapped_column(choice(CommunicationChannel))
    direction: Mapped[Direction] = mapped_column(choice(Direction))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    body: Mapped[str | None] = mapped_column(sa.Text)
    """What a person wrote down of a call or meeting; None for mail, which has its message or notice."""
    other_party: Mapped[str | None] = mapped_column(sa.String(320))
    message_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("message.id"), index=True)
    notice_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("notice.id"), index=True)
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("conversation.id"), index=True)
    recorded_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())

    links: Mapped[list[CommunicationLink]] = relationship(back_populates="communication")


class CommunicationLink(Keyed, Base):
    """Whom or which school a communication concerns, and who may see it there."""

    __tablename__ = "communication_link"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (school_id IS NULL)", name="person_or_school"),
        sa.UniqueConstraint("communication_id", "person_id", "school_id"),
    )
    retention = Retention.CORRESPONDENCE

    communication_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("communication.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    school_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("school.id"), index=True)
    visibility: Mapped[Visibility] = mapped_column(choice(Visibility), default=Visibility.BODY)

    communication: Mapped[Communication] = relationship(back_populates="links")
