"""Where the accepted values of a paper stand on it. A value may stand there several times; which one is its field's own is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parsers.candidates import Finding
from parsers.forms import FIELD_TYPES, FormKind, ValueType
from parsers.labels.words import words_of
from parsers.layout.answers import read_answer
from parsers.layout.blocks import Block, Edge, Item, join
from parsers.layout.mapping import Found
from parsers.recall.order import place_in_order
from parsers.recall.printed import Printed, Spot
from parsers.tokens import Token

Values = Mapping[str, str | bool | None]

_WORDED = {ValueType.NAME, ValueType.WORDS, ValueType.EMAIL}
_CHOSEN = {ValueType.CHOICE, ValueType.YES_NO}
_LONGEST = 12
_QUOTES = str.maketrans("’‘", "''")
_APART = Edge.START | Edge.GAP | Edge.FIELD | Edge.COLON | Edge.PLAINER | Edge.PARAGRAPH | Edge.LINE | Edge.MARK
_NUMBERED = re.compile(r"\d|½|¼|¾")
_MONTHS = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_NONE = frozenset(("nil", "none", "no", "zero", "half"))
_PROSE = 16


@dataclass(frozen=True)
class Span:
    """Spots that hold a field's value, in reading order; `sure` where nothing else could be meant."""

    key: str
    spots: tuple[Spot, ...]
    weight: float = 0.0
    sure: bool = True

    @property
    def start(self) -> Spot:
        return self.spots[0]


def find_values(printed: Printed, values: Values, own: Finding) -> dict[str, Span]:
    """The spots of every written value that was found. `own` is what the reader finds by itself."""
    return _Search(printed, values, own).spans()


def is_open(key: str, value: str | bool | None, best: Mapping[str, Found]) -> bool:
    """Whether a choice was made that the reader does not understand by itself."""
    known = best.get(key)
    return FIELD_TYPES.get(key) in _CHOSEN and value is not None and (known is None or known.value != value)


class _Search:
    def __init__(self, printed: Printed, values: Values, own: Finding) -> None:
        best = own.best
        self._printed, self._best, self._options = printed, best, own.mapped.choices.taken
        self._values: dict[str, str | bool] = {
            key: value for key, value in values.items()
            if key in FIELD_TYPES and value is not None and value != ""
            and (FIELD_TYPES[key] not in _CHOSEN or (FIELD_TYPES[key] is ValueType.YES_NO and is_open(key, value, best)))
        }  # fmt: skip
        self._changes = own.verdict.kind is FormKind.CHANGE_OF_DETAILS
        self._used: dict[Spot, str] = {}
        self._claims = {
            item.order: key
            for key, one in best.items() if key in self._values and _same(one.value, self._values[key])
            for item in one.items
        }  # fmt: skip
        self._found: dict[str, Span] = {}

    def spans(self) -> dict[str, Span]:
        for key, value in self._values.items():
            if FIELD_TYPES[key] is ValueType.TEXT:
                self._take(self._text(key, str(value)))
        short = {key: value for key, value in self._values.items() if FIELD_TYPES[key] is not ValueType.TEXT}
        offers = {key: list(self._offers(key, value)) for key, value in short.items()}
        if {"ect_first_name", "ect_last_name"} <= offers.keys():
            offers["ect_name"] = [
                one for one in offers.get("ect_name", []) if one.weight >= 3
            ]  # Else it only stands where people sign.
        for key in sorted(offers, key=lambda one: (self._rank(offers[one]), place_in_order(one))):
            self._take(self._choose(key, offers[key], short))
        return self._found

    def _take(self, span: Span | None) -> None:
        if span is not None:
            self._found[span.key] = span
            for spot in span.spots:
                self._used[spot] = span.key

    @staticmethod
    def _rank(offers: list[Span]) -> int:
        """Values whose place the reader knows by itself go first, then those with one place only."""
        if any(one.weight >= 3 for one in offers):
            return 0
        return 1 if len(offers) == 1 else 2

    def _choose(self, key: str, offers: list[Span], short: Mapping[str, str | bool]) -> Span | None:
        free = [one for one in offers if one.weight > -9 and not any(spot in self._used for spot in one.spots)]
        if not free:
            return None
        weighed = sorted(free, key=lambda one: (-one.weight, self._distance(key, one), self._turn(one)))
        best = weighed[0]
        rivals = [one for one in weighed[1:] if best.weight - one.weight < 1.0]
        others = [other for other, value in short.items() if other not in self._found and other != key and value == short[key]]
        return Span(key, best.spots, best.weight, sure=best.weight >= 3 or not (rivals or others))

    def _turn(self, span: Span) -> tuple[int, ...]:
        """The first place counts, but where details change the new ones stand behind the old ones."""
        block, index = span.start
        return (-block, -index) if self._changes else (block, index)

    def _distance(self, key: str, span: Span) -> float:
        """How far from where the value belongs: a date by its signatory, a name of a signatory late on the paper."""
        role, _, what = key.partition("_signed_")
        if not what:
            return 0.0
        other = self._found.get(f"{role}_signed_{'on' if what == 'name' else 'name'}")
        if other is None:
            return -float(span.start[0])
        return self._between(other.start, span.start)

    def _between(self, one: Spot, other: Spot) -> float:
        first, second = (self._printed.blocks[spot[0]].items[spot[1]] for spot in (one, other))
        down = abs(first.box.middle - second.box.middle) + 1000.0 * abs(first.box.page - second.box.page)
        return down * 4 + abs(first.box.x0 - second.box.x0)

    def _offers(self, key: str, value: str | bool) -> Iterator[Span]:
        for number, block in enumerate(self._printed.blocks):
            hits = [_may_hold(key, value, item) for item in block.items]
            index = 0
            while index < len(block.items):
                end = self._end(key, value, block, index, hits) if hits[index] and (number, index) not in self._used else 0
                if not end:
                    index += 1
                    continue
                start, end = _widened(key, value, block, index, end)
                spots = tuple((number, one) for one in range(start, end))
                if not any(spot in self._used for spot in spots):
                    yield Span(key, spots, self._weight(key, block, start, end))
                index = end

    def _end(self, key: str, value: str | bool, block: Block, start: int, hits: list[bool]) -> int:
        """Where the value ends that starts here; 0 where it does not, or starts only further on."""
        for end in range(start + 1, min(len(block.items), start + _LONGEST) + 1):
            items = block.items[start:end]
            if not all(isinstance(item, Token) and not item.placeholder for item in items):
                return 0
            if hits[end - 1] and _reads(key, items, value):
                later = (one for one in range(start + 1, end) if hits[one])
                return 0 if any(_reads(key, block.items[one:end], value) for one in later) else end
        return 0

    def _weight(self, key: str, block: Block, start: int, end: int) -> float:
        items = block.items[start:end]
        claimed = {self._claims.get(item.order) for item in items} - {None}
        weight = 4.0 if key in claimed else -3.0 if claimed else 0.0
        before = bool(block.edges[start] & _APART)
        behind = end == len(block.items) or bool(block.edges[end] & _APART)
        weight += 0.75 * before + 0.75 * behind
        if any(isinstance(item, Token) and item.field is not None for item in items):
            weight += 1.0
        if len(block.tokens) > _PROSE and not (before and behind):
            weight -= 2.0
        if FIELD_TYPES[key] is ValueType.YES_NO:
            free = before and behind and not any(item.order in self._options for item in items)
            return weight if free else -9.0
        signing = "_signed_" in key
        return weight - (0.5 if signing != self._signs(block) and not claimed else 0.0)

    def _signs(self, block: Block) -> bool:
        """Whether a block stands in the last third of the paper, where people sign."""
        return self._printed.index_of(block) > 0.66 * len(self._printed.blocks)

    def _text(self, key: str, value: str) -> Span | None:
        known = self._best.get(key)
        if known is not None and known.items and _same_words(str(known.value or ""), value):
            orders = {item.order for item in known.items}
            spots = tuple(
                (number, index) for number, block in enumerate(self._printed.blocks)
                for index, item in enumerate(block.items) if item.order in orders
            )  # fmt: skip
            return Span(key, spots) if spots else None
        wanted = list(words_of(str(value)))
        stream = [
            (word, (number, index))
            for number, block in enumerate(self._printed.blocks)
            for index, item in enumerate(block.items)
            if isinstance(item, Token) and not item.placeholder and (number, index) not in self._used
            for word in words_of(item.text)
        ]
        words = [word for word, _ in stream]
        starts = [at for at in range(len(words) - len(wanted) + 1) if words[at : at + len(wanted)] == wanted] if wanted else []
        if not starts:
            return None
        held = [spot for _, spot in stream[starts[0] : starts[0] + len(wanted)]]
        return Span(key, tuple(dict.fromkeys(held)), sure=len(starts) == 1)


def _may_hold(key: str, value: str | bool, item: Item) -> bool:
    if not isinstance(item, Token) or item.placeholder or item.struck:
        return False
    if isinstance(value, bool):
        return words_of(item.text) == (("yes",) if value else ("no",))
    if FIELD_TYPES[key] is ValueType.EMAIL:
        return item.text.casefold().strip("<>();,.") in value.casefold() and len(item.text) > 2
    if FIELD_TYPES[key] is ValueType.NI_NUMBER:
        return item.text.strip(".,").casefold() in str(value).casefold()
    words = words_of(item.text)
    if FIELD_TYPES[key] in _WORDED:
        return bool(words) and set(words) <= set(words_of(str(value)))
    return bool(_NUMBERED.search(item.text)) or any(word in _MONTHS or word in _NONE for word in words)


def _widened(key: str, value: str | bool, block: Block, start: int, end: int) -> tuple[int, int]:
    """The span with title and role of a name, or the unit of a number."""
    kind = FIELD_TYPES[key]
    if kind not in {ValueType.NAME, ValueType.DECIMAL, ValueType.FTE, ValueType.TRN}:
        return start, end
    while end < len(block.items) and not block.edges[end] & _APART and _reads(key, block.items[start : end + 1], value):
        end += 1
    joints = end
    while (
        kind is ValueType.NAME
        and joints < min(len(block.items), end + 8)
        and not block.edges[joints] & (_APART & ~Edge.COLON)
        and not _has_number(block.items[joints])
    ):
        joints += 1
        if _reads(key, block.items[start:joints], value):
            end = joints
    while (
        kind is not ValueType.DECIMAL
        and start
        and not block.edges[start] & _APART
        and _reads(key, block.items[start - 1 : end], value)
    ):
        start -= 1
    return start, end


def _has_number(item: Item) -> bool:
    return isinstance(item, Token) and bool(_NUMBERED.search(item.text))


def _reads(key: str, items: list[Item], value: str | bool) -> bool:
    tokens = [item for item in items if isinstance(item, Token)]
    if len(tokens) != len(items):
        return False
    written = read_answer(key, join(tokens))
    clear = written is not None and (written.doubt is None or FIELD_TYPES[key] in _WORDED)
    return clear and written is not None and _same(written.value, value)


def _same(one: str | bool | None, other: str | bool) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one is not None and _even(one) == _even(other)


def _even(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().split())


def _same_words(one: str, other: str) -> bool:
    return words_of(one) == words_of(other)
