"""What was exported when, so that a row is offered again only after it changed."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice


class ExportKind(StrEnum):
    CLAIMS = "claims"
    OUTCOMES = "outcomes"
    BY_HAND = "by_hand"
    REGISTER = "register"


class Export(Keyed, Base):
    """One making of files, by one person."""

    __tablename__ = "export"
    retention = Retention.RECORD

    made_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    made_by: Mapped[str] = mapped_column(sa.String(100))
    """An account's id, or the step of the machine."""


class ExportRow(Keyed, Base):
    """That a period was in a file, and a digest of the row as it went."""

    __tablename__ = "export_row"
    __table_args__ = (sa.Index("ix_export_row_subject", "subject_id", "kind"),)
    retention = Retention.RECORD

    export_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("export.id"), index=True)
    kind: Mapped[ExportKind] = mapped_column(choice(ExportKind))
    subject_id: Mapped[uuid.UUID] = mapped_column(sa.Uuid())
    """The induction period, or the extension, that the row is about."""
    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))


class DfeRefusal(Keyed, Base):
    """A row that the DfE's service sent back, with its message. Open until somebody has dealt with it."""

    __tablename__ = "dfe_refusal"
    __table_args__ = (sa.UniqueConstraint("induction_id", "kind", "digest"),)
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    kind: Mapped[ExportKind] = mapped_column(choice(ExportKind))
    message: Mapped[str] = mapped_column(sa.Text)
    """As the service wrote it."""
    about: Mapped[str] = mapped_column(sa.String(300))
    """The other cells of the row, as text."""
    digest: Mapped[str] = mapped_column(sa.String(64))
    """Of row and message: the same file taken in again adds nothing."""
    taken_in_at: Mapped[datetime] = mapped_column(UtcDateTime())
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
