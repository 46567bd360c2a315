"""Whether a form was changed since a place on it was taught: other words in the label, other columns in the table.

A layout is known by most of its words, so a body that puts "previous" into one label has the same layout, and another field.
"""

from __future__ import annotations

from parsers.layout.blocks import Block, Item
from parsers.layout.grids import Grids
from parsers.recall.places import Answer, How, Place, Words
from parsers.recall.printed import numbers_of
from parsers.tokens import Token

ALTERED = "its label reads otherwise than on the paper that taught this place"
_COLUMNS = 3


def is_altered(place: Place, answer: Answer, words: Words, grids: Grids) -> bool:
    """Whether the words by which a place is known have changed. A word misread on a picture tells nothing."""
    spot = words.spot(place.word)
    if spot is None:
        return False
    block = words.printed.blocks[spot[0]]
    if block.items[spot[1]].confidence < 1:
        return False
    in_cell = place.how is How.CELL
    if words.lead_changed(place.word, begins=in_cell):
        return True
    if not in_cell:
        return False
    behind = ((spot[0], index) for index in range(spot[1] + 1, len(block.items)))
    added = any(_is_word(block.items[index]) and not words.is_printed((number, index)) for number, index in behind)
    return added or _heads_changed(answer.block, place.shift[1], words, grids)


def _heads_changed(answer: Block, right: int, words: Words, grids: Grids) -> bool:
    """Whether the heads over the answer's table follow one another otherwise than on the paper that taught it.

    Right beside its label, under no empty corner, an answer needs no head: there labels and answers stand by turns.
    """
    above = grids.heads_above(answer) if answer.cell is not None and right > 0 else []
    row = grids.row(above[-1]) if above else ()
    if len(row) < _COLUMNS or (right == 1 and row[0].tokens):
        return False
    first = next((number for number, one in enumerate(row) if one.tokens), len(row))
    for number, one in enumerate(row[1:], start=1):
        block = words.printed.index_of(one)
        for spot in ((block, index) for index in range(len(one.items))):
            if words.is_printed(spot) and words.parted(spot, before=number > first):
                return True
    return False


def _is_word(item: Item) -> bool:
    """Whether it is a word that could turn a label: no figure, which changes from year to year."""
    return (
        isinstance(item, Token)
        and item.field is None
        and not item.placeholder
        and item.text.strip("():.,").isalpha()
        and bool(numbers_of(item.text))
    )
