"""The words of a paper in reading order as small numbers, so that a layout is remembered without its words.

A number has sixteen bits: enough to find a form's printed words again in their order, too few to tell which word one was.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

from parsers.labels.words import words_of
from parsers.layout.blocks import Block, Paper
from parsers.tokens import Token

OPENING, CLOSING = 1 << 16, 1 << 17
"""What is added to the number of a word with which a block begins, and with which it ends."""
Spot = tuple[int, int]
"""Number of a block in `Printed.blocks`, and of an item in it."""


@lru_cache(maxsize=16384)
def numbers_of(text: str) -> tuple[int, ...]:
    """A number from 1 to 65,535 for each word of a text; equal words have equal numbers, and a few others share them."""
    return tuple(zlib.crc32(word.encode()) & 0xFFFF or 1 for word in words_of(text))


class Printed:
    """A paper's words as numbers, each with its spot. What people put into inputs is left out: it is never printed."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.blocks: Sequence[Block] = [*paper.margins, *paper.blocks]
        self.numbers: list[int] = []
        self.spots: list[Spot] = []
        self.first: dict[Spot, int] = {}
        """The index of the first word of each spot that has words."""
        self.opening: set[int] = set()
        """The indices of words with which a block begins."""
        for place, block in enumerate(self.blocks):
            for index, item in enumerate(block.items):
                if isinstance(item, Token) and item.field is None and not item.placeholder:
                    self._add(numbers_of(item.text), (place, index))

    def _add(self, numbers: tuple[int, ...], spot: Spot) -> None:
        if numbers:
            if not self.spots or self.spots[-1][0] != spot[0]:
                self.opening.add(len(self.numbers))
            self.first[spot] = len(self.numbers)
            self.numbers += numbers
            self.spots += [spot] * len(numbers)

    def marked(self) -> list[int]:
        """The numbers, lifted by `OPENING` where a block begins and by `CLOSING` where it ends."""
        last = len(self.numbers)
        return [
            number + OPENING * (index in self.opening) + CLOSING * (index + 1 == last or index + 1 in self.opening)
            for index, number in enumerate(self.numbers)
        ]

    def index_of(self, block: Block) -> int:
        """The place of a block in `blocks`."""
        return block.number + len(self.paper.margins)
