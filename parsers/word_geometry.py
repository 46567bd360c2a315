"""Lays a flow out on one long page, so that whatever knows only boxes can read a paper that has no pages.

Columns keep their widths, each line gets a height, words advance by an estimate. It is no typesetting: what counts is
that neighbours are neighbours, that columns line up and that a gap a person would see is a gap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.forms import NotReadable
from parsers.tokens import Box, Cell, Field, Mark, Page, Rule, Sheet, Token
from parsers.word_flow import Blank, Block, Break, Flow, FlowTable, Input, Paragraph, Piece, Tab, TextBox, Tick, Words

LINE = 14.0
WIDE_GAP = 14.0
"""The least gap after a tab or several spaces: more than any word space."""
MARK_WIDTH = 10.0
_BLANK_WIDTH = 30.0
_LETTER = 0.48
_SPACE = 0.27
_PADDING = 5.4
_NARROWEST = 12.0
_BETWEEN = 3.0
MOST_WORDS = 100_000
TOO_LONG = "The file holds far more text than any form would, so it was not read."
_BITS = re.compile(r"\s+|\S+")


def laid_out(flow: Flow) -> Sheet:
    """The sheet of a flow. Raises `NotReadable` for a paper of more than 100,000 words."""
    layout = _Layout(flow)
    top = flow.margin
    for story in flow.stories:
        top = layout.blocks(story.blocks, _Frame(flow.margin, flow.margin + flow.text_width, top, None)) + LINE
    right = max((token.box.x1 for token in layout.tokens), default=0.0)
    right = max([right, *(cell.box.x1 for cell in layout.cells if cell is not None)])
    return Sheet(
        source=flow.source,
        pages=(Page(1, max(flow.width, right + 36.0), top + flow.margin),),
        tokens=tuple(layout.tokens),
        marks=tuple(layout.marks),
        cells=tuple(cell for cell in layout.cells if cell is not None),
        fields=tuple(layout.field(index, entry) for index, entry in enumerate(flow.inputs)),
        rules=tuple(layout.rules),
        warnings=flow.warnings,
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where blocks go: between two edges from a height down, in a cell or not."""

    left: float
    right: float
    top: float
    cell: int | None


@dataclass
class _Line:
    """The pen within a paragraph."""

    x: float
    top: float
    start: float
    height: float
    spaces: int = 0
    gap: float = 0.0
    shadow: float = 0.0
    """How far deleted words reach from the pen; they take no room from what stays."""
    fresh: bool = True
    glue: bool = False
    deleted_glue: bool = False


class _Layout:
    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self.tokens: list[Token] = []
        self.marks: list[Mark] = []
        self.cells: list[Cell | None] = []
        self.rules: list[Rule] = []
        self._boxes: dict[int, Box] = {}
        self._said: dict[int, list[tuple[int, bool, str]]] = {}
        self._order = self._line = self._paragraph = self._table = 0

    def blocks(self, blocks: tuple[Block, ...], frame: _Frame) -> float:
        """Lays blocks below each other; returns where the next would begin."""
        top = frame.top
        for block in blocks:
            here = replace(frame, top=top)
            if isinstance(block, Paragraph):
                top = self._lay(block, here)
            elif isinstance(block, TextBox):
                top = self.blocks(block.blocks, here)
            else:
                top = self._lay_table(block, here)
        return top

    def field(self, index: int, entry: Input) -> Field:
        value = entry.value
        if value is None and entry.kind != "checkbox":
            value = _joined(self._said.get(index, []))
        return Field(
            name=entry.name,
            kind=entry.kind,
            value=value,
            box=self._boxes.get(index),
            title=entry.title,
            options=entry.options,
            known_by=entry.known_by,
            place=entry.place,
        )

    # ── paragraphs ──

    def _lay(self, paragraph: Paragraph, frame: _Frame) -> float:
        shape = paragraph.shape
        room = max(frame.right - frame.left, _NARROWEST)
        left = frame.left + min(max(shape.left, 0.0), room / 2)
        first = min(max(left + shape.first, frame.left), frame.left + room / 2)
        size = max((piece.look.size for piece in paragraph.pieces if isinstance(piece, Words)), default=0.0)
        pen = _Line(first, frame.top, left, max(LINE, size * 1.25))
        self._paragraph += 1
        self._line += 1
        for index, piece in enumerate(paragraph.pieces):
            if isinstance(piece, Words):
                self._words(piece, pen, paragraph, frame)
            elif isinstance(piece, Tick):
                self._tick(piece, pen, paragraph, frame)
            elif isinstance(piece, Tab):
                self._tab(piece, pen, frame, paragraph, index)
            elif isinstance(piece, Break):
                self._new_line(pen)
            else:
                self._blank(piece, pen, frame)
        between = _BETWEEN if frame.cell is None else 0.0
        return pen.top + pen.height + between

    def _words(self, words: Words, pen: _Line, paragraph: Paragraph, frame: _Frame) -> None:
        size = words.look.size
        for bit in _BITS.findall(words.text):
            if not bit.isspace():
                self._word(bit, words, pen, paragraph, frame)
            elif words.deleted:
                pen.shadow += len(bit) * size * _SPACE
                pen.deleted_glue = False
            else:
                pen.spaces += len(bit)
                natural = len(bit) * size * _SPACE
                if words.look.underlined and natural >= WIDE_GAP:
                    self._rule(pen.x + pen.gap, pen.x + pen.gap + natural, pen)
                pen.gap += natural
                pen.glue = pen.deleted_glue = False

    def _word(self, text: str, words: Words, pen: _Line, paragraph: Paragraph, frame: _Frame) -> None:
        width = len(text) * words.look.size * _LETTER
        if words.deleted:
            x0 = pen.x + _seen(pen) + pen.shadow
            pen.shadow += width
            glued, pen.deleted_glue = pen.deleted_glue, True
        else:
            x0 = self._placed(width, pen, frame)
            pen.x = x0 + width
            glued, pen.glue, pen.deleted_glue = pen.glue, True, True
        box = _box(x0, x0 + width, pen, frame)
        if len(self.tokens) >= MOST_WORDS:
            raise NotReadable(TOO_LONG)
        look = words.look
        self.tokens.append(
            Token(
                text=text,
                box=box,
                order=self._next(),
                line=self._line,
                paragraph=self._paragraph,
                cell=frame.cell,
                field=words.field,
                place=paragraph.place,
                glued=glued,
                struck=look.struck,
                inserted=words.inserted,
                deleted=words.deleted,
                placeholder=words.placeholder,
                bold=look.bold,
                underlined=look.underlined,
                highlighted=look.highlighted,
            )
        )
        if words.field is not None:
            self._claim(words.field, box)
            if not words.deleted and not words.placeholder:
                self._said.setdefault(words.field, []).append((self._paragraph, glued, text))

    def _tick(self, tick: Tick, pen: _Line, paragraph: Paragraph, frame: _Frame) -> None:
        x0 = self._placed(MARK_WIDTH, pen, frame)
        pen.x = x0 + MARK_WIDTH
        pen.glue = pen.deleted_glue = False
        box = _box(x0, pen.x, pen, frame)
        self.marks.append(
            Mark(
                box=box,
                ticked=tick.ticked,
                known_by=tick.known_by,
                order=self._next(),
                line=self._line,
                paragraph=self._paragraph,
                cell=frame.cell,
                field=tick.field,
                place=paragraph.place,
            )
        )
        if tick.field is not None:
            self._claim(tick.field, box)

    def _blank(self, blank: Blank, pen: _Line, frame: _Frame) -> None:
        x0 = self._placed(_BLANK_WIDTH, pen, frame)
        pen.x = x0 + _BLANK_WIDTH
        pen.glue = pen.deleted_glue = False
        self._claim(blank.field, _box(x0, pen.x, pen, frame))

    def _tab(self, tab: Tab, pen: _Line, frame: _Frame, paragraph: Paragraph, index: int) -> None:
        reached = pen.x + pen.gap
        least = reached if pen.fresh else pen.x + WIDE_GAP
        stop = next((one for one in paragraph.shape.stops if frame.left + one.at > reached), None)
        if stop is not None:
            target = frame.left + stop.at
            following = 0.0 if stop.kind == "left" else _width_until_tab(paragraph.pieces, index + 1)
            target -= following if stop.kind == "right" else following / 2
        else:
            steps = int((reached - frame.left) / self._flow.tab) + 1
            target = frame.left + steps * self._flow.tab
        target = max(target, least)
        if tab.underlined:
            self._rule(reached, target, pen)
        pen.gap, pen.spaces, pen.shadow = target - pen.x, 0, 0.0
        pen.glue = pen.deleted_glue = False

    def _placed(self, width: float, pen: _Line, frame: _Frame) -> float:
        """Where the next thing begins; on a new line where this one has no room."""
        x0 = pen.x + _seen(pen)
        if not pen.fresh and x0 + width > frame.right:
            self._new_line(pen)
            x0 = pen.x
        pen.spaces, pen.gap, pen.shadow, pen.fresh = 0, 0.0, 0.0, False
        return x0

    def _new_line(self, pen: _Line) -> None:
        pen.top += pen.height
        pen.x, pen.spaces, pen.gap, pen.shadow = pen.start, 0, 0.0, 0.0
        pen.fresh, pen.glue, pen.deleted_glue = True, False, False
        self._line += 1

    def _rule(self, x0: float, x1: float, pen: _Line) -> None:
        bottom = pen.top + pen.height - 2
        self.rules.append(Rule(Box(1, x0, bottom - 0.5, x1, bottom), horizontal=True))

    def _next(self) -> int:
        self._order += 1
        return self._order - 1

    def _claim(self, index: int, box: Box) -> None:
        held = self._boxes.get(index)
        self._boxes[index] = box if held is None else held.around(box)

    # ── tables ──

    def _lay_table(self, table: FlowTable, frame: _Frame) -> float:
        number, self._table = self._table, self._table + 1
        edges = _edges(table, frame)
        tops, bottom = [frame.top], frame.top
        waiting: list[tuple[int, int, float]] = []
        first = len(self.cells)
        standing: list[tuple[int, int, int]] = []
        for row_number, row in enumerate(table.rows):
            bottom = tops[-1] + max(LINE, row.height)
            for cell in row.cells:
                index = len(self.cells)
                self.cells.append(None)
                right = min(cell.column + cell.column_span, len(edges) - 1)
                x0, x1 = edges[min(cell.column, right - 1)], edges[right]
                inner = _Frame(x0 + min(_PADDING, (x1 - x0) / 4), x1 - min(_PADDING, (x1 - x0) / 4), tops[-1] + 1, index)
                needed = self.blocks(cell.blocks, inner) + 1
                last = min(row_number + cell.row_span, len(table.rows)) - 1
                waiting.append((last, index, needed))
                standing.append((index, row_number, last))
                self.cells[index] = Cell(
                    Box(1, x0, tops[-1], x1, needed), number, row_number, cell.column, last - row_number + 1,
                    cell.column_span, frame.cell, cell.shaded,
                )  # fmt: skip
            bottom = max([bottom, *(needed for last, _, needed in waiting if last == row_number)])
            waiting = [one for one in waiting if one[0] > row_number]
            tops.append(bottom)
        for index, row_number, last in standing:
            held = self.cells[index]
            if held is not None and index >= first:
                self.cells[index] = replace(held, box=replace(held.box, top=tops[row_number], bottom=tops[last + 1]))
        return bottom + _BETWEEN


def _seen(pen: _Line) -> float:
    """The gap before the next thing: three spaces and more are a gap that a person means to be seen."""
    return max(pen.gap, WIDE_GAP) if pen.spaces >= 3 and not pen.fresh else pen.gap


def _box(x0: float, x1: float, pen: _Line, frame: _Frame) -> Box:
    """The box of a word; kept inside its cell, however long the word."""
    if frame.cell is not None and x1 > frame.right:
        x1 = max(frame.right, frame.left + 1)
        x0 = min(x0, x1 - 1)
    return Box(1, x0, pen.top + 1, x1, pen.top + pen.height - 1)


def _edges(table: FlowTable, frame: _Frame) -> list[float]:
    room = frame.right - frame.left
    widths = [max(width, _NARROWEST) for width in table.widths]
    total = sum(widths)
    scale = room / total if total > room and (frame.cell is not None or total > 2_000) else 1.0
    edges = [frame.left + (min(max(table.indent, 0.0), room / 2) if scale == 1.0 and frame.cell is None else 0.0)]
    for width in widths:
        edges.append(edges[-1] + width * scale)
    return edges


def _width_until_tab(pieces: tuple[Piece, ...], begin: int) -> float:
    width = 0.0
    for index in range(begin, len(pieces)):
        piece = pieces[index]
        if isinstance(piece, Tab | Break):
            break
        if isinstance(piece, Words):
            width += 0.0 if piece.deleted else len(piece.text) * piece.look.size * _LETTER
        else:
            width += MARK_WIDTH
    return width


def _joined(said: list[tuple[int, bool, str]]) -> str | None:
    """The text of an input: words by spaces, paragraphs by line breaks."""
    text, before = "", None
    for paragraph, glued, word in said:
        if before is not None:
            text += "\n" if paragraph != before else "" if glued else " "
        text, before = text + word, paragraph
    return text or None
