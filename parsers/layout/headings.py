"""Which blocks are headings of long texts, and how far a heading reaches into its block."""

from __future__ import annotations

from dataclasses import replace

from parsers.labels import ASIDE, Zone, read_label
from parsers.labels.texts import Heading, read_heading, respelt_heading, themed_heading
from parsers.layout.blocks import Block, Edge, Paper, join
from parsers.layout.grids import Grids
from parsers.layout.labels import find_entries
from parsers.tokens import Token

LEAST_TEXT_CELL = 70.0
_STANDARDS = tuple(f"standard_{number}" for number in range(1, 9))
_PART_TWO = "standard_part_two"
_CERTAIN = 0.9
_PLAIN = 0.8
"""How certain a heading in plain type and unusual words can be: it may be a line of an answer."""
_SHORT = 9
"""Words."""
_FIELD = 0.85
"""How certain a label of a short value must be for no theme to be looked for in its words."""
_NAMING = 6
"""Words of a question that asks for a school's name, at most; a longer one asks what that school should know."""
_SERIES = 4
"""How many standards a form asks for one after the other, where it asks for each; more, where some are left out."""


class Headings:
    """The headings of a paper, looked for when they are asked for. `chosen` are items that options took."""

    def __init__(self, paper: Paper, grids: Grids, chosen: set[int], *, tolerant: bool) -> None:
        self._paper, self._grids, self._chosen, self._tolerant = paper, grids, chosen, tolerant
        self._heads: dict[int, tuple[Heading, int] | None] = {}
        self._asks_by_standard: bool | None = None
        self._quoted: frozenset[int] = frozenset()

    def skip(self, blocks: frozenset[int]) -> None:
        self._heads.update(dict.fromkeys(blocks))

    def of(self, block: Block) -> tuple[Heading, int] | None:
        """The heading at the start of a block, and how many items it takes."""
        head = self._first_look(block)
        if head is None or not head[0].key.startswith("standard_"):
            return head
        if self._in_series():
            return None if block.number in self._quoted else head
        answered = block.cell is not None and head[0].strength < _CERTAIN and head[1] < len(block.items)
        stray = head[0].key != _PART_TWO or answered
        return None if stray else head

    def _first_look(self, block: Block) -> tuple[Heading, int] | None:
        if block.number not in self._heads:
            self._heads[block.number] = self._find(block)
        return self._heads[block.number]

    def _in_series(self) -> bool:
        """Whether the form asks standard by standard. One or two such lines are an answer's own: "TS6: live marking helps"."""
        if self._asks_by_standard is None:
            looked = ((block.number, self._first_look(block)) for block in self._paper.blocks)
            heads = [(number, head[0].key) for number, head in looked if head is not None]
            asked = {key for _, key in heads}
            self._quoted = _quoted(heads)
            row = any(asked.issuperset(_STANDARDS[n : n + _SERIES]) for n in range(9 - _SERIES))
            self._asks_by_standard = row or len(asked.intersection(_STANDARDS)) > _SERIES
        return self._asks_by_standard

    def _find(self, block: Block) -> tuple[Heading, int] | None:
        items = block.items
        first = items[0] if items else None
        if not isinstance(first, Token) or first.field is not None or first.placeholder or first.order in self._chosen:
            return None
        if self._is_column_head(block):
            return None
        short = len(items) <= 12 and (block.cell is not None or all(token.bold for token in block.tokens))
        for end in [len(items), *self._head_ends(block)] if short else self._head_ends(block):
            heading = self._heading_to(block, end)
            if heading is not None and not self._is_label(block, end):
                checklist = end == len(items) and not heading.key.startswith("standard") and self._is_checklist_row(block)
                return None if checklist else self._whole_if_cut(block, *self._with_next_line(block, heading, end))
        return None

    def _is_column_head(self, block: Block) -> bool:
        """Whether a cell heads a column of answers to the headings on its left: "Standard | Met | Evidence"."""
        if block.cell is None or not 0 < len(block.tokens) <= 6 or not self._grids.cell(block).column:
            return False
        below = self._grids.below(block)
        first = None if below is None else self._grids.row(below)[0]
        if first is None or first is below or first.cell == block.cell:
            return False
        heading = read_heading(join(first.tokens[:40])) if first.tokens else None
        return heading is not None and heading.key.startswith("standard_")

    def _whole_if_cut(self, block: Block, heading: Heading, end: int) -> tuple[Heading, int] | None:
        """The whole block, where a line break cut its heading in two: the next line starts in the middle of a sentence.

        None where the whole is a sentence of an answer.
        """
        after = block.items[end] if end < len(block.items) else None
        cut = isinstance(after, Token) and after.field is None and after.text[:1].islower()
        apart = end < len(block.items) and bool(block.edges[end] & Edge.PLAINER)
        if not cut and (apart or not heading.key.startswith("standard")):
            return heading, end
        set_off = (i for i in range(end + 1, len(block.items)) if block.edges[i] & (Edge.PARAGRAPH | Edge.PLAINER))
        for further in [*([first] if cut and (first := next(set_off, None)) else []), len(block.items)]:
            whole = self._heading_to(block, further)
            if whole is not None and whole.key == heading.key:
                return whole, further
        sentence = cut and bool(block.edges[end] & Edge.LINE) and not block.edges[end] & Edge.PARAGRAPH
        return None if sentence and not heading.key.startswith("standard") else (heading, end)

    def _heading_to(self, block: Block, end: int) -> Heading | None:
        tokens = [item for item in block.items[:end] if isinstance(item, Token)]
        if not 0 < len(tokens) <= 36 or any(token.field is not None for token in tokens):
            return None
        text = join(tokens)
        if (found := read_heading(text)) is not None:
            return found
        if not self._looks_like_heading(block, tokens, end):
            plain = read_heading(text, shown=True) if end == len(block.items) and self._over_sentences(block) else None
            return None if plain is None or _names_field(text) else replace(plain, strength=min(plain.strength, _PLAIN))
        return read_heading(text, shown=True) or respelt_heading(text) or (None if _names_field(text) else themed_heading(text))

    def _looks_like_heading(self, block: Block, tokens: list[Token], end: int) -> bool:
        """Whether words are set off as headings are: bold, in capitals, or alone in a cell with a wide one beside or below it."""
        if len(tokens) > 12 or join(tokens).rstrip().endswith("."):
            return False
        rest = [item for item in block.items[end:] if isinstance(item, Token)]
        if all(token.bold for token in tokens) and not (rest and all(token.bold for token in rest)):
            return True
        if block.cell is None and not rest and not block.has_marks and self._over_a_box(block):
            return True
        if block.cell is None or rest or block.has_marks:
            return False
        shaded = self._grids.cell(block).shaded
        near = [self._grids.right(block), self._grids.below(block)]
        roomy = any(one is not None and one.box.width >= 2 * LEAST_TEXT_CELL and len(one.tokens) > 14 for one in near)
        return shaded or roomy

    def _over_sentences(self, block: Block) -> bool:
        """Whether a short line in plain type, with no end of its own, stands over an answer in sentences."""
        if block.cell is not None or block.has_marks or not 1 < len(block.tokens) <= _SHORT or block.text[-1:] in ".,;!":
            return False
        below = self._paper.blocks[block.number + 1 : block.number + 2]
        written = bool(below) and below[0].cell is None and len(below[0].tokens) > _SHORT
        return written and block.text[:1].isupper() and below[0].text.rstrip().endswith((".", "!", "?"))

    def _over_a_box(self, block: Block) -> bool:
        """Whether a box of its own stands right under a line: a table of one cell."""
        below = self._paper.blocks[block.number + 1 : block.number + 2]
        return bool(below) and below[0].cell is not None and self._grids.size(self._grids.cell(below[0]).table) == 1

    def _with_next_line(self, block: Block, heading: Heading, end: int) -> tuple[Heading, int]:
        """A heading over two lines: what follows in the same bold type belongs to it as long as it stays a heading."""
        first = block.items[0]
        if not isinstance(first, Token) or not first.bold:
            return heading, end
        further = next(
            (i for i in range(end, len(block.items)) if block.edges[i] & (Edge.PLAINER | Edge.MARK | Edge.FIELD)),
            len(block.items),
        )
        wider = (
            self._heading_to(block, further)
            if further > end and all(t.bold for t in block.tokens if t.order < block.items[further - 1].order)
            else None
        )
        return (wider, further) if wider is not None and wider.key == heading.key else (heading, end)

    def _is_checklist_row(self, block: Block) -> bool:
        """Whether a cell only has a narrow box beside it: "Individual support plan agreed | ☐" is ticked, not answered."""
        if block.cell is None:
            return False
        row = [one for one in self._grids.row(block) if one is not block]
        return bool(row) and all(one.box.width < LEAST_TEXT_CELL and len(one.tokens) <= 1 for one in row)

    def _head_ends(self, block: Block) -> list[int]:
        """Where a heading may end: where a paragraph or its type ends, else at the end of a line of a cell."""
        strong: list[int] = []
        weak: list[int] = []
        for index in range(1, min(len(block.items), 40)):
            edge = block.edges[index]
            if edge & (Edge.PARAGRAPH | Edge.PLAINER | Edge.MARK | Edge.FIELD | Edge.COLON):
                strong.append(index)
            elif edge & Edge.LINE and block.cell is not None:
                weak.append(index)
        return [*strong, len(block.items), *weak]

    def _is_label(self, block: Block, end: int) -> bool:
        """Whether the words name a short value after all: "Evidence of QTS date"."""
        if end < len(block.items) or len(block.tokens) > 12:
            return False
        entries = find_entries(block, Zone.DETAILS, tolerant=self._tolerant)
        text_asked = len(block.tokens) > _NAMING and block.text.rstrip().endswith("?")
        return any(
            e.start == 0
            and e.end == end
            and e.label.strength >= 0.95
            and not e.label.waiting
            and e.label.key != "<aside>"
            and not (e.label.key == "next_school" and text_asked)
            for e in entries
        )


def _quoted(heads: list[tuple[int, str]]) -> frozenset[int]:
    """The blocks behind the last standard that name one again: lines of an answer, "TS6 – re-teach the next day". None where all are asked twice.

    `heads` are the numbers of blocks and the keys of their headings, in reading order.
    """
    last = next((place for place, (_, key) in enumerate(heads) if key == _STANDARDS[-1]), len(heads))
    before = {key for _, key in heads[:last]}
    again = {number: key for number, key in heads[last + 1 :] if key in before and key in _STANDARDS}
    return frozenset(again) if len(set(again.values())) < _SERIES else frozenset()


def _names_field(text: str) -> bool:
    """Whether words are a label that is known as such, so that no theme in them counts: "School-based induction tutor"."""
    label = read_label(text)
    return label is not None and not label.waiting and label.key != ASIDE and label.strength >= _FIELD
