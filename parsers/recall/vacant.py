"""Answers in places that were empty on every accepted paper so far, though the form is known to ask for them.

They are offered for a person to check, never as clear: the first one that is accepted teaches its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.forms import FIELD_TYPES, ValueType
from parsers.layout.answers import read_answer
from parsers.layout.blocks import Block, Edge, Item, join
from parsers.layout.mapping import Found
from parsers.layout.writing import plain_text
from parsers.learned import Layout
from parsers.recall.order import place_in_order
from parsers.recall.places import Words
from parsers.tokens import Token
from parsers.written import Written, is_blank

VACANT = "this place was empty on every accepted paper of this layout so far"
_LEAST_TEXT = 5
_LONGEST = 12


_FIRST = (ValueType.TRN, ValueType.NI_NUMBER, ValueType.EMAIL, ValueType.DIGITS, ValueType.DATE, ValueType.DECIMAL, ValueType.FTE,
          ValueType.NAME, ValueType.WORDS)  # fmt: skip
"""Types of short values, those that few texts can be before those that many can."""


@dataclass(frozen=True)
class _Piece:
    tokens: tuple[Token, ...]
    block: Block
    word: int
    """The printed word before it, by the layout's count."""


def fill_vacant(layout: Layout, keys: set[str], words: Words, taken: set[int]) -> dict[str, Found]:
    """What stands in places that were empty before, for the fields whose place is not known yet.

    A field gets a piece only if as many pieces as fields of its type are new; then the usual order of forms decides.
    """
    if not keys:
        return {}
    spoken = {one.place.word for one in layout.anchors if one.place is not None}
    groups = [group for group in _new_groups(words, spoken, taken) if group]
    found: dict[str, Found] = {}
    for kind in _FIRST:
        alike = sorted((key for key in keys if FIELD_TYPES[key] is kind), key=place_in_order)
        fitting = [(piece, written) for group in groups for piece in group if alike and (written := _written(alike[0], piece))]
        if fitting and len(fitting) == len(alike) and not _torn(fitting, kind, keys):
            for key, (piece, written) in zip(alike, fitting, strict=True):
                found[key] = _found(key, piece, written)
                groups = [[one for one in group if one is not piece] for group in groups]
    wholes = [_whole(group) for group in groups if group]
    return found | _texts(
        layout, sorted((key for key in keys if FIELD_TYPES[key] is ValueType.TEXT), key=place_in_order), wholes
    )


def _torn(fitting: list[tuple[_Piece, Written]], kind: ValueType, keys: set[str]) -> bool:
    """Whether a number could be an amount or a share of full time, both of which are still without a place."""
    rival = {ValueType.DECIMAL: ValueType.FTE, ValueType.FTE: ValueType.DECIMAL}.get(kind)
    others = [key for key in keys if FIELD_TYPES[key] is rival]
    return bool(others) and any(_written(others[0], piece) for piece, _ in fitting)


def _texts(layout: Layout, keys: list[str], pieces: list[_Piece]) -> dict[str, Found]:
    """Long texts: each standard between its neighbours, the others where only they are left."""
    long = [piece for piece in pieces if len(piece.tokens) >= _LEAST_TEXT]
    standards = [key for key in keys if key.startswith("standard_")]
    found: dict[str, Found] = {}
    for group in (standards, [key for key in keys if key not in standards]):
        near: dict[tuple[int, int], list[str]] = {}
        for key in group:
            near.setdefault(_around(layout, key) if group is standards else (-1, 1 << 30), []).append(key)
        for (after, before), alike in near.items():
            fitting = [piece for piece in long if after < piece.word < before]
            if len(fitting) == len(alike):
                found |= {
                    key: _found(key, piece, Written(plain_text(piece.tokens)))
                    for key, piece in zip(alike, fitting, strict=True)
                }
                long = [piece for piece in long if piece not in fitting]
    return found


def _around(layout: Layout, key: str) -> tuple[int, int]:
    """The printed words of the standards before and behind one, as far as their places are known."""
    places = {
        place_in_order(one.key): one.place.word for one in layout.anchors if one.place and one.key.startswith("standard_")
    }
    own = place_in_order(key)
    return (
        max((word for place, word in places.items() if place < own), default=-1),
        min((word for place, word in places.items() if place > own), default=1 << 30),
    )


def _found(key: str, piece: _Piece, written: Written) -> Found:
    return Found(key, written, join(piece.tokens), piece.tokens, "taught", 1.0, 1.0, doubts=(VACANT,), block=piece.block)


def _new_groups(words: Words, spoken: set[int], taken: set[int]) -> Iterator[list[_Piece]]:
    """What stands now between two printed words where nothing stood on the paper that taught the layout, or a known field."""
    last: int | None = None
    held: list[tuple[Item, int, Block]] = []
    for number, block in enumerate(words.printed.blocks):
        for index, item in enumerate(block.items):
            if (number, index) not in words.spots:
                held.append((item, block.edges[index], block))
                continue
            word = words.spots[number, index]
            if last is not None and word == last + 1 and (words.adjacent(last) or last in spoken):
                yield _pieces(held, last, taken)
            last, held = words.last_at((number, index)), []
    if last is not None and words.is_end(last):
        yield _pieces(held, last, taken)


def _pieces(held: list[tuple[Item, int, Block]], word: int, taken: set[int]) -> list[_Piece]:
    """Stretches of words parted by wide gaps and the edges of blocks."""
    found: list[list[tuple[Token, Block]]] = []
    for item, edge, block in held:
        if not isinstance(item, Token) or item.placeholder or item.order in taken:
            found.append([])
            continue
        if not found or edge & (Edge.START | Edge.GAP | Edge.FIELD):
            found.append([])
        found[-1].append((item, block))
    pieces = [_Piece(tuple(token for token, _ in one), one[0][1], word) for one in found if one]
    return [piece for piece in pieces if not is_blank(join(piece.tokens))]


def _whole(group: list[_Piece]) -> _Piece:
    return _Piece(tuple(token for piece in group for token in piece.tokens), group[0].block, group[0].word)


def _written(key: str, piece: _Piece) -> Written | None:
    written = read_answer(key, join(piece.tokens)) if len(piece.tokens) <= _LONGEST else None
    return written if written is not None and written.doubt is None else None
