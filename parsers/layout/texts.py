"""Long texts: from a heading to the end of its box, or on the open page to the next heading.

What stands inside is the answer, however much a line of it looks like a label; so texts are found before labels are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.labels import Zone
from parsers.labels.options import read_question
from parsers.labels.texts import ASIDE_TEXT, THEMED, Heading, is_prompt
from parsers.layout.blocks import Block, Edge, Item, Paper, join
from parsers.layout.closing import speaks_of_itself
from parsers.layout.grids import Grids
from parsers.layout.headings import LEAST_TEXT_CELL, Headings
from parsers.layout.labels import find_entries
from parsers.layout.numbering import printed_number
from parsers.layout.rows import (
    COUNTED_ON,
    are_options,
    counts_on,
    further_rows,
    holds_code,
    items_of,
    looks_headed,
    numbered_lines,
    numbered_rows,
    spans_pairs,
    without_count,
)
from parsers.layout.signing import is_signing
from parsers.layout.writing import can_hold, counts, is_short_field, own_words, plain_text, says_something
from parsers.marks.cells import is_typed_tick
from parsers.tokens import Mark, Token
from parsers.written import read_value

_QUESTION = 20
"""Words of a line that asks and answers a question, at most."""
_SURE_HEADING = 0.9
_PLAIN_HEADING = "a heading in plain type"
_OVER_A_BOX = "a line over a box"
UNSURE_ENDS = frozenset({_PLAIN_HEADING, _OVER_A_BOX, COUNTED_ON})
"""Ends of a text that may be parts of it."""


@dataclass(frozen=True)
class TextPlace:
    """A heading with the text that answers it; the body is empty where nothing was written."""

    key: str
    strength: float
    heading: str
    block: Block
    body: tuple[Item, ...]
    where: str
    """"box": the text has a cell or input of its own; "page": it ends where the next heading starts."""
    ended_by: str = ""

    @property
    def tokens(self) -> list[Token]:
        return [item for item in self.body if isinstance(item, Token) and not item.placeholder]

    def text(self) -> str:
        return plain_text(self.tokens)


@dataclass
class Texts:
    places: list[TextPlace] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)
    """Numbers of the blocks that are headings of texts."""


def find_texts(paper: Paper, grids: Grids, chosen: set[int], *, tolerant: bool, titles: frozenset[int] = frozenset()) -> Texts:
    """Every heading of a long text and what was written under it.

    `chosen` are items that options took, `titles` the numbers of blocks that are the paper's title.
    """
    headings = Headings(paper, grids, chosen, tolerant=tolerant)
    headings.skip(titles)
    return _Search(paper, grids, chosen, headings, tolerant=tolerant).texts()


class _Search:
    def __init__(self, paper: Paper, grids: Grids, chosen: set[int], headings: Headings, *, tolerant: bool) -> None:
        self._paper, self._grids, self._chosen, self._tolerant = paper, grids, chosen, tolerant
        self._headings = headings
        self._found = Texts()
        self._used: set[int] = set()

    def texts(self) -> Texts:
        for block in self._paper.blocks:
            if block.number in self._used:
                continue
            head = self._headings.of(block)
            if head is not None:
                self._read(block, *head)
        self._drop_stray_part_two()
        return self._found

    def _drop_stray_part_two(self) -> None:
        """A lone "Part 2" heads the second part of any form; it is the standards' where standards stand before it."""
        if sum(place.key.startswith("standard_") for place in self._found.places) < 4:
            self._found.places = [
                place for place in self._found.places if place.key != "standard_part_two" or place.strength >= 0.9
            ]  # fmt: skip

    def _read(self, block: Block, heading: Heading, end: int) -> None:
        rest = block.items[end:]
        self._used.add(block.number)
        used = set(self._used)
        body, where, ended = self._body(block, rest)
        chosen = any(item.order in self._chosen for item in body)
        if are_options(body) or (heading.strength <= THEMED and body and (chosen or is_short_field(own_words(body)))):
            self._used = used  # Boxes to tick, or a word or two under unusual words: this is a field of some other kind.
            return
        if heading.key == ASIDE_TEXT and where == "page" and block.cell is None and is_signing(block, tolerant=self._tolerant):
            self._used = used  # "Declaration by the headteacher": those who sign below it are told by its words.
            return
        self._found.headings.add(block.number)
        if heading.key == ASIDE_TEXT and where == "page" and block.cell is None:
            body = []  # A section heading: labels may follow it.
        taken = {item.order for item in (*block.items[:end], *body)}
        self._found.taken |= taken
        if heading.key != ASIDE_TEXT:
            ended = COUNTED_ON if counts_on(body, self._paper.blocks) else ended
            text = join(item for item in block.items[:end] if isinstance(item, Token))
            self._found.places.append(
                TextPlace(heading.key, heading.strength, text, block, tuple(own_words(body)), where, ended)
            )

    def _body(self, block: Block, rest: list[Item]) -> tuple[list[Item], str, str]:
        if block.cell is not None:
            return self._body_of_cell(block, rest)
        if says_something(rest):
            follow, ended = self._following(block)
            return [*rest, *follow], "page", ended
        return self._body_below(block)

    def _body_of_cell(self, block: Block, rest: list[Item]) -> tuple[list[Item], str, str]:
        written = own_words(rest)
        if says_something(written):
            return [*rest, *self._continued(block)], "box", "cell"
        for side in self._cells_for(block):
            if side.number not in self._used and (self._headings.of(side) is None or self._stands_out(block, side)):
                rows = [side, *self._further(block, side)]
                self._used |= {one.number for one in rows}
                return [*rest, *items_of(rows), *self._continued(rows[-1], apart=True)], "box", "cell"
        return [*rest, *self._continued(block)], "box", "cell"

    def _further(self, block: Block, side: Block) -> list[Block]:
        """The cells that go on with an answer in the rows below its first one."""
        if side is self._grids.right(block):
            return self._numbered(block)[1:]
        return further_rows(block, side, self._grids, self._ends_rows) if side is self._grids.below(block) else []

    def _numbered(self, first: Block) -> list[Block]:
        head = self._headings.of(first)
        of_standards = head is not None and head[0].key.startswith("standard_")
        return [] if of_standards or first.cell is None else numbered_rows(first, self._grids)

    def _ends_rows(self, block: Block) -> bool:
        head = self._headings.of(block)
        return (head is not None and head[1] == len(block.items)) or self._has_label(block)

    def _stands_out(self, block: Block, other: Block) -> bool:
        """Whether a heading is set off and what follows is not, though it begins like one: "Evidence: observation on 12/11"."""
        follows = [item for item in other.items[:2] if isinstance(item, Token)]
        plain = bool(follows) and not any(token.bold for token in follows) and not join(follows).isupper()
        shaded = [one.cell is not None and self._grids.cell(one).shaded for one in (block, other)]
        bold = all(token.bold for token in block.tokens)
        head = self._headings.of(other)
        if not plain or shaded[1] or head is None or (head[1] >= len(other.items) and head[0].strength > THEMED):
            return False
        return bold or shaded[0] or (block.cell is None and head[1] < len(other.items) and self._runs_on(other, head[1]))

    def _runs_on(self, block: Block, end: int) -> bool:
        """Whether the words of a heading are plain and lead on in their line, as in "Evidence: work scrutiny"."""
        head = [item for item in block.items[:end] if isinstance(item, Token)]
        return not block.edges[end] & (Edge.LINE | Edge.PARAGRAPH) and not any(token.bold for token in head)

    def _cells_for(self, block: Block) -> list[Block]:
        """Where the answer to a heading that fills its cell may stand: right of it (past tick columns), else below."""
        right = self._grids.right(block)
        while right is not None and (self._is_tick_column(right) or self._is_code(right)):
            right = self._grids.right(right)
        cells = []
        heads = right is not None and self._heads_beside(block, right)
        if right is not None and right.box.width >= LEAST_TEXT_CELL and not right.has_marks and not heads:
            cells.append(right)
        below = self._grids.below(block)
        alone = right is None and self._grids.left(block) is None
        under = alone or heads or right is None or self._headings.of(right) is not None
        if below is not None and under and below.box.width >= LEAST_TEXT_CELL and not spans_pairs(block, below, self._grids):
            cells.append(below)
        elif below is None and alone and self._grids.size(self._grids.cell(block).table) == 1:
            box = self._next_box(block)
            if box is not None:
                cells.append(box)
        return [one for one in cells if not self._has_label(one)]

    def _is_code(self, block: Block) -> bool:
        """Whether a cell holds the grade beside a text; nothing else may claim it then."""
        coded = holds_code(block, self._grids)
        self._found.taken |= {item.order for item in block.items if coded}
        return coded

    def _is_tick_column(self, block: Block) -> bool:
        return block.box.width < LEAST_TEXT_CELL and (not block.tokens or is_typed_tick(block))

    def _heads_beside(self, block: Block, other: Block) -> bool:
        """Whether two cells look like heads of columns side by side, nothing else being known of the second."""
        below = self._grids.below(block)
        if not 0 < len(other.tokens) <= 8 or below is None or self._grids.cell(block).row:
            return False
        bold = all(token.bold for token in (*block.tokens, *other.tokens))
        return (bold or (self._grids.cell(block).shaded and self._grids.cell(other).shaded)) and not any(
            t.bold for t in below.tokens
        )

    def _has_label(self, block: Block) -> bool:
        """Whether a cell is a place of its own and no answer."""
        if len(block.tokens) > 12 or not block.tokens:
            return False
        entries = find_entries(block, Zone.DETAILS, tolerant=self._tolerant)
        return any(e.start == 0 and e.label.strength >= 0.9 and e.closed and can_hold(e) for e in entries)

    def _next_box(self, block: Block) -> Block | None:
        """The box right under a heading: a table of one cell."""
        following = self._paper.blocks[block.number + 1 : block.number + 2]
        if not following or following[0].cell is None:
            return None
        box = following[0]
        cell = self._grids.cell(box)
        single = self._grids.columns(cell.table) == 1 and self._grids.size(cell.table) <= 2
        headed = block.cell is not None and (looks_headed(box) or self._grids.size(cell.table) == 2)
        return box if single and cell.row == 0 and not headed else None

    def _body_below(self, block: Block) -> tuple[list[Item], str, str]:
        box = self._next_box(block)
        prompts: list[Item] = []
        last = block
        while box is None:
            after = self._paper.blocks[last.number + 1 : last.number + 2]
            if (
                not after
                or after[0].cell is not None
                or not is_prompt(after[0].text)
                or self._headings.of(after[0]) is not None
            ):
                break
            last = after[0]
            prompts += last.items
            box = self._next_box(last)
        after = self._paper.blocks[last.number + 1 : last.number + 2]
        if box is None and after and (rows := self._numbered(after[0])):
            self._used |= {one.number for row in rows for one in self._grids.row(row)}
            return [*prompts, *items_of(rows)], "box", "cell"
        headed = box is not None and self._headings.of(box) is not None and not self._stands_out(block, box)
        if box is not None and not headed and not self._has_label(box):
            self._used |= {box.number, *range(block.number, last.number + 1)}
            more = numbered_lines(box, self._paper.blocks[box.number + 1 :])
            if more:
                self._used |= {one.number for one in more}
                return [*prompts, *(item for one in (box, *more) for item in without_count(one))], "box", "cell"
            return [*prompts, *box.items, *self._continued(box, apart=True)], "box", "cell"
        items, ended = self._following(block)
        return items, "page", ended

    def _following(self, block: Block) -> tuple[list[Item], str]:
        """The paragraphs under a heading on the open page, up to what ends them."""
        items: list[Item] = []
        ended = "end of paper"
        number = printed_number(block.tokens)
        heading_bold = isinstance(block.items[0], Token) and block.items[0].bold
        first: Block | None = None
        for other in self._paper.blocks[block.number + 1 :]:
            reason = self._ends_text(other, first, heading_bold=heading_bold)
            if number is not None and printed_number(other.tokens) == number.next and not counts(items):
                reason = reason or "next number"
            if reason:
                ended = reason
                break
            first = first or other
            self._used.add(other.number)
            items += other.items
        return items, ended

    def _ends_text(self, block: Block, first: Block | None, *, heading_bold: bool) -> str:
        if block.cell is not None:
            return "table"
        if not any(token.field is not None for token in block.tokens) and speaks_of_itself(block.text, below=first is not None):
            return "closing words"
        headed = self._ends_at_heading(block, first, heading_bold=heading_bold)
        if headed:
            return headed
        if is_signing(block, tolerant=self._tolerant):
            return "signatures"
        return self._ends_at_section(block, first, heading_bold=heading_bold) or self._ends_at_question(block)

    def _ends_at_heading(self, block: Block, first: Block | None, *, heading_bold: bool) -> str:
        head = self._headings.of(block)
        bold = isinstance(block.items[0], Token) and block.items[0].bold
        whole = head is not None and head[1] == len(block.items)
        if head is not None and (bold or (not heading_bold and (head[0].strength >= _SURE_HEADING or not whole))):
            return "heading"
        if head is not None and whole and (not heading_bold or head[0].strength >= _SURE_HEADING):
            return _PLAIN_HEADING
        return _OVER_A_BOX if first is not None and self._heads_a_box(block) else ""

    def _ends_at_section(self, block: Block, first: Block | None, *, heading_bold: bool) -> str:
        bold = bool(block.tokens) and all(token.bold for token in block.tokens)
        plain_before = not all(token.bold for token in first.tokens) if first is not None else heading_bold
        if bold and plain_before and len(block.tokens) <= 16 and not block.text.endswith("."):
            return "section"
        if (
            block.text.isupper()
            and len(block.text) > 6
            and not (first and first.text.isupper())
            and block.tokens[0].field is None
        ):
            return "section"
        return ""

    def _ends_at_question(self, block: Block) -> str:
        if any(item.order in self._chosen for item in block.items if isinstance(item, Mark) or len(block.tokens) <= _QUESTION):
            return "choice"
        if len(block.tokens) <= _QUESTION and block.text.rstrip().endswith("?") and read_question(block.text) is not None:
            return "choice"
        return "label" if self._is_label_line(block) else ""

    def _heads_a_box(self, block: Block) -> bool:
        """Whether a short line stands right over a box that has no heading of its own, and so may head it."""
        box = self._next_box(block) if len(block.tokens) <= 12 and not block.text.endswith(".") else None
        return box is not None and bool(box.tokens) and self._headings.of(box) is None and not self._has_label(box)

    def _is_label_line(self, block: Block) -> bool:
        """A short line that asks for another field and holds its value, or nothing."""
        if len(block.tokens) > 16:
            return False
        for entry in find_entries(block, Zone.DETAILS, tolerant=self._tolerant):
            if (
                entry.start
                or entry.label.waiting
                or entry.label.strength < 0.9
                or not entry.closed
                or entry.label.key == "<aside>"
            ):
                return False
            rest = join(item for item in entry.rest if isinstance(item, Token))
            value = read_value(entry.label.key, rest) if rest else None
            return not rest or (value is not None and value.doubt is None)
        return False

    def _continued(self, box: Block, *, apart: bool = False) -> list[Item]:
        """What stands in the same box on the next page: a cell at the top of the page, as wide, with no heading of its own.

        `apart`: the box's heading stands outside it, so that words that lead on in their line head nothing in it.
        """
        items: list[Item] = []
        current = box
        while True:
            later = (b for b in self._paper.blocks[current.number + 1 :] if b.page > current.page)
            after = self._goes_on(current, [b for b in later if not self._runs_above(b)])
            if after is None or after.page != current.page + 1 or after.number in self._used:
                return items
            if any(
                b.page == current.page and b.number > current.number and b.items and b.box.top > current.box.top
                for b in self._paper.blocks
            ):
                return items
            head = self._headings.of(after)
            headed = head is not None and not (apart and head[1] < len(after.items) and self._runs_on(after, head[1]))
            if headed or self._has_label(after) or looks_headed(after):
                return items
            self._used.add(after.number)
            items += after.items
            current = after

    def _goes_on(self, box: Block, blocks: list[Block]) -> Block | None:
        """The cell of the first row of a page that lies under a box at the foot of the page before, if no label heads that row."""
        if not blocks or blocks[0].cell is None:
            return None
        # Two pages never lie on the glass in quite the same place.
        shift = 12 if self._tolerant else 4
        row = self._grids.row(blocks[0])
        under = [b for b in row if abs(b.box.x0 - box.box.x0) < shift and abs(b.box.x1 - box.box.x1) < shift]
        beside = [b for b in row if b not in under and b.items]
        headed = any(b.has_marks or self._headings.of(b) is not None or self._has_label(b) for b in beside)
        return under[0] if under and under[0].items and not headed else None

    def _runs_above(self, block: Block) -> bool:
        """Whether it stands in the upper margin, where a letterhead runs on that was not read alike on both pages."""
        height = next((page.height for page in self._paper.sheet.pages if page.number == block.page), 842.0)
        return self._tolerant and block.cell is None and block.box.bottom < 0.07 * height
