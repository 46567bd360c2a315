"""Puts what was read off the pictures of some pages into the sheet of the file that those pages belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from parsers.tokens import Box, Cell, Mark, Sheet, Token

_Part = TypeVar("_Part", Token, Mark)


def completed(sheet: Sheet, scanned: Sheet) -> Sheet:
    """`sheet` with the pages of `scanned` in the place of its own of the same numbers.

    Values of form fields and notes that the file itself holds for such a page stay, before what was read off its picture,
    and are put into the cells found there.
    """
    start = _start(sheet)
    cells = _appended(sheet, scanned)
    read_cells = [(len(sheet.cells) + index, cell) for index, cell in enumerate(scanned.cells)]
    tokens = [*(_in_cell(one, read_cells) for one in sheet.tokens), *(_moved(one, start) for one in scanned.tokens)]
    marks = [*(_in_cell(one, read_cells) for one in sheet.marks), *(_moved(one, start) for one in scanned.marks)]
    # Sorting keeps the order within a page; what was read gets orders above all of the file's own.
    orders = sorted([(one.box.page, one.order) for one in tokens] + [(one.box.page, one.order) for one in marks])
    places = {key: order for order, key in enumerate(orders)}
    pages = {page.number: page for page in scanned.pages}
    return replace(
        sheet,
        pages=tuple(pages.get(page.number, page) for page in sheet.pages),
        tokens=tuple(sorted((_placed(one, places) for one in tokens), key=lambda one: one.order)),
        marks=tuple(sorted((_placed(one, places) for one in marks), key=lambda one: one.order)),
        cells=cells,
        rules=(*sheet.rules, *scanned.rules),
        warnings=(*sheet.warnings, *scanned.warnings),
    )


def _appended(sheet: Sheet, scanned: Sheet) -> tuple[Cell, ...]:
    tables = 1 + max((cell.table for cell in sheet.cells), default=-1)
    offset = len(sheet.cells)
    added = (
        replace(cell, table=cell.table + tables, parent=None if cell.parent is None else cell.parent + offset)
        for cell in scanned.cells
    )
    return (*sheet.cells, *added)


def _moved(part: _Part, start: tuple[int, int, int, int]) -> _Part:
    """With numbers above those of the file's own parts."""
    order, line, paragraph, cell = start
    return replace(
        part,
        order=part.order + order,
        line=part.line + line,
        paragraph=part.paragraph + paragraph,
        cell=None if part.cell is None else part.cell + cell,
    )


def _start(sheet: Sheet) -> tuple[int, int, int, int]:
    """The first order, line, paragraph and cell that the sheet does not use."""
    own: tuple[Token | Mark, ...] = (*sheet.tokens, *sheet.marks)
    return (
        1 + max((one.order for one in own), default=-1),
        1 + max((one.line for one in own), default=-1),
        1 + max((one.paragraph for one in own), default=-1),
        len(sheet.cells),
    )


def _in_cell(part: _Part, cells: list[tuple[int, Cell]]) -> _Part:
    if part.cell is not None:
        return part
    around = [(index, cell.box) for index, cell in cells if _holds(cell.box, part.box)]
    innermost = min(around, key=lambda one: one[1].width * one[1].height, default=None)
    return part if innermost is None else replace(part, cell=innermost[0])


def _holds(cell: Box, box: Box) -> bool:
    across = (box.x0 + box.x1) / 2
    return cell.page == box.page and cell.x0 <= across <= cell.x1 and cell.top <= box.middle <= cell.bottom


def _placed(part: _Part, places: dict[tuple[int, int], int]) -> _Part:
    return replace(part, order=places[part.box.page, part.order])
