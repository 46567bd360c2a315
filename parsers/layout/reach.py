"""What lies near a label outside tables: the lines above and below it, and boxes of their own."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.layout.blocks import Block, Edge, Paper
from parsers.layout.entries import Entry
from parsers.tokens import Box, Token


class Reach:
    """The surroundings of the labels of a paper; `labelled` holds every label of a block, by block number."""

    def __init__(self, paper: Paper, labelled: dict[int, list[Entry]]) -> None:
        self._paper, self._labelled = paper, labelled
        self._cells: dict[int, list[Block]] = {}
        for block in paper.by_cell.values():
            self._cells.setdefault(block.page, []).append(block)

    def reads_as_value(self, entry: Entry, other: Block) -> bool:
        """Whether a line under a label with a colon only happens to begin like one: "The Date Tree School"."""
        labels = self._labelled[other.number]
        alike = any(one.closed or one.text.rstrip().endswith(":") or not one.rest for one in labels)
        return entry.text.rstrip().endswith((":", "?")) and not entry.rest and not alike

    def wrapped(self, entry: Entry) -> list[Token]:
        """The next line, where the value did not fit on the label's own: the label ends its line, another pair starts it."""
        siblings = self._labelled[entry.block.number]
        other = self.neighbour(entry.block, 1)
        if len(siblings) < 2 or entry is not siblings[-1] or other is None or self._labelled.get(other.number):
            return []
        gap = other.box.top - entry.block.box.bottom
        near = -3 <= gap <= 1.3 * max(other.box.height, 9.0) and abs(other.box.x0 - entry.block.box.x0) <= 6
        filled = any(one.rest for one in siblings[:-1])
        return [token for token in other.tokens if not token.placeholder] if near and filled and len(other.tokens) <= 12 else []

    def may_be_anothers(self, entry: Entry, other: Block) -> bool:
        """Whether several labels with colons stand over fewer answers: one may be blank, and another's answer have moved down."""
        siblings = self._labelled[entry.block.number]
        colons = all(one.text.rstrip().endswith(":") for one in siblings)
        return len(siblings) > 1 and colons and len(_pieces(other)) < len(siblings)

    def boxes_near(self, entry: Entry, box: Box) -> Iterator[tuple[str, Block]]:
        """Boxes of their own beside or under a free label, as drawn forms have them; above it at worst."""
        right: tuple[float, Block] | None = None
        for cell in self._cells.get(box.page, []):
            if cell.box.top - 2 <= box.middle <= cell.box.bottom + 2 and -3 <= cell.box.x0 - box.x1 <= 300:
                if right is None or cell.box.x0 < right[0]:
                    right = (cell.box.x0, cell)
            elif cell.box.x0 - 12 <= box.x0 <= cell.box.x1 - 4 and -4 <= cell.box.top - box.bottom <= 16:
                yield "boxed", cell
            elif cell.box.x0 - 12 <= box.x0 <= cell.box.x1 - 4 and -4 <= box.top - cell.box.bottom <= 10:
                yield "above", cell
        if right is not None and not self._words_between(entry, box, right[1]):
            yield "beside", right[1]

    def _words_between(self, entry: Entry, box: Box, cell: Block) -> bool:
        return any(
            isinstance(item, Token) and item.order not in entry.orders and box.x1 - 1 <= item.box.x0 < cell.box.x0 - 1
            and abs(item.box.middle - box.middle) < box.height
            for item in entry.block.items
        )  # fmt: skip

    def line_between(self, other: Block, box: Box) -> bool:
        """Whether an answer line parts a label from the words above it, as under a signature."""
        if any(token.underlined or token.text.startswith("__") for token in other.tokens):
            return True
        return any(
            rule.horizontal and rule.box.page == box.page and other.box.top < rule.box.middle <= box.top + 3
            and rule.box.x0 - 15 <= box.x0 <= rule.box.x1
            for rule in self._paper.sheet.rules
        )  # fmt: skip

    def neighbour(self, block: Block, step: int) -> Block | None:
        index = block.number + step
        while 0 <= index < len(self._paper.blocks):
            other = self._paper.blocks[index]
            if other.items:
                return other if other.cell is None and other.page == block.page else None
            index += step
        return None

    def in_reach(self, entry: Entry, other: Block, x0: float, x1: float) -> list[Token]:
        """The words of another line that stand under (or over) a label and not under the next one."""
        siblings = [one for one in self._labelled[entry.block.number] if one is not entry]
        if any(isinstance(item, Token) and not item.placeholder for one in siblings for item in one.rest):
            return []  # The labels of this line have their values behind them.
        if not siblings and any(token.box.x0 < x0 - 25 for token in other.tokens):
            return []
        labels = sorted(one.tokens[0].box.x0 for one in self._labelled[entry.block.number])
        pieces = _pieces(other)
        own = labels.index(entry.tokens[0].box.x0)
        if len(pieces) == len(labels) > 1:
            return pieces[own]
        reach = [piece for piece in pieces if _column(piece[0].box.x0, labels) == own]
        return reach[0] if reach and x0 - 25 <= reach[0][0].box.x0 <= x1 + 25 else []


def _pieces(block: Block) -> list[list[Token]]:
    """The words of a line, parted by wide gaps; empty inputs stand aside."""
    pieces: list[list[Token]] = []
    for item, edge in zip(block.items, block.edges, strict=True):
        if not isinstance(item, Token) or item.placeholder:
            continue
        if not pieces or edge & (Edge.GAP | Edge.FIELD):
            pieces.append([])
        pieces[-1].append(item)
    return pieces


def _column(x0: float, labels: list[float]) -> int:
    """Under which label a piece starts, given where the labels start."""
    return max((index for index, label in enumerate(labels) if label <= x0 + 25), default=0)


def box_of(entry: Entry) -> Box:
    box = entry.tokens[0].box
    for token in entry.tokens[1:]:
        box = box.around(token.box) if token.box.page == box.page else box
    return box
