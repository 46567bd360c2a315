"""Cheap gates before any reader: what a file truly is, and whether anybody should open it. Nothing is parsed or unpacked.

An encrypted PDF is left to the PDF reader, because many are encrypted only against printing and open without a password.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from parsers import zipped
from parsers.filetypes import IMAGES, WORD_PACKAGES, FileType, true_type

LARGEST_FILE = 50 * 1024 * 1024


class Treatment(StrEnum):
    """What becomes of a file: a reader reads it, it is opened for what it contains, kept unread, or refused for a fault."""

    READ = "read"
    OPEN = "open"
    SET_ASIDE = "set aside"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Screened:
    """What the gates found. `problem` stands exactly where nobody reads or opens the file, in words for people."""

    true_type: FileType
    treatment: Treatment
    problem: str | None = None
    warnings: tuple[str, ...] = ()


_NAMES = {
    FileType.PDF: "a PDF",
    FileType.DOCX: "a Word document",
    FileType.DOCM: "a Word document with macros",
    FileType.DOTX: "a Word template",
    FileType.DOTM: "a Word template with macros",
    FileType.ODT: "an OpenDocument text",
    FileType.DOC: "an old Word document (.doc)",
    FileType.RTF: "a rich text document",
    FileType.WORD_XML: "a Word 2003 XML document",
    FileType.PNG: "a PNG picture",
    FileType.JPEG: "a JPEG picture",
    FileType.TIFF: "a TIFF picture",
    FileType.HEIC: "an iPhone photo (HEIC)",
    FileType.GIF: "a GIF picture",
    FileType.WEBP: "a WebP picture",
    FileType.BMP: "a bitmap picture",
    FileType.AVIF: "an AVIF picture",
    FileType.XLSX: "an Excel workbook",
    FileType.XLS: "an Excel workbook",
    FileType.PPTX: "a PowerPoint presentation",
    FileType.PPT: "a PowerPoint presentation",
    FileType.ODS: "an OpenDocument spreadsheet",
    FileType.ODP: "an OpenDocument presentation",
    FileType.PAGES: "an Apple Pages document",
    FileType.XPS: "an XPS document",
    FileType.ZIP: "a zip archive",
    FileType.ARCHIVE: "an archive",
    FileType.EML: "an email",
    FileType.MSG: "an Outlook message",
    FileType.TNEF: "an Outlook attachment package (winmail.dat)",
    FileType.P7M: "a signed or encrypted message",
    FileType.P7S: "an email signature",
    FileType.ICS: "a calendar entry",
    FileType.VCF: "a contact card",
    FileType.HTML: "a web page",
    FileType.XML: "an XML file",
    FileType.TEXT: "plain text",
    FileType.PROGRAM: "a program",
}

_READ = WORD_PACKAGES | {FileType.PDF, FileType.ODT, FileType.DOC, FileType.RTF, FileType.WORD_XML} | IMAGES
_OPENED = {FileType.ZIP, FileType.EML, FileType.MSG, FileType.TNEF, FileType.P7M}
_ZIPPED = WORD_PACKAGES | {FileType.ODT, FileType.ZIP}

_ENDINGS = {
    "pdf": {FileType.PDF},
    "docx": WORD_PACKAGES,
    "docm": WORD_PACKAGES,
    "dotx": WORD_PACKAGES,
    "dotm": WORD_PACKAGES,
    "odt": {FileType.ODT},
    "ott": {FileType.ODT},
    # Word saves several of its formats under .doc when told to.
    "doc": {FileType.DOC, FileType.RTF, FileType.WORD_XML, FileType.HTML},
    "rtf": {FileType.RTF},
    "png": {FileType.PNG},
    "jpg": {FileType.JPEG},
    "jpeg": {FileType.JPEG},
    "tif": {FileType.TIFF},
    "tiff": {FileType.TIFF},
    "heic": {FileType.HEIC},
    "gif": {FileType.GIF},
    "webp": {FileType.WEBP},
    "bmp": {FileType.BMP},
    "xlsx": {FileType.XLSX},
    "pptx": {FileType.PPTX},
    "xls": {FileType.XLS, FileType.HTML, FileType.TEXT, FileType.XML},
    "ppt": {FileType.PPT},
    "zip": {FileType.ZIP},
    "eml": {FileType.EML},
    "msg": {FileType.MSG},
    "html": {FileType.HTML},
    "htm": {FileType.HTML},
}


def screen(data: bytes, declared_type: str, name: str, largest: int = LARGEST_FILE) -> Screened:
    """Judge a file by its bytes. `declared_type` and `name` only add remarks; `largest` is in bytes."""
    if len(data) > largest:
        kind = true_type(data[:4096]) if not data.startswith(b"PK") else FileType.ZIP
        return _refused(
            kind, f"The file is larger than {_megabytes(largest)}, which is more than any form needs, so it was not opened."
        )
    kind = true_type(data)
    problem = _fault(data, kind)
    if problem is not None:
        return _refused(kind, problem)
    warnings = _remarks(data, kind, declared_type, name)
    if kind in _READ:
        return Screened(kind, Treatment.READ, warnings=warnings)
    if kind in _OPENED:
        return Screened(kind, Treatment.OPEN, warnings=warnings)
    return Screened(kind, Treatment.SET_ASIDE, _not_a_form(kind), warnings)


def plain_name(name: str) -> str:
    """A file name fit to be shown: the last part of a path, without control or direction characters, 200 characters at most.

    It is for people's eyes. No name that came with a message is ever used as a path.
    """
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    visible = "".join(character for character in last if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    return " ".join(visible.split())[:200] or "unnamed"


def _refused(kind: FileType, problem: str) -> Screened:
    return Screened(kind, Treatment.REFUSE, problem)


def _fault(data: bytes, kind: FileType) -> str | None:
    if kind is FileType.EMPTY:
        return "The file is empty. Please ask for it to be sent again."
    if kind is FileType.ENCRYPTED_OFFICE:
        return zipped.LOCKED
    if kind in _ZIPPED:
        return zipped.directory_problem(data)
    if kind is FileType.PROGRAM:
        return "The file is a program. Programs are never opened."
    return None


def _not_a_form(kind: FileType) -> str:
    if kind is FileType.UNKNOWN:
        return "The file is of a kind that is not known here. Please ask for the form as PDF or Word."
    if kind in {FileType.PAGES, FileType.XPS, FileType.ARCHIVE}:
        return f"The file is {_NAMES[kind]}, which cannot be read here. Please ask for the form as PDF or Word."
    return f"The file is {_NAMES[kind]}, and forms do not come as that."


def _remarks(data: bytes, kind: FileType, declared_type: str, name: str) -> tuple[str, ...]:
    remarks = []
    ending = name.rsplit(".", 1)[-1].casefold() if "." in name else ""
    expected = _ENDINGS.get(ending)
    if expected is not None and kind not in expected and kind in _NAMES:
        remarks.append(f"The name ends in .{ending}, but the file is {_NAMES[kind]}; it was treated as that.")
    elif expected is None and declared_type == "application/pdf" and kind in _NAMES and kind is not FileType.PDF:
        remarks.append(f"The message calls this file a PDF, but it is {_NAMES[kind]}; it was treated as that.")
    if kind in WORD_PACKAGES and _has_macros(data):
        remarks.append("The file contains macros. They were not run.")
    return tuple(remarks)


def _has_macros(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(entry.endswith("vbaProject.bin") for entry in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.0f} MB" if size >= 1024 * 1024 else f"{size // 1024} KB"
