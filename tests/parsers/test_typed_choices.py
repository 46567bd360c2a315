"""Choices typed in words: crosses behind statements, a yes or a no that says more, questions left open."""

import pytest

from parsers import choose
from parsers.forms import ReadFile, Status
from tests.support.drawn import BASICS, read_all, read_bare
from tests.support.papers_model import Sketch, T, a, cell, p
from tests.support.unseen.word import to_word

_OUTCOMES = ("Satisfactory: induction complete", "Not satisfactory", "Extension recommended")


def test_cross_typed_behind_a_statement_chooses_it() -> None:
    crosses = ("", "X", "")
    lines = [p(f"{words}: ", a(cross)) for words, cross in zip(_OUTCOMES, crosses, strict=True)]
    over = T((0.33, 0.33, 0.34), (tuple(cell(one) for one in _OUTCOMES), tuple(cell(p(a(one))) for one in crosses)))
    within = T((0.33, 0.33, 0.34), (tuple(cell(p(f"{one}: ", a(x))) for one, x in zip(_OUTCOMES, crosses, strict=True)),))
    for block in (lines, [over], [within]):
        for form in read_bare(
            "Final assessment report", BASICS, p("Recommendation (put a cross under one)", bold=True), *block
        ):
            assert form.fields["judgement"].value == "unsatisfactory"


def test_bold_statement_is_not_chosen_where_another_has_a_cross() -> None:
    lines = (p("on track to complete induction:", a(" X"), bold=True), p("not on track to complete induction:", bold=True))
    for form in read_all("ECT progress review", p("At present the ECT is (put X in one box):"), *lines):
        assert form.fields["on_track"].value is True


def test_statements_without_a_cross_say_nothing() -> None:
    lines = [p(f"{words}:") for words in _OUTCOMES]
    for form in read_all("Final assessment report", p("Recommendation", bold=True), *lines):
        assert "judgement" not in form.fields or form.fields["judgement"].value is None


@pytest.mark.parametrize(
    ("answer", "value"), [("Yes - with support", True), ("Yes, apart from standard 5", True), ("Not yet", False), ("No, not at present", False)]
)  # fmt: skip
def test_yes_or_no_that_says_more_is_for_a_person(answer: str, value: bool) -> None:
    question = "Is the ECT on track to complete induction?"
    for block in (T((0.6, 0.4), ((cell(question), cell(p(a(answer)))),)), p(f"{question} ", a(answer))):
        for form in read_all("ECT progress review", block):
            assert (form.fields["on_track"].value, form.fields["on_track"].status) == (value, Status.CHECK)


def test_bare_yes_is_sure() -> None:
    block = T((0.6, 0.4), ((cell("Is the ECT on track to complete induction?"), cell(p(a("Yes")))),))
    for form in read_bare(
        "ECT progress review", BASICS, T((0.3, 0.7), ((cell("School"), cell(p(a("Fernhill Academy")))),)), block
    ):
        assert form.fields["on_track"].value is True


def test_question_left_open_among_crosses_in_columns_is_not_answered() -> None:
    asked = (
        "Has the ECT received all statutory entitlements?",
        "Is the ECT on track to complete induction?",
        "Will the ECT stay at this school next term?",
    )
    answers = (("X", ""), ("", ""), ("X", ""))
    rows = tuple((cell(question), *(cell(p(a(one))) for one in pair)) for question, pair in zip(asked, answers, strict=True))
    table = T((0.7, 0.15, 0.15), ((cell("Please answer every question"), cell("Yes"), cell("No")), *rows))
    sketch = Sketch("drawn", {}, [p("ECT progress review", heading=1), BASICS, table])
    for how in ("typed", "controls", "legacy"):
        answer = choose.read(to_word(sketch, how), "paper", shown=False)
        assert isinstance(answer, ReadFile)
        fields = answer.papers[0].form.fields
        assert fields["on_track"].value is None
        assert (fields["support_confirmed"].value, fields["remaining_at_school"].value) == (True, True)
