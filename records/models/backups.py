"""Backups that were made, one row for each run and site. What is in a backup stands in its manifest at the site."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice


class BackupOutcome(StrEnum):
    RUNNING = "running"
    VERIFIED = "verified"
    """Written, read back and found whole."""
    PARTLY = "partly"
    """The same, but something else was found wrong: in an older backup there, or in the store. The reason says what."""
    FAILED = "failed"
    """There is no such backup at the site."""
    DAMAGED = "damaged"
    """It was whole once and is not any more."""
    LOST = "lost"
    """It was there and is gone, and nobody pruned it."""
    PRUNED = "pruned"
    """It went because its time was up."""


GOOD = frozenset({BackupOutcome.VERIFIED, BackupOutcome.PARTLY})
"""Outcomes of a backup that can be restored."""


class BackupRun(Keyed, Base):
    """One backup at one site."""

    __tablename__ = "backup_run"
    __table_args__ = (sa.UniqueConstraint("name", "site"),)
    retention = Retention.OPERATION

    name: Mapped[str] = mapped_column(sa.String(20), index=True)
    """The moment of the run as 20260330T060000Z: the same at every site."""
    site: Mapped[str] = mapped_column(sa.String(500))
    """The folder of the site."""
    outcome: Mapped[BackupOutcome] = mapped_column(choice(BackupOutcome), default=BackupOutcome.RUNNING)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reason: Mapped[str | None] = mapped_column(sa.Text)
    """What went wrong, in words."""
    remark: Mapped[str | None] = mapped_column(sa.Text)
    """What a person should know although nothing went wrong: the site shares a disk with another."""
    papers: Mapped[int] = mapped_column(default=0)
    copied: Mapped[int] = mapped_column(default=0)
    """Papers that the site did not have before."""
    size: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """Bytes at the site that this backup needs."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When it was last decrypted with the private key and found whole."""
