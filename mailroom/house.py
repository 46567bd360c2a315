"""An open house: the settings with the database and the blob store that they name. Every command begins with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import records.models.tables  # noqa: F401  # every table must be known before the first session
from mailroom.config import Settings
from mailroom.rules import guidance
from records import migrate
from records.blobs import FolderBlobs
from records.db import Database, connect
from records.migrate import Schema

Clock = Callable[[], datetime]


def clock() -> datetime:
    """The machine's clock. The only place that reads it for the rooms."""
    return datetime.now(UTC)


class WrongSchema(Exception):  # noqa: N818
    """The database has not the schema of this version. The message says what to run."""


@dataclass(frozen=True)
class House:
    """What all parts of a running service share."""

    settings: Settings
    clock: Clock
    database: Database
    blobs: FolderBlobs


@contextmanager
def opened(settings: Settings, clock: Clock = clock) -> Iterator[House]:
    """The house of these settings, its database at the schema of this version. Raises `WrongSchema`."""
    with unlocked(settings, clock) as house:
        prepare(house)
        yield house


@contextmanager
def unlocked(settings: Settings, clock: Clock = clock) -> Iterator[House]:
    """The house as it is, whatever schema its database has: for the commands that bring it up to date."""
    settings.records.data_folder.mkdir(parents=True, exist_ok=True)
    settings.records.data_folder.chmod(0o700)
    database = replace(connect(settings.database_url), guidance=guidance(settings.rules))
    try:
        blobs = FolderBlobs(settings.records.data_folder / "blobs", reserve_bytes=settings.records.reserve_bytes)
        yield House(settings, clock, database, blobs)
    finally:
        database.close()


def prepare(house: House) -> Path | None:
    """SQLite brings itself up to date after a copy; PostgreSQL, which others may be using, is left to a person.

    Returns the copy, where one was made.
    """
    found = migrate.schema(house.database)
    if found is Schema.NEWER:
        raise WrongSchema(
            "A later version of the mail room has written this database. Install that version, or restore a backup."
        )
    if found is Schema.CURRENT:
        return None
    if not house.database.is_sqlite:
        what = "is empty" if found is Schema.EMPTY else "has an older schema"
        message = f"The database {what}. Run `mailroom db upgrade` while no other host is at work."
        raise WrongSchema(message)
    copy = migrate.upgrade_sqlite(house.database, house.clock())
    if copy is not None:
        let_old_copies_go(copy, house.settings.records.migration_copies)
    return copy


def let_old_copies_go(newest: Path, keep: int) -> None:
    """Copies hold personal data too, so only the last few stay."""
    copies = sorted(newest.parent.glob("mailroom.db.before-*"), key=lambda one: one.stat().st_mtime)
    for copy in copies[:-keep]:
        copy.unlink()
