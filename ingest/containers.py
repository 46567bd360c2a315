"""Opening what holds other files: zip archives, and the words for what cannot be opened.

winmail.dat is `outlook`, signed letters are `sealed`, letters inside letters are `contents`; each content gets a row of its own.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

DAMAGED = "This file inside the archive is damaged. Please ask for it to be sent again."
UNUSUAL = "This file inside the archive is packed in an unusual way. Please ask for it to be sent by itself."
TOO_LARGE = "Together the files of this letter are larger than can be opened. Please ask for this one by itself."

OUTLOOK_LETTER = (
    "The file is a letter in Outlook’s own format (.msg), which cannot be opened here. "
    "Please ask for the form itself as PDF or Word."
)
ENCRYPTED_LETTER = (
    "The letter is encrypted (S/MIME), and what it holds cannot be opened here. Please ask for it to be sent without that."
)

LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "ehthumbs.db")
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside an archive. `problem` says why its content is missing."""

    name: str
    content: bytes
    problem: str | None = None


def zip_entries(archive: bytes, room: int) -> Iterator[Entry]:
    """The files of an archive whose directory `screening` found sound; `room` is how many bytes may be unpacked."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(archive))
        entries = [entry for entry in opened.infolist() if not entry.filename.endswith("/")]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return
    with opened:
        for entry in entries:
            if entry.file_size > room:
                yield Entry(_name(entry), b"", TOO_LARGE)
                continue
            inflated = _inflated(opened, entry)
            room -= len(inflated.content)
            yield inflated


def is_litter(name: str) -> bool:
    """What an operating system puts beside files: no person sent it."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return name.startswith(LITTER[0]) or last.startswith("._") or last in LITTER[1:]


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Entry:
    # Other methods may ask for gigabytes of memory before the first byte, and no program people use writes them.
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return Entry(_name(entry), b"", UNUSUAL)
    try:
        # The stated size bounds what is inflated; `zipfile` never gives more.
        return Entry(_name(entry), archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return Entry(_name(entry), b"", DAMAGED)


def _name(entry: zipfile.ZipInfo) -> str:
    """Archives made on Windows and Macs name files in UTF-8 without saying so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
