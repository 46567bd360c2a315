"""Triggers that keep the event chain append-only on both databases, even against our own mistakes."""

from __future__ import annotations

import sqlalchemy as sa

_FROZEN = ("id", "kind", "happened_at", "actor_kind", "actor_id", "subject_kind", "subject_id", "digest")

_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FROZEN)

SQLITE = (
    "CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END",
    (
        f"CREATE TRIGGER event_is_sealed_once BEFORE UPDATE ON event WHEN OLD.number IS NOT NULL OR {_CHANGED} "
        "BEGIN SELECT RAISE(ABORT, 'history is never changed'); END"
    ),
)

POSTGRESQL = (
    "CREATE FUNCTION event_stays() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'history is never deleted'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER event_stays BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_stays()",
    (
        "CREATE FUNCTION event_is_sealed_once() RETURNS trigger AS $$ BEGIN "
        f"IF OLD.number IS NOT NULL OR {_CHANGED} THEN RAISE EXCEPTION 'history is never changed'; END IF; RETURN NEW; "
        "END $$ LANGUAGE plpgsql"
    ),
    "CREATE TRIGGER event_is_sealed_once BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_is_sealed_once()",
)


def install(connection: sa.Connection) -> None:
    """Create the triggers. Called by the first migration."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)
