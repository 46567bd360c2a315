"""Engines and transactions. One transaction per act, opened at the edge; everything inside flushes and never commits."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from records.guidance import Guidance

as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""How every JSON column is written: one text for one content, so that history can be checked against the text itself."""

BUSY_MS = 30_000
"""How long a writer waits for SQLite's write lock."""


@dataclass(frozen=True)
class Database:
    """An engine with its two ways in: `reading` for questions, `writing` for acts."""

    engine: sa.Engine
    guidance: Guidance = field(default_factory=Guidance, kw_only=True, repr=False)
    """The body's numbers, which every session carries with it (`records.guidance.of`)."""

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for questions. Nothing it does is kept: closing it rolls back, and what was loaded stays readable."""
        with Session(self.engine, expire_on_commit=False, info={"guidance": self.guidance}) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back when it raises.

        On SQLite the write lock is taken at once (BEGIN IMMEDIATE), so that a transaction which reads and then writes
        never fails half-way because another writer came between.
        """
        with Session(self.engine, expire_on_commit=False, info={"guidance": self.guidance}) as session, session.begin():
            if self.is_sqlite:
                session.connection(execution_options={"immediate": True})
            yield session

    def close(self) -> None:
        self.engine.dispose()


def connect(url: str, *, echo: bool = False) -> Database:
    """A database by SQLAlchemy URL: `sqlite:////path/mailroom.db` or `postgresql+psycopg://…`."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sa.create_engine(parsed, echo=echo, connect_args={"timeout": BUSY_MS / 1000}, json_serializer=as_json)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = sa.create_engine(parsed, echo=echo, pool_pre_ping=True, json_serializer=as_json)
    return Database(engine)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transaction control commits behind our back; SQLAlchemy's "begin" event takes its place.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
