"""Dates in three boxes, day, month and year apart, read as the one place that they are."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from parsers.tokens import Cell, Sheet, Token

_HEADS = ({"day", "dd", "d"}, {"month", "mm", "m"}, {"year", "yyyy", "yy", "y"})
_YEAR = re.compile(r"(?:19|20)\d\d$")
_SHORT = re.compile(r"\d{1,2}$")
_WIDEST = 140.0
"""Points; a wider cell holds more than a part of a date."""


def with_joined_dates(sheet: Sheet) -> Sheet:
    """The sheet in which the three boxes of a date are one cell: under heads "Day", "Month", "Year", or side by side in a row."""
    narrow = [index for index, cell in enumerate(sheet.cells) if cell.box.width <= _WIDEST]
    if len(narrow) < len(_HEADS):
        return sheet
    words: dict[int, list[Token]] = defaultdict(list)
    for token in sheet.tokens:
        if token.cell is not None and not token.deleted and not token.placeholder:
            words[token.cell].append(token)
    at = {(sheet.cells[index].table, sheet.cells[index].row, sheet.cells[index].column): index for index in narrow}
    headed = {(table, column) for (table, _, column), index in at.items() if _heads(_triple(at, index, sheet.cells), words)}
    into: dict[int, int] = {}
    for (table, _, column), index in at.items():
        triple = _triple(at, index, sheet.cells)
        if triple and index not in into and _is_date(triple, words, headed=(table, column) in headed):
            into |= dict.fromkeys(triple, index)
    return _joined(sheet, into, words) if into else sheet


def _triple(at: dict[tuple[int, int, int], int], index: int, cells: tuple[Cell, ...]) -> tuple[int, ...]:
    """Three cells side by side from one on."""
    cell = cells[index]
    found = [at.get((cell.table, cell.row, cell.column + step)) for step in range(len(_HEADS))]
    return tuple(one for one in found if one is not None) if None not in found else ()


def _heads(triple: tuple[int, ...], words: dict[int, list[Token]]) -> bool:
    texts = ["".join(token.text for token in words[index]).strip("():").casefold() for index in triple]
    return bool(texts) and all(text in heads for text, heads in zip(texts, _HEADS, strict=True))


def _is_date(triple: tuple[int, ...], words: dict[int, list[Token]], *, headed: bool) -> bool:
    parts = [words[index] for index in triple]
    if any(len(part) != 1 for part in parts):
        return False
    day, month, year = (part[0].text for part in parts)
    shown = _YEAR.match(year) or (headed and _SHORT.match(year))
    named = bool(_SHORT.match(month)) or (headed and month.isalpha())
    return bool(_SHORT.match(day) and named and shown)


def _joined(sheet: Sheet, into: dict[int, int], words: dict[int, list[Token]]) -> Sheet:
    cells = list(sheet.cells)
    for first in set(into.values()):
        last = max((index for index, lead in into.items() if lead == first), key=lambda index: cells[index].column)
        box = cells[first].box.around(cells[last].box) if cells[first].box.page == cells[last].box.page else cells[first].box
        cells[first] = replace(cells[first], box=box, column_span=len(_HEADS))

    def moved(token: Token) -> Token:
        first = None if token.cell is None else into.get(token.cell)
        if first is None or not words[first]:
            return token
        lead = words[first][0]
        return replace(token, cell=first, line=lead.line, paragraph=lead.paragraph)

    return replace(sheet, cells=tuple(cells), tokens=tuple(moved(token) for token in sheet.tokens))
