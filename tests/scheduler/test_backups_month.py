"""A month of six-hourly backups by the clock itself, over both clock changes: what stays is fourteen days."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from records.values import LONDON
from scheduler.jobs import Workplace, jobs
from scheduler.manifest import moment_of
from scheduler.runner import Runner
from scheduler.timetable import TIMETABLE
from scheduler.verifying import verify
from tests.support.databases import sqlite_database
from tests.support.vaults import Safe, more_post, safe

BACK_UP = tuple(job for job in TIMETABLE if job.name == "back_up")


@pytest.fixture
def quick(sqlite_template: Path) -> Iterator[Safe]:
    """In memory where the machine has a file system there: the month is about the calendar, not about disks."""
    memory = Path("/dev/shm")
    parent = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=parent) as folder, sqlite_database(sqlite_template, Path(folder)) as database:
        yield safe(database, Path(folder))


def names(kept: Safe, number: int) -> list[str]:
    return [path.removeprefix("backups/").removesuffix(".manifest") for path in kept.site(number).files("backups")]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("begins", "ticks"),
    [
        # The clock goes on at 1am on 29 March 2026, and back at 2am on 25 October.
        (datetime(2026, 3, 10, 9, 0, tzinfo=UTC), 120),
        (datetime(2026, 10, 5, 9, 0, tzinfo=UTC), 120),
    ],
    ids=["spring", "autumn"],
)
def test_after_thirty_days_the_last_fourteen_remain(quick: Safe, begins: datetime, ticks: int) -> None:
    kept = quick
    kept.clock.now = begins
    place = Workplace(kept.database, kept.blobs, kept.clock, "host", vault=kept.vault)
    work = {name: one for name, one in jobs(place).items() if name == "back_up"}
    runner = Runner(kept.database, BACK_UP, work, kept.clock, "host", timedelta(minutes=10))
    runner.tick()
    made = set(names(kept, 0))
    for hour in range(30 * 24):
        kept.clock.later(hours=1)
        if hour % 24 == 0:
            more_post(kept)
        if runner.tick():
            made |= set(names(kept, 0))
    assert len(made) - 1 == ticks
    local = {moment_of(name).astimezone(LONDON).time() for name in sorted(made)[1:]}
    assert local == {time(0), time(6), time(12), time(18)}
    limit = max(moment_of(name) for name in made) - timedelta(days=14)
    wanted = sorted(name for name in made if moment_of(name) > limit)
    assert 56 <= len(wanted) <= 57
    for number in (0, 1):
        assert names(kept, number) == wanted
        assert len(kept.site(number).files("database")) == len(wanted)
        assert len(kept.site(number).files("papers")) == len(kept.papers)
    told = verify(kept.vault, kept.vault.sites, kept.identity)
    assert [(one.faults, one.opened) for one in told] == [([], True)] * 2
