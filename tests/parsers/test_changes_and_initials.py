"""What was beside what will be, initials for ticks, sums of full-time equivalents, and words of labels that once were unknown."""

import pytest

from parsers.forms import ExtractedForm, FormKind, Status
from parsers.labels import ASIDE, read_label
from parsers.labels.options import read_question
from parsers.labels.texts import read_heading
from tests.support.drawn import read_all, read_bare
from tests.support.papers_model import Cell, T, a, cell, p

_CHANGE, _REVIEW = "Change of an ECT's circumstances", "ECT progress review"


def _row(*texts: str) -> tuple[Cell, ...]:
    """Labels and answers by turns."""
    return tuple(cell(text) if n % 2 == 0 else cell(p(a(text))) for n, text in enumerate(texts))


def _clear(form: ExtractedForm, key: str) -> object:
    field = form.fields[key]
    return field.value if field.status is Status.CLEAR else None


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Induction Tutor/Co-ordinator:", "induction_tutor_name"),
        ("Assessor (induction tutor)", "induction_tutor_name"),
        ("Copy to induction tutor", "induction_tutor_name"),
        ("Tutor responsible for the plan", "induction_tutor_name"),
        ("Incoming tutor", "induction_tutor_name"),
        ("Outgoing tutor", ASIDE),
        ("Replaces", ASIDE),
        ("With effect from", ASIDE),
        ("Date from which the change takes effect", ASIDE),
        ("Leave begins", ASIDE),
        ("Headteacher (seen)", "headteacher_name"),
        ("Surname before the change", "ect_former_name"),
        ("Surname after the change", "ect_last_name"),
        ("FTE from that date", "fte"),
        ("Appropriate body this is submitted to", "appropriate_body"),
        ("Appropriate body receiving this form", "appropriate_body"),
        ("Goes to (school)", "next_school"),
        ("Leaves this school on", "leaving_date"),
        ("Which term does this review close?", "term_number"),
        ("Review after term", "term_number"),
    ],
)
def test_label_asks_for(label: str, key: str) -> None:
    read = read_label(label)
    assert read is not None
    assert read.key == key
    assert read.strength >= 0.85


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Support which the next school should continue", "support_plan"),
        ("Support recommended to the next school", "support_plan"),
        ("Support given here which should go on", "support_plan"),
        ("Actions and support (who?)", "support_plan"),
        ("Observation notes", "evidence"),
    ],
)
def test_heading_asks_for(heading: str, key: str) -> None:
    read = read_heading(heading)
    assert read is not None
    assert (read.key, read.strength >= 0.85) == (key, True)


def test_statement_about_entitlements_is_a_question() -> None:
    asked = read_question("The ECT has received all statutory entitlements this term")
    assert asked is not None
    assert asked.key == "support_confirmed"


def test_what_will_be_counts_beside_what_was() -> None:
    for labels in (("Previous FTE", "New FTE"), ("Current FTE", "Revised FTE"), ("Current FTE", "FTE from that date")):
        for form in read_all(_CHANGE, T((0.2, 0.3, 0.2, 0.3), (_row(labels[0], "1.0", labels[1], "0.6"),))):
            assert form.fields["fte"].value == "0.6"
    for form in read_all(_CHANGE, T((0.5, 0.5), (_row("Current FTE", "0.6"),))):
        assert form.fields["fte"].value == "0.6"


def test_change_of_name_asks_for_the_former_one() -> None:
    table = T((0.25, 0.25, 0.25, 0.25), (_row("Surname before the change", "Oddie", "Surname after the change", "Yardley"),))
    for form in read_all(_CHANGE, table):
        assert (_clear(form, "ect_former_name"), _clear(form, "ect_last_name")) == ("Oddie", "Yardley")


@pytest.mark.parametrize("initials", ["WV", "J.P."])
def test_initials_beside_one_of_two_statements_choose_it(initials: str) -> None:
    good, bad = "Progress so far is satisfactory.", "Progress so far is not satisfactory."
    table = T((0.12, 0.88), ((cell(p(a(initials))), cell(good)), (cell(p(a(""))), cell(bad))))
    for form in read_all("Interim assessment of an ECT", table):
        assert form.fields["judgement"].value == "satisfactory"


def test_full_time_equivalents_of_terms_add_up_to_terms_served() -> None:
    def line(*texts: str) -> tuple[Cell, ...]:
        return tuple(cell(p(a(text))) for text in texts)

    heads = tuple(cell(one, bold=True, shaded=True) for one in ("Term", "School", "FTE", "Days absent"))
    total = (cell("Total served to date", bold=True, span=2), *line("2.4", "5"))
    rows = (heads, line("Autumn", "Moor End Primary", "0.8", "2"), line("Spring", "Moor End Primary", "0.8", "3"), line("Summer", "Moor End Primary", "0.8", "0"), total)  # fmt: skip
    for form in read_all(
        "Interim assessment of an ECT", p("Induction served so far (all schools)", bold=True), T((0.2, 0.4, 0.2, 0.2), rows)
    ):
        assert form.fields["terms_completed"].value == "2.4"
        assert form.fields["days_absent_total"].value == "5"


def test_address_and_day_of_the_same_table_stay_apart() -> None:
    rows = (
        _row("NI no.:", "AB 12 34 56 C", "Work e-mail address:", "o.yardley@fens.example"),
        _row("Date QTS was awarded:", "1 July 2025", "Where did the ECT train?", ""),
    )
    for form in read_all("ECT registration form", T((0.22, 0.28, 0.22, 0.28), rows)):
        assert (form.fields["qts_date"].value, form.fields["ect_email"].value) == ("2025-07-01", "o.yardley@fens.example")


def test_name_of_a_trust_before_a_colon_is_no_label() -> None:
    for form in read_all(_REVIEW, T((0.4, 0.6), (_row("Name of school", "Fens Learning Trust: Drovers Way Academy"),))):
        assert _clear(form, "school_name") == "Fens Learning Trust: Drovers Way Academy"


def test_answer_in_words_of_a_heading_stands_under_its_head() -> None:
    heads = tuple(cell(one, bold=True, shaded=True) for one in ("Area of concern", "Targets"))
    said = ("Lessons not always well sequenced", "Each lesson has one clear aim by May")
    for form in read_all("ECT support plan", T((0.5, 0.5), (heads, tuple(cell(p(a(text))) for text in said)))):
        assert (form.fields["areas_for_development"].value, form.fields["targets"].value) == said


def test_declaration_of_the_headteacher_is_signed_by_the_headteacher() -> None:
    basics = T((0.5, 0.5), (_row("ECT name", "Orla Yardley"), _row("Headteacher", "Ines Vale")))
    line = T((0.2, 0.3, 0.2, 0.3), (_row("Name", "Ines Vale", "Date", "5 May 2024"),))
    for form in read_bare("ECT registration form", basics, p("5) Declaration by the headteacher", heading=2), line):
        assert form.fields["ect_name"].value == "Orla Yardley"
        assert (form.fields["head_signed_name"].value, form.fields["head_signed_on"].value) == ("Ines Vale", "2024-05-05")


def test_none_is_no_next_school_and_no_plan() -> None:
    plan = (p("4. If the ECT is not on track, please describe the support plan"), T((1.0,), ((cell(p(a("none"))),),)))
    for form in read_all("ECT formal assessment", T((0.4, 0.6), (_row("Next school (if known)", "none"),)), *plan):
        assert form.fields["next_school"].value is None
        assert form.fields["support_plan"].value is None


def test_assessment_of_the_second_year_is_the_final_one() -> None:
    for title, point in (
        ("ECT induction – formal assessment, year 2", "final"),
        ("ECT induction – formal assessment, year 1", "first"),
    ):
        for form in read_all(title, T((0.4, 0.6), (_row("School", "Moor End Primary"),))):
            assert form.fields["assessment_point"].value == point


def test_interim_assessment_of_a_leaver_is_no_leaver_notice() -> None:
    leaves = _row("Leaves this school on", "20 December 2024", "Next school", "Moor End Primary School")
    for form in read_all(
        "Interim report on a teacher leaving before the next formal assessment", T((0.25, 0.25, 0.25, 0.25), (leaves,))
    ):
        assert form.kind is FormKind.INTERIM_ASSESSMENT


def test_initials_count_beside_an_input_that_says_enter_text() -> None:
    good, bad = "Progress so far is satisfactory.", "Progress so far is not satisfactory."
    for form in read_all(
        "Interim assessment of an ECT", T((0.12, 0.88), ((cell(p(a("WV"))), cell(good)), (cell("Enter text"), cell(bad))))
    ):
        assert form.fields["judgement"].value == "satisfactory"
