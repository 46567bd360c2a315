"""Finds the cells of tables in the lines of a page: joined lines, grids that touch, cells with their spans."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from parsers.pdf.drawings import Drawings, Line, Shape

_SAME_PLACE = 0.8
"""Points between two strokes that are one line."""
_GAP = 2.2
"""Points missing between two pieces of one line, or between a line and the one it meets."""
_SAME_EDGE = 2.5
"""Points within which lines of one table stand at one edge; no cell is this narrow."""
_SMALLEST_CELL = 4.0
_SMALL_SQUARE = (5.0, 18.0)
_MOST_LINES = 3_000
_MOST_EDGES = 250


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell with its place in its table; `table` counts the tables of the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    table: int
    row: int
    column: int
    row_span: int
    column_span: int
    comb: float = 0.0
    """Width of one box of a row of small boxes, one character each, taken as one cell; 0 for any other cell."""

    @property
    def area(self) -> float:
        return (self.x1 - self.x0) * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Grids:
    """What the lines of a page turned out to be."""

    cells: tuple[GridCell, ...]
    squares: tuple[Shape, ...]
    """Squares of the size of a tick box that stand on their own."""
    loose: tuple[Line, ...]
    """Lines that belong to no table: answer lines, separators, strikes, underlines."""


def find_grids(drawings: Drawings) -> Grids:
    """Cells, tick squares, combs and the lines left over."""
    lines = _joined_lines(drawings.lines)
    across = [line for line in lines if line.horizontal]
    down = [line for line in lines if not line.horizontal]
    if len(lines) > _MOST_LINES:
        return Grids((), (), tuple(lines))
    cells: list[GridCell] = []
    squares: list[Shape] = []
    loose: list[Line] = []
    table = 0
    combs: list[GridCell] = []
    for rows, columns in _groups(across, down):
        found = _cells_of(rows, columns, table) if rows and columns else []
        small = _as_squares(found)
        if not found:
            loose += [*rows, *columns]
        elif small and _is_comb(found):
            combs.append(_whole(found))
        elif small:
            squares += small
        else:
            cells += found
            table += 1
    for comb in _joined_combs(combs):
        cells.append(replace(comb, table=table))
        table += 1
    cells += _coloured_cells(drawings, cells, table)
    return Grids(tuple(cells), tuple(squares), tuple(loose))


def _coloured_cells(drawings: Drawings, cells: list[GridCell], table: int) -> list[GridCell]:
    """Cells of tables without lines, whose cells are told apart by their colours or by white lines between them."""
    grounds = [shape for shape in drawings.fills if _is_ground(shape) and not any(_meets(cell, shape) for cell in cells)]
    if not grounds or len(grounds) > _MOST_LINES:
        return []
    white = [line for line in drawings.pale if any(_crosses(line, ground) for ground in grounds)]
    lines = _joined_lines([side for ground in grounds for side in _sides(ground)] + white)
    found: list[GridCell] = []
    for rows, columns in _groups([line for line in lines if line.horizontal], [line for line in lines if not line.horizontal]):
        own = _cells_of(rows, columns, table) if rows and columns else []
        if len(own) > 1 and all(cell.bottom - cell.top > 9 and cell.x1 - cell.x0 > 12 for cell in own):
            found += own
            table += 1
    return found


def _is_ground(shape: Shape) -> bool:
    """A filled rectangle of the size of a cell, in a colour that is no highlighter's."""
    return shape.width > 12 and shape.height > 9 and max(shape.colour) - min(shape.colour) < 150


def _meets(cell: GridCell, shape: Shape) -> bool:
    across = min(cell.x1, shape.x1) - max(cell.x0, shape.x0)
    down = min(cell.bottom, shape.bottom) - max(cell.top, shape.top)
    return across > _GAP and down > _GAP


def _crosses(line: Line, ground: Shape) -> bool:
    middle = (line.start + line.end) / 2
    x, y = (middle, line.at) if line.horizontal else (line.at, middle)
    return ground.x0 - 1 <= x <= ground.x1 + 1 and ground.top - 1 <= y <= ground.bottom + 1


def _sides(ground: Shape) -> list[Line]:
    colour = (0, 0, 0)
    return [
        Line(True, ground.top, ground.x0, ground.x1, 0.5, colour),
        Line(True, ground.bottom, ground.x0, ground.x1, 0.5, colour),
        Line(False, ground.x0, ground.top, ground.bottom, 0.5, colour),
        Line(False, ground.x1, ground.top, ground.bottom, 0.5, colour),
    ]


def _joined_combs(combs: list[GridCell]) -> list[GridCell]:
    """Boxes for day, month and year stand a little apart, and are one place to write in."""
    joined: list[GridCell] = []
    for comb in sorted(combs, key=lambda one: (round(one.top / 4), one.x0)):
        last = joined[-1] if joined else None
        if last is not None and abs(last.top - comb.top) < 3 and -1 <= comb.x0 - last.x1 <= 1.3 * last.comb:
            joined[-1] = replace(last, x1=comb.x1, bottom=max(last.bottom, comb.bottom))
        else:
            joined.append(comb)
    return joined


def _joined_lines(lines: list[Line]) -> list[Line]:
    """Pieces of one line put together; dots and dashes become the line they make."""
    joined: list[Line] = []
    for horizontal in (True, False):
        own = sorted((line for line in lines if line.horizontal is horizontal), key=lambda line: (line.at, line.start))
        start = 0
        for end in range(1, len(own) + 1):
            if end == len(own) or own[end].at - own[end - 1].at > _SAME_PLACE:
                joined += _joined_along(own[start:end])
                start = end
    return [line for line in joined if line.length >= 3]


def _joined_along(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in sorted(lines, key=lambda one: one.start):
        last = joined[-1] if joined else None
        if last is not None and line.start - last.end <= _GAP and line.colour == last.colour:
            thick = max(last.thickness, line.thickness)
            joined[-1] = Line(line.horizontal, last.at, last.start, max(last.end, line.end), thick, last.colour)
        else:
            joined.append(line)
    return joined


def _groups(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that touch each other, group by group; a line that touches none is a group of its own."""
    touching = _touching(across, down)
    group_of_row = np.full(len(across), -1)
    group_of_column = np.full(len(down), -1)
    groups: list[tuple[list[Line], list[Line]]] = []
    for first in range(len(across)):
        if group_of_row[first] >= 0:
            continue
        number = len(groups)
        group_of_row[first] = number
        waiting = [first]
        while waiting:
            new_columns = np.nonzero(touching[waiting].any(axis=0) & (group_of_column < 0))[0]
            group_of_column[new_columns] = number
            new_rows = np.nonzero(touching[:, new_columns].any(axis=1) & (group_of_row < 0))[0]
            group_of_row[new_rows] = number
            waiting = list(new_rows)
        rows = [across[index] for index in np.nonzero(group_of_row == number)[0]]
        columns = [down[index] for index in np.nonzero(group_of_column == number)[0]]
        groups.append((rows, columns))
    alone = [down[index] for index in np.nonzero(group_of_column < 0)[0]]
    return [*groups, *(([], [line]) for line in alone)]


def _touching(across: list[Line], down: list[Line]) -> npt.NDArray[np.bool_]:
    rows = np.array([(line.at, line.start, line.end) for line in across]).reshape(-1, 3)
    columns = np.array([(line.at, line.start, line.end) for line in down]).reshape(-1, 3)
    met: npt.NDArray[np.bool_] = (
        (rows[:, None, 1] - _GAP <= columns[None, :, 0])
        & (columns[None, :, 0] <= rows[:, None, 2] + _GAP)
        & (columns[None, :, 1] - _GAP <= rows[:, None, 0])
        & (rows[:, None, 0] <= columns[None, :, 2] + _GAP)
    )
    return met


def _cells_of(rows: list[Line], columns: list[Line], table: int) -> list[GridCell]:
    """Cells of one group of touching lines."""
    xs = _edges([line.at for line in columns], min(line.start for line in rows), max(line.end for line in rows))
    ys = _edges([line.at for line in rows], min(line.start for line in columns), max(line.end for line in columns))
    if not (2 <= len(xs) <= _MOST_EDGES and 2 <= len(ys) <= _MOST_EDGES):
        return []
    above = _drawn(rows, ys, xs)
    beside = _drawn(columns, xs, ys).T
    cells = []
    for region in _regions(above, beside):
        if not _walled(above, beside, region):
            continue
        top, left, bottom, right = region
        x0, y0, x1, y1 = xs[left], ys[top], xs[right], ys[bottom]
        if x1 - x0 >= _SMALLEST_CELL and y1 - y0 >= _SMALLEST_CELL:
            cells.append(GridCell(x0, y0, x1, y1, table, top, left, bottom - top, right - left))
    return cells


def _edges(places: list[float], least: float, most: float) -> list[float]:
    """Places of lines that stand together as one edge each; ends that no line closes are edges too."""
    edges: list[list[float]] = []
    for place in sorted(places):
        if edges and place - edges[-1][-1] <= _SAME_EDGE and place - edges[-1][0] <= 2 * _SAME_EDGE:
            edges[-1].append(place)
        else:
            edges.append([place])
    middles = [sum(edge) / len(edge) for edge in edges]
    if least < middles[0] - 4 * _SAME_EDGE:
        middles.insert(0, least)
    if most > middles[-1] + 4 * _SAME_EDGE:
        middles.append(most)
    return middles


def _drawn(lines: list[Line], places: list[float], stops: list[float]) -> npt.NDArray[np.bool_]:
    """[i, j]: whether a line stands at place i along most of the way from stop j to the next."""
    drawn = np.zeros((len(places), len(stops) - 1), bool)
    at = np.array(places)
    starts, ends = np.array(stops[:-1]), np.array(stops[1:])
    for line in lines:
        index = int(np.argmin(np.abs(at - line.at)))
        covered = np.minimum(ends, line.end + _GAP) - np.maximum(starts, line.start - _GAP)
        drawn[index] |= covered >= 0.6 * (ends - starts)
    return drawn


def _regions(above: npt.NDArray[np.bool_], beside: npt.NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of the rectangles between the drawn borders, in edge numbers.

    Each starts at the first free place, goes right until a border, then down while the whole width stays open, so that
    a bent region falls apart into rectangles.
    """
    down, across = above.shape[0] - 1, beside.shape[1] - 1
    taken = np.zeros((down, across), bool)
    regions = []
    for top in range(down):
        for left in range(across):
            if taken[top, left]:
                continue
            right = left + 1
            while right < across and not beside[top, right] and not taken[top, right]:
                right += 1
            bottom = top + 1
            while (
                bottom < down
                and not above[bottom, left:right].any()
                and not beside[bottom, left + 1 : right].any()
                and not taken[bottom, left:right].any()
            ):
                bottom += 1
            taken[top:bottom, left:right] = True
            regions.append((top, left, bottom, right))
    return regions


def _walled(above: npt.NDArray[np.bool_], beside: npt.NDArray[np.bool_], region: tuple[int, int, int, int]) -> bool:
    """Lines above and below, or on both sides and on one end: tables are often left open at the sides."""
    top, left, bottom, right = region
    roof = above[top, left:right].mean() >= 0.6
    floor = above[bottom, left:right].mean() >= 0.6
    first = beside[top:bottom, left].mean() >= 0.6
    last = beside[top:bottom, right].mean() >= 0.6
    return bool((roof and floor) or (first and last and (roof or floor)))


def _as_squares(cells: list[GridCell]) -> tuple[Shape, ...]:
    """The cells as small squares; nothing where one of them is no small square."""
    least, most = _SMALL_SQUARE
    for cell in cells:
        width, height = cell.x1 - cell.x0, cell.bottom - cell.top
        if not (least <= min(width, height) and max(width, height) <= most and 0.7 <= width / height <= 1.43):
            return ()
    return tuple(Shape(cell.x0, cell.top, cell.x1, cell.bottom, False, True, (0, 0, 0)) for cell in cells)


def _is_comb(cells: list[GridCell]) -> bool:
    return len(cells) >= 2 and len({cell.row for cell in cells}) == 1


def _whole(cells: list[GridCell]) -> GridCell:
    x0, x1 = min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)
    top, bottom = min(cell.top for cell in cells), max(cell.bottom for cell in cells)
    return GridCell(x0, top, x1, bottom, 0, 0, 0, 1, 1, comb=(x1 - x0) / len(cells))
