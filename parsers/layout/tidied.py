"""A sheet evened out before it is cut into blocks: boxes typed as brackets become marks, frames and grounds that hold no table dissolve."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from parsers.layout.date_boxes import with_joined_dates
from parsers.layout.digits import with_joined_digits
from parsers.layout.unruled import with_unruled_tables
from parsers.tokens import Box, Mark, Sheet, Token

_BRACKETS = re.compile(r"^\[(?P<inside>[xX✓✔√_ ]?)\](?P<rest>.*)$")
_CROSSES = {"x", "✓", "✔", "√"}
_LINKS = frozenset({"change", "edit", "amend", "update"})
_FEWEST_LINKS = 3
_SAME_EDGE = 4.0
"""Points."""


def tidied(sheet: Sheet) -> Sheet:
    sheet = without_links(without_shaded_labels(without_lone_frames(sheet)))
    return with_unruled_tables(with_joined_dates(with_joined_digits(with_typed_boxes(sheet))))


def without_lone_frames(sheet: Sheet) -> Sheet:
    """The sheet with what stands in a frame of its own within a cell counted to the cell.

    A flattened form draws a border round each field; a person sees one cell with a value in it.
    """
    sizes = Counter(cell.table for cell in sheet.cells)
    around = {
        index: cell.parent
        for index, cell in enumerate(sheet.cells)
        if cell.parent is not None and sizes[cell.table] == 1
    }  # fmt: skip
    return _dissolved(sheet, around)


def without_shaded_labels(sheet: Sheet) -> Sheet:
    """The sheet with labels on coloured grounds as free text, where their answers stand beside them on none and no line is drawn.

    The grounds alone would be a table of labels without a single answer.
    """
    tables: dict[int, list[int]] = defaultdict(list)
    for index, cell in enumerate(sheet.cells):
        tables[cell.table].append(index)
    shaded = [
        own for own in tables.values() if all(sheet.cells[index].shaded and sheet.cells[index].parent is None for index in own)
    ]
    if not shaded:
        return sheet
    free = [token.box for token in sheet.tokens if token.cell is None]
    said = {token.cell for token in sheet.tokens}
    around: dict[int, int | None] = {}
    for own in shaded:
        labels = [sheet.cells[index].box for index in own if index in said]
        answered = sum(any(_beside(box, other) for other in free) for box in labels)
        if answered > 1 and 2 * answered >= len(labels):
            around |= dict.fromkeys(own)
    return _dissolved(sheet, around)


def _beside(label: Box, other: Box) -> bool:
    """Whether something stands on the right of a label, however far, on its height."""
    return other.page == label.page and label.top <= other.middle <= label.bottom and other.x0 >= label.x1 - 1


def _dissolved(sheet: Sheet, around: Mapping[int, int | None]) -> Sheet:
    """The sheet without some cells; what stood in each is counted to the cell given for it, or to none."""
    if not around:
        return sheet

    def outer(index: int | None) -> int | None:
        for _ in range(8):
            if index is None or index not in around:
                break
            index = around[index]
        return index

    gone = set(around)
    places = {index: number for number, index in enumerate(one for one in range(len(sheet.cells)) if one not in gone)}

    def place(index: int | None) -> int | None:
        found = outer(index)
        return None if found is None else places.get(found)

    return replace(
        sheet,
        tokens=tuple(replace(one, cell=place(one.cell)) if one.cell is not None else one for one in sheet.tokens),
        marks=tuple(replace(one, cell=place(one.cell)) if one.cell is not None else one for one in sheet.marks),
        cells=tuple(
            replace(cell, parent=place(cell.parent)) for index, cell in enumerate(sheet.cells) if index not in gone
        ),
    )  # fmt: skip


def without_links(sheet: Sheet) -> Sheet:
    """The sheet without the column of links that a printed web page has beside its answers: "Change", "Edit".

    A word that leads on in its line is no link: "Change of surname".
    """
    links = [token for token in sheet.tokens if token.cell is None and token.field is None and token.text.casefold() in _LINKS]
    links = [link for link in links if not any(_beside(link.box, other.box) for other in sheet.tokens)] if links else []
    columns = Counter((link.text, round(link.box.x0 / _SAME_EDGE)) for link in links)
    gone = {link.order for link in links if columns[link.text, round(link.box.x0 / _SAME_EDGE)] >= _FEWEST_LINKS}
    return replace(sheet, tokens=tuple(token for token in sheet.tokens if token.order not in gone)) if gone else sheet


def with_typed_boxes(sheet: Sheet) -> Sheet:
    """The sheet with "[x]" and "[ ]" as marks, where a person would see boxes."""
    tokens: list[Token] = []
    marks: list[Mark] = []
    index = 0
    while index < len(sheet.tokens):
        token = sheet.tokens[index]
        after = sheet.tokens[index + 1] if index + 1 < len(sheet.tokens) else None
        text, taken = token.text, 1
        if text == "[" and after is not None and after.line == token.line and after.text.startswith("]"):
            text, taken = f"[{after.text}", 2
        found = _BRACKETS.match(text) if token.field is None and not token.deleted else None
        if found is None:
            tokens.append(token)
            index += 1
            continue
        last = sheet.tokens[index + taken - 1]
        box = token.box.around(last.box) if last.box.page == token.box.page else token.box
        ticked = found["inside"].casefold() in _CROSSES
        rest = found["rest"]
        width = box.width * 3 / max(3, 3 + len(rest))
        own = Box(box.page, box.x0, box.top, box.x0 + width, box.bottom)
        marks.append(
            Mark(own, ticked, "typed in brackets", token.order, token.line, token.paragraph, token.cell, None, token.place)
        )
        if rest:
            tokens.append(replace(last, text=rest, box=replace(box, x0=own.x1 + 0.5)))
        index += taken
    return replace(sheet, tokens=tuple(tokens), marks=(*sheet.marks, *marks)) if marks else sheet
