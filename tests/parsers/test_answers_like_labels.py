"""Answers that begin like labels or headings, and where texts end: on real Word and PDF bytes drawn here."""

import pytest

from parsers import choose
from parsers.forms import ExtractedForm, ReadFile
from tests.support.papers_docx import to_docx
from tests.support.papers_model import NewPage, Sketch, T, Tick, a, cell, p
from tests.support.papers_pdf import to_pdf

TITLE = p("ECT formal assessment: end of first assessment period", heading=1)
BASICS = T((0.5, 0.5), tuple((cell(label), cell(p(a(value)))) for label, value in (
    ("ECT name", "Orla Yardley"), ("Teacher reference number", "1234567"), ("Date of birth", "3 May 1994"), ("School name", "Fernhill Academy"),
)))  # fmt: skip


def forms_of(sketch: Sketch) -> list[ExtractedForm]:
    forms = []
    for content in (to_docx(sketch), to_pdf(sketch)):
        answer = choose.read(content, "paper", shown=False)
        assert isinstance(answer, ReadFile)
        assert len(answer.papers) == 1
        forms.append(answer.papers[0].form)
    return forms


@pytest.mark.parametrize(
    "lead", ["TS6 – live marking is used well.", "Evidence: lesson observation 12/11.", "Part 2: always professional."]
)
def test_text_that_begins_like_another_heading_stays_the_answer(lead: str) -> None:
    answer = (cell(p(a(lead)), p(a("Books show it."))),)
    boxes = [(head, T((1.0,), (answer,))) for head in ("Strengths", "Targets for the next period")]
    blocks = [block for head, box in boxes for block in (p(head, bold=True), box)]
    for form in forms_of(Sketch("drawn", {}, [TITLE, BASICS, *blocks])):
        assert form.fields["strengths"].value == f"{lead}\nBooks show it."
        assert form.fields["targets"].value == f"{lead}\nBooks show it."
        assert not {"standard_6", "evidence", "standard_part_two"} & form.fields.keys()


@pytest.mark.parametrize("heads", [("On track", "Not on track"), ("Met so far", "Not yet met"), ("Secure", "Emerging")])
def test_standards_with_two_columns_to_tick_keep_their_comments(heads: tuple[str, str]) -> None:
    top = tuple(cell(one, bold=True) for one in ("Standard", *heads, "Evidence"))
    ticks = (cell(p(Tick(ticked=True))), cell(p(Tick(ticked=False))))
    rows = tuple((cell(f"TS{n}"), *ticks, cell(p(a(f"Shown in week {n}.")))) for n in range(1, 9))
    for form in forms_of(Sketch("drawn", {}, [TITLE, BASICS, T((0.25, 0.1, 0.1, 0.55), (top, *rows))])):
        assert all(form.fields[f"standard_{n}"].value == f"Shown in week {n}." for n in range(1, 9))


def test_text_under_a_numbered_question_begins_like_another_heading() -> None:
    answer = "Evidence: lesson observation 12/11, work scrutiny."
    box = T((1.0,), ((cell(p(a(answer)), p(a("Books show it."))),),))
    for form in forms_of(Sketch("drawn", {}, [TITLE, BASICS, p("4. What are the ECT’s strengths?"), box])):
        assert form.fields["strengths"].value == f"{answer}\nBooks show it."


def test_standards_asked_one_after_the_other_have_texts_of_their_own() -> None:
    texts = {number: f"Shown in week {number}." for number in range(1, 9)}
    rows = tuple((cell(f"TS{number}"), cell(p(a(text)))) for number, text in texts.items())
    for form in forms_of(Sketch("drawn", {}, [TITLE, BASICS, T((0.2, 0.8), rows)])):
        assert all(form.fields[f"standard_{number}"].value == text for number, text in texts.items())


def test_text_of_a_row_goes_on_in_the_same_column_of_the_next_page() -> None:
    heads = tuple(cell(one, bold=True) for one in ("Standard", "On track", "Not on track", "Evidence"))
    widths = (0.25, 0.1, 0.1, 0.55)
    rows = [
        (cell(f"TS{n}"), cell(p(Tick(ticked=True))), cell(p(Tick(ticked=False))), cell(p(a(f"Shown in week {n}."))))
        for n in range(1, 9)
    ]
    further = (cell(""), cell(""), cell(""), cell(p(a("It was seen again in May."))))
    sketch = Sketch("drawn", {}, [TITLE, BASICS, T(widths, (heads, *rows)), NewPage(), T(widths, (further,))])
    answer = choose.read(to_pdf(sketch), "paper", shown=False)
    assert isinstance(answer, ReadFile)
    assert str(answer.papers[0].form.fields["standard_8"].value).split("\n") == [
        "Shown in week 8.",
        "It was seen again in May.",
    ]


def test_heading_that_runs_on_every_page_starts_no_other_paper() -> None:
    signatures = T((0.25, 0.25, 0.25, 0.25), (
        tuple(cell(one, bold=True) for one in ("", "Name", "Signature", "Date")), (cell("ECT"), cell(p(a("Miss Orla Yardley"))), cell(""), cell(p(a("12/12/2024")))),
    ))  # fmt: skip
    sketch = Sketch(
        "drawn",
        {},
        [TITLE, BASICS, NewPage(), p("ECT’s comments"), p(a("I agree.")), signatures],
        header="ECT formal assessment 2024/25",
    )
    first, second = forms_of(sketch)
    for form in (first, second):
        assert form.fields["ect_signed_name"].value == "Orla Yardley"
        assert form.fields["trn"].value == "1234567"
