"""The history: an append-only chain of who did what when, and the erasable details beside it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Retention, UtcDateTime


class Event(Keyed, Base):
    """That something happened. It holds ids and a salted digest of the detail, never a name or a value.

    Written without a number in the act's own transaction; `records.events.seal` numbers and chains committed rows, so
    that writers do not queue for the chain.
    """

    __tablename__ = "event"
    __table_args__ = (sa.Index("ix_event_subject", "subject_kind", "subject_id"),)
    retention = Retention.HISTORY

    kind: Mapped[str] = mapped_column(sa.String(60))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    """person, machine or import."""
    actor_id: Mapped[str] = mapped_column(sa.String(100))
    """An account's id, or the machine's step ("opening", "outbox")."""
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[uuid.UUID] = mapped_column(sa.Uuid())
    induction_id: Mapped[uuid.UUID | None] = mapped_column(sa.Uuid(), index=True)
    """The induction whose history shows it. No foreign key: history outlives what it speaks of."""
    digest: Mapped[str] = mapped_column(sa.String(64))
    """sha256 over salt and detail: proves the detail while it exists, says nothing once it is erased."""
    number: Mapped[int | None] = mapped_column(sa.BigInteger, unique=True)
    chain: Mapped[str | None] = mapped_column(sa.String(64))
    """sha256 over the previous link and this row's content."""


class EventDetail(Base):
    """What changed: before and after. Erased with the person, without breaking the chain."""

    __tablename__ = "event_detail"
    retention = Retention.CORRESPONDENCE

    event_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(sa.String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(sa.JSON())
