"""The Word reader: bytes of a .docx, .docm, .dotx or strict file to a sheet, its accessible HTML and its pictures.

Meaning is read elsewhere, and .doc and .rtf are converted elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from parsers.tokens import Sheet
from parsers.word.accessible import written
from parsers.word.flow import Picture
from parsers.word.geometry import laid_out
from parsers.word.walk import flow_of


@dataclass(frozen=True, slots=True)
class WordPaper:
    """A file of a word processor as read. `pictures` are its raster images: a scan may be pasted into it."""

    sheet: Sheet
    html: str
    pictures: tuple[Picture, ...] = ()


def read(data: bytes, *, shown: bool = True) -> WordPaper:
    """The paper in a Word file, with its HTML if it is to be shown. Raises `NotReadable` with the reason, and nothing else."""
    flow = flow_of(data)
    return WordPaper(laid_out(flow), written(flow) if shown else "", flow.pictures)


def read_sheet(data: bytes) -> Sheet:
    """The sheet alone. Raises `NotReadable`."""
    return laid_out(flow_of(data))
