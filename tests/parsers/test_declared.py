"""Whose a value is that rows, columns and declarations say: totals, the school left and joined, who declares."""

import pytest

from parsers import choose
from parsers.forms import ExtractedForm, ReadFile, Status
from parsers.layout.blocks import join
from parsers.tokens import Box, Token
from tests.support.papers_docx import to_docx
from tests.support.papers_model import Block, Gap, Run, Sketch, T, Tick, a, cell, p
from tests.support.papers_pdf import to_pdf


def read_one(title: str, *blocks: Block) -> list[ExtractedForm]:
    """A form of another title, as Word file and as PDF."""
    forms = []
    for content in (
        to_docx(Sketch("drawn", {}, [p(title, heading=1), *blocks])),
        to_pdf(Sketch("drawn", {}, [p(title, heading=1), *blocks])),
    ):
        answer = choose.read(content, "paper", shown=False)
        assert isinstance(answer, ReadFile)
        forms.append(answer.papers[0].form)
    return forms


def _pairs(*pairs: tuple[str, str]) -> T:
    return T((0.5, 0.5), tuple((cell(label), cell(p(a(value)))) for label, value in pairs))


def test_total_of_a_row_of_terms_counts_and_no_single_term() -> None:
    heads = tuple(cell(one, bold=True) for one in ("", "Term 4", "Term 5", "Term 6", "Total for this period"))
    row = (cell("Days absent"), *(cell(p(a(one))) for one in ("0", "2.5", "1", "3.5")))
    details = _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"))
    for form in read_one("Final assessment (end of induction)", details, T((0.2,) * 5, (heads, row))):
        assert form.fields["days_absent"].value == "3.5"


def test_plain_total_of_a_row_of_terms_is_for_a_person_to_check() -> None:
    heads = tuple(cell(one, bold=True) for one in ("", "Term 4", "Term 5", "Term 6", "Total"))
    row = (cell("Days absent"), *(cell(p(a(one))) for one in ("0", "2.5", "1", "3.5")))
    details = _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"))
    for form in read_one("Final assessment (end of induction)", details, T((0.2,) * 5, (heads, row))):
        assert form.fields["days_absent"].status is Status.CHECK


@pytest.mark.parametrize(
    "heads", [("Current school", "New school"), ("Leaving", "Joining"), ("Present school", "Receiving school")]
)
def test_columns_of_two_schools_give_the_one_that_is_left_and_the_name_of_the_other(heads: tuple[str, str]) -> None:
    rows = ((cell(""), *(cell(one, bold=True) for one in heads)),
            (cell("School"), cell(p(a("Fernhill Academy"))), cell(p(a("Linden High School")))),
            (cell("Headteacher"), cell(p(a("Maeve Smith"))), cell(p(a("Una Holt")))))  # fmt: skip
    details = _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("Leaving date", "12 December 2024"))
    for form in read_one("ECT leaver and transfer form", details, T((0.3, 0.35, 0.35), rows)):
        assert form.fields["school_name"].value == "Fernhill Academy"
        assert form.fields["next_school"].value == "Linden High School"
        assert form.fields["headteacher_name"].value == "Maeve Smith"


def test_role_given_as_an_answer_makes_nobody_a_signatory() -> None:
    line = p(
        "Form completed by: ", a("Una Holt"), Gap(), "Role: ", a("Induction tutor"), Gap(), "Date: ", a("12 December 2024")
    )
    for form in read_one(
        "ECT progress review form", _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("Days absent", "2")), line
    ):
        assert "tutor_signed_on" not in form.fields


def test_name_below_a_declaration_is_that_of_who_declares() -> None:
    details = _pairs(("First name", "Orla"), ("Surname", "Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"),
                     ("Induction start date", "4 September 2024"), ("QTS award date", "1 July 2024"))  # fmt: skip
    line = p("Name: ", a("Maeve Smith"), Gap(), "Signature: ", Gap(), "Date: ", a("12 December 2024"))
    for form in read_one("ECT registration form", details, p("Headteacher declaration", heading=2), line):
        assert form.fields["ect_name"].value == "Orla Yardley"
        assert form.fields["head_signed_name"].value == "Maeve Smith"
        assert form.fields["head_signed_on"].value == "2024-12-12"


def test_registration_judges_nobody() -> None:
    details = _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"),
                     ("First day of induction at this school", "4 September 2024"), ("QTS award date", "1 July 2024"))  # fmt: skip
    tick = p(Tick(ticked=True), " the post meets the requirements of the statutory guidance")
    for form in read_one("ECT registration form", details, tick):
        assert "judgement" not in form.fields
        assert form.fields["induction_start"].value == "2024-09-04"


def test_name_under_the_place_for_a_signature_is_the_signatorys() -> None:
    details = _pairs(
        ("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"), ("Leaving date", "1 July 2024")
    )
    rows = (
        (cell("Signature of headteacher"), cell(p("Date: ", a("12 December 2024")))),
        (cell(p("Print name: ", a("Maeve Smith"))), cell("")),
    )
    for form in read_one("ECT leaver form", details, T((0.6, 0.4), rows)):
        assert form.fields["head_signed_name"].value == "Maeve Smith"
        assert form.fields["ect_name"].status is Status.CLEAR


def test_term_is_ticked_and_a_label_behind_an_option_is_a_label() -> None:
    details = _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"))
    term = p("Review at the end of: ", Tick(ticked=False), " Term 1", Gap(), Tick(ticked=True), " Term 2")
    works = p(
        "The teacher works ", Tick(ticked=False), " full-time ", Tick(ticked=True), " part-time; FTE if part-time: ", a("0.7")
    )
    for form in read_one("ECT progress review form", details, term, works):
        assert form.fields["term_number"].value == "2"
        assert form.fields["working_pattern"].value == "part_time"
        assert form.fields["fte"].value == "0.7"


def test_struck_option_is_seen_before_the_remark_that_asks_to_delete() -> None:
    details = _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"))
    line = p("This post is: ", Run("full-time", struck=True), " / ", Run("part-time"), " (delete as appropriate)")
    for form in read_one("ECT progress review form", details, line):
        assert form.fields["working_pattern"].value == "part_time"


def test_answer_under_two_open_labels_is_for_a_person_to_check() -> None:
    details = _pairs(("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School name", "Fernhill Academy"))
    labels = p("Period start: ", Gap(290.0), "Period end: ")
    for form in read_one("ECT progress review form", details, labels, p(a("17 December 2023"))):
        assert form.fields["period_start"].status is not Status.CLEAR


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (["Brook", "Lane", "Pre-|", "School"], "Brook Lane Pre-School"),
        (["Brook", "Lane", "–|", "Infants"], "Brook Lane – Infants"),
        (["weeks", "2-|", "4"], "weeks 2- 4"),
        (["Pre-", "School"], "Pre- School"),
    ],
)
def test_word_with_a_hyphen_goes_on_in_the_next_line(words: list[str], whole: str) -> None:
    tokens, line = [], 0
    for order, word in enumerate(words):
        tokens.append(Token(word.rstrip("|"), Box(1, 0, 0, 1, 1), order, line, 0))
        line += word.endswith("|")
    assert join(tokens) == whole
