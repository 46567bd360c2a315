"""Tables without rules: where labels or answers wrap in columns that only stand apart, their cells are given to the sheet.

Free text is read line by line, so that the second line of an answer would run into the label beside it. Here stretches of
a printed page become cells, if their lines start at the same few edges, lines that go on had no room for the next word, and
labels are known. Where that is not sure the sheet stays as it is, and what may go on in the next line is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeVar

from parsers.labels import Zone, read_label
from parsers.labels.options import read_question
from parsers.labels.words import meaning
from parsers.layout.columns import GUTTER, Item, Line, Piece, Stretch, is_cut, is_full, stretches_of, texts_of
from parsers.layout.numbering import numbering_in
from parsers.tokens import Box, Cell, Mark, Sheet, Token
from parsers.written.dates import dates_in

GOES_ON: Final = "it may go on in the next line"
"""Why an answer in columns is doubted whose next line may belong to it."""
_TIGHT = 1.12
"""Times the least distance of lines: what is farther apart is another row."""
_NEXT_LINE = 1.7
"""Line heights from line to line within one cell, at most."""
_KNOWN = 0.9
"""Share of a label's words that must be known."""
_LEANING = re.compile(r"\b(of|the|a|an|and|or|for|to|in|at|by|with|from|on)$|[/&(,–-]$", re.IGNORECASE)
"""Where a label cannot end."""
_LED = re.compile(r"(of|for|to|in|at|by|with|from|on|and|or)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"((?:q\s?)?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?)[.):]?\s", re.IGNORECASE)
_NUMBER = re.compile(r"\W{0,1}(?:q\s?)?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?\W{0,2}$|\W?[a-z]\W{1,2}$", re.IGNORECASE)

_Thing = TypeVar("_Thing", Token, Mark)
_Row = list[Line]


def with_unruled_tables(sheet: Sheet) -> Sheet:
    """The sheet with cells where a printed page has a table without rules in which something wraps."""
    if sheet.source not in {"pdf", "form"}:
        return sheet
    grown = _Grown(sheet)
    for stretch in stretches_of(sheet):
        _Judged(stretch).judge(grown)
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

    def _fill(self, pieces: list[Piece], *, whole: bool, right: float) -> None:
        """The words of the last cell, line by line. A label is one paragraph; an answer as many as it seems."""
        above: Piece | None = None
        for piece in pieces:
            self._line += 1
            if above is None or not (whole or is_full(above, piece, right)):
                self._paragraph += 1
            for item in piece.items:
                self._places[item.order] = (len(self._cells) - 1, self._line, self._paragraph)
            self._firsts[piece.items[0].order] = above is not None and is_cut(above, piece)
            above = piece

    def doubt(self, piece: Piece) -> None:
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


class _Judged:
    """A stretch of columns, judged by the labels in them."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch

    def judge(self, grown: _Grown) -> None:
        """Gives the sheet the cells of the tables that the stretch holds, or its doubts."""
        first = self._first_label()
        if first is None and not self._with_empty():
            return
        first = first or 0
        tops = [line.printed for line in self._stretch.lines if line.printed is not None]
        if len(tops) < 2:
            return
        pitches = [below - above for above, below in pairwise(tops)]
        height = min(item.box.height for line in self._stretch.lines for piece in line.pieces for item in piece.items)
        least = min(pitches)
        tight = min(_TIGHT * least, _NEXT_LINE * height)
        parted = any(one > tight for one in pitches)
        labels = set(range(first, len(self._stretch.edges), 2))
        rows = self._rows(tight, parted=parted, labels=labels)
        if rows is None or least < 0.9 * height:
            self._doubt(self._stretch.lines, labels, grown)
            return
        for some in self._tables(rows, labels):
            if all(len(row) == 1 for row in some):
                continue
            if self._is_sure(some, labels, parted=parted):
                grown.table(
                    some, [(edge, self._stretch.edge(column)) for column, edge in enumerate(self._stretch.edges)], labels
                )
            else:
                self._doubt([line for row in some for line in row], labels, grown)

    def _doubt(self, lines: Sequence[Line], labels: set[int], grown: _Grown) -> None:
        """Doubts answers that the next line may go on with, where some label is known or two have numbers one after another."""
        texts = texts_of(lines)
        known = any(_is_label(line.columns[label].text) for line in lines for label in labels & set(line.columns))
        if not known and not any(_follows(texts.get(label, ""), texts.get(label + 1, "")) for label in labels):
            return
        for above, below in pairwise(lines):
            for column in set(above.columns) & set(below.columns) - labels:
                if is_full(above.columns[column], below.columns[column], self._stretch.edge(column)):
                    grown.doubt(above.columns[column])
                    grown.doubt(below.columns[column])

    def _first_label(self) -> int | None:
        """The column of the first labels: every other one holds labels, behind a column of numbers or none."""
        if len(self._stretch.edges) % 2 == 0:
            return 0
        numbers = [line.columns[0].text for line in self._stretch.lines if 0 in line.columns]
        return 1 if len(self._stretch.edges) > 2 and all(map(_NUMBER.match, numbers)) else None

    def _with_empty(self) -> bool:
        """Makes room for answers that nobody wrote, where labels stand side by side; whether every label then has a place for one."""
        texts = texts_of(self._stretch.lines)
        edges: list[float] = []
        for column, edge in enumerate(self._stretch.edges):
            if len(edges) % 2 and _is_label(texts[column]):
                edges.append(self._stretch.end(column - 1) + GUTTER)
            elif not len(edges) % 2 and not _is_label(texts[column]):
                return False
            edges.append(edge)
        if len(edges) % 2:
            edges.append(self._stretch.end(len(self._stretch.edges) - 1) + GUTTER)
        self._stretch.move(edges)
        return True

    def _rows(self, tight: float, *, parted: bool, labels: set[int]) -> list[_Row] | None:
        """The lines by rows; None where nobody can tell."""
        rows: list[_Row] = [[self._stretch.lines[0]]]
        last = self._stretch.lines[0].printed or self._stretch.lines[0].top
        for line in self._stretch.lines[1:]:
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

    def _goes_on(self, row: _Row, line: Line, labels: set[int], *, parted: bool) -> bool | None:
        """Whether a line that stands close belongs to the row above; None where it may or may not."""
        above = {column: piece for one in row for column, piece in one.columns.items()}
        full = {
            column: column in above and is_full(above[column], piece, self._stretch.edge(column))
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
        upper = texts_of(row)
        return (
            None
            if any(_are_two(upper[label], line.columns[label].text) for label in full if label in labels and label in upper)
            else True
        )

    def _tables(self, rows: list[_Row], labels: set[int]) -> Iterator[list[_Row]]:
        """Rows one after another that all have a label with an answer."""
        table: list[_Row] = []
        for row in rows:
            columns = {column for line in row for column in line.columns}
            asked = [label for label in labels if label in columns]
            answered = any(label + 1 in columns for label in asked) or (
                len(asked) > 1 and all(_is_label(texts_of(row)[label]) for label in asked)
            )
            texts = texts_of(row)
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
            texts = texts_of(row)
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


def _fills_same(row: _Row, line: Line) -> bool:
    """Whether a line stands in the inputs in which the row above stands."""
    inputs = {item.field for above in row for piece in above.pieces for item in piece.items}
    return all(item.field in inputs for piece in line.pieces for item in piece.items)


def _is_whole(row: _Row, labels: set[int]) -> bool:
    """Whether words tell that the lines of a row are one: a label is known with all its lines, and none is two labels."""
    texts = texts_of(row)
    for place in range(1, len(row)):
        upper, lower = texts_of(row[:place]), texts_of(row[place : place + 1])
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
    number = numbering_in(label)
    return number is not None and numbering_in(other) == number.next and not dates_in(other)


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
