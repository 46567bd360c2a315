"""Handwriting is known by its looks and never taken as it stands."""

from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parsers import scan
from parsers.choose import read
from parsers.forms import ReadFile, Status
from parsers.scan.hand import HAND
from parsers.scan.images import Picture
from parsers.tokens import Token
from tests.support import scans

LABELS = (
    "Full name",
    "Teacher reference number",
    "Date of birth",
    "Name of school",
    "Days absent",
    "Induction tutor",
    "Headteacher",
)
ANSWERS = ("HANNAH BRIGHTWATER", "0498351", "2 JUNE 1976", "BRACKEN HURST ACADEMY", "29", "KATRIN WHITFELD", "EMMA HARTLAND")


def by_hand(draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, rng: Random) -> None:
    """One letter after the other, none at quite the height of the one before."""
    x, y = place
    for letter in text:
        draw.text((x, y + rng.choice((-2, -1, 0, 1, 2))), letter, font=scans.accented_font(28), fill=30)
        x += round(scans.accented_font(28).getlength(letter)) + rng.choice((1, 2, 3))


def page(written: set[int]) -> scans.Pixels:
    image = Image.new("L", scans.SIZE, 255)
    draw = ImageDraw.Draw(image)
    rng = Random(4)
    draw.text((180, 140), "Progress review of an early career teacher", font=scans.font(40), fill=0)
    for number, (label, answer) in enumerate(zip(LABELS, ANSWERS, strict=True)):
        top = 300 + 70 * number
        draw.rectangle((170, top, 700, top + 70), outline=0, width=2)
        draw.rectangle((700, top, 1480, top + 70), outline=0, width=2)
        draw.text((185, top + 18), label, font=scans.font(30), fill=0)
        if number in written:
            by_hand(draw, (715, top + 18), answer, rng)
        else:
            draw.text((715, top + 18), answer, font=scans.accented_font(28), fill=0)
    return scans.grainy(np.asarray(image, np.uint8))


def tokens(written: set[int]) -> tuple[Token, ...]:
    return scan.read_images([Picture(page(written), float(scans.DPI))]).tokens


def test_answers_by_hand_are_doubted_and_what_is_printed_is_not() -> None:
    read_ = tokens(set(range(len(ANSWERS))))
    answers = [one for one in read_ if one.cell is not None and one.box.x0 > 252]
    labels = [one for one in read_ if one.box.x0 <= 252]
    assert len(answers) >= len(ANSWERS)
    assert all(one.doubt == HAND for one in answers)
    assert sum(bool(one.doubt) for one in labels) <= 3  # What stands in a short line alone may be print or not.


def test_printed_page_holds_no_handwriting() -> None:
    assert not any(one.doubt for one in tokens(set()))


@pytest.mark.parametrize("written", [{0, 1, 2, 3, 4, 5, 6}, {0, 3, 5}])
def test_no_value_by_hand_is_clear(written: set[int]) -> None:
    answer = read(scans.file(page(written)), "scan.png")
    assert isinstance(answer, ReadFile)
    keys = ("ect_name", "trn", "date_of_birth", "school_name", "days_absent", "induction_tutor_name", "headteacher_name")
    fields = answer.papers[0].form.fields
    assert set(keys) <= set(fields)
    for number, key in enumerate(keys):
        if number in written:
            assert fields[key].status is not Status.CLEAR
    if len(written) < len(keys):
        assert any(fields[key].status is Status.CLEAR for number, key in enumerate(keys) if number not in written)
