"""Tables of a Word file: rows and cells through every wrapper, merged cells once, columns with their widths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from lxml import etree

from parsers.forms import NotReadable
from parsers.word.flow import Block, FlowCell, FlowRow, FlowTable, Places
from parsers.word.names import VAL, W, flag, number, points, value
from parsers.word.runs import Around, OpenField
from parsers.word.styles import is_coloured

# Word itself stops at 63 columns; a file that asks for millions of them is no form.
MOST_COLUMNS = 63
MOST_CELLS = 20_000
TOO_MANY = "The file holds far more table cells than any form would, so it was not read."
_DEFAULT_WIDTH = 72.0
_SPAN, _ACROSS, _DOWN, _WIDTH, _SHADE = (W + name for name in ("gridSpan", "hMerge", "vMerge", "tcW", "shd"))
_DELETED, _INSERTED = W + "cellDel", W + "cellIns"


class Walk(Protocol):
    """What a table needs of the walk over the whole paper."""

    places: Places
    place: str
    open_fields: list[OpenField]

    def blocks(self, parent: etree._Element, around: Around) -> tuple[Block, ...]: ...
    def unwrapped(self, element: etree._Element, around: Around) -> tuple[etree._Element | None, Around]: ...


@dataclass
class _OpenCell:
    blocks: tuple[Block, ...]
    place: str
    column: int
    column_span: int
    row_span: int = 1
    shaded: bool = False

    def closed(self) -> FlowCell:
        return FlowCell(self.blocks, self.place, self.column, self.column_span, self.row_span, self.shaded)


@dataclass
class _OpenTable:
    place: str
    rows: list[tuple[list[_OpenCell], float, bool]] = field(default_factory=list)
    above: dict[int, _OpenCell] = field(default_factory=dict)
    """The cell that a vertical merge in this column would go on with."""
    told: dict[int, float] = field(default_factory=dict)
    """Widths that cells of one column ask for."""
    columns: int = 0


class Tables:
    """Reads tables; counts the cells of the whole paper."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._cells = 0

    def table(self, element: etree._Element, around: Around) -> FlowTable:
        opened = _OpenTable(self._walk.places.next_table())
        outer = self._walk.place
        for row, within in self._rows(element, around):
            self._row(row, within, opened)
        self._walk.place = outer
        rows = tuple(FlowRow(tuple(cell.closed() for cell in cells), height, head) for cells, height, head in opened.rows)
        properties = element.find(W + "tblPr")
        indent = None if properties is None else properties.find(W + "tblInd")
        return FlowTable(_widths(element, opened), rows, points(indent.get(W + "w")) if indent is not None else 0.0)

    def _rows(self, parent: etree._Element, around: Around) -> Iterator[tuple[etree._Element, Around]]:
        for element, within in self._unwrapped(parent, around, W + "tr"):
            properties = element.find(W + "trPr")
            if flag(properties, "hidden"):
                continue
            if properties is not None and properties.find(W + "del") is not None:
                yield element, replace(within, deleted=True)
            elif properties is not None and properties.find(W + "ins") is not None:
                yield element, replace(within, inserted=True)
            else:
                yield element, within

    def _unwrapped(self, parent: etree._Element, around: Around, wanted: str) -> Iterator[tuple[etree._Element, Around]]:
        """The rows or cells under a parent, whatever controls and markup stand around them."""
        for element in parent:
            if element.tag == wanted:
                yield element, around
                continue
            content, within = self._walk.unwrapped(element, around)
            if content is not None:
                yield from self._unwrapped(content, within, wanted)

    def _row(self, row: etree._Element, around: Around, opened: _OpenTable) -> None:
        properties = row.find(W + "trPr")
        cells: list[_OpenCell] = []
        self._walk.place = f"{opened.place}, row {len(opened.rows) + 1}"
        column = min(int(number(value(properties, "gridBefore"))), MOST_COLUMNS)
        for element, within in self._unwrapped(row, around, W + "tc"):
            column = self._cell(element, within, opened, cells, max(column, 0))
        opened.columns = max(opened.columns, column)
        opened.rows.append((cells, _height(properties), flag(properties, "tblHeader")))

    def _cell(self, element: etree._Element, around: Around, opened: _OpenTable, cells: list[_OpenCell], column: int) -> int:
        """Reads one cell; returns the column after it."""
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise NotReadable(TOO_MANY)
        properties = element.find(W + "tcPr")
        told = {} if properties is None else {str(child.tag): child for child in properties}
        span = _span(told.get(_SPAN))
        if _goes_on(told.get(_ACROSS)) and cells:
            cells[-1].column_span += span
            return column + span
        above = opened.above.get(column)
        if _goes_on(told.get(_DOWN)) and above is not None:
            above.row_span += 1
            return column + above.column_span
        width = told.get(_WIDTH)
        if width is not None and span == 1 and (width.get(W + "type") or "dxa") == "dxa":
            opened.told.setdefault(column, points(width.get(W + "w")))
        cell = self._read(element, told, around, len(cells) + 1)
        cell.column, cell.column_span = column, span
        cells.append(cell)
        for covered in range(column, column + span):
            opened.above.pop(covered, None)
        if _DOWN in told:
            opened.above[column] = cell
        return column + span

    def _read(self, element: etree._Element, told: dict[str, etree._Element], around: Around, ordinal: int) -> _OpenCell:
        if _DELETED in told:
            around = replace(around, deleted=True)
        elif _INSERTED in told:
            around = replace(around, inserted=True)
        row_place, fields = self._walk.place, len(self._walk.open_fields)
        self._walk.place = place = f"{row_place}, cell {ordinal}"
        blocks = self._walk.blocks(element, around)
        self._walk.place = row_place
        # No field reaches out of its cell; one that was never ended must not claim the rest of the form.
        del self._walk.open_fields[fields:]
        shade = told.get(_SHADE)
        return _OpenCell(blocks, place, 0, 1, shaded=shade is not None and is_coloured(shade))


def _span(told: etree._Element | None) -> int:
    return 1 if told is None else min(max(int(number(told.get(VAL), 1)), 1), MOST_COLUMNS)


def _goes_on(merge: etree._Element | None) -> bool:
    return merge is not None and (merge.get(VAL) or "continue") == "continue"


def _height(properties: etree._Element | None) -> float:
    height = None if properties is None else properties.find(W + "trHeight")
    return 0.0 if height is None else min(max(points(height.get(VAL)), 0.0), 800.0)


def _widths(element: etree._Element, opened: _OpenTable) -> tuple[float, ...]:
    """A width for each column: what cells ask for goes before the grid, because editors keep the grid carelessly."""
    grid = [points(column.get(W + "w")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
    count = max(opened.columns, 1)
    if len(opened.told) < count and len(grid) >= count and all(width > 0 for width in grid[:count]):
        return tuple(min(width, 2_000.0) for width in grid[:count])
    widths = []
    for column in range(count):
        width = opened.told.get(column) or (grid[column] if column < len(grid) else 0.0)
        widths.append(min(width, 2_000.0) if width > 0 else _DEFAULT_WIDTH)
    return tuple(widths)
