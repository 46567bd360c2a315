"""The golden cases of the law's clocks, and what holds for all of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import working_days
from records.guidance import Guidance
from records.values import local_day
from records.working_days import Counting, days_left, deemed_received, is_working_day, last_day

DAYS = st.dates(date(2012, 1, 1), date(2045, 12, 31))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("event", "days", "beginning_with", "after"),
    [
        ("2026-07-17", 10, "2026-07-30", "2026-07-31"),
        ("2026-07-17", 20, "2026-08-13", "2026-08-14"),
        ("2025-12-15", 10, "2025-12-30", "2025-12-31"),
        ("2025-12-15", 20, "2026-01-14", "2026-01-15"),
        ("2026-03-27", 10, "2026-04-13", "2026-04-14"),
        ("2026-03-27", 20, "2026-04-27", "2026-04-28"),
        ("2026-08-28", 3, "2026-09-02", "2026-09-03"),
        ("2026-08-29", 3, "2026-09-03", "2026-09-03"),
        ("2026-08-12", 3, "2026-08-14", "2026-08-17"),
    ],
)
def test_the_golden_cases_of_england(event: str, days: int, beginning_with: str, after: str) -> None:
    assert last_day(on(event), days) == on(beginning_with)
    assert last_day(on(event), days, Counting.AFTER) == on(after)


@pytest.mark.parametrize(
    ("sent_on", "received", "last"),
    [("2026-07-31", "2026-08-02", "2026-08-28"), ("2025-12-19", "2025-12-21", "2026-01-21")],
)
def test_an_appeal_counts_from_the_second_day_after_the_notice_was_sent(sent_on: str, received: str, last: str) -> None:
    assert deemed_received(on(sent_on)) == on(received)
    assert working_days.appeal_due(on(sent_on)).due_on == on(last)


def test_each_duty_has_its_own_clock() -> None:
    day = on("2026-07-17")
    assert working_days.recommendation_due(day).due_on == on("2026-07-30")
    assert working_days.representations_due(day).due_on == on("2026-07-30")
    assert working_days.decision_due(day).due_on == on("2026-08-13")
    assert working_days.notice_due(on("2026-08-12")).due_on == on("2026-08-14")
    assert working_days.appeal_reply_due(day).due_on == on("2026-08-13")
    assert working_days.decision_due(day, Guidance(decision_days=10)).due_on == on("2026-07-30")
    assert "11(5)" in working_days.decision_due(day).rule


@pytest.mark.parametrize("day", ["2022-06-03", "2022-09-19", "2023-05-08", "2026-12-28", "2026-04-03", "2026-05-04"])
def test_one_off_and_moved_bank_holidays_are_known(day: str) -> None:
    assert not is_working_day(on(day))


def test_a_school_holiday_is_a_working_day_and_a_proclaimed_holiday_is_not() -> None:
    assert is_working_day(on("2026-08-12"))
    assert not is_working_day(on("2026-08-12"), {on("2026-08-12")})
    assert working_days.notice_due(on("2026-08-12"), Guidance(extra_holidays=frozenset({on("2026-08-13")}))).due_on == on(
        "2026-08-17"
    )


def test_a_mail_late_on_a_summer_evening_sets_off_the_next_days_clock() -> None:
    received_at = datetime(2026, 7, 16, 23, 30, tzinfo=UTC)
    assert working_days.decision_due(local_day(received_at)).due_on == on("2026-08-13")


def test_a_clock_of_no_days_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="one working day"):
        last_day(on("2026-08-12"), 0)


@given(DAYS, st.integers(1, 60))
def test_a_clock_ends_on_a_working_day_and_holds_exactly_its_days(event: date, days: int) -> None:
    for counting in Counting:
        last = last_day(event, days, counting)
        first = event if counting is Counting.BEGINNING_WITH else event + timedelta(days=1)
        assert is_working_day(last)
        assert days_left(first, last) == days
    assert last_day(event, days) <= last_day(event, days, Counting.AFTER)
    assert last_day(event, days) < last_day(event, days + 1)


@given(DAYS, st.integers(-40, 40))
def test_days_left_changes_sign_when_the_last_day_is_over(last: date, offset: int) -> None:
    left = days_left(last + timedelta(days=offset), last)
    assert (left <= 0) if offset > 0 else (left >= 0)
