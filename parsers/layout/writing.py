"""What was written under a heading: an answer without the form's own words, and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.labels.texts import is_prompt
from parsers.layout.blocks import Item, join, paragraphs
from parsers.layout.entries import Entry
from parsers.tokens import Token
from parsers.written import read_value

_BULLETS = {"•", "-", "–", "—", "*", "o", "▪", "·", "◦", "●", "\uf0b7", "‣", "", "➢", "»"}
_LEAST_THEMED = 5
"""Words that an answer under a heading in unusual words has at least."""


def plain_text(tokens: Sequence[Token]) -> str:
    """Paragraphs joined by line breaks, without bullets."""
    return "\n".join(filter(None, (_plain(paragraph) for paragraph in paragraphs(tokens))))


def _plain(tokens: list[Token]) -> str:
    start = 0
    while start < len(tokens) and tokens[start].text in _BULLETS and len(tokens) > 1:
        start += 1
    return join(tokens[start:])


def is_short_field(answer: list[Item]) -> bool:
    """Whether what stands under a heading is a word or two, or a label with its value."""
    words = [item.text for item in answer if isinstance(item, Token)]
    return len(words) < _LEAST_THEMED or (len(words) < 4 * _LEAST_THEMED and any(word.endswith(":") for word in words[:5]))


def says_something(items: list[Item]) -> bool:
    return any(isinstance(item, Token) and not item.placeholder and re.search(r"\w", item.text) for item in items)


def own_words(items: list[Item]) -> list[Item]:
    """The items without the form's own instructions at the head: whole paragraphs before an input, or prompts."""
    tokens = [item for item in items if isinstance(item, Token)]
    inputs = [token for token in tokens if token.field is not None]
    if inputs:
        first = min(token.order for token in inputs)
        return [item for item in items if item.order >= first]
    groups = paragraphs(tokens)
    skip: set[int] = set()
    for number, group in enumerate(groups):
        bold_lead = all(t.bold for t in group) and number + 1 < len(groups) and not all(t.bold for t in groups[number + 1])
        if not is_prompt(join(group)) and not (bold_lead and len(group) <= 30):
            break
        skip |= {token.order for token in group}
    return [item for item in items if item.order not in skip]


def counts(items: list[Item]) -> bool:
    """Whether an answer is a numbered list of its own, whose numbers may be those of the form by chance."""
    return any(token.text.strip("().:") == "1" for paragraph in paragraphs(items) for token in paragraph[:1])


def can_hold(entry: Entry) -> bool:
    """Whether nothing stands behind a label, or what could be its value: a sentence may begin like a label."""
    rest = join(item for item in entry.rest if isinstance(item, Token))
    if not rest:
        return True
    return not entry.label.key.startswith("<") and read_value(entry.label.key, rest) is not None
