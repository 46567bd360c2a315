"""Two readings of one place, and what is made of them."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parsers.scan.again import Pages, bare, doubtful, folded, read_again
from parsers.scan.second import SecondEngine
from parsers.tokens import Box, Mark, Page, Sheet, Token
from tests.support import scans

POINT = 72 / scans.DPI


@pytest.fixture(scope="module")
def engine() -> SecondEngine:
    return SecondEngine()


def written(text: str) -> tuple[Sheet, Pages]:
    """A page with one line, and its words as tokens in their places."""
    image = Image.new("L", scans.SIZE, 250)
    ImageDraw.Draw(image).text((200, 300), text, font=scans.accented_font(30), fill=0)
    tokens, start = [], 0
    for order, word in enumerate(text.split()):
        start = text.index(word, start)
        left = 200 + scans.accented_font(30).getlength(text[:start])
        right = left + scans.accented_font(30).getlength(word)
        start += len(word)
        box = Box(1, left * POINT, 300 * POINT, right * POINT, 338 * POINT)
        tokens.append(Token(word, box, order, 0, 0, cell=4, confidence=0.9))
    return Sheet("scan", (Page(1, 595, 842, source="ocr"),), tuple(tokens)), {1: scans.grainy(np.asarray(image, np.uint8))}


def misread(sheet: Sheet, *texts: str) -> Sheet:
    return replace(sheet, tokens=tuple(replace(one, text=text) for one, text in zip(sheet.tokens, texts, strict=True)))


def again(sheet: Sheet, pages: Pages, engine: SecondEngine) -> list[tuple[str, bool | None]]:
    read = read_again(sheet, {one.order for one in sheet.tokens}, pages, engine)
    assert [one.order for one in read.tokens] == list(range(len(read.tokens)))
    assert all(one.cell == 4 for one in read.tokens)
    return [(one.text, one.seconded) for one in read.tokens]


def test_what_both_read_is_surer_than_before(engine: SecondEngine) -> None:
    sheet, pages = written("16 July 1996")
    read = read_again(sheet, {0, 1, 2}, pages, engine)
    assert [(one.text, one.seconded) for one in read.tokens] == [("16", True), ("July", True), ("1996", True)]
    assert all(one.confidence > 0.98 for one in read.tokens)


def test_only_the_words_that_were_asked_for_are_read(engine: SecondEngine) -> None:
    sheet, pages = written("16 July 1996")
    assert [one.seconded for one in read_again(sheet, {1}, pages, engine).tokens] == [None, True, None]


def test_accents_come_from_the_second_engine_and_a_person_looks(engine: SecondEngine) -> None:
    sheet, pages = written("Dilys Castañeda")
    assert again(misread(sheet, "Dilys", "Castafieda"), pages, engine) == [("Dilys", True), ("Castañeda", False)]


def test_a_figure_read_differently_is_never_sure(engine: SecondEngine) -> None:
    sheet, pages = written("1234567")
    (token,) = read_again(misread(sheet, "1284567"), {0}, pages, engine).tokens
    assert token.seconded is False
    assert token.confidence <= 0.7


@pytest.mark.parametrize(
    ("text", "first", "now"),
    [
        ("Monday 21st June", ("Monday", "21st", "June"), [("Monday", True), ("21st", True), ("June", True)]),
        ("Okonkwo", ("0konkwo",), [("Okonkwo", False)]),
        ("2½", ("2½",), [("2½", None)]),
        ("Lloyd", ("LLloyd",), [("LLloyd", False)]),
        ("Weald & Downs", ("Weald", "&", "Downs"), [("Weald", True), ("&", True), ("Downs", True)]),
    ],
)
def test_differences_that_mean_nothing(
    engine: SecondEngine, text: str, first: tuple[str, ...], now: list[tuple[str, bool | None]]
) -> None:
    sheet, pages = written(text)
    got = again(misread(sheet, *first), pages, engine)
    assert [(word, bool(seconded)) for word, seconded in got] == [(word, bool(seconded)) for word, seconded in now]


def test_space_that_one_engine_missed_is_put_in(engine: SecondEngine) -> None:
    sheet, pages = written("Date of birth")
    joined = replace(
        sheet,
        tokens=(sheet.tokens[0], replace(sheet.tokens[1], text="ofbirth", box=sheet.tokens[1].box.around(sheet.tokens[2].box))),
        marks=(Mark(Box(1, 500, 300, 510, 310), True, "ink", 7, 1, 1),),
    )
    read = read_again(joined, {0, 1}, pages, engine)
    assert [one.text for one in read.tokens] == ["Date", "of", "birth"]
    assert [one.order for one in read.tokens] == [0, 1, 2]
    assert [one.order for one in read.marks] == [3]
    assert [one.seconded for one in read.tokens][1:] == [False, False]


def test_struck_words_and_pages_that_are_not_there_are_left_alone(engine: SecondEngine) -> None:
    sheet, pages = written("Part time")
    struck = replace(sheet, tokens=tuple(replace(one, struck=True) for one in sheet.tokens))
    assert read_again(struck, {0, 1}, pages, engine) == struck
    assert read_again(sheet, {0, 1}, {}, engine) == sheet


def test_doubtful_words_are_those_the_engine_was_not_sure_of() -> None:
    sheet, _ = written("Full name :")
    unsure = replace(sheet, tokens=tuple(replace(one, confidence=0.5) for one in sheet.tokens))
    assert doubtful(sheet, 0.88) == set()
    assert doubtful(unsure, 0.88) == {0, 1}


def test_what_readings_may_differ_in() -> None:
    assert folded(["St", "Oswin’s"]) == folded(["ST Oswin's"])
    assert folded(["15"]) != folded(["16"])
    assert bare("Łukasz Sørensen, Żurawska, Zoë") == "Lukasz Sorensen, Zurawska, Zoe"
