"""What a file is, by its bytes: names and declared types are only ever what somebody says.

Nothing is parsed here beyond magic numbers and a zip's directory, and nothing is judged: see `zipped` and `ingest.screening`.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from enum import StrEnum

from parsers import zipped


class FileType(StrEnum):
    """The true type of a file, named as people name it by its ending."""

    EMPTY = "empty"
    PDF = "pdf"
    DOCX = "docx"
    DOCM = "docm"
    DOTX = "dotx"
    DOTM = "dotm"
    ODT = "odt"
    DOC = "doc"
    RTF = "rtf"
    WORD_XML = "word xml"
    ENCRYPTED_OFFICE = "encrypted office"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    HEIC = "heic"
    GIF = "gif"
    WEBP = "webp"
    BMP = "bmp"
    AVIF = "avif"
    XLSX = "xlsx"
    PPTX = "pptx"
    XLS = "xls"
    PPT = "ppt"
    ODS = "ods"
    ODP = "odp"
    PAGES = "pages"
    XPS = "xps"
    ZIP = "zip"
    ARCHIVE = "archive"
    EML = "eml"
    MSG = "msg"
    TNEF = "tnef"
    P7M = "p7m"
    P7S = "p7s"
    ICS = "ics"
    VCF = "vcf"
    HTML = "html"
    XML = "xml"
    TEXT = "text"
    PROGRAM = "program"
    UNKNOWN = "unknown"


WORD_PACKAGES = frozenset({FileType.DOCX, FileType.DOCM, FileType.DOTX, FileType.DOTM})
IMAGES = frozenset(
    {FileType.PNG, FileType.JPEG, FileType.TIFF, FileType.HEIC, FileType.GIF, FileType.WEBP, FileType.BMP, FileType.AVIF}
)

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"II*\0", FileType.TIFF),
    (b"MM\0*", FileType.TIFF),
    (b"II+\0", FileType.TIFF),
    (b"MM\0+", FileType.TIFF),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"{\\rt", FileType.RTF),
    (b"\x78\x9f\x3e\x22", FileType.TNEF),
    (b"7z\xbc\xaf\x27\x1c", FileType.ARCHIVE),
    (b"Rar!\x1a\x07", FileType.ARCHIVE),
    (b"\x1f\x8b", FileType.ARCHIVE),
    (b"BZh", FileType.ARCHIVE),
    (b"\xfd7zXZ\0", FileType.ARCHIVE),
    (b"MZ", FileType.PROGRAM),
    (b"\x7fELF", FileType.PROGRAM),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_SIGNED_OID = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED_OID = bytes.fromhex("06092a864886f70d010703")
_DATA_OID = bytes.fromhex("06092a864886f70d010701")
_LOOK = 4096


def true_type(data: bytes) -> FileType:
    """What the bytes are. Never raises."""
    if not data:
        return FileType.EMPTY
    head = data[:_LOOK]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    # Writers of PDF put up to a kilobyte before the header, and every viewer accepts that.
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    if head.startswith(_OLE):
        return _in_ole(data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    return _by_structure(data, head) or _as_text(data, head)


def _by_structure(data: bytes, head: bytes) -> FileType | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return FileType.HEIC if brand in _HEIF_BRANDS else FileType.AVIF if brand == b"avif" else FileType.UNKNOWN
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType.WEBP
    if head[:2] == b"BM" and int.from_bytes(head[2:6], "little") == len(data):
        return FileType.BMP
    if head[:1] == b"\x30":
        if _ENVELOPED_OID in head[:64]:
            return FileType.P7M
        if _SIGNED_OID in head[:64]:
            # A detached signature wraps the type of its content and no content: a sequence of exactly that OID.
            inner = data.find(_DATA_OID, 0, 256)
            return FileType.P7S if data[inner - 2 : inner] == b"\x30\x0b" else FileType.P7M
    return None


def _in_ole(data: bytes) -> FileType:
    """By the names of its streams. A message may carry any of the others inside, so it is asked for first."""
    for stream, kind in (
        ("__properties_version1.0", FileType.MSG),
        ("EncryptedPackage", FileType.ENCRYPTED_OFFICE),
        ("WordDocument", FileType.DOC),
        ("Workbook", FileType.XLS),
        ("PowerPoint Document", FileType.PPT),
    ):
        if stream.encode("utf-16-le") in data:
            return FileType.ENCRYPTED_OFFICE if kind is FileType.DOC and _is_encrypted_doc(data) else kind
    return FileType.UNKNOWN


def _is_encrypted_doc(data: bytes) -> bool:
    """By the flag in the first bytes of its text (MS-DOC 2.5.2), where the directory says that they are (MS-CFB 2.6.1)."""
    entry, shift = data.find("WordDocument".encode("utf-16-le")), int.from_bytes(data[30:32], "little")
    sector = int.from_bytes(data[entry + 116 : entry + 120], "little")
    begun = data[(sector + 1) << shift :][:12] if shift in {9, 12} else b""
    return len(begun) == 12 and begun.startswith(b"\xec\xa5") and bool(begun[11] & 1)


_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": FileType.ODT,
    b"application/vnd.oasis.opendocument.text-template": FileType.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileType.ODS,
    b"application/vnd.oasis.opendocument.presentation": FileType.ODP,
}
_WORD_CONTENT = (
    (b"wordprocessingml.document.main+xml", FileType.DOCX),
    (b"wordprocessingml.template.main+xml", FileType.DOTX),
    (b"ms-word.document.macroEnabled.main+xml", FileType.DOCM),
    (b"ms-word.template.macroEnabledTemplate.main+xml", FileType.DOTM),
    (b"spreadsheetml", FileType.XLSX),
    (b"ms-excel", FileType.XLSX),
    (b"presentationml", FileType.PPTX),
    (b"ms-powerpoint", FileType.PPTX),
)


def _in_zip(data: bytes) -> FileType:
    if zipped.directory_problem(data) is not None:
        # Too strange to open, but Office's and OpenDocument's first entries stand at the very start.
        return FileType.DOCX if b"word/" in data[:_LOOK] or b"[Content_Types].xml" in data[:_LOOK] else FileType.ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return _OPEN_DOCUMENTS.get(_start(archive, "mimetype").strip(), FileType.ZIP)
            if "[Content_Types].xml" in names:
                return _in_package(_start(archive, "[Content_Types].xml"), names)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, IndexError, RuntimeError, EOFError):
        return FileType.ZIP
    return FileType.PAGES if "Index/Document.iwa" in names else FileType.ZIP


def _in_package(content_types: bytes, names: set[str]) -> FileType:
    for content, kind in _WORD_CONTENT:
        if content in content_types:
            return kind
    if any(name.endswith(".fdseq") for name in names):
        return FileType.XPS
    return FileType.DOCX if any(name.startswith("word/") for name in names) else FileType.ZIP


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(1 << 18)


_MESSAGE_START = re.compile(rb"(?:From [^\n]*\n)?((?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,})")
_MESSAGE_FIELDS = re.compile(rb"(?im)^(?:received|return-path|from|to|subject|date|message-id|mime-version|delivered-to):")


_TEXT_STARTS = (
    (b"begin:vcalendar", FileType.ICS),
    (b"begin:vcard", FileType.VCF),
    (b"-----begin pkcs7", FileType.P7M),
    (b"-----begin cms", FileType.P7M),
)


def _as_text(data: bytes, head: bytes) -> FileType:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileType.TEXT
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    small = text[:512].lower()
    for start, kind in _TEXT_STARTS:
        if small.startswith(start):
            return kind
    if small.startswith(b"<"):
        return _as_markup(text, small)
    begun = _MESSAGE_START.match(text.replace(b"\r\n", b"\n"))
    if begun and len(_MESSAGE_FIELDS.findall(begun[1])) >= 2:
        return FileType.EML
    return FileType.TEXT if _looks_written(data[: 1 << 16]) else FileType.UNKNOWN


def _as_markup(text: bytes, small: bytes) -> FileType:
    if small.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in small:
        return FileType.HTML
    if b"Word.Document" in text or b"schemas.microsoft.com/office/word/2003/wordml" in text:
        return FileType.WORD_XML
    return FileType.XML if small.startswith(b"<?xml") else FileType.HTML if b"</" in text else FileType.TEXT


def _looks_written(sample: bytes) -> bool:
    """Text has no control characters but white space (and form feed, escape)."""
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample)
