"""Reads what people put on top of a PDF page: typed notes, strike-outs, highlights, ink. Form fields live elsewhere.

pdfium's text page sees only the page itself. Notes whose look is stored are therefore painted into the page first;
those that are only described (a text, a box) are laid out here.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pikepdf
import pypdfium2.raw as pdfium_c

from parsers.pdf.drawings import Line, Shape
from parsers.pdf.fields import BROKEN, PdfBox, annotations_of, box_of, is_shown, text_of
from parsers.pdf.upright import Upright, visible_box

_MARKUPS = {"/StrikeOut", "/Highlight", "/Underline", "/Squiggly"}
_PAINTED = {"/FreeText", "/Stamp", "/Ink", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"}
_TAG = re.compile(r"<[^>]*>")
_MOST_ANNOTATIONS = 5_000


@dataclass(frozen=True, slots=True)
class Notes:
    """The annotations of one page, sorted by what has to be done with them."""

    typed: tuple[tuple[PdfBox, str], ...] = ()
    """Text typed on the page, with its box."""
    markups: tuple[tuple[str, PdfBox], ...] = ()
    """("/StrikeOut", box of the text) and so on."""
    painted: frozenset[int] = frozenset()
    """Places among the page's annotations of those that have a look of their own."""
    attached: int = 0
    """Number of comments that are not on the page itself."""


def read_notes(page: pikepdf.Object) -> Notes:
    """The notes of one page."""
    found = _Found()
    for place, note in enumerate(annotations_of(page)[:_MOST_ANNOTATIONS]):
        with suppress(*BROKEN):
            _add(found, note, place)
    return Notes(tuple(found.typed), tuple(found.markups), frozenset(found.painted), found.attached)


@dataclass(slots=True)
class _Found:
    typed: list[tuple[PdfBox, str]] = field(default_factory=list)
    markups: list[tuple[str, PdfBox]] = field(default_factory=list)
    painted: set[int] = field(default_factory=set)
    attached: int = 0


def _add(found: _Found, note: pikepdf.Dictionary, place: int) -> None:
    kind, box = str(note.get("/Subtype")), box_of(note)
    if box is None or not is_shown(note):
        return
    if kind in _MARKUPS:
        found.markups += [(kind, quad) for quad in _quads(note) or [box]]
    elif kind == "/Text":
        found.attached += bool(text_of(note.get("/Contents")).strip())
    elif _is_signature(note) or kind in _PAINTED:
        if _has_look(note):
            found.painted.add(place)
        if kind == "/FreeText" and (text := _typed_text(note)):
            found.typed.append((box, text))


def _is_signature(note: pikepdf.Dictionary) -> bool:
    return note.get("/Subtype") == "/Widget" and note.get("/FT") == "/Sig"


def _has_look(note: pikepdf.Dictionary) -> bool:
    looks = note.get("/AP")
    return isinstance(looks, pikepdf.Dictionary) and isinstance(looks.get("/N"), pikepdf.Stream)


def _typed_text(note: pikepdf.Dictionary) -> str:
    plain = text_of(note.get("/Contents")).strip()
    if plain:
        return plain
    rich = text_of(note.get("/RC"))
    return unescape(_TAG.sub(" ", re.sub(r"</p>|<br\s*/?>", "\n", rich))).strip()


def _quads(note: pikepdf.Dictionary) -> list[PdfBox]:
    try:
        numbers = [float(one) for one in note["/QuadPoints"]]  # type: ignore[attr-defined, arg-type, unused-ignore]
    except (KeyError, TypeError, ValueError):
        return []
    quads = []
    for start in range(0, min(len(numbers), 8_000) - 7, 8):
        across, down = numbers[start : start + 8 : 2], numbers[start + 1 : start + 8 : 2]
        quads.append((min(across), min(down), max(across), max(down)))
    return quads


def paint(drawn: Any, number: int, painted: frozenset[int], count: int) -> None:
    """Makes the chosen annotations part of the page, and takes the others away. `count`: how many there are."""
    page = drawn[number - 1]
    try:
        if pdfium_c.FPDFPage_GetAnnotCount(page) != count:
            return
        for place in range(count - 1, -1, -1):
            if place not in painted:
                pdfium_c.FPDFPage_RemoveAnnot(page, place)
        # Painting gives a page that inherits its size the size of a letter, unless the size is its own.
        page.set_mediabox(*visible_box(page))
        pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    finally:
        page.close()


def drawn_markups(notes: Notes, upright: Upright) -> tuple[list[Line], list[Shape]]:
    """Strike-outs and underlines as lines, highlights as filled shapes, as if they were drawn on the page."""
    lines, fills = [], []
    for kind, quad in notes.markups:
        x0, top, x1, bottom = upright.box(*quad)
        if kind == "/Highlight":
            fills.append(Shape(x0, top, x1, bottom, True, False, (255, 255, 0)))
        else:
            depth = 0.52 if kind == "/StrikeOut" else 0.92
            lines.append(Line(True, top + depth * (bottom - top), x0, x1, 0.5, (255, 0, 0)))
    return lines, fills
