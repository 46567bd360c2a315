"""A copy of the database at one moment, and what is true of it: numbers of rows, the end of the history, the papers it names.

SQLite is copied by its online backup, PostgreSQL by pg_dump; writers go on meanwhile. Putting a copy back is here too.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.orm import Session

from records import ledger
from records.db import Database
from records.ledger import Line
from records.models.events import Event
from records.models.post import BlobRemoval
from records.soundness import blob_columns
from scheduler.manifest import Anchor

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class SnapshotFault(Exception):  # noqa: N818
    """The database could not be copied, or what was copied is not sound. The message says why."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a database at one moment."""

    schema: str
    rows: dict[str, int]
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy in a file of its own."""

    file: Path
    engine: str
    sha256: str
    size: int
    facts: Facts
    papers: tuple[str, ...]
    """sha256 of every blob that the copy names."""
    ledger: tuple[Line, ...]


def take(database: Database, folder: Path, pg_dump: str) -> Snapshot:
    """Copy the database into a folder. Raises `SnapshotFault`."""
    try:
        return _of_sqlite(database, folder / "copy.db") if database.is_sqlite else _of_postgresql(database, folder, pg_dump)
    except OSError as fault:
        message = f"the database could not be copied to {fault.filename or folder}: {fault.strerror or fault}"
        raise SnapshotFault(message) from fault
    except (sqlite3.Error, sa.exc.DBAPIError) as fault:
        cause = fault.orig if isinstance(fault, sa.exc.DBAPIError) else fault
        message = f"the database could not be copied: {cause}"
        raise SnapshotFault(message) from fault


def facts(session: Session) -> Facts:
    connection = session.connection()
    tables = sorted(sa.inspect(connection).get_table_names())
    quoted = connection.dialect.identifier_preparer.quote
    rows = {name: connection.scalar(sa.text(f"SELECT count(*) FROM {quoted(name)}")) or 0 for name in tables}  # noqa: S608 - names from the catalogue
    newest = session.execute(
        sa.select(Event.number, Event.chain).where(Event.number.is_not(None)).order_by(Event.number.desc()).limit(1)
    ).first()
    anchor = Anchor(newest.number, newest.chain) if newest is not None and newest.number and newest.chain else None
    return Facts(MigrationContext.configure(connection).get_current_revision() or "", rows, anchor)


def named_papers(session: Session) -> tuple[str, ...]:
    """sha256 of every blob that a row names, without those that wait to be unlinked."""
    columns = [column for column in blob_columns() if column.table.name != BlobRemoval.__tablename__]
    return tuple(sorted({name for column in columns for name in session.scalars(sa.select(column).distinct()) if name}))


@contextmanager
def opened(file: Path) -> Iterator[Session]:
    """A session on a SQLite file that nobody writes to. It leaves no traces beside it."""
    engine = sa.create_engine("sqlite://", creator=lambda: _read_only(file, "immutable=1"), poolclass=sa.NullPool)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def check_sqlite(file: Path) -> None:
    """Ask SQLite itself whether a file is whole. Raises `SnapshotFault`."""
    with closing(_read_only(file, "immutable=1")) as connection:
        try:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
            loose = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
        except sqlite3.DatabaseError as fault:
            message = f"the database is damaged: {fault}"
            raise SnapshotFault(message) from fault
    if said != ["ok"]:
        message = f"the database is damaged: {'; '.join(said)}"
        raise SnapshotFault(message)
    if loose:
        tables = ", ".join(sorted({f"{child} to {parent}" for child, _row, parent, _key in loose}))
        message = f"the database has rows that point at nothing: {tables}"
        raise SnapshotFault(message)


def fingerprint(file: Path) -> tuple[str, int]:
    """sha256 and size."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest(), file.stat().st_size


def put_back_postgresql(dump: Path, database: Database, pg_restore: str) -> None:
    """Fill an empty database from a dump. Raises `SnapshotFault`."""
    with database.engine.connect() as connection:
        if sa.inspect(connection).get_table_names():
            raise SnapshotFault("the database to restore into is not empty")
    command = [_program(pg_restore), "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _run([*command, "--dbname", database.engine.url.database or "", str(dump)], database)


def _of_sqlite(database: Database, file: Path) -> Snapshot:
    source = _read_only(Path(str(database.engine.url.database)), "mode=ro")
    with closing(source), closing(sqlite3.connect(file)) as target:
        # All pages in one step: a step by step copy begins anew whenever somebody writes.
        source.backup(target, pages=-1)
    check_sqlite(file)
    with opened(file) as session:
        return Snapshot(file, SQLITE, *fingerprint(file), facts(session), named_papers(session), ledger.lines(session))


def _read_only(file: Path, how: str) -> sqlite3.Connection:
    """Only what exists is opened: SQLite would make a missing file anew, and find it empty and whole."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, timeout=30)


def _of_postgresql(database: Database, folder: Path, pg_dump: str) -> Snapshot:
    file = folder / "copy.pgdump"
    engine = database.engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection, Session(connection) as session:
        # The dump and what we count of it see the same moment.
        moment = str(connection.scalar(sa.text("SELECT pg_export_snapshot()")))
        told, papers, erased = facts(session), named_papers(session), ledger.lines(session)
        command = [_program(pg_dump), "--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
        _run([*command, f"--snapshot={moment}", "--file", str(file)], database)
    return Snapshot(file, POSTGRESQL, *fingerprint(file), told, papers, erased)


def _program(named: str) -> str:
    found = shutil.which(named)
    if found is None:
        message = f"the program {named} is not there (Debian: postgresql-client; scheduler.pg_dump_program names it)"
        raise SnapshotFault(message)
    return found


def _run(command: list[str], database: Database) -> None:
    """Run a program of PostgreSQL. The password goes by the environment, where other users cannot see it."""
    given = database.engine.dialect.create_connect_args(database.engine.url)[1]
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    others = {key: f"PG{key.upper()}" for key in ("sslmode", "sslrootcert", "sslcert", "sslkey")}
    environment = {variable: str(given[key]) for key, variable in (names | others).items() if given.get(key)}
    done = subprocess.run(command, env=environment | {"LC_ALL": "C"}, capture_output=True, text=True, check=False)  # noqa: S603 - the program that the settings name
    if done.returncode:
        # Its own lines say what it is about; those of the server may quote rows.
        program = Path(command[0]).name
        own = [line for line in done.stderr.splitlines() if line.startswith(program)]
        message = f"{program} ended with status {done.returncode}: {own[-1] if own else 'without a word'}"
        raise SnapshotFault(message)
