"""Stretches of free text whose lines start at the same few edges, as the columns of a table without rules do. No meaning yet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.labels.words import is_known, words_of
from parsers.tokens import Box, Mark, Sheet, Token

_ALIGNED = 3.0
"""Points between the left edges of text that stands in one column."""
GUTTER = 5.0
"""Points between words of different columns, at least."""
_PADDING = 11.0
"""Points that a column's text leaves free before the next column, at most."""
_MOST_EDGES = 7
_NEAR = 5.0
"""Line heights between rows of one table, at most."""
_LEADER = re.compile(r"[._…]{4,}$")

Item = Token | Mark


@dataclass(slots=True)
class Piece:
    """Words of one line without a gutter between them."""

    items: list[Item]

    @property
    def x0(self) -> float:
        return self.items[0].box.x0

    @property
    def x1(self) -> float:
        return self.items[-1].box.x1

    @property
    def text(self) -> str:
        return " ".join(item.text for item in self.items if isinstance(item, Token))


@dataclass(slots=True)
class Line:
    pieces: list[Piece]
    top: float
    bottom: float
    page: int
    columns: dict[int, Piece] = field(default_factory=dict)

    @property
    def printed(self) -> float | None:
        """The height of its printed words; None where all of it stands in inputs, whose lines keep other distances."""
        tops = [item.box.top for piece in self.pieces for item in piece.items if item.field is None]
        return min(tops, default=None)


def stretches_of(sheet: Sheet) -> Iterator[Stretch]:
    """Runs of lines that start at the same edges."""
    rights: dict[int, float] = defaultdict(float)
    for item in sheet.tokens:
        rights[item.box.page] = max(rights[item.box.page], item.box.x1)
    stretch: Stretch | None = None
    for line in lines_of(sheet):
        if stretch is not None and stretch.takes(line):
            continue
        if stretch is not None and len(stretch.lines) > 1:
            yield stretch
        stretch = Stretch.begun(line, rights[line.page], sheet)
    if stretch is not None and len(stretch.lines) > 1:
        yield stretch


class Stretch:
    def __init__(self, line: Line, right: float, barriers: list[Box]) -> None:
        self.edges = [piece.x0 for piece in line.pieces]
        self.lines = [line]
        self._right = right
        self._barriers = barriers
        line.columns = dict(enumerate(line.pieces))

    @classmethod
    def begun(cls, line: Line, right: float, sheet: Sheet) -> Stretch | None:
        """A stretch that starts with a line of several pieces."""
        if not 2 <= len(line.pieces) <= _MOST_EDGES or _has_leaders(line):
            return None
        barriers = [cell.box for cell in sheet.cells if cell.box.page == line.page]
        barriers += [rule.box for rule in sheet.rules if rule.horizontal and rule.box.page == line.page and rule.box.width > 40]
        return cls(line, right, barriers)

    def takes(self, line: Line) -> bool:
        """Adds a line that starts where the others do, and nowhere else."""
        last = self.lines[-1]
        if line.page != last.page or line.top - last.top > _NEAR * (last.bottom - last.top) or _has_leaders(line):
            return False
        if any(last.bottom - 3 < box.bottom and box.top < line.top + 3 for box in self._barriers):
            return False
        edges = self._with_new(line)
        places = [_place(piece.x0, edges) for piece in line.pieces]
        if None in places or not self._clear(edges, line, places):
            return False
        if edges != self.edges:
            self.move(edges)
        line.columns = {place: piece for place, piece in zip(places, line.pieces, strict=True) if place is not None}
        self.lines.append(line)
        return True

    def _with_new(self, line: Line) -> list[float]:
        """The edges with those that a line adds which has two of the others, so that an answer may be left out."""
        starts = [piece.x0 for piece in line.pieces]
        shared = sum(_place(start, self.edges) is not None for start in starts)
        new = [start for start in starts if _place(start, self.edges) is None]
        if shared > 1 and _place(starts[0], self.edges) == 0 and len(self.edges) + len(new) <= _MOST_EDGES:
            return sorted((*self.edges, *new))
        return self.edges

    def _clear(self, edges: list[float], line: Line, places: list[int | None]) -> bool:
        pairs = list(zip(line.pieces, places, strict=True))
        if edges != self.edges:
            pairs += [(piece, _place(piece.x0, edges)) for one in self.lines for piece in one.pieces]
        return all(place is not None and (place + 1 == len(edges) or piece.x1 < edges[place + 1] - 2) for piece, place in pairs)

    def move(self, edges: list[float]) -> None:
        for line in self.lines:
            line.columns = {place: piece for piece in line.pieces if (place := _place(piece.x0, edges)) is not None}
        self.edges = edges

    def end(self, column: int) -> float:
        return max((line.columns[column].x1 for line in self.lines if column in line.columns), default=self.edges[column])

    def edge(self, column: int) -> float:
        """Where the text of a column ends at the latest."""
        if column + 1 == len(self.edges):
            return max(self.end(column), self._right - GUTTER)
        return max(self.end(column), self.edges[column + 1] - _PADDING)


def texts_of(lines: Sequence[Line]) -> dict[int, str]:
    """The text of each column, its lines joined."""
    texts: dict[int, str] = {}
    above: dict[int, Piece] = {}
    for line in lines:
        for column, piece in line.columns.items():
            if column in texts:
                texts[column] += ("" if is_cut(above[column], piece) else " ") + piece.text
            else:
                texts[column] = piece.text
            above[column] = piece
    return texts


def is_cut(above: Piece, below: Piece) -> bool:
    """Whether a word is cut in two because its column is narrower: an address, or a word that labels use."""
    last, first = above.items[-1], below.items[0]
    if not isinstance(last, Token) or not isinstance(first, Token):
        return False
    if "@" in last.text or "://" in last.text:
        return len(below.items) == 1 and "@" not in first.text and not last.text.endswith((",", ";"))
    whole, upper, lower = (words_of(text) for text in (last.text + first.text, last.text, first.text))
    return len(whole) == 1 and is_known(whole[0]) and not (all(map(is_known, upper)) and all(map(is_known, lower)))


def is_full(above: Piece, below: Piece, right: float) -> bool:
    """Whether a line had no room for the first word of the next one."""
    first = below.items[0].box
    return right - above.x1 < first.width + 0.25 * first.height


def lines_of(sheet: Sheet) -> Iterator[Line]:
    """The lines of free text on printed pages, down the pages."""
    printed = {page.number for page in sheet.pages if page.source == "digital"}
    everything: list[Item] = [*sheet.tokens, *sheet.marks]
    free = [
        item for item in everything
        if item.cell is None and not item.place and item.box.page in printed
        and not (isinstance(item, Token) and (item.deleted or item.placeholder or not item.text))
    ]  # fmt: skip
    free.sort(key=lambda item: (item.box.page, item.box.top + item.box.bottom))
    line: list[Item] = []
    for item in free:
        if line and not _is_level(line[0], item):
            yield _line(line)
            line = []
        line.append(item)
    if line:
        yield _line(line)


def _is_level(one: Item, other: Item) -> bool:
    box, further = one.box, other.box
    limit = 0.9 * min(max(box.height, 4.0), max(further.height, 4.0))
    return box.page == further.page and abs(box.top + box.bottom - further.top - further.bottom) <= limit


def _line(items: list[Item]) -> Line:
    items.sort(key=lambda item: item.box.x0)
    pieces = [Piece([items[0]])]
    for before, item in pairwise(items):
        marked = isinstance(item, Mark) and any(isinstance(one, Mark) for one in pieces[-1].items)
        if item.box.x0 - before.box.x1 > GUTTER and not marked:
            pieces.append(Piece([item]))
        else:
            pieces[-1].items.append(item)
    return Line(pieces, min(item.box.top for item in items), max(item.box.bottom for item in items), items[0].box.page)


def _place(x0: float, edges: Sequence[float]) -> int | None:
    place = min(range(len(edges)), key=lambda one: abs(edges[one] - x0))
    return place if abs(edges[place] - x0) <= _ALIGNED else None


def _has_leaders(line: Line) -> bool:
    return any(isinstance(item, Token) and _LEADER.match(item.text) for piece in line.pieces for item in piece.items)
