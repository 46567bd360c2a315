"""Labels that stand under their values: captions of the lines or cells above them."""

from __future__ import annotations

from collections import Counter

from parsers.layout.answers import is_hard, read_answer
from parsers.layout.blocks import join
from parsers.layout.entries import Entry
from parsers.layout.grids import Grids
from parsers.layout.reach import Reach, box_of


class Captions:
    """Finds out whether labels of a paper are captions."""

    def __init__(self, grids: Grids, entries: list[tuple[Entry, str]], labelled: dict[int, list[Entry]], reach: Reach) -> None:
        self._grids, self._entries, self._labelled, self._reach = grids, entries, labelled, reach

    def captioned(self) -> set[int]:
        """Tables whose labels stand under their values: no label in the first row, labels alone in the last, and more
        values that fit above their labels than right of them or below.
        """
        tables: dict[int, list[tuple[Entry, str]]] = {}
        for entry, key in self._entries:
            if entry.block.cell is not None and entry.alone:
                tables.setdefault(self._grids.cell(entry.block).table, []).append((entry, key))
        sure = {table for table, members in tables.items() if self._is_captioned(table, members, least=1)}
        if not sure:
            return sure
        return {table for table, members in tables.items() if table in sure or self._is_captioned(table, members, least=0)}

    def any_free(self) -> bool:
        """Whether labels outside tables stand under their values: more values fit above their labels than below."""
        fits: Counter[int] = Counter()
        for entry, key in self._entries:
            if entry.block.cell is not None or entry.rest or not is_hard(key):
                continue
            box = box_of(entry)
            for step in (1, -1):
                other = self._reach.neighbour(entry.block, step)
                if other is None or self._labelled.get(other.number) or len(other.tokens) > 30:
                    continue
                tokens = self._reach.in_reach(entry, other, box.x0, box.x1)
                fits[step] += bool(tokens) and read_answer(key, join(tokens)) is not None
        return fits[-1] >= 2 and fits[-1] > 2 * fits[1]

    def _is_captioned(self, table: int, members: list[tuple[Entry, str]], *, least: int) -> bool:
        rows = {self._grids.cell(entry.block).row for entry, _ in members}
        last = max(self._grids.cell(self._grids.block(index)).row for index in self._grids.members[table])
        if min(rows) == 0 or max(rows) != last:
            return False
        fits: Counter[str] = Counter()
        for entry, key in members:
            if not is_hard(key):
                continue
            sides = {
                "above": self._grids.above(entry.block),
                "below": self._grids.below(entry.block),
                "right": self._grids.right(entry.block),
            }
            for side, cell in sides.items():
                fits[side] += cell is not None and bool(cell.tokens) and read_answer(key, cell.text) is not None
        others = fits["below"] + fits["right"]
        return fits["above"] >= least and fits["above"] >= others and (fits["above"] > others or not least)
