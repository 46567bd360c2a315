"""Reads one picture of a page: straightened, its lines and tick boxes found by ink, its words by OCR, all put in order.

The order, the cells and the lines of text come from the same code as those of a PDF, which knows nothing of pictures.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from parsers.forms import PageImage
from parsers.pdf.cells import GridCell, Grids, find_grids
from parsers.pdf.drawings import Drawings, Line
from parsers.pdf.lines import Placed, arranged
from parsers.pdf.looks import Look
from parsers.pdf.page import cell_around, parents_of
from parsers.pdf.prompts import mark_prompts
from parsers.pdf.words import Word
from parsers.scan.accents import accented
from parsers.scan.bold import bold_words
from parsers.scan.cells import missed_words
from parsers.scan.clean import cleaned
from parsers.scan.hand import doubted
from parsers.scan.images import Picture
from parsers.scan.looks import Page, looks_of, shade_of
from parsers.scan.marks import TickBox, find_tick_boxes
from parsers.scan.rules import Rules, Stroke, find_rules, wiped
from parsers.scan.straight import DPI, Pixels, Straight, ink, letters_only, pieces, straighten, turned_over
from parsers.scan.unread import beside_unread
from parsers.scan.words import Engine, Seen

POINT = 72 / DPI
"""Points a pixel of a straightened page."""
_VIEWING_DPI = 110
_PAPER = 250
_ENOUGH_WORDS, _SENSIBLE = 10, 0.75
_STRIP = 260
"""Pixels of height that hold five or six lines."""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page, in its own numbers: cells, lines and paragraphs count from 0 on each page."""

    straight: Straight
    placed: list[Placed]
    grids: Grids
    parents: list[int | None]
    shaded: list[bool]
    clean: Pixels
    """The page as the engine saw it: without lines and tick boxes."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a first reading of a straightened page gave."""

    letters: Pixels
    rules: Rules
    boxes: list[TickBox]
    clean: Pixels
    seen: list[Seen]


def read_page(picture: Picture, engine: Engine) -> ScannedPage:
    straight = straighten(picture.grey, picture.dpi)
    first = _first(straight, engine)
    # Most pages stand on their feet, and reading them is the test; a strip is tried the other way up only where it failed.
    if not _makes_sense(first.seen) and _upside_down(straight.grey, engine):
        straight = turned_over(straight)
        first = _first(straight, engine)
    letters, rules, boxes, clean = first.letters, first.rules, first.boxes, first.clean
    grids = find_grids(_drawings(rules, boxes))
    seen = cleaned(first.seen, letters, rules)
    seen += missed_words(clean, grids.cells, seen, boxes, engine)
    seen = cleaned(seen, letters, rules)
    page = Page(straight.grey, letters, letters & ~cv2.dilate(rules.mask, np.ones((3, 3), np.uint8)), clean, engine)
    seen = accented(doubted(seen, page.bare), page.bare)
    seen = beside_unread(seen, boxes, page.bare)
    bold = bold_words(seen, page.bare)
    words = [_word(*part) for one, is_bold in zip(seen, bold, strict=True) for part in looks_of(one, page, bold=is_bold)] + [
        _mark(box) for box in boxes
    ]
    parents = parents_of(grids.cells)
    shades = [_is_shaded(straight.grey, cell) for cell in grids.cells]
    for word in words:
        word.cell = cell_around(word, grids.cells)
        if word.cell is not None and shades[word.cell]:
            word.look &= ~Look.HIGHLIGHTED
    placed = arranged(words, grids.cells, parents)
    mark_prompts(placed)
    return ScannedPage(straight, placed, grids, parents, shades, clean)


def _first(straight: Straight, engine: Engine) -> _Read:
    letters = ink(straight.grey)
    rules = find_rules(letters)
    boxes = find_tick_boxes(letters, _text_height(letters & ~rules.mask))
    clean = _without(wiped(straight.grey, letters, rules.mask), boxes)
    return _Read(letters, rules, boxes, clean, engine.words(clean))


def _makes_sense(seen: list[Seen]) -> bool:
    sense, words = _sense(seen)
    return words >= _ENOUGH_WORDS and sense >= _SENSIBLE


def viewed(page: ScannedPage, number: int) -> PageImage:
    """The straightened page as people see it."""
    factor = _VIEWING_DPI / DPI
    small = cv2.resize(page.straight.grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    buffer = io.BytesIO()
    Image.fromarray(small).quantize(32).save(buffer, "PNG")
    return PageImage(number, buffer.getvalue(), _VIEWING_DPI / 72)


def _upside_down(grey: Pixels, engine: Engine) -> bool:
    """Read the strip with most ink both ways; the second reading is only done where the first made no sense."""
    strip = _densest(grey)
    if strip is None:
        return False
    sense, words = _sense(engine.words(strip))
    if words >= 4 and sense >= _SENSIBLE:
        return False
    other_sense, other_words = _sense(engine.words(np.ascontiguousarray(np.rot90(strip, 2))))
    return other_words >= 2 and other_sense * other_words**0.5 > 1.1 * sense * max(1, words) ** 0.5


def _densest(grey: Pixels) -> Pixels | None:
    half = cv2.resize(ink(grey), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    rows = (letters_only(np.asarray(half, np.uint8)) > 0).sum(axis=1).astype(np.float64)
    height = min(_STRIP // 2, len(rows))
    if not rows.any():
        return None
    top = 2 * int(np.convolve(rows, np.ones(height), "valid").argmax())
    return grey[top : top + _STRIP]


def _sense(seen: list[Seen]) -> tuple[float, int]:
    """Mean confidence of what could be words, and how many there are."""
    words = [one for one in seen if sum(character.isalnum() for character in one.text) >= 3]
    return (sum(one.confidence for one in words) / len(words) if words else 0.0), len(words)


def _text_height(letters: Pixels) -> float:
    """The usual height of letters without ascenders, turned into that of capitals."""
    _, facts = pieces(letters)
    heights, widths = facts[1:, cv2.CC_STAT_HEIGHT], facts[1:, cv2.CC_STAT_WIDTH]
    letters_only = heights[(heights >= 7) & (heights <= 60) & (widths >= 3) & (widths <= 60)]
    return float(np.median(letters_only)) * 1.3 if len(letters_only) >= 20 else 22.0


def _without(grey: Pixels, boxes: list[TickBox]) -> Pixels:
    """Tick boxes wiped, so that none is read as an O."""
    for box in boxes:
        grey[max(0, box.top - 3) : box.bottom + 3, max(0, box.left - 3) : box.right + 3] = _PAPER
    return grey


def _drawings(rules: Rules, boxes: list[TickBox]) -> Drawings:
    """The lines in points; the sides of tick boxes are none."""
    kept = [stroke for stroke in rules.drawn if not any(_side_of(stroke, box) for box in boxes)]
    return Drawings(
        lines=[
            Line(one.horizontal, one.at * POINT, one.start * POINT, one.end * POINT, one.thickness * POINT, (0, 0, 0))
            for one in kept
        ]
    )


def _side_of(stroke: Stroke, box: TickBox) -> bool:
    low, high, first, last = (
        (box.top, box.bottom, box.left, box.right) if stroke.horizontal else (box.left, box.right, box.top, box.bottom)
    )
    return low - 4 <= stroke.at <= high + 4 and first - 6 <= stroke.start and stroke.end <= last + 6


def _word(seen: Seen, look: int) -> Word:
    return Word(
        seen.text,
        seen.left * POINT,
        (seen.baseline - seen.rise) * POINT,
        seen.right * POINT,
        (seen.baseline + seen.drop) * POINT,
        look=look,
        confidence=seen.confidence,
        doubt=seen.doubt,
    )


def _mark(box: TickBox) -> Word:
    sign = {True: "☒", False: "☐", None: "?"}[box.ticked]
    edges = (box.left * POINT, box.top * POINT, box.right * POINT, box.bottom * POINT)
    return Word(sign, *edges, ticked=box.ticked, known_by="ink")


def _is_shaded(grey: Pixels, cell: GridCell) -> bool:
    margin = 5
    top, bottom = round(cell.top / POINT) + margin, round(cell.bottom / POINT) - margin
    left, right = round(cell.x0 / POINT) + margin, round(cell.x1 / POINT) - margin
    return shade_of(grey[max(0, top) : bottom, max(0, left) : right])
