"""Finds tick boxes drawn with lines: a square or ring, and whatever stands in it."""

from __future__ import annotations

from parsers.pdf.cells import Grids
from parsers.pdf.drawings import Drawings, Shape
from parsers.pdf.glyphs import tick_of
from parsers.pdf.words import Word

_SIDE = (5.0, 20.0)
"""Least and most size of a tick box, in points."""
_TYPED_TICKS = frozenset({"x", "X", "\u00d7", "v", "V", "√", "+", "/", "\\", "y", "Y", "●", "•", "■", "*"})
_DARK = 160


def drawn_marks(words: list[Word], drawings: Drawings, grids: Grids) -> list[Word]:
    """The words with the drawn boxes among them; what stood inside a box is taken up by it."""
    rings = [ring for ring in drawings.rings if ring.stroked and _square(ring)]
    for box, known_by in (
        *((square, "rectangle and strokes") for square in _outermost(list(grids.squares))),
        *((ring, "ring") for ring in _outermost(rings)),
    ):
        inside = [word for word in words if _within(word, box)]
        if any(word.text not in _TYPED_TICKS and tick_of(word.text) is None for word in inside):
            # A box around a digit or a word holds a value, not a tick.
            continue
        ticked = any(tick_of(word.text) is not False for word in inside) or _inked(box, drawings)
        words = [word for word in words if word not in inside]
        words.append(
            Word(
                "☒" if ticked else "☐", box.x0, box.top, box.x1, box.bottom,
                cell=_cell_around(box, grids), ticked=ticked, known_by=known_by,
            )
        )  # fmt: skip
    return words


def _square(shape: Shape) -> bool:
    least, most = _SIDE
    return (
        least <= min(shape.width, shape.height)
        and max(shape.width, shape.height) <= most
        and 0.7 <= shape.width / shape.height <= 1.43
    )


def _outermost(shapes: list[Shape]) -> list[Shape]:
    """Without boxes within boxes: a double border is one tick box."""
    kept: list[Shape] = []
    for shape in sorted(shapes, key=lambda one: -one.width * one.height):
        if not any(_centre_in(shape, other) for other in kept):
            kept.append(shape)
    return kept


def _centre_in(inner: Shape | Word, outer: Shape) -> bool:
    across, down = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 < across < outer.x1 and outer.top < down < outer.bottom


def _within(word: Word, box: Shape) -> bool:
    return _centre_in(word, box) and word.x1 - word.x0 < 1.6 * box.width


def _inked(box: Shape, drawings: Drawings) -> bool:
    """Whether strokes or a dark shape stand inside the box."""
    for stroke in drawings.scribbles:
        if _centre_in(stroke, box) and max(stroke.width, stroke.height) > 0.3 * box.width:
            return True
    for shape in (*drawings.fills, *drawings.rings):
        if not _centre_in(shape, box) or not shape.filled or min(shape.colour) > _DARK:
            continue
        share = (shape.width * shape.height) / (box.width * box.height)
        if share > 0.06 and (shape.width < 0.95 * box.width or shape.height < 0.95 * box.height or not shape.stroked):
            return True
    return any(_crosses(line.at, line.start, line.end, line.horizontal, box) for line in drawings.lines)


def _crosses(at: float, start: float, end: float, horizontal: bool, box: Shape) -> bool:
    """A short line well inside the box: one stroke of a plus or a dash."""
    low, high, first, last = (box.top, box.bottom, box.x0, box.x1) if horizontal else (box.x0, box.x1, box.top, box.bottom)
    margin = 0.22 * (high - low)
    inside = low + margin < at < high - margin and start > first - 1 and end < last + 1
    return inside and end - start > 0.3 * (last - first)


def _cell_around(box: Shape, grids: Grids) -> int | None:
    across, down = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    around = [index for index, cell in enumerate(grids.cells) if cell.x0 < across < cell.x1 and cell.top < down < cell.bottom]
    return min(around, key=lambda index: grids.cells[index].area, default=None)
