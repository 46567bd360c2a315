"""Long texts: from a heading to the end of its box, or on the open page to the next heading.

What stands inside is the answer, however much a line of it looks like a label; so texts are found before labels are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.labels import Zone
from parsers.labels.texts import ASIDE_TEXT, Heading, is_prompt, read_heading, respelt_heading
from parsers.layout.blocks import Block, Edge, Item, Paper, join, paragraphs
from parsers.layout.grids import Grids
from parsers.layout.labels import Entry, find_entries
from parsers.marks import is_typed_tick
from parsers.tokens import Mark, Token
from parsers.written import read_value
from parsers.written.dates import dates_in
from parsers.written.names import before_day

_BULLETS = {"•", "-", "–", "—", "*", "o", "▪", "·", "◦", "●", "\uf0b7", "‣", "", "➢", "»"}
_SIGNING = re.compile(
    r"^((electronically |digitally )?signed\b|signatures?\b|declaration\b|names? and dates?\b|this (form|report|record|review) (should|must|needs to) be signed|to be signed|sign ?off\b|authoris|"
    r"agreed by\b|confirmation of (signatures|agreement))"
)
_LEAST_TEXT_CELL = 70.0


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
    search = _Search(paper, grids, chosen, tolerant=tolerant)
    search.skip(titles)
    return search.texts()


def plain_text(tokens: Sequence[Token]) -> str:
    """Paragraphs joined by line breaks, without bullets."""
    return "\n".join(filter(None, (_plain(paragraph) for paragraph in paragraphs(tokens))))


def _plain(tokens: list[Token]) -> str:
    start = 0
    while start < len(tokens) and tokens[start].text in _BULLETS and len(tokens) > 1:
        start += 1
    return join(tokens[start:])


class _Search:
    def __init__(self, paper: Paper, grids: Grids, chosen: set[int], *, tolerant: bool) -> None:
        self._paper, self._grids, self._chosen, self._tolerant = paper, grids, chosen, tolerant
        self._found = Texts()
        self._used: set[int] = set()
        self._heads: dict[int, tuple[Heading, int] | None] = {}

    def skip(self, blocks: frozenset[int]) -> None:
        self._heads.update(dict.fromkeys(blocks))

    def texts(self) -> Texts:
        for block in self._paper.blocks:
            if block.number in self._used:
                continue
            head = self._head(block)
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

    def _head(self, block: Block) -> tuple[Heading, int] | None:
        if block.number not in self._heads:
            self._heads[block.number] = self._find_head(block)
        return self._heads[block.number]

    def _find_head(self, block: Block) -> tuple[Heading, int] | None:
        """The heading at the start of a block, and how many items it takes."""
        items = block.items
        first = items[0] if items else None
        if not isinstance(first, Token) or first.field is not None or first.placeholder or first.order in self._chosen:
            return None
        if self._is_column_head(block):
            return None
        short = block.cell is not None and len(items) <= 12
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
        if not cut and not heading.key.startswith("standard"):
            return heading, end
        whole = self._heading_to(block, len(block.items))
        if whole is not None and whole.key == heading.key:
            return whole, len(block.items)
        sentence = cut and bool(block.edges[end] & Edge.LINE) and not block.edges[end] & Edge.PARAGRAPH
        return None if sentence and not heading.key.startswith("standard") else (heading, end)

    def _heading_to(self, block: Block, end: int) -> Heading | None:
        tokens = [item for item in block.items[:end] if isinstance(item, Token)]
        if not 0 < len(tokens) <= 36 or any(token.field is not None for token in tokens):
            return None
        text = join(tokens)
        if (found := read_heading(text)) is not None or not self._looks_like_heading(block, tokens, end):
            return found
        return read_heading(text, shown=True) or respelt_heading(text)

    def _looks_like_heading(self, block: Block, tokens: list[Token], end: int) -> bool:
        """Whether words are set off as headings are: bold, in capitals, or alone in a cell with a wide one beside or below it."""
        if len(tokens) > 12 or join(tokens).rstrip().endswith("."):
            return False
        rest = [item for item in block.items[end:] if isinstance(item, Token)]
        if all(token.bold for token in tokens) and not (rest and all(token.bold for token in rest)):
            return True
        if block.cell is None or rest or block.has_marks:
            return False
        shaded = self._grids.cell(block).shaded
        near = [self._grids.right(block), self._grids.below(block)]
        roomy = any(one is not None and one.box.width >= 2 * _LEAST_TEXT_CELL and len(one.tokens) > 14 for one in near)
        return shaded or roomy

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
        return bool(row) and all(one.box.width < _LEAST_TEXT_CELL and len(one.tokens) <= 1 for one in row)

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
        return any(
            e.start == 0 and e.end == end and e.label.strength >= 0.95 and not e.label.waiting and e.label.key != "<aside>"
            for e in entries
        )

    def _read(self, block: Block, heading: Heading, end: int) -> None:
        rest = block.items[end:]
        self._used.add(block.number)
        body, where, ended = self._body(block, rest)
        self._found.headings.add(block.number)
        if heading.key == ASIDE_TEXT and where == "page" and block.cell is None:
            body = []  # A section heading: labels may follow it.
        taken = {item.order for item in (*block.items[:end], *body)}
        self._found.taken |= taken
        if heading.key != ASIDE_TEXT:
            text = join(item for item in block.items[:end] if isinstance(item, Token))
            self._found.places.append(TextPlace(heading.key, heading.strength, text, block, tuple(_answer(body)), where, ended))

    def _body(self, block: Block, rest: list[Item]) -> tuple[list[Item], str, str]:
        if block.cell is not None:
            return self._body_of_cell(block, rest)
        if _says_something(rest):
            follow, ended = self._following(block)
            return [*rest, *follow], "page", ended
        return self._body_below(block)

    def _body_of_cell(self, block: Block, rest: list[Item]) -> tuple[list[Item], str, str]:
        written = _answer(rest)
        if _says_something(written):
            return [*rest, *self._continued(block)], "box", "cell"
        for side in self._cells_for(block):
            if self._head(side) is None and side.number not in self._used:
                self._used.add(side.number)
                return [*rest, *side.items, *self._continued(side)], "box", "cell"
        return [*rest, *self._continued(block)], "box", "cell"

    def _cells_for(self, block: Block) -> list[Block]:
        """Where the answer to a heading that fills its cell may stand: right of it (past tick columns), else below."""
        right = self._grids.right(block)
        while right is not None and right.box.width < _LEAST_TEXT_CELL and (not right.tokens or is_typed_tick(right)):
            right = self._grids.right(right)
        cells = []
        if right is not None and right.box.width >= _LEAST_TEXT_CELL and not right.has_marks:
            cells.append(right)
        below = self._grids.below(block)
        alone = right is None and self._grids.left(block) is None
        if (
            below is not None
            and (alone or right is None or self._head(right) is not None)
            and below.box.width >= _LEAST_TEXT_CELL
        ):
            cells.append(below)
        elif below is None and alone and self._grids.size(self._grids.cell(block).table) == 1:
            box = self._next_box(block)
            if box is not None:
                cells.append(box)
        return [one for one in cells if not self._has_label(one)]

    def _has_label(self, block: Block) -> bool:
        """Whether a cell is a place of its own and no answer."""
        if len(block.tokens) > 12 or not block.tokens:
            return False
        entries = find_entries(block, Zone.DETAILS, tolerant=self._tolerant)
        return any(e.start == 0 and e.label.strength >= 0.9 and e.closed and _holds(e) for e in entries)

    def _next_box(self, block: Block) -> Block | None:
        """The box right under a heading: a table of one cell."""
        following = self._paper.blocks[block.number + 1 : block.number + 2]
        if not following or following[0].cell is None:
            return None
        box = following[0]
        cell = self._grids.cell(box)
        single = self._grids.columns(cell.table) == 1 and self._grids.size(cell.table) <= 2
        headed = block.cell is not None and (_looks_headed(box) or self._grids.size(cell.table) == 2)
        return box if single and cell.row == 0 and not headed else None

    def _body_below(self, block: Block) -> tuple[list[Item], str, str]:
        box = self._next_box(block)
        prompts: list[Item] = []
        last = block
        while box is None:
            after = self._paper.blocks[last.number + 1 : last.number + 2]
            if not after or after[0].cell is not None or not is_prompt(after[0].text) or self._head(after[0]) is not None:
                break
            last = after[0]
            prompts += last.items
            box = self._next_box(last)
        if box is not None and self._head(box) is None and not self._has_label(box):
            self._used |= {box.number, *range(block.number, last.number + 1)}
            return [*prompts, *box.items, *self._continued(box)], "box", "cell"
        items, ended = self._following(block)
        return items, "page", ended

    def _following(self, block: Block) -> tuple[list[Item], str]:
        """The paragraphs under a heading on the open page, up to what ends them."""
        items: list[Item] = []
        ended = "end of paper"
        heading_bold = isinstance(block.items[0], Token) and block.items[0].bold
        first: Block | None = None
        for other in self._paper.blocks[block.number + 1 :]:
            reason = self._ends_text(other, first, heading_bold=heading_bold)
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
        head = self._head(block)
        bold = bool(block.tokens) and all(token.bold for token in block.tokens)
        if head is not None and (not heading_bold or (isinstance(block.items[0], Token) and block.items[0].bold)):
            return "heading"
        if is_signing(block, tolerant=self._tolerant):
            return "signatures"
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
        if block.has_marks and any(isinstance(item, Mark) and item.order in self._chosen for item in block.items):
            return "choice"
        return "label" if self._is_label_line(block) else ""

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

    def _continued(self, box: Block) -> list[Item]:
        """What stands in the same box on the next page: a cell at the top of the page, as wide, with no heading of its own."""
        items: list[Item] = []
        current = box
        while True:
            later = (b for b in self._paper.blocks[current.number + 1 :] if b.page > current.page)
            after = self._first_written([b for b in later if not self._runs_above(b)])
            if after is None or after.cell is None or after.page != current.page + 1 or after.number in self._used:
                return items
            if any(
                b.page == current.page and b.number > current.number and b.items and b.box.top > current.box.top
                for b in self._paper.blocks
            ):
                return items
            # Two pages never lie on the glass in quite the same place.
            shift = 12 if self._tolerant else 4
            same = abs(after.box.x0 - current.box.x0) < shift and abs(after.box.x1 - current.box.x1) < shift
            if not same or self._head(after) is not None or self._has_label(after) or _looks_headed(after):
                return items
            self._used.add(after.number)
            items += after.items
            current = after

    def _first_written(self, blocks: list[Block]) -> Block | None:
        """The first of them; of a row that goes on from the page before, with its label there, the cell that is written in."""
        if not blocks or blocks[0].items or blocks[0].cell is None:
            return blocks[0] if blocks else None
        beside = self._grids.right(blocks[0])
        return beside if beside is not None and beside.items else blocks[0]

    def _runs_above(self, block: Block) -> bool:
        """Whether it stands in the upper margin, where a letterhead runs on that was not read alike on both pages."""
        height = next((page.height for page in self._paper.sheet.pages if page.number == block.page), 842.0)
        return self._tolerant and block.cell is None and block.box.bottom < 0.07 * height


def _looks_headed(block: Block) -> bool:
    """Whether a box starts with a short line in bold or capitals: a heading, even if nobody knows its words."""
    lines = paragraphs(block.tokens)
    if not lines or len(lines[0]) > 12:
        return False
    text = join(lines[0])
    others = [token for line in lines[1:] for token in line]
    bold = all(token.bold for token in lines[0]) and not all(token.bold for token in others)
    return bool(bold or (text.isupper() and len(text) > 3 and not join(others).isupper()))


def _holds(entry: Entry) -> bool:
    """Whether nothing stands behind a label, or what could be its value: a sentence may begin like a label."""
    rest = join(item for item in entry.rest if isinstance(item, Token))
    if not rest:
        return True
    return not entry.label.key.startswith("<") and read_value(entry.label.key, rest) is not None


def is_signing(block: Block, *, tolerant: bool = False) -> bool:
    """Whether the part where people sign starts here."""
    words = " ".join(block.text.casefold().split())
    if len(block.tokens) > 22:
        return False
    if _SIGNING.search(words.strip(" •-*")):
        return True
    entries = find_entries(block, Zone.SIGNING, tolerant=tolerant)
    people = any(entry.label.person for entry in entries)
    signs = any(entry.label.key == "<sign>" for entry in entries)
    dated = any(entry.label.key == "<date>" or entry.label.key.endswith("_signed_on") for entry in entries)
    if _heads_signatures(block, entries):
        return True
    if len(block.tokens) <= 14 and entries and entries[0].start == 0 and _is_name_and_day(entries[0]):
        return True
    return people and (signs or dated) and not any(entry.label.key in {"<start>", "<end>"} for entry in entries)


def _heads_signatures(block: Block, entries: list[Entry]) -> bool:
    """Whether a line holds nothing but the heads "Name" and "Date", or "Signature" and "Date"."""
    keys = {entry.label.key for entry in entries}
    covered = sum(len(entry.tokens) for entry in entries) == len(block.tokens)
    return covered and "<date>" in keys and bool(keys & {"<name>", "<sign>"}) and keys <= {"<date>", "<name>", "<sign>"}


def _is_name_and_day(entry: Entry) -> bool:
    """Whether a role is followed by nothing but a name and a date: "Headteacher (name) Jo Park on 3 May 2024"."""
    if entry.label.person is None or not entry.label.key.endswith("_signed_name"):
        return False
    rest = join(item for item in entry.rest if isinstance(item, Token) and not item.placeholder)
    days = dates_in(rest)
    if len(days) > 1 or (days and rest[days[0].end :].strip(" .,")) or not (days or before_day(rest) != rest.strip()):
        return False
    name = before_day(rest[: days[0].start] if days else rest)
    if not name.strip(" _.…"):
        return True  # A form that nobody has signed yet.
    written = read_value(entry.label.key, name)
    return written is not None and len(name.split()) <= 5 and (written.doubt is None or bool(days))


def _says_something(items: list[Item]) -> bool:
    return any(isinstance(item, Token) and not item.placeholder and re.search(r"\w", item.text) for item in items)


def _answer(items: list[Item]) -> list[Item]:
    """The items without the form's own instructions at the head: whole paragraphs before an input, or prompts."""
    tokens = [item for item in items if isinstance(item, Token)]
    inputs = [token for token in tokens if token.field is not None]
    if inputs:
        first = min(token.order for token in inputs)
        return [item for item in items if item.order >= first]
    groups = paragraphs(tokens)
    skip: set[int] = set()
    for number, group in enumerate(groups):
        bold_lead = all(t.bold for t in group) and number + 1 < len(groups) and not all(t.bold for t in groups[number + 1])
        if not is_prompt(join(group)) and not (bold_lead and len(group) <= 30):
            break
        skip |= {token.order for token in group}
    return [item for item in items if item.order not in skip]
