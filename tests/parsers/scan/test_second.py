"""The second, close reading of one place."""

import pytest

from parsers.scan.second import DATES, DIGITS, read_crop
from parsers.tokens import Box
from tests.support import scans

POINT = 72 / scans.DPI


def place(row: int) -> Box:
    top = (300 + 70 * row + 8) * POINT
    return Box(1, 705 * POINT, top, 1100 * POINT, top + 54 * POINT)


def test_number_is_read_again_from_its_place() -> None:
    crop = read_crop(scans.form(), place(1), DIGITS)
    assert crop.text == "1234567"
    assert crop.confidence > 0.8


def test_date_is_read_again_from_its_place() -> None:
    assert read_crop(scans.form(), place(2), DATES).text == "16/07/1996"


def test_only_letters_of_the_alphabet_given_are_read() -> None:
    assert set(read_crop(scans.form(), place(0), DIGITS).text) <= set(DIGITS + " ")


@pytest.mark.parametrize("box", [Box(1, 700, 900, 800, 950), Box(1, 10, 10, 10.5, 10.5)])
def test_place_outside_the_page_or_too_small_gives_nothing(box: Box) -> None:
    assert read_crop(scans.form(), box).text == ""


def test_empty_place_gives_nothing() -> None:
    assert read_crop(scans.form(), place(5)).text == ""
