"""The alarm clock wakes the runner again and again, whatever happens, and stops in order."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from records.db import Database
from scheduler.runner import Runner
from scheduler.waking import AlarmClock
from tests.support.installation import eventually


class Woken(Runner):
    """A runner that does something else when it is woken."""

    def __init__(self, database: Database, when_woken: Callable[[], int]) -> None:
        super().__init__(database, [], {}, lambda: datetime(2026, 1, 1, tzinfo=UTC), "one")
        self._when_woken = when_woken

    def tick(self) -> int:
        return self._when_woken()


def test_a_runner_is_woken_again_after_it_stumbled(sqlite: Database) -> None:
    wakings: list[int] = []

    def stumbles() -> int:
        wakings.append(1)
        raise ConnectionError

    clock = AlarmClock(Woken(sqlite, stumbles), wake_seconds=1)
    clock.start()
    eventually(lambda: len(wakings) >= 2, "it is woken twice")
    clock.stop()
    assert clock.wait(30)
    count = len(wakings)
    assert not clock_goes(wakings, count)


def clock_goes(wakings: list[int], count: int) -> bool:
    threading.Event().wait(1.5)
    return len(wakings) > count


def test_a_job_that_runs_is_waited_for_and_never_runs_twice_at_once(sqlite: Database) -> None:
    begun, finish, inside, most = threading.Event(), threading.Event(), [0], [0]

    def works() -> int:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        begun.set()
        finish.wait(30)
        inside[0] -= 1
        return 1

    clock = AlarmClock(Woken(sqlite, works), wake_seconds=1)
    clock.start()
    assert begun.wait(30)
    assert not clock.wait(2.5), "two more wakings passed meanwhile"
    clock.stop()
    assert not clock.wait(0.2), "the job still runs"
    finish.set()
    assert clock.wait(30)
    assert most == [1]


def test_a_clock_whose_job_does_not_end_stands_still_and_goes_on_when_it_ends(sqlite: Database) -> None:
    begun, finish = threading.Event(), threading.Event()

    def job() -> int:
        begun.set()
        finish.wait(20)
        return 1

    clock = AlarmClock(Woken(sqlite, job), wake_seconds=1, longest_job_seconds=0.2)
    assert clock.stalled(), "not started yet"
    clock.start()
    assert not clock.stalled()
    assert begun.wait(20)
    eventually(clock.stalled, "the job takes longer than it may")
    finish.set()
    eventually(lambda: not clock.stalled(), "the job has ended")
    clock.stop()
    assert clock.wait(20)
    assert clock.stalled()
