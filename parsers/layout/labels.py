"""Finds the labels in blocks: which words of a cell or line name a place, and what stands behind them.

A label starts where something new starts (a line, a wide gap, bold type, after a value), and ends where its words end: at
a colon, a gap, the end of bold type, the edge of an input, or before the first word that labels do not use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels import ASIDE, Label, Zone, read_label
from parsers.labels.words import correct, is_ignored, is_known, meaning, mended, words_of
from parsers.layout.blocks import Block, Edge, Item, join
from parsers.tokens import Token

LONGEST = 30
_LONG_NUMBER = re.compile(r"\d\d|\d[.,]\d|^[£@]|\w@\w|½")
_LETTERING = re.compile(r"^\(?[A-Ha-h][.):]$")
_NUMBERING = re.compile(r"^\(?\d{1,2}[.):]+$")
_TYPED = {
    ValueType.DATE,
    ValueType.TRN,
    ValueType.NI_NUMBER,
    ValueType.EMAIL,
    ValueType.DIGITS,
    ValueType.DECIMAL,
    ValueType.FTE,
}
_PROSE = 14
_INSTRUCTION = re.compile(
    r"(to be (completed|filled|returned|sent)|please|complete|return|send|guidance|note)\b", re.IGNORECASE
)
_STRONG = 0.85
_MISTYPED = 0.7
"""How certain a label can be whose words were mended: always for a person to check."""


@dataclass(frozen=True)
class Entry:
    """A label and what follows it in its own block, up to the next label."""

    block: Block
    start: int
    end: int
    label: Label
    text: str
    rest: tuple[Item, ...]
    closed: bool
    """Whether something visible ends the label: a colon, a gap, the end of bold type or of the block."""
    gap: bool = False
    """Whether the rest stands apart from the label."""

    @property
    def tokens(self) -> list[Token]:
        return [item for item in self.block.items[self.start : self.end] if isinstance(item, Token)]

    @property
    def alone(self) -> bool:
        """Whether the label fills its block from the start and nothing else stands in it."""
        return self.start == 0 and not self.rest

    @property
    def orders(self) -> set[int]:
        return {token.order for token in self.tokens}


def find_entries(block: Block, zone: Zone, *, tolerant: bool) -> list[Entry]:
    """The labels of a block in reading order."""
    if block.cell is None and len(block.tokens) >= 8 and _INSTRUCTION.match(block.text) and block.text.rstrip().endswith("."):
        return []
    entries = _Scan(block, zone, tolerant=tolerant).entries()
    if not tolerant and _may_be_mistyped(block, entries):
        entries = _mistyped(block, zone) or entries
    return entries


def _may_be_mistyped(block: Block, entries: list[Entry]) -> bool:
    """Whether a short block starts with words that no label has, one of them nearly."""
    whole = bool(entries) and entries[0].start == 0 and (entries[0].closed or not entries[0].rest)
    if whole or not 1 <= len(block.tokens) <= 24:
        return False
    first = block.items[0]
    if not isinstance(first, Token) or first.field is not None or first.placeholder:
        return False
    words = [word for token in block.tokens[:8] for word in words_of(token.text)]
    strange = [word for word in words if not is_known(word)]
    slips = [word for word in strange if correct(word) != word]
    sure = any(is_known(word) and not is_ignored(word) for word in words) or any(len(word) >= 8 for word in slips)
    return bool(slips) and sure


def _mistyped(block: Block, zone: Zone) -> list[Entry]:
    """The labels of a block if slips of typing are mended; they are never quite certain."""
    found = _Scan(block, zone, tolerant=True).entries()
    if not found or found[0].start or found[0].label.key == ASIDE or meaning(found[0].text).known >= 0.99:
        return []
    return [replace(one, label=replace(one.label, strength=min(_MISTYPED, one.label.strength))) for one in found]


class _Scan:
    def __init__(self, block: Block, zone: Zone, *, tolerant: bool) -> None:
        self._block, self._zone, self._tolerant = block, zone, tolerant
        self._items, self._edges = block.items, block.edges
        self._words = [words_of(item.text) if isinstance(item, Token) else () for item in block.items]
        first = block.items[0] if len(block.items) > 1 else None
        if isinstance(first, Token) and _LETTERING.match(first.text):
            self._words[0] = ("1",)  # The letter of a section counts like the number of a question.
        for index, item in enumerate(block.items[1:], start=1):
            if isinstance(item, Token) and item.text == "Will":
                self._words[index] = ("will?",)  # A first name: labels do not write it with a capital in their middle.
        self._prose = self._is_prose()
        self._bracketed = any("(" in token.text for token in block.tokens)

    def entries(self) -> list[Entry]:
        spans: list[tuple[int, int, Label, bool]] = []
        index = 0
        while index < len(self._items):
            span = self._label_at(index, spans) if self._may_start(index, spans) else None
            if span is None:
                index += 1
                continue
            start = self._past_wrapped_value(index, span, spans)
            spans.append((start, *span))
            index = span[0]
        spans = self._without_wrapped(spans)
        return [self._entry(spans, number) for number in range(len(spans))]

    def _past_wrapped_value(
        self, start: int, span: tuple[int, Label, bool], spans: list[tuple[int, int, Label, bool]]
    ) -> int:  # fmt: skip
        """Where a label really starts whose first line is the end of the value above: "… Nursery" / "School" / "School URN:"."""
        end, label, closed = span
        if not spans or spans[-1][1] == start:
            return start
        for line in range(start + 1, end):
            if self._edges[line] & Edge.LINE and self._items[line].box.x0 <= self._items[start].box.x0 + 3:
                lower = self._label(line, end, closed=closed)
                if lower is not None and lower.key == label.key and lower.strength >= label.strength:
                    return line
        return start

    def _without_wrapped(self, spans: list[tuple[int, int, Label, bool]]) -> list[tuple[int, int, Label, bool]]:
        """Where labels end in a colon, a line without one goes on with the value above: "School: New Road Nursery" / "School"."""
        colons = [self._text(start, end).rstrip().endswith((":", "?")) for start, end, _, _ in spans]
        if colons.count(True) < 2:
            return spans
        return [
            span
            for span, colon in zip(spans, colons, strict=True)
            if colon or not span[0] or not self._edges[span[0]] & (Edge.LINE | Edge.PARAGRAPH)
            or self._edges[span[0]] & (Edge.BOLDER | Edge.FIELD)
        ]  # fmt: skip

    def _entry(self, spans: list[tuple[int, int, Label, bool]], number: int) -> Entry:
        start, end, label, closed = spans[number]
        after = spans[number + 1][0] if number + 1 < len(spans) else len(self._items)
        after = self._before_strange_label(end, after) if self._text(start, end).rstrip().endswith(":") else after
        tokens = [item for item in self._items[start:end] if isinstance(item, Token)]
        gap = end < len(self._items) and bool(self._edges[end] & (Edge.GAP | Edge.LINE | Edge.PARAGRAPH))
        return Entry(self._block, start, end, label, join(tokens), tuple(self._items[end:after]), closed, gap)

    def _before_strange_label(self, start: int, end: int) -> int:
        """Where a value ends because the next line has a label of its own, though nobody knows it: "Payroll code: 7"."""
        for index in range(start, end):
            if not self._edges[index] & (Edge.LINE | Edge.PARAGRAPH):
                continue
            line = [item for item in self._items[index : min(end, index + 5)] if isinstance(item, Token)]
            if any(
                t.text.endswith(":") and t.line == line[0].line and not t.text[0].isdigit() and t.field is None for t in line
            ):
                return index
        return end

    def _is_prose(self) -> bool:
        tokens = self._block.tokens
        if len(tokens) <= _PROSE or any(token.field is not None for token in tokens):
            return False
        known = sum(bool(words) and all(map(is_known, words)) for words in self._words)
        return known < 0.75 * len(tokens) and not any(edge & (Edge.GAP | Edge.BOLDER) for edge in self._edges[1:])

    def _may_start(self, index: int, spans: list[tuple[int, int, Label, bool]]) -> bool:
        item = self._items[index]
        if not isinstance(item, Token) or item.field is not None or item.placeholder or not self._words[index]:
            return False
        if self._in_brackets(index) or (_LONG_NUMBER.search(item.text) and not _NUMBERING.match(item.text)):
            return False
        edge = self._edges[index]
        if edge & (Edge.OPENING & ~Edge.LINE) or (index and not isinstance(self._items[index - 1], Token)):
            return True
        if edge & Edge.LINE:
            return item.text[:1].isupper()
        before = self._items[index - 1]
        if isinstance(before, Token) and before.text in {"/", "|", ";"}:
            return bool(spans)
        return bool(spans) and item.text[:1].isupper() and not self._prose

    def _label_at(self, index: int, spans: list[tuple[int, int, Label, bool]]) -> tuple[int, Label, bool] | None:
        whole = self._whole_segment(index)
        if whole is not None:
            return whole
        hard = self._hard_end(index)
        known = self._known_end(index, hard)
        opening = bool(self._edges[index] & Edge.OPENING)
        for end in self._ends(index, hard, known):
            closed = end == hard and (end == len(self._items) or bool(self._edges[end] & Edge.CLOSING))
            label = self._label(index, end, closed=closed)
            if label is None or not self._believable(index, end, label, closed=closed, opening=opening):
                continue
            if (
                spans
                and spans[-1][1] == index
                and (spans[-1][2].key == label.key or not (closed or self._is_plain_label(index, end, label)))
            ):
                return None  # What starts right behind a label without a value is its value, even if it looks like a label.
            past = self._past_remark(self._past_open_bracket(index, self._past_known_rest(index, end, label)))
            if past > end:
                wider = read_label(self._text(index, past), tolerant=self._tolerant, zone=self._zone)
                label = wider if wider is not None and label.key in {wider.key, *wider.also} else label
            return past, label, closed or past > end
        return None

    def _is_plain_label(self, start: int, end: int, label: Label) -> bool:
        """Whether words can hardly be anything but a label, so that two of them may stand side by side."""
        return sum(map(len, self._words[start:end])) >= 2 and label.strength >= 0.95 and FIELD_TYPES.get(label.key) in _TYPED

    def _whole_segment(self, index: int) -> tuple[int, Label, bool] | None:
        """A cell or a part of a line that is one label with a colon inside it: "Review period: start date"."""
        if not self._edges[index] & Edge.OPENING:
            return None
        stops = Edge.GAP | Edge.PARAGRAPH | Edge.FIELD | Edge.MARK
        end = next((i for i in range(index + 1, len(self._items)) if self._edges[i] & stops), len(self._items))
        items = self._items[index:end]
        colons = [i for i in range(index + 1, end) if self._edges[i] & Edge.COLON]
        if not colons or len(items) > 14:
            return None
        if not all(isinstance(item, Token) and item.field is None and not item.placeholder for item in items):
            return None
        if not all(self._knows(word) for words in self._words[index:end] for word in words):
            return None
        if any(
            _LONG_NUMBER.search(item.text) or self._is_amount(index + step)
            for step, item in enumerate(items)
            if step and isinstance(item, Token)
        ):
            return None
        label = read_label(self._text(index, end), tolerant=self._tolerant, zone=self._zone)
        parts = [self._label(start, end, closed=True) for start in colons]
        if label is None or label.waiting or label.key == ASIDE or label.strength < _STRONG:
            return None
        return (
            None
            if any(part is not None and not part.waiting and part.key != label.key for part in parts)
            else (self._past_open_bracket(index, end), label, True)
        )

    def _hard_end(self, start: int) -> int:
        """The first place that no label runs across."""
        open_brackets = 0
        for index in range(start, min(len(self._items), start + LONGEST)):
            item = self._items[index]
            if not isinstance(item, Token) or item.field is not None or item.placeholder:
                return index
            if index > start:
                edge = self._edges[index]
                if not open_brackets and (_LONG_NUMBER.search(item.text) or self._is_amount(index)):
                    return index
                if self._tolerant and edge & (Edge.PLAINER | Edge.BOLDER) and all(map(self._knows, self._words[index])):
                    edge &= ~(Edge.PLAINER | Edge.BOLDER)  # Bold type is a guess on a picture.
                ends = edge & (Edge.GAP | Edge.BOLDER | Edge.PLAINER | Edge.COLON | Edge.FIELD)
                in_remark = open_brackets or (edge & Edge.PLAINER and item.text.startswith("(") and not edge & Edge.GAP)
                if ends and not in_remark and not (ends == Edge.COLON and self._goes_on_past_dash(index)):
                    return index
                if edge & Edge.PARAGRAPH and not open_brackets and self._block.cell is None:
                    return index
            open_brackets += item.text.count("(") - item.text.count(")")
        return min(len(self._items), start + LONGEST)

    def _goes_on_past_dash(self, index: int) -> bool:
        """Whether a dash is a part of a label: "Review period – end:"."""
        before, item = self._items[index - 1], self._items[index]
        if not isinstance(before, Token) or before.text not in {"-", "–"} or not isinstance(item, Token):
            return False
        return item.text[:1].islower() and bool(self._words[index]) and all(map(self._knows, self._words[index]))

    def _is_amount(self, index: int) -> bool:
        """A single digit is a value, unless it is one of a series: "Term 1 / 2 / 4 / 5"."""
        item = self._items[index]
        if not isinstance(item, Token) or not item.text.isdigit():
            return False
        beside = self._items[max(0, index - 1) : index + 2]
        return not any(isinstance(one, Token) and one.text in {"/", "or", "|"} for one in beside)

    def _known_end(self, start: int, hard: int) -> int:
        for index in range(start, hard):
            if not all(map(self._knows, self._words[index])):
                return index
        return hard

    def _knows(self, word: str) -> bool:
        if is_known(word) or (word.isdigit() and len(word) <= 1):
            return True
        return self._tolerant and all(map(is_known, mended(word)))

    def _ends(self, start: int, hard: int, known: int) -> list[int]:
        """Where the label may end, the longest first."""
        ends = {hard, known}
        lines = [i for i in range(start + 1, hard) if self._edges[i] & (Edge.LINE | Edge.PARAGRAPH)]
        ends |= {line for line in lines if line <= max(known, start)} | set(lines[:1])
        if known < hard:
            ends |= set(range(start + 1, known))
        ordered = sorted((end for end in ends if end > start), reverse=True)
        return [end for end in ordered if not self._joins_two(start, end, lines)]

    def _joins_two(self, start: int, end: int, lines: list[int]) -> bool:
        """Whether a span over a line break is really two labels, one under the other."""
        for line in lines:
            if not start < line < end or self._brackets(start, line) > 0:
                continue
            upper, lower = self._label(start, line, closed=True), self._label(line, end, closed=True)
            joined = self._label(start, end, closed=True)
            same = joined is not None and lower is not None and lower.key == joined.key and lower.strength >= 0.8
            if upper is None or same:
                continue
            if self._edges[line] & Edge.PARAGRAPH and upper.strength >= _STRONG and not self._looks_cut(line):
                return True
            first = self._items[line]
            capital = isinstance(first, Token) and first.text[:1].isupper()
            if lower is not None and capital and lower.strength >= _STRONG and (not lower.waiting or lower.key == "<date>"):
                return True
        return False

    def _looks_cut(self, line: int) -> bool:
        """Whether the words before a line break need the next line: "Date of end of final assessment" / "period:"."""
        first = self._items[line]
        return isinstance(first, Token) and (first.text[:1].islower() or first.text.startswith("("))

    def _in_brackets(self, index: int) -> bool:
        if not self._bracketed:
            return False
        depth = 0
        for item in self._items[max(0, index - 12) : index]:
            if isinstance(item, Token):
                depth = max(0, depth + item.text.count("(") - item.text.count(")"))
        return depth > 0

    def _brackets(self, start: int, end: int) -> int:
        text = join(self._block.items[i] for i in range(start, end) if isinstance(self._block.items[i], Token))  # type: ignore[misc]  # only tokens are left
        return text.count("(") - text.count(")")

    def _text(self, start: int, end: int) -> str:
        return join(item for item in self._items[start:end] if isinstance(item, Token))

    def _label(self, start: int, end: int, *, closed: bool) -> Label | None:
        text = self._text(start, end)
        if not closed and text.count("(") > text.count(")"):
            return None
        if not closed and end < len(self._items):
            words = self._words[end - 1]
            if words and all(map(is_ignored, words)) and not text.endswith((")", ":", "?")):
                return None
        return read_label(text, tolerant=self._tolerant, zone=self._zone)

    def _believable(self, start: int, end: int, label: Label, *, closed: bool, opening: bool) -> bool:
        """Whether the words are used as a label here, and not as a part of a sentence or a value."""
        text = self._text(start, end)
        words = [word for item in self._words[start:end] for word in item]
        said = sum(not is_ignored(word) for word in words)
        if not self._starts_well(start, end, label, said, closed=closed, opening=opening):
            return False
        if text.endswith(".") and len(words) > 7:
            return False
        known = meaning(text, tolerant=self._tolerant).known
        if closed:
            first_known = all(map(self._knows, self._words[start]))
            enough = known >= 0.99 or (
                known >= 0.74 and len(words) >= 3 and label.key != ASIDE and first_known and not self._ends_in_value(end, text)
            )
            return enough and not (self._prose and end == len(self._items))
        if known < 0.99 or self._prose:
            return False
        if label.key == ASIDE:
            return len(words) >= 2 and opening
        own_line = not start and end < len(self._items) and bool(self._edges[end] & (Edge.LINE | Edge.PARAGRAPH))
        return label.strength >= 0.8 or len(words) >= 2 or own_line or label.key in {"<name>", "<date>", "ect_name"}

    def _ends_in_value(self, end: int, text: str) -> bool:
        """Whether the last word is no label's but could be a name: "Headteacher (name) Jo Abbott"."""
        last = self._items[end - 1]
        if text.endswith((":", "?")) or not isinstance(last, Token) or not last.text[:1].isupper():
            return False
        return not all(map(self._knows, self._words[end - 1]))

    def _starts_well(self, start: int, end: int, label: Label, count: int, *, closed: bool, opening: bool) -> bool:
        first, edge = self._items[start], self._edges[start]
        colon = self._text(start, end).endswith(":")
        before_number = end < len(self._items) and end == self._hard_end(start)
        if isinstance(first, Token) and first.text[:1].islower() and not (opening and (closed or before_number)):
            return False
        if not start or colon:
            return True
        typed = FIELD_TYPES.get(label.key) in _TYPED
        if edge & Edge.LINE and not edge & (Edge.PARAGRAPH | Edge.BOLDER | Edge.FIELD) and not typed:
            return False  # It may be the end of a value: "Meadowside Infant and" / "Nursery School".
        if not edge & (Edge.OPENING & ~Edge.LINE) and count < 2:
            return False
        if opening:
            return True
        # In the middle of a line a name may read like a label ("Severn Appropriate Body"); a label of a number hardly does.
        return typed and label.strength >= 0.8 and not label.waiting and not (closed and end == len(self._items))

    def _past_remark(self, end: int) -> int:
        """A remark in brackets straight behind a label belongs to it: "(please print)", "(DD/MM/YYYY)"."""
        if end >= len(self._items) or not isinstance(self._items[end], Token):
            return end
        index = end
        opener = self._items[end]
        if not isinstance(opener, Token) or not opener.text.startswith("(") or opener.field is not None:
            return self._past_joint(end)
        before = self._items[end - 1]
        if self._edges[end] & Edge.GAP and isinstance(before, Token) and before.text.endswith(")"):
            return end  # Captions in brackets, one beside the other.
        while index < min(len(self._items), end + 20):
            item = self._items[index]
            if not isinstance(item, Token) or item.field is not None:
                return end
            index += 1
            if item.text.rstrip(":?.,").endswith(")"):
                remark = self._text(end, index)
                digits = sum(ch.isdigit() for ch in remark)
                return self._past_joint(index) if digits <= 2 and meaning(remark).words >= 1 else end
        return end

    def _past_known_rest(self, start: int, end: int, label: Label) -> int:
        """To the end of a cell that holds nothing but more words of the same label, parted by a gap or a line."""
        rest = range(end, len(self._items))
        if start or self._block.cell is None or not rest or len(self._items) > 14:
            return end
        if not all(
            isinstance(self._items[i], Token) and all(map(self._knows, self._words[i])) and not self._is_amount(i) for i in rest
        ):
            return end
        if any(_LONG_NUMBER.search(self._items[i].text) for i in rest):  # type: ignore[union-attr]  # only tokens are left
            return end
        whole = read_label(self._text(start, len(self._items)), tolerant=self._tolerant, zone=self._zone)
        return len(self._items) if whole is not None and whole.key == label.key and whole.strength >= _STRONG else end

    def _past_open_bracket(self, start: int, end: int) -> int:
        """A remark that the label's end cut in two: "(Give the" / "FTE if PT)"."""
        if self._brackets(start, end) <= 0:
            return end
        for index in range(end, min(len(self._items), end + 15)):
            item = self._items[index]
            if not isinstance(item, Token) or item.field is not None:
                return end
            if ")" in item.text:
                return index + 1
        return end

    def _past_joint(self, end: int) -> int:
        while end < len(self._items):
            item = self._items[end]
            if (
                not isinstance(item, Token)
                or item.field is not None
                or item.text not in {":", "*", "-", "–", ".", "::", "?", "=", ":-"}
            ):
                break
            end += 1
        return end
