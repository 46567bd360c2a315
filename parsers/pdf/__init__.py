"""Reads a PDF into a sheet: characters, words, cells, marks and fields of all pages. Scanned pages are only named."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from parsers import limits
from parsers.forms import NotReadable
from parsers.pdf.cells import Grids
from parsers.pdf.fields import BROKEN, FormField, annotations_of, read_fields
from parsers.pdf.growing import Growing
from parsers.pdf.lines import arranged
from parsers.pdf.notes import paint, read_notes
from parsers.pdf.opening import DAMAGED_REASON, MOST_PAGES, OpenPdf, opened, upright_page
from parsers.pdf.page import PageContent, PutOn, read_page
from parsers.pdf.rendering import render, render_grey
from parsers.pdf.upright import Upright
from parsers.pdf.xfa import WARNING, Answer, complete, laid_out, read_answers
from parsers.tokens import Box, Field, Page, Sheet

__all__ = ["PdfPaper", "read", "render", "render_grey"]


_PAGE_SECONDS = 0.15
"""What each page adds to the time for the whole file: reading one takes a twentieth of a second at most, its values as much."""


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A PDF as read."""

    sheet: Sheet
    image_pages: tuple[int, ...]
    """Pages, from 1, whose text must come from OCR: a picture, or text that makes no sense. On the sheet such a page has
    the source "ocr" and only the values of its form fields and the notes typed on it."""


def read(data: bytes) -> PdfPaper:
    """The sheet of a PDF and the pages that need OCR. Raises `NotReadable`."""
    with opened(data) as pdf:
        try:
            return _read(pdf)
        except (pdfium.PdfiumError, *BROKEN) as error:
            raise NotReadable(DAMAGED_REASON) from error


def _read(pdf: OpenPdf) -> PdfPaper:
    growing = Growing()
    fields, damaged = read_fields(pdf.file, MOST_PAGES)
    answers = read_answers(pdf.file)
    if answers and not fields:
        return _read_answers(pdf, answers)
    complete(fields, answers)
    uprights: dict[int, Upright] = {}
    for number in range(1, min(pdf.page_count, len(pdf.file.pages), MOST_PAGES) + 1):
        limits.earn(_PAGE_SECONDS)
        uprights[number] = _add_page(growing, pdf, number, fields)
    if pdf.page_count > MOST_PAGES:
        growing.warnings.append(f"The file has {pdf.page_count} pages; only the first {MOST_PAGES} were read.")
    if damaged:
        growing.warnings.append("Some form fields of the file are damaged and were not read.")
    growing.fields += [_field(one, uprights) for one in fields]
    return _paper(growing)


def _read_answers(pdf: OpenPdf, answers: list[Answer]) -> PdfPaper:
    """The paper of a form that has nothing but stored answers."""
    page = pdf.drawn[0]
    upright = Upright.of(page, 1)
    page.close()
    fields, words = laid_out(answers, upright.width, upright.height)
    content = PageContent(upright, arranged(words, (), []), Grids((), (), ()), [], [], is_image=False, cut=False)
    growing = Growing(warnings=[WARNING])
    _add_content(growing, content)
    growing.fields += [_field(one, {1: upright}) for one in fields]
    return _paper(growing)


def _paper(growing: Growing) -> PdfPaper:
    image_pages = tuple(page.number for page in growing.pages if page.source == "ocr")
    return PdfPaper(growing.sheet("form" if growing.fields else "pdf"), image_pages)


def _add_page(growing: Growing, pdf: OpenPdf, number: int, fields: list[FormField]) -> Upright:
    objects = pdf.file.pages[number - 1].obj
    notes = read_notes(objects)
    if notes.painted:
        paint(pdf.drawn, number, notes.painted, len(annotations_of(objects)))
    page, text_page = upright_page(pdf.drawn, number)
    upright = Upright.of(page, number)
    content = read_page(page, text_page, upright, PutOn(fields, notes))
    text_page.close()
    page.close()
    if content.cut:
        growing.warnings.append(f"Page {number} holds more text or drawing than a form; the rest of it was not read.")
    if notes.attached:
        growing.warnings.append(f"Page {number} has comments attached to it, which are not part of the form and were not read.")
    _add_content(growing, content)
    return upright


def _add_content(growing: Growing, content: PageContent) -> None:
    upright = content.upright
    source = "ocr" if content.is_image else "digital"
    growing.add(Page(upright.number, upright.width, upright.height, upright.turned, source=source), content)


def _field(found: FormField, uprights: dict[int, Upright]) -> Field:
    widget = found.widgets[0]
    upright = uprights.get(widget.page)
    box = Box(widget.page, *upright.box(*widget.box)) if upright is not None else None
    value = None if found.prompt else found.value
    return Field(found.name, found.kind, value, box, found.title, found.options, known_by="form field")
