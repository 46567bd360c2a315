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
        for index, cell in enumerate(self._cells):
            self.members[cell.table].append(index)
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
        return max(self._cells[index].column + self._cells[index].column_span for index in self.members[table])

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

    def row(self, block: Block) -> list[Block]:
        """The blocks of the row in which the block starts, left to right."""
        cell = self.cell(block)
        found: list[Block] = []
        for column in range(self.columns(cell.table)):
            one = self.at(cell.table, cell.row, column)
            if one is not None and one not in found:
                found.append(one)
        return found

    def column(self, table: int, column: int) -> list[Block]:
        """The blocks that start in a column, downwards."""
        return [self._paper.by_cell[index] for index in self.members[table] if self._cells[index].column == column]

    def rows_above(self, block: Block) -> list[list[Block]]:
        """The rows above the block's own, the nearest first."""
        cell = self.cell(block)
        rows = []
        for number in range(cell.row - 1, max(-1, cell.row - 40), -1):
            row = [self.at(cell.table, number, column) for column in range(self.columns(cell.table))]
            rows.append([one for index, one in enumerate(row) if one is not None and one not in row[:index]])
        return rows

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
