"""Days and moments as people write them for a command."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import typer

from mailroom.commands import days
from records.values import LONDON
from tests.mailroom.commands.conftest import Call


@pytest.mark.parametrize("written", ["18/12/2026", "2026-12-18", "18.12.2026", "18 December 2026", " 18/12/2026 "])
def test_a_day_is_taken_as_people_here_write_it_and_as_iso(written: str) -> None:
    assert days.day(written) == date(2026, 12, 18)


@pytest.mark.parametrize("written", ["12/18/2026", "31/02/2026", "18/12/26", "tomorrow", "", "-"])
def test_what_is_no_day_is_told_with_what_to_write(written: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"is no date\. Write it like 18/12/2026 or 2026-12-18\."):
        days.day(written)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("30/03/2026", datetime(2026, 3, 30, 23, 59, 59, tzinfo=LONDON)),
        ("2026-03-30", datetime(2026, 3, 30, 23, 59, 59, tzinfo=LONDON)),
        ("30/03/2026 18:00", datetime(2026, 3, 30, 18, tzinfo=LONDON)),
        ("30 March 2026 18:00", datetime(2026, 3, 30, 18, tzinfo=LONDON)),
        ("2026-03-30T18:00", datetime(2026, 3, 30, 18, tzinfo=LONDON)),
        ("2026-03-30T18:00:30Z", datetime(2026, 3, 30, 18, 0, 30, tzinfo=UTC)),
        ("2026-03-30T18:00+02:00", datetime(2026, 3, 30, 18, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_a_moment_is_of_london_and_a_day_alone_means_its_end(written: str, moment: datetime) -> None:
    assert days.moment(written) == moment


def test_a_time_that_there_is_not_is_told() -> None:
    with pytest.raises(typer.BadParameter, match="25:00 is no time"):
        days.moment("30/03/2026 25:00")


@pytest.mark.parametrize("written", ["04/12/2026", "2026-12-04"])
def test_reminders_are_planned_for_a_day_in_both_spellings(call: Call, config: str, written: str) -> None:
    answer = call("reminders", "plan", "-c", config, "--on", written)
    assert (answer.status, answer.out) == (0, "4 December 2026: 0 letters\n")


def test_a_day_that_is_none_is_told_in_words(call: Call, config: str) -> None:
    answer = call("reminders", "plan", "-c", config, "--on", "12/18/2026")
    assert answer.status == 2
    assert "“12/18/2026” is no date. Write it like 18/12/2026 or 2026-12-18." in answer.err
