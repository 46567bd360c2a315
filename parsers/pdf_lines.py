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

from parsers.pdf_cells import GridCell
from parsers.pdf_glyphs import is_bullet
from parsers.pdf_looks import Look
from parsers.pdf_words import Word, same_kind, touching

_WIDE_GAP = 1.5
"""Line heights between words that belong to different things."""
_ALIGNED = 3.0
_CELL_PADDING = 7.0
_NEW_PARAGRAPH_GAP = 0.5
"""Line heights between two lines of different paragraphs."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with its numbers on the page, all from 0."""

    word: Word
    line: int
    paragraph: int


@dataclass(slots=True)
class Segment:
    """Words of one row without a wide gap between them."""

    words: list[Word]
    aligned: bool = False
    """Stands in a column: a neighbouring row has text starting at the same place after a gap."""
    line: int = -1
    paragraph: int = -1

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return max(word.height for word in self.words)


Row = list[Segment]
_Place = tuple[str, int]


class _Numbers:
    """Counts lines and paragraphs of one page."""

    def __init__(self) -> None:
        self.lines = 0
        self.paragraphs = 0


def arranged(words: list[Word], cells: tuple[GridCell, ...], parents: list[int | None]) -> list[Placed]:
    """All words of one page in reading order."""
    numbers = _Numbers()
    by_place: dict[_Place, list[Word]] = defaultdict(list)
    for word in words:
        by_place[_place(word)].append(word)
    rows: dict[_Place, list[Row]] = {}
    for place, own in by_place.items():
        comb = cells[place[1]].comb if place[0] == "cell" else 0.0
        rows[place] = _rows(own, comb)
        right = cells[place[1]].x1 - _CELL_PADDING if place[0] == "cell" else None
        _number(rows[place], right, numbers)
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
        line = next((line for line in reversed(lines[-4:]) if _same_height(line, word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    rows = [_segments(_merged(sorted(line, key=lambda one: (one.x0, one.serial)), comb)) for line in lines]
    rows.sort(key=_top)
    _align(rows)
    return rows


def _same_height(line: list[Word], word: Word) -> bool:
    """Compared with the line's ends so far, because a line of different sizes or a slope has no one height."""
    return _level(line[-1], word) or _level(line[0], word)


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
                if abs(upper.x0 - lower.x0) <= _ALIGNED and (upper is not above[0] or lower is not below[0]):
                    upper.aligned = lower.aligned = True


def _number(rows: list[Row], right: float | None, numbers: _Numbers) -> None:
    margin = right if right is not None else max((segment.x1 for row in rows for segment in row), default=0.0)
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else []
        for place, segment in enumerate(row):
            if place and not segment.aligned:
                segment.line = row[place - 1].line
            else:
                segment.line = numbers.lines
                numbers.lines += 1
            goes_on = _continued(segment, place, above, margin)
            if goes_on is not None:
                segment.paragraph = goes_on.paragraph
                segment.words[0].glued = segment.words[0].glued or _cut_in_two(goes_on.words[-1], segment)
            else:
                segment.paragraph = numbers.paragraphs
                numbers.paragraphs += 1


def _continued(segment: Segment, place: int, above: Row, margin: float) -> Segment | None:
    """The segment of the row above whose paragraph goes on here."""
    opens = segment.words[0].opens
    if not above or opens:
        return None
    if opens is False:
        return above[0]
    for index, upper in enumerate(above):
        if abs(upper.x0 - segment.x0) <= _ALIGNED or (index == 0 and place == 0 and _hangs(upper, segment)):
            edge = above[index + 1].x0 - _CELL_PADDING if index + 1 < len(above) else margin
            if _goes_on(upper, segment, edge):
                return upper
    last = above[-1]
    if place == 0 and len(above) > 1 and abs(above[0].x0 - segment.x0) <= _ALIGNED and _goes_on(last, segment, margin):
        return last
    return None


def _hangs(upper: Segment, lower: Segment) -> bool:
    """A list's first line starts with its bullet, the next ones under the text."""
    first = upper.words[0]
    opens = is_bullet(first.text) or first.is_mark or first.text.rstrip(".)").isalnum()
    return opens and len(upper.words) > 1 and abs(upper.words[1].x0 - lower.x0) <= _ALIGNED


def _goes_on(upper: Segment, lower: Segment, edge: float) -> bool:
    first, last = lower.words[0], upper.words[-1]
    if first.is_mark or is_bullet(first.text) or first.field != last.field:
        return False
    height = min(upper.height, lower.height)
    if lower.top - upper.bottom > _NEW_PARAGRAPH_GAP * height or abs(upper.height - lower.height) > 0.15 * height:
        return False
    if _other_face(upper, lower):
        return False
    room = edge - last.x1
    return room < (first.x1 - first.x0) + 0.25 * height


def _cut_in_two(last: Word, segment: Segment) -> bool:
    """Whether a line ends within a word: at a hyphen, or in an address too long for its cell."""
    first = segment.words[0].text
    hyphenated = last.text.endswith("-") and len(last.text) > 2 and first[:1].islower()
    address = "@" in last.text or "://" in last.text
    return hyphenated or (address and len(segment.words) == 1 and "@" not in first and not last.text.endswith((",", ";")))


def _other_face(upper: Segment, lower: Segment) -> bool:
    """Whether one line is all in one face and the next all in another: a label with its value below."""
    above, below = ({(word.face, word.look & Look.BOLD) for word in segment.words} for segment in (upper, lower))
    return len(above) == 1 and len(below) == 1 and above != below


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
        items += [(_top(frame[0]), frame[0][0].x0, frame) for frame in frames[parent]]
        for members in tables[parent].values():
            members.sort(key=lambda index: (cells[index].row, cells[index].column))
            content = [row for index in members for row in within(index)]
            top = min(cells[index].top for index in members)
            items.append((top, min(cells[index].x0 for index in members), content))
        return [row for _, _, content in sorted(items, key=lambda item: item[:2]) for row in content]

    sideways = [row for place, own in rows.items() if place[0] == "sideways" for row in own]
    return [*within(None), *sideways]


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
