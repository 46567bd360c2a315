"""A label as it stands on a paper, with what follows it."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.labels import Label
from parsers.layout.blocks import Block, Item
from parsers.tokens import Token


@dataclass(frozen=True)
class Entry:
    """A label and what follows it in its own block, up to the next label."""

    block: Block
    start: int
    end: int
    label: Label
    text: str
    rest: tuple[Item, ...]
    closed: bool
    """Whether something visible ends the label: a colon, a gap, the end of bold type or of the block."""
    gap: bool = False
    """Whether the rest stands apart from the label."""

    @property
    def tokens(self) -> list[Token]:
        return [item for item in self.block.items[self.start : self.end] if isinstance(item, Token)]

    @property
    def alone(self) -> bool:
        """Whether the label fills its block from the start and nothing else stands in it."""
        return self.start == 0 and not self.rest

    @property
    def orders(self) -> set[int]:
        return {token.order for token in self.tokens}
