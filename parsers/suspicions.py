"""Signs that a value took in too much or too little, whatever its label says. Each is a reason for a person to look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels import read_label
from parsers.labels.texts import DISPUTED
from parsers.labels.words import meaning
from parsers.layout.mapping import Found

_TEXTS = frozenset({ValueType.TEXT, ValueType.WORDS})
_OPENING = "•-*·–([\"'‘“ "
_JOINTS = frozenset("/&,-–:")
"""A text that ends so goes on elsewhere."""
_FEWEST_LETTERS = 3
_FEW_WORDS = 6
_INDENT = 36.0
"""Points; bullets and numbers are set in by less."""
_LONGEST_QUESTION = 20
_SURE_LABEL = 0.85
_SHORT_LINE = 9
"""Words."""
_ON_THE_PAGE = "text page"
_HALF = 0.5
"""The share of known words before a colon from which on they may be a label: "Fens Learning Trust: Drovers Way Academy" has none."""
_BOTH = re.compile(r"\byes\b.*\bno\b|\bno\b.*\byes\b", re.IGNORECASE)


def suspicions(one: Found, *, taught: bool = False) -> Iterator[str]:
    """In words. A `taught` place is known to take in neither too much nor another column; that too little stands in it may still be."""
    kind = FIELD_TYPES[one.key]
    if not isinstance(one.value, str) or not one.value.strip():
        return
    if kind in _TEXTS and (_is_fragment(one.value) or (kind is ValueType.WORDS and _is_cut(one.raw))):
        yield "it begins or ends in the middle of a sentence"
    if kind is ValueType.WORDS and ":" in one.value and meaning(one.value.partition(":")[0]).known >= _HALF:
        yield "a label may have run into it"
    if taught:
        return
    if kind is ValueType.TEXT and one.how.startswith("text") and one.label <= DISPUTED:
        yield "its heading may ask for something else"
    if kind is ValueType.TEXT and any(map(_is_printed, one.value.splitlines())):
        yield "a question or a label of the form may have run into it"
    if one.how == _ON_THE_PAGE and _may_hold_heading(one.value.splitlines()):
        yield "a heading of the form may stand in it"
    if kind is ValueType.TEXT and _is_ragged(one):
        yield "two columns of the page may have run together in it"
    if kind not in {ValueType.TEXT, ValueType.CHOICE} and len(one.value.split()) <= _FEW_WORDS and _BOTH.search(one.value):
        yield "it holds the options of a choice"


def _is_fragment(value: str) -> bool:
    text = value.lstrip(_OPENING)
    return text[:1].islower() or sum(map(str.isalpha, text)) < _FEWEST_LETTERS or value.strip()[-1] in _JOINTS


def _is_cut(raw: str) -> bool:
    """Whether the words of a short answer go on elsewhere: after a comma, or in a bracket that nothing closes."""
    return raw.rstrip().endswith(",") or raw.count("(") > raw.count(")")


def _is_printed(line: str) -> bool:
    """Whether a line is what forms print: words that ask for something, ended as forms end them."""
    if not line.rstrip().endswith(("?", ":")) or len(line.split()) > _LONGEST_QUESTION:
        return False
    label = read_label(line.rstrip("?: "))
    return label is not None and label.strength >= _SURE_LABEL


def _may_hold_heading(lines: list[str]) -> bool:
    """Whether a short line without an end stands between sentences, as a heading does."""
    between = zip(lines, lines[1:], lines[2:], strict=False)
    return any(_is_sentence(before) and _is_like_heading(line) and _is_sentence(after) for before, line, after in between)


def _is_sentence(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?")) and len(line.split()) > _SHORT_LINE


def _is_like_heading(line: str) -> bool:
    return len(line.split()) <= _SHORT_LINE and line[:1].isupper() and line.rstrip()[-1:].isalpha()


def _is_ragged(one: Found) -> bool:
    """Whether lines outside tables start far apart."""
    if any(item.cell is not None for item in one.items):
        return False
    starts: dict[int, float] = {}
    for item in one.items:
        starts[item.line] = min(item.box.x0, starts.get(item.line, item.box.x0))
    return len(starts) > 1 and max(starts.values()) - min(starts.values()) > _INDENT
