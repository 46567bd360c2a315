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
from parsers.layout.answers import is_hard, read_answer
from parsers.layout.blocks import Block, Edge, Paper, join
from parsers.layout.captions import Captions
from parsers.layout.entries import Entry
from parsers.layout.grids import Grids
from parsers.layout.reach import Reach, box_of
from parsers.tokens import Token
from parsers.written import Written, is_blank, read_value
from parsers.written.dates import dates_in

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


_FREE = {None, ValueType.WORDS, ValueType.TEXT}
_TWO_ANSWERS = "two answers stand beside this label, and nothing says which of them counts"


_WHOSE = "it may be the answer to another label of the line above"


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
        self._inputs: dict[int, list[Token]] = {}
        for block in paper.blocks:
            for token in block.tokens:
                if token.field is not None and not token.placeholder:
                    self._inputs.setdefault(token.field, []).append(token)
        self._reach = Reach(paper, labelled)
        captions = Captions(grids, entries, labelled, self._reach)
        self._captioned = captions.captioned()
        self._helped = self._find_helped()
        self._captions_free = captions.any_free()

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
        found.settled = self._with_two_answers(self._by_habit(found.settled))
        for number, (entry, _, pairs) in enumerate(offers):
            if number not in done and not entry.orders & used:
                self._leave(entry, pairs, used, found)
        return found

    def _by_habit(self, settled: list[Pair]) -> list[Pair]:
        """Pairs with the page's habit: where values that fit nothing else stand under their labels, the others do so too."""
        free = [pair for pair in settled if pair.entry.block.cell is None and is_hard(pair.key)]
        under = [pair for pair in free if pair.relation == "under" and pair.value is not None and pair.value.doubt is None]
        usual = len(under) >= 2 and 2 * len(under) > len(free)
        return [
            replace(pair, relation="below") if pair.relation == "caption" or (usual and pair.relation == "under") else pair
            for pair in settled
        ]  # fmt: skip

    def _with_two_answers(self, settled: list[Pair]) -> list[Pair]:
        """Pairs of a table with two columns of answers and no heads that tell them apart: a person says which counts."""
        beside = [pair for pair in settled if pair.relation == "right" and self._has_second(pair)]
        tables = {self._grids.cell(pair.entry.block).table for pair in beside}
        return [
            _doubted(pair, _TWO_ANSWERS)
            if pair.relation == "right" and self._grids.cell(pair.entry.block).table in tables
            else pair
            for pair in settled
        ]

    def _has_second(self, pair: Pair) -> bool:
        """Whether the cell behind the value could be the same label's value too."""
        further = self._grids.right(pair.block) if pair.block is not None and pair.block.cell is not None else None
        if further is None or not further.tokens or self._labelled.get(further.number) or FIELD_TYPES.get(pair.key) in _FREE:
            return False
        second = read_answer(pair.key, further.text)
        return second is not None and second.doubt is None

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
            fitting = {pair.relation for pair in pairs if pair.value is not None and is_hard(pair.key)}
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

    def _offers(self, entry: Entry, key: str) -> Iterator[Pair]:
        rest = [item for item in entry.rest if isinstance(item, Token) and not item.placeholder]
        if self._has_help(entry):
            rest = []
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

    def _find_helped(self) -> set[int]:
        """Tables in which a sentence of help stands under each label, the value in the cell beside it."""
        answered: Counter[int] = Counter()
        asked: Counter[int] = Counter()
        for entry, key in self._entries:
            beside = self._beside_help(entry)
            if beside is not None:
                table = self._grids.cell(entry.block).table
                asked[table] += 1
                answered[table] += bool(beside.tokens) and read_answer(key, beside.text) is not None
        return {table for table, number in asked.items() if number >= 2 and 2 * answered[table] >= number}

    def _has_help(self, entry: Entry) -> bool:
        return self._beside_help(entry) is not None and self._grids.cell(entry.block).table in self._helped

    def _beside_help(self, entry: Entry) -> Block | None:
        """The cell right of a label that has another line below it in its own cell."""
        if entry.block.cell is None or entry.start or len(self._labelled[entry.block.number]) > 1 or not entry.rest:
            return None
        if not entry.block.edges[entry.end] & (Edge.PARAGRAPH | Edge.LINE):
            return None
        right = self._grids.right(entry.block)
        return right if right is not None and not self._labelled.get(right.number) and not right.has_marks else None

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
        box = box_of(entry)
        for relation, cell in self._reach.boxes_near(entry, box):
            tokens = self._open_words(cell)
            if tokens is not None and (tokens or cell.box.width > 12):
                yield self._pair(entry, key, relation, tokens, cell)
        wrapped = self._reach.wrapped(entry)
        if wrapped:
            yield self._pair(entry, key, "under", wrapped, self._reach.neighbour(entry.block, 1))
        if self._captions_free and not any(isinstance(item, Token) for item in entry.rest):
            above = self._reach.neighbour(entry.block, -1)
            near = above is not None and -3 <= box.top - above.box.bottom <= 2.2 * max(box.height, 9.0)
            tokens = self._reach.in_reach(entry, above, box.x0, box.x1) if above is not None and near else []
            if tokens and above is not None and not self._labelled.get(above.number):
                yield self._pair(entry, key, "caption", tokens, above)
            return
        for relation, step in (("under", 1), ("above", -1)):
            other = self._reach.neighbour(entry.block, step)
            if (
                other is None
                or (self._labelled.get(other.number) and not self._reach.reads_as_value(entry, other))
                or len(other.tokens) > 30
            ):
                continue
            gap = other.box.top - box.bottom if step > 0 else box.top - other.box.bottom
            if not -3 <= gap <= 2.2 * max(box.height, 9.0) or (step < 0 and not self._reach.line_between(other, box)):
                continue
            tokens = self._reach.in_reach(entry, other, box.x0, box.x1)
            if tokens:
                pair = self._pair(entry, key, relation, tokens, other)
                yield _doubted(pair, _WHOSE) if self._reach.may_be_anothers(entry, other) else pair

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
        days = dates_in(text) if "period_end" in entry.label.also or (key == "period_start" and _holds_range(text)) else []
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
            score += 0.2 if is_hard(key) and value.doubt is None else 0.0
            score -= 0.15 if value.doubt else 0.0
            score += 0.1 if any(token.field is not None for token in tokens) else 0.0
        return Pair(entry, key, relation, tuple(tokens), text, value, score, block, tuple(also))


def _holds_range(text: str) -> bool:
    """Whether a text goes on to an end: "to 12 May", or "1 March until 12 May"."""
    days = dates_in(text)
    return bool(_UNTIL.match(text)) or (len(days) == 2 and bool(_UNTIL.match(text[days[0].end : days[1].start])))


def _firmer(relation: str, key: str, value: Written | None) -> str:
    """Where people sign, a whole name behind a role without a colon belongs to it."""
    whole = value is not None and not value.doubt and " " in str(value.value)
    return "inside" if relation == "run on" and key.endswith("_signed_name") and whole else relation


def _doubted(pair: Pair, doubt: str) -> Pair:
    return pair if pair.value is None else replace(pair, value=Written(pair.value.value, doubt))


def _scored(pair: Pair, score: float) -> Pair:
    return Pair(pair.entry, pair.key, pair.relation, pair.tokens, pair.text, pair.value, score, pair.block, pair.also)
