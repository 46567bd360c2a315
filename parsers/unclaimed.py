"""Words on a paper that look like answers and belong to nothing that was understood.

Where a label is not known, its answer is left over, or a label nearby took another's answer. So an answer left over speaks
against the values of its kind, and several speak against every value that is known by its place alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels.words import is_familiar
from parsers.layout.blocks import Block, Edge, join
from parsers.layout.mapping import Found, Mapped
from parsers.strangers import is_full_name
from parsers.tokens import Token
from parsers.written.dates import dates_in

_APART = Edge.LINE | Edge.PARAGRAPH | Edge.GAP | Edge.FIELD | Edge.BOLDER | Edge.PLAINER | Edge.MARK
_BREAKS = Edge.LINE | Edge.PARAGRAPH | Edge.GAP | Edge.FIELD
_SCHOOL = re.compile(r"\b(School|Academy|College|Primary|Infants?|Juniors?|Nursery|High|Grammar)\b")
_IN_NAMES = re.compile(rf"{_SCHOOL.pattern}.?|&|and|of|the|for", re.IGNORECASE)
_NO_SCHOOL = re.compile(r"\b(hub|body|services?|association|council)\b", re.IGNORECASE)
_EXAMPLE = re.compile(r"(for example|e\.?g\.?)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,3}(\.\d+|½)?( days?)?")
_LONGEST = 9
"""Words; what is longer is a sentence of the form."""
_SEVERAL = 2
_PROSE = 6
"""Words that go on with an answer; fewer may be a heading."""
_BY_PLACE = frozenset({ValueType.NAME, ValueType.DATE, ValueType.WORDS, ValueType.DECIMAL, ValueType.FTE, ValueType.DIGITS})
"""Kinds of which a paper holds several that look alike: which is which, their places tell."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of words that nothing has claimed. `kind` is what it looks like, None where it looks like no answer."""

    tokens: tuple[Token, ...]
    kind: ValueType | None


@dataclass(frozen=True)
class Leftovers:
    """What nothing has claimed on a paper, in reading order, and everything that something has."""

    mapped: Mapped
    claimed: frozenset[int]
    """Order numbers."""
    stretches: tuple[Leftover, ...]

    @classmethod
    def on(cls, mapped: Mapped, taken: frozenset[int]) -> Leftovers:
        """`taken` are orders that a known layout accounts for."""
        claimed = frozenset(mapped.claimed | mapped.orders() | taken)
        runs = _runs(mapped, claimed)
        return cls(mapped, claimed, tuple(Leftover(tuple(run), _kind_of(block, join(run), mapped)) for block, run in runs))

    @cached_property
    def answers(self) -> Counter[ValueType]:
        """How many texts of each kind look like answers."""
        return Counter(one.kind for one in self.stretches if one.kind is not None)

    def against(self, kind: ValueType) -> str | None:
        """What answers left over say of a value of a kind, in words."""
        if kind in {ValueType.WORDS, ValueType.DECIMAL} and self.answers[kind]:
            return "something like it stands on the paper without a label that is known"
        if kind in _BY_PLACE and self.answers.total() >= _SEVERAL:
            return "several answers on this paper have labels that are not known"
        return None

    def follow(self, one: Found) -> bool:
        """Whether words that nothing has claimed stand right behind a value, on its line and without a gap."""
        if one.block is None or not one.items:
            return False
        last = max(item.order for item in one.items)
        following = zip(one.block.items, one.block.items[1:], one.block.edges[1:], strict=False)
        after = next(((item, edge) for before, item, edge in following if before.order == last), None)
        if after is None or not isinstance(after[0], Token) or after[1] & _APART:
            return False
        if FIELD_TYPES[one.key] is ValueType.WORDS and _IN_NAMES.fullmatch(after[0].text):
            return True  # A word of schools' names may have been taken for the label of a school.
        return after[0].order not in self.claimed and any(map(str.isalnum, after[0].text))

    def follow_over_page(self, one: Found) -> bool:
        """Whether a value ends at the foot of a page, and words that nothing has claimed begin the next one."""
        if not one.items:
            return False
        last = max(one.items, key=lambda item: item.order)
        after = next((block for block in self.mapped.paper.blocks if block.tokens and block.tokens[0].order > last.order), None)
        if after is None or after.box.page != last.box.page + 1 or len(after.tokens) < _PROSE:
            return False
        return not any(token.order in self.claimed for token in after.tokens) and not all(token.bold for token in after.tokens)


def _runs(mapped: Mapped, claimed: frozenset[int]) -> Iterator[tuple[Block, list[Token]]]:
    for block in mapped.paper.blocks:
        run: list[Token] = []
        for item, edge in zip(block.items, block.edges, strict=True):
            free = isinstance(item, Token) and item.order not in claimed and not item.placeholder
            if run and (not free or edge & _BREAKS):
                yield block, run
                run = []
            if isinstance(item, Token) and free:
                run.append(item)
        if run:
            yield block, run


def _kind_of(block: Block, text: str, mapped: Mapped) -> ValueType | None:
    words = text.split()
    if len(words) > _LONGEST or _EXAMPLE.match(text):
        return None
    if all(word[:1].isupper() for word in words) and is_full_name(text):
        return ValueType.NAME
    if list(dates_in(text)):
        return ValueType.DATE
    if _SCHOOL.search(text) and not _NO_SCHOOL.search(text) and not all(map(is_familiar, re.findall(r"\w+", text.casefold()))):
        return ValueType.WORDS
    return ValueType.DECIMAL if _AMOUNT.fullmatch(text) and not _numbers_a_row(block, mapped) else None


def _numbers_a_row(block: Block, mapped: Mapped) -> bool:
    """Whether it is no amount: the number of a row, or a number outside tables, where page and section numbers stand."""
    return block.cell is None or mapped.paper.sheet.cells[block.cell].column == 0
