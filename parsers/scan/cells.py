"""A second look into cells that hold ink but no word: a lone X, a tick by hand, a short number the page's reading missed."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from parsers.pdf.cells import GridCell
from parsers.scan.marks import TickBox
from parsers.scan.straight import DPI, Pixels, pieces
from parsers.scan.words import Engine, Seen, moved

_PIXELS_A_POINT = DPI / 72
_MARGIN = 5
_LEAST_INK = 25
"""Pixels of ink; dust has less."""
_LEAST_HEIGHT = 9
_MOST_CELLS = 80
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
    _, facts = pieces(dark)
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
