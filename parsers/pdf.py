"""Reads a PDF into a sheet: characters, words, cells, marks and fields of all pages. Scanned pages are only named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from parsers.pdf_cells import GridCell, Grids, find_grids
from parsers.pdf_characters import Characters, read_characters
from parsers.pdf_drawings import Drawings, read_drawings
from parsers.pdf_lines import Placed, arranged
from parsers.pdf_looks import Look, looks_of, shaded
from parsers.pdf_marks import drawn_marks
from parsers.pdf_opening import MOST_PAGES, OpenPdf, opened
from parsers.pdf_rendering import render, render_grey
from parsers.pdf_upright import Upright
from parsers.pdf_words import Word, words_of
from parsers.tokens import Box, Cell, Mark, Page, Rule, Sheet, Token

__all__ = ["PdfPaper", "read", "render", "render_grey"]


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A PDF as read."""

    sheet: Sheet
    image_pages: tuple[int, ...]
    """Pages, from 1, whose text must come from OCR: a picture, or text that makes no sense. Their tokens are left out."""


@dataclass(slots=True)
class _Growing:
    """A sheet while its pages are added."""

    pages: list[Page] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    lines: int = 0
    paragraphs: int = 0
    tables: int = 0
    order: int = 0
    image_pages: list[int] = field(default_factory=list)


def read(data: bytes) -> PdfPaper:
    """The sheet of a PDF and the pages that need OCR. Raises `NotReadable`."""
    with opened(data) as pdf:
        return _read(pdf)


def _read(pdf: OpenPdf) -> PdfPaper:
    sheet = _Growing()
    for number in range(1, min(pdf.page_count, MOST_PAGES) + 1):
        page = pdf.drawn[number - 1]
        text_page = page.get_textpage()
        _add_page(sheet, page, text_page, Upright.of(page, number))
        text_page.close()
        page.close()
    return PdfPaper(
        Sheet(
            "pdf", tuple(sheet.pages), tuple(sheet.tokens), tuple(sheet.marks), tuple(sheet.cells), (), tuple(sheet.rules),
            tuple(sheet.warnings),
        ),
        tuple(sheet.image_pages),
    )  # fmt: skip


def _add_page(sheet: _Growing, page: Any, text_page: Any, upright: Upright) -> None:
    characters = read_characters(text_page, upright)
    drawings = read_drawings(page, upright)
    grids = find_grids(drawings)
    parents = _parents(grids.cells)
    looks = looks_of(characters, drawings, grids)
    words = words_of(characters, looks, _cell_of(characters, grids.cells))
    if not words and drawings.pictures:
        sheet.pages.append(Page(upright.number, upright.width, upright.height, upright.turned, source="ocr"))
        sheet.image_pages.append(upright.number)
        return
    words = drawn_marks(words, drawings, grids)
    combs = {index for index, cell in enumerate(grids.cells) if cell.comb}
    placed = arranged(words, grids.cells, parents, combs)
    sheet.pages.append(Page(upright.number, upright.width, upright.height, upright.turned))
    _add_cells(sheet, grids, parents, drawings, upright.number)
    _add_words(sheet, placed, upright.number, len(sheet.cells) - len(grids.cells))
    _add_rules(sheet, grids, upright.number)


def _cell_of(characters: Characters, cells: tuple[GridCell, ...]) -> npt.NDArray[np.int64]:
    """The innermost cell around each character's middle, -1 for none."""
    across = (characters.x0 + characters.x1) / 2
    down = (characters.top + characters.bottom) / 2
    found = np.full(len(characters), -1, np.int64)
    for index in sorted(range(len(cells)), key=lambda one: -cells[one].area):
        cell = cells[index]
        found[(across >= cell.x0) & (across <= cell.x1) & (down >= cell.top) & (down <= cell.bottom)] = index
    return found


def _parents(cells: tuple[GridCell, ...]) -> list[int | None]:
    """For each cell the cell of another table that holds it."""
    parents: list[int | None] = []
    for cell in cells:
        around = [index for index, other in enumerate(cells) if other.table != cell.table and _holds(other, cell)]
        parents.append(min(around, key=lambda index: cells[index].area, default=None))
    return parents


def _holds(outer: GridCell, inner: GridCell) -> bool:
    return (
        outer.x0 - 1 <= inner.x0
        and outer.top - 1 <= inner.top
        and inner.x1 <= outer.x1 + 1
        and inner.bottom <= outer.bottom + 1
        and outer.area > inner.area
    )


def _add_cells(sheet: _Growing, grids: Grids, parents: list[int | None], drawings: Drawings, number: int) -> None:
    offset = len(sheet.cells)
    for cell, parent in zip(grids.cells, parents, strict=True):
        box = Box(number, cell.x0, cell.top, cell.x1, cell.bottom)
        sheet.cells.append(
            Cell(
                box, sheet.tables + cell.table, cell.row, cell.column, cell.row_span, cell.column_span,
                None if parent is None else offset + parent, shaded(cell, drawings.fills),
            )
        )  # fmt: skip
    sheet.tables += 1 + max((cell.table for cell in grids.cells), default=-1)


def _add_words(sheet: _Growing, placed: list[Placed], number: int, cells: int) -> None:
    for one in placed:
        word = one.word
        box = Box(number, word.x0, word.top, word.x1, word.bottom)
        place = (sheet.order, sheet.lines + one.line, sheet.paragraphs + one.paragraph)
        cell = None if word.cell is None else cells + word.cell
        if word.is_mark:
            sheet.marks.append(Mark(box, word.ticked, word.known_by, *place, cell, word.field))
        else:
            sheet.tokens.append(_token(word, box, place, cell))
        sheet.order += 1
    sheet.lines += 1 + max((one.line for one in placed), default=-1)
    sheet.paragraphs += 1 + max((one.paragraph for one in placed), default=-1)


def _token(word: Word, box: Box, place: tuple[int, int, int], cell: int | None) -> Token:
    order, line, paragraph = place
    look = word.look
    return Token(
        word.text,
        box,
        order,
        line,
        paragraph,
        cell=cell,
        field=word.field,
        glued=word.glued,
        struck=bool(look & Look.STRUCK),
        inserted=bool(look & Look.INSERTED),
        deleted=bool(look & Look.DELETED),
        placeholder=word.placeholder,
        bold=bool(look & Look.BOLD),
        underlined=bool(look & Look.UNDERLINED),
        highlighted=bool(look & Look.HIGHLIGHTED),
    )


def _add_rules(sheet: _Growing, grids: Grids, number: int) -> None:
    for line in grids.loose:
        half = line.thickness / 2
        across = (line.start, line.at - half, line.end, line.at + half)
        down = (line.at - half, line.start, line.at + half, line.end)
        sheet.rules.append(Rule(Box(number, *(across if line.horizontal else down)), line.horizontal))
