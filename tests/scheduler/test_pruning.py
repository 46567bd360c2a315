"""Which backups go: those whose time is up, and never the one that was verified a moment ago."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.manifest import moment_of, name_of
from scheduler.pruning import overdue

NOW = datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
KEEP = timedelta(days=14)
ages = st.lists(st.integers(0, 60 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds)))


@given(ages)
def test_what_is_older_goes_and_what_is_younger_stays(old: list[timedelta]) -> None:
    names = {name_of(NOW - age) for age in old}
    going = set(overdue(names, name_of(NOW), NOW, KEEP))
    assert going == {name for name in names if NOW - moment_of(name) >= KEEP and name != name_of(NOW)}


@given(ages, st.integers(0, 100))
def test_the_verified_one_stays_whatever_the_clock_says(old: list[timedelta], years: int) -> None:
    own = name_of(NOW)
    names = {own, *(name_of(NOW - age) for age in old)}
    assert own not in overdue(names, own, NOW + timedelta(days=365 * years), KEEP)
