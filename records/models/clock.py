"""What the clock has run, and settings that the running service writes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice


class JobOutcome(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    """Missed, and its rule for lateness said not to catch up."""


class JobRun(Keyed, Base):
    """One tick of a job. The unique key lets one host of many run it."""

    __tablename__ = "job_run"
    __table_args__ = (sa.UniqueConstraint("job", "scheduled_for"),)
    retention = Retention.OPERATION

    job: Mapped[str] = mapped_column(sa.String(60))
    scheduled_for: Mapped[datetime] = mapped_column(UtcDateTime())
    outcome: Mapped[JobOutcome] = mapped_column(choice(JobOutcome), default=JobOutcome.RUNNING)
    claimed_by: Mapped[str] = mapped_column(sa.String(100))
    claimed_until: Mapped[datetime] = mapped_column(UtcDateTime())
    attempts: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    note: Mapped[str | None] = mapped_column(sa.Text)


class Setting(Base):
    """A value that the service itself writes: "restored" mode, the mailbox's last UID. Configuration lives in files."""

    __tablename__ = "setting"
    retention = Retention.OPERATION

    name: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(sa.JSON())
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())


class Lease(Base):
    """A part of the work that one host holds at a time: a mailbox, the event sealer."""

    __tablename__ = "lease"
    retention = Retention.OPERATION

    name: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    held_by: Mapped[str] = mapped_column(sa.String(100))
    held_until: Mapped[datetime] = mapped_column(UtcDateTime())
