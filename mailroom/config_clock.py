"""The settings of the clock and of the backups that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from mailroom.config_values import OptionalPath, Positive, Table
from scheduler import sealing


def _recipient(written: str) -> str:
    sealing.recipient(written)
    return written


NO_KEY = (
    "mailroom.secret_key_file: backups are signed with this key; `mailroom init` makes one, and so does "
    "`(umask 077; openssl rand -hex 32 > mailroom.key)`"
)
Recipient = Annotated[str, AfterValidator(_recipient)]


class SchedulerTable(Table):
    """The clock."""

    wake_seconds: Annotated[int, Field(ge=1, le=300)] = 15
    lease_seconds: Annotated[int, Field(ge=30)] = 600
    backup_sites: list[Path] = Field(default_factory=list)
    backup_recipients: list[Recipient] = Field(default_factory=list)
    backup_keep_days: Positive = 14
    backup_identity_file: OptionalPath = None
    pg_dump_program: Annotated[str, Field(min_length=1)] = "pg_dump"


def contradictions(clock: SchedulerTable, *, has_key: bool) -> Iterator[str]:
    """What does not go together, each beginning with its path."""
    if clock.backup_sites and not clock.backup_recipients:
        yield "scheduler.backup_recipients: nobody could open the backups; `mailroom backup new-key` makes a key"
    if clock.backup_sites and not has_key:
        yield NO_KEY
    if len(set(clock.backup_sites)) < len(clock.backup_sites):
        yield "scheduler.backup_sites: names the same folder twice"
