"""Tables that go on over a page break, put together again, so that their heads still head the rows of the next page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from parsers.tokens import Cell, Sheet

_SAME = 4.0
_MARGIN = 0.085


def with_joined_tables(sheet: Sheet) -> Sheet:
    """The sheet with a table at the top of a page counted to the one at the bottom of the page before, if their columns agree."""
    if len(sheet.pages) < 2 or not sheet.cells:
        return sheet
    tables: dict[int, list[int]] = defaultdict(list)
    for index, cell in enumerate(sheet.cells):
        if cell.parent is None:
            tables[cell.table].append(index)
    cells = list(sheet.cells)
    for number in sorted(tables, key=lambda one: (cells[tables[one][0]].box.page, cells[tables[one][0]].box.top)):
        before = _table_before(number, tables, cells, sheet)
        if before is not None:
            _append(tables, cells, before, number)
    return replace(sheet, cells=tuple(cells))


def _append(tables: dict[int, list[int]], cells: list[Cell], before: int, number: int) -> None:
    rows = max(cells[index].row + cells[index].row_span for index in tables[before])
    for index in tables[number]:
        cells[index] = replace(cells[index], table=before, row=cells[index].row + rows)
    tables[before] += tables.pop(number)


def _table_before(number: int, tables: dict[int, list[int]], cells: list[Cell], sheet: Sheet) -> int | None:
    """The table of the page before that goes on as this one, if nothing else stands between them."""
    own = tables.get(number)
    if not own:
        return None
    page, top = cells[own[0]].box.page, min(cells[index].box.top for index in own)
    edges = _edges(own, cells)
    if len(edges) < 3 or _free_words(sheet, page, 0.0, top):
        return None
    ends = {
        other: max((cells[index].box for index in members), key=lambda box: (box.page, box.bottom))
        for other, members in tables.items()
    }
    before = [(last.bottom, other) for other, last in ends.items() if other != number and last.page == page - 1]
    bottom, last = max(before, default=(0.0, number))
    alike = last != number and _alike(edges, _edges(tables[last], cells))
    return last if alike and not _free_words(sheet, page - 1, bottom, 10_000.0) else None


def _edges(members: list[int], cells: list[Cell]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edge for index in members for edge in (cells[index].box.x0, cells[index].box.x1)):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _alike(one: list[float], other: list[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))


def _free_words(sheet: Sheet, page: int, top: float, bottom: float) -> bool:
    """Whether words outside tables stand between two heights, page margins aside."""
    height = next((one.height for one in sheet.pages if one.number == page), 842.0)
    low, high = max(top, _MARGIN * height), min(bottom, (1 - _MARGIN) * height)
    return any(
        token.cell is None and token.box.page == page and low < token.box.middle < high and not token.deleted
        for token in sheet.tokens
    )
