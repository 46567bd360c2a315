"""Reads chosen words of a sheet a second time, with another engine, and settles what stands there.

Where both engines agree the word is surer than either made it. Where they differ the likelier reading is kept, and the word
says so: a person looks at it, whatever the figures are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.scan.second import SecondEngine, Word
from parsers.scan.straight import DPI, Pixels
from parsers.tokens import Mark, Sheet, Token

_PIXELS_A_POINT = DPI / 72
_MARGIN = 4
_APART = 1.8
"""Heights of a line: words of one line with a wider gap are read each by itself."""
_LONGEST = 1_300
"""Pixels; a longer stretch of one line is read in two."""
_LONG_LINE = 10
"""Words. A line with more is running text, where a misread word does little harm."""
_SURE = 0.5
_DISPUTED = 0.6
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_HALVES, _AS_HALF = "½¼¾", re.compile("[½¼¾%v124/]{1,4}")
_ALIKE = str.maketrans("01568i", "olsgbl")
_TWICE = re.compile(r"(.)\1+")
_SAYS_NOTHING = re.compile(r"(?<=[0-9]) (?=[^0-9])|(?<=[^0-9]) (?=[0-9])|(?<=[^\w]) | (?=[^\w])")
_PLAIN_LETTERS = str.maketrans("łŁøØđĐı", "lLoOdDi")


Pages = Mapping[int, Pixels]
"""Straightened pages without their lines and tick boxes, grey at `DPI`, by page number."""


def read_again(sheet: Sheet, wanted: Collection[int], pages: Pages, engine: SecondEngine, most: int = 1_000) -> Sheet:
    """The sheet with the tokens whose orders are `wanted` read twice; at most so many stretches, the least sure first."""
    lines = {_line(one) for one in sheet.tokens if one.order in wanted}
    chosen = [
        one
        for one in sheet.tokens
        if _is_legible(one) and one.box.page in pages and (one.order in wanted or (_line(one) in lines and not _tells(one)))
    ]
    stretches = [stretch for stretch in _stretches(chosen) if any(map(_tells, stretch))]
    stretches.sort(key=lambda stretch: min(one.confidence for one in stretch))
    settled: dict[int, list[Token]] = {}
    for stretch in stretches[:most]:
        words = _second(stretch, pages[stretch[0].box.page], engine)
        if words is None:
            return sheet
        for first, made in _settled(stretch, words):
            settled[first[0].order] = made
            settled.update({one.order: [] for one in first[1:]})
    return _with(sheet, settled) if settled else sheet


def doubtful(sheet: Sheet, below: float) -> set[int]:
    """The orders of words that the first engine is not sure of, but for those in the lines of long texts."""
    words = Counter(map(_line, sheet.tokens))
    return {one.order for one in sheet.tokens if one.confidence < below and _tells(one) and words[_line(one)] <= _LONG_LINE}


def _is_legible(one: Token) -> bool:
    """A struck word is read wrongly by anybody."""
    return one.seconded is None and one.field is None and not one.struck


def _tells(one: Token) -> bool:
    return any(map(str.isalnum, one.text))


def _line(one: Token) -> tuple[int, int, int | None]:
    return one.box.page, one.line, one.cell


def _stretches(tokens: Iterable[Token]) -> list[list[Token]]:
    """Runs of words that stand close together on one line of one cell."""
    lines: dict[tuple[int, int, int | None], list[Token]] = defaultdict(list)
    for one in tokens:
        lines[_line(one)].append(one)
    stretches = []
    for line in lines.values():
        line.sort(key=lambda one: one.box.x0)
        run: list[Token] = []
        for one in line:
            if run and (one.box.x0 - run[-1].box.x1 > _APART * one.box.height or _too_long(run, one)):
                stretches.append(run)
                run = []
            run.append(one)
        stretches.append(run)
    return stretches


def _too_long(run: list[Token], one: Token) -> bool:
    return (one.box.x1 - run[0].box.x0) * _PIXELS_A_POINT > _LONGEST


def _second(stretch: list[Token], page: Pixels, engine: SecondEngine) -> list[Word] | None:
    """The words that the other engine reads in the place of these, with their edges in points of the page."""
    left = max(0, round(min(one.box.x0 for one in stretch) * _PIXELS_A_POINT) - _MARGIN)
    right = round(max(one.box.x1 for one in stretch) * _PIXELS_A_POINT) + _MARGIN
    top = max(0, round(min(one.box.top for one in stretch) * _PIXELS_A_POINT) - _MARGIN)
    bottom = round(max(one.box.bottom for one in stretch) * _PIXELS_A_POINT) + _MARGIN
    words = engine.words(page[top:bottom, left:right])
    if words is None:
        return None
    return [replace(one, left=(left + one.left) / _PIXELS_A_POINT, right=(left + one.right) / _PIXELS_A_POINT) for one in words]


@dataclass
class _Group:
    """Words of the two readings that lie over each other."""

    first: list[Token]
    second: list[Word]


def _settled(stretch: list[Token], words: list[Word]) -> list[tuple[list[Token], list[Token]]]:
    """Tokens of the first reading, and what stands in their place now."""
    if len(stretch) == len(words):
        pairs = [_Group([one], [other]) for one, other in zip(stretch, words, strict=True)]
        if all(_overlap(pair.first[0], pair.second[0]) > 0 for pair in pairs):
            return [(pair.first, _decided(pair)) for pair in pairs]
    if folded(one.text for one in stretch) == folded(word.text for word in words):
        return [(stretch, _decided(_Group(stretch, words)))]
    return [(group.first, _decided(group)) for group in _groups(stretch, words)]


def _groups(stretch: list[Token], words: list[Word]) -> list[_Group]:
    """The readings cut where both have a gap. Words of the second that lie over none of the first join their neighbour."""
    groups = [_Group([stretch[0]], [])]
    ends = [one.box.x1 for one in stretch]
    for index, one in enumerate(stretch[1:], start=1):
        gap = (ends[index - 1] + one.box.x0) / 2
        crossing = any(
            word.left + 0.3 * (word.right - word.left) < gap < word.right - 0.3 * (word.right - word.left) for word in words
        )
        if crossing:
            groups[-1].first.append(one)
        else:
            groups.append(_Group([one], []))
    for word in words:
        middle = (word.left + word.right) / 2
        nearest = min(groups, key=lambda group: _distance(middle, group.first))
        nearest.second.append(word)
    return groups


def _distance(middle: float, tokens: list[Token]) -> float:
    left, right = tokens[0].box.x0, tokens[-1].box.x1
    return max(left - middle, middle - right, 0.0)


def _overlap(one: Token, word: Word) -> float:
    return min(one.box.x1, word.right) - max(one.box.x0, word.left)


def _decided(group: _Group) -> list[Token]:
    """The words of a group as they stand after both readings."""
    first, second = group.first, group.second
    one, other = folded(token.text for token in first), folded(word.text for word in second)
    sure = min((word.confidence for word in second), default=0.0)
    if one == other and len(first) == len(second):
        return [_agreed(token, word.confidence) for token, word in zip(first, second, strict=True)]
    if one == other:
        return _spaced(first, second)
    if one.endswith(tuple(_HALVES)) and other.startswith(one[:-1]) and _AS_HALF.fullmatch(other[len(one) - 1 :]):
        return first  # The other engine takes a half for figures; nothing is said for or against it.
    if one.translate(_ALIKE) == other.translate(_ALIKE) and _switches(one) < _switches(other):
        return [_agreed(token, sure) for token in first]
    if len(other) < len(one) and _TWICE.sub(r"\1", one) == _TWICE.sub(r"\1", other):
        second = []  # The other engine takes two like letters side by side for one.
    if second and (sure >= _SURE or sure > min(token.confidence for token in first) or _is_accented(first, second)):
        return _taken(first, second)
    return [_disputed(token) for token in first]


def _switches(text: str) -> int:
    """How often letters and figures follow each other: no name has a nought in it."""
    kinds = [sign.isdigit() for sign in text if sign.isalnum()]
    return sum(one != other for one, other in pairwise(kinds))


def _disputed(one: Token) -> Token:
    return replace(one, seconded=False, confidence=min(one.confidence, _DISPUTED))


def _agreed(one: Token, sure: float) -> Token:
    confidence = 1 - (1 - one.confidence) * (1 - min(sure, 0.99))
    return replace(one, seconded=True, confidence=round(max(one.confidence, confidence), 3))


def _is_accented(first: list[Token], second: list[Word]) -> bool:
    """Whether the second reading is the first with accents, which the first engine cannot read."""
    text = " ".join(word.text for word in second)
    return bare(text) != text and folded([bare(text)]) == folded(one.text for one in first)


def _spaced(first: list[Token], second: list[Word]) -> list[Token]:
    """The same signs with other spaces between them. Beside a figure or a stroke that says nothing, between letters it may."""
    sure = min(word.confidence for word in second)
    harmless = _harmless(one.text for one in first) == _harmless(word.text for word in second)
    if len(second) > len(first):
        letters, start, parts = "".join(one.text for one in first), 0, []
        for word in second:
            parts.append(replace(word, text=letters[start : start + len(word.text)]))
            start += len(word.text)
        if start == len(letters):
            first = _taken(first, parts)
    return [_agreed(replace(one, seconded=None), sure) if harmless else _disputed(one) for one in first]


def _harmless(texts: Iterable[str]) -> str:
    """The reading without the spaces that say nothing."""
    return _SAYS_NOTHING.sub("", " ".join(texts).translate(_SAME).casefold())


def _taken(first: list[Token], second: list[Word]) -> list[Token]:
    """Tokens with the second reading's words, in the look and place of the first's."""
    made = []
    for index, word in enumerate(second):
        like = min(first, key=lambda one: abs((one.box.x0 + one.box.x1) - (word.left + word.right)))
        box = like.box if len(first) == len(second) == 1 else replace(like.box, x0=word.left, x1=max(word.right, word.left + 1))
        glued = like.glued and not index
        made.append(
            replace(like, text=word.text, box=box, glued=glued, seconded=False, confidence=min(word.confidence, _DISPUTED))
        )
    return made


def folded(texts: Iterable[str]) -> str:
    """The signs of a reading without what two engines write differently: spaces, kinds of quotes and dashes, capitals."""
    return "".join("".join(texts).translate(_SAME).casefold().split())


def bare(text: str) -> str:
    """The text without accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _with(sheet: Sheet, settled: Mapping[int, list[Token]]) -> Sheet:
    """The sheet with these tokens in the place of those with the orders, everything numbered anew."""
    everything: list[Token | Mark] = [*sheet.tokens, *sheet.marks]
    items: list[Token | Mark] = []
    for item in sorted(everything, key=lambda item: item.order):
        items += settled.get(item.order, [item]) if isinstance(item, Token) else [item]
    numbered = [replace(item, order=number) for number, item in enumerate(items)]
    return replace(
        sheet,
        tokens=tuple(item for item in numbered if isinstance(item, Token)),
        marks=tuple(item for item in numbered if isinstance(item, Mark)),
    )
