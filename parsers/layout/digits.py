"""Rows of boxes for one figure each, read as the one place that they are: a reference number or a date, digit by digit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from parsers.tokens import Cell, Sheet, Token

_LEAST = 4
_WIDEST = 42.0
"""Points; a wider cell holds words."""


def with_joined_digits(sheet: Sheet) -> Sheet:
    """The sheet in which a run of boxes with at most one figure each, side by side in a row, is one cell."""
    narrow = [index for index, cell in enumerate(sheet.cells) if cell.box.width <= _WIDEST]
    if len(narrow) < _LEAST:
        return sheet
    words: dict[int, list[Token]] = defaultdict(list)
    for token in sheet.tokens:
        if token.cell is not None and not token.deleted:
            words[token.cell].append(token)
    ticked = {mark.cell for mark in sheet.marks}
    into: dict[int, int] = {}
    cells = list(sheet.cells)
    for run in _runs([index for index in narrow if index not in ticked and _is_figure(words[index])], sheet.cells):
        first, last = run[0], run[-1]
        digits = sum(any(token.text.isdigit() for token in words[index]) for index in run)
        if digits < _LEAST:
            continue
        box = cells[first].box.around(cells[last].box) if cells[first].box.page == cells[last].box.page else cells[first].box
        span = cells[last].column + cells[last].column_span - cells[first].column
        cells[first] = replace(cells[first], box=box, column_span=span)
        into |= dict.fromkeys(run, first)
    if not into:
        return sheet
    lead = {index: min(words[index], key=lambda token: token.order) for index in into if words[index]}
    return replace(sheet, cells=tuple(cells), tokens=tuple(_moved(token, into, lead) for token in sheet.tokens))


def _moved(token: Token, into: dict[int, int], lead: dict[int, Token]) -> Token:
    if token.cell is None or token.cell not in into:
        return token
    head = lead.get(into[token.cell], token)
    return replace(token, cell=into[token.cell], line=head.line, paragraph=head.paragraph, glued=token.cell != into[token.cell])


def _is_figure(tokens: list[Token]) -> bool:
    written = [token for token in tokens if not token.placeholder]
    return len(written) <= 1 and all(
        len(token.text) == 1 and (token.text.isdigit() or token.text in "/-.") for token in written
    )


def _runs(indices: list[int], cells: tuple[Cell, ...]) -> list[list[int]]:
    """Cells side by side in one row, left to right."""
    ordered = sorted(indices, key=lambda one: (cells[one].table, cells[one].row, cells[one].column))
    runs: list[list[int]] = []
    for index in ordered:
        cell = cells[index]
        before = cells[runs[-1][-1]] if runs else None
        if (
            before is not None
            and (before.table, before.row) == (cell.table, cell.row)
            and before.column + before.column_span == cell.column
        ):
            runs[-1].append(index)
        else:
            runs.append([index])
    return [run for run in runs if len(run) >= _LEAST]
