"""One model for every paper: what stands on it, where, and how we know.

Word, PDF and scan readers all produce a `Sheet`. Labels, geometry, choices, dates and layout memory work on
sheets alone and never ask where one came from. No meaning lives here: that a token is a label or a value is
decided later.

Geometry: points (1/72 inch), origin at the top left of the page, y grows downwards. A Word file has no pages of
its own, so its reader lays the paper out on one long page: table columns keep their widths, each line gets a height.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as _value
else:

    def _value(*, frozen: bool, slots: bool) -> Any:
        """A dataclass that type checkers hold to be frozen. At run time it is not: a paper has thousands, and setting
        the fields of a frozen one takes three times as long.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)


MISREAD = "there seem to be accents that were not read"
"""A doubt of `Token` that concerns single letters, and so no long text."""

_Part = TypeVar("_Part", "Token", "Mark", "Cell", "Field", "Rule", "Page")


@_value(frozen=True, slots=True)
class Box:
    """A rectangle on a page. `page` counts from 1; the others are points from the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height of the horizontal axis: two tokens of one line have nearly the same."""
        return (self.top + self.bottom) / 2

    def around(self, other: Box) -> Box:
        """The smallest box that holds both. Both must lie on one page."""
        if other.page != self.page:
            message = f"boxes on pages {self.page} and {other.page} have no common box"
            raise ValueError(message)
        return Box(
            self.page, min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@_value(frozen=True, slots=True)
class Token:
    """A word as it stands on the paper; it holds no white space."""

    text: str
    box: Box
    order: int
    """Place in the reading order, shared with `Mark.order`."""
    line: int
    """Tokens with the same number stand on one visual line of one cell or one column of text."""
    paragraph: int
    cell: int | None = None
    """Index into `Sheet.cells`; None outside tables."""
    field: int | None = None
    """Index into `Sheet.fields` when a person put the text into an input (content control, form field, widget)."""
    place: str = ""
    """Where in a paper without pages: "table 1, row 3, cell 2", "paragraph 7", "header". Empty where the box says it."""
    glued: bool = False
    """No space before it: "12" and "/34567" may be two tokens of one written value."""
    struck: bool = False
    inserted: bool = False
    deleted: bool = False
    """Removed by a tracked change: it stays on the sheet so that a correction can be told, but is not the paper's text."""
    placeholder: bool = False
    """Prompt of an empty input ("Click or tap to enter a date"): never a value."""
    bold: bool = False
    underlined: bool = False
    highlighted: bool = False
    confidence: float = 1.0
    """1.0 where the characters are known; for OCR the engine's own figure, 0 to 1."""
    seconded: bool | None = None
    """Of OCR: whether another engine read the same there; None where only one looked."""
    doubt: str = ""
    """Why a person must look whatever the figures are: "it seems to be written by hand". Empty for most."""


@_value(frozen=True, slots=True)
class Mark:
    """A box that can be ticked: a control, a glyph, a drawn rectangle, ink on a scan."""

    box: Box
    ticked: bool | None
    """None where there is ink but nobody can tell."""
    known_by: str
    """"content control", "form field", "glyph", "rectangle and strokes", "ink"; shown to the reviewer."""
    order: int
    line: int
    paragraph: int
    cell: int | None = None
    field: int | None = None
    place: str = ""
    confidence: float = 1.0


@_value(frozen=True, slots=True)
class Cell:
    """A cell of a table. Merged cells stand once, with their spans."""

    box: Box
    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    parent: int | None = None
    """Index of the cell in which this table is nested."""
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A named input of the file: content control, legacy field, AcroForm or XFA field."""

    name: str
    kind: str
    """"text", "date", "choice", "checkbox" or "radio"."""
    value: str | None
    """The text, the chosen option, or "yes"/"no" of a checkbox; None while nobody filled it in."""
    box: Box | None = None
    title: str = ""
    """What the form's author called it for people: an alias or tooltip. Often meaningless, sometimes the best label."""
    options: tuple[str, ...] = ()
    known_by: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line that is no cell border: an answer line, a separator, a strike."""

    box: Box
    horizontal: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Size in points after rotation. `turned` is the rotation in degrees that was undone to make the text upright."""

    number: int
    width: float
    height: float
    turned: int = 0
    skew: float = 0.0
    source: str = "digital"
    """"digital", or "ocr" where the text came from an image."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a reader saw on one file, in reading order. Page images and HTML are kept apart."""

    source: str
    """Source class for calibration: "word", "odt", "pdf", "form" (PDF with fields), "scan" or "photo"."""
    pages: tuple[Page, ...]
    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...] = ()
    cells: tuple[Cell, ...] = ()
    fields: tuple[Field, ...] = ()
    rules: tuple[Rule, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """A JSON object; defaults are left out, because most tokens carry none of the flags."""
        return {
            "source": self.source,
            "pages": [_packed(page) for page in self.pages],
            "tokens": [_packed(token) for token in self.tokens],
            "marks": [_packed(mark) for mark in self.marks],
            "cells": [_packed(cell) for cell in self.cells],
            "fields": [_packed(entry) for entry in self.fields],
            "rules": [_packed(rule) for rule in self.rules],
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> Sheet:
        """The sheet that `to_json` packed. Raises `TypeError` or `KeyError` for anything else."""
        return cls(
            source=packed["source"],
            pages=tuple(_unpacked(Page, one) for one in packed["pages"]),
            tokens=tuple(_unpacked(Token, one) for one in packed["tokens"]),
            marks=tuple(_unpacked(Mark, one) for one in packed["marks"]),
            cells=tuple(_unpacked(Cell, one) for one in packed["cells"]),
            fields=tuple(_unpacked(Field, one) for one in packed["fields"]),
            rules=tuple(_unpacked(Rule, one) for one in packed["rules"]),
            warnings=tuple(packed["warnings"]),
        )


def _packed(value: Token | Mark | Cell | Field | Rule | Page) -> dict[str, Any]:
    packed: dict[str, Any] = {}
    for entry in fields(value):
        content = getattr(value, entry.name)
        if content == entry.default:
            continue
        if isinstance(content, Box):
            content = [
                content.page,
                round(content.x0, 2),
                round(content.top, 2),
                round(content.x1, 2),
                round(content.bottom, 2),
            ]
        packed[entry.name] = list(content) if isinstance(content, tuple) else content
    return packed


def _unpacked(kind: type[_Part], packed: dict[str, Any]) -> _Part:
    content = dict(packed)
    if content.get("box") is not None:
        content["box"] = Box(*content["box"])
    if "options" in content:
        content["options"] = tuple(content["options"])
    return kind(**content)
