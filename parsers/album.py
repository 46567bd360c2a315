"""Several pictures of one paper: which of them are its pages, and in which order. What each says is read by `scan`.

A picture that is no page of the paper (a logo, a certificate, a second form's PDF) is left out, to be read by itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeVar

import pillow_heif
from PIL import Image

from parsers import limits, pdf, scan
from parsers.filetypes import IMAGES, FileType, true_type
from parsers.forms import FIELD_TYPES, NotReadable, Shot
from parsers.kinds import belongs_to_family, find_titles
from parsers.labels import Zone
from parsers.labels.words import words_of
from parsers.layout.blocks import cut_into_blocks
from parsers.layout.labels import find_entries
from parsers.paging import printed_number
from parsers.pdf import render_grey
from parsers.scan.straight import DPI
from parsers.split import pages_of
from parsers.tokens import Cell, Mark, Sheet, Token

_FEW_WORDS = 8
"""A picture with no more words and no place to fill in is a logo, a signature or the back of a page."""
_LABELS = 2
"""Fields that a page must ask for to be a page of a form by that alone."""
_SURE_LABEL = 0.6
_FIRST_LINES = 4
_OTHER = re.compile(
    r"\b(certificate|certify|curriculum vitae|newsletter|invoice|timetable|lesson plan|agenda|remittance|bulletin|driving licence|passport)\b"
)
_TAKEN, _FRACTION = 0x9003, 0x9291
_CAMERA = 0x8769
_Part = TypeVar("_Part", Token, Mark)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pages of an album as one scan. Places count the pictures as they were handed in, from 0."""

    scanned: scan.ScanPaper
    origins: tuple[int, ...]
    """For each page, in order, the place of its picture."""
    left_out: tuple[int, ...]


def gather(shots: Sequence[Shot], *, shown: bool) -> Gathered:
    """Read the pictures as one paper. Raises `NotReadable` where none of them can be opened."""
    pictures = [(place, one) for place in in_order(shots) if (one := _page(shots[place])) is not None]
    if not pictures:
        raise NotReadable("None of these pictures could be opened as a page.")
    scanned = scan.read_pictures([one for _, one in pictures], shown=shown)
    places = dict(enumerate((place for place, _ in pictures), start=1))
    facts = {number: _facts(scanned.sheet, number) for number in places}
    # Where nothing looks like a form, the pictures stay together and are told to be none.
    pages = [number for number in places if facts[number].belongs] or list(places)
    chosen = _as_bound(pages, facts)
    origins = tuple(places[number] for number in chosen)
    left_out = tuple(place for place in range(len(shots)) if place not in origins)
    doubts = tuple(
        f"{shots[places[number]].name or 'A picture'} was not taken for a page of this paper and is read by itself."
        for number in places
        if number not in chosen and facts[number].words > _FEW_WORDS
    )
    return Gathered(_chosen(scanned, chosen, doubts), origins, left_out)


def in_order(shots: Sequence[Shot]) -> list[int]:
    """The places of pictures as a person took them: by the numbers of their names, else by the camera's clock."""
    places = list(range(len(shots)))
    numbers = [tuple(int(one) for one in re.findall(r"\d{1,9}", PurePath(shot.name).stem)) for shot in shots]
    stems = {re.sub(r"[\d\W_]+", "", PurePath(shot.name).stem.casefold()) for shot in shots}
    if len(stems) == 1 and len(set(numbers)) == len(shots):
        return sorted(places, key=lambda place: numbers[place])
    taken = [_taken(shot.data) for shot in shots]
    if all(taken) and len(set(taken)) == len(shots):
        return sorted(places, key=lambda place: taken[place])
    return places


def _taken(data: bytes) -> str:
    """When the camera says that it took the picture; empty where it does not."""
    try:
        if true_type(data) is FileType.HEIC:
            exif = Image.Exif()
            exif.load(pillow_heif.open_heif(io.BytesIO(data)).info.get("exif") or b"")
        else:
            with Image.open(io.BytesIO(data)) as image:
                exif = image.getexif()
        told = exif.get_ifd(_CAMERA)
        return f"{told[_TAKEN]}.{told.get(_FRACTION, '')}" if _TAKEN in told else ""
    except Exception:  # noqa: BLE001 - every format has its own way to fail, and a picture without a moment is no fault
        return ""


def _page(shot: Shot) -> scan.Picture | None:
    """The picture as a page; None for what is damaged, has several pages, or is no picture."""
    limits.allow(10)
    kind = true_type(shot.data)
    try:
        if kind is FileType.PDF:
            return _page_of_pdf(shot.data)
        pictures = scan.open_images(shot.data) if kind in IMAGES else []
    except NotReadable:
        return None
    return pictures[0] if len(pictures) == 1 else None


def _page_of_pdf(data: bytes) -> scan.Picture | None:
    paper = pdf.read(data)
    if paper.image_pages != (1,) or len(paper.sheet.pages) != 1 or paper.sheet.fields:
        return None
    return next((scan.Picture(grey, 72 * scale) for _, grey, scale in render_grey(data, [1], DPI / 72)), None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a page shows of being a page of a form."""

    words: int
    titled: bool
    asks: int
    family: bool
    other: bool
    """Whether it says at its top that it is something else, such as a certificate."""
    number: tuple[int, int] | None
    """Its printed number, and of how many."""

    @property
    def belongs(self) -> bool:
        if self.titled or self.words <= _FEW_WORDS:
            return self.titled or self.asks > 0 or self.number is not None
        return not self.other and (self.asks >= _LABELS or self.number is not None or self.family)


def _facts(sheet: Sheet, number: int) -> _Facts:
    page = pages_of(sheet, number, number)
    paper = cut_into_blocks(page)
    asked = {
        entry.label.key
        for block in paper.blocks
        if 0 < len(block.items) <= 60
        for entry in find_entries(block, Zone.DETAILS, tolerant=True)
        if entry.label.key in FIELD_TYPES and entry.label.strength >= _SURE_LABEL
    }
    titles = [one for one in find_titles(paper) if one.strength >= _SURE_LABEL]
    words = sum(len(token.text) > 1 and any(map(str.isalpha, token.text)) for token in page.tokens)
    first = " ".join(" ".join(words_of(block.text)) for block in paper.blocks[:_FIRST_LINES] if block.tokens)
    return _Facts(
        words,
        bool(titles),
        len(asked),
        belongs_to_family(paper),
        bool(_OTHER.search(first)),
        printed_number(page, page.pages[0]),
    )


def _as_bound(pages: list[int], facts: dict[int, _Facts]) -> list[int]:
    """The pages by the numbers printed on them, where all are numbered as pages of one paper; else a lone title first."""
    numbers = [facts[page].number for page in pages]
    if None not in numbers and len(set(numbers)) == len(pages) and len({one[1] for one in numbers if one}) == 1:
        return sorted(pages, key=lambda page: facts[page].number or (0, 0))
    titled = [page for page in pages if facts[page].titled]
    return [*titled, *(page for page in pages if page not in titled)] if len(titled) == 1 else pages


def _chosen(scanned: scan.ScanPaper, pages: list[int], warnings: tuple[str, ...]) -> scan.ScanPaper:
    """The scan of these pages alone, in this order and numbered from 1."""
    sheet = scanned.sheet
    if pages != [page.number for page in sheet.pages]:
        number = {old: new for new, old in enumerate(pages, start=1)}
        images = [replace(one, number=number[one.number]) for one in scanned.images if one.number in number]
        images.sort(key=lambda one: one.number)
        look = replace(scanned.look, pages={number[old]: page for old, page in scanned.look.pages.items() if old in number})
        scanned = scan.ScanPaper(_renumbered(sheet, number), tuple(images), look)
    return replace(scanned, sheet=replace(scanned.sheet, warnings=(*scanned.sheet.warnings, *warnings)))


def _renumbered(sheet: Sheet, number: dict[int, int]) -> Sheet:
    """The sheet with some of its pages, under new numbers; everything else is counted anew in their order."""
    cells = [(index, cell) for index, cell in enumerate(sheet.cells) if cell.box.page in number]
    cells.sort(key=lambda one: (number[one[1].box.page], one[0]))
    cell_of = {old: new for new, (old, _) in enumerate(cells)}
    tables = _ranks((number[cell.box.page], cell.table) for _, cell in cells)
    every: tuple[Token | Mark, ...] = (*sheet.tokens, *sheet.marks)
    both = [one for one in every if one.box.page in number]
    orders = _ranks((number[one.box.page], one.order) for one in both)
    lines = _ranks((number[one.box.page], one.line) for one in both)
    paragraphs = _ranks((number[one.box.page], one.paragraph) for one in both)

    def moved(one: _Part) -> _Part:
        page = number[one.box.page]
        return replace(
            one,
            box=replace(one.box, page=page),
            order=orders[page, one.order],
            line=lines[page, one.line],
            paragraph=paragraphs[page, one.paragraph],
            cell=None if one.cell is None else cell_of[one.cell],
        )

    def rehung(cell: Cell) -> Cell:
        page = number[cell.box.page]
        parent = None if cell.parent is None else cell_of[cell.parent]
        return replace(cell, box=replace(cell.box, page=page), table=tables[page, cell.table], parent=parent)

    return replace(
        sheet,
        pages=tuple(sorted((replace(one, number=number[one.number]) for one in sheet.pages if one.number in number),
                           key=lambda one: one.number)),
        tokens=tuple(sorted((moved(one) for one in sheet.tokens if one.box.page in number), key=lambda one: one.order)),
        marks=tuple(sorted((moved(one) for one in sheet.marks if one.box.page in number), key=lambda one: one.order)),
        cells=tuple(rehung(cell) for _, cell in cells),
        rules=tuple(replace(one, box=replace(one.box, page=number[one.box.page])) for one in sheet.rules if one.box.page in number),
    )  # fmt: skip


def _ranks(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    return {key: rank for rank, key in enumerate(sorted(set(keys)))}
