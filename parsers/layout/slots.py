"""Places that the layout shows to be labels, though not all of their words are known: always for a person to check.

A cell beside a filled one, or words before a colon at the start of a line, name a place whatever they say. Where the words
that are known speak for a field and the value fits it, that is worth showing to a person.
"""

from __future__ import annotations

from dataclasses import replace

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels import ASIDE, LEAD, Label, Zone, read_label
from parsers.layout.answers import is_hard, read_answer
from parsers.layout.blocks import Block, Edge, Item, Paper, join
from parsers.layout.entries import Entry
from parsers.layout.grids import Grids
from parsers.tokens import Token

_LONGEST = 12
_LOOSE = 0.7
_LEAST = {True: 0.3, False: 0.45}
"""How much of a label must be understood, where its value is of a kind that can be told by itself, and where it is not."""


def loose_entries(
    paper: Paper, grids: Grids, labelled: dict[int, list[Entry]], zone: dict[int, Zone]
) -> dict[int, list[Entry]]:
    """Labels of blocks in which none was found, by block number; `zone` holds the zone of every block."""
    found = {}
    for block in paper.blocks:
        if block.items and block.number not in labelled and not block.has_marks:
            entry = _entry(block, grids, labelled, zone.get(block.number, Zone.DETAILS))
            if entry is not None:
                found[block.number] = [entry]
    return found


def _entry(block: Block, grids: Grids, labelled: dict[int, list[Entry]], zone: Zone) -> Entry | None:
    end = next((i for i in range(1, min(len(block.items), _LONGEST + 1)) if block.edges[i] & Edge.COLON), None)
    answer: list[Item] = []
    if end is not None:
        answer = block.items[end:]
    elif block.cell is not None and len(block.items) <= _LONGEST:
        end, beside = len(block.items), grids.right(block)
        if beside is None or labelled.get(beside.number) or beside.has_marks:
            return None
        answer = list(beside.items)
    else:
        return None
    words = [item for item in block.items[:end] if isinstance(item, Token) and item.field is None and not item.placeholder]
    value = join(item for item in answer if isinstance(item, Token) and not item.placeholder)
    label = _label(join(words), value, zone) if len(words) == end else None
    return None if label is None else Entry(block, 0, end, label, join(words), tuple(block.items[end:]), closed=True, gap=True)


def _label(text: str, value: str, zone: Zone) -> Label | None:
    label = read_label(text, zone=zone)
    if label is None or label.waiting or label.key in {ASIDE, LEAD} or not value:
        return None
    if label.strength < _LEAST[is_hard(label.key)] or FIELD_TYPES[label.key] not in _TOLD:
        return None
    written = read_answer(label.key, value)
    return replace(label, strength=min(label.strength, _LOOSE)) if written is not None and written.doubt is None else None


_TOLD = {ValueType.TRN, ValueType.NI_NUMBER, ValueType.EMAIL, ValueType.DATE, ValueType.NAME, ValueType.DECIMAL, ValueType.FTE}
