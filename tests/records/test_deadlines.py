"""What is due when, by the guidance's own words."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.deadlines import Away, Course, Due
from records.deadlines import plan as planned
from records.models.inductions import AssessmentKind, AssessmentPoint
from records.terms import Spell, Term, share_served

FULL = [Spell(date(2025, 9, 1), Decimal(1))]
FORMAL, REVIEW = AssessmentKind.FORMAL_ASSESSMENT, AssessmentKind.PROGRESS_REVIEW
INTERIM = AssessmentKind.INTERIM_ASSESSMENT


def plan(starts_on: date, spells: Iterable[Spell], terms: Iterable[Term], **facts: Any) -> list[Due]:
    return planned(Course(starts_on, tuple(spells), tuple(terms), **facts))


def years(count: int, first: int = 2025) -> list[Term]:
    """Three terms a year."""
    found = []
    for year in range(first, first + count):
        found += [
            Term(date(year, 9, 1), date(year, 12, 19), date(year, 12, 5)),
            Term(date(year + 1, 1, 5), date(year + 1, 3, 27)),
            Term(date(year + 1, 4, 13), date(year + 1, 7, 20)),
        ]
    return found


def test_full_time_has_reviews_in_terms_one_two_four_five_and_formal_assessments_in_three_and_six() -> None:
    dues = plan(date(2025, 9, 1), FULL, years(3))
    assert [(due.sequence, due.kind, due.point) for due in dues] == [
        (1, REVIEW, None),
        (2, REVIEW, None),
        (3, FORMAL, AssessmentPoint.FIRST),
        (4, REVIEW, None),
        (5, REVIEW, None),
        (6, FORMAL, AssessmentPoint.FINAL),
    ]
    assert [due.due_on for due in dues[:3]] == [date(2025, 12, 5), date(2026, 3, 27), date(2026, 7, 20)]
    assert dues[1].period_start == date(2025, 12, 20)


def test_half_time_has_a_review_each_calendar_term_and_formal_assessments_after_six_and_twelve() -> None:
    dues = plan(date(2025, 9, 1), [Spell(date(2025, 9, 1), Decimal("0.5"))], years(5))
    assert [due.sequence for due in dues if due.kind is FORMAL] == [6, 12]
    assert [due.sequence for due in dues if due.kind is REVIEW] == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11]


def test_an_induction_reduced_to_one_term_has_only_its_final_assessment() -> None:
    dues = plan(date(2025, 9, 1), FULL, years(1), required=Decimal(1))
    assert [(due.kind, due.point) for due in dues] == [(FORMAL, AssessmentPoint.FINAL)]


def test_who_starts_late_in_a_term_has_the_first_review_in_the_next() -> None:
    dues = plan(date(2025, 11, 17), [Spell(date(2025, 11, 17), Decimal(1))], years(3))
    assert (dues[0].sequence, dues[0].kind) == (2, REVIEW)
    assert dues[0].due_on == date(2026, 2, 7)


def test_an_induction_under_the_old_rules_has_three_formal_assessments_and_no_reviews() -> None:
    dues = plan(date(2025, 9, 1), FULL, years(2), required=Decimal(3), before_2021=True)
    assert [(due.sequence, due.kind, due.point) for due in dues] == [
        (1, FORMAL, AssessmentPoint.FIRST),
        (2, FORMAL, AssessmentPoint.SECOND),
        (3, FORMAL, AssessmentPoint.FINAL),
    ]


def test_an_induction_reduced_to_three_terms_has_its_first_assessment_after_half_of_them() -> None:
    dues = plan(date(2025, 9, 1), FULL, years(2), required=Decimal(3))
    assert [(due.sequence, due.kind) for due in dues] == [(1, REVIEW), (2, FORMAL), (3, FORMAL)]


def test_a_part_that_is_extended_moves_its_own_assessment_and_those_after_it() -> None:
    # Forty days absent in the first part: it is longer by all of them, not by ten, and not at the end (3.6).
    longer = {"required": Decimal("6.615"), "first_part": Decimal("3.615")}
    assert [due.sequence for due in plan(date(2025, 9, 1), FULL, years(4), **longer) if due.kind is FORMAL] == [4, 7]
    at_the_end = {"required": Decimal("6.615"), "first_part": Decimal(3)}
    assert [due.sequence for due in plan(date(2025, 9, 1), FULL, years(4), **at_the_end) if due.kind is FORMAL] == [3, 7]


def test_terms_served_elsewhere_count_before_the_first_one_here() -> None:
    dues = plan(date(2025, 9, 1), FULL, years(2), served_before=Decimal(3))
    assert [(due.sequence, due.kind, due.point) for due in dues] == [
        (1, REVIEW, None),
        (2, REVIEW, None),
        (3, FORMAL, AssessmentPoint.FINAL),
    ]


def test_who_leaves_before_a_formal_assessment_has_an_interim_one_instead_of_the_review() -> None:
    left = date(2026, 2, 13)
    dues = plan(date(2025, 9, 1), FULL, years(2), ends_on=left, leavings=(left,))
    assert [(due.kind, due.due_on, due.period_end) for due in dues] == [
        (REVIEW, date(2025, 12, 5), date(2025, 12, 19)),
        (INTERIM, left, left),
    ]


def test_who_leaves_in_the_holidays_leaves_at_the_end_of_the_term() -> None:
    left = date(2026, 4, 5)
    assert plan(date(2025, 9, 1), FULL, years(2), ends_on=left, leavings=(left,))[-1].due_on == date(2026, 3, 27)


def test_who_leaves_within_the_first_term_owes_nothing_interim() -> None:
    left = date(2025, 10, 20)
    assert [due.kind for due in plan(date(2025, 9, 1), FULL, years(1), ends_on=left, leavings=(left,))] == [REVIEW]


def test_a_formal_assessment_stands_for_the_interim_one_of_who_leaves_after_it() -> None:
    left = date(2026, 7, 20)
    assert plan(date(2025, 9, 1), FULL, years(2), ends_on=left, leavings=(left,))[-1].kind is FORMAL


def test_who_moves_to_another_school_has_an_interim_and_goes_on() -> None:
    dues = plan(date(2025, 9, 1), FULL, years(2), leavings=(date(2025, 12, 31),))
    assert [due.kind for due in dues] == [INTERIM, REVIEW, FORMAL, REVIEW, REVIEW, FORMAL]


def test_what_falls_into_an_absence_waits_for_the_return() -> None:
    away = Away(date(2026, 3, 1), date(2026, 5, 10))
    moved = plan(date(2025, 9, 1), FULL, years(2), away=(away,))
    assert moved[1].due_on == date(2026, 6, 7)
    open_ended = plan(date(2025, 9, 1), FULL, years(2), away=(Away(date(2026, 3, 1), None),))
    assert [due.sequence for due in open_ended] == [1]


def test_nothing_is_due_in_a_term_without_a_post() -> None:
    gap = [Spell(date(2025, 9, 1), Decimal(1)), Spell(date(2025, 12, 20), Decimal(0)), Spell(date(2026, 4, 13), Decimal(1))]
    assert [due.sequence for due in plan(date(2025, 9, 1), gap, years(3))] == [1, 3, 4, 5, 6, 7]


def test_nothing_is_due_after_the_induction_ends_or_where_there_is_no_calendar() -> None:
    assert [due.sequence for due in plan(date(2025, 9, 1), FULL, years(2), ends_on=date(2026, 2, 1))] == [1, 2]
    assert plan(date(2025, 9, 1), FULL, []) == []


@pytest.mark.parametrize(("fte", "calendar_terms", "served"), [("1", "2.5", "2.5"), ("0.5", "2.5", "1.25")])
def test_the_guidances_worked_examples_of_terms_served(fte: str, calendar_terms: str, served: str) -> None:
    # 2.33-2.34: a full-timer who leaves after 2.5 terms has served 2.5; at 0.5 FTE it is 1.25.
    terms = [
        Term(date(2025, 1, 1) + timedelta(days=100 * n), date(2025, 1, 1) + timedelta(days=100 * n + 99)) for n in range(3)
    ]
    end = terms[0].starts_on + timedelta(days=int(Decimal(calendar_terms) * 100) - 1)
    spells = [Spell(date(2025, 1, 1), Decimal(fte))]
    assert sum(share_served(date(2025, 1, 1), end, spells, term) for term in terms) == Decimal(served)


def test_a_change_of_hours_counts_from_its_day() -> None:
    term = Term(date(2025, 1, 1), date(2025, 4, 10))
    spells = [Spell(date(2025, 1, 1), Decimal(1)), Spell(date(2025, 2, 20), Decimal("0.5"))]
    assert share_served(date(2025, 1, 1), None, spells, term) == Decimal("0.75")


@given(
    st.dates(date(2025, 9, 1), date(2026, 7, 20)),
    st.decimals(Decimal("0.1"), Decimal(1), places=1),
    st.sampled_from([Decimal(1), Decimal(3), Decimal(6), Decimal("7.5")]),
)
def test_plans_are_ordered_end_with_the_final_assessment_and_hold_each_point_once(
    starts_on: date, fte: Decimal, required: Decimal
) -> None:
    dues = plan(starts_on, [Spell(starts_on, fte)], years(40), required=required)
    assert [due.sequence for due in dues] == sorted({due.sequence for due in dues})
    points = [due.point for due in dues if due.kind is FORMAL]
    assert points == ([AssessmentPoint.FINAL] if required <= 1 else [AssessmentPoint.FIRST, AssessmentPoint.FINAL])
    assert dues[-1].point is AssessmentPoint.FINAL
    assert all(due.due_on >= starts_on and due.period_start <= due.period_end for due in dues)
