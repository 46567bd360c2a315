"""APScheduler as an alarm clock: it wakes the runner every few seconds and knows nothing about jobs.

Its own job stores are not used: several hosts sharing one would each run every job.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.runner import Runner

_log = structlog.get_logger(__name__)


class AlarmClock:
    """Wakes a runner in a thread of its own, never twice at once."""

    name = "clock"

    def __init__(self, runner: Runner, wake_seconds: int) -> None:
        self._ended = threading.Event()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            safely(runner.tick), "interval", seconds=wake_seconds, max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """Start no other job. Returns at once."""
        self._scheduler.pause()
        threading.Thread(target=self._shut_down, name="clock-stopping", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether the job that ran has come to its end within so many seconds."""
        return self._ended.wait(seconds)

    def _shut_down(self) -> None:
        self._scheduler.shutdown(wait=True)
        self._ended.set()


def safely(tick: Callable[[], int]) -> Callable[[], None]:
    """A database that is away for a while must not stop the clock: what is due now is still due at the next waking."""

    def wake() -> None:
        try:
            tick()
        except Exception:  # noqa: BLE001 - whatever it was, it is logged
            _log.exception("clock_stumbled")

    return wake
