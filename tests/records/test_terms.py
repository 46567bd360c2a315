"""Terms served: the guidance's own examples, and the arithmetic that holds for every record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.guidance import Guidance
from records.terms import Account, Spell, Stated, Stint, Term, account, calendar_terms, served_between, terms_of_days

START = date(2025, 1, 1)
TODAY = date(2026, 3, 27)
TERMS = tuple(Term(START + timedelta(days=100 * n), START + timedelta(days=100 * n + 89)) for n in range(12))
"""Terms of ninety days with ten days of holidays between them."""


def day(terms: str) -> date:
    """The day on which so many calendar terms are over."""
    whole, part = divmod(Decimal(terms), 1)
    return START + timedelta(days=int(whole) * 100 + int(part * 90) - (1 if part else 11))


def stint(fte: str = "1", to: date | None = None, *, place: str = "Harrowgill", since: date = START) -> Stint:
    return Stint(place, since, to, (Spell(since, Decimal(fte)),), TERMS)


def told(*stints: Stint, stated: tuple[Stated, ...] = (), today: date = date(2030, 1, 1), required: int = 6) -> Account:
    return account(stints, stated, Decimal(required), today)


@pytest.mark.parametrize(
    ("fte", "calendar", "served", "remaining"),
    [
        # 2.34: a full-timer who leaves after two and a half terms has served 2.5, and 3.5 are to go.
        ("1", "2.5", "2.5", "3.5"),
        # The same time at half: 1.25.
        ("0.5", "2.5", "1.25", "4.75"),
        # 2.33: one calendar term at half meets the minimum, and is half a term served.
        ("0.5", "1", "0.5", "5.5"),
        # 2.36: full time for two years; half time for four.
        ("1", "6", "6", "0"),
        ("0.5", "12", "6", "0"),
        ("0.6", "10", "6", "0"),
    ],
)
def test_the_guidances_worked_examples(fte: str, calendar: str, served: str, remaining: str) -> None:
    found = told(stint(fte, day(calendar)))
    assert (found.served, found.remaining) == (Decimal(served), Decimal(remaining))


def test_less_than_a_term_in_a_post_does_not_count_and_says_so() -> None:
    short = told(stint("1", day("0.8")))
    assert (short.served, short.remaining) == (Decimal(0), Decimal(6))
    assert short.lines[0].terms == Decimal("0.8")
    assert "2.33" in short.lines[0].why


def test_who_is_in_the_first_term_sees_what_is_served_so_far() -> None:
    running = told(stint(), today=day("0.5"))
    assert running.served == Decimal("0.5")
    assert "once a whole term" in running.lines[0].why


def test_after_the_minimum_any_length_counts() -> None:
    assert told(stint("1", day("1.1"))).served == Decimal("1.1")


def test_each_of_several_posts_at_once_meets_the_minimum_itself_and_the_hours_sum() -> None:
    # 3.14-3.16: contracts at two schools are added together, each long enough by itself.
    both = told(stint("0.6", day("3")), stint("0.4", day("3"), place="Otherby"))
    assert both.served == Decimal(3)
    one_short = told(stint("0.6", day("3")), stint("0.4", day("0.5"), place="Otherby"))
    assert one_short.served == Decimal("1.8")


def test_contracts_that_follow_each_other_at_one_school_are_one_employment() -> None:
    first, second = stint("1", day("0.5")), stint("1", day("2"), since=day("0.5") + timedelta(days=1))
    assert told(first, second).served == Decimal(2)
    elsewhere = stint("1", day("2"), since=day("0.5") + timedelta(days=1), place="Otherby")
    assert told(first, elsewhere).served == Decimal("1.5")


def test_holidays_between_contracts_are_no_break() -> None:
    first = stint("1", day("1") - timedelta(days=30))
    second = stint("1", day("2"), since=TERMS[1].starts_on)
    assert told(Stint("Harrowgill", START, day("1"), (Spell(START, Decimal(1)),), TERMS), second).served == Decimal(2)
    assert told(first, second).lines[0].counts is False


def test_hours_that_change_count_from_their_day() -> None:
    halves = (Spell(START, Decimal(1)), Spell(TERMS[0].starts_on + timedelta(days=45), Decimal("0.5")))
    assert served_between(START, TERMS[0].ends_on, halves, TERMS) == Decimal("0.75")


def test_periods_elsewhere_count_by_what_was_stated_with_and_without_papers() -> None:
    stated = (
        Stated("Another Hub", date(2023, 9, 1), date(2024, 7, 20), Decimal("2.9")),
        Stated("A Third Hub", date(2024, 9, 1), date(2024, 12, 20), Decimal(1), papers_held=False),
    )
    found = told(stint("1", day("1")), stated=stated)
    assert (found.served, found.remaining) == (Decimal("4.9"), Decimal("1.1"))
    assert "papers are not held" in found.lines[1].why


def test_days_become_terms_by_the_school_year_of_195_days() -> None:
    assert terms_of_days(Decimal(65)) == 1
    assert terms_of_days(Decimal("32.5")) == Decimal("0.5")
    assert terms_of_days(Decimal(40), Guidance(school_days_in_term=Decimal(80))) == Decimal("0.5")


FTE = st.decimals(Decimal("0.1"), Decimal(1), places=1)
SPANS = st.tuples(st.integers(0, 900), st.integers(1, 300))


@given(SPANS, FTE)
def test_time_cut_in_two_is_the_same_time(span: tuple[int, int], fte: Decimal) -> None:
    first, last = START + timedelta(days=span[0]), START + timedelta(days=span[0] + span[1])
    middle = START + timedelta(days=span[0] + span[1] // 2)
    spells = (Spell(first, fte),)
    whole = served_between(first, last, spells, TERMS)
    halves = served_between(first, middle, spells, TERMS) + served_between(middle + timedelta(days=1), last, spells, TERMS)
    assert abs(whole - halves) <= Decimal("0.001")


@given(SPANS, FTE)
def test_terms_served_are_pro_rata_and_never_more_than_the_calendar(span: tuple[int, int], fte: Decimal) -> None:
    first, last = START + timedelta(days=span[0]), START + timedelta(days=span[0] + span[1])
    served = served_between(first, last, (Spell(first, fte),), TERMS)
    calendar = calendar_terms(first, last, TERMS)
    assert Decimal(0) <= served <= calendar <= len(TERMS)
    assert abs(served - calendar * fte) <= Decimal("0.001")


@given(st.lists(st.tuples(SPANS, FTE), max_size=4), st.integers(0, 1200), st.integers(0, 60))
def test_what_is_left_never_grows_while_time_passes(posts: list[tuple[tuple[int, int], Decimal]], at: int, more: int) -> None:
    stints = [
        stint(str(fte), START + timedelta(days=begin + length), place=str(number), since=START + timedelta(days=begin))
        for number, ((begin, length), fte) in enumerate(posts)
    ]
    now = told(*stints, today=START + timedelta(days=at))
    assert now.remaining == max(Decimal(0), now.required - now.served)
    assert Decimal(0) <= now.remaining <= now.required
    counted = {line.what for line in now.lines if line.counts}
    later = told(*stints, today=START + timedelta(days=at + more))
    for line in later.lines:
        if line.what in counted and line.counts:
            assert line.terms >= next(one.terms for one in now.lines if one.what == line.what)
