"""Doubts words beside which there is ink that nobody read: a name whose first half lies in a shadow is not the whole name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from parsers.scan.marks import TickBox
from parsers.scan.straight import Pixels, pieces
from parsers.scan.words import Seen

UNREAD = "there is writing beside it that could not be read"
_REACH, _BETWEEN = 1.6, 0.35
"""In heights of the line: how far beside a word ink still belongs to it; how far it may stand above and below the line."""
_LEAST, _MOST = 0.45, 2.5
"""In heights of the line: smaller ink is dust or a point, larger ink is a stamp, a picture or a signature."""
_LEAST_AREA = 24


def beside_unread(seen: list[Seen], boxes: list[TickBox], letters: Pixels) -> list[Seen]:
    """The same words; those with unread ink close beside them on their line are doubted. `letters` is the ink without lines."""
    left_over = _left_over(seen, boxes, letters)
    if not len(left_over):
        return seen
    return [replace(one, doubt=one.doubt or UNREAD) if _has_beside(one, left_over) else one for one in seen]


def _left_over(seen: list[Seen], boxes: list[TickBox], letters: Pixels) -> npt.NDArray[np.int64]:
    """left, top, right, bottom of the pieces of ink in no word and no tick box."""
    rest = letters.copy()
    for one in seen:
        reach = max(3, round(0.2 * one.rise))
        foot = round(max(one.bottom, one.baseline + one.drop)) + 2
        rest[max(0, min(one.top, round(one.baseline - one.rise)) - reach) : foot, max(0, one.left - 4) : one.right + 4] = 0
    for box in boxes:
        rest[max(0, box.top - 6) : box.bottom + 6, max(0, box.left - 6) : box.right + 6] = 0
    _, facts = pieces(rest)
    left, top, width, height, area = facts[1:].astype(np.int64).T
    boxed: npt.NDArray[np.int64] = np.stack([left, top, left + width, top + height], axis=1)
    large: npt.NDArray[np.int64] = boxed[(area >= _LEAST_AREA) & (height >= 7) & (width >= 2)]
    return large


def _has_beside(one: Seen, pieces: npt.NDArray[np.int64]) -> bool:
    left, top, right, bottom = pieces.T
    height = bottom - top
    middle = (top + bottom) / 2
    size = one.rise + one.drop
    on_line = (middle > one.baseline - one.rise - _BETWEEN * size / 2) & (middle < one.baseline + _BETWEEN * size / 2)
    as_high = (height >= _LEAST * one.rise) & (height <= _MOST * size)
    gap = np.maximum(left - one.right, one.left - right)
    return bool((on_line & as_high & (gap <= _REACH * size) & (gap >= -size)).any())
