"""Reads pictures of paper into a sheet: scans, photos, and the pages of a PDF that are only pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from parsers import limits
from parsers.forms import NotReadable, PageImage
from parsers.pdf import PdfPaper, render_grey
from parsers.pdf.growing import Growing
from parsers.scan.again import doubtful, read_again
from parsers.scan.completing import completed
from parsers.scan.images import Picture, open_images, page_count
from parsers.scan.page import read_page, viewed
from parsers.scan.second import SecondEngine
from parsers.scan.straight import DPI, Pixels
from parsers.scan.words import Engine, engine, start_ahead
from parsers.tokens import Page, Sheet

__all__ = [
    "Picture",
    "ScanPaper",
    "SecondLook",
    "completed",
    "open_images",
    "read_file",
    "read_image_pages",
    "read_images",
    "read_pictures",
    "warm",
]

_PAGE_SECONDS = 25.0
"""What one page may take at most; it usually takes one."""
_TOO_INTRICATE = "Page {number} has far more drawn on it than any form, so it was not read."
_DOUBTFUL = 0.88
_MOST_AGAIN = 60
"""Stretches of a page that are read twice because the first engine is not sure of them; a tenth of a second holds six."""


def warm() -> None:
    """Read a page of our own and start both engines, so that the processes forked later have what that takes."""
    # A thread that helps here would be missing after the fork, and be waited for.
    cv2.setNumThreads(1)
    page = np.full((2339, 1654), 255, np.uint8)
    for line in range(300, 2300, 600):
        cv2.putText(page, "Name of the early career teacher", (200, line), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0,), 2)
    with contextlib.suppress(NotReadable):
        read_images([Picture(page, DPI)])
    SecondEngine().words(page[250:330, 180:900])
    start_ahead()


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Reads words of a sheet a second time on the pages that they were read from."""

    pages: dict[int, Pixels]
    engine: SecondEngine

    def __call__(self, sheet: Sheet, wanted: Collection[int]) -> Sheet:
        """The sheet with the words of these orders settled by another engine, where there is one."""
        return read_again(sheet, wanted, self.pages, self.engine)

    def at_doubtful(self, sheet: Sheet) -> Sheet:
        return read_again(sheet, doubtful(sheet, _DOUBTFUL), self.pages, self.engine, _MOST_AGAIN * len(self.pages))


@dataclass(frozen=True, slots=True)
class ScanPaper:
    """Pictures of pages as read, with what shows them to people: the straightened pages that the boxes lie on."""

    sheet: Sheet
    images: tuple[PageImage, ...]
    look: SecondLook


def read_file(data: bytes, *, shown: bool = True) -> ScanPaper:
    """A picture file, page by page. Raises `NotReadable`."""
    pictures = open_images(data)
    paper = read_pictures(pictures, shown=shown)
    whole = page_count(data)
    if whole > len(pictures):
        left_out = f"The file has {whole} pages; only the first {len(pictures)} were read."
        return replace(paper, sheet=replace(paper.sheet, warnings=(*paper.sheet.warnings, left_out)))
    return paper


def read_image_pages(data: bytes, paper: PdfPaper, *, shown: bool = True) -> ScanPaper:
    """The sheet of a PDF with its picture pages read; only these pages are among its images. Raises `NotReadable`."""
    sheet = paper.sheet
    images: list[PageImage] = []
    look = SecondLook({}, SecondEngine())
    unwarped = False
    # The values of its form fields are on the sheet already.
    fields = any(field.box is not None for field in sheet.fields)
    with engine() as reading:
        for number in paper.image_pages:
            limits.allow(_PAGE_SECONDS)
            drawn = render_grey(data, [number], DPI / 72, fields=not fields)
            if not drawn:
                sheet = replace(sheet, warnings=(*sheet.warnings, _TOO_INTRICATE.format(number=number)))
            for _, grey, scale in drawn:
                read = _read([Picture(grey, 72 * scale)], number, "scan", reading, look, shown=shown)
                sheet = completed(sheet, read.sheet)
                images += read.images
                unwarped |= read.sheet.source == "photo"
    whole = len(paper.image_pages) == len(sheet.pages) and not fields
    return ScanPaper(replace(sheet, source="photo" if unwarped else "scan") if whole else sheet, tuple(images), look)


def read_images(images: Sequence[Picture], first_page: int = 1, source: str = "scan") -> Sheet:
    """The sheet of these pages, numbered from `first_page`. Raises `NotReadable` where there is no engine."""
    return read_pictures(images, first_page, source, shown=False).sheet


def read_pictures(images: Sequence[Picture], first_page: int = 1, source: str = "scan", *, shown: bool = True) -> ScanPaper:
    """The sheet and the straightened pages. A `source` of "scan" becomes "photo" where paper was found on a photo."""
    with engine() as reading:
        return _read(images, first_page, source, reading, SecondLook({}, SecondEngine()), shown=shown)


def _read(
    images: Sequence[Picture], first_page: int, source: str, reading: Engine, look: SecondLook, *, shown: bool
) -> ScanPaper:
    growing, shown_pages, unwarped = Growing(), list[PageImage](), False
    for number, picture in enumerate(images, first_page):
        limits.allow(_PAGE_SECONDS)
        page = read_page(picture, reading)
        look.pages[number] = page.clean
        if shown:
            shown_pages.append(viewed(page, number))
        straight = page.straight
        unwarped |= straight.unwarped
        growing.add(Page(number, straight.width, straight.height, straight.turned, straight.skew, source="ocr"), page)
    found = "photo" if unwarped and source == "scan" else source
    return ScanPaper(look.at_doubtful(growing.sheet(found)), tuple(shown_pages), look)
