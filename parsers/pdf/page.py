"""Reads one page of a PDF: its words with cells, marks, fields and notes, or the news that it is only a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from parsers.pdf.cells import GridCell, Grids, find_grids
from parsers.pdf.characters import Characters, read_characters
from parsers.pdf.drawings import Drawings, read_drawings
from parsers.pdf.fields import FormField, Widget
from parsers.pdf.lines import Placed, arranged
from parsers.pdf.looks import Flags, looks_of, shaded
from parsers.pdf.marks import drawn_marks
from parsers.pdf.notes import Notes, drawn_markups
from parsers.pdf.pictures import is_picture
from parsers.pdf.prompts import mark_prompts
from parsers.pdf.typed import Edges, TextStyle, typed
from parsers.pdf.upright import Upright
from parsers.pdf.words import Word, words_of


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page, in its own numbers: cells, lines and paragraphs count from 0 on each page."""

    upright: Upright
    placed: list[Placed]
    grids: Grids
    parents: list[int | None]
    shaded: list[bool]
    is_image: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class PutOn:
    """What people put on the pages of a file: values of form fields (of all pages) and the notes of this page."""

    fields: list[FormField]
    notes: Notes


def read_page(page: Any, text_page: Any, upright: Upright, put_on: PutOn) -> PageContent:
    """The page's words in reading order."""
    characters = read_characters(text_page, upright)
    drawings = read_drawings(page, upright)
    grids = find_grids(drawings)
    is_image, looks = _looks(characters, drawings, grids, put_on.notes, upright)
    words = [] if is_image else words_of(characters, looks, cells_at(characters, grids.cells))
    if not is_image:
        words = drawn_marks(words, drawings, grids)
    words = _with_notes(words, put_on.notes, upright)
    words = _with_fields(words, put_on.fields, upright)
    for word in words:
        if word.cell is None and word.serial < 0:
            word.cell = cell_around(word, grids.cells)
    parents = parents_of(grids.cells)
    placed = arranged(words, grids.cells, parents)
    mark_prompts(placed)
    shades = [shaded(cell, drawings.fills) for cell in grids.cells]
    return PageContent(upright, placed, grids, parents, shades, is_image, characters.cut or drawings.cut)


def _looks(characters: Characters, drawings: Drawings, grids: Grids, notes: Notes, upright: Upright) -> tuple[bool, Flags]:
    lines, fills = drawn_markups(notes, upright)
    drawings.fills += fills
    looks = looks_of(characters, drawings, replace(grids, loose=(*grids.loose, *lines)), upright)
    return is_picture(characters, looks, drawings, upright), looks


def cells_at(characters: Characters, cells: tuple[GridCell, ...]) -> npt.NDArray[np.int64]:
    """The innermost cell around each character's middle, -1 for none."""
    across = (characters.x0 + characters.x1) / 2
    down = (characters.top + characters.bottom) / 2
    found = np.full(len(characters), -1, np.int64)
    for index in sorted(range(len(cells)), key=lambda one: -cells[one].area):
        cell = cells[index]
        found[(across >= cell.x0) & (across <= cell.x1) & (down >= cell.top) & (down <= cell.bottom)] = index
    return found


def cell_around(word: Word, cells: tuple[GridCell, ...]) -> int | None:
    """The innermost cell around a word's middle."""
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    around = [index for index, cell in enumerate(cells) if cell.x0 <= across <= cell.x1 and cell.top <= down <= cell.bottom]
    return min(around, key=lambda index: cells[index].area, default=None)


def parents_of(cells: tuple[GridCell, ...]) -> list[int | None]:
    """For each cell the innermost cell of another table that holds it."""
    parents: list[int | None] = []
    for cell in cells:
        around = [index for index, other in enumerate(cells) if other.table != cell.table and _holds(other, cell)]
        parents.append(min(around, key=lambda index: cells[index].area, default=None))
    return parents


def _holds(outer: GridCell, inner: GridCell) -> bool:
    return (
        outer.x0 - 1 <= inner.x0
        and outer.top - 1 <= inner.top
        and inner.x1 <= outer.x1 + 1
        and inner.bottom <= outer.bottom + 1
        and outer.area > inner.area
    )


def _with_notes(words: list[Word], notes: Notes, upright: Upright) -> list[Word]:
    """Adds the text typed on the page where painting did not bring it there already."""
    for number, (box, text) in enumerate(notes.typed):
        edges = upright.box(*box)
        there = "".join(word.text for word in words if _middle_in(word, edges))
        if _bare(text) not in _bare(there):
            words = [*words, *typed(text, edges, TextStyle(multi_line="\n" in text or _tall(edges), frame=1_000_000 + number))]
    return words


def _with_fields(words: list[Word], fields: list[FormField], upright: Upright) -> list[Word]:
    for index, form_field in enumerate(fields):
        for widget in form_field.widgets:
            if widget.page == upright.number:
                edges = upright.box(*widget.box)
                words = _with_widget(words, form_field, index, widget, edges)
    return words


def _with_widget(words: list[Word], form_field: FormField, index: int, widget: Widget, edges: Edges) -> list[Word]:
    if form_field.is_button:
        kept = [word for word in words if not (word.is_mark and word.field is None and _overlap(word, edges))]
        sign = "☒" if widget.ticked else "☐"
        return [*kept, Word(sign, *edges, field=index, ticked=widget.ticked, known_by="form field")]
    if form_field.is_signature:
        return _with_signature(words, form_field, index, edges)
    if form_field.value is None:
        return words
    there = {_bare(word.text) for word in words if word.field is None and _middle_in(word, edges)}
    value = {_bare(part) for part in form_field.value.split()}
    if there and there <= value:
        words = [word for word in words if word.field is not None or not _middle_in(word, edges)]
    style = TextStyle(
        form_field.font_size, form_field.multi_line, form_field.comb, index, form_field.prompt,
        index if form_field.multi_line else None,
    )  # fmt: skip
    return [*words, *typed(form_field.value, edges, style)]


def _with_signature(words: list[Word], form_field: FormField, index: int, edges: Edges) -> list[Word]:
    """What the file says of a signature, where its picture does not say it in words."""
    text = "\n".join(part for part in (form_field.value, form_field.signed_on) if part)
    if any(_middle_in(word, edges) for word in words):
        return words
    return [*words, *typed(text, edges, TextStyle(multi_line=True, field=index, frame=index))]


def _tall(edges: Edges) -> bool:
    return edges[3] - edges[1] > 26


def _middle_in(word: Word, edges: Edges) -> bool:
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return edges[0] - 1 <= across <= edges[2] + 1 and edges[1] - 1 <= down <= edges[3] + 1


def _overlap(word: Word, edges: Edges) -> bool:
    across, down = (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2
    return _middle_in(word, edges) or (word.x0 <= across <= word.x1 and word.top <= down <= word.bottom)


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
