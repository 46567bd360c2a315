"""The unseen forms in other clothes: the same questions and answers, set by the habits of another designer.

Where a table or some lines are pairs of a label and its answer, they are set anew: in more or fewer columns, labels to
the left, above or in the cell, ruled or not, as lines or as boxes. What is no pair stays as its author drew it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from random import Random

from tests.support.papers_model import Block, Cell, Gap, Line, P, Piece, Run, Sketch, T, Tick
from tests.support.unseen.pieces import Below, Framed, Nested

_LEANING = {"date", "name", "signature", "signed", "email", "e-mail", "name:", "from", "to", "start", "end", "position", "role"}
"""Labels that say nothing without the one before them: their rows are kept whole."""
_LONG = 60
_HALF_A_LINE = 42
"""Characters."""


@dataclass(frozen=True)
class Pair:
    label: tuple[Piece, ...]
    answer: tuple[P, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.label if isinstance(piece, Run)).strip()

    @property
    def short(self) -> bool:
        return len(self.answer) == 1 and _length(self.answer[0]) <= _LONG and len(self.text) <= _LONG


Row = tuple[Pair, ...]


class Designer:
    """One designer's habits, drawn once for a form, and the form set by them."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._colon = dice.random() < 0.5
        self._bold = dice.random() < 0.5
        self._shaded = dice.random() < 0.5
        self._capitals = dice.random() < 0.1
        self._numbered = dice.choice(("", "", "", "", "{n}. ", "{n} ", "1.{n} ", "Q{n}. "))
        self._heads_in_rows = dice.random() < 0.5
        self._count = 0
        self._share = dice.choice((0.22, 0.28, 0.33, 0.4, 0.5))

    def set(self, sketch: Sketch) -> Sketch:
        blocks = [block for part in _parts(sketch.blocks) for block in self._part(part)]
        return replace(sketch, blocks=blocks)

    def _part(self, part: Block | list[Row | Cell]) -> list[Block]:
        if not isinstance(part, list):
            return [part]
        made: list[Block] = []
        for paired, group in groupby(part, lambda one: isinstance(one, tuple)):
            if paired:
                made += self._pairs([one for one in group if isinstance(one, tuple)])
            else:
                made += [block for one in group if isinstance(one, Cell) for block in self._whole(one)]
        return made

    def _whole(self, one: Cell) -> list[Block]:
        """A row of one cell: a heading, or an answer below the row before it."""
        if self._heads_in_rows or _answered(one.blocks):
            return [T((1.0,), ((replace(one, span=1),),))]
        return [replace(block, heading=block.heading) for block in one.blocks]

    def _pairs(self, rows: list[Row]) -> list[Block]:
        pairs = [pair for row in rows for pair in row]
        if not all(pair.short for pair in pairs):
            return [
                block
                for long, some in groupby(rows, _is_long)
                for block in (self._long(some) if long else self._short(list(some)))
            ]
        return self._short(rows)

    def _long(self, rows: Iterator[Row]) -> list[Block]:
        how = self._dice.choice(("left", "over", "lines", "same", "box"))
        pairs = [pair for row in rows for pair in row]
        if how == "left":
            return [T((self._share, 1 - self._share), tuple((self._label(one), Cell(one.answer)) for one in pairs))]
        if how == "over":
            return [T((1.0,), tuple(row for one in pairs for row in ((self._label(one),), (Cell(one.answer),))), least=24.0)]
        if how == "same":
            return [T((1.0,), tuple((Cell((self._named(one), *one.answer)),) for one in pairs))]
        if how == "box":
            return [block for one in pairs for block in (self._named(one), T((1.0,), ((Cell(one.answer),),), least=40.0))]
        return [block for one in pairs for block in (self._named(one), *one.answer)]

    def _short(self, rows: list[Row]) -> list[Block]:
        how = self._dice.choice(("left", "left", "left", "over", "same", "run on", "lines", "gaps", "unruled"))
        leaning = any(pair.text.casefold().strip(" :") in _LEANING for row in rows for pair in row)
        if leaning and how == "lines":
            how = "gaps"
        if not leaning:
            columns = self._dice.choice((1, 2, 2, 3)) if how != "over" else self._dice.choice((2, 3, 4))
            pairs = [pair for row in rows for pair in row]
            rows = [tuple(pairs[at : at + columns]) for at in range(0, len(pairs), columns)]
        if how == "lines":
            return [self._run_on(one) for row in rows for one in row]
        if how == "gaps":
            return [self._on_a_line(row) for row in rows]
        if how in {"left", "unruled"}:
            rows = [row[at : at + 2] for row in rows for at in range(0, len(row), 2)] if max(map(len, rows)) > 3 else rows
        return [self._table(list(some), how) for _, some in groupby(rows, len)]

    def _table(self, rows: list[Row], how: str) -> T:
        columns = len(rows[0])
        if how in {"left", "unruled"}:
            share = max(self._share / columns, 0.15)
            widths = (share, 1 / columns - share) * columns
            made = tuple(tuple(one for pair in row for one in (self._label(pair), Cell(pair.answer))) for row in rows)
            return T(widths, made, ruled=how == "left")
        widths = (1 / columns,) * columns
        if how == "over":
            return T(
                widths,
                tuple(line for row in rows for line in (tuple(map(self._label, row)), tuple(Cell(one.answer) for one in row))),
            )
        if how == "same":
            return T(widths, tuple(tuple(Cell((self._named(one), *one.answer)) for one in row) for row in rows))
        return T(widths, tuple(tuple(Cell((self._run_on(one),)) for one in row) for row in rows))

    def _label(self, pair: Pair) -> Cell:
        return Cell((self._named(pair),), shaded=self._shaded)

    def _named(self, pair: Pair, *, colon: bool = False) -> P:
        """The label with this designer's number, capitals and colon."""
        self._count += 1
        runs = [
            replace(one, bold=self._bold, text=one.text.upper() if self._capitals else one.text)
            if isinstance(one, Run)
            else one
            for one in pair.label
        ]
        first, last = runs[0], runs[-1]
        if isinstance(last, Run):
            bare = last.text.rstrip(" :")
            runs[-1] = replace(last, text=bare + (":" if (colon or self._colon) and not bare.endswith("?") else ""))
        if self._numbered and isinstance(first := runs[0], Run):
            runs[0] = replace(first, text=self._numbered.format(n=self._count) + first.text)
        return P(tuple(runs))

    def _run_on(self, pair: Pair) -> P:
        return P((*self._named(pair, colon=True).pieces, Run(" "), *pair.answer[0].pieces))

    def _on_a_line(self, row: Row) -> P:
        pieces: list[Piece] = []
        for place, one in enumerate(row):
            if place:
                fits = len(row[0].text) + _length(row[0].answer[0]) < _HALF_A_LINE
                pieces.append(Gap(475.0 * place / len(row) if len(row) < 3 and fits else None))
            pieces += self._run_on(one).pieces
        return P(tuple(pieces))


def remixed(sketch: Sketch, dice: Random) -> Sketch:
    """The form as another designer would set it; its truth stays what it is."""
    return Designer(dice).set(sketch)


def _parts(blocks: Sequence[Block]) -> Iterator[Block | list[Row | Cell]]:
    """Stretches of pairs to set anew, and the blocks between them."""
    open_: list[Row | Cell] = []
    for block in blocks:
        row = _line_of_pairs(block) if isinstance(block, P) else None
        if row is not None:
            open_.append(row)
            continue
        if open_:
            yield open_
            open_ = []
        table = _table_of_pairs(block) if isinstance(block, T) else None
        yield block if table is None else table
    if open_:
        yield open_


def _table_of_pairs(table: T) -> list[Row | Cell] | None:
    """The rows of a table that is nothing but pairs under headings, else None."""
    made: list[Row | Cell] = []
    rows = iter(table.rows)
    for row in rows:
        if any(isinstance(one, Below) or any(isinstance(block, Nested | Framed) for block in one.blocks) for one in row):
            return None
        if len(row) == 1:
            made.append(row[0])
        elif (pairs := _pairs_across(row)) is not None:
            made.append(pairs)
        elif all(map(_is_label, row)):
            below = next(rows, ())
            if len(below) != len(row) or any(not _may_answer(one) for one in below):
                return None
            made.append(tuple(Pair(one.blocks[0].pieces, two.blocks) for one, two in zip(row, below, strict=True)))
        else:
            return None
    return made if any(isinstance(one, tuple) for one in made) and not _is_grid(table) else None


def _is_grid(table: T) -> bool:
    """Several rows of answers under one row of labels."""
    answers = [all(map(_may_answer, row)) for row in table.rows if len(row) > 1]
    return any(one and two for one, two in pairwise(answers))


def _pairs_across(row: tuple[Cell, ...]) -> Row | None:
    if len(row) % 2 or not all(map(_is_label, row[::2])) or not all(map(_may_answer, row[1::2])):
        return None
    return tuple(Pair(one.blocks[0].pieces, two.blocks) for one, two in zip(row[::2], row[1::2], strict=True))


def _line_of_pairs(block: P) -> Row | None:
    """The pairs of a line "Label: answer", side by side where gaps part them."""
    made = []
    parts = [list(some) for gap, some in groupby(block.pieces, lambda one: isinstance(one, Gap)) if not gap]
    for part in parts:
        at = next(
            (place for place, one in enumerate(part) if isinstance(one, Tick) or (isinstance(one, Run) and one.answer)), 0
        )
        label, answer = part[:at], part[at:]
        asked = all(isinstance(one, Run) for one in label) and any(
            isinstance(one, Run) and one.text.rstrip().endswith((":", "?")) for one in label[-1:]
        )
        alone = len(answer) == 1 and isinstance(answer[0], Run)
        if not asked or not alone:
            return None
        made.append(Pair(tuple(label), (P(tuple(answer)),)))
    return tuple(made) or None


def _is_label(one: Cell) -> bool:
    if len(one.blocks) != 1 or not one.blocks[0].pieces:
        return False
    runs = one.blocks[0].pieces
    return all(isinstance(piece, Run) and not piece.answer for piece in runs) and any(
        isinstance(piece, Run) and piece.text.strip() for piece in runs
    )


def _may_answer(one: Cell) -> bool:
    return _answered(one.blocks)


def _answered(blocks: Sequence[P]) -> bool:
    return any(
        isinstance(piece, Tick) or (isinstance(piece, Run) and piece.answer) for block in blocks for piece in block.pieces
    )


def _is_long(row: Row) -> bool:
    return not all(pair.short for pair in row)


def _length(block: P) -> int:
    return sum(len(piece.text) if isinstance(piece, Run) else 20 if isinstance(piece, Line) else 2 for piece in block.pieces)
