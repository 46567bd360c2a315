"""A sheet cut into blocks: cells, and paragraphs that stand outside tables. No meaning yet.

A block is what a person sees as one piece of paper: its words and boxes in reading order, with the places where
something new may begin (a line, a wide gap, a change to bold, the edge of an input).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from parsers.labels.words import is_known, words_of
from parsers.layout.joined import with_joined_tables
from parsers.layout.tidied import tidied
from parsers.tokens import Box, Mark, Sheet, Token

Item = Token | Mark
_HYPHENS = "-‐"
_BEYOND = 1_000_000
"""Order numbers from here on are stand-ins that the reader did not see."""


class Edge:
    """What lies between an item and the one before it: bits of a plain number, because there are thousands."""

    NONE: Final = 0
    START: Final = 1
    PARAGRAPH: Final = 2
    LINE: Final = 4
    GAP: Final = 8
    BOLDER: Final = 16
    PLAINER: Final = 32
    FIELD: Final = 64
    COLON: Final = 128
    MARK: Final = 256
    OPENING: Final = 1 | 2 | 4 | 8 | 16 | 64
    CLOSING: Final = 2 | 8 | 32 | 64 | 128 | 256


@dataclass(eq=False)
class Block:
    """A cell, or a paragraph outside tables."""

    number: int
    items: list[Item]
    edges: list[int]
    box: Box
    cell: int | None = None
    parts: list[tuple[int, Box]] = field(default_factory=list)
    """The boxes of a block by page: a cell may go on over a page break."""

    @cached_property
    def tokens(self) -> list[Token]:
        return [item for item in self.items if isinstance(item, Token)]

    @cached_property
    def text(self) -> str:
        return join(self.tokens)

    @property
    def page(self) -> int:
        return self.box.page

    @cached_property
    def has_marks(self) -> bool:
        return any(isinstance(item, Mark) for item in self.items)


@dataclass(frozen=True)
class Paper:
    """The blocks of one paper in reading order, and what stands in its margins."""

    sheet: Sheet
    blocks: list[Block]
    by_cell: dict[int, Block]
    margins: list[Block]
    """Running headers and footers: they name bodies and versions, but hold no values."""
    corrected: frozenset[int]
    """Order numbers of tokens beside a text that a tracked change removed."""


def join(tokens: Iterable[Token]) -> str:
    """The text of tokens with spaces where they stand apart."""
    parts: list[str] = []
    before: Token | None = None
    for token in tokens:
        if before is not None and not token.glued and not (before.text[-1:] in _HYPHENS and _is_broken(before, token)):
            parts.append(" ")
        before = token
        parts.append(token.text)
    return "".join(parts)


def _is_broken(before: Token, after: Token) -> bool:
    """Whether a word with a hyphen goes on in the next line: "Pre-" over "School"."""
    apart = (before.line, before.box.page) != (after.line, after.box.page) and before.paragraph == after.paragraph
    return (
        apart
        and len(before.text) > 2
        and before.text[-1] in _HYPHENS
        and before.text[-2].isalpha()
        and after.text[:1].isalpha()
    )


def paragraphs(items: Sequence[Item]) -> list[list[Token]]:
    """The tokens of each paragraph."""
    found: list[list[Token]] = []
    last: int | None = None
    for item in items:
        if isinstance(item, Token):
            if item.paragraph != last or not found:
                found.append([])
            last = item.paragraph
            found[-1].append(item)
    return found


def cut_into_blocks(sheet: Sheet) -> Paper:
    """Every cell of the sheet (empty ones too) and every free paragraph, ordered as they are read."""
    sheet = with_joined_tables(tidied(without_prompts(sheet)))
    paged = sheet.source not in {"word", "odt"}
    margin_lines = _running_lines(sheet) if paged else set()
    corrected = _corrected(sheet.tokens)
    in_cells: dict[int, list[Item]] = defaultdict(list)
    free: list[Item] = []
    margin: list[Item] = []
    everything: list[Item] = [*sheet.tokens, *sheet.marks, *empty_inputs(sheet)]
    for item in everything:
        if isinstance(item, Token) and (item.deleted or not item.text.strip()):
            continue
        if item.place.startswith(("header", "footer")) or (item.cell is None and (item.box.page, item.line) in margin_lines):
            margin.append(item)
        elif item.cell is not None:
            in_cells[item.cell].append(item)
        else:
            free.append(item)
    blocks = [_cell_block(sheet, index, in_cells.get(index, [])) for index in range(len(sheet.cells))]
    by_cell = dict(enumerate(blocks))
    blocks = [*blocks, *_free_blocks(free, _text_margins(sheet) if paged else {})]
    order = sorted(blocks, key=lambda block: _reading_place(block, sheet))
    for number, block in enumerate(order):
        block.number = number
    return Paper(sheet, order, by_cell, _free_blocks(margin, {}), corrected)


def empty_inputs(sheet: Sheet) -> list[Token]:
    """A stand-in for each empty input without a prompt, so that a label beside it has its place, and no other."""
    shown = {token.field for token in sheet.tokens} | {mark.field for mark in sheet.marks}
    found = []
    for index, one in enumerate(sheet.fields):
        if index in shown or one.box is None or one.kind in {"checkbox", "radio"} or one.value:
            continue
        cell = next((number for number, cell in enumerate(sheet.cells) if _holds(cell.box, one.box)), None)
        number = _BEYOND + index
        found.append(Token("…", one.box, number, number, number, cell=cell, field=index, place=one.place, placeholder=True))
    return found


def _holds(outer: Box, inner: Box) -> bool:
    middle = (inner.x0 + inner.x1) / 2
    return outer.page == inner.page and outer.x0 <= middle <= outer.x1 and outer.top - 2 <= inner.middle <= outer.bottom + 2


def _reading_place(block: Block, sheet: Sheet) -> tuple[float, ...]:
    if block.cell is None:
        return (block.page, block.box.top, block.box.x0)
    cell = sheet.cells[block.cell]
    return (block.page, block.box.top + 0.01, cell.row, cell.column)


def _cell_block(sheet: Sheet, index: int, items: list[Item]) -> Block:
    ordered = _in_reading_order(items)
    block = Block(0, ordered, _edges(ordered), sheet.cells[index].box, index)
    block.parts = [(block.page, block.box)]
    return block


def _in_reading_order(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.order)


def _text_margins(sheet: Sheet) -> dict[int, float]:
    """The right edge of the text of each page, where its lines are full."""
    widths = {page.number: page.width for page in sheet.pages}
    margins: dict[int, float] = {}
    for token in sheet.tokens:
        margins[token.box.page] = max(margins.get(token.box.page, 0.0), token.box.x1)
    return {page: edge for page, edge in margins.items() if edge > 0.8 * widths.get(page, 595.0)}


def _free_blocks(items: list[Item], margins: dict[int, float]) -> list[Block]:
    """Paragraphs: visual lines that belong to one. Words far apart on one line stay in one block."""
    groups: list[list[list[Item]]] = []
    for line in _visual_lines(items):
        if groups and _goes_on(groups[-1], line, margins.get(line[0].box.page, 0.0)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_free_block([item for line in group for item in line]) for group in groups]


def _goes_on(group: list[list[Item]], line: list[Item], margin: float) -> bool:
    above = group[-1]
    if above[0].box.page != line[0].box.page:
        return False
    numbers = {item.paragraph for item in line}
    same_paragraph = len(numbers) == 1 and numbers == {item.paragraph for item in above}
    return same_paragraph or _same_field(above, line) or _wraps(above, line, margin)


def _same_field(above: list[Item], below: list[Item]) -> bool:
    """Whether a line goes on inside the input in which the line above ended."""
    field_number = below[0].field
    return field_number is not None and any(item.field == field_number for item in above)


def _heads_columns(line: list[Item]) -> bool:
    """Whether a line is a row of labels with gaps between them: what stands below are their values."""
    words = [word for item in line if isinstance(item, Token) for word in words_of(item.text)]
    apart = any(after.box.x0 - before.box.x1 > 9 for before, after in pairwise(line))
    return apart and not any(word.isdigit() for word in words) and sum(map(is_known, words)) >= 0.8 * len(words)


def _wraps(above: list[Item], below: list[Item], margin: float) -> bool:
    """Whether a line goes on below: it is full, so that the next line's first word did not fit any more."""
    first, last = below[0], above[-1]
    if first.box.page != last.box.page or not isinstance(first, Token) or not isinstance(last, Token):
        return False
    if _heads_columns(above) and not all(map(is_known, words_of(first.text))):
        return False
    gap = first.box.top - last.box.bottom
    near = -1.0 <= gap <= 0.6 * max(first.box.height, 6.0)
    starts_left = abs(first.box.x0 - min(item.box.x0 for item in above)) <= 3
    return near and starts_left and last.box.x1 + first.box.width + 2 > margin > 0 and not last.text.endswith((".", ":"))


def _visual_lines(items: list[Item]) -> list[list[Item]]:
    """Items whose middles lie on one height, left to right."""
    lines: list[list[Item]] = []
    for item in sorted(items, key=lambda one: (one.box.page, one.box.middle, one.box.x0)):
        last = lines[-1] if lines else None
        if last and last[0].box.page == item.box.page and _level(last, item):
            last.append(item)
        else:
            lines.append([item])
    return [sorted(line, key=lambda one: one.box.x0) for line in lines]


def _level(line: list[Item], item: Item) -> bool:
    first = line[0]
    if first.line == item.line:
        return True
    limit = 0.45 * min(max(first.box.height, 4.0), max(item.box.height, 4.0))
    return abs(first.box.middle - item.box.middle) <= limit


def _free_block(items: list[Item]) -> Block:
    box = items[0].box
    for item in items[1:]:
        box = box.around(item.box)
    block = Block(0, items, _edges(items, free=True), box)
    block.parts = [(block.page, box)]
    return block


def _edges(items: list[Item], *, free: bool = False) -> list[int]:
    """A free block is one paragraph, whatever the reader made of a wrapped line."""
    edges = [_edge(before, item) for before, item in pairwise(items)]
    return [Edge.START, *(edge & ~Edge.PARAGRAPH if free else edge for edge in edges)] if items else []


def _edge(before: Item, item: Item) -> int:
    edge = Edge.NONE
    box, last = item.box, before.box
    height, apart = box.bottom - box.top, box.x0 - last.x1
    beside = apart >= -1 and abs(box.top + box.bottom - last.top - last.bottom) <= 0.9 * max(height, 4.0)
    if box.page != last.page or (item.line != before.line and not beside):
        edge |= Edge.LINE
    elif apart > 7.0 and apart > 0.75 * max(height, last.bottom - last.top):
        edge |= Edge.GAP
    if item.paragraph != before.paragraph and not (beside and item.cell is None):
        edge |= Edge.PARAGRAPH
    if isinstance(before, Mark) or isinstance(item, Mark):
        return edge | Edge.MARK
    if item.field != before.field:
        edge |= Edge.FIELD
    if item.bold != before.bold:
        edge |= Edge.BOLDER if item.bold else Edge.PLAINER
    if before.text.endswith((":", "?")) or before.text in {"-", "–"} or _is_leader(before.text) or _is_leader(item.text):
        edge |= Edge.COLON
    return edge


def _is_leader(text: str) -> bool:
    # Asked of every word twice, and hardly any begins like one.
    return text[:1] in "._…" and _LEADER.match(text) is not None


def _corrected(tokens: Sequence[Token]) -> frozenset[int]:
    """Tokens that replaced a removed text, by a tracked change or by hand."""
    near: set[int] = set()
    for index, token in enumerate(tokens):
        if not token.deleted:
            continue
        for other in tokens[max(0, index - 6) : index + 7]:
            same_place = other.paragraph == token.paragraph and other.cell == token.cell
            if same_place and (other.inserted or abs(other.order - token.order) <= 1):
                near.add(other.order)
    return frozenset(near)


_LEADER = re.compile(r"^(\.{4,}|…+\.*|_{3,}|(\.…)+)$")
"""Dots or an answer line between a label and its value."""

_PROMPT = re.compile(
    r"^(click|tap|click or tap)( here)? to (enter|add|choose|select)( some)? \w+( \w+)?\.?$|^(choose|select) an item\.?$|^enter (text|date)( here)?\.?$"
)


def without_prompts(sheet: Sheet) -> Sheet:
    """The sheet with prompts of empty inputs marked as such where only their words tell: on pictures and in print."""
    if sheet.source in {"word", "odt"}:
        return sheet
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, token in enumerate(sheet.tokens):
        lines[token.box.page, token.line].append(index)
    prompts: set[int] = set()
    for members in lines.values():
        words = [sheet.tokens[index].text.casefold() for index in members]
        start = next((place for place, word in enumerate(words) if word in {"click", "tap", "choose", "select", "enter"}), None)
        if start is not None and _PROMPT.match(" ".join(words[start:])):
            prompts |= set(members[start:])
    tokens = (replace(token, placeholder=True) if index in prompts else token for index, token in enumerate(sheet.tokens))
    return replace(sheet, tokens=tuple(tokens)) if prompts else sheet


_PAGE_NUMBER = re.compile(r"^(page\s*)?\d+(\s*(of|/)\s*\d+)?$|^page\b.{0,12}\d+( of \d+)?$", re.IGNORECASE)

_ODDS = re.compile(r"[^a-z#]+")
"""What two readings of one line on two pictures may differ in."""


def _running_lines(sheet: Sheet) -> set[tuple[int, int]]:
    """Lines at the top or bottom edge of pages that repeat, and page numbers."""
    heights = {page.number: page.height for page in sheet.pages}
    edges: dict[str, list[tuple[int, int]]] = defaultdict(list)
    numbered: set[tuple[int, int]] = set()
    lines: dict[tuple[int, int], list[Token]] = defaultdict(list)
    for token in sheet.tokens:
        if token.cell is None and not token.deleted:
            lines[(token.box.page, token.line)].append(token)
    for place, tokens in lines.items():
        height = heights.get(place[0], 842.0)
        middle = tokens[0].box.middle
        if height > 2000 or not (middle < 0.085 * height or middle > 0.91 * height):
            continue
        text = join(tokens)
        if _PAGE_NUMBER.match(text.strip()):
            numbered.add(place)
        edges[_ODDS.sub(" ", re.sub(r"\d+", "#", text.casefold())) or text].append(place)
    repeated = {place for places in edges.values() if len({page for page, _ in places}) > 1 for place in places}
    bottom = {
        place for places in edges.values() for place in places
        if lines[place][0].box.middle > 0.93 * heights.get(place[0], 842.0) and len(places) == 1 and len(sheet.pages) == 1
    }  # fmt: skip
    return repeated | numbered | bottom


def without(paper: Paper, taken: set[int]) -> Paper:
    """The paper without the items of the given order numbers (choices that were read, long texts)."""
    blocks = []
    for block in paper.blocks:
        if not any(item.order in taken for item in block.items):
            blocks.append(block)
            continue
        items = [item for item in block.items if item.order not in taken]
        blocks.append(replace(block, items=items, edges=_edges(items, free=block.cell is None)))
    by_cell = {block.cell: block for block in blocks if block.cell is not None}
    return Paper(paper.sheet, blocks, by_cell, paper.margins, paper.corrected)
