"""Sets the pieces of paragraphs in lines: every word gets its box, every gap that a person would see is one.

Tables and the page around the lines are laid in `word_geometry`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.forms import NotReadable
from parsers.tokens import Box, Mark, Rule, Token
from parsers.word.flow import Blank, Break, Paragraph, Piece, Tab, Tick, Words

LINE = 14.0
WIDE_GAP = 14.0
"""The least gap after a tab or several spaces: more than any word space."""
MARK_WIDTH = 10.0
MOST_WORDS = 100_000
TOO_LONG = "The file holds far more text than any form would, so it was not read."
NARROWEST = 12.0
_BLANK_WIDTH = 30.0
_LETTER = 0.48
_SPACE = 0.27
_BETWEEN = 3.0
_BITS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where blocks go: between two edges, in a cell or not."""

    left: float
    right: float
    cell: int | None = None


@dataclass(slots=True)
class _Pen:
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

    def seen_gap(self) -> float:
        """The gap before the next thing: three spaces and more are a gap that a person means to be seen."""
        return max(self.gap, WIDE_GAP) if self.spaces >= 3 and not self.fresh else self.gap

    def parted(self) -> None:
        self.glue = self.deleted_glue = False

    def box(self, x0: float, x1: float, frame: Frame) -> Box:
        """The box of a word; kept inside its cell, however long the word."""
        if x1 > frame.right and frame.cell is not None:
            x1 = max(frame.right, frame.left + 1)
            x0 = min(x0, x1 - 1)
        return Box(1, x0, self.top + 1, x1, self.top + self.height - 1)


class Lines:
    """Everything that stands on the lines of one paper."""

    def __init__(self, default_tab: float) -> None:
        self.tokens: list[Token] = []
        self.marks: list[Mark] = []
        self.rules: list[Rule] = []
        self._default_tab = default_tab
        self._boxes: dict[int, list[Box]] = {}
        self._said: dict[int, list[tuple[int, bool, str]]] = {}
        self._order = self._line = self._paragraph = 0

    def lay(self, paragraph: Paragraph, frame: Frame, top: float) -> float:
        """Sets a paragraph; returns where the next would begin."""
        shape, room = paragraph.shape, max(frame.right - frame.left, NARROWEST)
        left = frame.left + min(max(shape.left, 0.0), room / 2)
        first = min(max(left + shape.first, frame.left), frame.left + room / 2)
        size = max((piece.look.size for piece in paragraph.pieces if isinstance(piece, Words)), default=0.0)
        pen = _Pen(first, top, left, max(LINE, size * 1.25))
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
            elif isinstance(piece, Blank):
                self._blank(piece, pen, frame)
            else:
                self._solid(_BLANK_WIDTH, pen, frame)
        return pen.top + pen.height + (_BETWEEN if frame.cell is None else 0.0)

    def box_of(self, field: int) -> Box | None:
        """The box around everything of an input."""
        boxes = self._boxes.get(field)
        if boxes is None:
            return None
        return Box(
            1,
            min(box.x0 for box in boxes),
            min(box.top for box in boxes),
            max(box.x1 for box in boxes),
            max(box.bottom for box in boxes),
        )

    def text_of(self, field: int) -> str | None:
        """The text of an input: words by spaces, paragraphs by line breaks; None where there is none."""
        parts: list[str] = []
        before = None
        for paragraph, glued, word in self._said.get(field, ()):
            if before is not None:
                parts.append("\n" if paragraph != before else "" if glued else " ")
            parts.append(word)
            before = paragraph
        return "".join(parts) or None

    def _words(self, words: Words, pen: _Pen, paragraph: Paragraph, frame: Frame) -> None:
        space = words.look.size * _SPACE
        for bit in _BITS.findall(words.text):
            if not bit.isspace():
                self._word(bit, words, pen, paragraph, frame)
                continue
            natural = len(bit) * space
            if words.deleted:
                pen.shadow += natural
                pen.deleted_glue = False
                continue
            if words.look.underlined and natural >= WIDE_GAP:
                self._rule(pen.x + pen.gap, pen.x + pen.gap + natural, pen)
            pen.spaces += len(bit)
            pen.gap += natural
            pen.glue = pen.deleted_glue = False

    def _word(self, text: str, words: Words, pen: _Pen, paragraph: Paragraph, frame: Frame) -> None:
        look, width = words.look, len(text) * words.look.size * _LETTER
        if words.deleted:
            x0 = pen.x + pen.seen_gap() + pen.shadow
            pen.shadow += width
            glued, pen.deleted_glue = pen.deleted_glue, True
        else:
            x0 = self._placed(width, pen, frame)
            pen.x = x0 + width
            glued = pen.glue
            pen.glue = pen.deleted_glue = True
        box = pen.box(x0, x0 + width, frame)
        if self._order >= MOST_WORDS:
            raise NotReadable(TOO_LONG)
        self.tokens.append(
            Token(
                text,
                box,
                order=self._order,
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
        self._order += 1
        if words.field is not None:
            self._boxes.setdefault(words.field, []).append(box)
            if not words.deleted and not words.placeholder:
                self._said.setdefault(words.field, []).append((self._paragraph, glued, text))

    def _tick(self, tick: Tick, pen: _Pen, paragraph: Paragraph, frame: Frame) -> None:
        box = self._solid(MARK_WIDTH, pen, frame)
        self.marks.append(
            Mark(
                box,
                tick.ticked,
                tick.known_by,
                order=self._order,
                line=self._line,
                paragraph=self._paragraph,
                cell=frame.cell,
                field=tick.field,
                place=paragraph.place,
            )
        )
        self._order += 1
        if tick.field is not None:
            self._boxes.setdefault(tick.field, []).append(box)

    def _blank(self, blank: Blank, pen: _Pen, frame: Frame) -> None:
        self._boxes.setdefault(blank.field, []).append(self._solid(_BLANK_WIDTH, pen, frame))

    def _solid(self, width: float, pen: _Pen, frame: Frame) -> Box:
        x0 = self._placed(width, pen, frame)
        pen.x = x0 + width
        pen.parted()
        return pen.box(x0, pen.x, frame)

    def _tab(self, tab: Tab, pen: _Pen, frame: Frame, paragraph: Paragraph, index: int) -> None:
        reached = pen.x + pen.gap
        stop = next((one for one in paragraph.shape.stops if frame.left + one.at > reached), None)
        if stop is not None:
            target = frame.left + stop.at
            following = 0.0 if stop.kind == "left" else _width_until_tab(paragraph.pieces, index + 1)
            target -= following if stop.kind == "right" else following / 2
        else:
            steps = int((reached - frame.left) / self._default_tab) + 1
            target = frame.left + steps * self._default_tab
        target = max(target, reached if pen.fresh else pen.x + WIDE_GAP)
        if tab.underlined:
            self._rule(reached, target, pen)
        pen.gap, pen.spaces, pen.shadow = target - pen.x, 0, 0.0
        pen.parted()

    def _placed(self, width: float, pen: _Pen, frame: Frame) -> float:
        """Where the next thing begins; on a new line where this one has no room."""
        x0 = pen.x + pen.seen_gap()
        if not pen.fresh and x0 + width > frame.right:
            self._new_line(pen)
            x0 = pen.x
        pen.spaces, pen.gap, pen.shadow, pen.fresh = 0, 0.0, 0.0, False
        return x0

    def _new_line(self, pen: _Pen) -> None:
        pen.top += pen.height
        pen.x, pen.spaces, pen.gap, pen.shadow = pen.start, 0, 0.0, 0.0
        pen.fresh = True
        pen.parted()
        self._line += 1

    def _rule(self, x0: float, x1: float, pen: _Pen) -> None:
        bottom = pen.top + pen.height - 2
        self.rules.append(Rule(Box(1, x0, bottom - 0.5, x1, bottom), horizontal=True))


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
