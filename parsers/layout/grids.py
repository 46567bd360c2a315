"""Neighbours in tables: what stands left, right, above and below a cell, and which cells head a row or a column."""

from __future__ import annotations

from collections import defaultdict

from parsers.layout.blocks import Block, Paper
from parsers.tokens import Cell


class Grids:
    """The tables of a paper by row and column. Merged cells cover every place they span."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._cells = paper.sheet.cells
        self._at: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
        self.members: dict[int, list[int]] = defaultdict(list)
        self._columns: dict[int, int] = defaultdict(int)
        self._rows: dict[tuple[int, int], tuple[Block, ...]] = {}
        self._starting: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, cell in enumerate(self._cells):
            self.members[cell.table].append(index)
            self._starting[cell.table, cell.column].append(index)
            self._columns[cell.table] = max(self._columns[cell.table], cell.column + cell.column_span)
            for row in range(cell.row, cell.row + min(cell.row_span, 200)):
                for column in range(cell.column, cell.column + min(cell.column_span, 60)):
                    self._at[cell.table].setdefault((row, column), index)

    def cell(self, block: Block) -> Cell:
        assert block.cell is not None
        return self._cells[block.cell]

    def block(self, index: int) -> Block:
        return self._paper.by_cell[index]

    def size(self, table: int) -> int:
        return len(self.members[table])

    def columns(self, table: int) -> int:
        return self._columns[table]

    def at(self, table: int, row: int, column: int) -> Block | None:
        index = self._at[table].get((row, column))
        return None if index is None else self._paper.by_cell[index]

    def right(self, block: Block) -> Block | None:
        cell = self.cell(block)
        return self.at(cell.table, cell.row, cell.column + cell.column_span)

    def left(self, block: Block) -> Block | None:
        cell = self.cell(block)
        return self.at(cell.table, cell.row, cell.column - 1) if cell.column else None

    def below(self, block: Block) -> Block | None:
        cell = self.cell(block)
        return self.at(cell.table, cell.row + cell.row_span, cell.column)

    def above(self, block: Block) -> Block | None:
        cell = self.cell(block)
        return self.at(cell.table, cell.row - 1, cell.column) if cell.row else None

    def row(self, block: Block) -> tuple[Block, ...]:
        """The blocks of the row in which the block starts, left to right."""
        cell = self.cell(block)
        return self._row(cell.table, cell.row)

    def _row(self, table: int, row: int) -> tuple[Block, ...]:
        """Asked for again and again: by every cell of the row and of the rows below."""
        found = self._rows.get((table, row))
        if found is None:
            held = self._at[table]
            places = dict.fromkeys(held.get((row, column)) for column in range(self.columns(table)))
            found = tuple(self._paper.by_cell[index] for index in places if index is not None)
            self._rows[table, row] = found
        return found

    def column(self, table: int, column: int) -> list[Block]:
        """The blocks that start in a column, downwards."""
        return [self._paper.by_cell[index] for index in self._starting.get((table, column), ())]

    def rows_above(self, block: Block) -> list[tuple[Block, ...]]:
        """The rows above the block's own, the nearest first."""
        cell = self.cell(block)
        return [self._row(cell.table, number) for number in range(cell.row - 1, max(-1, cell.row - 40), -1)]

    def heads_above(self, block: Block) -> list[Block]:
        """Every block above in the same column, the nearest first."""
        found: list[Block] = []
        one = self.above(block)
        while one is not None and one not in found and len(found) < 60:
            found.append(one)
            one = self.above(one)
        return found

    def heads_left(self, block: Block) -> list[Block]:
        """Every block to the left in the same row, the nearest first."""
        found: list[Block] = []
        one = self.left(block)
        while one is not None and one not in found and len(found) < 60:
            found.append(one)
            one = self.left(one)
        return found
