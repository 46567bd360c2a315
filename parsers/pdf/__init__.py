"""Reads a PDF into a sheet: characters, words, cells, marks and fields of all pages. Scanned pages are only named."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2 as pdfium

from parsers import limits
from parsers.forms import NotReadable
from parsers.pdf.cells import Grids
from parsers.pdf.fields import BROKEN, FormField, annotations_of, read_fields
from parsers.pdf.lines import arranged
from parsers.pdf.looks import Look
from parsers.pdf.notes import paint, read_notes
from parsers.pdf.opening import DAMAGED_REASON, MOST_PAGES, OpenPdf, opened, upright_page
from parsers.pdf.page import PageContent, PutOn, read_page
from parsers.pdf.rendering import render, render_grey
from parsers.pdf.upright import Upright
from parsers.pdf.words import Word
from parsers.pdf.xfa import WARNING, Answer, complete, laid_out, read_answers
from parsers.tokens import Box, Cell, Field, Mark, Page, Rule, Sheet, Token

__all__ = ["PdfPaper", "read", "render", "render_grey"]


_PAGE_SECONDS = 3.0
"""What one page may take on a busy machine; it usually takes a fiftieth."""


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A PDF as read."""

    sheet: Sheet
    image_pages: tuple[int, ...]
    """Pages, from 1, whose text must come from OCR: a picture, or text that makes no sense. On the sheet such a page has
    the source "ocr" and only the values of its form fields and the notes typed on it."""


@dataclass(slots=True)
class _Growing:
    """A sheet while its pages are added."""

    pages: list[Page] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    image_pages: list[int] = field(default_factory=list)
    lines: int = 0
    paragraphs: int = 0
    tables: int = 0
    order: int = 0


_FLAGS = (
    ("struck", Look.STRUCK),
    ("inserted", Look.INSERTED),
    ("deleted", Look.DELETED),
    ("bold", Look.BOLD),
    ("underlined", Look.UNDERLINED),
    ("highlighted", Look.HIGHLIGHTED),
)


def read(data: bytes) -> PdfPaper:
    """The sheet of a PDF and the pages that need OCR. Raises `NotReadable`."""
    with opened(data) as pdf:
        try:
            return _read(pdf)
        except (pdfium.PdfiumError, *BROKEN) as error:
            raise NotReadable(DAMAGED_REASON) from error


def _read(pdf: OpenPdf) -> PdfPaper:
    growing = _Growing()
    fields, damaged = read_fields(pdf.file, MOST_PAGES)
    answers = read_answers(pdf.file)
    if answers and not fields:
        return _read_answers(pdf, answers)
    complete(fields, answers)
    uprights: dict[int, Upright] = {}
    for number in range(1, min(pdf.page_count, len(pdf.file.pages), MOST_PAGES) + 1):
        limits.allow(_PAGE_SECONDS)
        uprights[number] = _add_page(growing, pdf, number, fields)
    if pdf.page_count > MOST_PAGES:
        growing.warnings.append(f"The file has {pdf.page_count} pages; only the first {MOST_PAGES} were read.")
    if damaged:
        growing.warnings.append("Some form fields of the file are damaged and were not read.")
    growing.fields += [_field(one, uprights) for one in fields]
    return PdfPaper(_sheet(growing), tuple(growing.image_pages))


def _read_answers(pdf: OpenPdf, answers: list[Answer]) -> PdfPaper:
    """The paper of a form that has nothing but stored answers."""
    page = pdf.drawn[0]
    upright = Upright.of(page, 1)
    page.close()
    fields, words = laid_out(answers, upright.width, upright.height)
    content = PageContent(upright, arranged(words, (), []), Grids((), (), ()), [], [], is_image=False, cut=False)
    growing = _Growing(warnings=[WARNING])
    _add_content(growing, content)
    growing.fields += [_field(one, {1: upright}) for one in fields]
    return PdfPaper(_sheet(growing), ())


def _sheet(growing: _Growing) -> Sheet:
    return Sheet(
        source="form" if growing.fields else "pdf",
        pages=tuple(growing.pages),
        tokens=tuple(growing.tokens),
        marks=tuple(growing.marks),
        cells=tuple(growing.cells),
        fields=tuple(growing.fields),
        rules=tuple(growing.rules),
        warnings=tuple(growing.warnings),
    )


def _add_page(growing: _Growing, pdf: OpenPdf, number: int, fields: list[FormField]) -> Upright:
    objects = pdf.file.pages[number - 1].obj
    notes = read_notes(objects)
    if notes.painted:
        paint(pdf.drawn, number, notes.painted, len(annotations_of(objects)))
    page, text_page = upright_page(pdf.drawn, number)
    upright = Upright.of(page, number)
    content = read_page(page, text_page, upright, PutOn(fields, notes))
    text_page.close()
    page.close()
    if content.cut:
        growing.warnings.append(f"Page {number} holds more text or drawing than a form; the rest of it was not read.")
    if notes.attached:
        growing.warnings.append(f"Page {number} has comments attached to it, which are not part of the form and were not read.")
    _add_content(growing, content)
    return upright


def _add_content(growing: _Growing, content: PageContent) -> None:
    upright = content.upright
    source = "ocr" if content.is_image else "digital"
    growing.pages.append(Page(upright.number, upright.width, upright.height, upright.turned, source=source))
    if content.is_image:
        growing.image_pages.append(upright.number)
    first_cell = len(growing.cells)
    _add_cells(growing, content)
    for one in content.placed:
        place = (growing.order, growing.lines + one.line, growing.paragraphs + one.paragraph)
        cell = None if one.word.cell is None else first_cell + one.word.cell
        _add_word(growing, one.word, upright.number, place, cell)
        growing.order += 1
    growing.lines += 1 + max((one.line for one in content.placed), default=-1)
    growing.paragraphs += 1 + max((one.paragraph for one in content.placed), default=-1)
    _add_rules(growing, content)


def _add_cells(growing: _Growing, content: PageContent) -> None:
    offset = len(growing.cells)
    for cell, parent, is_shaded in zip(content.grids.cells, content.parents, content.shaded, strict=True):
        growing.cells.append(
            Cell(
                Box(content.upright.number, cell.x0, cell.top, cell.x1, cell.bottom),
                growing.tables + cell.table,
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                None if parent is None else offset + parent,
                is_shaded,
            )
        )
    growing.tables += 1 + max((cell.table for cell in content.grids.cells), default=-1)


def _add_word(growing: _Growing, word: Word, page: int, place: tuple[int, int, int], cell: int | None) -> None:
    box = Box(page, word.x0, word.top, word.x1, word.bottom)
    order, line, paragraph = place
    if word.is_mark:
        growing.marks.append(Mark(box, word.ticked, word.known_by, order, line, paragraph, cell, word.field))
        return
    growing.tokens.append(
        Token(
            word.text, box, order, line, paragraph, cell, word.field,
            glued=word.glued, placeholder=word.placeholder, **_flags(word.look),  # type: ignore[arg-type]
        )
    )  # fmt: skip


def _flags(look: int) -> dict[str, bool]:
    """The flags of a token that are set; most have none."""
    return {name: True for name, bit in _FLAGS if look & bit} if look else {}


def _add_rules(growing: _Growing, content: PageContent) -> None:
    for line in content.grids.loose:
        half = line.thickness / 2
        across = (line.start, line.at - half, line.end, line.at + half)
        down = (line.at - half, line.start, line.at + half, line.end)
        growing.rules.append(Rule(Box(content.upright.number, *(across if line.horizontal else down)), line.horizontal))


def _field(found: FormField, uprights: dict[int, Upright]) -> Field:
    widget = found.widgets[0]
    upright = uprights.get(widget.page)
    box = Box(widget.page, *upright.box(*widget.box)) if upright is not None else None
    value = None if found.prompt else found.value
    return Field(found.name, found.kind, value, box, found.title, found.options, known_by="form field")
