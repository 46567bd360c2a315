"""A second look into cells that hold ink but no word: a lone X, a tick by hand, a short number the page's reading missed."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from parsers.pdf.cells import GridCell
from parsers.scan.marks import TickBox
from parsers.scan.straight import DPI, Pixels
from parsers.scan.words import Engine, Seen, moved

_PIXELS_A_POINT = DPI / 72
_MARGIN = 5
_LEAST_INK = 25
"""Pixels of ink; dust has less."""
_LEAST_HEIGHT = 9
_MOST_CELLS = 80
_MOST_LOOKS, _MOST_WORDS, _SURE = 30, 8, 0.88
_POOR, _DISPUTED = 0.6, 0.5
_AROUND = 6
_ONE_LINE = 45
_TICK_LIKE = frozenset({"v", "V", "/", "\\", "¥", "Y", "y", "√", "J", "j", "W", "w", "<"})


def missed_words(
    clean: Pixels, cells: tuple[GridCell, ...], seen: list[Seen], boxes: list[TickBox], engine: Engine
) -> list[Seen]:
    """Words in cells without one. A lone stroke that is no letter comes as a tick sign."""
    found: list[Seen] = []
    line = 1 + max((one.line for one in seen), default=0)
    for cell in _silent(cells, seen, boxes)[:_MOST_CELLS]:
        line += 1
        edges = _edges(cell)
        part = clean[edges[1] : edges[3], edges[0] : edges[2]]
        held = _ink_box(part)
        if held is not None:
            box = (edges[0] + held[0], edges[1] + held[1], edges[0] + held[2], edges[1] + held[3])
            found += [replace(one, line=line) for one in _read(clean, box, engine)]
    return found


def read_closely(clean: Pixels, cells: tuple[GridCell, ...], seen: list[Seen], engine: Engine) -> list[Seen]:
    """The words of short cells with a doubtful one among them, as a closer look gives them where it is surer."""
    kept = list(seen)
    looks = 0
    for cell in cells:
        left, top, right, bottom = _edges(cell)
        own = [
            one for one in kept if left <= (one.left + one.right) / 2 <= right and top <= (one.top + one.bottom) / 2 <= bottom
        ]
        least = min((one.confidence for one in own), default=1.0)
        if not own or len(own) > _MOST_WORDS or least >= _SURE or looks >= _MOST_LOOKS:
            continue
        looks += 1
        box = (
            min(one.left for one in own),
            min(one.top for one in own),
            max(one.right for one in own),
            max(one.bottom for one in own),
        )
        held = _ink_box(clean[top:bottom, left:right])
        if held is not None:
            box = (left + held[0], top + held[1], left + held[2], top + held[3])
        closer = _block(clean, box, engine)
        agreed = _better(own, closer)
        kept = [one for one in kept if one not in own] + [replace(one, line=own[0].line) for one in agreed]
    return kept


def _better(first: list[Seen], closer: list[Seen]) -> list[Seen]:
    """Of two readings of one cell the surer; where the first was good enough, another opinion only makes it doubtful."""
    if not closer:
        return first
    least, closer_least = (min(one.confidence for one in reading) for reading in (first, closer))
    if "".join(one.text for one in first) == "".join(one.text for one in closer):
        return closer if closer_least > least else first
    if least < _POOR and closer_least > least:
        return closer
    return [replace(one, confidence=min(one.confidence, _DISPUTED)) for one in first]


def _silent(cells: tuple[GridCell, ...], seen: list[Seen], boxes: list[TickBox]) -> list[GridCell]:
    things: list[Seen | TickBox] = [*seen, *boxes]
    middles = [((one.left + one.right) / 2, (one.top + one.bottom) / 2) for one in things]
    silent = []
    for cell in cells:
        left, top, right, bottom = _edges(cell)
        if not any(left <= across <= right and top <= down <= bottom for across, down in middles):
            silent.append(cell)
    return silent


def _edges(cell: GridCell) -> tuple[int, int, int, int]:
    return (
        max(0, round(cell.x0 * _PIXELS_A_POINT) + _MARGIN),
        max(0, round(cell.top * _PIXELS_A_POINT) + _MARGIN),
        round(cell.x1 * _PIXELS_A_POINT) - _MARGIN,
        round(cell.bottom * _PIXELS_A_POINT) - _MARGIN,
    )


def _ink_box(part: Pixels) -> tuple[int, int, int, int] | None:
    """Around all ink of the cell that is more than dust and no remains of a border."""
    if min(part.shape) < _LEAST_HEIGHT:
        return None
    dark = np.where(part < 160, 255, 0).astype(np.uint8)
    _, _, facts, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    real = [
        (left, top, left + width, top + height)
        for left, top, width, height, area in facts[1:].tolist()
        if area >= _LEAST_INK and max(width, height) >= _LEAST_HEIGHT and min(width, height) >= 2
    ]
    if not real:
        return None
    left, top, right, bottom = zip(*real, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _read(clean: Pixels, box: tuple[int, int, int, int], engine: Engine) -> list[Seen]:
    left, top, right, bottom = box
    margin = 6
    x, y = max(0, left - margin), max(0, top - margin)
    crop = cv2.copyMakeBorder(clean[y : bottom + margin, x : right + margin], 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=(250,))
    seen = [moved(one, x - 20, y - 20) for one in engine.block(np.asarray(crop, np.uint8))]
    size = max(right - left, bottom - top)
    if size <= 70 and not _is_letter(seen):
        return [_tick(box)]
    return seen


def _block(clean: Pixels, box: tuple[int, int, int, int], engine: Engine) -> list[Seen]:
    left, top, right, bottom = box
    x, y = max(0, left - _AROUND), max(0, top - _AROUND)
    part = clean[y : bottom + _AROUND, x : right + _AROUND]
    one_alone = right - left <= 1.3 * (bottom - top) and bottom - top <= _ONE_LINE
    return [moved(one, x, y) for one in (engine.character(part) if one_alone else engine.block(part))]


def _is_letter(seen: list[Seen]) -> bool:
    """Something that a person would call text: an X, a number, a word."""
    if not seen:
        return False
    text = "".join(one.text for one in seen)
    return text not in _TICK_LIKE and any(character.isalnum() for character in text) and seen[0].confidence >= 0.4


def _tick(box: tuple[int, int, int, int]) -> Seen:
    left, top, right, bottom = box
    height = bottom - top
    return Seen("✓", left, top, right, bottom, bottom - 0.1 * height, 0.9 * height, 0.1 * height, 0.8, 0)
