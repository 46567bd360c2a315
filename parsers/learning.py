"""Finds where the accepted values of a paper stand, so that the next paper of its layout is read from the same places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parsers.extract import extract, signature_of
from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels import read_label
from parsers.labels.texts import read_heading
from parsers.labels.words import normal
from parsers.layout.blocks import Block, join
from parsers.layout.grids import Grids
from parsers.layout.mapping import Found, Mapped, map_sheet
from parsers.learned import Anchor, Layout
from parsers.tokens import Sheet
from parsers.written import read_value

Values = Mapping[str, str | bool | None]
_LONGEST_LABEL = 30


def learn(sheet: Sheet, values: Values) -> Layout | None:
    """The layout of a paper with an anchor for every field whose accepted value was found; None for a paper that is no form."""
    form = extract(sheet)
    if form.kind is None or form.layout is None:
        return None
    mapped = map_sheet(sheet)
    anchors = []
    for key, value in values.items():
        if key in FIELD_TYPES and isinstance(value, str) and FIELD_TYPES[key] is not ValueType.CHOICE:
            label = _label_for(key, value, mapped)
            if label:
                anchors.append(Anchor(key, label))
    return Layout(form.layout, form.kind.value, frozenset(signature_of(mapped)), tuple(anchors))


def _label_for(key: str, value: str, mapped: Mapped) -> str | None:
    """The label of the value: as read, else of whatever field it was taken for, else the words beside where it stands.

    A bare "Name" or "Date" teaches nothing: whose it is depends on what surrounds it, and so do the names of those who sign.
    """
    if "_signed_" in key:
        return None
    for one in mapped.found.get(key, []):
        if one.heading and _same(one.value, value):
            return _telling(one.heading)
    for one in _others(mapped):
        if one.heading and _reads(key, one.raw, value) and _telling(one.heading):
            return normal(one.heading)
    return next(filter(None, map(_unknown, _beside(key, value, mapped))), None)


def _telling(heading: str) -> str | None:
    label = read_label(heading)
    return None if label is not None and label.waiting else normal(heading)


def _unknown(words: str) -> str | None:
    """Words that are no label of the family yet: what is known already asks for another field."""
    label = read_label(words)
    return None if label is not None or read_heading(words) is not None else words


def _others(mapped: Mapped) -> Iterator[Found]:
    for candidates in mapped.found.values():
        yield from candidates
    yield from mapped.waiting


def _beside(key: str, value: str, mapped: Mapped) -> Iterator[str]:
    """The words before a value in its own place, else those left of or above it."""
    grids = Grids(mapped.paper)
    for block in mapped.paper.blocks:
        if not block.tokens:
            continue
        before = _before(key, value, block)
        if before:
            yield before
        elif _reads(key, block.text, value):
            yield from filter(None, (_words(one) for one in _around(block, grids, mapped)))


def _before(key: str, value: str, block: Block) -> str | None:
    """The words at the start of a block whose rest is the value."""
    tokens = block.tokens
    longest = min(len(tokens), _LONGEST_LABEL if FIELD_TYPES[key] is ValueType.TEXT else 12)
    for index in range(1, longest):
        if _reads(key, join(tokens[index:]), value) and not _reads(key, join(tokens[index - 1 :]), value):
            return normal(join(tokens[:index]))
    return None


def _around(block: Block, grids: Grids, mapped: Mapped) -> Iterator[Block | None]:
    if block.cell is not None:
        yield grids.left(block)
        yield grids.above(block)
    before = [one for one in mapped.paper.blocks[: block.number] if one.tokens]
    yield before[-1] if before else None


def _words(block: Block | None) -> str | None:
    tokens = [token for token in block.tokens if token.field is None] if block is not None else []
    return normal(join(tokens)) if 0 < len(tokens) <= _LONGEST_LABEL else None


def _reads(key: str, text: str, value: str) -> bool:
    written = read_value(key, text) if text else None
    return written is not None and written.doubt is None and _same(written.value, value)


def _same(one: str | bool | None, other: str) -> bool:
    return isinstance(one, str) and " ".join(one.casefold().split()) == " ".join(other.casefold().split())
