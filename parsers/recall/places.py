"""Where a field's answer stands on the papers of a layout, told by printed words: behind them, in a cell beside them, below them.

A place is noted once, from a paper whose values a person has accepted (`place_of`), and found again on every other paper of the
layout (`Finder`). It says nothing about what was written there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from parsers.layout.blocks import Block, Edge, Item
from parsers.layout.grids import Grids
from parsers.recall.printed import OPENING, Printed, Spot
from parsers.tokens import Mark, Token

_ASIDE = 25.0
"""How far, in points, an answer under a label may start left of it."""


class How(StrEnum):
    """How an answer stands to the printed word that it is found by."""

    INSIDE = "inside"
    """Behind the word in its own block."""
    BEFORE = "before"
    """In front of the word in its own block."""
    CELL = "cell"
    """In another cell of the word's table, some rows and columns away."""
    UNDER = "under"
    """In the line below a line of labels, where the word starts."""
    NEXT = "next"
    """Between the word and the next printed one, over blocks and pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the papers of a layout. `word` counts the layout's printed words; `shift` is rows down and columns right."""

    how: How
    word: int
    shift: tuple[int, int] = (0, 0)
    input: str = ""
    """The name of the input, where the file has named inputs and this name stands once."""

    def to_json(self) -> dict[str, Any]:
        packed: dict[str, Any] = {"how": self.how.value, "word": self.word}
        if self.how is How.CELL:
            packed["shift"] = list(self.shift)
        return {**packed, "input": self.input} if self.input else packed

    @classmethod
    def from_json(cls, packed: Mapping[str, Any]) -> Place:
        """Raises `KeyError`, `TypeError` or `ValueError` for anything that `to_json` would not have written."""
        down, right = packed.get("shift", (0, 0))
        return cls(How(packed["how"]), int(packed["word"]), (int(down), int(right)), str(packed.get("input", "")))


@dataclass(frozen=True)
class Answer:
    """What stands in a place: the items, none where it was left empty, and the block by which the place is known."""

    items: tuple[Item, ...]
    block: Block


class Words:
    """The printed words of a paper that are words of its layout: `place` by the layout's count, and the other way round."""

    def __init__(self, printed: Printed, places: Mapping[int, int], runs: Sequence[Sequence[int]]) -> None:
        """`places` gives for a word of the layout, counted through its `runs`, its place among the paper's words."""
        self.printed = printed
        self.of_paper = dict(places)
        self.of_layout = {place: word for word, place in places.items()}
        self.spots = {printed.spots[place]: word for word, place in sorted(places.items(), reverse=True)}
        """The first of the layout's words at a spot."""
        self._numbers = [number for run in runs for number in run]
        ends = 0
        self._ends = {ends := ends + len(run) for run in runs}

    def adjacent(self, word: int) -> bool:
        """Whether nothing stood between a word of the layout and the next one on the paper that taught it."""
        return word + 1 not in self._ends

    def is_end(self, word: int) -> bool:
        """Whether a word is the last one of the layout."""
        return word + 1 == max(self._ends, default=0)

    def lead_changed(self, word: int, *, begins: bool) -> bool:
        """Whether other words lead up to a word of the layout, in its block, than on the paper that taught it.

        `begins`: the block must also begin where it did.
        """
        place = self.of_paper[word]
        while word and not self._numbers[word] & OPENING and self.adjacent(word - 1) and self._numbers[word - 1]:
            if self.of_paper.get(word - 1) != place - 1:
                return True
            word, place = word - 1, place - 1
        return begins and bool(self._numbers[word] & OPENING) and place not in self.printed.opening

    def parted(self, spot: Spot, *, before: bool) -> bool:
        """Whether the words right behind a spot, or with `before` those before it, stood beside it on the paper that taught them only."""
        first, last = self.spots[spot], self.last_at(spot)
        ahead = before and first > 0 and self.adjacent(first - 1) and self._numbers[first - 1]
        if ahead and self.of_paper.get(first - 1) != self.of_paper[first] - 1:
            return True
        behind = last + 1 < len(self._numbers) and self.adjacent(last) and self._numbers[last + 1]
        return bool(behind) and self.of_paper.get(last + 1) != self.of_paper[last] + 1

    def spot(self, word: int) -> Spot | None:
        place = self.of_paper.get(word)
        return None if place is None else self.printed.spots[place]

    def is_printed(self, spot: Spot) -> bool:
        return spot in self.spots

    def last_before(self, spot: Spot) -> int | None:
        """The last word of the layout before a spot in the spot's own block."""
        block, index = spot
        for one in range(index - 1, -1, -1):
            if (block, one) in self.spots:
                return self.last_at((block, one))
        return None

    def first_behind(self, spot: Spot) -> int | None:
        block, index = spot
        for one in range(index + 1, len(self.printed.blocks[block].items)):
            if (block, one) in self.spots:
                return self.spots[block, one]
        return None

    def last_of(self, block: int) -> int | None:
        return self.last_before((block, len(self.printed.blocks[block].items)))

    def last_at(self, spot: Spot) -> int:
        """The last of the layout's words at a spot; a token may hold several."""
        place = last = self.printed.first[spot]
        while place < len(self.printed.spots) and self.printed.spots[place] == spot:
            last = place if place in self.of_layout else last
            place += 1
        return self.of_layout[last]


def place_of(span: Sequence[Spot], words: Words, grids: Grids, named: str = "") -> Place | None:
    """The place of an answer that takes the spots of `span`; None where no printed word leads there."""
    block, index = span[0]
    before = words.last_before((block, index))
    if before is not None:
        return Place(How.INSIDE, before, input=named)
    own = words.printed.blocks[block]
    if own.cell is not None:
        beside = _from_cells(own, words, grids)
        if beside is not None:
            return Place(How.CELL, beside[0], beside[1], named)
    behind = words.first_behind(span[-1])
    if behind is not None:
        return Place(How.BEFORE, behind, input=named)
    above = _label_above(own.items[index], block, words) if own.cell is None else None
    if above is not None:
        return Place(How.UNDER, above, input=named)
    for other in range(block - 1, -1, -1):
        last = words.last_of(other)
        if last is not None:
            return Place(How.NEXT, last, input=named)
    return None


def _from_cells(own: Block, words: Words, grids: Grids) -> tuple[int, tuple[int, int]] | None:
    """The last printed word of the nearest cell to the left, else above, with the way from there.

    A cell in a column of answers comes last: what looks printed in it may be an answer to something that we do not keep.
    """
    cell = grids.cell(own)
    near = [*grids.heads_left(own), *grids.heads_above(own)]
    for other in sorted(near, key=lambda one: _holds_answers(one, words, grids)):
        last = words.last_of(words.printed.index_of(other))
        if last is not None:
            start = grids.cell(other)
            return last, (cell.row - start.row, cell.column - start.column)
    return None


def _holds_answers(block: Block, words: Words, grids: Grids) -> bool:
    """Whether a column has printed words in less than half of its cells."""
    cell = grids.cell(block)
    column = [one for one in grids.column(cell.table, cell.column) if one is not block]
    printed = sum(words.last_of(words.printed.index_of(one)) is not None for one in column)
    return len(column) >= 2 and printed < 0.6 * len(column)


def _label_above(item: Item, block: int, words: Words) -> int | None:
    """The first word of the label in the line above under which an item starts; None where that line has only one label."""
    above = block - 1
    if above < 0 or words.printed.blocks[above].cell is not None:
        return None
    starts = _starts(above, words)
    if len(starts) < 2 or words.printed.blocks[above].page != item.box.page:
        return None
    under = [spot for spot in starts if _left_of(spot, words) <= item.box.x0 + _ASIDE]
    return words.spots[under[-1]] if under else None


def _starts(block: int, words: Words) -> list[Spot]:
    """The printed words of a line that start it or stand behind a wide gap, left to right."""
    one = words.printed.blocks[block]
    wide = Edge.START | Edge.GAP
    return [(block, index) for index, edge in enumerate(one.edges) if edge & wide and (block, index) in words.spots]


def _left_of(spot: Spot, words: Words) -> float:
    return words.printed.blocks[spot[0]].items[spot[1]].box.x0


class Finder:
    """Finds places again on one paper."""

    def __init__(self, words: Words, grids: Grids) -> None:
        self._words, self._grids = words, grids
        self._printed = words.printed
        names = [one.name for one in self._printed.paper.sheet.fields]
        self._inputs = {name: index for index, name in enumerate(names) if name and names.count(name) == 1}

    def answer(self, place: Place, *, long: bool = False) -> Answer | None:
        """What stands in the place; None where the paper does not have it. A `long` text may go on in the blocks that follow."""
        spot = self._words.spot(place.word)
        if spot is None:
            # Names of inputs come second: a tool that numbers them anew for every copy gives one name to other places.
            return self._in_input(self._inputs[place.input]) if place.input in self._inputs else None
        ways = {How.INSIDE: self._inside, How.BEFORE: self._before, How.UNDER: self._under, How.NEXT: self._next}
        if place.how is How.CELL:
            return self._in_cell(spot, place.shift)
        if long and place.how is How.INSIDE and self._printed.blocks[spot[0]].cell is None:
            return self._next(spot)
        return ways[place.how](spot)

    def _in_input(self, number: int) -> Answer | None:
        found = [(block, item) for block in self._printed.blocks for item in block.items if item.field == number]
        if not found:
            return None
        return Answer(tuple(item for _, item in found if _says(item)), found[0][0])

    def _inside(self, spot: Spot) -> Answer:
        """Up to the next printed word, in the block; outside tables also over the blocks that follow."""
        block = self._printed.blocks[spot[0]]
        items, ended = self._until_printed(spot[0], spot[1] + 1)
        if not ended and block.cell is None and not items:
            return self._next(spot)
        return Answer(tuple(items), block)

    def _until_printed(self, block: int, start: int) -> tuple[list[Item], bool]:
        """The items from an index on, and whether a printed word ended them."""
        found: list[Item] = []
        items = self._printed.blocks[block].items
        for index in range(start, len(items)):
            if self._words.is_printed((block, index)):
                return found, True
            if _says(items[index]):
                found.append(items[index])
        return found, False

    def _before(self, spot: Spot) -> Answer:
        items = []
        for index in range(spot[1] - 1, -1, -1):
            if self._words.is_printed((spot[0], index)):
                break
            if _says(self._printed.blocks[spot[0]].items[index]):
                items.append(self._printed.blocks[spot[0]].items[index])
        return Answer(tuple(reversed(items)), self._printed.blocks[spot[0]])

    def _in_cell(self, spot: Spot, shift: tuple[int, int]) -> Answer | None:
        block = self._printed.blocks[spot[0]]
        if block.cell is None:
            return None
        start = self._grids.cell(block)
        other = self._grids.at(start.table, start.row + shift[0], start.column + shift[1])
        if other is None and shift == (1, 0):
            other = self._on_next_page(spot[0])
        if other is None or other is block:
            return None
        number = self._printed.index_of(other)
        spots = [(number, index) for index in range(len(other.items))]
        printed = [one for one in spots if self._words.is_printed(one)]
        if printed and printed[0][1] == 0:
            return None  # Another label stands where the answer would be: the table is a different one here.
        items = [other.items[index] for one, index in spots if (one, index) not in printed and _says(other.items[index])]
        return Answer(tuple(items), other)

    def _on_next_page(self, number: int) -> Block | None:
        """The cell below, where the page ends between the two and the reader took it for another table."""
        after = self._printed.blocks[number + 1] if number + 1 < len(self._printed.blocks) else None
        here = self._printed.blocks[number]
        return after if after is not None and after.cell is not None and after.page == here.page + 1 else None

    def _under(self, spot: Spot) -> Answer | None:
        starts = _starts(spot[0], self._words)
        if spot not in starts or spot[0] + 1 >= len(self._printed.blocks):
            return None
        below = self._printed.blocks[spot[0] + 1]
        here = self._printed.blocks[spot[0]]
        if below.cell is not None or any(self._words.is_printed((spot[0] + 1, index)) for index in range(len(below.items))):
            return Answer((), here)
        number = starts.index(spot)
        left = _left_of(spot, self._words) - _ASIDE
        right = _left_of(starts[number + 1], self._words) - _ASIDE if number + 1 < len(starts) else float("inf")
        return Answer(tuple(item for item in _pieces_from(below, left, right) if _says(item)), below)

    def _next(self, spot: Spot) -> Answer:
        """Everything up to the next printed word, over blocks and pages."""
        items, ended = self._until_printed(spot[0], spot[1] + 1)
        number = spot[0] + 1
        while not ended and number < len(self._printed.blocks):
            more, ended = self._until_printed(number, 0)
            items += more
            number += 1
        return Answer(tuple(items), self._printed.blocks[spot[0]])


def _pieces_from(block: Block, left: float, right: float) -> list[Item]:
    """The pieces of a line, parted by wide gaps, that start between two places."""
    found: list[Item] = []
    inside = False
    for item, edge in zip(block.items, block.edges, strict=True):
        if edge & (Edge.START | Edge.GAP | Edge.FIELD | Edge.LINE):
            inside = left <= item.box.x0 < right
        if inside:
            found.append(item)
    return found


def _says(item: Item) -> bool:
    return isinstance(item, Mark) or not item.placeholder


__all__ = ["Answer", "Finder", "How", "Place", "Token", "Words", "place_of"]
