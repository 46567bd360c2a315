"""How far a label reaches: where its words end, and which marks and remarks behind them still belong to it."""

from __future__ import annotations

import re

from parsers.labels import Label, Zone, read_label
from parsers.labels.words import ends_in_phrase, is_ignored, is_known, meaning, mended, words_of
from parsers.layout.blocks import Block, Edge, join
from parsers.tokens import Token

LONGEST = 30
STRONG = 0.85
LONG_NUMBER = re.compile(r"\d\d|\d[.,]\d|^[£@]|\w@\w|½")
_LETTERING = re.compile(r"^\(?[A-Ha-h][.):]$")
_NUMBERED = re.compile(r"^(question|item|section|part|box|field|row)\s+([0-9]{1,2}|[A-Z])\s?[.:)–-]$", re.IGNORECASE)
_ANSWER_LINE = re.compile(r"^_{3,}$")
_RANGE = re.compile(r"\d\s*(to|–|-|or|and|=|,)\s*\S|\b(e\.?g|between|from|eg)\b", re.IGNORECASE)
_NUMBERED_TIMES = {"year", "term", "assessment", "period", "review"}
_FEW_DIGITS = 6
"""Digits of a remark that says what an answer looks like: "(0.1 to 1.0)"."""
_PROSE = 14


class Stretch:
    """The words of a block, in which labels are looked for."""

    def __init__(self, block: Block, zone: Zone, *, tolerant: bool) -> None:
        self._block, self._zone, self._tolerant = block, zone, tolerant
        self._items = block.items
        self._texts: dict[tuple[int, int], str] = {}
        self._words = [words_of(item.text) if isinstance(item, Token) else () for item in block.items]
        first = block.items[0] if len(block.items) > 1 else None
        if isinstance(first, Token) and _LETTERING.match(first.text):
            self._words[0] = ("1",)  # The letter of a section counts like the number of a question.
        self._edges = self._past_numbering(block)
        for index, item in enumerate(block.items[1:], start=1):
            if isinstance(item, Token) and item.text == "Will":
                self._words[index] = ("will?",)  # A first name: labels do not write it with a capital in their middle.
        self._prose = self._is_prose()
        self._bracketed = any("(" in token.text for token in block.tokens)

    def _past_numbering(self, block: Block) -> list[int]:
        """The edges of the block; "Question 6:" and "Item 2 –" before a label end nothing."""
        edges = list(block.edges)
        pair = block.items[:2]
        if len(block.items) > 2 and _NUMBERED.match(" ".join(item.text for item in pair if isinstance(item, Token))):
            self._words[0] = self._words[1] = ("1",)
            edges[2] &= ~Edge.COLON
        for index in range(1, len(edges)):
            if self.behind_line(index):
                edges[index] |= Edge.GAP  # Something new starts.
        return edges

    def behind_line(self, index: int) -> bool:
        """Whether an answer line stands right before an item."""
        before = self._items[index - 1] if index else None
        return isinstance(before, Token) and bool(_ANSWER_LINE.match(before.text))

    def _is_prose(self) -> bool:
        tokens = self._block.tokens
        if len(tokens) <= _PROSE or any(token.field is not None for token in tokens):
            return False
        known = sum(bool(words) and all(map(is_known, words)) for words in self._words)
        return known < 0.75 * len(tokens) and not any(edge & (Edge.GAP | Edge.BOLDER) for edge in self._edges[1:])

    def _hard_end(self, start: int) -> int:
        """The first place that no label runs across."""
        open_brackets = 0
        for index in range(start, min(len(self._items), start + LONGEST)):
            item = self._items[index]
            if not isinstance(item, Token) or item.field is not None or item.placeholder:
                return index
            if index > start:
                edge = self._edges[index]
                if (
                    not open_brackets
                    and (LONG_NUMBER.search(item.text) or self._is_amount(index))
                    and not self._shows_range(index)
                ):
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
        if self._numbers_a_year(index):
            return False
        beside = self._items[max(0, index - 1) : index + 2]
        return not any(isinstance(one, Token) and one.text in {"/", "or", "|"} for one in beside)

    def _shows_range(self, index: int) -> bool:
        """Whether a bracket that opens with a number says what answers look like: "(1.0 = full-time)"."""
        item = self._items[index]
        if not isinstance(item, Token) or not item.text.startswith("(") or item.text.endswith(")"):
            return False
        words = [one.text for one in self._items[index : index + 8] if isinstance(one, Token) and one.field is None]
        last = next((number for number, word in enumerate(words) if word.rstrip(":?").endswith(")")), None)
        remark = " ".join(words[: last + 1]) if last is not None else ""
        return (
            sum(ch.isdigit() for ch in remark) <= _FEW_DIGITS and bool(_RANGE.search(remark)) and any(map(str.isalpha, remark))
        )

    def _numbers_a_year(self, index: int) -> bool:
        """Whether a digit belongs to the label around it: "Year 2 began", "Term 3 start date"."""
        before = self._words[index - 1] if index else ()
        if not before or before[-1] not in _NUMBERED_TIMES or index + 1 >= len(self._items):
            return False
        plain = not (self._edges[index + 1] or self._edges[index])
        return plain and bool(self._words[index + 1]) and all(map(self._knows, self._words[index + 1]))

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
            if self._edges[line] & Edge.PARAGRAPH and upper.strength >= STRONG and not self._looks_cut(line):
                return True
            first = self._items[line]
            capital = isinstance(first, Token) and first.text[:1].isupper()
            if lower is not None and capital and lower.strength >= STRONG and (not lower.waiting or lower.key == "<date>"):
                return True
        return False

    def _looks_cut(self, line: int) -> bool:
        """Whether the words before a line break need the next line: "Date of end of final assessment" / "period:"."""
        first = self._items[line]
        return isinstance(first, Token) and (first.text[:1].islower() or first.text.startswith("("))

    def _brackets(self, start: int, end: int) -> int:
        text = self._text(start, end)
        return text.count("(") - text.count(")")

    def _text(self, start: int, end: int) -> str:
        text = self._texts.get((start, end))
        if text is None:
            text = self._texts[start, end] = join([item for item in self._items[start:end] if isinstance(item, Token)])
        return text

    def _label(self, start: int, end: int, *, closed: bool) -> Label | None:
        text = self._text(start, end)
        if text.startswith("(") and text.count("(") == text.count(")") + 1 and not self._text(end, end + 6).startswith("("):
            text = text[1:]  # What the bracket holds is a label with its value: "(TRN 1234567)".
        if not closed and text.count("(") > text.count(")"):
            return None
        if not closed and end < len(self._items) and not self._edges[end] & (Edge.LINE | Edge.PARAGRAPH):
            words = self._words[end - 1]
            if words and all(map(is_ignored, words)) and not text.endswith((")", ":", "?")) and not ends_in_phrase(text):
                return None
        return read_label(text, tolerant=self._tolerant, zone=self._zone)

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
                told = digits <= 2 or (digits <= _FEW_DIGITS and bool(_RANGE.search(remark)))
                return self._past_joint(index) if told and meaning(remark).words >= 1 else end
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
        if any(LONG_NUMBER.search(self._items[i].text) for i in rest):  # type: ignore[union-attr]  # only tokens are left
            return end
        whole = read_label(self._text(start, len(self._items)), tolerant=self._tolerant, zone=self._zone)
        return len(self._items) if whole is not None and whole.key == label.key and whole.strength >= STRONG else end

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
