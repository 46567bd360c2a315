"""Dates in three fields, faults, and pages of long lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.values import Wrong
from web.forms import Faults, Slice, asked_date, asked_text, date_of, spread_date
from web.visit import Written


@pytest.mark.parametrize("month", ["3", "03", "mar", "March", "MAR.", "march"])
def test_month_may_be_a_number_or_a_name(month: str) -> None:
    assert date_of({"day": "27", "month": month, "year": "2007"}, "Date") == date(2007, 3, 27)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_date_that_is_shown_in_fields_is_read_back(day: date) -> None:
    assert date_of(spread_date(day), "Date") == day


@given(st.fixed_dictionaries({part: st.text(max_size=6) for part in ("day", "month", "year")}))
def test_whatever_is_typed_gives_a_date_nothing_or_words(typed: dict[str, str]) -> None:
    faults = Faults()
    written = Written({f"d-{part}": (text,) for part, text in typed.items()})
    found = asked_date(written, "d", "Date", faults)
    assert (found is None) == bool(faults)
    assert all(one["href"] == "#d-day" and one["text"] for one in faults.listed())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("", "3", "2026"), "Date of birth must include a day"),
        (("", "", "2026"), "Date of birth must include a day and a month"),
        (("29", "2", "2025"), "Date of birth must be a real date"),
        (("1", "Marchember", "2025"), "Date of birth must be a real date"),
        (("1", "2", "25"), "Year must include 4 numbers"),
        (("²", "2", "2025"), "Date of birth must be a real date"),
    ],
)
def test_each_fault_of_a_date_has_its_words(typed: tuple[str, str, str], told: str) -> None:
    with pytest.raises(Wrong, match=told):
        date_of(dict(zip(("day", "month", "year"), typed, strict=True)), "Date of birth")


def test_first_fault_of_a_field_is_the_one_that_is_told() -> None:
    faults = Faults()
    asked_text(Written({"name": ("",)}), "name", "Enter a name", faults)
    faults.add("name", "Something else")
    assert faults.listed() == [{"text": "Enter a name", "href": "#name"}]


def test_text_that_is_too_long_is_a_fault() -> None:
    faults = Faults()
    asked_text(Written({"name": ("x" * 301,)}), "name", "Enter a name", faults)
    assert faults["name"] == "Use 300 characters or fewer"


@given(st.integers(0, 5000), st.integers(1, 200))
def test_pagination_always_holds_first_last_and_current_page(total: int, number: int) -> None:
    part = Slice(min(number, max(1, -(-total // 25))), total)
    items = part.items("/inbox?")
    numbers = [item["number"] for item in items if "number" in item]
    assert numbers == sorted(set(numbers))
    assert {1, part.last, part.number} <= set(numbers)
    assert [item["number"] for item in items if item.get("current")] == [part.number]
