"""What is due, and running it: each tick once, whoever of many hosts comes first. The timetable itself is elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from records.db import Database
from records.models.clock import JobOutcome, JobRun
from records.values import spoken_moment
from scheduler.timetable import Job, Late

ATTEMPTS = 3
"""How often a tick is started again whose host died. After that it counts as failed."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of a tick: a `JobRun` row as a value."""

    job: str
    scheduled_for: datetime
    outcome: JobOutcome
    claimed_until: datetime
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Start:
    """Run this tick now. `again` is the run whose host died, where there is one."""

    job: Job
    tick: datetime
    again: Run | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """Ticks that will not run, as one row on the last of them."""

    job: Job
    first: datetime
    last: datetime
    count: int


@dataclass(frozen=True, slots=True)
class GiveUp:
    """A tick whose hosts died too often."""

    job: Job
    run: Run


Due = Start | Missed | GiveUp


def due(timetable: Sequence[Job], job_runs: Iterable[Run], now: datetime) -> list[Due]:
    """What is to be done now, by what has been done. Pure.

    `job_runs` holds at least the newest run of each job and all that are still running. A job that never ran has missed
    nothing: only its newest tick counts.
    """
    by_job: dict[str, list[Run]] = {}
    for run in job_runs:
        by_job.setdefault(run.job, []).append(run)
    return list(chain.from_iterable(_due_of(job, by_job.get(job.name, []), now) for job in timetable))


def _due_of(job: Job, runs: list[Run], now: datetime) -> Iterator[Due]:
    for run in runs:
        if run.outcome is JobOutcome.RUNNING and run.claimed_until < now:
            yield Start(job, run.scheduled_for, run) if run.attempts < ATTEMPTS else GiveUp(job, run)
    known = max((run.scheduled_for for run in runs), default=None)
    since = known if known is not None else now - timedelta(days=1, hours=2)
    ticks = list(job.times.ticks(since, now))
    if not ticks:
        return
    runs_now = job.late is Late.CATCH_UP or now - ticks[-1] <= job.grace
    if known is None:
        ticks = ticks[-1:] if runs_now else []
    missed = ticks[:-1] if runs_now else ticks
    if missed:
        yield Missed(job, missed[0], missed[-1], len(missed))
    if runs_now:
        yield Start(job, ticks[-1])


Work = Callable[[datetime], str]
"""Does a job for a tick, and says in a few words what it did. Twice is harmless."""


class Runner:
    """Looks what is due, claims it and runs it. Any number may run, on any number of hosts."""

    def __init__(
        self,
        database: Database,
        timetable: Sequence[Job],
        work: Mapping[str, Work],
        clock: Callable[[], datetime],
        host: str,
        lease: timedelta = timedelta(minutes=10),
    ) -> None:
        unknown = {job.name for job in timetable} ^ set(work)
        if unknown:
            message = f"timetable and jobs do not agree on {', '.join(sorted(unknown))}"
            raise ValueError(message)
        self._database, self._timetable, self._work = database, timetable, work
        self._clock, self._host, self._lease = clock, host, lease

    def tick(self) -> int:
        """Do everything that is due and not done by another host. Returns how many jobs ran here."""
        now = self._clock()
        with self._database.reading() as session:
            found = due(self._timetable, _known(session, self._timetable), now)
        return sum(self._do(one) for one in found)

    def _do(self, one: Due) -> bool:
        if isinstance(one, Missed):
            self._note_missed(one)
            return False
        if isinstance(one, GiveUp):
            self._give_up(one)
            return False
        claimed = self._claim(one) if one.again is None else self._claim_again(one, one.again)
        if claimed is None:
            return False
        self._run(one, claimed)
        return True

    def _claim(self, one: Start) -> uuid.UUID | None:
        """The unique key on job and tick decides between hosts."""
        now = self._clock()
        run = self._row(one.job, one.tick, JobOutcome.RUNNING, now)
        return run.id if self._insert(run) else None

    def _claim_again(self, one: Start, dead: Run) -> uuid.UUID | None:
        """A conditional update on the dead claim decides between hosts."""
        now = self._clock()
        with self._database.writing() as session:
            run = session.scalar(
                sa.select(JobRun)
                .where(
                    JobRun.job == dead.job,
                    JobRun.scheduled_for == dead.scheduled_for,
                    JobRun.outcome == JobOutcome.RUNNING,
                    JobRun.claimed_until == dead.claimed_until,
                )
                .with_for_update(skip_locked=True)
            )
            if run is None:
                return None
            run.claimed_by, run.claimed_until, run.started_at = self._host, now + self._lease, now
            run.attempts += 1
            _log.warning("job_started_again", job=one.job.name, run=str(run.id), attempt=run.attempts)
            return run.id

    def _run(self, one: Start, run_id: uuid.UUID) -> None:
        try:
            note, outcome = self._work[one.job.name](one.tick), JobOutcome.DONE
        except Exception as fault:  # noqa: BLE001 - a job that fails must not stop the clock
            _log.exception("job_failed", job=one.job.name, run=str(run_id))
            note, outcome = type(fault).__name__, JobOutcome.FAILED
        with self._database.writing() as session:
            run = session.get_one(JobRun, run_id, with_for_update=True)
            if run.outcome is JobOutcome.RUNNING and run.claimed_by == self._host:
                run.outcome, run.ended_at, run.note = outcome, self._clock(), note

    def _note_missed(self, one: Missed) -> None:
        now = self._clock()
        run = self._row(one.job, one.last, JobOutcome.SKIPPED, now)
        run.ended_at = now
        ticks = "1 tick" if one.count == 1 else f"{one.count} ticks from {spoken_moment(one.first)}"
        run.note = f"missed: {ticks} to {spoken_moment(one.last)}" if one.count > 1 else f"missed: {ticks}"
        if self._insert(run):
            _log.warning("job_missed", job=one.job.name, count=one.count)

    def _give_up(self, one: GiveUp) -> None:
        with self._database.writing() as session:
            session.execute(
                sa.update(JobRun)
                .where(
                    JobRun.job == one.run.job,
                    JobRun.scheduled_for == one.run.scheduled_for,
                    JobRun.outcome == JobOutcome.RUNNING,
                    JobRun.claimed_until == one.run.claimed_until,
                )
                .values(outcome=JobOutcome.FAILED, ended_at=self._clock(), note=f"did not end in {ATTEMPTS} attempts")
            )

    def _row(self, job: Job, tick: datetime, outcome: JobOutcome, now: datetime) -> JobRun:
        return JobRun(
            id=uuid.uuid4(),
            job=job.name,
            scheduled_for=tick,
            outcome=outcome,
            claimed_by=self._host,
            claimed_until=now + self._lease,
            started_at=now,
        )

    def _insert(self, run: JobRun) -> bool:
        try:
            with self._database.writing() as session:
                session.add(run)
        except IntegrityError:
            return False
        return True


def _known(session: Session, timetable: Sequence[Job]) -> list[Run]:
    """The newest run of each job, and all that are running."""
    names = [job.name for job in timetable]
    newest = (
        sa.select(JobRun.job, sa.func.max(JobRun.scheduled_for).label("last"))
        .where(JobRun.job.in_(names))
        .group_by(JobRun.job)
        .subquery()
    )
    rows = session.scalars(
        sa.select(JobRun)
        .join(newest, newest.c.job == JobRun.job)
        .where(sa.or_(JobRun.scheduled_for == newest.c.last, JobRun.outcome == JobOutcome.RUNNING))
    )
    return [Run(row.job, row.scheduled_for, row.outcome, row.claimed_until, row.attempts) for row in rows]
