"""Lowers the engine's confidence where a page seems to be written by hand: it reads handwriting wrongly and is sure of it.

No handwriting is recognised here. What is doubted is shown to a person, never taken as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import cv2
import numpy as np

from parsers.scan.straight import Pixels
from parsers.scan.words import Seen

_DOUBTFUL, _SURE = 0.65, 0.93
_MOST = 0.7
"""What is left of the confidence in words that look like the doubtful ones."""
_FEWEST, _LEAST_SHARE = 5, 0.035
"""Doubtful words from which on a page counts as written by hand; a bad scan may do so, too."""
_APART = 0.5
"""Pixels by which the strokes of a pen differ from those of the print."""
_SHORT_LINE = 6
HAND = "it seems to be written by hand"


def doubted(seen: list[Seen], letters: Pixels) -> list[Seen]:
    """The same words, with less confidence where their page or their line is written by hand."""
    telling = [one for one in seen if sum(character.isalnum() for character in one.text) >= 2]
    doubtful = [one for one in telling if one.confidence < _DOUBTFUL]
    seen = _beside(seen)
    if len(doubtful) < max(_FEWEST, _LEAST_SHARE * len(telling)):
        return seen
    pen = _stroke(doubtful, letters)
    print_ = _stroke([one for one in telling if one.confidence > _SURE], letters)
    if pen is None or print_ is None or abs(pen - print_) < _APART:
        return [_by_hand(one) for one in seen]
    return [_by_hand(one) if _is_nearer(one, pen, print_, letters) else one for one in seen]


def _beside(seen: list[Seen]) -> list[Seen]:
    """In a short line, one word that cannot be read makes the others doubtful as well."""
    lines: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        lines[one.line].append(one)
    bad = {line for line, words in lines.items() if len(words) <= _SHORT_LINE and any(_is_unread(one) for one in words)}
    return [_lowered(one) if one.line in bad else one for one in seen]


def _is_unread(one: Seen) -> bool:
    return one.confidence < 0.5 and sum(character.isalnum() for character in one.text) >= 2


def _by_hand(one: Seen) -> Seen:
    return replace(_lowered(one), doubt=HAND)


def _lowered(one: Seen) -> Seen:
    return replace(one, confidence=min(one.confidence, _MOST))


def _is_nearer(one: Seen, pen: float, print_: float, letters: Pixels) -> bool:
    width = stroke_width(one, letters)
    return width is None or abs(width - pen) < abs(width - print_)


def _stroke(words: list[Seen], letters: Pixels) -> float | None:
    widths = [width for one in words if (width := stroke_width(one, letters)) is not None]
    return float(np.median(widths)) if len(widths) >= 3 else None


def stroke_width(one: Seen, letters: Pixels) -> float | None:
    """The mean thickness of a word's strokes in pixels: twice its ink by the length of its outlines."""
    part = letters[max(0, one.top - 2) : one.bottom + 2, max(0, one.left - 2) : one.right + 2]
    contours, _ = cv2.findContours(part, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    length = sum(len(contour) for contour in contours)
    return 2 * float((part > 0).sum()) / length if length >= 20 else None
