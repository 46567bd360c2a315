"""Finds tick boxes and option circles on a straightened page and says by their ink whether they are ticked.

Letters are told apart by their shape: a box has four whole sides, a circle stands alone and is larger than text.
All sizes are pixels at `scan_straight.DPI`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.straight import Pixels, pieces

_SMALLEST, _LARGEST = 15, 64
_SMALLEST_CIRCLE = 22
_EMPTY, _INKED = 0.05, 0.10
"""Share of ink within a box: none of the seen empty ones has more than the first, none of the ticked ones less than 0.2."""
_MOST_SIDES = 6_000


@dataclass(frozen=True, slots=True)
class TickBox:
    left: int
    top: int
    right: int
    bottom: int
    ticked: bool | None


def find_tick_boxes(ink: Pixels, text_height: float) -> list[TickBox]:
    """`text_height` is the usual height of capital letters: a circle no larger may be an O."""
    squares = _squares(ink, _SMALLEST)
    circles = [
        circle
        for circle in _circles(ink, max(_SMALLEST_CIRCLE, round(1.1 * text_height)))
        if not any(_overlap(circle, square) for square in squares)
    ]
    squares = [box for box in squares if _no_letter(ink, box)]
    boxes = [TickBox(*box, _ticked(_inside(ink, box))) for box in squares]
    return boxes + [TickBox(*box, _ticked(_inside(ink, box, round_one=True))) for box in circles]


_Rectangle = tuple[int, int, int, int]


def _squares(ink: Pixels, smallest: int) -> list[_Rectangle]:
    """Squares whose four sides are drawn, whatever else crosses them: a pen rarely stays within the box."""
    length = max(11, round(0.7 * smallest))
    across = _sides(ink, (1, length))
    down = _sides(ink, (length, 1))
    if len(across) > _MOST_SIDES:
        return []
    found: list[_Rectangle] = []
    # Top sides with the bottom sides below them.
    tops = across[(across[:, 2] - across[:, 0] >= length) & (across[:, 2] - across[:, 0] <= _LARGEST + 6)]
    by_left = np.argsort(tops[:, 0], kind="stable")
    starts = np.searchsorted(tops[by_left, 0], tops[:, 0] - 4).tolist()
    ends = np.searchsorted(tops[by_left, 0], tops[:, 0] + 4, "right").tolist()
    order, sides = by_left.tolist(), tops.tolist()
    for (left, top, right, _), start, end in zip(sides, starts, ends, strict=True):
        width = right - left
        below = [
            sides[one] for one in sorted(order[start:end])
            if abs(sides[one][2] - right) <= 4 and 0.78 * width <= sides[one][3] - top <= 1.28 * width
        ]  # fmt: skip
        for other_left, _, other_right, bottom in below[:3]:
            # A stroke across a corner makes one of the two sides look longer than it is.
            box = (max(left, other_left), top, min(right, other_right), bottom)
            if (
                smallest <= min(box[2] - box[0], box[3] - box[1]) <= _LARGEST
                and _has_upright_sides(down, box)
                and _sides_whole(ink[box[1] : box[3], box[0] : box[2]])
            ):
                found.append(box)
    return _apart(found)


def _sides(ink: Pixels, shape: tuple[int, int]) -> npt.NDArray[np.int64]:
    """left, top, right, bottom of each straight piece of ink at least this long and only a few pixels thick."""
    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    _, facts = pieces(runs)
    left, top, width, height = facts[1:, :4].astype(np.int64).T
    thin = (height if shape[0] == 1 else width) <= 9
    sides: npt.NDArray[np.int64] = np.stack([left, top, left + width, top + height], axis=1)[thin]
    return sides


def _has_upright_sides(down: npt.NDArray[np.int64], box: _Rectangle) -> bool:
    left, top, right, bottom = box
    height = bottom - top
    spans = (np.minimum(down[:, 3], bottom) - np.maximum(down[:, 1], top)) >= 0.6 * height
    longer = (down[:, 3] - down[:, 1]) > 1.6 * height
    at_left = np.abs(down[:, 0] - left) <= 4
    at_right = np.abs(down[:, 2] - right) <= 4
    # Sides that go on far beyond the box are borders of a table.
    return bool((spans & at_left & ~longer).any() and (spans & at_right & ~longer).any())


def _sides_whole(box: Pixels) -> bool:
    """Each side has ink along nine tenths of it, the corners included; a D or an 8 has not."""
    window = box > 0
    rim = min(5, max(2, window.shape[1] // 7))
    if window.shape[0] < 3 * rim or window.shape[1] < 3 * rim:
        return False
    sides = (
        window[:rim].any(axis=0),
        window[-rim:].any(axis=0),
        window[:, :rim].any(axis=1),
        window[:, -rim:].any(axis=1),
    )
    corners = (window[:rim, :rim], window[:rim, -rim:], window[-rim:, :rim], window[-rim:, -rim:])
    if not all(side.mean() >= 0.9 for side in sides) or not all(corner.mean() >= 0.5 for corner in corners):
        return False
    # The strokes of large letters are thicker than the sides of a box.
    thin = max(4, round(0.18 * window.shape[1]))
    return not any(
        bool((edge.mean(axis=1) >= 0.85).all())
        for edge in (window[: thin + 1], window[-thin - 1 :], window[:, : thin + 1].T, window[:, -thin - 1 :].T)
    )


def _no_letter(ink: Pixels, box: _Rectangle) -> bool:
    """Beside it is little ink, at half height hardly any: a pen leaves a box in one stroke, letters have neighbours."""
    left, top, right, bottom = box
    room = max(4, round(0.22 * (right - left)))
    third = (bottom - top) // 3
    crossed = 0
    for side in (ink[top:bottom, max(0, left - room) : max(0, left - 1)], ink[top:bottom, right + 1 : right + room]):
        if side.size:
            middle = float((side[third : 2 * third] > 0).mean())
            crossed += middle > 0
            if middle > 0.5 or (side > 0).mean() > 0.3:
                return False
    return crossed < 2


def _apart(boxes: list[_Rectangle]) -> list[_Rectangle]:
    """One box of each place: a side two pixels thick is found twice. The outermost is kept."""
    kept: list[_Rectangle] = []
    for box in sorted(boxes, key=lambda one: -(one[2] - one[0])):
        if not any(_overlap(box, other) for other in kept):
            kept.append(box)
    return kept


def _overlap(one: _Rectangle, other: _Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _circles(ink: Pixels, smallest: int) -> list[_Rectangle]:
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        left, top, width, height = (int(edge) for edge in cv2.boundingRect(contour))
        if not (smallest <= min(width, height) and max(width, height) <= _LARGEST and 0.87 <= width / height <= 1.15):
            continue
        roundness = cv2.contourArea(contour) / (np.pi / 4 * (width - 1) * (height - 1))
        box = (left, top, left + width, top + height)
        if 0.93 <= roundness <= 1.08 and _is_ring(ink, box) and _stands_alone(ink, box):
            found.append(box)
    return found


def _is_ring(ink: Pixels, box: _Rectangle) -> bool:
    """Ink all around the rim, and paper somewhere between the rim and the middle: a dot of a list has none."""
    rim = _on_circle(ink, box, 0.92) | _on_circle(ink, box, 0.97) | _on_circle(ink, box, 0.86)
    gap = min(float(_on_circle(ink, box, share).mean()) for share in (0.55, 0.65, 0.75))
    return float(rim.mean()) >= 0.95 and gap <= 0.5


def _on_circle(ink: Pixels, box: _Rectangle, share: float) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = box
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    across = np.rint((left + right - 1) / 2 + share * (right - left) / 2 * np.cos(angles)).astype(int)
    down = np.rint((top + bottom - 1) / 2 + share * (bottom - top) / 2 * np.sin(angles)).astype(int)
    return np.asarray(ink[np.clip(down, 0, ink.shape[0] - 1), np.clip(across, 0, ink.shape[1] - 1)] > 0, np.bool_)


def _stands_alone(ink: Pixels, box: _Rectangle) -> bool:
    """No ink close by on either side; an O has neighbours."""
    left, top, right, bottom = box
    room = max(5, round(0.25 * (right - left)))
    beside = (ink[top:bottom, max(0, left - room) : max(0, left - 1)], ink[top:bottom, right + 1 : right + room])
    return not any((side > 0).any() for side in beside)


def _inside(ink: Pixels, box: _Rectangle, *, round_one: bool = False) -> float:
    """The share of ink in the inner part, clear of the border."""
    left, top, right, bottom = box
    margin = max(4, round((0.24 if round_one else 0.2) * (right - left)))
    inner = ink[top + margin : bottom - margin, left + margin : right - margin]
    return float((inner > 0).mean()) if inner.size else 0.0


def _ticked(share: float) -> bool | None:
    if share >= _INKED:
        return True
    return False if share <= _EMPTY else None
