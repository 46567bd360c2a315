"""How words look on a scan: bold, accented, written by hand; and what is doubted because of it."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parsers import scan
from parsers.scan.images import Picture
from parsers.scan.rules import struck_through
from parsers.scan.straight import Pixels
from parsers.tokens import Token
from tests.support import scans

TEXT = "The next step is to check understanding before moving on with the class"


def read(*lines: tuple[str, int], size: int = 34) -> dict[str, Token]:
    """The tokens of a page with these lines, each with the weight of its strokes."""
    image = Image.new("L", scans.SIZE, 255)
    draw = ImageDraw.Draw(image)
    for number, (line, weight) in enumerate([*lines, (TEXT, 0), (TEXT, 0)]):
        draw.text((180, 200 + 90 * number), line, font=scans.font(size), fill=0, stroke_width=weight)
    sheet = scan.read_images([Picture(np.array(image, np.uint8), 200.0)])
    return {token.text: token for token in sheet.tokens}


def test_bold_words_are_told_from_the_others() -> None:
    tokens = read(("School", 1), ("Brackenhurst Community College", 0))
    assert tokens["School"].bold
    assert not any(token.bold for text, token in tokens.items() if text != "School")


@pytest.mark.parametrize("name", ["Çelik", "Muñoz", "Zoë", "Renée"])
def test_word_with_an_accent_is_doubted(name: str) -> None:
    tokens = read((name, 0), ("Brightwater", 0), size=44)
    (read_as,) = (token for text, token in tokens.items() if token.box.top < 90)
    assert read_as.confidence < 0.8 or read_as.text == name


def test_dots_and_quotes_are_no_accents() -> None:
    tokens = read(("Jiji Hitchin (assisting) O'Neill; Philippi: Finis!", 0), ("Justin", 0))
    assert tokens["Justin"].confidence > 0.8
    assert tokens["Hitchin"].confidence > 0.8


def ink_of(text: str, *, struck: bool, size: int = 34) -> Pixels:
    image = Image.new("L", (600, 80), 0)
    draw = ImageDraw.Draw(image)
    draw.text((20, 20), text, font=scans.font(size), fill=255)
    left, top, right, bottom = (round(edge) for edge in draw.textbbox((20, 20), text, font=scans.font(size)))
    if struck:
        draw.line((left - 2, (top + bottom) // 2 + 2, right + 2, (top + bottom) // 2 + 2), fill=255, width=3)
    return np.where(np.array(image)[top:bottom, left - 2 : right + 3] > 120, 255, 0).astype(np.uint8)


@pytest.mark.parametrize("text", ["Part time", "FT", "Yes", "performed"])
def test_line_through_a_word_strikes_it(text: str) -> None:
    assert struck_through(ink_of(text, struck=True)) is not None
    assert struck_through(ink_of(text, struck=False)) is None


@pytest.mark.parametrize(
    "text", ["1234567", "THE", "EFFECT", "HEE", "little", "effect", "-------", "A", "==", "12/34567", "BEHALF"]
)
def test_letters_with_bars_are_not_struck(text: str) -> None:
    assert struck_through(ink_of(text, struck=False)) is None
