"""Values in one written form."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from records import values
from records.models.base import Amount, UtcDateTime
from records.values import Kind, Wrong, written_form

SQLITE = sa.create_engine("sqlite://").dialect


@pytest.mark.parametrize(
    ("written", "trn"), [("RP99/12345", "9912345"), ("12/34567", "1234567"), (" 12345 ", "0012345"), ("012 345 6", "0123456")]
)
def test_a_trn_follows_the_dfes_rule(written: str, trn: str) -> None:
    assert values.trn(written) == trn


@pytest.mark.parametrize("written", ["1234", "12345678", "", "no"])
def test_what_cannot_be_a_trn_is_refused(written: str) -> None:
    with pytest.raises(Wrong):
        values.trn(written)


@pytest.mark.parametrize(
    ("kind", "written", "form"),
    [
        (Kind.DECIMAL, "29.50", "29.5"),
        (Kind.DECIMAL, "10", "10"),
        (Kind.FTE, "60%", "0.6"),
        (Kind.FTE, "1.0", "1"),
        (Kind.NI_NUMBER, "ab 12 34 56 c", "AB123456C"),
        (Kind.EMAIL, " a@b.example ", "a@b.example"),
        (Kind.DIGITS, "823/4001", "8234001"),
        (Kind.TEXT, "one  \r\ntwo", "one\ntwo"),
        (Kind.NAME, " Jo   Pell ", "Jo Pell"),
        (Kind.DATE, "2026-03-27", "2026-03-27"),
        (Kind.NAME, "   ", None),
        (Kind.DATE, None, None),
    ],
)
def test_each_kind_has_one_written_form(kind: Kind, written: str | None, form: str | None) -> None:
    assert written_form(kind, written) == form


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.DECIMAL, "-1"),
        (Kind.DECIMAL, "NaN"),
        (Kind.DECIMAL, "two"),
        (Kind.FTE, "1.5"),
        (Kind.FTE, "0"),
        (Kind.NI_NUMBER, "BG123456A"),
        (Kind.EMAIL, "a@b"),
        (Kind.DIGITS, "12a"),
        (Kind.DATE, "27/3/2026"),
        (Kind.CHOICE, "maybe"),
    ],
)
def test_what_does_not_fit_is_refused(kind: Kind, written: str) -> None:
    with pytest.raises(Wrong):
        written_form(kind, written, (("yes", "Yes"),))


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_an_amount_comes_back_exactly(amount: Decimal) -> None:
    column = Amount()
    assert column.process_result_value(column.process_bind_param(amount, SQLITE), SQLITE) == amount


def test_an_amount_that_would_be_rounded_is_refused() -> None:
    with pytest.raises(ValueError, match="three decimals"):
        Amount().process_bind_param(Decimal("0.0001"), SQLITE)


def test_a_moment_without_a_zone_cannot_be_stored() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), SQLITE)


def test_a_summer_night_belongs_to_the_next_day_in_london() -> None:
    assert values.local_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert values.local_day(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)) == date(2026, 1, 1)


def test_moments_and_dates_are_spoken_as_people_read_them() -> None:
    assert values.spoken_moment(datetime(2026, 6, 4, 8, 32, tzinfo=UTC)) == "4 June 2026 at 9:32am"
    assert values.spoken_moment(datetime(2026, 1, 4, 0, 5, tzinfo=UTC)) == "4 January 2026 at 12:05am"
    assert values.spoken_date(date(2024, 1, 1)) == "1 January 2024"


@pytest.mark.parametrize("written", ["29,5", "1,00", "1e5", "1_000", "٢٩", "nan", "", ".", "1" * 30])
def test_a_number_that_could_mean_another_is_refused(written: str) -> None:
    with pytest.raises(Wrong, match=r"like 29\.5"):
        values.decimal(written)


@pytest.mark.parametrize(
    ("written", "meant"), [("29.5", "29.5"), (" 1,250 ", "1250"), (".5", "0.5"), ("6.", "6"), ("-2", "-2")]
)
def test_a_plain_number_is_taken(written: str, meant: str) -> None:
    assert values.decimal(written) == Decimal(meant)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 letters"),
        (1, "1 letter"),
        (2, "2 letters"),
        (1200, "1,200 letters"),
        (Decimal("1.0"), "1 letter"),
        (Decimal("0.5"), "0.5 letters"),
    ],
)
def test_a_number_stands_with_its_noun_as_people_say_it(number: int | Decimal, words: str) -> None:
    assert values.counted(number, "letter") == words
    assert values.counted(number, "was", "were").endswith(" was") == (number == 1)
