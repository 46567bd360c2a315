"""Generated papers as PDF: print with text, or with form fields. A small typesetter on reportlab's canvas."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from reportlab.lib import colors
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.support.papers_model import Cell, Gap, Line, NewPage, P, Run, Sketch, T, Tick

_PAGE = (595.0, 842.0)
_LEFT, _TOP, _BELOW = 60.0, 60.0, 72.0
_PAD = 4.0


@dataclass
class _Word:
    text: str
    width: float
    piece: Run | Tick | Line
    space: float
    """The gap before it where it does not start a line."""
    at: float | None = None
    field: str = ""


def to_pdf(sketch: Sketch, *, fields: bool = False) -> bytes:
    """The file. With `fields` every answer stands in a form field with a meaningless name."""
    content = io.BytesIO()
    page = (_PAGE[1], _PAGE[0]) if sketch.landscape else _PAGE
    _Setter(Canvas(content, pagesize=page, invariant=1), sketch, fields=fields).set()
    return content.getvalue()


class _Setter:
    def __init__(self, canvas: Canvas, sketch: Sketch, *, fields: bool) -> None:
        self._canvas, self._sketch, self._fields = canvas, sketch, fields
        self._form: Any = canvas.acroForm
        self._width, self._high = (_PAGE[1], _PAGE[0]) if sketch.landscape else _PAGE
        self._right, self._bottom = self._width - _LEFT, self._high - _BELOW
        self._y = _TOP
        self._count = 0

    def set(self) -> None:
        self._margins()
        for block in self._sketch.blocks:
            if isinstance(block, NewPage):
                self._break()
            elif isinstance(block, P):
                self._paragraph(block)
            else:
                self._table(block)
        self._canvas.save()

    def _margins(self) -> None:
        self._canvas.setFont("Helvetica", 8)
        self._canvas.drawString(_LEFT, self._high - 35, self._sketch.header)
        self._canvas.drawString(_LEFT, 30, self._sketch.footer)

    def _break(self) -> None:
        self._canvas.showPage()
        self._margins()
        self._y = _TOP

    def _room(self, height: float) -> None:
        if self._y + height > self._bottom:
            self._break()

    def _paragraph(self, block: P) -> None:
        lines = self._lines(block, self._right - _LEFT)
        for line in lines:
            height = self._height(block, line)
            self._room(height)
            self._line(line, _LEFT, self._y, block)
            self._y += height
        self._y += block.after

    def _height(self, block: P, line: list[_Word]) -> float:
        if self._fields and any(word.field for word in line):
            return 3.0 + max(_field_height(word) for word in line)
        return _size(block) * 1.25

    def _lines(self, block: P, width: float) -> list[list[_Word]]:
        lines: list[list[_Word]] = [[]]
        x = 0.0
        for word in self._words(block, width):
            step = 0.0 if not lines[-1] else word.space
            if word.at is not None:
                step = max(6.0 if lines[-1] else 0.0, word.at - x)
            if lines[-1] and x + step + word.width > width + 0.5:
                lines.append([])
                x = step = 0.0
            word.space = step
            lines[-1].append(word)
            x += step + word.width
        return lines

    def _words(self, block: P, width: float) -> list[_Word]:
        words: list[_Word] = []
        size = _size(block)
        gap, at, glue = 0.0, None, True
        for piece in block.pieces:
            if isinstance(piece, Gap):
                gap, at = 30.0, piece.to
            elif isinstance(piece, Tick):
                words.append(_Word("", size, piece, gap or 3.0, at))
                gap, at, glue = 0.0, None, False
            elif isinstance(piece, Line):
                words.append(_Word("", piece.width, piece, gap or 3.0, at))
                gap, at, glue = 0.0, None, False
            elif piece.answer and self._fields:
                words.append(_Word(piece.text, _field_width(piece, width), piece, gap or 4.0, at, field="x"))
                gap, at, glue = 0.0, None, False
            else:
                for number, text in enumerate(_broken(piece, size, width)):
                    spaced = number or piece.text[:1] == " " or not glue
                    space = gap or (_measure(" ", piece, size) if spaced else 0.0)
                    words.append(_Word(text, _measure(text, piece, size), piece, space, at))
                    gap, at = 0.0, None
                glue = not piece.text.endswith(" ") and bool(piece.text) and piece.text[-1] in "/("
        return words

    def _line(self, line: list[_Word], x: float, y: float, block: P) -> None:
        size = _size(block)
        baseline = self._high - y - size
        for word in line:
            x += word.space
            self._word(word, x, baseline, size)
            x += word.width

    def _word(self, word: _Word, x: float, baseline: float, size: float) -> None:
        piece = word.piece
        if isinstance(piece, Tick):
            self._tick(piece, x, baseline, size)
        elif isinstance(piece, Line):
            self._canvas.setLineWidth(0.5)
            self._canvas.line(x, baseline - 1.5, x + word.width, baseline - 1.5)
        elif word.field:
            self._field(word, x, baseline, size)
        elif word.text in {"●", "○"}:
            self._canvas.setLineWidth(0.7)
            self._canvas.circle(x + 4, baseline + 3, 4)
            if word.text == "●":
                self._canvas.circle(x + 4, baseline + 3, 2.2, fill=1)
        else:
            if piece.highlighted:
                self._canvas.setFillColor(colors.yellow)
                self._canvas.rect(x, baseline - 2, word.width, size, stroke=0, fill=1)
                self._canvas.setFillColor(colors.black)
            self._canvas.setFont(_font(piece), size)
            self._canvas.drawString(x, baseline, word.text)
            self._canvas.setLineWidth(0.6)
            if piece.struck:
                self._canvas.line(x, baseline + size * 0.28, x + word.width, baseline + size * 0.28)
            if piece.underlined:
                self._canvas.line(x, baseline - 1.4, x + word.width, baseline - 1.4)
            if piece.ringed:
                self._canvas.ellipse(x - 4, baseline - 4, x + word.width + 4, baseline + size)

    def _tick(self, tick: Tick, x: float, baseline: float, size: float) -> None:
        if self._fields:
            self._count += 1
            self._form.checkbox(
                name=f"Check Box{self._count}", x=x, y=baseline - 1, size=size, checked=tick.ticked, buttonStyle="cross"
            )
            return
        self._canvas.setLineWidth(0.7)
        self._canvas.rect(x, baseline - 1, size - 1, size - 1)
        if tick.ticked:
            self._canvas.line(x, baseline - 1, x + size - 1, baseline + size - 2)
            self._canvas.line(x, baseline + size - 2, x + size - 1, baseline - 1)

    def _field(self, word: _Word, x: float, baseline: float, size: float) -> None:
        self._count += 1
        height = _field_height(word)
        self._form.textfield(
            name=f"Text{self._count}", x=x, y=baseline + 11 - height, width=word.width, height=height,
            value=word.text.replace("’", "'").replace("•", "-").replace("–", "-"), fontSize=min(size, 9), borderWidth=0.5, maxlen=4000,
            fieldFlags="multiline" if height > 16 else "",
        )  # fmt: skip

    def _table(self, table: T) -> None:
        edges = [_LEFT]
        for share in table.widths:
            edges.append(edges[-1] + share * (self._right - _LEFT))
        for row in table.rows:
            self._row(row, edges, table)
        self._y += 8

    def _row(self, row: tuple[Cell, ...], edges: list[float], table: T) -> None:
        laid: list[tuple[float, float, list[tuple[P, list[_Word]]]]] = []
        column = 0
        for one in row:
            x0, x1 = edges[column], edges[column + one.span]
            lines = [(block, line) for block in one.blocks for line in self._lines(block, x1 - x0 - 2 * _PAD)]
            laid.append((x0, x1, lines))
            column += one.span
        while laid:
            laid = self._part_of_row(laid, table)

    def _part_of_row(self, laid: list[tuple[float, float, Any]], table: T) -> list[tuple[float, float, Any]]:
        """As much of a row as the page holds; the rest goes on over the page."""
        heights = [sum(self._height(block, line) for block, line in lines) for _, _, lines in laid]
        need = max(max(heights) + 2 * _PAD, table.least)
        if self._y + min(need, 60) > self._bottom:
            self._break()
        fits = min(need, self._bottom - self._y)
        rest = []
        for x0, x1, lines in laid:
            y = self._y + _PAD
            left = []
            for block, line in lines:
                height = self._height(block, line)
                if y + height > self._y + fits + 0.1:
                    left.append((block, line))
                    continue
                self._line(line, x0 + _PAD, y, block)
                y += height
            rest.append((x0, x1, left))
            if table.ruled:
                self._canvas.setLineWidth(0.5)
                self._canvas.rect(x0, self._high - self._y - fits, x1 - x0, fits)
        self._y += fits
        return rest if any(left for _, _, left in rest) else []


def _broken(piece: Run, size: float, width: float) -> list[str]:
    """The words of a piece, those that are wider than their line in two."""
    words: list[str] = []
    for text in piece.text.split():
        rest = text
        while _measure(rest, piece, size) > width:
            fits = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or _measure(rest[:n], piece, size) <= width)
            words.append(rest[:fits])
            rest = rest[fits:]
        words.append(rest)
    return words


def _field_width(piece: Run, width: float) -> float:
    """Room for a short answer whole; a long one breaks into lines over all the width there is."""
    return width if len(piece.text) >= 40 else min(width, max(150.0, 10.0 + 1.1 * stringWidth(piece.text, "Helvetica", 9)))


def _field_height(word: _Word) -> float:
    if not word.field:
        return 12.0
    lines = 1 + int(stringWidth(word.text, "Helvetica", 9) * 1.1 / (word.width - 6))
    return 16.0 if lines == 1 else 6.0 + 11.0 * lines


def _size(block: P) -> float:
    return {0: 9.5, 1: 15.0, 2: 12.0}[min(block.heading, 2)]


def _font(piece: Run) -> str:
    return "Helvetica-Bold" if piece.bold else "Helvetica"


def _measure(text: str, piece: Run, size: float) -> float:
    return stringWidth(text, _font(piece), size)
