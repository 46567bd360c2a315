"""Tables without rules: where labels or answers wrap in columns that only stand apart, their cells are given to the sheet.

Free text is read line by line, so that the second line of an answer would run into the label beside it. Here stretches of
a printed page become cells, if their lines start at the same few edges, lines that go on had no room for the next word, and
labels are known. Where that is not sure the sheet stays as it is, and what may go on in the next line is doubted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, TypeVar

from parsers.labels import Zone, read_label
from parsers.labels.options import read_question
from parsers.labels.words import is_known, meaning, words_of
from parsers.tokens import Box, Cell, Mark, Sheet, Token
from parsers.written.dates import dates_in

GOES_ON: Final = "it may go on in the next line"
"""Why an answer in columns is doubted whose next line may belong to it."""
_ALIGNED = 3.0
"""Points between the left edges of text that stands in one column."""
_GUTTER = 5.0
"""Points between words of different columns, at least."""
_PADDING = 11.0
"""Points that a column's text leaves free before the next column, at most."""
_MOST_EDGES = 7
_TIGHT = 1.12
"""Times the least distance of lines: what is farther apart is another row."""
_NEXT_LINE = 1.7
"""Line heights from line to line within one cell, at most."""
_NEAR = 5.0
"""Line heights between rows of one table, at most."""
_KNOWN = 0.9
"""Share of a label's words that must be known."""
_LEANING = re.compile(r"\b(of|the|a|an|and|or|for|to|in|at|by|with|from|on)$|[/&(,–-]$", re.IGNORECASE)
"""Where a label cannot end."""
_LED = re.compile(r"(of|for|to|in|at|by|with|from|on|and|or)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"((?:q\s?)?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?)[.):]?\s", re.IGNORECASE)
_NUMBER = re.compile(r"\W{0,1}(?:q\s?)?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?\W{0,2}$|\W?[a-z]\W{1,2}$", re.IGNORECASE)
_LEADER = re.compile(r"[._…]{4,}$")

Item = Token | Mark
_Thing = TypeVar("_Thing", Token, Mark)


@dataclass(slots=True)
class _Piece:
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
class _Line:
    pieces: list[_Piece]
    top: float
    bottom: float
    page: int
    columns: dict[int, _Piece] = field(default_factory=dict)

    @property
    def printed(self) -> float | None:
        """The height of its printed words; None where all of it stands in inputs, whose lines keep other distances."""
        tops = [item.box.top for piece in self.pieces for item in piece.items if item.field is None]
        return min(tops, default=None)


_Row = list[_Line]


def with_unruled_tables(sheet: Sheet) -> Sheet:
    """The sheet with cells where a printed page has a table without rules in which something wraps."""
    if sheet.source not in {"pdf", "form"}:
        return sheet
    grown = _Grown(sheet)
    for stretch in _stretches(_lines(sheet), sheet):
        stretch.judge(grown)
    return grown.sheet()


class _Grown:
    """A sheet to which cells are added."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._cells = list(sheet.cells)
        self._tables = max((cell.table for cell in sheet.cells), default=-1) + 1
        self._places: dict[int, tuple[int, int, int]] = {}
        self._firsts: dict[int, bool] = {}
        self._doubted: set[int] = set()
        items: list[Item] = [*sheet.tokens, *sheet.marks]
        self._line = max((item.line for item in items), default=0)
        self._paragraph = max((item.paragraph for item in items), default=0)

    def table(self, rows: Sequence[_Row], columns: Sequence[tuple[float, float]], labels: set[int]) -> None:
        """Adds a table. Of its columns, the edges between which their text stands."""
        ends = [*(x0 - 2 for x0, _ in columns[1:]), columns[-1][1] + 4]
        bottoms = [below[0].top for below in rows[1:]] + [rows[-1][-1].bottom + 2]
        for number, (row, bottom) in enumerate(zip(rows, bottoms, strict=True)):
            for column, ((x0, x1), end) in enumerate(zip(columns, ends, strict=True)):
                box = Box(row[0].page, x0 - 2, row[0].top - 1, end, bottom - 1)
                self._cells.append(Cell(box, self._tables, number, column))
                self._fill([line.columns[column] for line in row if column in line.columns], whole=column in labels, right=x1)
        self._tables += 1

    def _fill(self, pieces: list[_Piece], *, whole: bool, right: float) -> None:
        """The words of the last cell, line by line. A label is one paragraph; an answer as many as it seems."""
        above: _Piece | None = None
        for piece in pieces:
            self._line += 1
            if above is None or not (whole or _is_full(above, piece, right)):
                self._paragraph += 1
            for item in piece.items:
                self._places[item.order] = (len(self._cells) - 1, self._line, self._paragraph)
            self._firsts[piece.items[0].order] = above is not None and _is_cut(above, piece)
            above = piece

    def doubt(self, piece: _Piece) -> None:
        self._doubted |= {item.order for item in piece.items}

    def sheet(self) -> Sheet:
        if not self._places and not self._doubted:
            return self._sheet
        return replace(
            self._sheet,
            cells=tuple(self._cells),
            tokens=tuple(self._marked(self._placed(token)) for token in self._sheet.tokens),
            marks=tuple(self._placed(mark) for mark in self._sheet.marks),
        )

    def _placed(self, item: _Thing) -> _Thing:
        place = self._places.get(item.order) if item.cell is None else None
        return item if place is None else replace(item, cell=place[0], line=place[1], paragraph=place[2])

    def _marked(self, token: Token) -> Token:
        if token.order in self._firsts:
            return replace(token, glued=self._firsts[token.order])
        return replace(token, doubt=token.doubt or GOES_ON) if token.order in self._doubted else token


def _lines(sheet: Sheet) -> Iterator[_Line]:
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


def _line(items: list[Item]) -> _Line:
    items.sort(key=lambda item: item.box.x0)
    pieces = [_Piece([items[0]])]
    for before, item in pairwise(items):
        marked = isinstance(item, Mark) and any(isinstance(one, Mark) for one in pieces[-1].items)
        if item.box.x0 - before.box.x1 > _GUTTER and not marked:
            pieces.append(_Piece([item]))
        else:
            pieces[-1].items.append(item)
    return _Line(pieces, min(item.box.top for item in items), max(item.box.bottom for item in items), items[0].box.page)


def _stretches(lines: Iterator[_Line], sheet: Sheet) -> Iterator[_Stretch]:
    """Runs of lines that start at the same edges."""
    rights: dict[int, float] = defaultdict(float)
    for item in sheet.tokens:
        rights[item.box.page] = max(rights[item.box.page], item.box.x1)
    stretch: _Stretch | None = None
    for line in lines:
        if stretch is not None and stretch.takes(line):
            continue
        if stretch is not None and len(stretch.lines) > 1:
            yield stretch
        stretch = _Stretch.begun(line, rights[line.page], sheet)
    if stretch is not None and len(stretch.lines) > 1:
        yield stretch


class _Stretch:
    def __init__(self, line: _Line, right: float, barriers: list[Box]) -> None:
        self.edges = [piece.x0 for piece in line.pieces]
        self.lines = [line]
        self._right = right
        self._barriers = barriers
        line.columns = dict(enumerate(line.pieces))

    @classmethod
    def begun(cls, line: _Line, right: float, sheet: Sheet) -> _Stretch | None:
        """A stretch that starts with a line of several pieces."""
        if not 2 <= len(line.pieces) <= _MOST_EDGES or _has_leaders(line):
            return None
        barriers = [cell.box for cell in sheet.cells if cell.box.page == line.page]
        barriers += [rule.box for rule in sheet.rules if rule.horizontal and rule.box.page == line.page and rule.box.width > 40]
        return cls(line, right, barriers)

    def takes(self, line: _Line) -> bool:
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
            self._move(edges)
        line.columns = {place: piece for place, piece in zip(places, line.pieces, strict=True) if place is not None}
        self.lines.append(line)
        return True

    def _with_new(self, line: _Line) -> list[float]:
        """The edges with those that a line adds which has two of the others, so that an answer may be left out."""
        starts = [piece.x0 for piece in line.pieces]
        shared = sum(_place(start, self.edges) is not None for start in starts)
        new = [start for start in starts if _place(start, self.edges) is None]
        if shared > 1 and _place(starts[0], self.edges) == 0 and len(self.edges) + len(new) <= _MOST_EDGES:
            return sorted((*self.edges, *new))
        return self.edges

    def _clear(self, edges: list[float], line: _Line, places: list[int | None]) -> bool:
        pairs = list(zip(line.pieces, places, strict=True))
        if edges != self.edges:
            pairs += [(piece, _place(piece.x0, edges)) for one in self.lines for piece in one.pieces]
        return all(place is not None and (place + 1 == len(edges) or piece.x1 < edges[place + 1] - 2) for piece, place in pairs)

    def _move(self, edges: list[float]) -> None:
        for line in self.lines:
            line.columns = {place: piece for piece in line.pieces if (place := _place(piece.x0, edges)) is not None}
        self.edges = edges

    def judge(self, grown: _Grown) -> None:
        """Gives the sheet the cells of the tables that the stretch holds, or its doubts."""
        first = self._first_label()
        if first is None and not self._with_empty():
            return
        first = first or 0
        tops = [line.printed for line in self.lines if line.printed is not None]
        if len(tops) < 2:
            return
        pitches = [below - above for above, below in pairwise(tops)]
        height = min(item.box.height for line in self.lines for piece in line.pieces for item in piece.items)
        least = min(pitches)
        tight = min(_TIGHT * least, _NEXT_LINE * height)
        parted = any(one > tight for one in pitches)
        labels = set(range(first, len(self.edges), 2))
        rows = self._rows(tight, parted=parted, labels=labels)
        if rows is None or least < 0.9 * height:
            self._doubt(self.lines, labels, grown)
            return
        for some in self._tables(rows, labels):
            if all(len(row) == 1 for row in some):
                continue
            if self._is_sure(some, labels, parted=parted):
                grown.table(some, [(edge, self._edge(column)) for column, edge in enumerate(self.edges)], labels)
            else:
                self._doubt([line for row in some for line in row], labels, grown)

    def _doubt(self, lines: Sequence[_Line], labels: set[int], grown: _Grown) -> None:
        """Doubts answers that the next line may go on with, where some label is known."""
        if not any(_is_label(line.columns[label].text) for line in lines for label in labels & set(line.columns)):
            return
        for above, below in pairwise(lines):
            for column in set(above.columns) & set(below.columns) - labels:
                if _is_full(above.columns[column], below.columns[column], self._edge(column)):
                    grown.doubt(above.columns[column])
                    grown.doubt(below.columns[column])

    def _first_label(self) -> int | None:
        """The column of the first labels: every other one holds labels, behind a column of numbers or none."""
        if len(self.edges) % 2 == 0:
            return 0
        numbers = [line.columns[0].text for line in self.lines if 0 in line.columns]
        return 1 if len(self.edges) > 2 and all(map(_NUMBER.match, numbers)) else None

    def _with_empty(self) -> bool:
        """Makes room for answers that nobody wrote, where labels stand side by side; whether every label then has a place for one."""
        texts = _texts(self.lines)
        edges: list[float] = []
        for column, edge in enumerate(self.edges):
            if len(edges) % 2 and _is_label(texts[column]):
                edges.append(self._end(column - 1) + _GUTTER)
            elif not len(edges) % 2 and not _is_label(texts[column]):
                return False
            edges.append(edge)
        if len(edges) % 2:
            edges.append(self._end(len(self.edges) - 1) + _GUTTER)
        self._move(edges)
        return True

    def _end(self, column: int) -> float:
        return max((line.columns[column].x1 for line in self.lines if column in line.columns), default=self.edges[column])

    def _rows(self, tight: float, *, parted: bool, labels: set[int]) -> list[_Row] | None:
        """The lines by rows; None where nobody can tell."""
        rows: list[_Row] = [[self.lines[0]]]
        last = self.lines[0].printed or self.lines[0].top
        for line in self.lines[1:]:
            top, last = last, line.printed or last
            if line.printed is None:
                goes_on: bool | None = _fills_same(rows[-1], line)
            else:
                goes_on = last - top <= tight and self._goes_on(rows[-1], line, labels, parted=parted)
            if goes_on is None:
                return None
            if goes_on:
                rows[-1].append(line)
            else:
                rows.append([line])
        return rows

    def _goes_on(self, row: _Row, line: _Line, labels: set[int], *, parted: bool) -> bool | None:
        """Whether a line that stands close belongs to the row above; None where it may or may not."""
        above = {column: piece for one in row for column, piece in one.columns.items()}
        full = {
            column: column in above and _is_full(above[column], piece, self._edge(column))
            for column, piece in line.columns.items()
        }
        if 0 not in line.columns:
            return True
        if not full[0]:
            return False
        if all(full.values()):
            return True
        if not parted:
            return False
        upper = _texts(row)
        return (
            None
            if any(_are_two(upper[label], line.columns[label].text) for label in full if label in labels and label in upper)
            else True
        )

    def _edge(self, column: int) -> float:
        """Where the text of a column ends at the latest."""
        if column + 1 == len(self.edges):
            return max(self._end(column), self._right - _GUTTER)
        return max(self._end(column), self.edges[column + 1] - _PADDING)

    def _tables(self, rows: list[_Row], labels: set[int]) -> Iterator[list[_Row]]:
        """Rows one after another that all have a label with an answer."""
        table: list[_Row] = []
        for row in rows:
            columns = {column for line in row for column in line.columns}
            asked = [label for label in labels if label in columns]
            answered = any(label + 1 in columns for label in asked) or (
                len(asked) > 1 and all(_is_label(_texts(row)[label]) for label in asked)
            )
            texts = _texts(row)
            orphaned = any(label not in columns and label + 1 in columns for label in labels) or any(
                label + 1 not in columns and label - 1 not in columns and label > min(labels) and not _is_label(texts[label])
                for label in asked
            )
            if answered and not orphaned:
                table.append(row)
                continue
            if table:
                yield table
            table = []
        if table:
            yield table

    def _is_sure(self, rows: list[_Row], labels: set[int], *, parted: bool) -> bool:
        """Whether the labels are ones that are known, and nothing tells that two stand in one cell."""
        known: list[bool] = []
        strange: list[bool] = []
        numbers: list[str] = []
        for row in rows:
            texts = _texts(row)
            if any(_follows(texts.get(label, ""), texts.get(label + 1, "")) for label in labels):
                return False
            numbers += [
                found.group(1) for column, text in texts.items() if column in labels and (found := _NUMBERED.match(text))
            ]
            known += [_is_label(text) for column, text in texts.items() if column in labels]
            strange += [
                _is_label(text) for column, text in texts.items() if column not in labels and not any(map(str.isdigit, text))
            ]
            if not parted and not _is_whole(row, labels):
                return False
        numbered = len(known) > 1 and len(set(numbers)) == len(known)
        return any(known) and (numbered or 2 * sum(known) >= len(known)) and sum(strange) < sum(known)


def _fills_same(row: _Row, line: _Line) -> bool:
    """Whether a line stands in the inputs in which the row above stands."""
    inputs = {item.field for above in row for piece in above.pieces for item in piece.items}
    return all(item.field in inputs for piece in line.pieces for item in piece.items)


def _texts(lines: Sequence[_Line]) -> dict[int, str]:
    """The text of each column, its lines joined."""
    texts: dict[int, str] = {}
    above: dict[int, _Piece] = {}
    for line in lines:
        for column, piece in line.columns.items():
            if column in texts:
                texts[column] += ("" if _is_cut(above[column], piece) else " ") + piece.text
            else:
                texts[column] = piece.text
            above[column] = piece
    return texts


def _is_whole(row: _Row, labels: set[int]) -> bool:
    """Whether words tell that the lines of a row are one: a label is known with all its lines, and none is two labels."""
    texts = _texts(row)
    for place in range(1, len(row)):
        upper, lower = _texts(row[:place]), _texts(row[place : place + 1])
        across = [column for column in labels if column in upper and column in lower]
        if any(_are_two(upper[column], lower[column]) for column in across):
            return False
        if across and not any(_is_label(texts[column]) for column in across):
            return False
    return True


def _are_two(upper: str, lower: str) -> bool:
    """Whether two lines may be a label each: both ask for a field, and not for the same."""
    if _leads_on(upper, lower):
        return False
    above, below = read_label(upper, tolerant=True), read_label(lower, tolerant=True)
    return above is not None and below is not None and above.key != below.key and not (above.waiting or below.waiting)


def _follows(label: str, other: str) -> bool:
    """Whether a text has the number after a label's own, and so is the next label."""
    one, next_one = _NUMBERED.match(label), _NUMBERED.match(other)
    if one is None or next_one is None or dates_in(other):
        return False
    before, after = (re.findall(r"\d+", found.group(1)) for found in (one, next_one))
    alike = re.sub(r"\d+", "", one.group()) == re.sub(r"\d+", "", next_one.group())
    return alike and before[:-1] == after[:-1] and int(after[-1]) == int(before[-1]) + 1


def _leads_on(upper: str, lower: str) -> bool:
    """Whether two lines of a label can be no two labels."""
    numbered = _NUMBERED.match(upper) and not _NUMBERED.match(lower)
    return bool(numbered or _LEANING.search(upper) or lower[:1].islower() or lower[:1] in "([/–-" or _LED.match(lower))


def _is_label(text: str) -> bool:
    if read_question(text) is not None:
        return True
    if meaning(text, tolerant=True).known < _KNOWN:
        return False
    return any(read_label(text, tolerant=True, zone=zone) is not None for zone in Zone)


def _is_cut(above: _Piece, below: _Piece) -> bool:
    """Whether a word is cut in two because its column is narrower: an address, or a word that labels use."""
    last, first = above.items[-1], below.items[0]
    if not isinstance(last, Token) or not isinstance(first, Token):
        return False
    if "@" in last.text or "://" in last.text:
        return len(below.items) == 1 and "@" not in first.text and not last.text.endswith((",", ";"))
    whole, upper, lower = (words_of(text) for text in (last.text + first.text, last.text, first.text))
    return len(whole) == 1 and is_known(whole[0]) and not (all(map(is_known, upper)) and all(map(is_known, lower)))


def _is_full(above: _Piece, below: _Piece, right: float) -> bool:
    """Whether a line had no room for the first word of the next one."""
    first = below.items[0].box
    return right - above.x1 < first.width + 0.25 * first.height


def _place(x0: float, edges: Sequence[float]) -> int | None:
    place = min(range(len(edges)), key=lambda one: abs(edges[one] - x0))
    return place if abs(edges[place] - x0) <= _ALIGNED else None


def _has_leaders(line: _Line) -> bool:
    return any(isinstance(item, Token) and _LEADER.match(item.text) for piece in line.pieces for item in piece.items)
