"""Closing words of a form belong to no answer; sentences of teachers that share words with them do."""

import pytest

from parsers.layout.closing import speaks_of_itself
from tests.parsers.test_misplaced import FACTS, REVIEW, forms_of, table
from tests.support.papers_model import a, p

CLOSING = [
    "This content is created by the owner of the form. The data you submit will be sent to the form owner.",
    "Please return this form to induction@hub.example by the end of term.",
    "Once signed, the completed form should be sent to the appropriate body.",
    "This form will be stored in line with our privacy notice.",
    "The personal data on this form is processed by the council.",
]
WRITTEN = [
    "This half term I have taught data handling to Year 5.",
    "Please see my evidence folder for the lesson plans.",
    "The data from the December assessment shows that most of the class read well.",
    "Before the next review she should keep a record of what was done in form time.",
    "All data is used to plan the next lesson.",
    "The information she shares with parents is clear.",
    "Data protection training is booked for March, and GDPR training for June.",
]


@pytest.mark.parametrize(("text", "closing"), [*((one, True) for one in CLOSING), *((one, False) for one in WRITTEN)])
def test_what_becomes_of_the_paper_is_told_from_what_was_written_on_it(text: str, closing: bool) -> None:
    assert speaks_of_itself(text) is closing


@pytest.mark.parametrize("text", CLOSING)
def test_answer_above_the_closing_words_ends_before_them(text: str) -> None:
    answer = "I have enjoyed this term."
    for form in forms_of(REVIEW, table(*FACTS), p("ECT comments", bold=True), p(a(answer)), p(text)):
        assert form.fields["ect_comments"].value == answer


def test_answer_goes_on_in_paragraphs_of_its_own() -> None:
    for form in forms_of(REVIEW, table(*FACTS), p("ECT comments", bold=True), *(p(a(one)) for one in WRITTEN[:3])):
        assert form.fields["ect_comments"].value == "\n".join(WRITTEN[:3])
