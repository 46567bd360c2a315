"""The same questions and answers set by other designers: numbers before labels, pairs in other tables, lines and boxes."""

from collections import Counter

import pytest

from parsers import choose, pdf
from parsers.forms import ReadFile, Status
from parsers.layout.tidied import without_links
from tests.support.drawn import BASICS, read_all, read_bare
from tests.support.papers_model import Gap, NewPage, P, Run, Sketch, T, a, cell, p
from tests.support.papers_pdf import to_pdf
from tests.support.scoring import compare, score
from tests.support.unseen import LAYOUTS, draw, make_all

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


def test_box_of_its_own_heads_what_stands_below_it() -> None:
    boxes = [
        block for head, name in (("Headteacher", "Una Head"), ("Induction tutor", "Tom Zielinski"))
        for block in (T((1.0,), ((cell(head, shaded=True),),)), T((0.3, 0.7), ((cell("Full name"), cell(p(a(name)))),)))
    ]  # fmt: skip
    for form in read_all("ECT registration form", *boxes):
        assert form.fields["headteacher_name"].value == "Una Head"
        assert form.fields["induction_tutor_name"].value == "Tom Zielinski"


def test_labels_side_by_side_are_no_title() -> None:
    line = p("Induction term no.: ", a("5"), Gap(300.0), "Sick/other leave (days): ", a("2"))
    for form in read_all("ECT progress review", line):
        assert (form.fields["term_number"].value, form.fields["days_absent"].value) == ("5", "2")


def test_row_of_those_who_agreed_is_signed() -> None:
    rows = tuple(
        (cell(f"Agreed by {role}"), cell(p(a(name))), cell("on"), cell(p(a("10 December 2023"))))
        for role, name in (("ECT", "Orla Yardley"), ("Headteacher", "Una Head"))
    )
    for form in read_all("ECT support plan", T((0.3, 0.3, 0.1, 0.3), rows)):
        assert (form.fields["ect_signed_name"].value, form.fields["ect_signed_on"].value) == ("Orla Yardley", "2023-12-10")
        assert (form.fields["head_signed_name"].value, form.fields["head_signed_on"].value) == ("Una Head", "2023-12-10")


def test_dates_of_an_earlier_induction_are_not_this_ones() -> None:
    before = T((0.2, 0.3, 0.2, 0.3), ((cell("From"), cell(p(a("6 January 2023"))), cell("To"), cell(p(a("10 July 2023")))),))
    for form in read_all("ECT registration form", p("Previous induction", heading=2), before):
        assert form.fields.get("induction_start") is None or form.fields["induction_start"].value is None


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


def test_word_of_a_link_at_the_head_of_lines_stays() -> None:
    lines = [
        p(f"Change of {what}: ", a(value))
        for what, value in (("surname", "Wren"), ("school", "Fernhill Academy"), ("hours", "0.6"))
    ]
    sheet = pdf.read(to_pdf(Sketch("drawn", {}, [*lines]))).sheet
    assert without_links(sheet).tokens == sheet.tokens


def test_no_to_a_question_counts_no_terms_for_sure() -> None:
    row = T((0.5, 0.5), ((cell("Any terms served at another school?"), cell(p(a("No")))),))
    for form in read_all("ECT registration form", row):
        assert "terms_completed" not in form.fields or form.fields["terms_completed"].status is not Status.CLEAR


def test_day_of_a_change_begins_no_period() -> None:
    rows = T((0.5, 0.5), ((cell("New surname"), cell(p(a("Wren")))), (cell("New mentor"), cell(p(a("Tom Zielinski"))))))
    for form in read_bare(
        "ECT change of details form", BASICS, rows, p("Date from which the change applies: ", a("11 December 2024"))
    ):
        assert "period_start" not in form.fields
