"""Tells how words on a picture look: struck through, underlined, on a highlight, bold; and how dark a cell's paper is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from parsers.pdf.looks import Look
from parsers.scan.rules import struck_through, underlined, wiped
from parsers.scan.straight import Pixels
from parsers.scan.words import Engine, Seen

_DARKER = 9
"""Grey levels by which a highlight or a shaded cell differs from the paper around it."""
_PAPER, _WHITEST = 250, 255
_AROUND = np.ones((5, 5), np.uint8)
_SURE = 0.8
_OPTIONS = ("FT", "PT", "YES", "NO", "Yes", "No", "yes", "no", "Full", "Part", "full", "part", "time")
_BARRED = frozenset("4ftFEHAeTtz+-=")
"""Letters with a bar across: a run of them can look struck. What the engine is sure of is then believed."""


@dataclass(frozen=True, slots=True)
class Page:
    """What looks are told by: the page, its ink, its ink without borders, the page as the engine saw it, and the engine."""

    grey: Pixels
    letters: Pixels
    bare: Pixels
    clean: Pixels
    engine: Engine


def looks_of(seen: Seen, page: Page, *, bold: bool) -> list[tuple[Seen, int]]:
    """The word with its look; in its parts where they look different ("YES/NO" with one of the two struck)."""
    weight = Look.BOLD if bold else Look.PLAIN
    return [(part, look | weight) for part, look in _parts(seen, page)]


def _parts(seen: Seen, page: Page) -> list[tuple[Seen, int]]:
    parts = [replace(seen, text=text, left=left, right=right, pieces=()) for text, left, right in seen.pieces]
    looks = [_look(part, page) for part in parts]
    told_apart = [look for part, look in looks if part.text != "/"]
    if len(set(told_apart)) > 1 or (len(told_apart) == 1 and told_apart[0] != Look.PLAIN):
        return looks
    return [_look(seen, page)]


def _look(seen: Seen, page: Page) -> tuple[Seen, int]:
    """A struck word is read again without the line."""
    look: int = Look.PLAIN
    if not any(character.isalnum() for character in seen.text):
        return seen, look
    line = struck_through(page.letters[seen.top : seen.bottom, seen.left : seen.right])
    if line is not None and not (seen.confidence >= _SURE and set(seen.text) <= _BARRED):
        look |= Look.STRUCK
        seen = _read_beneath(seen, line.at, line.thickness, page)
    elif underlined(page.bare, seen.left, seen.right, round(seen.baseline)):
        look |= Look.UNDERLINED
    if _is_highlighted(seen, page.grey, page.letters):
        look |= Look.HIGHLIGHTED
    return seen, look


def _read_beneath(seen: Seen, at: float, thickness: float, page: Page) -> Seen:
    margin = 8
    top, left = max(0, seen.top - margin), max(0, seen.left - margin)
    crop = page.clean[top : seen.bottom + margin, left : seen.right + margin]
    dark = np.where(crop < 150, 255, 0).astype(np.uint8)
    line = np.zeros(crop.shape, np.uint8)
    row = seen.top - top + at
    line[max(0, round(row - thickness / 2 - 1)) : round(row + thickness / 2) + 2] = 255
    option = _option(seen)
    if option is not None:
        return replace(seen, text=option)
    text, confidence = page.engine.line(wiped(crop, dark, line & dark))
    if text and confidence >= seen.confidence and " " not in text:
        return replace(seen, text=text, confidence=confidence)
    return seen


def _option(seen: Seen) -> str | None:
    """What people strike on a form, where all but one letter of it were read in spite of the line."""
    if seen.confidence >= _SURE:
        return None
    for option in _OPTIONS:
        if len(option) == len(seen.text) and sum(a != b for a, b in zip(option, seen.text, strict=True)) == 1:
            return option
    return None


def _is_highlighted(seen: Seen, grey: Pixels, letters: Pixels) -> bool:
    """The paper under the word is darker than the paper a little above, below and beside it."""
    inside = _paper_at(grey, letters, (seen.left - 2, seen.top - 2, seen.right + 2, seen.bottom + 2))
    if inside is None or inside >= _WHITEST - _DARKER:
        return False
    reach = 28
    around = (
        (seen.left, seen.top - reach, seen.right, seen.top - reach + 10),
        (seen.left, seen.bottom + reach - 10, seen.right, seen.bottom + reach),
        (seen.left - reach, seen.top, seen.left - reach + 12, seen.bottom),
        (seen.right + reach - 12, seen.top, seen.right + reach, seen.bottom),
    )
    papers = sorted(paper for paper in (_paper_at(grey, letters, box) for box in around) if paper is not None)
    # Two of the four sides may lie on text, a line or a shaded neighbour.
    return len(papers) >= 3 and inside < papers[len(papers) // 2] - _DARKER


def shade_of(cell: Pixels) -> bool:
    """Whether a cell's paper is shaded. Less than a third of a cell is ink."""
    return bool(cell.size) and float(np.percentile(cell, 65)) < _PAPER - _DARKER


def _paper_at(grey: Pixels, letters: Pixels, box: tuple[int, int, int, int]) -> float | None:
    """The level of the paper between the letters, clear of their soft edges; None where there is no such place."""
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), box[2], box[3]
    ink = letters[top:bottom, left:right]
    if not ink.size:
        return None
    levels = np.sort(grey[top:bottom, left:right][cv2.dilate(ink, _AROUND) == 0])
    # The median; `numpy.median` takes ten times as long over so few.
    return (int(levels[(len(levels) - 1) // 2]) + int(levels[len(levels) // 2])) / 2 if len(levels) >= 24 else None
