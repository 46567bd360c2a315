"""Labels in which a word is mistyped."""

from __future__ import annotations

from dataclasses import replace

from parsers.labels import ASIDE
from parsers.labels.words import correct, is_ignored, is_known, meaning, words_of
from parsers.layout.blocks import Block
from parsers.layout.entries import Entry
from parsers.tokens import Token

_MISTYPED = 0.7
"""How certain a label can be whose words were mended: always for a person to check."""


def may_be_mistyped(block: Block, entries: list[Entry]) -> bool:
    """Whether a short block starts with words that no label has, one of them nearly."""
    whole = bool(entries) and entries[0].start == 0 and (entries[0].closed or not entries[0].rest)
    whole = whole and all(map(is_known, words_of(entries[0].text)))
    if whole or not 1 <= len(block.tokens) <= 24:
        return False
    first = block.items[0]
    if not isinstance(first, Token) or first.field is not None or first.placeholder:
        return False
    words = [word for token in block.tokens[:8] for word in words_of(token.text)]
    strange = [word for word in words if not is_known(word)]
    slips = [word for word in strange if correct(word) != word]
    sure = any(is_known(word) and not is_ignored(word) for word in words) or any(len(word) >= 8 for word in slips)
    return bool(slips) and sure


def mended_entries(found: list[Entry]) -> list[Entry]:
    """The labels of a block that were read with slips of typing mended; they are never quite certain."""
    if not found or found[0].start or found[0].label.key == ASIDE or meaning(found[0].text).known >= 0.99:
        return []
    return [replace(one, label=replace(one.label, strength=min(_MISTYPED, one.label.strength))) for one in found]
