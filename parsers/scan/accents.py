"""Doubts words that carry accents which were not read: the first engine knows English letters only and drops what is above."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from parsers.scan.straight import Pixels
from parsers.scan.words import Seen
from parsers.tokens import MISREAD

_MOST = 0.7
_LOW, _NARROW, _ABOVE = 0.38, 0.8, 0.64
"""In heights of the line: an accent is no taller than the first, no wider than the second, and hangs the third above the
baseline."""
_WIDE, _TILDE = 1.4, 0.33
_CEDILLA = 5
_DESCENDING = "gjpqyfJQ,;()/"
"""How much wider than high a tilde is; the dot of an i is round."""
_DOTTED = "ij:;!?"
_HANGING = "'’‘\"“”*^°"


def accented(seen: list[Seen], letters: Pixels) -> list[Seen]:
    """The same words; those with more or other marks above their letters than were read are doubted."""
    return [_doubted(one) if _carries_more(one, letters) else one for one in seen]


def _doubted(one: Seen) -> Seen:
    return replace(one, confidence=min(one.confidence, _MOST), doubt=one.doubt or MISREAD)


def _carries_more(one: Seen, letters: Pixels) -> bool:
    if not all(character.isalpha() or character in _HANGING + "-.,;:()/" for character in one.text):
        return False
    marks = _hanging_marks(one, letters)
    expected = sum(character in _DOTTED for character in one.text)
    quotes = sum(2 if character in '"“”' else 1 for character in one.text if character in _HANGING)
    if any(width > _WIDE * height and width > _TILDE * one.rise for width, height in marks) and not quotes:
        return True
    return len(marks) > expected + quotes or _hangs_down(one, letters)


def _hangs_down(one: Seen, letters: Pixels) -> bool:
    """Ink below a word whose letters all stand on the line: a cedilla."""
    if any(character in _DESCENDING for character in one.text):
        return False
    foot = round(one.baseline + 0.14 * one.rise) + 1
    below = letters[foot : round(one.baseline + 0.4 * one.rise), one.left : one.right]
    return int((below > 0).sum()) >= _CEDILLA


def _hanging_marks(one: Seen, letters: Pixels) -> list[tuple[int, int]]:
    """Width and height of the small pieces of ink above the letters of a word, with ink below them."""
    above = round(0.3 * one.rise)
    top = max(0, min(one.top, round(one.baseline - one.rise)) - above)
    part = letters[top : max(one.bottom, round(one.baseline)), one.left : one.right]
    if not part.size:
        return []
    _, labels, facts, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    marks = []
    for label, (left, upper, width, height, area) in enumerate(facts.tolist()):
        hangs = one.baseline - top - (upper + height) >= _ABOVE * one.rise
        # What touches the upper edge hangs down from the line above.
        if label and hangs and upper > 0 and area >= 5 and height <= max(_LOW * one.rise, 5) and width <= _NARROW * one.rise:
            below = labels[upper + height + 1 :, left : left + width]
            if np.isin(below, (0, label), invert=True).any():
                marks.append((width, height))
    return marks
