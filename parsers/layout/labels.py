"""Finds the labels in blocks: which words of a cell or line name a place, and what stands behind them.

A label starts where something new starts (a line, a wide gap, bold type, after a value), and ends where its words end: at
a colon, a gap, the end of bold type, the edge of an input, or before the first word that labels do not use.
"""

from __future__ import annotations

import re

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels import ASIDE, Label, Zone, read_label
from parsers.labels.words import is_familiar, is_ignored, meaning
from parsers.layout.blocks import Block, Edge, join
from parsers.layout.entries import Entry
from parsers.layout.mistyped import may_be_mistyped, mended_entries
from parsers.layout.stretches import LONG_NUMBER, STRONG, Stretch
from parsers.tokens import Token

_NUMBERING = re.compile(r"^\(?[A-Za-z]?\d{1,2}(?:\.\d{1,2}){0,2}[.):]+$")
_PLAIN_NUMBERING = re.compile(r"^[1-9]\d?(?:\.[1-9]\d?){0,2}$")
_UNITS = {"day", "days", "term", "terms", "hours", "weeks"}
_TYPED = {
    ValueType.DATE,
    ValueType.TRN,
    ValueType.NI_NUMBER,
    ValueType.EMAIL,
    ValueType.DIGITS,
    ValueType.DECIMAL,
    ValueType.FTE,
}
_POSTS = {"role:", "position:", "post:", "title:", "capacity:"}
_INSTRUCTION = re.compile(
    r"(to be (completed|filled|returned|sent)|please|complete|return|send|guidance|note)\b", re.IGNORECASE
)


_AMOUNT_WITH_REASON = re.compile(
    r"^\d{1,3}(?:[.,]\d{1,2})?\s?[½¼¾]?\s*(?:days?\s*)?(?:\([^()\d]*\)|[–—-]\s*[^\W\d][\w\s]{0,30})$", re.IGNORECASE
)
"""An amount with why it came to it, "1 (sickness)", "6 days – flu": words of labels, but a value."""


def find_entries(block: Block, zone: Zone, *, tolerant: bool) -> list[Entry]:
    """The labels of a block in reading order."""
    if block.cell is None and len(block.tokens) >= 8 and _INSTRUCTION.match(block.text) and block.text.rstrip().endswith("."):
        return []
    if _AMOUNT_WITH_REASON.match(block.text.strip()):
        return []
    entries = _Scan(block, zone, tolerant=tolerant).entries()
    if not tolerant and may_be_mistyped(block, entries):
        entries = mended_entries(_Scan(block, zone, tolerant=True).entries()) or entries
    return entries


class _Scan(Stretch):
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

    def _may_start(self, index: int, spans: list[tuple[int, int, Label, bool]]) -> bool:
        item = self._items[index]
        if not isinstance(item, Token) or item.field is not None or item.placeholder or not self._words[index]:
            return False
        if self._in_brackets(index) or (LONG_NUMBER.search(item.text) and not self._numbers_a_label(index)):
            return False
        edge, before = self._edges[index], self._items[index - 1] if index else None
        if any(isinstance(one, Token) and one.line == item.line and one.text.casefold() in _POSTS for one in (before, item)):
            return False  # "Role: Induction tutor" says what somebody is; nobody is asked for.
        if edge & (Edge.OPENING & ~Edge.LINE) or (index and not isinstance(self._items[index - 1], Token)):
            return True
        if edge & Edge.LINE:
            return item.text[:1].isupper()
        if isinstance(before, Token) and before.text in {"/", "|", ";"}:
            return bool(spans)
        return bool(spans) and item.text[:1].isupper() and not self._prose

    def _numbers_a_label(self, index: int) -> bool:
        """Whether a number leads to a label: "10. School", "1.10 School name" at the start of a line, a cell or a part of a line."""
        item, after = self._items[index], self._items[index + 1] if index + 1 < len(self._items) else None
        if not isinstance(item, Token):
            return False
        if _NUMBERING.match(item.text):
            return True
        if not _PLAIN_NUMBERING.match(item.text) or not self._edges[index] & Edge.OPENING:
            return False
        if not isinstance(after, Token) or after.field is not None or not after.text[:1].isupper():
            return False
        counts = after.text.casefold() in _UNITS and index + 2 == len(
            self._items
        )  # "11 Days" is an answer, "11 Days absent" is none.
        return not counts and not self._edges[index + 1] & (Edge.GAP | Edge.LINE | Edge.PARAGRAPH)

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
            if self._runs_over(index, end, label):
                continue
            if (
                spans
                and spans[-1][1] == index
                and not self._asks_of_role(index, spans[-1][2], label)
                and (spans[-1][2].key == label.key or not (closed or self._is_plain_label(index, end, label)))
            ):
                return None  # What starts right behind a label without a value is its value, even if it looks like a label.
            past = self._past_remark(self._past_open_bracket(index, self._past_known_rest(index, end, label)))
            if past > end:
                wider = read_label(self._text(index, past), tolerant=self._tolerant, zone=self._zone)
                label = wider if wider is not None and label.key in {wider.key, *wider.also} else label
            return past, label, closed or past > end
        return None

    def _runs_over(self, start: int, end: int, label: Label) -> bool:
        """Whether the label is whole on the lines before and takes in its value: "Days absent" / "nil"."""
        if meaning(self._text(start, end), tolerant=self._tolerant).known >= 0.99:
            return False
        for line in range(start + 1, end):
            if self._edges[line] & (Edge.LINE | Edge.PARAGRAPH) and self._brackets(start, line) == 0:
                upper = self._label(start, line, closed=True)
                if upper is not None and upper.key == label.key and meaning(self._text(start, line)).known >= 0.99:
                    return True
        return False

    def _asks_of_role(self, index: int, before: Label, label: Label) -> bool:
        """Whether "Name" or "Date" stands behind a role and its line to sign on: "Headteacher ______ Name ..."."""
        if self.behind_line(index):
            return True
        if not self._edges[index] & Edge.GAP:
            return False
        return (before.person is not None and label.key in {"<name>", "<date>"}) or (before.key, label.key) == (
            "<sign>",
            "<date>",
        )

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
            LONG_NUMBER.search(item.text) or self._is_amount(index + step)
            for step, item in enumerate(items)
            if step and isinstance(item, Token)
        ):
            return None
        label = read_label(self._text(index, end), tolerant=self._tolerant, zone=self._zone)
        parts = [self._label(start, end, closed=True) for start in colons]
        if label is None or label.waiting or label.key == ASIDE or label.strength < STRONG:
            return None
        return (
            None
            if any(part is not None and not part.waiting and part.key != label.key for part in parts)
            else (self._past_open_bracket(index, end), label, True)
        )

    def _in_brackets(self, index: int) -> bool:
        if not self._bracketed:
            return False
        depth = 0
        for item in self._items[max(0, index - 12) : index]:
            if isinstance(item, Token):
                depth = max(0, depth + item.text.count("(") - item.text.count(")"))
        return depth > 0

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
        if label.key == ASIDE and said == 1 and not opening and not self.behind_line(start):
            return False  # One word in the middle of an answer: "Fens Learning Trust: Drovers Way Academy".
        if closed:
            first_known = all(map(self._knows, self._words[start]))
            enough = (
                known >= 0.99
                or (known >= STRONG and label.key != ASIDE and all(map(is_familiar, words)))
                or (
                    known >= 0.74
                    and len(words) >= 3
                    and label.key != ASIDE
                    and first_known
                    and not self._ends_in_value(start, end, text)
                )
            )
            return enough and not (self._prose and end == len(self._items))
        if known < 0.99 or self._prose:
            return False
        if label.key == ASIDE:
            return len(words) >= 2 and opening
        own_line = not start and end < len(self._items) and bool(self._edges[end] & (Edge.LINE | Edge.PARAGRAPH))
        return label.strength >= 0.8 or len(words) >= 2 or own_line or label.key in {"<name>", "<date>", "ect_name"}

    def _ends_in_value(self, start: int, end: int, text: str) -> bool:
        """Whether the last words are no label's but could be a name: "Headteacher (name) Jo Abbott", "Print name: Jo Teacher"."""
        if text.endswith((":", "?")):
            return False
        strange = [i for i in range(start, end) if not all(map(self._knows, self._words[i]))]
        last = strange[-1] if strange else start
        item = self._items[last]
        if last == start or not isinstance(item, Token) or not item.text[:1].isupper():
            return False
        lower = any(one.text[:1].islower() for one in self._items[start:last] if isinstance(one, Token) and len(one.text) > 3)
        return last == end - 1 or lower

    def _starts_well(self, start: int, end: int, label: Label, count: int, *, closed: bool, opening: bool) -> bool:
        first, edge = self._items[start], self._edges[start]
        colon = self._text(start, end).endswith(":")
        before_number = end < len(self._items) and end == self._hard_end(start)
        in_sentence = "place" in label.ideas and opening  # "employed as an early career teacher at" / "Fernhill Academy"
        to_sign = bool(start and edge & Edge.GAP) and label.key in {"<date>", "<name>"}  # "… signature ______   date Mon 8 May"
        lower = isinstance(first, Token) and first.text[:1].islower()
        if lower and not (opening and (closed or before_number or in_sentence or to_sign)):
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
