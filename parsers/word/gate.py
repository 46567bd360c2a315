"""The gate before every zipped paper (Word and OpenDocument): nothing is parsed here that could be a bomb.

The directory of the zip is judged first (`zipped`), then bytes are counted while they inflate, and XML is parsed without DTD,
entities or network. What the parts mean is not known here.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from lxml import etree

from parsers import zipped
from parsers.forms import NotReadable

LARGEST_XML = 20 * 1024 * 1024
STEEPEST_RATIO = 200
MOST_TAGS = 600_000
"""Opening and closing ones of a part; a form has a few thousand, and every one of them costs time."""
# Small parts of blank space pack very well and cost nothing; the ratio speaks only of large ones, and not of pictures,
# which are mostly white. What all parts together may unpack to is the directory's to say.
RATIO_FROM = 1024 * 1024

DAMAGED = "The file is damaged: a part of it cannot be read. Ask for it to be sent again."
DEEP = "The file is nested more deeply than any form would be, so it was not opened."
DTD = "The file declares entities of its own, which no word processor writes, so it was not opened."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    OverflowError,
    KeyError,
    IndexError,
)
_PACKED_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Entries:
    """The parts of a zip that passed the gate. Names are found whatever their case and leading slash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._by_name = {_plain(entry.filename): entry for entry in archive.infolist() if not entry.filename.endswith("/")}
        self._inflated = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def holds(self, name: str) -> bool:
        return _plain(name) in self._by_name

    def content(self, name: str, limit: int = LARGEST_XML) -> bytes:
        """The bytes of a part, counted while they inflate. Raises `NotReadable` for a bomb or a damaged part."""
        entry = self._by_name.get(_plain(name))
        if entry is None:
            raise NotReadable(DAMAGED)
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(limit + 1)
        except _ZIP_TROUBLE as trouble:
            raise NotReadable(DAMAGED) from trouble
        self._inflated += len(content)
        if len(content) > limit or self._inflated > zipped.LARGEST_TOTAL:
            raise NotReadable(zipped.BOMB)
        return content


def entries(data: bytes) -> Entries:
    """The parts of a zip. Raises `NotReadable` for what is no zip, is cut off, locked or would unpack to too much."""
    if data.startswith(_OLE):
        raise NotReadable(_why_ole(data))
    if b"PK\x03\x04" not in data[:1024]:
        raise NotReadable("This is not a Word or OpenDocument file, whatever its name says.")
    problem = zipped.directory_problem(data)
    if problem is not None:
        raise NotReadable(problem)
    archive = zipfile.ZipFile(io.BytesIO(data))
    _judge(archive.infolist())
    return Entries(archive)


def parsed(content: bytes) -> etree._Element:
    """The root of an XML part. Raises `NotReadable` for DTDs, for depth beyond 256 (libxml2's own limit) and for damage."""
    if content.count(b"<") > MOST_TAGS:
        raise NotReadable(zipped.BOMB)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise NotReadable(_why_no_xml(content, trouble)) from trouble
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable(DTD)
    return root


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _judge(listed: list[zipfile.ZipInfo]) -> None:
    for entry in listed:
        if entry.compress_type not in _PACKED_BY:
            raise NotReadable(DAMAGED)
        is_xml = _plain(entry.filename).endswith((".xml", ".rels"))
        if is_xml and entry.file_size > LARGEST_XML:
            raise NotReadable(zipped.BOMB)
        if is_xml and entry.file_size > RATIO_FROM and entry.file_size > STEEPEST_RATIO * max(entry.compress_size, 1):
            raise NotReadable(zipped.BOMB)


def _why_ole(data: bytes) -> str:
    # Word wraps an encrypted file in an OLE container whose directory names these two streams in UTF-16.
    if any(name.encode("utf-16-le") in data for name in ("EncryptionInfo", "EncryptedPackage")):
        return zipped.LOCKED
    return "This is a file of the older Word format (.doc), not .docx. Ask for it to be saved as .docx or PDF."


def _why_no_xml(content: bytes, trouble: Exception) -> str:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return DTD
    return DEEP if "depth" in str(trouble) else DAMAGED
