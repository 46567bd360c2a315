"""Papers whose printed words mean nothing to us: what only a taught layout can read. Answers and titles stay, if wished."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from tests.support.papers_model import Block, Cell, P, Piece, Run, Sketch, T, Tick

_WORD = re.compile(r"[A-Za-z]{3,}")
_START, _MIDDLE = ("bl", "gr", "sk", "tw", "v", "m", "kr", "dw", "z", "pl", "f", "h"), ("a", "e", "i", "o", "u", "aw", "oo")
_END = ("b", "rp", "nk", "st", "mb", "ld", "x", "sh", "g", "rn")


def relabelled(sketch: Sketch, seed: object, *, everything: bool = False) -> Sketch:
    """The sketch with every printed word swapped for an invented one, always the same for the same seed.

    Titles, warnings and options keep their words unless `everything` is asked for.
    """
    words = _Words(seed, everything=everything)
    return replace(sketch, blocks=[words.block(one) for one in sketch.blocks])


class _Words:
    def __init__(self, seed: object, *, everything: bool) -> None:
        self._seed, self._everything = seed, everything

    def block(self, block: Block) -> Block:
        if isinstance(block, P):
            return self._paragraph(block)
        if isinstance(block, T):
            return replace(block, rows=tuple(self._row(row) for row in block.rows))
        return block

    def _row(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        ticks = any(isinstance(piece, Tick) for cell in row for one in cell.blocks for piece in one.pieces)
        if ticks and not self._everything:
            return row
        return tuple(replace(cell, blocks=tuple(self._paragraph(one) for one in cell.blocks)) for cell in row)

    def _paragraph(self, one: P) -> P:
        if not self._everything and (one.heading or any(_chooses(piece) for piece in one.pieces)):
            return one
        return replace(one, pieces=tuple(self._piece(piece) for piece in one.pieces))

    def _piece(self, piece: Piece) -> Piece:
        if not isinstance(piece, Run) or piece.answer:
            return piece
        return replace(piece, text=_WORD.sub(lambda match: self._invented(match.group(0)), piece.text))

    def _invented(self, word: str) -> str:
        dice = Random(f"{self._seed}/{word.casefold()}")
        made = "".join(dice.choice(_START) + dice.choice(_MIDDLE) for _ in range(1 + len(word) // 5)) + dice.choice(_END)
        return made.capitalize() if word[:1].isupper() else made


def _chooses(piece: Piece) -> bool:
    return isinstance(piece, Tick) or (isinstance(piece, Run) and (piece.struck or piece.highlighted or piece.underlined))
