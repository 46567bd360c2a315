"""Reads pictures of paper into a sheet: scans, photos, and the pages of a PDF that are only pictures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from parsers import limits
from parsers.forms import PageImage
from parsers.pdf import PdfPaper, render_grey
from parsers.pdf.looks import Look
from parsers.pdf.words import Word
from parsers.scan.again import doubtful, read_again
from parsers.scan.completing import completed
from parsers.scan.images import Picture, open_images, page_count
from parsers.scan.page import ScannedPage, read_page, viewed
from parsers.scan.second import SecondEngine
from parsers.scan.straight import DPI, Pixels
from parsers.scan.words import Engine, engine
from parsers.tokens import Box, Cell, Mark, Page, Rule, Sheet, Token

__all__ = [
    "Picture",
    "ScanPaper",
    "SecondLook",
    "completed",
    "open_images",
    "read_file",
    "read_image_pages",
    "read_images",
    "read_pictures",
]

_PAGE_SECONDS = 25.0
"""What one page may take at most; it usually takes one."""
_DOUBTFUL = 0.88
_MOST_AGAIN = 60
"""Stretches of a page that are read twice because the first engine is not sure of them; a tenth of a second holds six."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Reads words of a sheet a second time on the pages that they were read from."""

    pages: dict[int, Pixels]
    engine: SecondEngine

    def __call__(self, sheet: Sheet, wanted: Collection[int]) -> Sheet:
        """The sheet with the words of these orders settled by another engine, where there is one."""
        return read_again(sheet, wanted, self.pages, self.engine)

    def at_doubtful(self, sheet: Sheet) -> Sheet:
        return read_again(sheet, doubtful(sheet, _DOUBTFUL), self.pages, self.engine, _MOST_AGAIN * len(self.pages))


@dataclass(frozen=True, slots=True)
class ScanPaper:
    """Pictures of pages as read, with what shows them to people: the straightened pages that the boxes lie on."""

    sheet: Sheet
    images: tuple[PageImage, ...]
    look: SecondLook


def read_file(data: bytes, *, shown: bool = True) -> ScanPaper:
    """A picture file, page by page. Raises `NotReadable`."""
    pictures = open_images(data)
    paper = read_pictures(pictures, shown=shown)
    whole = page_count(data)
    if whole > len(pictures):
        left_out = f"The file has {whole} pages; only the first {len(pictures)} were read."
        return replace(paper, sheet=replace(paper.sheet, warnings=(*paper.sheet.warnings, left_out)))
    return paper


def read_image_pages(data: bytes, paper: PdfPaper, *, shown: bool = True) -> ScanPaper:
    """The sheet of a PDF with its picture pages read; only these pages are among its images. Raises `NotReadable`."""
    sheet = paper.sheet
    images: list[PageImage] = []
    look = SecondLook({}, SecondEngine())
    unwarped = False
    # The values of its form fields are on the sheet already.
    fields = any(field.box is not None for field in sheet.fields)
    with engine() as reading:
        for number in paper.image_pages:
            limits.allow(_PAGE_SECONDS)
            for _, grey, scale in render_grey(data, [number], DPI / 72, fields=not fields):
                read = _read([Picture(grey, 72 * scale)], number, "scan", reading, look, shown=shown)
                sheet = completed(sheet, read.sheet)
                images += read.images
                unwarped |= read.sheet.source == "photo"
    whole = len(paper.image_pages) == len(sheet.pages) and not fields
    return ScanPaper(replace(sheet, source="photo" if unwarped else "scan") if whole else sheet, tuple(images), look)


@dataclass(slots=True)
class _Growing:
    """A sheet while its pages are added."""

    pages: list[Page] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: list[PageImage] = field(default_factory=list)
    lines: int = 0
    paragraphs: int = 0
    tables: int = 0
    order: int = 0
    unwarped: bool = False


def read_images(images: Sequence[Picture], first_page: int = 1, source: str = "scan") -> Sheet:
    """The sheet of these pages, numbered from `first_page`. Raises `NotReadable` where there is no engine."""
    return read_pictures(images, first_page, source, shown=False).sheet


def read_pictures(images: Sequence[Picture], first_page: int = 1, source: str = "scan", *, shown: bool = True) -> ScanPaper:
    """The sheet and the straightened pages. A `source` of "scan" becomes "photo" where paper was found on a photo."""
    with engine() as reading:
        return _read(images, first_page, source, reading, SecondLook({}, SecondEngine()), shown=shown)


def _read(
    images: Sequence[Picture], first_page: int, source: str, reading: Engine, look: SecondLook, *, shown: bool
) -> ScanPaper:
    growing = _Growing()
    for number, picture in enumerate(images, first_page):
        limits.allow(_PAGE_SECONDS)
        page = read_page(picture, reading)
        look.pages[number] = page.clean
        if shown:
            growing.images.append(viewed(page, number))
        _add(growing, page, number)
    found = "photo" if growing.unwarped and source == "scan" else source
    sheet = Sheet(
        source=found,
        pages=tuple(growing.pages),
        tokens=tuple(growing.tokens),
        marks=tuple(growing.marks),
        cells=tuple(growing.cells),
        rules=tuple(growing.rules),
    )
    return ScanPaper(look.at_doubtful(sheet), tuple(growing.images), look)


def _add(growing: _Growing, page: ScannedPage, number: int) -> None:
    straight = page.straight
    growing.unwarped |= straight.unwarped
    growing.pages.append(Page(number, straight.width, straight.height, straight.turned, straight.skew, source="ocr"))
    first_cell = len(growing.cells)
    _add_cells(growing, page, number)
    for one in page.placed:
        cell = None if one.word.cell is None else first_cell + one.word.cell
        _add_word(growing, one.word, number, (growing.lines + one.line, growing.paragraphs + one.paragraph), cell)
    growing.lines += 1 + max((one.line for one in page.placed), default=-1)
    growing.paragraphs += 1 + max((one.paragraph for one in page.placed), default=-1)
    for line in page.grids.loose:
        half = line.thickness / 2
        across = Box(number, line.start, line.at - half, line.end, line.at + half)
        down = Box(number, line.at - half, line.start, line.at + half, line.end)
        growing.rules.append(Rule(across if line.horizontal else down, line.horizontal))


def _add_cells(growing: _Growing, page: ScannedPage, number: int) -> None:
    offset = len(growing.cells)
    for cell, parent, shaded in zip(page.grids.cells, page.parents, page.shaded, strict=True):
        growing.cells.append(
            Cell(
                Box(number, cell.x0, cell.top, cell.x1, cell.bottom),
                growing.tables + cell.table,
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                None if parent is None else offset + parent,
                shaded,
            )
        )
    growing.tables += 1 + max((cell.table for cell in page.grids.cells), default=-1)


def _add_word(growing: _Growing, word: Word, page: int, place: tuple[int, int], cell: int | None) -> None:
    box = Box(page, word.x0, word.top, word.x1, word.bottom)
    line, paragraph = place
    order = growing.order
    growing.order += 1
    if word.is_mark:
        growing.marks.append(Mark(box, word.ticked, word.known_by, order, line, paragraph, cell))
        return
    growing.tokens.append(
        Token(
            word.text,
            box,
            order,
            line,
            paragraph,
            cell=cell,
            glued=word.glued,
            placeholder=word.placeholder,
            struck=bool(word.look & Look.STRUCK),
            bold=bool(word.look & Look.BOLD),
            underlined=bool(word.look & Look.UNDERLINED),
            highlighted=bool(word.look & Look.HIGHLIGHTED),
            confidence=word.confidence,
            doubt=word.doubt,
        )
    )
