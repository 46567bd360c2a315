"""Notices: letters that somebody asked for, and what became of them. Also what people chose about marketing."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Moving, Retention, UtcDateTime, choice
from records.states import NoticeState


class Notice(Moving, Base):
    """A letter to one address. Asked for in the transaction of the act that calls for it; sent later, safe to try twice."""

    __tablename__ = "notice"
    __table_args__ = (sa.Index("ix_notice_work", "state", "not_before"),)
    retention = Retention.CORRESPONDENCE

    state: Mapped[NoticeState] = mapped_column(choice(NoticeState), default=NoticeState.ASKED)
    kind: Mapped[str] = mapped_column(sa.String(60), index=True)
    """A row of `notifications.kinds`."""
    key: Mapped[str] = mapped_column(sa.String(300), unique=True)
    """Idempotency key: kind, about what, which period, to whom. Asking twice gives one letter."""
    to_address: Mapped[str] = mapped_column(sa.String(320))
    to_person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    about_person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    school_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("school.id"), index=True)
    submission_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    message_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("message.id"), index=True)
    """The message it answers."""
    letter_id: Mapped[str] = mapped_column(sa.String(300), unique=True)
    """The Message-ID, fixed when asked, so that a repeat after an unknown outcome is recognised by the receiver."""
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON(), default=dict)
    """What the template needs."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    not_before: Mapped[datetime] = mapped_column(UtcDateTime())
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When it was last given to the next server, before the answer: from then on nothing can hold it back. None again once the
    server has refused it for now."""
    outcome: Mapped[str | None] = mapped_column(sa.Text)
    """Why it was withheld or failed, or what the next server said."""
    subject: Mapped[str | None] = mapped_column(sa.Text)
    text: Mapped[str | None] = mapped_column(sa.Text)
    """The letter as sent."""


class MarketingChoice(StrEnum):
    CONSENTED = "consented"
    OPTED_OUT = "opted_out"


class MarketingPreference(Keyed, Base):
    """A choice about marketing, by address or by person. The last one counts; earlier ones stay as proof."""

    __tablename__ = "marketing_preference"
    retention = Retention.CORRESPONDENCE

    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    address_hash: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    """Keyed hash: recognises an address that comes back after its person was erased."""
    choice: Mapped[MarketingChoice] = mapped_column(choice(MarketingChoice))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    how: Mapped[str] = mapped_column(sa.String(60))
