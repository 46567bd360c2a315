"""The timetable: which job is due when, in London time, and what happens when the service was not running then. Pure.

The jobs themselves stand in `jobs`; who runs them, and how two hosts never run one tick twice, in `runner`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from records.values import LONDON


class Times(Protocol):
    """When something ticks."""

    def ticks(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Every tick in (after, until], in order, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Daily:
    """At these times of the London day.

    A time that a clock change skips (01:30 on the last Sunday in March) ticks when the clock goes on, at 02:00 summer
    time. One that happens twice (01:30 on the last Sunday in October) ticks the first time only.
    """

    at: tuple[time, ...]

    def __post_init__(self) -> None:
        if not self.at or sorted(self.at) != list(self.at) or any(one.tzinfo for one in self.at):
            raise ValueError("times of the London day, in order, without a zone")

    def ticks(self, after: datetime, until: datetime) -> Iterator[datetime]:
        # A day before and a day after cover every way in which London's day and UTC's differ.
        day = after.astimezone(LONDON).date() - timedelta(days=1)
        last = until.astimezone(LONDON).date() + timedelta(days=1)
        while day <= last:
            for moment in dict.fromkeys(_in_london(day, one) for one in self.at):
                if after < moment <= until:
                    yield moment
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes of the hour, from the full hour. London's hours begin with UTC's, so no clock change moves them."""

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes < 1 or 60 % self.minutes:
            raise ValueError("minutes that divide the hour")

    def ticks(self, after: datetime, until: datetime) -> Iterator[datetime]:
        step = timedelta(minutes=self.minutes)
        start = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        moment = start + ((after - start) // step + 1) * step
        while moment <= until:
            yield moment
            moment += step


class Late(StrEnum):
    """What happens to a tick that could not run in time."""

    CATCH_UP = "catch_up"
    """The last one missed runs as soon as it can; those before it are noted as missed."""
    SKIP = "skip"
    """It is noted as missed; the next one runs."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the timetable. A tick later than `grace` counts as late."""

    name: str
    times: Times
    late: Late
    grace: timedelta


TIMETABLE: tuple[Job, ...] = (
    Job("seal_history", Every(minutes=5), Late.CATCH_UP, timedelta(minutes=5)),
    Job("purge_sessions", Every(minutes=30), Late.CATCH_UP, timedelta(minutes=30)),
    Job("let_go", Daily((time(2, 30),)), Late.CATCH_UP, timedelta(hours=20)),
    Job("remind", Daily((time(7, 0),)), Late.CATCH_UP, timedelta(hours=12)),
    Job("remind_owners", Daily((time(7, 5),)), Late.CATCH_UP, timedelta(hours=12)),
    Job("remind_training", Daily((time(7, 10),)), Late.SKIP, timedelta(hours=12)),
    Job("back_up", Daily((time(0), time(6), time(12), time(18))), Late.CATCH_UP, timedelta(hours=6)),
    Job("share_ledger", Every(minutes=30), Late.SKIP, timedelta(minutes=30)),
    Job("sweep_blobs", Daily((time(3, 10),)), Late.SKIP, timedelta(hours=2)),
    Job("forget_runs", Daily((time(3, 40),)), Late.SKIP, timedelta(hours=2)),
)
"""Every job of the service."""


def _in_london(day: date, at: time) -> datetime:
    """The moment at which a London clock first shows this time on this day, or jumps over it."""
    wall = datetime.combine(day, at, LONDON)
    moment = wall.astimezone(UTC)
    if moment.astimezone(LONDON).time() == at:
        return moment
    # The clock jumped over it. Read with the offset from before the jump, it lies in the hour that begins with the jump.
    return moment.replace(minute=0, second=0, microsecond=0)
