"""Tick boxes by ink: found among letters and table lines, ticked by whatever a pen leaves in them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parsers.scan.marks import find_tick_boxes
from parsers.scan.straight import Pixels
from tests.support import scans


def drawn(*strokes: tuple[int, int, int, int], side: int = 26, word: str = "") -> Pixels:
    """Ink of one box at (100, 100) with strokes in or across it, and a word."""
    image = Image.new("L", (400, 300), 0)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 100, 100 + side, 100 + side), outline=255, width=2)
    for stroke in strokes:
        draw.line(stroke, fill=255, width=3)
    draw.text((150, 98), word, font=scans.font(30), fill=255)
    return np.where(np.array(image) > 120, 255, 0).astype(np.uint8)


@pytest.mark.parametrize("side", [17, 26, 40, 60])
def test_empty_box_is_found_at_any_usual_size(side: int) -> None:
    (box,) = find_tick_boxes(drawn(side=side), 22)
    assert (box.left, box.top, box.ticked) == (100, 100, False)
    assert box.right - box.left == pytest.approx(side, abs=2)


@pytest.mark.parametrize(
    "strokes",
    [
        [(104, 104, 122, 122), (122, 104, 104, 122)],
        [(104, 114, 112, 122), (112, 122, 122, 104)],
        [(98, 110, 110, 124), (110, 124, 138, 86)],
        [(94, 94, 134, 134), (134, 94, 94, 134)],
        [(104, 113, 122, 113)],
    ],
    ids=["X", "tick", "tick that leaves the box", "X that leaves the box", "dash"],
)
def test_box_with_pen_strokes_is_ticked(strokes: list[tuple[int, int, int, int]]) -> None:
    (box,) = find_tick_boxes(drawn(*strokes), 22)
    assert box.ticked is True


def test_box_with_a_speck_is_left_to_a_person() -> None:
    ink = drawn()
    ink[111:115, 111:115] = 255
    (box,) = find_tick_boxes(ink, 22)
    assert box.ticked is None


@pytest.mark.parametrize("size", [24, 30, 44])
def test_letters_and_figures_are_no_boxes(size: int) -> None:
    image = Image.new("L", (1600, 200), 0)
    ImageDraw.Draw(image).text((20, 40), "DOB 08/00/1998 NQT ECT BOOK OQO Q E H 0 O D B 8", font=scans.font(size), fill=255)
    ink = np.where(np.array(image) > 120, 255, 0).astype(np.uint8)
    assert find_tick_boxes(ink, size * 0.72) == []


def test_cells_of_a_table_are_no_boxes() -> None:
    image = Image.new("L", (600, 400), 0)
    draw = ImageDraw.Draw(image)
    for step in range(6):
        draw.line((100, 100 + 40 * step, 300, 100 + 40 * step), fill=255, width=2)
        draw.line((100 + 40 * step, 100, 100 + 40 * step, 300), fill=255, width=2)
    assert find_tick_boxes(np.array(image, np.uint8), 22) == []
