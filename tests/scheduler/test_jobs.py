"""The jobs themselves, on both databases."""

import os
import uuid
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from records import accounts, events, leases
from records.accounts import SessionTimes
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor
from records.models.accounts import WebSession
from records.models.clock import JobOutcome, JobRun
from records.models.people import Role
from records.schools import register_school
from scheduler import jobs
from scheduler.jobs import Workplace
from scheduler.timetable import TIMETABLE

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def place(database: Database, blobs: FolderBlobs, host: str = "one") -> Workplace:
    return Workplace(database, blobs, lambda: NOW, host, SessionTimes(idle=timedelta(hours=2), absolute=timedelta(hours=12)))


def test_every_row_of_the_timetable_has_its_work(sqlite: Database, blobs: FolderBlobs) -> None:
    assert set(jobs.jobs(place(sqlite, blobs))) == {job.name for job in TIMETABLE}


def test_sealing_chains_what_happened_and_twice_is_harmless(database: Database, blobs: FolderBlobs) -> None:
    with database.writing() as session:
        school = register_school(session, name="Invented School", now=NOW)
        for number in range(3):
            events.record(session, f"thing_{number}", school, Actor.machine("test"), NOW)
    assert jobs.seal_history(place(database, blobs)) == "3 sealed"
    assert jobs.seal_history(place(database, blobs)) == "0 sealed"
    with database.reading() as session:
        found = events.verify(session)
    assert (found.checked, found.unsealed, found.sound) == (3, 0, True)


def test_sealing_leaves_the_chain_to_the_host_that_holds_the_lease(database: Database, blobs: FolderBlobs) -> None:
    with database.writing() as session:
        school = register_school(session, name="Invented School", now=NOW)
        events.record(session, "thing", school, Actor.machine("test"), NOW)
        assert leases.take(session, "seal_history", "other", NOW, timedelta(minutes=5))
    assert "another host" in jobs.seal_history(place(database, blobs))
    with database.reading() as session:
        assert events.verify(session).unsealed == 1


def test_sessions_that_ended_are_purged_and_living_ones_stay(database: Database, blobs: FolderBlobs) -> None:
    times = SessionTimes(idle=timedelta(hours=2), absolute=timedelta(hours=12))
    with database.writing() as session:
        account = accounts.add_account(
            session,
            user_name="ann",
            first_name="Ann",
            last_name="Other",
            roles=[Role.ASSESSOR],
            now=NOW,
            actor=Actor.machine("test"),
        )
        accounts.open_session(session, account, NOW - timedelta(hours=3), times)
        accounts.open_session(session, account, NOW - timedelta(hours=1), times)
    assert jobs.purge_sessions(place(database, blobs)) == "1 ended"
    with database.reading() as session:
        [left] = session.scalars(sa.select(WebSession.created_at))
    assert left == NOW - timedelta(hours=1)


def test_files_of_processes_that_died_are_swept_and_blobs_stay(sqlite: Database, blobs: FolderBlobs) -> None:
    kept = blobs.put(b"a paper")
    left = blobs.unfinished / "left"
    left.write_bytes(b"half a paper")
    old = NOW.timestamp() - 48 * 3600
    os.utime(left, (old, old))
    assert jobs.sweep_blobs(place(sqlite, blobs)) == "1 removed"
    assert not left.exists()
    assert blobs.read(kept.sha256) == b"a paper"


def test_old_runs_are_forgotten_but_the_newest_of_each_job_stays(database: Database, blobs: FolderBlobs) -> None:
    def ran(job: str, days: int, outcome: JobOutcome = JobOutcome.DONE) -> JobRun:
        at = NOW - timedelta(days=days)
        return JobRun(
            id=uuid.uuid4(), job=job, scheduled_for=at, outcome=outcome, claimed_by="x", claimed_until=at, started_at=at
        )

    with database.writing() as session:
        session.add_all([ran("busy", 200), ran("busy", 100), ran("busy", 1), ran("quiet", 300), ran("quiet", 400)])
        session.add(ran("busy", 150, JobOutcome.RUNNING))
    assert jobs.forget_runs(place(database, blobs)) == "3 forgotten"
    with database.reading() as session:
        left = {(run.job, (NOW - run.scheduled_for).days) for run in session.scalars(sa.select(JobRun))}
    assert left == {("busy", 1), ("busy", 150), ("quiet", 300)}
