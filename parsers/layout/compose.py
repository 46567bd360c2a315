"""Tables with heads on two sides: roles by name, signature and date; facts by period. A value there has two half labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.labels import ASIDE, Label, resolve
from parsers.labels.words import words_of
from parsers.layout.blocks import Block
from parsers.layout.context import Context
from parsers.layout.entries import Entry
from parsers.layout.grids import Grids
from parsers.tokens import Token

_ORDINALS = {
    "first": 1, "1st": 1, "1": 1, "one": 1, "autumn": 1, "second": 2, "2nd": 2, "2": 2, "two": 2, "spring": 2,
    "third": 3, "3rd": 3, "3": 3, "three": 3, "summer": 3, "final": 3, "4": 4, "fourth": 4, "5": 5, "fifth": 5, "6": 6, "sixth": 6,
}  # fmt: skip
_OF_PERIODS = {"assessment", "term", "period", "report", "review", "progress", "formal", "year", "induction", "half", "autumn", "spring",
               "summer", "no", "number", "the", "date", "of", "end", "or", "and"}  # fmt: skip


_OLD_STEMS = ("current", "exist", "previous", "old", "former", "present", "before", "origin", "was", "held", "regist")
_NEW_STEMS = ("new", "chang", "amend", "updat", "revis", "propos", "correct", "replac")
_NEW = {"now", "after", "to"}
_OF_STATES = {
    "details",
    "information",
    "detail",
    "value",
    "the",
    "data",
    "from",
    "please",
    "enter",
    "if",
    "changed",
    "record",
    "where",
}


_PERIOD_KEYS = {"<start>": "period_start", "<end>": "period_end"}


@dataclass(frozen=True)
class Crossing:
    """A value cell between a row head and a column head. `period` is the number of the period its column stands for."""

    key: str
    strength: float
    block: Block
    row_head: Block
    column_head: Block
    period: int | None = None

    @property
    def tokens(self) -> list[Token]:
        return [token for token in self.block.tokens if not token.placeholder]


@dataclass
class Crossings:
    found: list[Crossing] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    """Numbers of blocks that are heads or values here, and so take no part in simple pairs."""


def period_of(text: str) -> int | None:
    """The number of the period that a column head names: "Assessment 2", "Spring term", "Term 4"."""
    words = words_of(text)
    if not 0 < len(words) <= 5:
        return None
    numbers = {_ORDINALS[word] for word in words if word in _ORDINALS}
    if numbers == {2, 3} and "final" in words:
        numbers = {3}  # "Second or final": the last of a form with two.
    others = [
        word
        for word in words
        if word not in _ORDINALS and word not in _OF_PERIODS and not re.fullmatch(r"(19|20)\d\d|\d\d", word)
    ]
    named = any(not word.isdigit() for word in words)
    return numbers.pop() if len(numbers) == 1 and not others and named else None


def is_new(text: str) -> bool | None:
    """Whether a column head stands for new values (True) or old ones (False): "Current details", "Changed to"."""
    words = words_of(text)
    old, new = (
        any(word.startswith(_OLD_STEMS) for word in words),
        any(word in _NEW or word.startswith(_NEW_STEMS) for word in words),
    )
    if not 0 < len(words) <= 5 or sum(
        not word.startswith((*_OLD_STEMS, *_NEW_STEMS)) and word not in _NEW | _OF_STATES for word in words
    ) > (len(words) > 1):
        return None
    return new if old != new else None


def find_crossings(grids: Grids, labelled: dict[int, list[Entry]], context: Context) -> Crossings:
    found = Crossings()
    for table, members in grids.members.items():
        if len(members) < 4 or grids.columns(table) < 2:
            continue
        for index in members:
            block = grids.block(index)
            crossing = _crossing(block, grids, labelled, context)
            if crossing is not None:
                found.found.append(crossing)
                found.heads |= {block.number, crossing.row_head.number, crossing.column_head.number}
    return found


def _crossing(block: Block, grids: Grids, labelled: dict[int, list[Entry]], context: Context) -> Crossing | None:
    column_head, row_head = _column_head(block, grids, labelled), _row_head(block, grids, labelled)
    # Below heads of old and new values everything is a value, even a surname like "Head".
    of_states = column_head is not None and _state_head(column_head, grids) is not None
    labels = [entry for entry in labelled.get(block.number, []) if entry.closed and (entry.rest or entry.alone)]
    if labels and not of_states:
        return None
    of_period = _of_period_row(block, grids, labelled)
    if of_period is not None:
        return of_period
    if column_head is None or row_head is None or len(row_head.tokens) > 16:
        return None
    row = _label(row_head, labelled)
    state = _state_head(column_head, grids)
    if state is not None:
        row_head = next((one for one in reversed(grids.heads_left(block)) if _label(one, labelled) is not None), row_head)
        row = _label(row_head, labelled)
        if row is None:
            return None
        whole = {"<name>": "ect_name", "<email>": "ect_email"}.get(row.key, row.key)
        return Crossing(whole if state and not whole.startswith("<") else ASIDE, row.strength, block, row_head, column_head)
    period = _period_head(column_head, grids)
    if period is None:
        return _of_plain_heads(block, row, row_head, column_head, labelled, context)
    if row is None or row.key == ASIDE:
        return None
    key = _PERIOD_KEYS.get(row.key, row.key)
    return Crossing(key, row.strength, block, row_head, column_head, period) if not key.startswith("<") else None


def _of_plain_heads(
    block: Block, row: Label | None, row_head: Block, column_head: Block, labelled: dict[int, list[Entry]], context: Context
) -> Crossing | None:
    column = _label(column_head, labelled)
    if column is None:
        return None
    label = _composed(row, column, context, block)
    return Crossing(label.key, label.strength, block, row_head, column_head) if label is not None else None


def _of_period_row(block: Block, grids: Grids, labelled: dict[int, list[Entry]]) -> Crossing | None:
    """A value in a table with a row for each period: "First | 1 Sep | 12 Dec | 2"."""
    cell = grids.cell(block)
    row_head = grids.at(cell.table, cell.row, 0)
    if not cell.column or row_head is None or not row_head.tokens:
        return None
    period = period_of(row_head.text)
    if period is None:
        return None
    column_head = next((one for one in grids.heads_above(block) if _label(one, labelled) is not None), None)
    column = None if column_head is None else _label(column_head, labelled)
    if column_head is None or column is None or column.key == ASIDE:
        return None
    first = [grids.at(cell.table, row, 0) for row in range(grids.cell(column_head).row + 1, cell.row + 7)]
    periods = {period_of(one.text) for one in first if one is not None and one.tokens}
    key = _PERIOD_KEYS.get(column.key, column.key)
    if len(periods - {None}) < 2 or key.startswith("<"):
        return None
    return Crossing(key, column.strength, block, row_head, column_head, period)


def _composed(row: Label | None, column: Label, context: Context, block: Block) -> Label | None:
    """The label that two half labels make; asides count, so that a finance contact's address is nobody else's."""
    zone = context.zone(block)
    if column.waiting and row is not None and not row.waiting:
        return _complete(resolve(column.ideas, zone, row.ideas), row)
    if row is not None and row.waiting and not column.waiting:
        return _complete(resolve(row.ideas, zone, column.ideas), column)
    return None


def _complete(label: Label | None, other: Label) -> Label | None:
    if label is None or (label.waiting and other.key != ASIDE):
        return Label(ASIDE, 0.5) if other.person else None
    return Label(ASIDE, 0.5) if label.waiting else label


def _label(block: Block, labelled: dict[int, list[Entry]]) -> Label | None:
    entries = labelled.get(block.number, [])
    return entries[0].label if len(entries) == 1 and entries[0].alone else None


def _column_head(block: Block, grids: Grids, labelled: dict[int, list[Entry]]) -> Block | None:
    """The head of the column: one of old or new values, or of a period, wherever it stands; else a label above."""
    heads = grids.heads_above(block)
    special = next((one for one in heads if _state_head(one, grids) is not None or _period_head(one, grids) is not None), None)
    return special or next((one for one in heads if _label(one, labelled) is not None), None)


def _state_head(block: Block, grids: Grids) -> bool | None:
    """Old or new, where the row of heads has a column for each."""
    state = is_new(block.text) if block.tokens else None
    if state is None:
        return None
    return state if {is_new(one.text) for one in grids.row(block) if one.tokens} >= {True, False} else None


def _period_head(block: Block, grids: Grids) -> int | None:
    period = period_of(block.text) if block.tokens else None
    if period is None:
        return None
    periods = {period_of(one.text) for one in grids.row(block) if one.tokens}
    return period if len(periods - {None}) >= 2 else None


def _row_head(block: Block, grids: Grids, labelled: dict[int, list[Entry]]) -> Block | None:
    """The head of the row: its first cell with words that are a label."""
    cell = grids.cell(block)
    for left in grids.heads_left(block):
        if _label(left, labelled) is not None and grids.cell(left).column < cell.column:
            return left
    return None
