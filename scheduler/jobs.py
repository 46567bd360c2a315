"""The jobs of the clock: what each row of the timetable does. Each is safe to do twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from notifications import case_reminders, reminders, training
from records import accounts, events, leases, restored
from records.accounts import SessionTimes
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor
from records.models.clock import JobOutcome, JobRun
from records.retention import Policy
from records.values import counted, local_day
from scheduler import backups, letting_go, vault
from scheduler.runner import Work
from scheduler.vault import NotNow, Vault

RUNS_KEPT = timedelta(days=90)
"""How long it can be looked up what the clock did."""
SEALED_AT_ONCE = 500
"""Events chained in one transaction: few enough that writers do not notice."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What jobs work with."""

    database: Database
    blobs: FolderBlobs
    clock: Callable[[], datetime]
    host: str
    session_times: SessionTimes = field(default_factory=SessionTimes)
    retention: Policy | None = None
    """What goes when; None: nothing goes by itself."""
    marks_key: bytes | None = field(default=None, repr=False)
    """The installation's key, by which the erasure ledger recognises who went."""
    training_days: int = 0
    """After how many days staff do their training in data protection again; 0: it is not asked for."""
    vault: Vault | None = None
    """None where no backup site is named."""


def jobs(place: Workplace) -> dict[str, Work]:
    """The work of every row of the timetable, by its name."""
    return {
        "seal_history": lambda _tick: seal_history(place),
        "purge_sessions": lambda _tick: purge_sessions(place),
        "let_go": lambda _tick: let_go(place),
        "remind": lambda tick: remind(place, tick),
        "remind_owners": lambda tick: remind_owners(place, tick),
        "remind_training": lambda _tick: remind_training(place),
        "back_up": lambda _tick: back_up(place),
        "share_ledger": lambda _tick: share_ledger(place),
        "sweep_blobs": lambda _tick: sweep_blobs(place),
        "forget_runs": lambda _tick: forget_runs(place),
    }


def seal_history(place: Workplace) -> str:
    """Number and chain what has happened. The lease sees to it that two hosts never continue the chain at once."""
    sealed = 0
    while True:
        now = place.clock()
        with place.database.writing() as session:
            if not leases.take(session, "seal_history", place.host, now, timedelta(minutes=5)):
                return f"another host is at it; {sealed} sealed here"
            count = events.seal(session, SEALED_AT_ONCE)
            if count < SEALED_AT_ONCE:
                leases.let_go(session, "seal_history", place.host)
        sealed += count
        if count < SEALED_AT_ONCE:
            return f"{sealed} sealed"


def purge_sessions(place: Workplace) -> str:
    with place.database.writing() as session:
        return f"{accounts.purge(session, place.clock(), place.session_times)} ended"


def let_go(place: Workplace) -> str:
    """Let go what the body's policy names for today."""
    if place.retention is None:
        return "no policy is set"
    report = letting_go.apply(
        place.database,
        place.blobs,
        place.retention,
        Actor.machine("retention"),
        place.clock(),
        marks_key=place.marks_key,
    )
    if place.vault is not None:
        vault.share_ledger(place.vault)
    asked = f", {len(report.plan.questions)} for a person to look at" if report.plan.questions else ""
    return f"{len(report.done)} let go, {counted(report.blobs_removed, 'file')} removed{asked}"


def remind(place: Workplace, tick: datetime) -> str:
    """Ask for the day's reminders. A tick of an earlier day is left out: what it would have said is said today."""
    now = place.clock()
    if local_day(tick) != local_day(now):
        return "too late for that day"
    with place.database.writing() as session:
        if (waits := restored.waiting(session)) is not None:
            return waits.words
        return f"{reminders.ask_for(session, local_day(now), now)} asked for"


def remind_owners(place: Workplace, tick: datetime) -> str:
    """Ask for the day's letters to the owners of cases, by the same rule for lateness as reminders to schools."""
    now = place.clock()
    if local_day(tick) != local_day(now):
        return "too late for that day"
    with place.database.writing() as session:
        if (waits := restored.waiting(session)) is not None:
            return waits.words
        return f"{case_reminders.ask_for(session, local_day(now), now)} asked for"


def remind_training(place: Workplace) -> str:
    """Whoever has no address on record is reminded by the pages alone."""
    now = place.clock()
    with place.database.writing() as session:
        if (waits := restored.waiting(session)) is not None:
            return waits.words
        return f"{training.ask_for(session, local_day(now), place.training_days, now)} asked for"


class NoBackup(Exception):  # noqa: N818
    """No site has a whole backup of this run. The rows of the run say why."""


def back_up(place: Workplace) -> str:
    """What came of it at each site stands in the rows of the run."""
    if place.vault is None:
        return "no site is named"
    try:
        report = backups.run(place.vault)
    except NotNow as why:
        return str(why)
    if not report.good:
        raise NoBackup
    whole = sum(site.good for site in report.sites)
    return f"{report.name}: whole at {whole} of {len(report.sites)} sites" + ("" if report.flawless else ", with faults")


def share_ledger(place: Workplace) -> str:
    """What was erased a moment ago must not come back from a backup made before, even if this machine is lost now."""
    return "no site is named" if place.vault is None else f"renewed at {vault.share_ledger(place.vault)} sites"


def sweep_blobs(place: Workplace) -> str:
    """Temporary files of processes that died."""
    return f"{place.blobs.sweep(place.clock().timestamp())} removed"


def forget_runs(place: Workplace) -> str:
    """Old rows of the clock itself. The newest of each job stays: without it a long outage would not be noticed."""
    before = place.clock() - RUNS_KEPT
    later = sa.orm.aliased(JobRun)
    newer = sa.select(later.id).where(later.job == JobRun.job, later.scheduled_for > JobRun.scheduled_for)
    with place.database.writing() as session:
        gone = session.execute(
            sa.delete(JobRun).where(
                JobRun.scheduled_for < before,
                JobRun.outcome != JobOutcome.RUNNING,
                newer.exists(),
            )
        )
        return f"{gone.rowcount} forgotten"  # type: ignore[attr-defined]  # CursorResult, not typed by execute
