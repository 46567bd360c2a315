"""Which word of a paper is which word of a layout: both in reading order, with other people's answers in between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Runs = Sequence[Sequence[int]]
"""The printed words of a layout as numbers; a new run begins where something was filled in."""

_WORD = 0xFFFF
_WAYS = ((3, 0x3FFFF), (1, 0x3FFFF), (1, 0x1FFFF), (3, _WORD), (2, _WORD), (1, _WORD))
"""Rows of how many words are looked for, and what of their numbers must agree: at first also that blocks begin and end there."""


def align(runs: Runs, words: Sequence[int]) -> dict[int, int]:
    """For each word of the layout, counted through its runs, its place among the words of the paper, where it has one.

    The order is kept. Rows of words that both have exactly once are found first and everything else between them.
    """
    return _Alignment(runs, words).found


class _Alignment:
    def __init__(self, runs: Runs, words: Sequence[int]) -> None:
        self._lifted = [word for run in runs for word in run], list(words)
        self._layout = [word & _WORD for word in self._lifted[0]]
        self._run = [number for number, run in enumerate(runs) for _ in run]
        self._words = [word & _WORD for word in words]
        self.found: dict[int, int] = {}
        self._match(0, len(self._layout), 0, len(self._words), 0)

    def _match(self, start: int, end: int, first: int, last: int, level: int) -> None:
        """Match the layout's words from `start` to `end` with the paper's from `first` to `last`."""
        start, end, first, last = self._grow(start, end, first, last)
        if start >= end or first >= last:
            return
        for number in range(level, len(_WAYS)):
            length, mask = _WAYS[number]
            chain = self._chain((start, end, first, last), length, mask)
            if chain:
                self._between(chain, (start, end, first, last), length, number)
                return
        self._pieces(start, end, first, last)

    def _grow(self, start: int, end: int, first: int, last: int) -> tuple[int, int, int, int]:
        """Words that go on in the same run where the stretch begins or ends stay together."""
        while start < end and first < last and self._layout[start] == self._words[first] and self._goes_on(start):
            self.found[start] = first
            start, first = start + 1, first + 1
        while start < end and first < last and self._layout[end - 1] == self._words[last - 1] and self._leads_on(end - 1):
            self.found[end - 1] = last - 1
            end, last = end - 1, last - 1
        return start, end, first, last

    def _goes_on(self, index: int) -> bool:
        return index == 0 or (self._run[index] == self._run[index - 1] and index - 1 in self.found)

    def _leads_on(self, index: int) -> bool:
        after = index + 1
        return after == len(self._layout) or (self._run[index] == self._run[after] and after in self.found)

    def _chain(self, stretch: tuple[int, int, int, int], length: int, mask: int) -> list[tuple[int, int]]:
        """Rows of `length` words that stand once in either stretch, as many as keep the order."""
        start, end, first, last = stretch
        ours = _once(self._lifted[0], start, end, length, mask)
        theirs = _once(self._lifted[1], first, last, length, mask)
        pairs = sorted((index, theirs[row]) for row, index in ours.items() if row in theirs)
        return _rising(pairs)

    def _between(self, chain: list[tuple[int, int]], stretch: tuple[int, int, int, int], length: int, level: int) -> None:
        start, end, first, last = stretch
        for index, place in chain:
            for step in range(length):
                self.found[index + step] = place + step
        for index, place in [*chain, (end, last)]:
            self._match(start, index, first, place, level)
            start, first = max(start, index + length), max(first, place + length)

    def _pieces(self, start: int, end: int, first: int, last: int) -> None:
        """What is not unique: each rest of a run where it stands as a whole, in order."""
        while start < end and first < last:
            stop = start + 1
            while stop < end and self._run[stop] == self._run[start]:
                stop += 1
            piece = self._layout[start:stop]
            place = next((p for p in range(first, last - len(piece) + 1) if self._words[p : p + len(piece)] == piece), None)
            if place is not None:
                for step in range(len(piece)):
                    self.found[start + step] = place + step
                first = place + len(piece)
            start = stop


def _once(words: Sequence[int], start: int, end: int, length: int, mask: int) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    stretch = [word & mask for word in words[start:end]]
    for index in range(start, end - length + 1):
        row = tuple(stretch[index - start : index - start + length])
        found[row] = -1 if row in found else index
    return {row: index for row, index in found.items() if index >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, sorted by their first number, in which the second rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            ends.append(number)
        else:
            tails[at], ends[at] = place, number
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
