"""The migrations bring any database to the schema of the models."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from records import migrate
from records.db import Database, connect
from records.models.base import Base, Retention, retention_of
from records.models.tables import metadata
from tests.support.databases import sqlite_url


def test_the_migrated_schema_equals_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(migrate._config()).get_heads()) == 1


def test_a_new_database_is_empty_then_current(tmp_path: Path) -> None:
    database = connect(sqlite_url(tmp_path / "new.db"))
    assert migrate.schema(database) is migrate.Schema.EMPTY
    migrate.upgrade(database)
    migrate.upgrade(database)
    assert migrate.schema(database) is migrate.Schema.CURRENT
    database.close()


def test_a_database_of_a_later_version_is_told_apart(sqlite: Database) -> None:
    with sqlite.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'later'"))
    assert migrate.schema(sqlite) is migrate.Schema.NEWER


def test_an_old_sqlite_file_is_copied_before_it_is_upgraded(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert migrate.upgrade_sqlite(sqlite, datetime(2026, 1, 1, tzinfo=UTC)) is None
    monkeypatch.setattr(migrate, "schema", lambda _database: migrate.Schema.OLD)
    copy = migrate.upgrade_sqlite(sqlite, datetime(2026, 1, 1, tzinfo=UTC))
    assert copy is not None
    kept = connect(sqlite_url(copy))
    assert migrate.current(kept) == migrate.head()
    kept.close()


def test_every_column_has_a_retention_class() -> None:
    for mapper in Base.registry.mappers:
        declared = mapper.class_.__dict__.get("retention")
        assert isinstance(declared, Retention), f"{mapper.class_.__name__} does not say why it is kept"
        assert isinstance(mapper.local_table, sa.Table)
        for column in mapper.local_table.columns:
            assert retention_of(column, declared) in Retention


def test_history_can_be_neither_changed_nor_deleted(database: Database) -> None:
    with database.writing() as session:
        session.execute(
            sa.text(
                "INSERT INTO event (id, kind, happened_at, actor_kind, actor_id, subject_kind, subject_id, digest, number, chain)"
                " VALUES (:id, 'k', '2026-01-01 00:00:00', 'machine', 'x', 'message', :id, 'd', 1, 'c')"
            ),
            {"id": str(uuid.UUID(int=0)).replace("-", "")},
        )
    for statement in ("DELETE FROM event", "UPDATE event SET kind = 'other'", "UPDATE event SET chain = 'other'"):
        with pytest.raises(sa.exc.DBAPIError, match="history is never"), database.writing() as session:
            session.execute(sa.text(statement))


def test_sqlite_is_set_up_for_durability_and_erasure(sqlite: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with sqlite.engine.connect() as connection:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
