"""The runner: what is due, and each tick once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from records.db import Database
from records.models.clock import JobOutcome, JobRun
from scheduler.runner import GiveUp, Missed, Run, Runner, Start, due
from scheduler.timetable import Daily, Every, Job, Late

HOURLY = Job("hourly", Every(60), Late.CATCH_UP, timedelta(minutes=30))
NIGHTLY = Job("nightly", Daily((time(3, 0),)), Late.SKIP, timedelta(hours=2))
NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def done(job: Job, at: datetime) -> Run:
    return Run(job.name, at, JobOutcome.DONE, at + timedelta(minutes=10))


def test_nothing_is_due_before_the_next_tick() -> None:
    assert due([HOURLY], [done(HOURLY, NOON)], NOON + timedelta(minutes=59)) == []


def test_the_next_tick_is_due_from_its_moment_on() -> None:
    later = NOON + timedelta(hours=1)
    assert due([HOURLY], [done(HOURLY, NOON)], later) == [Start(HOURLY, later)]


def test_a_job_that_never_ran_has_missed_nothing() -> None:
    assert due([HOURLY], [], NOON + timedelta(minutes=5)) == [Start(HOURLY, NOON)]


def test_a_job_that_never_ran_and_must_not_be_late_waits_for_its_next_tick() -> None:
    assert due([NIGHTLY], [], NOON) == []
    tick = datetime(2026, 1, 16, 3, 0, tzinfo=UTC)
    assert due([NIGHTLY], [], tick) == [Start(NIGHTLY, tick)]


def test_after_an_outage_the_last_missed_tick_runs_and_those_before_it_are_known() -> None:
    found = due([HOURLY], [done(HOURLY, NOON)], NOON + timedelta(hours=5, minutes=40))
    hours = [NOON + timedelta(hours=number) for number in range(1, 6)]
    assert found == [Missed(HOURLY, hours[0], hours[3], 4), Start(HOURLY, hours[4])]


def test_a_job_that_must_not_be_late_is_skipped_after_its_grace_and_runs_within_it() -> None:
    ran = done(NIGHTLY, datetime(2026, 1, 13, 3, 0, tzinfo=UTC))
    tick = datetime(2026, 1, 14, 3, 0, tzinfo=UTC)
    assert due([NIGHTLY], [ran], tick + timedelta(hours=2)) == [Start(NIGHTLY, tick)]
    assert due([NIGHTLY], [ran], tick + timedelta(hours=2, seconds=1)) == [Missed(NIGHTLY, tick, tick, 1)]


def test_a_running_tick_is_left_alone_until_its_claim_runs_out() -> None:
    running = Run("hourly", NOON, JobOutcome.RUNNING, NOON + timedelta(minutes=10))
    assert due([HOURLY], [running], NOON + timedelta(minutes=10)) == []
    assert due([HOURLY], [running], NOON + timedelta(minutes=11)) == [Start(HOURLY, NOON, running)]


def test_a_tick_that_kills_its_hosts_is_given_up() -> None:
    running = Run("hourly", NOON, JobOutcome.RUNNING, NOON + timedelta(minutes=10), attempts=3)
    assert due([HOURLY], [running], NOON + timedelta(minutes=11)) == [GiveUp(HOURLY, running)]


@pytest.mark.parametrize("change", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_a_clock_change_neither_loses_nor_doubles_a_tick(change: datetime) -> None:
    """Looking every ten minutes over three days, a job at 01:30 runs once each London day."""
    job = Job("early", Daily((time(1, 30),)), Late.CATCH_UP, timedelta(hours=1))
    runs, now = [done(job, change - timedelta(days=1, hours=12))], change - timedelta(days=1)
    while now < change + timedelta(days=2):
        for one in due([job], runs, now):
            assert isinstance(one, Start), "nothing was missed"
            runs.append(done(job, one.tick))
        now += timedelta(minutes=10)
    started = [run.scheduled_for for run in runs[1:]]
    assert len(started) == 3
    assert all(timedelta(hours=22) < later - earlier < timedelta(hours=26) for earlier, later in pairwise(started))


class Hands:
    """Work that writes down what it was asked for."""

    def __init__(self) -> None:
        self.ticks: list[datetime] = []

    def __call__(self, tick: datetime) -> str:
        self.ticks.append(tick)
        return "done"


def runner(database: Database, work: Callable[[datetime], str], moments: list[datetime], host: str = "one") -> Runner:
    return Runner(database, [HOURLY], {"hourly": work}, lambda: moments[0], host)


def rows(database: Database) -> list[JobRun]:
    with database.reading() as session:
        found = list(session.scalars(sa.select(JobRun).order_by(JobRun.scheduled_for)))
        session.expunge_all()
        return found


def test_a_tick_runs_once_however_often_one_looks(database: Database) -> None:
    hands, moments = Hands(), [NOON]
    one = runner(database, hands, moments)
    assert [one.tick(), one.tick()] == [1, 0]
    moments[0] = NOON + timedelta(hours=1)
    assert [one.tick(), one.tick()] == [1, 0]
    assert hands.ticks == [NOON, NOON + timedelta(hours=1)]
    assert [row.outcome for row in rows(database)] == [JobOutcome.DONE, JobOutcome.DONE]


def test_two_hosts_looking_at_once_run_a_tick_once(database: Database) -> None:
    hands = Hands()
    hosts = [runner(database, hands, [NOON], f"host {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        ran = list(pool.map(lambda host: host.tick(), hosts))
    assert sum(ran) == 1
    assert hands.ticks == [NOON]
    assert len(rows(database)) == 1


def test_a_dead_host_s_tick_is_taken_over_by_one_of_many(database: Database) -> None:
    def dies(_tick: datetime) -> str:
        raise SystemExit

    with pytest.raises(SystemExit):
        runner(database, dies, [NOON], "dead").tick()
    hands = Hands()
    hosts = [runner(database, hands, [NOON + timedelta(minutes=11)], f"host {number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda host: host.tick(), hosts))
    assert sum(ran) == 1
    assert hands.ticks == [NOON]
    [row] = rows(database)
    assert (row.outcome, row.attempts) == (JobOutcome.DONE, 2)


def test_a_host_that_looked_before_another_took_over_comes_too_late(database: Database) -> None:
    later = [NOON + timedelta(minutes=11)]
    second = runner(database, Hands(), later, "second")

    def dies(_tick: datetime) -> str:
        raise SystemExit

    with pytest.raises(SystemExit):
        runner(database, dies, [NOON], "dead").tick()
    [dead] = rows(database)
    seen = Run("hourly", NOON, JobOutcome.RUNNING, dead.claimed_until)
    taken: list[object] = []

    def works(_tick: datetime) -> str:
        taken.append(second._claim_again(Start(HOURLY, NOON, seen), seen))
        return "done"

    assert runner(database, works, later, "first").tick() == 1
    assert taken == [None]


def test_a_host_that_was_taken_for_dead_does_not_overwrite_the_outcome(database: Database) -> None:
    moments = [NOON]
    fresh = Hands()

    def slow(_tick: datetime) -> str:
        moments[0] = NOON + timedelta(minutes=11)
        runner(database, fresh, moments, "second").tick()
        return "late"

    runner(database, slow, moments, "first").tick()
    [row] = rows(database)
    assert (row.claimed_by, row.note) == ("second", "done")


def test_a_job_that_fails_is_noted_and_the_next_tick_runs(database: Database) -> None:
    def fails(_tick: datetime) -> str:
        raise ValueError("a person's name")

    moments = [NOON]
    runner(database, fails, moments).tick()
    hands = Hands()
    moments[0] = NOON + timedelta(hours=1)
    runner(database, hands, moments).tick()
    first, second = rows(database)
    assert (first.outcome, first.note) == (JobOutcome.FAILED, "ValueError")
    assert second.outcome is JobOutcome.DONE


def test_missed_ticks_stand_in_one_row_with_their_number(database: Database) -> None:
    hands, moments = Hands(), [NOON]
    runner(database, hands, moments).tick()
    moments[0] = NOON + timedelta(days=2)
    runner(database, hands, moments).tick()
    first, missed, last = rows(database)
    assert missed.outcome is JobOutcome.SKIPPED
    assert missed.note is not None
    assert missed.note.startswith("missed: 47 ticks from 15 January 2026 at 1:00pm")
    assert [first.scheduled_for, last.scheduled_for] == hands.ticks == [NOON, NOON + timedelta(days=2)]


def test_a_timetable_without_work_for_a_job_is_refused(sqlite: Database) -> None:
    with pytest.raises(ValueError, match="hourly"):
        Runner(sqlite, [HOURLY], {}, lambda: NOON, "one")
