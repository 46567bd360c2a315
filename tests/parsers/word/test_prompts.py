"""Which words ask for an answer."""

import pytest

from parsers.word.prompts import asks, is_no_choice, is_stock_prompt


@pytest.mark.parametrize(
    "text",
    [
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
        "Choose an item.",
        "Tap or click here to enter text",
        " Click  or tap here to enter text. ",
    ],
)
def test_stock_prompts(text: str) -> None:
    assert is_stock_prompt(text)


@pytest.mark.parametrize(
    "text",
    ["Click", "Choose an item from the list", "Ada Quill", "", "Pupils click or tap here to enter text in Logo lessons."],
)
def test_answers_are_no_prompts(text: str) -> None:
    assert not is_stock_prompt(text)


@pytest.mark.parametrize("text", ["[Enter name]", "Please type here", "DD/MM/YYYY", "Select term", "<insert school>"])
def test_wordings_that_ask(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["Ada Quill", "05/09/2024", "St Werburga's", "Yes"])
def test_wordings_that_answer(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    ("text", "empty"), [("", True), ("---", True), ("Select one", True), ("Choose", True), ("Final", False)]
)
def test_entries_that_choose_nothing(text: str, empty: bool) -> None:
    assert is_no_choice(text) is empty
