"""Sums beside reasons and below terms, days behind names, and choices of which only a word or a number is printed."""

import pytest

from parsers.forms import Status
from tests.support.drawn import read_all
from tests.support.papers_model import Gap, Line, Run, T, Tick, a, cell, p


def _table(*rows: tuple[str, ...]) -> T:
    widths = tuple(1 / len(rows[0]) for _ in rows[0])
    head, *others = rows
    written = (tuple(cell(p(one if not place else a(one))) for place, one in enumerate(row)) for row in others)
    return T(widths, (tuple(cell(one, bold=True) for one in head), *written))


@pytest.mark.parametrize("heads", [("Sickness", "Other", "Total"), ("Illness", "Other reasons", "Total days")])
def test_total_counts_where_days_are_parted_by_reason(heads: tuple[str, str, str]) -> None:
    for form in read_all("ECT progress review form", _table(("", *heads), ("Days absent in the period", "3", "1", "4"))):
        assert form.fields["days_absent"].value == "4"


def test_sum_below_the_terms_is_of_the_induction_so_far() -> None:
    rows = (("Term", "FTE terms", "Days absent"), ("Autumn", "1", "2"), ("Spring", "1", "3"), ("Total to date", "2", "5"))
    for form in read_all("ECT leaver notification", p("Induction served so far", heading=2), _table(*rows)):
        assert form.fields["terms_completed"].value == "2"
        assert form.fields["days_absent_total"].value == "5"
        assert "days_absent" not in form.fields


def test_sum_below_terms_that_does_not_say_of_what_is_not_taken_for_the_whole() -> None:
    rows = (("Term", "Days absent"), ("Autumn", "2"), ("Spring", "3"), ("Total", "5"))
    for form in read_all("ECT interim assessment form", _table(*rows)):
        assert "days_absent_total" not in form.fields


def test_day_behind_a_name_in_a_row_without_heads_is_the_day_of_signing() -> None:
    rows = (("Induction tutor", "Una Bramwell", "Mon 9 December 2024"), ("ECT", "Orla Yardley", "11/12/2024"))
    table = T((0.3, 0.4, 0.3), tuple((cell(role), cell(p(a(name))), cell(p(a(day)))) for role, name, day in rows))
    for form in read_all("ECT progress review form", p("Agreed by", bold=True), table):
        assert form.fields["tutor_signed_on"].value == "2024-12-09"
        assert form.fields["ect_signed_on"].value == "2024-12-11"
        assert form.fields["tutor_signed_name"].value == "Una Bramwell"


def test_small_words_in_a_line_to_sign_are_labels() -> None:
    line = p("Headteacher – name ", a("Tom Zielinski"), Gap(225.0), "signature ", Line(60), Gap(350.0), "date ", a("Mon 9 December 2024"))  # fmt: skip
    for form in read_all("ECT interim assessment form", p("Days absent: ", a("2")), line):
        assert form.fields["head_signed_name"].value == "Tom Zielinski"
        assert form.fields["head_signed_on"].value == "2024-12-09"


def test_bare_numbers_beside_boxes_are_terms_where_the_row_asks_for_the_term() -> None:
    row = (cell("Term of induction"), *(cell(p(Tick(one == "4"), f" {one}")) for one in ("1", "2", "4", "5")))
    for form in read_all("ECT progress review form", T((0.4, 0.15, 0.15, 0.15, 0.15), (row,))):
        assert form.fields["term_number"].value == "4"


@pytest.mark.parametrize(
    ("said", "value"),
    [("Extension of induction", "extension"), ("Standards met – induction satisfactorily completed", "satisfactory")],
)
def test_outcome_chosen_from_a_list_is_the_judgement(said: str, value: str) -> None:
    row = (cell("Head’s recommendation (drop-down)", bold=True), cell(p(a(said))), cell(""))
    for form in read_all("ECT final assessment form", T((0.42, 0.44, 0.14), (row,)), p("Days absent: ", a("2"))):
        assert form.fields["judgement"].value == value
        assert "headteacher_name" not in form.fields


def test_options_under_a_heading_are_no_answer_to_it() -> None:
    table = _table(("Overall judgement", ""), ("Satisfactory", "Unsatisfactory"))
    for form in read_all("ECT final assessment form", table, p("Days absent: ", a("2"))):
        judgement = form.fields.get("judgement")
        assert judgement is None or judgement.value is None


def test_two_words_against_one_are_a_choice() -> None:
    line = p("We judge the performance of this teacher to be ", Run("satisfactory", struck=True), " / ", Run("not satisfactory"), " (delete one)")  # fmt: skip
    for form in read_all("ECT first formal assessment", line, p("Days absent: ", a("2"))):
        assert form.fields["judgement"].value == "unsatisfactory"


def test_end_of_a_support_plan_is_not_the_progress_of_the_teacher() -> None:
    line = p("At the end of the plan: ", Tick(False), " back on track", Gap(), Tick(False), " concerns remain")
    for form in read_all("ECT support plan", line):
        assert "on_track" not in form.fields


def test_question_about_the_next_school_that_wants_a_text_is_not_the_schools_name() -> None:
    lines = (p("Name of their next school", bold=True), p(a("Park Junior School")), p("What should they work on at their next school?", bold=True))  # fmt: skip
    answer = p(a("Transitions between activities lose time, and the new mentor should look at them."))
    for form in read_all("ECT interim assessment form", p("Days absent: ", a("2")), *lines, answer):
        assert form.fields["next_school"].value == "Park Junior School"
        assert str(form.fields["targets"].value).startswith("Transitions")


def test_point_is_not_told_where_both_are_printed_and_none_is_marked() -> None:
    line = p("Stage of induction: First formal assessment / End of Year 2 (final)")
    for form in read_all("Report of formal assessment", line, p("Days absent: ", a("2"))):
        point = form.fields.get("assessment_point")
        assert point is None or point.value is None or point.status is not Status.CLEAR
