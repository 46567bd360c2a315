"""What people write into forms and the values it stands for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.forms import FIELD_TYPES
from parsers.written import is_blank, read_value
from parsers.written.dates import dates_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8 December 2023", "2023-12-08"),
        ("08.12.17", "2017-12-08"),
        ("14th December 2018", "2018-12-14"),
        ("14th of December 2018", "2018-12-14"),
        ("Friday 8th of December, 2023", "2023-12-08"),
        ("5/12/25", "2025-12-05"),
        ("05-12-2025", "2025-12-05"),
        ("Dec 8 2023", "2023-12-08"),
        ("December 8th, 2023", "2023-12-08"),
        ("8-Dec-23", "2023-12-08"),
        ("2023-12-08", "2023-12-08"),
        ("14 / 01 / 2019", "2019-01-14"),
        ("1 4 0 1 2 0 1 9", "2019-01-14"),
        ("14012019", "2019-01-14"),
        ("27 Mar 2017 (last day of term)", "2017-03-27"),
    ],
)
def test_date_is_read_day_first_in_every_style(text: str, day: str) -> None:
    read = read_value("period_end", text)
    assert read is not None
    assert (read.value, read.doubt) == (day, None)


@pytest.mark.parametrize("text", ["31/02/2020", "8 December", "the autumn term", "99/99/9999", "12.5", ""])
def test_what_is_no_date_gives_no_date(text: str) -> None:
    assert read_value("period_end", text) is None


@pytest.mark.parametrize("text", ["12/25/2023", "4 Jan 2017 to 27 Mar 2017", "Window closes 19 Dec 2021", "8 Dec 1823"])
def test_doubtful_date_says_why(text: str) -> None:
    read = read_value("period_end", text)
    assert read is None or read.doubt


def test_two_digit_year_fits_the_field() -> None:
    born, ended = read_value("date_of_birth", "08.12.97"), read_value("period_end", "08.12.17")
    assert born is not None
    assert ended is not None
    assert (born.value, ended.value) == ("1997-12-08", "2017-12-08")


@pytest.mark.parametrize(
    ("text", "trn"),
    [
        ("1234567", "1234567"),
        ("12/34567", "1234567"),
        ("RP99/12345", "9912345"),
        ("37 / 14208", "3714208"),
        ("0716162", "0716162"),
    ],
)
def test_trn_is_its_seven_digits(text: str, trn: str) -> None:
    read = read_value("trn", text)
    assert read is not None
    assert (read.value, read.doubt) == (trn, None)


def test_short_trn_is_padded_and_doubted_and_others_are_refused() -> None:
    read = read_value("trn", "12345")
    assert read is not None
    assert read.value == "0012345"
    assert read.doubt
    assert read_value("trn", "1234") is None
    assert read_value("trn", "12345678") is None


@pytest.mark.parametrize(
    ("text", "share"),
    [("0.6", "0.6"), (".6", "0.6"), ("60%", "0.6"), ("60 per cent", "0.6"), ("3 days a week", "0.6"), ("3 out of 5", "0.6"), ("3/5", "0.6"), ("0.9 FTE", "0.9"), ("1.0", "1")],
)  # fmt: skip
def test_share_of_full_time_in_every_style(text: str, share: str) -> None:
    read = read_value("fte", text)
    assert read is not None
    assert (read.value, read.doubt) == (share, None)


@pytest.mark.parametrize(
    ("text", "days"),
    [("29½", "29.5"), ("29.5", "29.5"), ("4 1/2", "4.5"), ("Nil", "0"), ("None", "0"), ("0", "0"), ("6 days", "6"), ("two", "2"), ("half a day", "0.5")],
)  # fmt: skip
def test_days_are_counted_in_halves(text: str, days: str) -> None:
    read = read_value("days_absent", text)
    assert read is not None
    assert (read.value, read.doubt) == (days, None)


@pytest.mark.parametrize("text", ["3 or 4", "Off count 3"])
def test_number_among_other_things_is_doubted(text: str) -> None:
    read = read_value("days_absent", text)
    assert read is not None
    assert read.doubt


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dr Hannah O'ROURKE", "Hannah O'ROURKE"),
        ("Rhys Tanaka, Head of English", "Rhys Tanaka"),
        ("Lowri Castañeda / Deputy Headteacher", "Lowri Castañeda"),
        ("Imran Hathersedge (from January)", "Imran Hathersedge"),
        ("Gethin van der Merwe", "Gethin van der Merwe"),
        ("Orla Head", "Orla Head"),
    ],
)
def test_name_stands_without_title_role_and_remark(text: str, name: str) -> None:
    read = read_value("mentor_name", text)
    assert read is not None
    assert (read.value, read.doubt) == (name, None)


def test_surname_before_first_name_is_kept_and_doubted() -> None:
    read = read_value("ect_name", "Smith, Jane")
    assert read is not None
    assert read.value == "Smith, Jane"
    assert read.doubt


@pytest.mark.parametrize("text", ["823/4001", "823 / 4001", "8234001", "823 4001"])
def test_school_number_is_authority_and_school(text: str) -> None:
    read = read_value("school_dfe_number", text)
    assert read is not None
    assert read.value == "823/4001"


def test_address_broken_over_lines_is_joined() -> None:
    read = read_value("ect_email", "i.hathersedge@harrowgill .example")
    assert read is not None
    assert (read.value, read.doubt) == ("i.hathersedge@harrowgill.example", None)


def test_national_insurance_number_of_the_wrong_pattern_is_doubted() -> None:
    good, bad = read_value("national_insurance_number", "nr 39 52 99 b"), read_value("national_insurance_number", "QQ123456C")
    assert good is not None
    assert (good.value, good.doubt) == ("NR395299B", None)
    assert bad is not None
    assert bad.doubt


@pytest.mark.parametrize("text", ["N/A", "-", "n/a", "____", "TBC", " "])
def test_text_that_says_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


@given(st.sampled_from(sorted(FIELD_TYPES)), st.text(max_size=60))
def test_any_text_is_read_or_refused_but_never_breaks_the_reader(key: str, text: str) -> None:
    read_value(key, text)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2049, 12, 31)))
def test_every_real_date_survives_writing_and_reading(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day.day} {day:%B} {day.year}", f"{day:%d.%m.%y}", day.isoformat()):
        assert [one.day for one in dates_in(text, "period_end")] == [day]


def test_post_that_is_a_surname_too_is_never_dropped_without_a_warning() -> None:
    written = read_value("ect_name", "Mary Jane Teacher")
    assert written is not None
    assert written.doubt is not None
