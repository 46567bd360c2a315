"""APScheduler as an alarm clock: it wakes the runner every few seconds and knows nothing about jobs.

Its own job stores are not used: several hosts sharing one would each run every job.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.runner import Runner

LONGEST_JOB_SECONDS = 6 * 3600.0
"""A job that takes longer than this has got stuck."""
WAKINGS_MISSED = 20
"""After so many wakings without one, the alarm clock itself has got stuck."""

_log = structlog.get_logger(__name__)


class AlarmClock:
    """Wakes a runner in a thread of its own, never twice at once."""

    name = "clock"

    def __init__(self, runner: Runner, wake_seconds: int, longest_job_seconds: float = LONGEST_JOB_SECONDS) -> None:
        self._ended = threading.Event()
        self._tick = safely(runner.tick)
        self._wake_seconds = wake_seconds
        self._longest_job = longest_job_seconds
        self._woken = 0.0
        self._working = False
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._wake, "interval", seconds=wake_seconds, max_instances=1, coalesce=True, misfire_grace_time=None
        )

    def start(self) -> None:
        self._woken = time.monotonic()
        self._scheduler.start()

    def stop(self) -> None:
        """Start no other job. Returns at once."""
        self._scheduler.pause()
        threading.Thread(target=self._shut_down, name="clock-stopping", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether the job that ran has come to its end within so many seconds."""
        return self._ended.wait(seconds)

    def stalled(self) -> bool:
        """Whether it has not been woken for long, or a job does not come to its end."""
        longest = self._longest_job if self._working else WAKINGS_MISSED * self._wake_seconds
        return not self._scheduler.running or time.monotonic() - self._woken > longest

    def _wake(self) -> None:
        self._woken, self._working = time.monotonic(), True
        try:
            self._tick()
        finally:
            self._woken, self._working = time.monotonic(), False

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
