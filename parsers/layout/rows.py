"""Long texts in the rows of a table: all that stands under the head of a column, or behind the numbers of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeGuard

from parsers.layout.blocks import Block, Item, join, paragraphs
from parsers.layout.grids import Grids
from parsers.tokens import Mark, Token

_NUMBERED = re.compile(r"\W*([^\W\d]*)\s*(\d{1,2})\W*")
_COUNTED = re.compile(r"(\d{1,2})([.:)])")
COUNTED_ON = "the first of several parts"
"""How a text ends of which only the first part was found."""
_MOST_ROWS = 40
_LONGEST_CODE = 12
"""Characters of a grade or code in a column of its own: "S", "Developing"."""
_LABEL = 6
"""Words of a label that a row's title stands over, at most."""
_WIDER = 2.0
_WORDS_OF_OPTION = 2


def further_rows(head: Block, first: Block, grids: Grids, ends: Callable[[Block], bool]) -> list[Block]:
    """The cells of a column below its first answer: under the head of a column all rows are one answer.

    They end where a row is set off as the heads are, where the columns or the page change, or at a row of which a cell `ends` them.
    """
    heads, found = grids.row(head), [first]
    if len(heads) < 2 or grids.cell(head).column_span >= grids.columns(grids.cell(head).table):
        return []
    while len(found) < _MOST_ROWS:
        one = grids.below(found[-1])
        if one is None or one.page != first.page or not _in_line(one, first, grids):
            break
        row = grids.row(one)
        if any(each.tokens and (_set_off(each, grids) or ends(each)) for each in row):
            break
        found.append(one)
    return found[1:]


def spans_pairs(title: Block, below: Block, grids: Grids) -> bool:
    """Whether a row's title stands over labels with their answers: "Target 1" over "Support | ...", which is no answer."""
    wider = grids.cell(title).column_span > grids.cell(below).column_span
    return wider and len(grids.row(below)) > 1 and len(below.tokens) <= _LABEL


def _in_line(one: Block, first: Block, grids: Grids) -> bool:
    own, other = grids.cell(one), grids.cell(first)
    return (own.column, own.column_span) == (other.column, other.column_span)


def _set_off(block: Block, grids: Grids) -> bool:
    return grids.cell(block).shaded or all(token.bold for token in block.tokens)


def numbered_rows(first: Block, grids: Grids) -> list[Block]:
    """The cells beside "1", "2", "3" or "Target 1", "Target 2", which are parts of one answer; none where rows are not so numbered."""
    if grids.columns(grids.cell(first).table) != 2:
        return []
    found: list[Block] = []
    words = ""
    one: Block | None = first
    while one is not None and len(found) < _MOST_ROWS:
        match, beside = _NUMBERED.fullmatch(one.text.strip()), grids.right(one)
        if match is None or beside is None or int(match[2]) != len(found) + 1 or (found and match[1] != words):
            break
        words = match[1]
        found.append(beside)
        one = grids.below(one)
    return found if len(found) > 1 else []


def items_of(blocks: list[Block]) -> list[Item]:
    return [item for block in blocks for item in block.items]


def numbered_lines(first: Block, following: Sequence[Block]) -> list[Block]:
    """The lines below a box that go on with the count of its answer: "1: …" in the box, "2: …" and "3: …" under it."""
    begun = _COUNTED.match(first.text)
    found: list[Block] = []
    if begun is None or begun[1] != "1":
        return found
    number = 2
    for one in following:
        match = _COUNTED.match(one.text)
        if match is not None and (int(match[1]), match[2]) == (number, begun[2]):
            number += 1
        elif not found or len(found[-1].tokens) > 1 or not one.tokens or one.tokens[0].field is None:
            break  # What follows is no input beside the number either.
        found.append(one)
    return found


def counts_on(body: Sequence[Item], blocks: Sequence[Block]) -> bool:
    """Whether an answer begins with a "1" and holds no "2", and what stands behind it begins with one: there it goes on."""
    starts = [item.text.rstrip(".:)") for item, before in zip(body, (None, *body), strict=False) if _begins(item, before)]
    if not starts or starts[0] != "1" or "2" in starts:
        return False
    after = next((one for one in blocks if one.tokens and one.tokens[0].order > max(item.order for item in body)), None)
    return after is not None and after.tokens[0].text.rstrip(".:)") == "2"


def _begins(item: Item, before: Item | None) -> TypeGuard[Token]:
    return isinstance(item, Token) and (not isinstance(before, Token) or before.paragraph != item.paragraph)


def without_count(block: Block) -> list[Item]:
    """The items of a line or box without the number that it starts with."""
    return block.items[1:] if _COUNTED.fullmatch(block.tokens[0].text) else block.items


def holds_code(block: Block, grids: Grids) -> bool:
    """Whether a cell is in a column of grades or codes beside the column of the texts: narrow, with a word at most in every row."""
    beyond, cell = grids.right(block), grids.cell(block)
    if beyond is None or beyond.box.width < _WIDER * block.box.width:
        return False
    column = [one for one in grids.column(cell.table, cell.column) if grids.cell(one).row]
    return len(column) > 1 and all(len(one.tokens) <= 1 and len(one.text) <= _LONGEST_CODE for one in (block, *column))


def are_options(items: Sequence[Item]) -> bool:
    """Whether what stands behind a heading are boxes to tick with a word or two each: "☒ TS1 ☐ TS2 ☐ TS3"."""
    marks = [item for item in items if isinstance(item, Mark)]
    return len(marks) > 2 and len(items) - len(marks) <= _WORDS_OF_OPTION * len(marks)


def looks_headed(block: Block) -> bool:
    """Whether a box starts with a short line in bold or capitals: a heading, even if nobody knows its words."""
    lines = paragraphs(block.tokens)
    if not lines or len(lines[0]) > 12:
        return False
    text = join(lines[0])
    others = [token for line in lines[1:] for token in line]
    bold = all(token.bold for token in lines[0]) and not all(token.bold for token in others)
    return bool(bold or (text.isupper() and len(text) > 3 and not join(others).isupper()))
