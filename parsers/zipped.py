"""Judging a zip (and so every docx and odt) by its directory, before anything in it is inflated."""

from __future__ import annotations

import io
import struct
import zipfile

MOST_ENTRIES = 2_000
LARGEST_ENTRY = 100 * 1024 * 1024
LARGEST_TOTAL = 200 * 1024 * 1024
LARGEST_RATIO = 200
_HARMLESS_TOTAL = 10 * 1024 * 1024
"""Below this a high ratio means nothing: a small file of spaces packs 1,000 to 1."""
_LARGEST_DIRECTORY = 1024 * 1024

BROKEN = "The file is damaged or incomplete: its list of contents cannot be read. Please ask for it to be saved and sent again."
LOCKED = "The file is protected by a password. Please ask for a copy without one."
BOMB = "The file unpacks to far more than any form holds, so it was not opened."
CROWDED = "The file holds far more parts than any form has, so it was not opened."

_END = struct.Struct("<4s4H2LH")
_END_64_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")


def directory_problem(data: bytes) -> str | None:
    """Why this zip must not be opened, in words for people, or None. Inflates nothing; memory stays below a few MiB.

    The sizes in the directory may lie, but Python's zipfile never inflates an entry beyond the size stated there.
    """
    directory_size = _directory_size(data)
    if directory_size is None:
        return BROKEN
    if directory_size > _LARGEST_DIRECTORY:
        return CROWDED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError, struct.error):
        return BROKEN
    return _entries_problem(entries, len(data))


def _entries_problem(entries: list[zipfile.ZipInfo], size: int) -> str | None:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        return CROWDED
    if total > LARGEST_TOTAL or any(entry.file_size > LARGEST_ENTRY for entry in entries):
        return BOMB
    # Entries that lie on top of one another are how a small zip unpacks to petabytes.
    if packed > size or (total > _HARMLESS_TOTAL and total > LARGEST_RATIO * max(1, packed)):
        return BOMB
    if any(entry.flag_bits & 1 for entry in entries):
        return LOCKED
    return None


def _directory_size(data: bytes) -> int | None:
    """Bytes of the directory as stated at the end of the file: `zipfile` makes an object of each entry in it unasked."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_535 - _END.size))
    if place < 0 or place + _END.size > len(data):
        return None
    size: int = _END.unpack_from(data, place)[5]
    locator = place - _END_64_LOCATOR.size
    if locator < _END_64.size or data[locator : locator + 4] != b"PK\x06\x07":
        return size
    large: int = _END_64.unpack_from(data, locator - _END_64.size)[8]
    return max(size, large) if size != 0xFFFFFFFF else large
