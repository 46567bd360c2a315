"""One option of a choice as it stands on a paper."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.labels.options import Option, Question
from parsers.layout.blocks import Block, Item


@dataclass(frozen=True)
class Offer:
    """One option on the paper: its words, whether it was chosen, and how we know."""

    text: str
    chosen: bool | None
    how: str
    items: tuple[Item, ...]
    block: Block
    prefix: str = ""
    confidence: float = 1.0
    option: Option | None = None
    question: Question | None = None
    doubt: str = ""
    """Why a person should look, where the words chosen leave something open."""
