"""The same questions and answers set by other designers: numbers before labels, pairs in other tables, lines and boxes."""

from collections import Counter

import pytest

from parsers import choose
from parsers.forms import ReadFile, Status
from tests.support.drawn import read_bare
from tests.support.papers_model import Gap, NewPage, P, Run, Sketch, T, a, cell, p
from tests.support.scoring import compare, score
from tests.support.unseen import LAYOUTS, draw, make_all
from tests.support.unseen.word import to_word

_FACTS = (
    ("Name of ECT", "Orla Yardley", "ect_name", "Orla Yardley"),
    ("TRN", "1234567", "trn", "1234567"),
    ("School", "Fernhill Academy", "school_name", "Fernhill Academy"),
    ("Date of birth", "8 May 1993", "date_of_birth", "1993-05-08"),
    ("Days absent in this period", "11 days", "days_absent", "11"),
    ("FTE", "0.6", "fte", "0.6"),
)


@pytest.mark.parametrize("numbering", ["1.{n} ", "2.1{n} ", "1{n} ", "Q1{n}. ", "3.2.{n} "])
def test_numbers_before_labels_are_no_part_of_labels_and_values(numbering: str) -> None:
    labels = [numbering.format(n=place) + label for place, (label, *_) in enumerate(_FACTS)]
    in_cells = T((0.3, 0.7), tuple((cell(label), cell(p(a(fact[1])))) for label, fact in zip(labels, _FACTS, strict=True)))
    over = T((0.5, 0.5), tuple(
        (cell(p(left), p(a(one[1]))), cell(p(right), p(a(two[1]))))
        for left, one, right, two in zip(labels[::2], _FACTS[::2], labels[1::2], _FACTS[1::2], strict=True)
    ))  # fmt: skip
    in_lines = [p(f"{label}: ", a(fact[1])) for label, fact in zip(labels, _FACTS, strict=True)]
    for form in (*read_bare("ECT progress review", in_cells), *read_bare("ECT progress review", over), *read_bare("ECT progress review", *in_lines)):  # fmt: skip
        assert {key: form.fields[key].value for _, _, key, _ in _FACTS} == {key: value for _, _, key, value in _FACTS}


def test_designer_keeps_every_answer() -> None:
    for layout in LAYOUTS:
        answers = Counter(_written(draw(layout, 0, 0)))
        for designer in range(4):
            assert Counter(_written(draw(layout, 0, 0, designer))) == answers


@pytest.mark.soak
def test_forms_of_other_designers_keep_the_bars() -> None:
    counts: Counter[str] = Counter()
    for made in make_all(LAYOUTS, [0], ["docx", "set"], designers=4):
        answer = choose.read(made.content, "paper", shown=False)
        assert isinstance(answer, ReadFile)
        form = next((paper.form for paper in answer.papers if paper.form.kind), answer.papers[0].form)
        counts += compare(made.truth, form)
    assert counts["silent"] * 3000 <= counts["clear"]
    assert score(counts) >= 0.98


def _written(sketch: Sketch) -> list[str]:
    """All answers on a form, in no order."""
    blocks = [block for block in sketch.blocks if not isinstance(block, NewPage)]
    lines = [
        one for block in blocks
        for one in ([block] if isinstance(block, P) else [line for row in block.rows for each in row for line in each.blocks])
    ]  # fmt: skip
    return [piece.text for line in lines for piece in line.pieces if isinstance(piece, Run) and piece.answer]


_BASICS = T((0.5, 0.5), ((cell("ECT name"), cell(p(a("Orla Yardley")))), (cell("TRN"), cell(p(a("1234567"))))))
_OUTCOMES = ("Satisfactory: induction complete", "Not satisfactory", "Extension recommended")
_PROSE = "Lessons are planned with care and build on what the pupils already know. Routines are calm and expectations are high."


def test_cross_typed_behind_a_statement_chooses_it() -> None:
    crosses = ("", "X", "")
    lines = [p(f"{words}: ", a(cross)) for words, cross in zip(_OUTCOMES, crosses, strict=True)]
    over = T((0.33, 0.33, 0.34), (tuple(cell(one) for one in _OUTCOMES), tuple(cell(p(a(one))) for one in crosses)))
    within = T((0.33, 0.33, 0.34), (tuple(cell(p(f"{one}: ", a(x))) for one, x in zip(_OUTCOMES, crosses, strict=True)),))
    for block in (lines, [over], [within]):
        for form in read_bare(
            "Final assessment report", _BASICS, p("Recommendation (put a cross under one)", bold=True), *block
        ):
            assert form.fields["judgement"].value == "unsatisfactory"


def test_bold_statement_is_not_chosen_where_another_has_a_cross() -> None:
    lines = (p("on track to complete induction:", a(" X"), bold=True), p("not on track to complete induction:", bold=True))
    for form in read_bare("ECT progress review", _BASICS, p("At present the ECT is (put X in one box):"), *lines):
        assert form.fields["on_track"].value is True


def test_statements_without_a_cross_say_nothing() -> None:
    lines = [p(f"{words}:") for words in _OUTCOMES]
    for form in read_bare("Final assessment report", _BASICS, p("Recommendation", bold=True), *lines):
        assert "judgement" not in form.fields or form.fields["judgement"].value is None


@pytest.mark.parametrize(
    ("answer", "value"), [("Yes - with support", True), ("Yes, apart from standard 5", True), ("Not yet", False), ("No, not at present", False)]
)  # fmt: skip
def test_yes_or_no_that_says_more_is_for_a_person(answer: str, value: bool) -> None:
    question = "Is the ECT on track to complete induction?"
    for block in (T((0.6, 0.4), ((cell(question), cell(p(a(answer)))),)), p(f"{question} ", a(answer))):
        for form in read_bare("ECT progress review", _BASICS, block):
            assert (form.fields["on_track"].value, form.fields["on_track"].status) == (value, Status.CHECK)


def test_bare_yes_is_sure() -> None:
    block = T((0.6, 0.4), ((cell("Is the ECT on track to complete induction?"), cell(p(a("Yes")))),))
    for form in read_bare(
        "ECT progress review", _BASICS, T((0.3, 0.7), ((cell("School"), cell(p(a("Fernhill Academy")))),)), block
    ):
        assert form.fields["on_track"].value is True


def test_next_number_of_the_form_ends_a_text() -> None:
    blocks = (
        p("7. Strengths of the teacher"),
        p(a(_PROSE)),
        p("8. What the next colleague should hear"),
        p(a("Reports were late.")),
    )
    for form in read_bare("ECT progress review", _BASICS, *blocks)[:2]:
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
    for form in read_bare("ECT progress review", _BASICS, *plain)[:2]:
        assert "go on behind a heading" in str(form.fields["strengths"].reason)
    unknown = (p("Strengths"), p(a(_PROSE)), p("What the next colleague should hear"), p(a(_PROSE)), p("Targets"), p(a(_PROSE)))
    for form in read_bare("ECT progress review", _BASICS, *unknown)[:2]:
        assert "heading of the form" in str(form.fields["strengths"].reason)


def test_plain_line_over_sentences_heads_them_and_is_never_sure() -> None:
    lines = (p("Areas needing improvement"), p(a(_PROSE)), p("Goals for the next phase"), p(a(_PROSE)))
    for form in read_bare("ECT support plan", _BASICS, *lines)[:2]:
        assert form.fields["areas_for_development"].value == _PROSE
        assert form.fields["areas_for_development"].status is Status.CHECK


def test_box_of_its_own_heads_what_stands_below_it() -> None:
    boxes = [
        block for head, name in (("Headteacher", "Una Head"), ("Induction tutor", "Tom Zielinski"))
        for block in (T((1.0,), ((cell(head, shaded=True),),)), T((0.3, 0.7), ((cell("Full name"), cell(p(a(name)))),)))
    ]  # fmt: skip
    for form in read_bare("ECT registration form", _BASICS, *boxes):
        assert form.fields["headteacher_name"].value == "Una Head"
        assert form.fields["induction_tutor_name"].value == "Tom Zielinski"


def test_labels_side_by_side_are_no_title() -> None:
    line = p("Induction term no.: ", a("5"), Gap(300.0), "Sick/other leave (days): ", a("2"))
    for form in read_bare("ECT progress review", _BASICS, line):
        assert (form.fields["term_number"].value, form.fields["days_absent"].value) == ("5", "2")


def test_row_of_those_who_agreed_is_signed() -> None:
    rows = tuple(
        (cell(f"Agreed by {role}"), cell(p(a(name))), cell("on"), cell(p(a("10 December 2023"))))
        for role, name in (("ECT", "Orla Yardley"), ("Headteacher", "Una Head"))
    )
    for form in read_bare("ECT support plan", _BASICS, T((0.3, 0.3, 0.1, 0.3), rows)):
        assert (form.fields["ect_signed_name"].value, form.fields["ect_signed_on"].value) == ("Orla Yardley", "2023-12-10")
        assert (form.fields["head_signed_name"].value, form.fields["head_signed_on"].value) == ("Una Head", "2023-12-10")


def test_dates_of_an_earlier_induction_are_not_this_ones() -> None:
    before = T((0.2, 0.3, 0.2, 0.3), ((cell("From"), cell(p(a("6 January 2023"))), cell("To"), cell(p(a("10 July 2023")))),))
    for form in read_bare("ECT registration form", _BASICS, p("Previous induction", heading=2), before):
        assert form.fields.get("induction_start") is None or form.fields["induction_start"].value is None


def test_words_about_typed_names_are_no_answer() -> None:
    blocks = (
        p("ECT comments", bold=True),
        p(a("I was glad of the help.")),
        p("Typed names are accepted in place of signatures."),
    )
    for form in read_bare("ECT progress review", _BASICS, *blocks):
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
    form = read_bare("ECT progress review", _BASICS, *filler, first, second)[1]
    assert form.fields["areas_for_development"].value == "Questions."
    assert " ".join(str(form.fields["targets"].value).split()) == goals


def test_links_of_a_printed_web_page_are_no_part_of_answers() -> None:
    rows = (
        ("Name of early career teacher", "Orla Yardley"),
        ("Name of school", "Fernhill Academy"),
        ("Headteacher", "Una Head"),
        ("TRN", "1234567"),
    )
    table = T((0.36, 0.54, 0.1), tuple((cell(label), cell(p(a(value))), cell("Change")) for label, value in rows), ruled=False)
    for form in read_bare("Interim assessment: check your answers", table)[:2]:
        assert form.fields["ect_name"].value == "Orla Yardley"
        assert form.fields["school_name"].value == "Fernhill Academy"
        assert form.fields["headteacher_name"].value == "Una Head"


def test_title_of_a_block_has_no_label_for_its_answer() -> None:
    block = T(
        (0.3, 0.7),
        (
            (cell("Target 1", bold=True, span=2),),
            (cell("Teachers’ Standard(s)"), cell(p(a("")))),
            (cell("Support"), cell(p(a(_PROSE)))),
        ),
    )
    for form in read_bare("ECT support plan", _BASICS, block):
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
    for form in read_bare("ECT support plan", _BASICS, *once, again)[:2]:
        assert form.fields["areas_for_development"].status is Status.CHECK


def test_heading_that_forms_use_for_two_things_is_never_sure() -> None:
    for form in read_bare("ECT progress review", _BASICS, p("What should the ECT work on next?", bold=True), p(a(_PROSE))):
        assert all(
            form.fields[key].status is not Status.CLEAR for key in ("targets", "areas_for_development") if key in form.fields
        )


def test_no_to_a_question_counts_no_terms_for_sure() -> None:
    row = T((0.5, 0.5), ((cell("Any terms served at another school?"), cell(p(a("No")))),))
    for form in read_bare("ECT registration form", _BASICS, row):
        assert "terms_completed" not in form.fields or form.fields["terms_completed"].status is not Status.CLEAR


def test_day_of_a_change_begins_no_period() -> None:
    rows = T((0.5, 0.5), ((cell("New surname"), cell(p(a("Wren")))), (cell("New mentor"), cell(p(a("Tom Zielinski"))))))
    for form in read_bare(
        "ECT change of details form", _BASICS, rows, p("Date from which the change applies: ", a("11 December 2024"))
    ):
        assert "period_start" not in form.fields


def test_answers_in_blocks_with_the_same_labels_are_one_text_for_a_person() -> None:
    goals = ("Exit questions are used in each lesson.", "Registers are complete by nine each day.")
    blocks = [
        T((0.3, 0.7), ((cell("SMART target"), cell(p(a(goal)))), (cell("Review date"), cell(p(a("12 May 2025"))))))
        for goal in goals
    ]
    for form in read_bare("ECT support plan", _BASICS, p("Aim 1"), blocks[0], p("Aim 2"), blocks[1]):
        assert (form.fields["targets"].value, form.fields["targets"].status) == ("\n".join(goals), Status.CHECK)


def test_question_left_open_among_crosses_in_columns_is_not_answered() -> None:
    asked = (
        "Has the ECT received all statutory entitlements?",
        "Is the ECT on track to complete induction?",
        "Will the ECT stay at this school next term?",
    )
    answers = (("X", ""), ("", ""), ("X", ""))
    rows = tuple((cell(question), *(cell(p(a(one))) for one in pair)) for question, pair in zip(asked, answers, strict=True))
    table = T((0.7, 0.15, 0.15), ((cell("Please answer every question"), cell("Yes"), cell("No")), *rows))
    sketch = Sketch("drawn", {}, [p("ECT progress review", heading=1), _BASICS, table])
    for how in ("typed", "controls", "legacy"):
        answer = choose.read(to_word(sketch, how), "paper", shown=False)
        assert isinstance(answer, ReadFile)
        fields = answer.papers[0].form.fields
        assert fields["on_track"].value is None
        assert (fields["support_confirmed"].value, fields["remaining_at_school"].value) == (True, True)
