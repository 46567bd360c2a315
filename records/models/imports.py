"""What came in from other systems, by the ids it has there: so that an import can run again without doubles."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Retention, UtcDateTime


class ImportRun(Keyed, Base):
    """One import that was carried out. It holds counts, no values."""

    __tablename__ = "import_run"
    retention = Retention.OPERATION

    kind: Mapped[str] = mapped_column(sa.String(20))
    """schools, history or transfer."""
    system: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    made_by: Mapped[str] = mapped_column(sa.String(100))
    """An account's id, or the step of the machine."""
    counts: Mapped[dict[str, Any]] = mapped_column(sa.JSON(), default=dict)


class LegacyKey(Keyed, Base):
    """The id that something of ours has in the system it came from."""

    __tablename__ = "legacy_key"
    __table_args__ = (sa.UniqueConstraint("system", "kind", "legacy_id"),)
    retention = Retention.RECORD

    run_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("import_run.id"))
    system: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(20))
    """ect, assessment or file; origin for the id of an induction at a body that handed it over."""
    legacy_id: Mapped[str] = mapped_column(sa.String(200))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(sa.Uuid())
    digest: Mapped[str] = mapped_column(sa.String(64))
    """sha256 over the row as it came: a row that reads otherwise now is told of, never written over."""
