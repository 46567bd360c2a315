"""Finds the drawn lines of a straightened page (table borders, answer lines, strikes, underlines) and wipes them away.

Wiped lines cannot turn into letters when the page is read, and letters that cross a line keep their strokes.
All sizes are pixels at `scan_straight.DPI`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.straight import Pixels, pieces

_LONG = 110
"""From here on a line is no stroke of a letter, whatever it touches."""
_SHORTEST_ACROSS = 22
_SHORTEST_DOWN = 34
_THICKEST = 14
_THICKEST_STRIKE = 6
_LONGEST_WORD, _THINNEST_BAND = 420, 5
"""Of letters that run together; a thin line may have letters standing on it."""
_LETTERED, _UNBROKEN = 0.4, 0.97
"""Share of a line's columns out of which letters grow, at least and at most."""
_MEET = 9
"""How near the ends of a short line must come to lines of the other direction to count as part of a table."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: `at` is the height of a horizontal one (the distance from the left of an upright one)."""

    horizontal: bool
    at: float
    start: int
    end: int
    thickness: float

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rules:
    """Borders, answer lines and separators; `mask` is 255 where they are."""

    drawn: tuple[Stroke, ...]
    mask: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class _Labelled:
    """Pixels of a page, counted row by row, with their labels: lines take up a hundredth of one."""

    places: npt.NDArray[np.intp]
    labels: npt.NDArray[np.integer]


def find_rules(ink: Pixels) -> Rules:
    """All lines that no letter and no strike of a word can be."""
    across, across_labels = _strokes(ink, horizontal=True)
    across = {label: stroke for label, stroke in across.items() if not _is_foot_or_head(ink, stroke)}
    down, down_labels = _strokes(ink, horizontal=False)
    long_across = [stroke for stroke in across.values() if stroke.length >= _LONG]
    uprights = {label: stroke for label, stroke in down.items() if stroke.length >= _LONG or _ends_meet(stroke, long_across)}
    sides = list(uprights.values())
    borders = {
        label: stroke
        for label, stroke in across.items()
        if _ends_meet(stroke, sides) or (stroke.length >= _LONG and not _crosses_letters(ink, stroke))
    }
    mask = np.zeros(ink.shape, np.uint8)
    _marked(mask, across_labels, list(borders))
    _marked(mask, down_labels, list(uprights))
    return Rules((*borders.values(), *sides), mask)


def struck_through(word: Pixels) -> Stroke | None:
    """The line through the middle of a word from its one end to the other, within the ink of its box.

    The box may hold a neighbour, too ("Yes /"): a line over half of it counts where it starts and ends with letters.
    Two letters with bars at one height (44, ff) look the same: whoever asks knows what was read there.
    """
    inked, rows = np.nonzero(word.any(axis=0))[0], np.nonzero(word.any(axis=1))[0]
    if not len(inked):
        return None
    word = word[rows[0] : rows[-1] + 1, inked[0] : inked[-1] + 1]
    height, width = word.shape
    if not 13 <= height <= 70 or width < max(24, height):
        return None
    first, last = round(0.28 * height), round(0.82 * height)
    # With paper around it, because the picture's own border counts as ink for a run that touches it.
    runs = cv2.copyMakeBorder(word, 0, 0, 24, 24, cv2.BORDER_CONSTANT, value=(0,))
    runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, min(width - 4, 24)), np.uint8))[:, 24:-24] > 0
    # A line that is not quite level moves on to the next row of pixels on its way.
    bands = np.array([runs[max(0, row - 1) : row + 2].any(axis=0) for row in range(first, last)])
    if not bands.size or not bands.any():
        return None
    start, end = _longest(bands[int(bands.sum(axis=1).argmax())])
    covered = bands[:, start:end].mean(axis=1)
    whole = np.nonzero(covered >= 0.9)[0] + first
    if not len(whole) or int(whole.max() - whole.min()) + 1 > _THICKEST_STRIKE + 2:
        return None
    if end - start < 0.93 * width and not _strikes_a_part(word, start, end, (int(whole.min()), int(whole.max()))):
        return None
    thickness = int(whole.max() - whole.min()) + 1
    left = int(inked[0])
    return Stroke(True, float(whole.mean()) + int(rows[0]), left + start, left + end, max(1, thickness - 2))


def _longest(covered: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Start and end of the longest run, over breaks of two pixels."""
    closed = np.convolve(covered, np.ones(5), "same") > 0
    edges = np.nonzero(np.diff(np.concatenate(([0], closed.view(np.int8), [0]))))[0].reshape(-1, 2)
    start, end = max(edges.tolist(), key=lambda edge: edge[1] - edge[0])
    inside = np.nonzero(covered[start:end])[0]
    return start + int(inside[0]), start + int(inside[-1]) + 1


def _strikes_a_part(word: Pixels, start: int, end: int, rows: tuple[int, int]) -> bool:
    """Whether a line over part of the box goes over letters from where they begin to where they end."""
    height, width = word.shape
    if end - start < max(24, 1.05 * height, 0.4 * width):
        return False
    free: npt.NDArray[np.bool_] = np.logical_not(word.any(axis=0))
    begins = start <= 3 or bool(free[max(0, start - 5) : start + 1].any())
    ends = end >= width - 3 or bool(free[end : end + 5].any())
    crossed = word[: max(0, rows[0] - 1), start:end].any(axis=0) & word[rows[1] + 2 :, start:end].any(axis=0)
    return begins and ends and float(crossed.mean()) >= 0.3


def underlined(ink: Pixels, left: int, right: int, baseline: int) -> bool:
    """A line from one end of a word to the other just below where its letters stand."""
    band = ink[baseline + 2 : baseline + 10, left:right] > 0
    return bool(band.size) and float(band.mean(axis=1).max()) >= 0.95


def wiped(grey: Pixels, ink: Pixels, mask: Pixels) -> Pixels:
    """The page without what `mask` covers. Strokes of letters that cross a line are kept whole."""
    covered = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    letters = ink & ~covered
    crossing = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((_THICKEST_STRIKE + 5, 1), np.uint8))
    clean = grey.copy()
    clean[(covered > 0) & (crossing == 0)] = 250
    return clean


def _strokes(ink: Pixels, *, horizontal: bool) -> tuple[dict[int, Stroke], _Labelled]:
    """Straight runs of ink of one direction by their label, and where these lie."""
    shortest = _SHORTEST_ACROSS if horizontal else _SHORTEST_DOWN
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 3) if horizontal else (3, 1), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, shortest) if horizontal else (shortest, 1), np.uint8))
    # A line that is not quite level falls into runs one pixel apart.
    joined = cv2.dilate(runs, np.ones((3, 1) if horizontal else (1, 3), np.uint8))
    whole, facts = pieces(joined)
    inked = _places(runs)
    labels = whole.ravel()[inked]
    amounts = np.bincount(labels, minlength=len(facts))
    found: dict[int, Stroke] = {}
    for label, (left, top, width, height, _) in enumerate(facts[1:].tolist(), 1):
        start, length = (left, width) if horizontal else (top, height)
        thickness = float(amounts[label]) / max(1, length)
        spread = (height if horizontal else width) - 2
        # A dark block is no line; neither is a heap of strokes that only touch.
        if thickness <= _THICKEST and spread <= max(2.5 * thickness + 2, 0.02 * length + thickness + 2):
            at = top + height / 2 if horizontal else left + width / 2
            found[label] = Stroke(horizontal, at, start, start + length, thickness)
    return found, _Labelled(inked, labels)


def _places(picture: Pixels) -> npt.NDArray[np.intp]:
    """As `numpy.flatnonzero`, in a fifth of its time."""
    points = cv2.findNonZero(picture)
    if points is None:
        return np.empty(0, np.intp)
    across, down = points.reshape(-1, 2).astype(np.intp).T
    places: npt.NDArray[np.intp] = down * picture.shape[1] + across
    return places


def _ends_meet(stroke: Stroke, others: list[Stroke]) -> bool:
    """Whether both ends lie on lines of the other direction."""
    return all(any(_at(end, stroke.at, other) for other in others) for end in (stroke.start, stroke.end))


def _at(end: float, place: float, other: Stroke) -> bool:
    return abs(other.at - end) <= _MEET and other.start - _MEET <= place <= other.end + _MEET


def _beside(ink: Pixels, stroke: Stroke, first: int, last: int) -> float:
    """The share of the line's columns with ink between `first` and `last` pixels from its edge, above where negative."""
    half = stroke.thickness / 2
    top, bottom = (stroke.at + half + first, stroke.at + half + last) if first >= 0 else (
        stroke.at - half + first, stroke.at - half + last
    )  # fmt: skip
    band = ink[max(0, round(top)) : max(0, round(bottom)) + 1, stroke.start : stroke.end]
    return float((band > 0).any(axis=0).mean()) if band.size else 0.0


def _crosses_letters(ink: Pixels, stroke: Stroke) -> bool:
    """Letters stand out above and below it: a long strike, not a border that letters merely stand close to."""
    if stroke.thickness > _THICKEST_STRIKE:
        return False
    return min(_beside(ink, stroke, -5, -3), _beside(ink, stroke, 3, 5)) >= 0.25


def _is_foot_or_head(ink: Pixels, stroke: Stroke) -> bool:
    """Letters of a coarse scan run together where they stand or end: letters grow out of most of the line, on one side.

    Out of a border nothing grows; its second line, where it is drawn double, has no gaps as letters have.
    """
    if stroke.length > _LONGEST_WORD or stroke.thickness < _THINNEST_BAND:
        return False
    return any(_LETTERED <= _beside(ink, stroke, *band) < _UNBROKEN for band in ((-3, -1), (1, 3)))


def _marked(mask: Pixels, labelled: _Labelled, kept: list[int]) -> None:
    """Set what carries one of these labels to 255."""
    chosen = np.zeros(int(labelled.labels.max(initial=0)) + 1, np.uint8)
    chosen[kept] = 255
    mask.ravel()[labelled.places] |= chosen[labelled.labels]
