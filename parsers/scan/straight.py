"""Makes a page lie straight and evenly lit: paper found on a photo, shadows divided away, quarter turns and skew undone.

Straightness and light decide how well a scan is read, the engine hardly does. No text is read here: which way up a level
page lies shows when it is read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]

DPI = 200
"""What every page is brought to; the sizes in pixels of all scan modules mean this."""
A4_WIDTH, A4_HEIGHT = 595.3, 841.9
_LONGEST_SIDE = 3_400
_SHORTEST_SIDE = 64
_SLIMMEST = 20
_ENLARGED, _SHARPER = 1.6, 1.5
"""From which enlargement on a page is sharpened (125 dpi and less), and how much of what blurring takes is added."""
_STEEPEST = 8.0
_COARSE = np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5)
_ROUGH = _COARSE[::4]
_WHITE = 250
_SHADOW = 0.78


@dataclass(frozen=True, slots=True)
class Straight:
    """A page ready to be read: grey, white paper near 255, text upright and level, at `DPI`."""

    grey: Pixels
    turned: int
    skew: float
    unwarped: bool

    @property
    def width(self) -> float:
        return float(self.grey.shape[1] * 72 / DPI)

    @property
    def height(self) -> float:
        return float(self.grey.shape[0] * 72 / DPI)


def straighten(grey: Pixels, dpi: float | None) -> Straight:
    """`dpi` is None where the file does not say; the page is then taken for A4. It may still stand on its head."""
    sheet, unwarped = _paper(_on_paper(grey))
    evened = _evened(_scaled(sheet, None if unwarped else dpi))
    sideways, skew = _lie(evened)
    turned = 90 if sideways else 0
    return Straight(_rotated(_quarter(evened, turned), skew), turned, skew, unwarped)


def turned_over(page: Straight) -> Straight:
    """The page with its head where its foot was."""
    return replace(page, grey=_quarter(page.grey, 180), turned=page.turned + 180)


def ink(grey: Pixels) -> Pixels:
    """255 where there is ink, 0 on paper. The paper is even, so one threshold serves the whole page."""
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # Shaded cells and highlights stay paper, however much of the page they take.
    return _binary(grey, float(np.clip(threshold, 110, 190)))


def _binary(grey: Pixels, threshold: float) -> Pixels:
    return np.where(grey < threshold, np.uint8(255), np.uint8(0))


def pieces(picture: Pixels) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.int32]]:
    """Pieces of ink that hang together: the picture of their labels, and a row of facts (`cv2.CC_STAT_LEFT` and so on) for each."""
    try:
        # Labels of two bytes take a third of the time; a page of noise has more pieces than they can count.
        _, labels, facts, _ = cv2.connectedComponentsWithStats(picture, connectivity=8, ltype=cv2.CV_16U)
    except cv2.error:
        _, labels, facts, _ = cv2.connectedComponentsWithStats(picture, connectivity=8)
    return np.asarray(labels), np.asarray(facts, np.int32)


def _paper(grey: Pixels) -> tuple[Pixels, bool]:
    """The sheet of paper on a photo, seen from straight above; a scan comes back as it is."""
    scale = 600 / max(grey.shape)
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0)
    corners = _corners(np.asarray(small, np.uint8))
    if corners is None:
        return grey, False
    return _seen_from_above(grey, corners / scale), True


def _corners(small: Pixels) -> Corners | None:
    """The four corners of a sheet that is brighter than what lies around it, clockwise from the top left.

    A lamp's shadow makes one corner of the paper as dark as the table elsewhere, so no single threshold finds it: many
    are tried, and the outline whose sides are edges most of the way wins.
    """
    best, best_support = None, 0.7
    for level in range(40, 232, 12):
        outline = _outline(_binary(small, level))
        if outline is not None:
            support = _edge_support(small, outline)
            if support > best_support:
                best, best_support = outline, support
    return best


def _outline(dark: Pixels) -> Corners | None:
    """The largest bright area as four corners, where it has four and leaves part of the picture free."""
    closed = cv2.morphologyEx(255 - dark, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    if not 0.25 <= cv2.contourArea(hull) / dark.size <= 0.97:
        return None
    for looseness in (0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, looseness * cv2.arcLength(hull, closed=True), closed=True)
        if len(corners) == 4:
            return _clockwise(corners.reshape(4, 2).astype(np.float32))
    return None


def _clockwise(corners: Corners) -> Corners:
    total, difference = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    return np.stack(
        [corners[total.argmin()], corners[difference.argmin()], corners[total.argmax()], corners[difference.argmax()]]
    )


def _edge_support(small: Pixels, corners: Corners) -> float:
    """The share of the weakest side along which the picture is brighter within than without."""
    middle = corners.mean(axis=0)
    supports = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / max(1.0, float(np.linalg.norm(end - start)))
        outwards = np.array([along[1], -along[0]], np.float32)
        if float(outwards @ (middle - start)) > 0:
            outwards = -outwards
        points = start + np.linspace(0.03, 0.97, 60, dtype=np.float32)[:, None] * (end - start)
        within, without = _values(small, points - 5 * outwards), _values(small, points + 5 * outwards)
        # A side on the picture's own border has nothing outside it and is no evidence.
        supports.append(float(np.mean((without >= 0) & (within - without > 10))))
    return min(supports)


def _values(small: Pixels, points: Corners) -> npt.NDArray[np.int64]:
    """The picture's values at these points, -1 outside of it."""
    height, width = small.shape
    across, down = np.rint(points).astype(np.int64).T
    inside = (across >= 0) & (across < width) & (down >= 0) & (down < height)
    values = small[np.clip(down, 0, height - 1), np.clip(across, 0, width - 1)].astype(np.int64)
    return np.where(inside, values, -1)


def _seen_from_above(grey: Pixels, corners: Corners) -> Pixels:
    left_top, right_top, right_bottom, left_bottom = corners
    across = (np.linalg.norm(right_top - left_top) + np.linalg.norm(right_bottom - left_bottom)) / 2
    down = (np.linalg.norm(left_bottom - left_top) + np.linalg.norm(right_bottom - right_top)) / 2
    width, height = _paper_size(float(across / down))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    seen = cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.uint8)


def _paper_size(ratio: float) -> tuple[int, int]:
    """Pixels of the sheet: A4 upright or lying where the ratio is near, whatever it was cut to otherwise."""
    long, short = round(A4_HEIGHT * DPI / 72), round(A4_WIDTH * DPI / 72)
    for width, height in ((short, long), (long, short)):
        if abs(ratio / (width / height) - 1) < 0.15:
            return width, height
    return (short, round(short / ratio)) if ratio < 1 else (round(short * ratio), short)


def _scaled(grey: Pixels, dpi: float | None) -> Pixels:
    """The page at `DPI`. A stated resolution that makes no page (a phone's 72) is not believed."""
    short, long = sorted(grey.shape)
    if dpi is None or not 4.0 <= short / dpi <= 14.0:
        dpi = min(short * 72 / A4_WIDTH, long * 72 / A4_HEIGHT)
    # A small picture is a logo or a signature: blown up to a page it would only take long.
    factor = min(DPI / dpi, _LONGEST_SIDE / long, 3.0)
    if abs(factor - 1) < 0.02:
        return grey
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    scaled = np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=way), np.uint8)
    return _sharpened(scaled, factor) if factor >= _ENLARGED else scaled


def _sharpened(grey: Pixels, factor: float) -> Pixels:
    """A page that was enlarged, with the paper between its letters that enlarging made grey."""
    soft = cv2.GaussianBlur(grey, (0, 0), factor)
    return np.asarray(cv2.addWeighted(grey, 1 + _SHARPER, soft, -_SHARPER, 0), np.uint8)


def _on_paper(grey: Pixels) -> Pixels:
    """A strip of a few dots, which many Word files hold as an ornament, is laid on paper of some size."""
    least = max(_SHORTEST_SIDE, math.ceil(max(grey.shape) / _SLIMMEST))
    down, across = (max(0, least - side) for side in grey.shape)
    if not down and not across:
        return grey
    return np.asarray(cv2.copyMakeBorder(grey, 0, down, 0, across, cv2.BORDER_CONSTANT, value=255), np.uint8)


def _evened(grey: Pixels) -> Pixels:
    """Divide by the light on the paper: what remains is ink and shaded cells on white, without shadows and yellowing."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((7, 7), np.uint8)).astype(np.float32)
    light = _smooth_light(paper)
    # A hard shadow is darker than any shading on a form; there the paper nearby is the measure, not the whole page. Shrunk
    # back after the letters were filled, so that the shadow's edge stays where it is; around it the light falls off softly.
    near = cv2.erode(paper, np.ones((7, 7), np.uint8))
    core = (near < _SHADOW * light).astype(np.float32)
    shadow = cv2.GaussianBlur(cv2.dilate(core, np.ones((9, 9), np.uint8)), (0, 0), 1)
    nearby = cv2.medianBlur(near.astype(np.uint8), 3).astype(np.float32)
    background = shadow * np.minimum(nearby, light) + (1 - shadow) * light
    whole = cv2.resize(background, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    factor = np.asarray(_WHITE / np.maximum(whole, 1), np.float32)
    # In place: a page in floating point is sixteen megabytes.
    np.multiply(grey, factor, out=factor)
    np.minimum(factor, 255, out=factor)
    return factor.astype(np.uint8)


def _smooth_light(paper: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The light of lamps and scanners over the page: a smooth surface on which the bright places lie, dark ones below."""
    height, width = paper.shape
    terms = _terms(height, width)
    chosen = slice(None, None, max(1, paper.size // 4_000))
    samples, values = terms[chosen], paper.ravel()[chosen].astype(np.float64)
    weights = np.ones(len(values))
    # A little of each term is always there, so that a page of one shade has an answer, too.
    ground = 1e-6 * len(values) * np.eye(terms.shape[1])
    for _ in range(8):
        weighted = samples.T * weights
        factors = np.linalg.solve(weighted @ samples + ground, weighted @ values)
        weights = np.where(values - samples @ factors > -3, 1.0, 0.006)
    light: npt.NDArray[np.float32] = np.clip((terms @ factors).reshape(height, width), 20, 255).astype(np.float32)
    return light


@lru_cache(maxsize=4)
def _terms(height: int, width: int) -> npt.NDArray[np.float64]:
    """The terms of a surface of the fourth degree at every place; pages of one size have the same."""
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    powers = [across**i * down**j for i in range(5) for j in range(5 - i)]
    return np.stack([power.ravel() for power in powers], axis=1).astype(np.float64)


def _lie(grey: Pixels) -> tuple[bool, float]:
    """Whether the page lies on its side, and the degrees by which it must then be turned to be level, from -8 to 8.

    Lines of text make the sums along the rows jump, most of all when they are level.
    """
    letters = letters_only(cv2.resize(ink(grey), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    small = cv2.resize(letters, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    pages = (small, _quarter(small, 90))
    rough = [_levels(page, _ROUGH) for page in pages]
    best = max(float(scores.max()) for scores in rough)
    # Lines of text the right way round stand out ten times over; the other direction is then not looked at closely.
    fine = [scores if scores.max() < best / 3 else _levels(page, _COARSE) for page, scores in zip(pages, rough, strict=True)]
    lies = bool(fine[1].max() > 1.1 * fine[0].max())
    angles = _COARSE[int(fine[lies].argmax())] + np.arange(-0.5, 0.51, 0.1)
    scores = _levels(_quarter(letters, 90) if lies else letters, angles)
    return lies, float(angles[int(scores.argmax())])


def letters_only(picture: Pixels) -> Pixels:
    """The ink of a page at half its size without tables, pictures and dust, which lie in directions of their own."""
    labels, facts = pieces((picture > 100).astype(np.uint8))
    sizes = np.maximum(facts[:, cv2.CC_STAT_WIDTH], facts[:, cv2.CC_STAT_HEIGHT])
    letters = (sizes >= 3) & (sizes <= 40)
    letters[0] = False
    return np.asarray(np.where(letters, np.uint8(255), np.uint8(0))[labels], np.uint8)


def _levels(picture: Pixels, angles: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How much the sums along the rows jump when the page is turned by each of the angles."""
    scores = []
    for angle in angles:
        turned = _rotated(picture, float(angle), 0, cv2.INTER_LINEAR)
        sums = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel().astype(np.float64)
        scores.append(float(np.square(np.diff(sums)).sum()))
    return np.array(scores)


def _rotated(picture: Pixels, degrees: float, paper: int = 250, way: int = cv2.INTER_CUBIC) -> Pixels:
    if abs(degrees) < 0.04:
        return picture
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(picture, matrix, (width, height), flags=way, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,))
    return np.asarray(turned, np.uint8)


def _quarter(picture: Pixels, degrees: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90)) if degrees else picture
