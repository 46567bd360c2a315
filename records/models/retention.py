"""What stops data from going, and the list of what has gone."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Retention, UtcDateTime


class Hold(Keyed, Base):
    """Somebody's data must stay, or must not be used, until a person lifts it."""

    __tablename__ = "hold"
    retention = Retention.RECORD

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    restricts: Mapped[bool] = mapped_column(default=False)
    """True: storage only; hidden from lists, exports and mail."""
    placed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    review_on: Mapped[date | None]
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Erasure(Keyed, Base):
    """That data of a subject went, by random id: replayed after a restore, so that nothing erased comes back."""

    __tablename__ = "erasure"
    retention = Retention.HISTORY

    subject_id: Mapped[uuid.UUID] = mapped_column(sa.Uuid(), index=True)
    scope: Mapped[str] = mapped_column(sa.String(60))
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime())
    counts: Mapped[dict[str, Any]] = mapped_column(sa.JSON(), default=dict)
