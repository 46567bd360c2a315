"""Bringing a database to the schema of this version, and telling which schema it has."""

from __future__ import annotations

import shutil
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from records.db import Database

MIGRATIONS = Path(__file__).parent / "migrations"


class Schema(StrEnum):
    """How a database stands to this version of the software."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEWER = "newer"
    """Written by a later version, which this one must not touch."""


def current(database: Database) -> str | None:
    """The revision the database has, None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The revision this version brings."""
    revision = _scripts().get_current_head()
    assert revision is not None
    return revision


def schema(database: Database) -> Schema:
    revision = current(database)
    if revision is None:
        return Schema.EMPTY
    if revision == head():
        return Schema.CURRENT
    known = {script.revision for script in _scripts().walk_revisions()}
    return Schema.OLD if revision in known else Schema.NEWER


def upgrade(database: Database) -> None:
    """Bring the database to the head revision. Doing it twice is harmless."""
    with database.engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def upgrade_sqlite(database: Database, now: datetime) -> Path | None:
    """Upgrade an SQLite file after copying it beside itself. Returns the copy, None where none was needed."""
    if schema(database) is not Schema.OLD:
        upgrade(database)
        return None
    file = Path(str(database.engine.url.database))
    copy = file.with_name(f"{file.name}.before-{head()}-{now:%Y%m%dT%H%M%S}")
    with database.engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    shutil.copy2(file, copy)
    upgrade(database)
    return copy


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
