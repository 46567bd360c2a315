"""Carrying out retention: each departure in its own transaction, then the blobs, then the traces in the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from records import blob_removal
from records.blobs import Blobs
from records.db import Database
from records.erasing import erase
from records.events import Actor, record
from records.models.retention import Erasure
from records.retention import Departure, Plan, Policy, plan


@dataclass
class Report:
    """What was done. `counts` adds up rows by table."""

    plan: Plan
    done: list[Departure] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    blobs_removed: int = 0


def apply(
    database: Database,
    blobs: Blobs,
    policy: Policy,
    actor: Actor,
    now: datetime,
    progress: Callable[[Departure], None] | None = None,
    *,
    marks_key: bytes | None = None,
) -> Report:
    """Let go what the plan names. Stopped in the middle and started again, it ends in the same state.

    `marks_key` lets the ledger recognise who went, should an old file bring them back.
    """
    with database.reading() as session:
        report = Report(plan(session, policy, now))
    for departure in report.plan.departures:
        with database.writing() as session:
            # Somebody may have placed a hold since the plan was made.
            if departure not in plan(session, policy, now).departures:
                continue
            going = erase(session, departure, now, marks_key=marks_key)
            _note(session, departure, going.counts(), actor, now)
        report.done.append(departure)
        for table, number in going.counts().items():
            report.counts[table] = report.counts.get(table, 0) + number
        if progress:
            progress(departure)
    report.blobs_removed = unlink_marked(database, blobs, now)
    forget_freed_pages(database)
    return report


def unlink_marked(database: Database, blobs: Blobs, now: datetime) -> int:
    """Unlink every blob that is marked and that nothing has named since. Returns how many. Safe to do twice.

    Nothing is unlinked while a backup runs: it does this itself when it has ended.
    """
    with database.reading() as session:
        waiting = blob_removal.marked(session)
    removed = 0
    for sha256 in waiting:
        with database.writing() as session:
            if blob_removal.blocked(session, now):
                return removed
            if blob_removal.settle(session, sha256):
                blobs.remove(sha256)
                removed += 1
    return removed


def forget_freed_pages(database: Database) -> None:
    """Make sure that deleted rows are gone from the files.

    SQLite overwrites deleted content (secure_delete); what stood in the write-ahead log goes with its truncation. On PostgreSQL
    a VACUUM gives the space back, and its own log recycles (docs/retention.md says what that means).
    """
    raw = database.engine.raw_connection()
    try:
        if database.is_sqlite:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        else:
            raw.driver_connection.autocommit = True  # type: ignore[union-attr]  # VACUUM runs outside of transactions
            raw.cursor().execute("VACUUM")
            raw.driver_connection.autocommit = False  # type: ignore[union-attr]
    finally:
        raw.close()


def _note(session: Session, departure: Departure, counts: dict[str, int], actor: Actor, now: datetime) -> None:
    """A line of history that says what kind of thing went and how much of it, and of whom only by random id."""
    ledger = Erasure(id=departure.subject_id)
    record(session, "let_go", ledger, actor, now, detail={"scope": departure.scope.value, "counts": counts})
