"""Lowers the engine's confidence where a page seems to be written by hand: it reads handwriting wrongly and is sure of it.

No handwriting is recognised here. What is doubted is shown to a person, never taken as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

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
_UNEVEN, _EVEN = 0.042, 0.033
"""Heights of the line by which the feet of letters stand at different heights: of a hand at least the first, in print at most
the second."""
_DANGLING = frozenset("gjpqyfQJß?!%#,;:/()[]{}|$@&_\"“”'’-–—.•½¼¾*")
_FEWEST_UNEVEN, _LEAST_UNEVEN, _TELLING = 3, 0.06, 6
HAND = "it seems to be written by hand"


def doubted(seen: list[Seen], letters: Pixels) -> list[Seen]:
    """The same words, with less confidence where their page or their line is written by hand."""
    seen = _unevenly_written(seen, letters)
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


def _unevenly_written(seen: list[Seen], letters: Pixels) -> list[Seen]:
    """Letters of print stand on one line, those of a hand do not.

    On a page with several such words everything is doubted that is not printed plainly or does not stand in a line with print.
    """
    feet = [_feet(one, letters) for one in seen]
    measured = [foot for foot in feet if foot is not None]
    uneven = sum(foot.spread >= _UNEVEN for foot in measured)
    if uneven < max(_FEWEST_UNEVEN, _LEAST_UNEVEN * len(measured)):
        return [_by_hand(one) if foot and foot.spread >= _UNEVEN else one for one, foot in zip(seen, feet, strict=True)]
    lines: dict[int, list[_Feet]] = defaultdict(list)
    for one, foot in zip(seen, feet, strict=True):
        if foot is not None:
            lines[one.line].append(foot)
    printed = {line for line, those in lines.items() if _is_printed(those)}
    return [
        one if one.line in printed and (foot is None or foot.spread <= _EVEN) else _by_hand(one)
        for one, foot in zip(seen, feet, strict=True)
    ]


def _is_printed(line: list[_Feet]) -> bool:
    """Whether a line stands even with enough letters to tell: four figures of a hand may by chance."""
    even = sum(feet.letters for feet in line if feet.spread <= _EVEN)
    return even >= _TELLING and float(np.median([feet.spread for feet in line])) <= _EVEN


@dataclass(frozen=True, slots=True)
class _Feet:
    """How differently high the letters of a word stand, in heights of the line, and of how many that was measured."""

    spread: float
    letters: int


def _feet(one: Seen, letters: Pixels) -> _Feet | None:
    """None for words that tell nothing."""
    if len(one.text) < 3 or not _DANGLING.isdisjoint(one.text):
        return None
    part = letters[max(0, one.top - 2) : one.bottom + 2, max(0, one.left - 1) : one.right + 1]
    if not part.size:
        return None
    _, _, facts, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    tall = facts[1:][facts[1:, cv2.CC_STAT_HEIGHT] >= 0.5 * one.rise]
    if len(tall) < 3:
        return None
    feet = tall[:, cv2.CC_STAT_TOP] + tall[:, cv2.CC_STAT_HEIGHT]
    return _Feet(float(np.std(feet)) / max(one.rise, 1.0), len(tall))


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
