"""Which reader reads a file, by what its bytes are and never by its name, and what its papers say."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from parsers import digital, scan
from parsers.album import gather
from parsers.forms import NotReadable, ReadFile, Shot, Unreadable
from parsers.learned import Layouts
from parsers.pdf import PdfPaper
from parsers.scan import images as scan_images


class _Scanner:
    """`parsers.digital.Pictures`, by `parsers.scan`."""

    def of_file(self, data: bytes, *, shown: bool) -> scan.ScanPaper:
        return scan.read_file(data, shown=shown)

    def pasted(self, pictures: Sequence[bytes], *, shown: bool) -> scan.ScanPaper | None:
        pages: list[scan_images.Picture] = []
        for content in pictures:
            with contextlib.suppress(NotReadable):
                pages += scan.open_images(content)
        return scan.read_pictures(pages, shown=shown) if pages else None

    def of_pages(self, data: bytes, paper: PdfPaper, *, shown: bool) -> scan.ScanPaper:
        return scan.read_image_pages(data, paper, shown=shown)


def read(data: bytes, name: str, layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
    """Read one file. `name` is for words to people only; `layouts` is the extract of learned layouts as JSON.

    `shown=False` leaves out the sheet, the page images and the HTML, which only a person's screen needs.
    """
    del name
    return digital.read_with(_Scanner(), data, layouts, shown=shown)


def read_together(shots: Sequence[Shot], layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
    """Read several pictures as pages of one paper, or of several that follow each other. Arguments as in `read`."""
    try:
        known = Layouts.from_json(layouts) if layouts else None
        gathered = gather(shots, shown=shown)
        papers = digital.papers_of(gathered.scanned, known, shown=shown)
    except NotReadable as problem:
        return Unreadable(str(problem))
    return ReadFile(papers, gathered.scanned.images, origins=gathered.origins, left_out=gathered.left_out)


def warm() -> None:
    """As `parsers.digital.warm`, and start the engines."""
    digital.warm()
    scan.warm()
