"""Where long texts begin and end: numbers of the form, headings in plain type, titles of blocks, the foot of a page."""

from parsers.forms import Status
from tests.support.drawn import read_all
from tests.support.papers_model import T, a, cell, p

_PROSE = "Lessons are planned with care and build on what the pupils already know. Routines are calm and expectations are high."


def test_next_number_of_the_form_ends_a_text() -> None:
    blocks = (
        p("7. Strengths of the teacher"),
        p(a(_PROSE)),
        p("8. What the next colleague should hear"),
        p(a("Reports were late.")),
    )
    for form in read_all("ECT progress review", *blocks)[:2]:
        assert form.fields["strengths"].value == _PROSE


def test_text_that_may_go_on_behind_a_heading_is_never_sure() -> None:
    plain = (
        p("Strengths", bold=True),
        p(a(_PROSE)),
        p("Areas for development:"),
        p(a(_PROSE)),
        p("Targets", bold=True),
        p(a(_PROSE)),
    )
    for form in read_all("ECT progress review", *plain)[:2]:
        assert "go on behind a heading" in str(form.fields["strengths"].reason)
    unknown = (p("Strengths"), p(a(_PROSE)), p("What the next colleague should hear"), p(a(_PROSE)), p("Targets"), p(a(_PROSE)))
    for form in read_all("ECT progress review", *unknown)[:2]:
        assert "heading of the form" in str(form.fields["strengths"].reason)


def test_plain_line_over_sentences_heads_them_and_is_never_sure() -> None:
    lines = (p("Areas needing improvement"), p(a(_PROSE)), p("Goals for the next phase"), p(a(_PROSE)))
    for form in read_all("ECT support plan", *lines)[:2]:
        assert form.fields["areas_for_development"].value == _PROSE
        assert form.fields["areas_for_development"].status is Status.CHECK


def test_words_about_typed_names_are_no_answer() -> None:
    blocks = (
        p("ECT comments", bold=True),
        p(a("I was glad of the help.")),
        p("Typed names are accepted in place of signatures."),
    )
    for form in read_all("ECT progress review", *blocks):
        assert form.fields["ect_comments"].value == "I was glad of the help."


def test_row_that_goes_on_over_the_page_belongs_to_the_last_table_of_the_page() -> None:
    first = T(
        (0.5, 0.5),
        (
            (cell("Strengths observed", bold=True), cell("Areas for development", bold=True)),
            (cell(p(a("Reading aloud."))), cell(p(a("Questions.")))),
        ),
    )
    goals = " ".join([_PROSE] * 8)
    second = T(
        (0.5, 0.5),
        ((cell("Evidence for this report", bold=True), cell("Targets", bold=True)), (cell(p(a(_PROSE))), cell(p(a(goals))))),
    )
    filler = [p("Read the guidance before you fill this in.") for _ in range(22)]
    form = read_all("ECT progress review", *filler, first, second)[1]
    assert form.fields["areas_for_development"].value == "Questions."
    assert " ".join(str(form.fields["targets"].value).split()) == goals


def test_title_of_a_block_has_no_label_for_its_answer() -> None:
    block = T(
        (0.3, 0.7),
        (
            (cell("Target 1", bold=True, span=2),),
            (cell("Teachers’ Standard(s)"), cell(p(a("")))),
            (cell("Support"), cell(p(a(_PROSE)))),
        ),
    )
    for form in read_all("ECT support plan", block):
        assert "targets" not in form.fields or form.fields["targets"].value is None


def test_label_that_stands_twice_makes_no_sure_answer() -> None:
    once = (p("Area for development:"), p(a(_PROSE)))
    again = T(
        (0.5, 0.5),
        (
            (cell("Teachers’ Standard(s):"), cell("Area for development:")),
            (cell(p(a("TS1"))), cell(p(a("Routines are not yet secure.")))),
        ),
    )
    for form in read_all("ECT support plan", *once, again)[:2]:
        assert form.fields["areas_for_development"].status is Status.CHECK


def test_heading_that_forms_use_for_two_things_is_never_sure() -> None:
    for form in read_all("ECT progress review", p("What should the ECT work on next?", bold=True), p(a(_PROSE))):
        assert all(
            form.fields[key].status is not Status.CLEAR for key in ("targets", "areas_for_development") if key in form.fields
        )


def test_answers_in_blocks_with_the_same_labels_are_one_text_for_a_person() -> None:
    goals = ("Exit questions are used in each lesson.", "Registers are complete by nine each day.")
    blocks = [
        T((0.3, 0.7), ((cell("SMART target"), cell(p(a(goal)))), (cell("Review date"), cell(p(a("12 May 2025"))))))
        for goal in goals
    ]
    for form in read_all("ECT support plan", p("Aim 1"), blocks[0], p("Aim 2"), blocks[1]):
        assert (form.fields["targets"].value, form.fields["targets"].status) == ("\n".join(goals), Status.CHECK)
