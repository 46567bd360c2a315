"""Tables with heads on two sides: roles by name, signature and date; facts by period. A value there has two half labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from parsers.labels import ASIDE, Label, Zone, person_of, resolve
from parsers.labels.words import words_of
from parsers.layout.blocks import Block
from parsers.layout.context import Context
from parsers.layout.entries import Entry
from parsers.layout.grids import Grids
from parsers.layout.heads import joins, names_school, says_which, sums_up
from parsers.tokens import Token
from parsers.written.dates import dates_in

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


_WEEKDAY = re.compile(r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s*)?", re.IGNORECASE)
TOTAL = 0
"""Stands for the column that sums up the others."""
_SUMMED = "the table has a column for each term and a total, and nothing says which of them counts"
_SUMMED_UP = 0.88
"""How certain a head of a column of amounts is over a sum: "FTE terms" over "Total to date"."""
_ENDINGS = {"<email>": "_email"}
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
    doubt: str | None = None

    @property
    def tokens(self) -> list[Token]:
        return [token for token in self.block.tokens if not token.placeholder]


@dataclass
class Crossings:
    found: list[Crossing] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    """Numbers of blocks that are heads or values here, and so take no part in simple pairs."""


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
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
                found.heads.add(block.number)
                if crossing.column_head is not crossing.row_head:
                    found.heads |= {crossing.row_head.number, crossing.column_head.number}
    return found


def _crossing(block: Block, grids: Grids, labelled: dict[int, list[Entry]], context: Context) -> Crossing | None:
    column_head, row_head = _column_head(block, grids, labelled), _row_head(block, grids, labelled)
    # Below heads of old and new values everything is a value, even a surname like "Head".
    of_states = column_head is not None and (_school_head(column_head, grids), _state_head(column_head, grids)) != (None, None)
    labels = [entry for entry in labelled.get(block.number, []) if entry.closed and (entry.rest or entry.alone)]
    if labels and not of_states:
        return None
    of_period = _of_period_row(block, grids, labelled, context) or _of_reasons(block, grids, labelled)
    if of_period is not None:
        return of_period
    if column_head is None or row_head is None or len(row_head.tokens) > 16:
        return _of_signed_row(block, row_head, labelled, context, grids) if column_head is None else None
    row = _label(row_head, labelled)
    joined = _school_head(column_head, grids)
    if joined is not None:
        return _of_school(block, row, row_head, column_head, joined=joined)
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
        if row is not None and row.key in _PERIOD_KEYS and _heads_all(column_head, grids):
            return None  # A section's title says nothing of what starts there.
        return _of_plain_heads(block, row, row_head, column_head, labelled, context)
    return _of_period(block, row, row_head, column_head, grids, period)


def _of_signed_row(
    block: Block, row_head: Block | None, labelled: dict[int, list[Entry]], context: Context, grids: Grids
) -> Crossing | None:
    """The day behind a role and a name in a row without heads: "Induction tutor | Jo Park | 3 May 2024"."""
    row = _label(row_head, labelled) if row_head is not None else None
    if row_head is None or row is None or not row.key.endswith("_signed_name") or context.zone(block) is not Zone.SIGNING:
        return None
    days = dates_in(block.text)
    others = [one for one in grids.row(block) if one not in (block, row_head)]
    if (
        len(days) != 1
        or not _WEEKDAY.fullmatch(block.text[: days[0].start])
        or block.text[days[0].end :].strip(" .")
        or any(dates_in(one.text) for one in others)
    ):
        return None
    return Crossing(row.key.replace("_name", "_on"), row.strength, block, row_head, row_head)


def _of_period(
    block: Block, row: Label | None, row_head: Block, column_head: Block, grids: Grids, period: int
) -> Crossing | None:
    """A value in the column of a period, or in the one that sums the periods up."""
    if row is None or row.key == ASIDE:
        return None
    if period == TOTAL:
        total = sums_up(column_head.text, row.key)
        return Crossing(total if total and says_which(column_head.text) else ASIDE, row.strength, block, row_head, column_head)
    key = _PERIOD_KEYS.get(row.key, row.key)
    summed = [one.text for one in grids.row(column_head) if sums_up(one.text, key) == key]
    if any(map(says_which, summed)):
        return Crossing(ASIDE, row.strength, block, row_head, column_head)
    if summed:
        return Crossing(key, row.strength, block, row_head, column_head, period, _SUMMED)
    return Crossing(key, row.strength, block, row_head, column_head, period) if not key.startswith("<") else None


def _of_school(block: Block, row: Label | None, row_head: Block, column_head: Block, *, joined: bool) -> Crossing | None:
    """A value in a column about the school that is left, or the one that is joined: of that one only the name is kept."""
    if row is None:
        return None
    key = "school_name" if row.key == "<name>" else row.key
    if joined:
        key = "next_school" if key == "school_name" else ASIDE
    return Crossing(ASIDE if key.startswith("<") else key, row.strength, block, row_head, column_head)


def _heads_all(head: Block, grids: Grids) -> bool:
    cell = grids.cell(head)
    return cell.column_span >= grids.columns(cell.table) > 1


def _of_plain_heads(
    block: Block, row: Label | None, row_head: Block, column_head: Block, labelled: dict[int, list[Entry]], context: Context
) -> Crossing | None:
    column = _label(column_head, labelled)
    if column is None:
        return None
    label = _composed(row, column, context, block)
    return Crossing(label.key, label.strength, block, row_head, column_head) if label is not None else None


def _of_reasons(block: Block, grids: Grids, labelled: dict[int, list[Entry]]) -> Crossing | None:
    """A value in a table that parts days by their reasons and adds them up: "Sickness | Other | Total"; only the total is kept."""
    row_head = _row_head(block, grids, labelled)
    row = None if row_head is None else _label(row_head, labelled)
    if row_head is None or row is None or not row.key.startswith(("days_absent", "days_served")):
        return None
    for head in grids.heads_above(block):
        heads = [one for one in grids.row(head) if one.tokens and grids.cell(one).column]
        summed = [one for one in heads if sums_up(one.text, "days_absent") is not None]
        if head.tokens and len(heads) > 1 and len(summed) == 1 and not any(period_of(one.text) for one in heads):
            total = sums_up(head.text, row.key) or row.key
            return Crossing(total if head is summed[0] else ASIDE, row.strength, block, row_head, head)
    return None


def _of_period_row(block: Block, grids: Grids, labelled: dict[int, list[Entry]], context: Context) -> Crossing | None:
    """A value in a table with a row for each period, "First | 1 Sep | 12 Dec | 2", or in the row that sums them up."""
    cell = grids.cell(block)
    row_head = grids.at(cell.table, cell.row, 0)
    if not cell.column or row_head is None or not row_head.tokens:
        return None
    period = period_of(row_head.text)
    summed = period is None and sums_up(row_head.text, "days_absent") is not None
    if period is None and not summed:
        return None
    column_head = next((one for one in grids.heads_above(block) if _label(one, labelled) is not None), None)
    column = None if column_head is None else _label(column_head, labelled)
    if column_head is None or column is None or column.key == ASIDE:
        return None
    start = grids.cell(column_head).row + 1
    first = [grids.at(cell.table, row, 0) for row in range(start, max(cell.row, start) + 7)]
    heads = [one.text for one in first if one is not None and one.tokens]
    key = _PERIOD_KEYS.get(column.key, column.key)
    if len({period_of(text) for text in heads} - {None}) < 2:
        return None
    if key.startswith("<"):
        return Crossing(ASIDE, column.strength, block, row_head, column_head)
    if summed:
        return _of_total_row(block, row_head, column_head, column, context)
    sums = [text for text in heads if sums_up(text, "days_absent") is not None]
    if sums and ("so_far" in context.section(block) or any(map(says_which, sums))):
        return Crossing(ASIDE, column.strength, block, row_head, column_head)
    return Crossing(key, column.strength, block, row_head, column_head, period, _SUMMED if sums else None)


def _of_total_row(block: Block, row_head: Block, column_head: Block, column: Label, context: Context) -> Crossing | None:
    """A sum below the periods: of the whole induction where the row or its section says so."""
    total = sums_up(row_head.text, column.key)
    whole = "so_far" in context.section(block)
    if total is None or not (whole or says_which(row_head.text)):
        return Crossing(ASIDE, column.strength, block, row_head, column_head)
    total = "days_absent_total" if whole and total == "days_absent" else total
    return Crossing(total, max(column.strength, _SUMMED_UP), block, row_head, column_head)


def _composed(row: Label | None, column: Label, context: Context, block: Block) -> Label | None:
    """The label that two half labels make; asides count, so that a finance contact's address is nobody else's."""
    zone = context.zone(block)
    if column.key == "ect_name" and person_of(column.ideas) is None:
        column = Label("<name>", column.strength, ideas=frozenset({"name"}))  # "First name and surname": of whom, the row says.
    if row is None or column.waiting == row.waiting:
        return None
    half, other = (column, row) if column.waiting else (row, column)
    label = resolve(half.ideas, zone, other.ideas)
    # An address of the post or a day stays what it is, whatever stands in the row: "QTS awarded on" beside "E-mail" makes no date.
    suits = label is None or label.waiting or label.key == ASIDE or label.key.endswith(_ENDINGS.get(half.key, ""))
    return _complete(label, other) if suits else None


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
    special = next((one for one in heads if _is_special(one, grids)), None)
    return special or next((one for one in heads if _label(one, labelled) is not None), None)


def _is_special(block: Block, grids: Grids) -> bool:
    readings = (_school_head(block, grids), _state_head(block, grids), _period_head(block, grids))
    return any(one is not None for one in readings)


def _school_head(block: Block, grids: Grids) -> bool | None:
    """Whether a column is about the school that is joined, where the row of heads has one for the school that is left too."""
    own = joins(block.text) if block.tokens else None
    if own is None:
        return None
    heads = [one.text for one in grids.row(block) if one.tokens and joins(one.text) is not None]
    return own if {joins(one) for one in heads} == {True, False} and any(map(names_school, heads)) else None


def _state_head(block: Block, grids: Grids) -> bool | None:
    """Old or new, where the row of heads has a column for each."""
    state = is_new(block.text) if block.tokens else None
    if state is None:
        return None
    return state if {is_new(one.text) for one in grids.row(block) if one.tokens} >= {True, False} else None


def _period_head(block: Block, grids: Grids) -> int | None:
    total = bool(block.tokens) and sums_up(block.text, "days_absent") is not None
    period = TOTAL if total else period_of(block.text) if block.tokens else None
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
