"""A yes and a no with boxes in cells of their own, and lines to sign on with the roles under them."""

import pytest

from parsers.forms import ExtractedForm, Status
from tests.parsers.test_misplaced import FACTS, REVIEW, forms_of, table
from tests.support.papers_model import P, T, a, cell, p

QUESTION = "Is the ECT on track?"


def answered(*cells: str) -> list[ExtractedForm]:
    row = tuple(cell(text) for text in (QUESTION, *cells))
    return forms_of(REVIEW, table(*FACTS), T((0.5, *[0.5 / len(cells)] * len(cells)), (row,)))


@pytest.mark.parametrize(
    ("cells", "on_track"),
    [
        (("Yes", "X", "No", ""), True),
        (("Yes", "", "No", "X"), False),
        (("Yes", "X", "No", "Enter text"), True),
        (("X", "Yes", "", "No"), True),
        (("", "Yes", "X", "No"), False),
        (("X", "No", "", "Yes"), False),
    ],
)
def test_cross_chooses_the_answer_on_the_side_where_all_boxes_stand(cells: tuple[str, ...], on_track: bool) -> None:
    for form in answered(*cells):
        assert (form.fields["on_track"].value, form.fields["on_track"].status) == (on_track, Status.CLEAR)


@pytest.mark.parametrize("cells", [("Yes", "X", "No"), ("Yes", "No", "X"), ("X", "Yes", "No")])
def test_lone_box_of_a_yes_and_a_no_is_to_check(cells: tuple[str, ...]) -> None:
    for form in answered(*cells):
        assert (form.fields["on_track"].value, form.fields["on_track"].status) == (None, Status.CHECK)


def signed(name: str, day: str) -> P:
    return p("Signed: ", a(name), "   Date: ", a(day))


HEADING = p("Signatures", bold=True)
ECT, TUTOR, HEAD = signed("O Yardley", "12/12/2025"), signed("T Holt", "13/12/2025"), signed("A Finch", "14/12/2025")


@pytest.mark.parametrize(
    "lines",
    [
        (ECT, p("(ECT)"), TUTOR, p("(Induction tutor)"), HEAD, p("(Headteacher)")),
        (ECT, p("Early career teacher"), TUTOR, p("Induction tutor"), HEAD, p("Headteacher")),
        (HEADING, p("(Early career teacher)"), ECT, p("(Induction tutor)"), TUTOR, p("(Headteacher)"), HEAD),
        (HEADING, p("Early career teacher"), ECT, p("Induction tutor"), TUTOR, p("Headteacher"), HEAD),
    ],
)
def test_role_over_or_under_a_line_to_sign_on_says_whose_it_is(lines: tuple[P, ...]) -> None:
    for form in forms_of(REVIEW, table(*FACTS), *lines):
        days = {key: form.fields[key].value for key in ("ect_signed_on", "tutor_signed_on", "head_signed_on")}
        assert days == {"ect_signed_on": "2025-12-12", "tutor_signed_on": "2025-12-13", "head_signed_on": "2025-12-14"}
        names = [form.fields[f"{who}_signed_name"].value for who in ("ect", "tutor", "head")]
        assert names == ["O Yardley", "T Holt", "A Finch"]
