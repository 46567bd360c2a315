"""Tells by a cheap count which RTF files no form is, so that no converter spends its time on them. Nothing is interpreted."""

from __future__ import annotations

import re

_DEEPEST = 200
"""Groups within groups; Word nests some twenty."""
_MOST_CELLS = 20_000
_MOST_PARAGRAPHS = 50_000
_MOST_WORDS = 1_500_000
"""Control words of the file, and groups; a long form with all its styles has a hundred thousand."""
_WIDEST = 200_000
"""Of a picture, in dots or hundredths of a millimetre."""
_SIZES = re.compile(rb"\\pic(?:w|h|wgoal|hgoal)(\d{1,12})")
_OPENING = ord("{")
_NO_BRACES = bytes(sign for sign in range(256) if sign not in b"{}")
_CELL, _PARAGRAPH = re.compile(rb"\\(?:nest)?cell(?![a-z])"), re.compile(rb"\\par(?![a-z])")

NO_FORM = "This is an RTF file with far more in it than any form holds, so it was not opened."


def is_no_form(data: bytes) -> bool:
    """Whether the file nests, holds or claims more than any form: minutes of work for whoever opens it."""
    return (
        data.count(b"\\") + data.count(b"{") + data.count(b"}") > _MOST_WORDS
        or _more_than(_MOST_CELLS, _CELL, data)
        or _more_than(_MOST_PARAGRAPHS, _PARAGRAPH, data)
        or any(int(size) > _WIDEST for size in _SIZES.findall(data))
        or _depth(data) > _DEEPEST
    )


def _more_than(most: int, word: re.Pattern[bytes], data: bytes) -> bool:
    return any(number > most for number, _ in enumerate(word.finditer(data), 1))


def _depth(data: bytes) -> int:
    """How deep groups are nested; a brace behind a backslash is text."""
    for sign in (b"\\\\", b"\\{", b"\\}"):
        data = data.replace(sign, b"")
    depth = deepest = 0
    for brace in data.translate(None, _NO_BRACES):
        depth += 1 if brace == _OPENING else -1
        deepest = max(deepest, depth)
    return deepest
