"""Labels and values paired: every label takes at most one value, every value belongs to at most one label.

For each label all places where its value could stand are weighed: behind it, right of it, under it, above it. The best
pair of the whole paper is settled first, then the next best that is still free.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels.words import is_known, words_of
from parsers.layout.blocks import Block, Edge, Paper, join
from parsers.layout.grids import Grids
from parsers.layout.labels import Entry
from parsers.tokens import Box, Token
from parsers.written import Written, is_blank, read_value
from parsers.written.dates import dates_in
from parsers.written.names import before_day

RELATIONS = {
    "inside": 1.0,
    "run on": 0.8,
    "right": 0.92,
    "below": 0.72,
    "beside": 0.9,
    "boxed": 0.9,
    "under": 0.7,
    "above": 0.4,
    "caption": 0.8,
}
"""How much each place of a value is worth before anything else is known."""

_UNTIL = re.compile(r"[\s_.…]*(to|until|till|[-–])\b", re.IGNORECASE)
_PARTS_OF_NAMES = {"ect_first_name", "ect_last_name", "ect_former_name"}
_HARD = {ValueType.DATE, ValueType.TRN, ValueType.NI_NUMBER, ValueType.EMAIL, ValueType.DIGITS}


@dataclass(frozen=True)
class Pair:
    """A label with a place where its value may stand. `value` is None where nothing, or nothing fitting, stands there."""

    entry: Entry
    key: str
    relation: str
    tokens: tuple[Token, ...]
    text: str
    value: Written | None
    score: float
    block: Block | None = None
    also: tuple[tuple[str, Written], ...] = ()
    """Further fields that the same place answers."""

    @property
    def empty(self) -> bool:
        return not self.tokens or is_blank(self.text)


@dataclass
class Pairs:
    """The settled pairs, the labels whose place is empty, and those whose place holds something else."""

    settled: list[Pair] = field(default_factory=list)
    empty: list[Pair] = field(default_factory=list)
    unfit: list[Pair] = field(default_factory=list)


def pair_up(paper: Paper, grids: Grids, entries: list[tuple[Entry, str]], labelled: dict[int, list[Entry]]) -> Pairs:
    """`entries` are labels with the fields they ask for; `labelled` holds every label of a block, by block number."""
    return _Pairing(paper, grids, entries, labelled).pairs()


class _Pairing:
    def __init__(self, paper: Paper, grids: Grids, entries: list[tuple[Entry, str]], labelled: dict[int, list[Entry]]) -> None:
        self._paper, self._grids, self._entries, self._labelled = paper, grids, entries, labelled
        self._votes: dict[int, Counter[str]] = {}
        self._cells: dict[int, list[Block]] = {}
        self._inputs: dict[int, list[Token]] = {}
        for block in paper.blocks:
            for token in block.tokens:
                if token.field is not None and not token.placeholder:
                    self._inputs.setdefault(token.field, []).append(token)
        for block in paper.by_cell.values():
            self._cells.setdefault(block.page, []).append(block)
        self._captioned = self._find_captioned()
        self._captions_free = self._has_free_captions()

    def pairs(self) -> Pairs:
        offers = [(entry, key, list(self._offers(entry, key))) for entry, key in self._entries]
        self._count_votes(offers)
        ranked = sorted(
            ((self._voted(pair), number, pair) for number, (_, _, pairs) in enumerate(offers) for pair in pairs),
            key=lambda one: (-one[0], one[1]),
        )
        found = Pairs()
        done: set[int] = set()
        used: set[int] = set()
        for score, number, pair in ranked:
            orders = {token.order for token in pair.tokens}
            label_orders = pair.entry.orders
            if number in done or pair.value is None or score < 0.3 or orders & used or label_orders & used:
                continue
            done.add(number)
            used |= orders
            found.settled.append(_scored(pair, score))
        found.settled = self._by_habit(found.settled)
        for number, (entry, _, pairs) in enumerate(offers):
            if number not in done and not entry.orders & used:
                self._leave(entry, pairs, used, found)
        return found

    def _by_habit(self, settled: list[Pair]) -> list[Pair]:
        """Pairs with the page's habit: where values that fit nothing else stand under their labels, the others do so too."""
        free = [pair for pair in settled if pair.entry.block.cell is None and _is_hard(pair.key)]
        under = [pair for pair in free if pair.relation == "under" and pair.value is not None and pair.value.doubt is None]
        usual = len(under) >= 2 and 2 * len(under) > len(free)
        return [
            replace(pair, relation="below") if pair.relation == "caption" or (usual and pair.relation == "under") else pair
            for pair in settled
        ]  # fmt: skip

    def _leave(self, entry: Entry, pairs: list[Pair], used: set[int], found: Pairs) -> None:
        """A label without a value: its place is empty, or holds something that cannot be its value."""
        free = [pair for pair in pairs if not {token.order for token in pair.tokens} & used]
        for pair in free:
            if not pair.empty and entry.closed and pair.relation in {"inside", "right"} and pair.entry.label.strength >= 0.9:
                found.unfit.append(pair)
                return
        blank = next((pair for pair in free if pair.empty), None)
        if blank is not None:
            found.empty.append(blank)

    def _count_votes(self, offers: list[tuple[Entry, str, list[Pair]]]) -> None:
        for entry, _, pairs in offers:
            if entry.block.cell is None:
                continue
            table = self._grids.cell(entry.block).table
            votes = self._votes.setdefault(table, Counter())
            fitting = {pair.relation for pair in pairs if pair.value is not None and _is_hard(pair.key)}
            if len(fitting) == 1:
                votes[next(iter(fitting))] += 2
            open_places = {pair.relation for pair in pairs if pair.block is not None}
            if len(open_places) == 1:
                votes[next(iter(open_places))] += 1

    def _voted(self, pair: Pair) -> float:
        """The score with the table's habit: where most labels have their values, this one's will stand too."""
        if pair.entry.block.cell is None or pair.relation not in {"right", "below", "inside"}:
            return pair.score
        votes = self._votes.get(self._grids.cell(pair.entry.block).table, Counter())
        total = sum(votes.values())
        if not total:
            return pair.score
        against = pair.relation == "below" and votes["right"] >= 2 * votes["below"] + 2
        return -1.0 if against else pair.score + 0.3 * (votes[pair.relation] / total - 0.5)

    def _find_captioned(self) -> set[int]:
        """Tables whose labels stand under their values: no label in the first row, labels alone in the last, and more
        values that fit above their labels than right of them or below.
        """
        tables: dict[int, list[tuple[Entry, str]]] = {}
        for entry, key in self._entries:
            if entry.block.cell is not None and entry.alone:
                tables.setdefault(self._grids.cell(entry.block).table, []).append((entry, key))
        return {table for table, members in tables.items() if self._is_captioned(table, members)}

    def _has_free_captions(self) -> bool:
        """Whether labels outside tables stand under their values: more values fit above their labels than below."""
        fits: Counter[int] = Counter()
        for entry, key in self._entries:
            if entry.block.cell is not None or entry.rest or not _is_hard(key):
                continue
            box = _box_of(entry)
            for step in (1, -1):
                other = self._neighbour(entry.block, step)
                if other is None or self._labelled.get(other.number) or len(other.tokens) > 30:
                    continue
                tokens = self._in_reach(entry, other, box.x0, box.x1)
                fits[step] += bool(tokens) and read_answer(key, join(tokens)) is not None
        return fits[-1] >= 2 and fits[-1] > 2 * fits[1]

    def _is_captioned(self, table: int, members: list[tuple[Entry, str]]) -> bool:
        rows = {self._grids.cell(entry.block).row for entry, _ in members}
        last = max(self._grids.cell(self._grids.block(index)).row for index in self._grids.members[table])
        if min(rows) == 0 or max(rows) != last:
            return False
        fits: Counter[str] = Counter()
        for entry, key in members:
            if not _is_hard(key):
                continue
            sides = {
                "above": self._grids.above(entry.block),
                "below": self._grids.below(entry.block),
                "right": self._grids.right(entry.block),
            }
            for side, cell in sides.items():
                fits[side] += cell is not None and bool(cell.tokens) and read_answer(key, cell.text) is not None
        return fits["above"] >= 1 and fits["above"] > fits["below"] + fits["right"]

    def _offers(self, entry: Entry, key: str) -> Iterator[Pair]:
        rest = [item for item in entry.rest if isinstance(item, Token) and not item.placeholder]
        if not rest and any(isinstance(item, Token) and item.placeholder for item in entry.rest):
            yield self._pair(entry, key, "inside", [], None)  # An empty input right behind the label is its place.
            return
        told = any(any(ch.isalnum() for ch in token.text) for token in rest)
        if told:
            yield self._pair(entry, key, self._inside(entry), rest, entry.block)
        if entry.block.cell is not None:
            if not told and self._is_last(entry):
                yield from self._in_cells(entry, key)
        elif not told:
            yield from self._on_page(entry, key)
        if not told:
            yield self._pair(entry, key, "inside", [], None)

    def _inside(self, entry: Entry) -> str:
        """How a value behind its label stands; one that starts a new line may belong to any label of the line above."""
        siblings = len(self._labelled[entry.block.number]) > 1
        if entry.block.cell is None and siblings and entry.block.edges[entry.end] & Edge.LINE:
            return "under"
        return "inside" if entry.closed or entry.gap else "run on"

    def _is_last(self, entry: Entry) -> bool:
        return entry is self._labelled[entry.block.number][-1]

    def _in_cells(self, entry: Entry, key: str) -> Iterator[Pair]:
        alone = len(self._labelled[entry.block.number]) == 1 and entry.start == 0
        sides = [("right", self._grids.right(entry.block)), ("below", self._grids.below(entry.block))]
        if alone and self._grids.cell(entry.block).table in self._captioned:
            sides = [("caption", self._grids.above(entry.block))]
        if alone and all(cell is None or self._labelled.get(cell.number) for _, cell in sides):
            yield from self._under_head(entry, key)
        for relation, cell in sides:
            if cell is None or not alone:
                continue
            tokens = self._open_words(cell)
            if tokens is None:
                continue
            yield self._pair(entry, key, relation, tokens, cell)
            if any(token.placeholder for token in cell.tokens):
                return  # The place is known; it is only empty.

    def _under_head(self, entry: Entry, key: str) -> Iterator[Pair]:
        """Under a cell that only its colour makes one: the row of heads of a table without rules."""
        head = entry.block.box
        for block in self._paper.blocks[entry.block.number + 1 : entry.block.number + 12]:
            if block.cell is not None or block.page != head.page or not -2 <= block.box.top - head.bottom <= 14:
                continue
            tokens = [token for token in block.tokens if head.x0 - 3 <= token.box.x0 < head.x1 - 2 and not token.placeholder]
            if tokens and not self._labelled.get(block.number):
                yield self._pair(entry, key, "below", tokens, block)
            return

    def _open_words(self, cell: Block) -> list[Token] | None:
        """The words of a cell that may be the value of another cell's label, or None.

        They end where a label of the cell's own starts; a doubtful label is a value that looks like one.
        """
        limit = len(cell.items)
        for entry in self._labelled.get(cell.number, []):
            role = entry.label.person is not None and entry.label.strength < 0.9 and len(entry.tokens) == 1 and entry.alone
            if (entry.closed or entry.label.strength >= 0.95) and not (role and not entry.text.endswith(":")):
                if entry.start == 0:
                    return None
                limit = min(limit, entry.start)
        return [item for item in cell.items[:limit] if isinstance(item, Token) and not item.placeholder]

    def _on_page(self, entry: Entry, key: str) -> Iterator[Pair]:
        """Outside tables: under the label on the next line, or above it on an answer line."""
        box = _box_of(entry)
        for relation, cell in self._boxes_near(entry, box):
            tokens = self._open_words(cell)
            if tokens is not None and (tokens or cell.box.width > 12):
                yield self._pair(entry, key, relation, tokens, cell)
        wrapped = self._wrapped(entry)
        if wrapped:
            yield self._pair(entry, key, "under", wrapped, self._neighbour(entry.block, 1))
        if self._captions_free and not any(isinstance(item, Token) for item in entry.rest):
            above = self._neighbour(entry.block, -1)
            near = above is not None and -3 <= box.top - above.box.bottom <= 2.2 * max(box.height, 9.0)
            tokens = self._in_reach(entry, above, box.x0, box.x1) if above is not None and near else []
            if tokens and above is not None and not self._labelled.get(above.number):
                yield self._pair(entry, key, "caption", tokens, above)
            return
        for relation, step in (("under", 1), ("above", -1)):
            other = self._neighbour(entry.block, step)
            if (
                other is None
                or (self._labelled.get(other.number) and not self._reads_as_value(entry, other))
                or len(other.tokens) > 30
            ):
                continue
            gap = other.box.top - box.bottom if step > 0 else box.top - other.box.bottom
            if not -3 <= gap <= 2.2 * max(box.height, 9.0) or (step < 0 and not self._line_between(other, box)):
                continue
            tokens = self._in_reach(entry, other, box.x0, box.x1)
            if tokens:
                yield self._pair(entry, key, relation, tokens, other)

    def _reads_as_value(self, entry: Entry, other: Block) -> bool:
        """Whether a line under a label with a colon only happens to begin like one: "The Date Tree School"."""
        labels = self._labelled[other.number]
        alike = any(one.closed or one.text.rstrip().endswith(":") or not one.rest for one in labels)
        return entry.text.rstrip().endswith((":", "?")) and not entry.rest and not alike

    def _wrapped(self, entry: Entry) -> list[Token]:
        """The next line, where the value did not fit on the label's own: the label ends its line, another pair starts it."""
        siblings = self._labelled[entry.block.number]
        other = self._neighbour(entry.block, 1)
        if len(siblings) < 2 or entry is not siblings[-1] or other is None or self._labelled.get(other.number):
            return []
        gap = other.box.top - entry.block.box.bottom
        near = -3 <= gap <= 1.3 * max(other.box.height, 9.0) and abs(other.box.x0 - entry.block.box.x0) <= 6
        filled = any(one.rest for one in siblings[:-1])
        return [token for token in other.tokens if not token.placeholder] if near and filled and len(other.tokens) <= 12 else []

    def _boxes_near(self, entry: Entry, box: Box) -> Iterator[tuple[str, Block]]:
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

    def _line_between(self, other: Block, box: Box) -> bool:
        """Whether an answer line parts a label from the words above it, as under a signature."""
        if any(token.underlined or token.text.startswith("__") for token in other.tokens):
            return True
        return any(
            rule.horizontal and rule.box.page == box.page and other.box.top < rule.box.middle <= box.top + 3
            and rule.box.x0 - 15 <= box.x0 <= rule.box.x1
            for rule in self._paper.sheet.rules
        )  # fmt: skip

    def _neighbour(self, block: Block, step: int) -> Block | None:
        index = block.number + step
        while 0 <= index < len(self._paper.blocks):
            other = self._paper.blocks[index]
            if other.items:
                return other if other.cell is None and other.page == block.page else None
            index += step
        return None

    def _in_reach(self, entry: Entry, other: Block, x0: float, x1: float) -> list[Token]:
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

    def _whole_inputs(self, tokens: list[Token]) -> list[Token]:
        """The words with all that was typed into the same inputs: an input's text may run over lines."""
        whole: dict[int, Token] = {}
        for token in tokens:
            for one in self._inputs.get(token.field, [token]) if token.field is not None else [token]:
                whole[one.order] = one
        return list(whole.values())

    def _pair(self, entry: Entry, key: str, relation: str, tokens: list[Token], block: Block | None) -> Pair:
        tokens = self._whole_inputs(tokens)
        text = join(token for token in tokens if not token.struck)
        value = None if not tokens or is_blank(text) else read_answer(key, text)
        also = []
        days = dates_in(text) if "period_end" in entry.label.also or (key == "period_start" and _UNTIL.match(text)) else []
        if len({one.day for one in days}) == 2:
            value, last = Written(days[0].day.isoformat(), days[0].doubt), days[-1]
            also.append(("period_end", Written(last.day.isoformat(), last.doubt)))
        elif len(days) == 1 and _UNTIL.match(text):
            key, value = "period_end", Written(days[0].day.isoformat(), days[0].doubt)
        for other in entry.label.also:
            if days:
                break
            read = read_value(other, text) if tokens else None
            if read is not None:
                also.append((other, read))
        if value is not None and key.endswith("_signed_name") and dates_in(text):
            day = dates_in(text)[0]
            also.append((key.replace("_signed_name", "_signed_on"), Written(day.day.isoformat(), day.doubt)))
        if value is None and also:
            key, value = also.pop(0)
        if value is not None and value.doubt and (entry.label.strength <= 0.6 or relation in {"under", "above"}):
            value = None  # A weak label and an odd value prove nothing for each other.
        relation = _firmer(relation, key, value)
        score = RELATIONS[relation] * (0.5 + 0.5 * entry.label.strength)
        if value is not None:
            score += 0.2 if _is_hard(key) and value.doubt is None else 0.0
            score -= 0.15 if value.doubt else 0.0
            score += 0.1 if any(token.field is not None for token in tokens) else 0.0
        return Pair(entry, key, relation, tuple(tokens), text, value, score, block, tuple(also))


def _firmer(relation: str, key: str, value: Written | None) -> str:
    """Where people sign, a whole name behind a role without a colon belongs to it."""
    whole = value is not None and not value.doubt and " " in str(value.value)
    return "inside" if relation == "run on" and key.endswith("_signed_name") and whole else relation


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


def _box_of(entry: Entry) -> Box:
    box = entry.tokens[0].box
    for token in entry.tokens[1:]:
        box = box.around(token.box) if token.box.page == box.page else box
    return box


def read_answer(key: str, text: str) -> Written | None:
    """The value for a field, or for a label that is no field: an aside takes anything, so that it keeps its value from others."""
    if key in {"<start>", "<end>"}:
        return read_value("period_start", text)
    if key.startswith("<"):
        return Written(text)
    if FIELD_TYPES[key] is ValueType.WORDS:
        words = read_value(key, text)
        return Written(words.value, "this reads like a label") if words and all(map(is_known, words_of(text))) else words
    if FIELD_TYPES[key] is not ValueType.NAME:
        return read_value(key, text)
    if key.endswith("_signed_name"):
        found = dates_in(text)
        text = before_day(text[: found[0].start] if found else text)
    written = read_value(key, text)
    if written is not None and written.doubt is None and " " not in str(written.value) and key not in _PARTS_OF_NAMES:
        written = Written(written.value, "this is one word where a whole name is asked for")
    if written is None or not all(map(is_known, words_of(text))):
        return written
    # Words of labels are no name, but one of them may be a surname: "Head", "Day".
    return (
        Written(written.value, "this does not look quite like a name") if key in _PARTS_OF_NAMES and " " not in text else None
    )


def _is_hard(key: str) -> bool:
    return FIELD_TYPES.get(key) in _HARD


def _scored(pair: Pair, score: float) -> Pair:
    return Pair(pair.entry, pair.key, pair.relation, pair.tokens, pair.text, pair.value, score, pair.block, pair.also)
