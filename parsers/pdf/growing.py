"""A sheet while its pages are added, whatever they were read from: characters of a PDF or ink on a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from parsers.pdf.cells import Grids
from parsers.pdf.lines import Placed
from parsers.pdf.looks import Look
from parsers.pdf.words import Word
from parsers.tokens import Box, Cell, Field, Mark, Page, Rule, Sheet, Token

_FLAGS = (
    ("struck", Look.STRUCK),
    ("inserted", Look.INSERTED),
    ("deleted", Look.DELETED),
    ("bold", Look.BOLD),
    ("underlined", Look.UNDERLINED),
    ("highlighted", Look.HIGHLIGHTED),
)


class OnPage(Protocol):
    """What stands on one page, in its own numbers: cells, lines and paragraphs count from 0 on each page."""

    @property
    def placed(self) -> list[Placed]: ...
    @property
    def grids(self) -> Grids: ...
    @property
    def parents(self) -> list[int | None]: ...
    @property
    def shaded(self) -> list[bool]: ...


@dataclass(slots=True)
class Growing:
    """Counts orders, lines, paragraphs, cells and tables on through all pages."""

    pages: list[Page] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _lines: int = 0
    _paragraphs: int = 0
    _tables: int = 0
    _order: int = 0

    def add(self, page: Page, content: OnPage) -> None:
        self.pages.append(page)
        first_cell = len(self.cells)
        self._add_cells(content, page.number)
        for one in content.placed:
            place = (self._order, self._lines + one.line, self._paragraphs + one.paragraph)
            self._add_word(one.word, page.number, place, None if one.word.cell is None else first_cell + one.word.cell)
            self._order += 1
        self._lines += 1 + max((one.line for one in content.placed), default=-1)
        self._paragraphs += 1 + max((one.paragraph for one in content.placed), default=-1)
        self._add_rules(content, page.number)

    def sheet(self, source: str) -> Sheet:
        return Sheet(
            source=source,
            pages=tuple(self.pages),
            tokens=tuple(self.tokens),
            marks=tuple(self.marks),
            cells=tuple(self.cells),
            fields=tuple(self.fields),
            rules=tuple(self.rules),
            warnings=tuple(self.warnings),
        )

    def _add_cells(self, content: OnPage, page: int) -> None:
        offset = len(self.cells)
        for cell, parent, is_shaded in zip(content.grids.cells, content.parents, content.shaded, strict=True):
            self.cells.append(
                Cell(
                    Box(page, cell.x0, cell.top, cell.x1, cell.bottom),
                    self._tables + cell.table,
                    cell.row,
                    cell.column,
                    cell.row_span,
                    cell.column_span,
                    None if parent is None else offset + parent,
                    is_shaded,
                )
            )
        self._tables += 1 + max((cell.table for cell in content.grids.cells), default=-1)

    def _add_word(self, word: Word, page: int, place: tuple[int, int, int], cell: int | None) -> None:
        box = Box(page, word.x0, word.top, word.x1, word.bottom)
        order, line, paragraph = place
        if word.is_mark:
            self.marks.append(Mark(box, word.ticked, word.known_by, order, line, paragraph, cell, word.field))
            return
        self.tokens.append(
            Token(
                word.text, box, order, line, paragraph, cell, word.field,
                glued=word.glued, placeholder=word.placeholder, confidence=word.confidence, doubt=word.doubt,
                **_flags(word.look),  # type: ignore[arg-type]
            )
        )  # fmt: skip

    def _add_rules(self, content: OnPage, page: int) -> None:
        for line in content.grids.loose:
            half = line.thickness / 2
            across = (line.start, line.at - half, line.end, line.at + half)
            down = (line.at - half, line.start, line.at + half, line.end)
            self.rules.append(Rule(Box(page, *(across if line.horizontal else down)), line.horizontal))


def _flags(look: int) -> dict[str, bool]:
    """The flags of a token that are set; most have none."""
    return {name: True for name, bit in _FLAGS if look & bit} if look else {}
