"""Decides which lines of a cell or a column belong to one paragraph, and numbers both."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.pdf.glyphs import is_bullet
from parsers.pdf.looks import Look
from parsers.pdf.words import Word

ALIGNED = 3.0
"""Points between the left edges of text that stands in one column."""
CELL_PADDING = 7.0
_NEW_PARAGRAPH_GAP = 0.5
"""Line heights between two lines of different paragraphs."""


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


class Numbers:
    """Counts lines and paragraphs of one page."""

    def __init__(self) -> None:
        self.lines = 0
        self.paragraphs = 0


def number(rows: list[Row], right: float | None, numbers: Numbers) -> None:
    margin = right if right is not None else max((segment.x1 for row in rows for segment in row), default=0.0)
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else []
        for place, segment in enumerate(row):
            if place and not segment.aligned:
                segment.line = row[place - 1].line
            else:
                segment.line = numbers.lines
                numbers.lines += 1
            goes_on = _continued(row, place, above, margin)
            if goes_on is not None:
                segment.paragraph = goes_on.paragraph
                segment.words[0].glued = segment.words[0].glued or _cut_in_two(goes_on.words[-1], segment)
            else:
                segment.paragraph = numbers.paragraphs
                numbers.paragraphs += 1


def _continued(row: Row, place: int, above: Row, margin: float) -> Segment | None:
    """The segment of the row above whose paragraph goes on here."""
    segment = row[place]
    opens = segment.words[0].opens
    if not above or opens:
        return None
    if opens is False:
        return above[0]
    for index, upper in enumerate(above):
        if abs(upper.x0 - segment.x0) <= ALIGNED or (index == 0 and place == 0 and _hangs(upper, segment)):
            edge = above[index + 1].x0 - CELL_PADDING if index + 1 < len(above) else margin
            if _goes_on(upper, segment, edge):
                return upper
    last = above[-1]
    wrapped = place == 0 and len(above) > 1 and not any(abs(last.x0 - one.x0) <= ALIGNED for one in row)
    return last if wrapped and abs(above[0].x0 - segment.x0) <= ALIGNED and _goes_on(last, segment, margin) else None


def _hangs(upper: Segment, lower: Segment) -> bool:
    """A list's first line starts with its bullet, the next ones under the text."""
    first = upper.words[0]
    opens = is_bullet(first.text) or first.is_mark or first.text.rstrip(".)").isalnum()
    return opens and len(upper.words) > 1 and abs(upper.words[1].x0 - lower.x0) <= ALIGNED


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
