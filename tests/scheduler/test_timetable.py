"""The timetable: ticks at London times, across both clock changes."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.values import LONDON
from scheduler.timetable import TIMETABLE, Daily, Every, Late

SIX_HOURS = Daily((time(0), time(6), time(12), time(18)))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_daily_times_are_london_times_in_winter_and_summer() -> None:
    winter = list(SIX_HOURS.ticks(utc(2026, 1, 10), utc(2026, 1, 11)))
    summer = list(SIX_HOURS.ticks(utc(2026, 7, 10), utc(2026, 7, 11)))
    assert [tick.hour for tick in winter] == [6, 12, 18, 0]
    assert [tick.hour for tick in summer] == [5, 11, 17, 23]


def test_a_time_that_the_spring_change_skips_ticks_when_the_clock_goes_on() -> None:
    ticks = list(Daily((time(1, 30),)).ticks(utc(2026, 3, 28, 12), utc(2026, 3, 30, 12)))
    assert ticks == [utc(2026, 3, 29, 1, 0), utc(2026, 3, 30, 0, 30)]
    assert ticks[0].astimezone(LONDON).time() == time(2, 0)


def test_a_time_that_comes_twice_in_autumn_ticks_once() -> None:
    ticks = list(Daily((time(1, 30),)).ticks(utc(2026, 10, 24, 12), utc(2026, 10, 26, 12)))
    assert ticks == [utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)]


def test_two_times_that_a_clock_change_lays_on_one_another_are_one_tick() -> None:
    ticks = list(Daily((time(1, 30), time(2, 0))).ticks(utc(2026, 3, 29, 0), utc(2026, 3, 29, 12)))
    assert ticks == [utc(2026, 3, 29, 1, 0)]


@pytest.mark.parametrize("day", [utc(2026, 3, 29), utc(2026, 10, 25)])
def test_minutes_of_the_hour_are_even_over_a_clock_change(day: datetime) -> None:
    ticks = list(Every(20).ticks(day - timedelta(hours=3), day + timedelta(hours=5)))
    assert len(ticks) == 24
    assert {later - earlier for earlier, later in pairwise(ticks)} == {timedelta(minutes=20)}
    assert all(tick.astimezone(LONDON).minute % 20 == 0 for tick in ticks)


def test_a_tick_at_the_end_belongs_to_the_stretch_and_one_at_its_start_does_not() -> None:
    nine, ten = utc(2026, 1, 5, 9), utc(2026, 1, 5, 10)
    assert list(Every(60).ticks(nine, ten)) == [ten]
    assert list(Daily((time(9), time(10))).ticks(nine, ten)) == [ten]


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


@given(
    moments,
    st.lists(st.integers(0, 72 * 60), min_size=1, max_size=6),
    st.sampled_from([SIX_HOURS, Every(15), Daily((time(1, 30),))]),
)
def test_ticks_do_not_depend_on_how_often_one_looks(start: datetime, steps: list[int], times: Daily | Every) -> None:
    looked, moment = [], start
    for minutes in steps:
        looked += list(times.ticks(moment, moment + timedelta(minutes=minutes)))
        moment += timedelta(minutes=minutes)
    assert looked == list(times.ticks(start, moment))
    assert looked == sorted(set(looked))


@pytest.mark.parametrize("minutes", [0, 7, 61])
def test_minutes_that_do_not_divide_the_hour_are_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="divide"):
        Every(minutes)


def test_times_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        Daily((time(6), time(0)))


def test_every_job_has_a_name_of_its_own_and_a_rule_for_lateness() -> None:
    assert len({job.name for job in TIMETABLE}) == len(TIMETABLE)
    for job in TIMETABLE:
        assert isinstance(job.late, Late)
        assert job.grace > timedelta(0)
