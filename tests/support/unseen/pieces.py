"""Shapes that only Word has: tables in cells, cells that go on over rows, frames. Other writers draw them flat."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.papers_model import Cell, Gap, P, Piece, T


@dataclass(frozen=True)
class Nested(P):
    """A table within a cell; flat, its rows are one line."""

    table: T = field(default_factory=lambda: T((1.0,), ()))


@dataclass(frozen=True)
class Framed(P):
    """Lines in a text box of their own; flat, they are one paragraph."""

    lines: tuple[P, ...] = ()


@dataclass(frozen=True)
class Below(Cell):
    """Goes on from the cell above it; flat, it is empty."""


def nested(table: T) -> Nested:
    pieces: list[Piece] = []
    for row in table.rows:
        for one in row:
            for block in one.blocks:
                pieces += [*block.pieces, Gap()]
    return Nested(tuple(pieces[:-1]), table=table)


def framed(*lines: P) -> Framed:
    pieces: list[Piece] = []
    for line in lines:
        pieces += [*line.pieces, Gap()]
    return Framed(tuple(pieces[:-1]), lines=lines)


def below(span: int = 1) -> Below:
    return Below((P(()),), span)
