"""Tells bold words from the others by the thickness of their strokes: on many forms that is what parts label from value."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from parsers.scan.hand import stroke_width
from parsers.scan.straight import Pixels
from parsers.scan.words import Seen

_SURELY, _HARDLY, _HALFWAY = 1.34, 1.16, 1.25
"""How much thicker than the page's usual stroke: surely bold from the first, surely not below the second."""
_FEWEST = 12


def bold_words(seen: list[Seen], letters: Pixels) -> list[bool]:
    """For each word whether it is bold. A word that could be either is what its neighbour on the line surely is."""
    widths = [_width(one, letters) for one in seen]
    known = [width for width in widths if width is not None]
    if len(known) < _FEWEST:
        return [False] * len(seen)
    usual = float(np.median(known))
    ratios = [None if width is None else width / usual for width in widths]
    texts = [one.text for one in seen]
    lines: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(seen):
        lines[one.line].append(index)
    bold = [False] * len(seen)
    for line in lines.values():
        line.sort(key=lambda index: seen[index].left)
        for place, index in enumerate(line):
            bold[index] = _is_bold(ratios, texts, line, place)
    return bold


def _width(one: Seen, letters: Pixels) -> float | None:
    if sum(character.isalnum() for character in one.text) < 2:
        return None
    return stroke_width(one, letters)


def _is_bold(ratios: list[float | None], texts: list[str], line: list[int], place: int) -> bool:
    own = ratios[line[place]]
    if _is_sure(own, texts[line[place]]):
        return own is not None and own >= _SURELY
    for distance in range(1, 4):
        for beside in (place - distance, place + distance):
            if 0 <= beside < len(line) and _is_sure(ratio := ratios[line[beside]], texts[line[beside]]):
                return ratio is not None and ratio >= _SURELY
    return own is not None and own >= _HALFWAY and len(texts[line[place]]) >= 4


def _is_sure(ratio: float | None, text: str) -> bool:
    """The strokes of two letters are too few to call a word bold, but enough to call it not bold."""
    return ratio is not None and (ratio < _HARDLY or (ratio >= _SURELY and len(text) >= 3))
