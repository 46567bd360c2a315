"""Lays a flow out on one long page, so that whatever knows only boxes can read a paper that has no pages.

Columns keep their widths, each line gets a height, words advance by an estimate. It is no typesetting: what counts is
that neighbours are neighbours, that columns line up and that a gap a person would see is a gap.
"""

from __future__ import annotations

from parsers.tokens import Box, Cell, Field, Page, Sheet
from parsers.word.flow import Block, Flow, FlowCell, FlowTable, Input, Paragraph, TextBox
from parsers.word.lines import LINE, NARROWEST, Frame, Lines

_PADDING = 5.4
_BETWEEN = 3.0
_WIDEST = 2_000.0


def laid_out(flow: Flow) -> Sheet:
    """The sheet of a flow. Raises `NotReadable` for a paper of more than 100,000 words."""
    layout = _Layout(flow)
    top = flow.margin
    for story in flow.stories:
        top = layout.blocks(story.blocks, Frame(flow.margin, flow.margin + flow.text_width), top) + LINE
    lines, cells = layout.lines, layout.cells()
    right = max([0.0, *(token.box.x1 for token in lines.tokens), *(cell.box.x1 for cell in cells)])
    return Sheet(
        source=flow.source,
        pages=(Page(1, max(flow.width, right + 36.0), top + flow.margin),),
        tokens=tuple(lines.tokens),
        marks=tuple(lines.marks),
        cells=cells,
        fields=tuple(_field(index, entry, lines) for index, entry in enumerate(flow.inputs)),
        rules=tuple(lines.rules),
        warnings=flow.warnings,
    )


class _Layout:
    def __init__(self, flow: Flow) -> None:
        self.lines = Lines(flow.tab)
        self._cells: dict[int, Cell] = {}
        self._numbers = self._tables = 0

    def cells(self) -> tuple[Cell, ...]:
        return tuple(self._cells[index] for index in range(self._numbers))

    def blocks(self, blocks: tuple[Block, ...], frame: Frame, top: float) -> float:
        """Lays blocks below each other; returns where the next would begin."""
        for block in blocks:
            if isinstance(block, Paragraph):
                top = self.lines.lay(block, frame, top)
            elif isinstance(block, TextBox):
                top = self.blocks(block.blocks, frame, top)
            else:
                top = self._table(block, frame, top)
        return top

    def _table(self, table: FlowTable, frame: Frame, top: float) -> float:
        number, self._tables = self._tables, self._tables + 1
        edges, tops = _edges(table, frame), [top]
        # A cell that spans rows may need more room than they have; the last of them then grows.
        needs: dict[int, float] = {}
        standing: list[tuple[int, FlowCell, int, int]] = []
        for row_number, row in enumerate(table.rows):
            for cell in row.cells:
                index, self._numbers = self._numbers, self._numbers + 1
                x0, x1 = _sides(cell, edges)
                padding = min(_PADDING, (x1 - x0) / 4)
                needed = self.blocks(cell.blocks, Frame(x0 + padding, x1 - padding, index), tops[-1] + 1) + 1
                last = min(row_number + cell.row_span, len(table.rows)) - 1
                needs[last] = max(needs.get(last, 0.0), needed)
                standing.append((index, cell, row_number, last))
            tops.append(max(tops[-1] + max(LINE, row.height), needs.pop(row_number, 0.0)))
        for index, cell, row_number, last in standing:
            x0, x1 = _sides(cell, edges)
            box = Box(1, x0, tops[row_number], x1, tops[last + 1])
            spans = last - row_number + 1, cell.column_span
            self._cells[index] = Cell(box, number, row_number, cell.column, *spans, frame.cell, cell.shaded)
        return tops[-1] + _BETWEEN


def _field(index: int, entry: Input, lines: Lines) -> Field:
    value = entry.value
    if value is None and entry.kind not in {"checkbox", "radio"}:
        value = lines.text_of(index)
    return Field(
        name=entry.name,
        kind=entry.kind,
        value=value,
        box=lines.box_of(index),
        title=entry.title,
        options=entry.options,
        known_by=entry.known_by,
        place=entry.place,
    )


def _sides(cell: FlowCell, edges: list[float]) -> tuple[float, float]:
    right = max(min(cell.column + cell.column_span, len(edges) - 1), 1)
    return edges[min(cell.column, right - 1)], edges[right]


def _edges(table: FlowTable, frame: Frame) -> list[float]:
    """The x of every column's edge. A nested table is fitted into its cell; others may be as wide as they ask."""
    room = frame.right - frame.left
    widths = [max(width, NARROWEST) for width in table.widths]
    total = sum(widths)
    fitted = total > room and (frame.cell is not None or total > _WIDEST)
    indent = 0.0 if fitted or frame.cell is not None else min(max(table.indent, 0.0), room / 2)
    edges = [frame.left + indent]
    for width in widths:
        edges.append(edges[-1] + (width * room / total if fitted else width))
    return edges
