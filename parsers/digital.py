"""Reads files whose text is there as text: Word, OpenDocument, PDF. Pictures of paper are left to whoever can read them.

The libraries for pictures take three quarters of the memory of a process that has them all, and every fork pays for that.
So this module knows none of them: `parsers.choose` puts it together with `parsers.scan`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Protocol

from parsers import odt, pdf, word
from parsers.extract import extract, values_of
from parsers.filetypes import IMAGES, WORD_PACKAGES, FileType, true_type
from parsers.forms import NeedsPictures, NotReadable, PageImage, ReadFile, ReadPaper, Unreadable
from parsers.learned import Layouts
from parsers.paging import missing_pages
from parsers.pdf import PdfPaper
from parsers.pdf import rendering as pdf_rendering
from parsers.split import Part, split_papers
from parsers.tokens import Sheet
from parsers.warming import papers
from parsers.word import WordPaper

_FEW_WORDS = 25
"""A file of a word processor with no more words than this and with pictures is a scan that was pasted in."""

_UNKNOWN = "This kind of file is not one that forms come in."
_ADVICE = {
    FileType.EMPTY: "The file is empty.",
    FileType.ENCRYPTED_OFFICE: "The file is protected with a password. Please send a copy without one.",
    FileType.ZIP: "This is a zip archive. Please send the form itself as a Word or PDF file.",
    FileType.DOC: "This is an old Word file (.doc). Please save it as .docx or PDF and send it again.",
    FileType.RTF: "This is an RTF file. Please save it as .docx or PDF and send it again.",
    FileType.PAGES: "This is an Apple Pages file. Please export it as Word or PDF and send it again.",
    FileType.XLSX: "This is a spreadsheet. Forms are read from Word and PDF files and from scans.",
    FileType.XLS: "This is a spreadsheet. Forms are read from Word and PDF files and from scans.",
    FileType.UNKNOWN: "The file is damaged, or of a kind that is not known here.",
}
"""What to tell a coordinator about a file that no reader takes."""

Look = Callable[[Sheet, Collection[int]], Sheet]
"""Reads words of a sheet again on the pictures that they were read from."""


class Scanned(Protocol):
    """Pictures of pages as read."""

    @property
    def sheet(self) -> Sheet: ...

    @property
    def images(self) -> tuple[PageImage, ...]: ...

    @property
    def look(self) -> Look: ...


class Pictures(Protocol):
    """Reads pictures of paper. Every act raises `NotReadable`."""

    def of_file(self, data: bytes, *, shown: bool) -> Scanned:
        """A picture file."""
        ...

    def pasted(self, pictures: Sequence[bytes], *, shown: bool) -> Scanned | None:
        """Picture files from within another file; None where none of them can be opened."""
        ...

    def of_pages(self, data: bytes, paper: PdfPaper, *, shown: bool) -> Scanned:
        """The pages of a PDF that are only pictures."""
        ...


def read(data: bytes, name: str, layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
    """As `parsers.choose.read`. Raises `NeedsPictures` for a file that holds pictures of paper."""
    del name
    return read_with(None, data, layouts, shown=shown)


def warm() -> None:
    """Read papers of our own once: what reading builds on the way is then there for every child forked later."""
    for paper in papers():
        read(paper, "")


def read_with(pictures: Pictures | None, data: bytes, layouts: str | None, *, shown: bool) -> ReadFile | Unreadable:
    """Read a file, its pictures with `pictures`. Raises `NeedsPictures` where it holds some and there is nobody to read them."""
    try:
        known = Layouts.from_json(layouts) if layouts else None
        return _Reading(pictures, known, shown=shown).of(data)
    except NotReadable as problem:
        return Unreadable(str(problem))


def papers_of(scanned: Scanned, layouts: Layouts | None, *, shown: bool) -> tuple[ReadPaper, ...]:
    """The papers on pictures of pages."""
    return _Reading(None, layouts, shown=shown).papers(scanned.sheet, scanned.look)


class _Reading:
    """Reads one file. `shown=False` leaves out the sheet, the page images and the HTML."""

    def __init__(self, pictures: Pictures | None, layouts: Layouts | None, *, shown: bool) -> None:
        self._pictures, self._layouts, self._shown = pictures, layouts, shown

    @property
    def _scanner(self) -> Pictures:
        if self._pictures is None:
            raise NeedsPictures
        return self._pictures

    def of(self, data: bytes) -> ReadFile:
        kind = true_type(data)
        if kind in WORD_PACKAGES or kind is FileType.ODT:
            return self._text((word if kind in WORD_PACKAGES else odt).read(data, shown=self._shown))
        if kind is FileType.PDF:
            return self._pdf(data)
        if kind in IMAGES:
            return self._scanned(self._scanner.of_file(data, shown=self._shown))
        raise NotReadable(_ADVICE.get(kind, _UNKNOWN))

    def _text(self, text: WordPaper) -> ReadFile:
        """A file of a word processor; where it only holds pictures, these are the paper."""
        if len(text.sheet.tokens) <= _FEW_WORDS and text.pictures:
            scanned = self._scanner.pasted([picture.content for picture in text.pictures], shown=self._shown)
            if scanned is not None:
                return self._scanned(scanned)
        return ReadFile(self.papers(text.sheet), html=text.html if self._shown else None)

    def _scanned(self, scanned: Scanned) -> ReadFile:
        return ReadFile(self.papers(scanned.sheet, scanned.look), scanned.images if self._shown else ())

    def _pdf(self, data: bytes) -> ReadFile:
        paper = pdf.read(data)
        scanned = self._scanner.of_pages(data, paper, shown=self._shown) if paper.image_pages else None
        # People see a scanned page as it was straightened, because that is where its words lie.
        drawn = [page.number for page in paper.sheet.pages if page.number not in paper.image_pages]
        images = tuple(pdf_rendering.render(data, drawn)) if self._shown else ()
        if scanned is None:
            return ReadFile(self.papers(paper.sheet), images)
        images = tuple(sorted((*images, *scanned.images), key=lambda image: image.number))
        return ReadFile(self.papers(scanned.sheet, scanned.look), images)

    def papers(self, sheet: Sheet, look: Look | None = None) -> tuple[ReadPaper, ...]:
        """The papers of one file; a file of a word processor has no pages of its own to tell."""
        return tuple(self._paper(part, look) for part in split_papers(sheet))

    def _paper(self, part: Part, look: Look | None) -> ReadPaper:
        sheet, blocks = part.sheet, part.paper
        if look is not None:
            sheet, blocks = look(sheet, values_of(sheet, self._layouts, blocks)), None
        form = extract(sheet, part.pages, self._layouts, blocks)
        if look is not None and (missing := missing_pages(sheet)):
            reason = form.kind_reason or (missing if form.kind is None else None)
            form = replace(form, warnings=(*form.warnings, missing), kind_reason=reason)
        return ReadPaper(form, sheet.to_json() if self._shown else {})
