"""Reads what is drawn on a PDF page and is no text: lines, rectangles, rings, scribbles, pictures.

A line may be drawn as a stroke, as a side of a stroked rectangle or as a thin filled rectangle; here they all become
`Line`. What a shape means (a border, a tick box, a strike) is decided by the modules that ask.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from parsers.pdf.upright import Matrix, Upright, joined, moved

MOST_OBJECTS = 20_000
MOST_POINTS = 60_000
_DEEPEST = 8
_THIN = 2.6
"""Points: a filled rectangle up to this thickness is a line."""
_STRAIGHT = 0.7
_PALE = 247
"""Red, green and blue from here on cannot be seen on white paper."""
_SMALL = 20.0
"""Points: up to here a box with rounded corners is one to tick."""

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line along an axis: `at` is its height (or its distance from the left), `start` and `end` its ends."""

    horizontal: bool
    at: float
    start: float
    end: float
    thickness: float
    colour: Colour

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Shape:
    """Something drawn that is no line along an axis, by the box around it."""

    x0: float
    top: float
    x1: float
    bottom: float
    filled: bool
    stroked: bool
    colour: Colour
    """Of the fill where it is filled, else of the stroke."""

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Drawings:
    """All shapes of one page, grown while the page is walked."""

    lines: list[Line] = field(default_factory=list)
    fills: list[Shape] = field(default_factory=list)
    """Filled rectangles, white ones left out."""
    rings: list[Shape] = field(default_factory=list)
    """Closed curves: circles, ellipses, rounded rectangles."""
    scribbles: list[Shape] = field(default_factory=list)
    """Anything slanted or curved and open: strokes of an X or a tick, ink."""
    pale: list[Line] = field(default_factory=list)
    """White lines: they part cells on a coloured ground."""
    pictures: list[Shape] = field(default_factory=list)
    cut: bool = False
    """True where the page has more shapes than are read."""


@dataclass(frozen=True, slots=True)
class _Paint:
    filled: bool
    stroked: bool
    fill: Colour
    stroke: Colour
    width: float
    pale: bool = False
    """White: seen only on a coloured ground."""


@dataclass(frozen=True, slots=True)
class _Shaped:
    """How one part of a path is drawn: with curves, closed, and with how many straight sides along an axis."""

    curved: bool
    closed: bool
    straight: int


def read_drawings(page: Any, upright: Upright) -> Drawings:
    """Everything drawn on the page, forms within forms included."""
    drawings = Drawings()
    points = 0
    for number, (handle, kind, matrix) in enumerate(_objects(page, upright.matrix)):
        if number >= MOST_OBJECTS or points > MOST_POINTS:
            drawings.cut = True
            break
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            _add_picture(drawings, handle, matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            points += _add_path(drawings, handle, matrix)
    return drawings


def _objects(page: Any, matrix: Matrix) -> Iterator[tuple[Any, int, Matrix]]:
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _with_children(pdfium_c.FPDFPage_GetObject(page, index), matrix, 0)


def _with_children(handle: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    kind = pdfium_c.FPDFPageObj_GetType(handle)
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
        yield handle, kind, matrix
    elif depth < _DEEPEST:
        inner = joined(_matrix(handle), matrix)
        for index in range(max(0, pdfium_c.FPDFFormObj_CountObjects(handle))):
            yield from _with_children(pdfium_c.FPDFFormObj_GetObject(handle, index), inner, depth + 1)


def _matrix(handle: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _add_picture(drawings: Drawings, handle: Any, matrix: Matrix) -> None:
    own = joined(_matrix(handle), matrix)
    corners = [moved(own, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    drawings.pictures.append(_around(corners, _Paint(True, False, (0, 0, 0), (0, 0, 0), 0)))


def _add_path(drawings: Drawings, handle: Any, matrix: Matrix) -> int:
    count = pdfium_c.FPDFPath_CountSegments(handle)
    if count < 2:
        return 1
    own = joined(_matrix(handle), matrix)
    paint = _paint(handle, own)
    if paint is None:
        return 1
    for points, shaped in _subpaths(handle, min(count, MOST_POINTS), own):
        _add_subpath(drawings, points, shaped, paint)
    return int(count)


def _paint(handle: Any, matrix: Matrix) -> _Paint | None:
    """How the path is painted; None where nobody can see it."""
    fill_mode, stroke_mode = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(handle, fill_mode, stroke_mode)
    fill, fill_alpha = _colour(handle, pdfium_c.FPDFPageObj_GetFillColor)
    stroke, stroke_alpha = _colour(handle, pdfium_c.FPDFPageObj_GetStrokeColor)
    filled = bool(fill_mode.value) and fill_alpha > 8
    stroked = bool(stroke_mode.value) and stroke_alpha > 8
    if not filled and not stroked:
        return None
    pale = (not filled or min(fill) >= _PALE) and (not stroked or min(stroke) >= _PALE)
    if not pale:
        filled, stroked = filled and min(fill) < _PALE, stroked and min(stroke) < _PALE
    width = ctypes.c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(handle, width)
    scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    return _Paint(filled, stroked, fill, stroke, width.value * scale, pale)


def _colour(handle: Any, question: Any) -> tuple[Colour, int]:
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not question(handle, red, green, blue, alpha):
        return (0, 0, 0), 255
    return (red.value, green.value, blue.value), alpha.value


def _subpaths(handle: Any, count: int, matrix: Matrix) -> Iterator[tuple[list[Point], _Shaped]]:
    """The points of each part of a path, and how it is drawn."""
    points: list[Point] = []
    curved = closed = False
    straight = 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(handle, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield points, _Shaped(curved, closed, straight)
            points, curved, closed, straight = [], False, False, 0
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(moved(matrix, x.value, y.value))
        if kind == pdfium_c.FPDF_SEGMENT_LINETO and len(points) > 1:
            straight += _along_axis(points[-2], points[-1]) and not _near(points[-2], points[-1])
        curved = curved or kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        closed = closed or bool(pdfium_c.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, _Shaped(curved, closed, straight)


def _add_subpath(drawings: Drawings, points: list[Point], shaped: _Shaped, paint: _Paint) -> None:
    if len(points) < 2:
        return
    ends_meet = shaped.closed or _near(points[0], points[-1])
    shape = _around(points, paint)
    if shaped.curved:
        if not paint.pale:
            _add_curved(drawings, shape, shaped.straight, ends_meet)
        return
    if shaped.closed and not _near(points[0], points[-1]):
        points = [*points, points[0]]
    sides = list(pairwise(points))
    if not all(_along_axis(*side) for side in sides):
        if not paint.pale:
            drawings.scribbles.append(shape)
        return
    if paint.filled:
        _add_filled(drawings, shape, paint.pale)
    if paint.stroked:
        for side in sides:
            _add_line(drawings, *side, paint)


def _add_curved(drawings: Drawings, shape: Shape, straight: int, ends_meet: bool) -> None:
    if not ends_meet or min(shape.width, shape.height) <= 2:
        drawings.scribbles.append(shape)
        return
    drawings.rings.append(shape)
    if shape.stroked and straight >= 3 and shape.width > _SMALL and shape.height > _SMALL / 2:
        # A box with rounded corners; a ring drawn around a word has no straight sides.
        drawings.rings.pop()
        corners = [(shape.x0, shape.top), (shape.x1, shape.top), (shape.x1, shape.bottom), (shape.x0, shape.bottom)]
        for one, other in pairwise([*corners, corners[0]]):
            _add_line(drawings, one, other, _Paint(False, True, shape.colour, shape.colour, 0.5))


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < 0.05 and abs(one[1] - other[1]) < 0.05


def _along_axis(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= _STRAIGHT or abs(one[1] - other[1]) <= _STRAIGHT


def _add_filled(drawings: Drawings, shape: Shape, pale: bool) -> None:
    across, down = shape.width, shape.height
    target = drawings.pale if pale else drawings.lines
    if down <= _THIN and across > down:
        middle = (shape.top + shape.bottom) / 2
        target.append(Line(True, middle, shape.x0, shape.x1, down, shape.colour))
    elif across <= _THIN and down > across:
        middle = (shape.x0 + shape.x1) / 2
        target.append(Line(False, middle, shape.top, shape.bottom, across, shape.colour))
    elif not pale:
        drawings.fills.append(shape)


def _add_line(drawings: Drawings, one: Point, other: Point, paint: _Paint) -> None:
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    target = drawings.pale if paint.pale else drawings.lines
    # A stroke as thick as a line of text is tall is a bar of colour: some programs highlight that way.
    if paint.width > 5 and max(across, down) > 0:
        if not paint.pale:
            drawings.fills.append(_bar(one, other, paint))
    elif across >= down and across > 0:
        start, end = sorted((one[0], other[0]))
        target.append(Line(True, (one[1] + other[1]) / 2, start, end, paint.width, paint.stroke))
    elif down > 0:
        start, end = sorted((one[1], other[1]))
        target.append(Line(False, (one[0] + other[0]) / 2, start, end, paint.width, paint.stroke))


def _bar(one: Point, other: Point, paint: _Paint) -> Shape:
    half = paint.width / 2
    level = abs(one[0] - other[0]) >= abs(one[1] - other[1])
    wide, tall = (0.0, half) if level else (half, 0.0)
    x0, x1 = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return Shape(x0 - wide, top - tall, x1 + wide, bottom + tall, filled=True, stroked=False, colour=paint.stroke)


def _around(points: list[Point], paint: _Paint) -> Shape:
    across = [point[0] for point in points]
    down = [point[1] for point in points]
    colour = paint.fill if paint.filled else paint.stroke
    return Shape(min(across), min(down), max(across), max(down), paint.filled, paint.stroked, colour)
