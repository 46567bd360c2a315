"""Cells as people and spreadsheets write them."""

from datetime import date
from decimal import Decimal

import pytest

from records.moving import cells
from records.moving.mapping import DateStyle
from records.values import Wrong

DAY, MONTH = DateStyle.DAY_FIRST, DateStyle.MONTH_FIRST


@pytest.mark.parametrize(
    "written",
    [
        "08/12/2023",
        "8.12.2023",
        "2023-12-08",
        "8 December 2023",
        "8th Dec 2023",
        "8-Dec-2023",
        "2023-12-08 00:00:00",
        "2023-12-08T00:00:00.000",
    ],
)
def test_a_day_is_understood_in_every_usual_spelling(written: str) -> None:
    assert cells.day(written, DAY) == date(2023, 12, 8)


def test_month_first_is_taken_where_the_mapping_says_so() -> None:
    assert cells.day("12/08/2023", MONTH) == date(2023, 12, 8)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31/02/2024", "31 February 2024 is not a real date"),
        ("29/02/2023", "29 February 2023"),
        ("12/31/2023", "choose month-first"),
        ("1899-12-30", "1899"),
        ("01/01/1900", "1899 and 1900"),
        ("8/12/23", "four digits"),
        ("soon", "not understood"),
        ("45000", "not understood"),
        ("01/01/1811", "before 1930"),
    ],
)
def test_what_is_no_day_says_why(written: str, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        cells.day(written, DAY)


@pytest.mark.parametrize("written", ["", " ", "unknown", "N/K", "-", "00/00/0000"])
def test_what_nobody_knows_is_unknown(written: str) -> None:
    assert cells.day(written, DAY) is None


def test_a_trn_that_lost_its_zeros_in_a_spreadsheet_gets_them_back() -> None:
    assert cells.trn("123456") == "0123456"
    assert cells.trn("RP12/34567") == "1234567"
    with pytest.raises(Wrong, match="7 digits"):
        cells.trn("12345678")


def test_shares_of_full_time() -> None:
    assert [cells.fte(one) for one in ("1", "0.6", "60%", "Full time")] == [
        Decimal(1),
        Decimal("0.6"),
        Decimal("0.6"),
        Decimal(1),
    ]
    assert cells.fte("PT") is None
    with pytest.raises(Wrong, match="no share"):
        cells.fte("3 days")


def test_words_of_theirs_are_ours_by_the_mapping_first() -> None:
    words = {"done": "pass"}
    assert cells.one_of("Done", words, {}) == "pass"
    assert cells.one_of("Done", words, {"done": "fail"}) == "fail"
    with pytest.raises(Wrong, match="say in the mapping"):
        cells.one_of("Odd", words, {})


def test_a_wrong_ni_number_is_not_repeated_in_the_message() -> None:
    with pytest.raises(Wrong) as wrong:
        cells.ni_number("QQ 99 99 99 Z")
    assert "99" not in str(wrong.value)
