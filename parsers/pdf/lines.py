"""Puts the words of a page into lines, paragraphs and reading order.

- A *line* is one row of text in one cell, or outside tables in one column: words far apart on one height share a line
  unless a neighbouring row repeats the same gap at the same place, which makes them columns.
- A *paragraph* is text that a person reads on without a break. Within a line, a wide gap starts a new one, so that two
  pairs of label and value side by side never run together; a line goes on with the paragraph above where the last line
  had no room for its first word.
- The order goes down the page; a table is read cell by cell where it stands, nested tables within their cell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from parsers.pdf.cells import GridCell
from parsers.pdf.looks import Look
from parsers.pdf.paragraphs import ALIGNED, CELL_PADDING, Numbers, Row, Segment, number
from parsers.pdf.words import Word, same_kind, touching

_WIDE_GAP = 1.5
"""Line heights between words that belong to different things."""
_Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with its numbers on the page, all from 0."""

    word: Word
    line: int
    paragraph: int


def arranged(words: list[Word], cells: tuple[GridCell, ...], parents: list[int | None]) -> list[Placed]:
    """All words of one page in reading order."""
    numbers = Numbers()
    by_place: dict[_Place, list[Word]] = defaultdict(list)
    for word in words:
        by_place[_place(word)].append(word)
    rows: dict[_Place, list[Row]] = {}
    for place, own in by_place.items():
        comb = cells[place[1]].comb if place[0] == "cell" else 0.0
        rows[place] = _rows(own, comb)
        right = cells[place[1]].x1 - CELL_PADDING if place[0] == "cell" else None
        number(rows[place], right, numbers)
    return _placed([segment for row in _in_order(rows, cells, parents) for segment in row])


def _place(word: Word) -> _Place:
    if word.sideways:
        return ("sideways", round(word.x0 / 4) * 10_000 + (word.cell or 0))
    if word.frame is not None:
        return ("frame", word.frame)
    if word.cell is not None:
        return ("cell", word.cell)
    return ("page", 0)


def _rows(words: list[Word], comb: float) -> list[Row]:
    if words and words[0].sideways:
        return [[Segment(words)]]
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.top + one.bottom) / 2):
        for line in reversed(lines[-4:]):
            if _same_height(line, word):
                line.append(word)
                break
        else:
            lines.append([word])
    rows = [_segments(_merged(sorted(line, key=lambda one: (one.x0, one.serial)), comb)) for line in lines]
    rows.sort(key=_top)
    _align(rows)
    return rows


def _same_height(line: list[Word], word: Word) -> bool:
    """Compared with the line's ends so far, because a line of different sizes or a slope has no one height."""
    last = line[-1]
    return _level(last, word) or (line[0] is not last and _level(line[0], word))


def _level(one: Word, other: Word) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _merged(words: list[Word], comb: float) -> list[Word]:
    """Neighbours that touch become one word; a copy printed over a word goes."""
    merged: list[Word] = []
    for word in words:
        last = merged[-1] if merged else None
        if last is None:
            merged.append(word)
        elif _is_copy(last, word):
            continue
        elif touching(last, word) or word.x0 - last.x1 < 0.9 * comb:
            if same_kind(last, word):
                _append(last, word)
            else:
                word.glued = not (last.is_mark or word.is_mark) and last.field == word.field and _unchanged(last, word)
                merged.append(word)
        else:
            merged.append(word)
    return merged


def _is_copy(one: Word, other: Word) -> bool:
    near = 0.25 * other.height
    return (
        one.text == other.text and abs(one.x0 - other.x0) < near and abs(one.x1 - other.x1) < near and one.field == other.field
    )


def _unchanged(one: Word, other: Word) -> bool:
    """A struck word and the one that takes its place touch, but are never one value."""
    changing = Look.STRUCK | Look.INSERTED | Look.DELETED
    return (one.look & changing) == (other.look & changing)


def _append(word: Word, more: Word) -> None:
    word.text += more.text
    word.x0, word.x1 = min(word.x0, more.x0), max(word.x1, more.x1)
    word.top, word.bottom = min(word.top, more.top), max(word.bottom, more.bottom)
    word.serial = more.serial
    word.confidence = min(word.confidence, more.confidence)


def _segments(words: list[Word]) -> Row:
    row: Row = []
    for word in words:
        if row and word.x0 - row[-1].words[-1].x1 <= _WIDE_GAP * max(word.height, row[-1].words[-1].height):
            row[-1].words.append(word)
        else:
            row.append(Segment([word]))
    return row


def _align(rows: list[Row]) -> None:
    for above, below in pairwise(rows):
        for upper in above:
            for lower in below:
                if abs(upper.x0 - lower.x0) <= ALIGNED and (upper is not above[0] or lower is not below[0]):
                    upper.aligned = lower.aligned = True


def _in_order(rows: dict[_Place, list[Row]], cells: tuple[GridCell, ...], parents: list[int | None]) -> list[Row]:
    """Rows of the page with the tables between them, each table cell by cell."""
    tables: dict[int | None, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, cell in enumerate(cells):
        tables[parents[index]][cell.table].append(index)
    frames: dict[int | None, list[list[Row]]] = defaultdict(list)
    for place, own in rows.items():
        if place[0] == "frame":
            frames[own[0][0].words[0].cell].append(own)

    def within(parent: int | None) -> list[Row]:
        place = ("page", 0) if parent is None else ("cell", parent)
        items = [(_top(row), row[0].x0, [row]) for row in rows.get(place, [])]
        items += [(*_after_its_label(frame, rows.get(place, [])), frame) for frame in frames[parent]]
        for members in tables[parent].values():
            members.sort(key=lambda index: (cells[index].row, cells[index].column))
            content = [row for index in members for row in within(index)]
            top = min(cells[index].top for index in members)
            items.append((top, min(cells[index].x0 for index in members), content))
        return [row for _, _, content in sorted(items, key=lambda item: item[:2]) for row in content]

    sideways = [row for place, own in rows.items() if place[0] == "sideways" for row in own]
    return [*within(None), *sideways]


def _after_its_label(frame: list[Row], rows: list[Row]) -> tuple[float, float]:
    """Where a text of several lines is read: after what stands on its left, even where that starts a little lower."""
    top, x0, bottom = _top(frame[0]), frame[0][0].x0, frame[-1][0].bottom
    beside = [_top(row) for row in rows if row[0].x0 < x0 and top - 1 < _top(row) < bottom]
    return max([top, *beside[:1]]), x0


def _top(row: Row) -> float:
    return min(segment.top for segment in row)


def _placed(segments: list[Segment]) -> list[Placed]:
    """Words with their numbers, counted again in reading order."""
    lines: dict[int, int] = {}
    paragraphs: dict[int, int] = {}
    return [
        Placed(
            word,
            lines.setdefault(segment.line, len(lines)),
            paragraphs.setdefault(segment.paragraph, len(paragraphs)),
        )
        for segment in segments
        for word in segment.words
    ]
