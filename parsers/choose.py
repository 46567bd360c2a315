"""Which reader reads a file, by what its bytes are and never by its name, and what its papers say."""

from __future__ import annotations

import contextlib

from parsers import odt, pdf, scan, word
from parsers.extract import extract, values_of
from parsers.filetypes import IMAGES, WORD_PACKAGES, FileType, true_type
from parsers.forms import NotReadable, ReadFile, ReadPaper, Unreadable
from parsers.learned import Layouts
from parsers.pdf import rendering as pdf_rendering
from parsers.scan import images as scan_images
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


def read(data: bytes, name: str, layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
    """Read one file. `name` is for words to people only; `layouts` is the extract of learned layouts as JSON.

    `shown=False` leaves out the sheet, the page images and the HTML, which only a person's screen needs.
    """
    del name
    try:
        known = Layouts.from_json(layouts) if layouts else None
        return _read(data, known, shown=shown)
    except NotReadable as problem:
        return Unreadable(str(problem))


def warm() -> None:
    """Read papers of our own once: what reading builds on the way is then there for every child forked later."""
    for paper in papers():
        read(paper, "")


def _read(data: bytes, layouts: Layouts | None, *, shown: bool) -> ReadFile:
    kind = true_type(data)
    if kind in WORD_PACKAGES or kind is FileType.ODT:
        text = (word if kind in WORD_PACKAGES else odt).read(data, shown=shown)
        return _read_text(text, layouts, shown=shown)
    if kind is FileType.PDF:
        return _read_pdf(data, layouts, shown=shown)
    if kind in IMAGES:
        scanned = scan.read_file(data, shown=shown)
        return ReadFile(_papers(scanned.sheet, layouts, scanned.look, shown=shown), scanned.images if shown else ())
    raise NotReadable(_ADVICE.get(kind, _UNKNOWN))


def _read_text(text: WordPaper, layouts: Layouts | None, *, shown: bool) -> ReadFile:
    """A file of a word processor; where it only holds pictures, these are the paper."""
    if len(text.sheet.tokens) > _FEW_WORDS or not text.pictures:
        return ReadFile(_papers(text.sheet, layouts, shown=shown), html=text.html if shown else None)
    pages: list[scan_images.Picture] = []
    for picture in text.pictures:
        with contextlib.suppress(NotReadable):
            pages += scan.open_images(picture.content)
    scanned = scan.read_pictures(pages, shown=shown) if pages else None
    if scanned is None:
        return ReadFile(_papers(text.sheet, layouts, shown=shown), html=text.html if shown else None)
    return ReadFile(_papers(scanned.sheet, layouts, scanned.look, shown=shown), scanned.images if shown else ())


def _read_pdf(data: bytes, layouts: Layouts | None, *, shown: bool) -> ReadFile:
    paper = pdf.read(data)
    sheet = paper.sheet
    # People see a scanned page as it was straightened, because that is where its words lie.
    drawn = [page.number for page in sheet.pages if page.number not in paper.image_pages]
    images = tuple(pdf_rendering.render(data, drawn)) if shown else ()
    if not paper.image_pages:
        return ReadFile(_papers(sheet, layouts, shown=shown), images)
    scanned = scan.read_image_pages(data, paper, shown=shown)
    images = tuple(sorted((*images, *scanned.images), key=lambda image: image.number))
    return ReadFile(_papers(scanned.sheet, layouts, scanned.look, shown=shown), images)


def _papers(
    sheet: Sheet, layouts: Layouts | None, look: scan.SecondLook | None = None, *, shown: bool
) -> tuple[ReadPaper, ...]:
    """The papers of one file; a file of a word processor has no pages of its own to tell."""
    return tuple(_paper(part, layouts, look, shown=shown) for part in split_papers(sheet))


def _paper(part: Part, layouts: Layouts | None, look: scan.SecondLook | None, *, shown: bool) -> ReadPaper:
    sheet, blocks = part.sheet, part.paper
    if look is not None:
        sheet, blocks = look(sheet, values_of(sheet, layouts, blocks)), None
    return ReadPaper(extract(sheet, part.pages, layouts, blocks), sheet.to_json() if shown else {})
