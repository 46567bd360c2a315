"""What a picture may be, by its bytes: a logo of a letterhead, or one photographed page of a paper. Nothing is decoded."""

from __future__ import annotations

import re
import struct

from parsers.filetypes import IMAGES, FileType

LOGO_BYTES = 200 * 1024
LOGO_SIDE = 600
"""Pixels. A photographed or scanned page that anybody could read has a longer short side."""
_TINY_BYTES = 10 * 1024
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset(range(0xD0, 0xDA)) | {0x01, 0xFF}

_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def is_one_page(content: bytes, kind: FileType) -> bool:
    """Whether a file is one picture: of the kinds that cameras and scanners make, or a PDF of one page without any letter.

    A PDF that keeps its objects packed does not tell, and is taken for more than that.
    """
    if kind is FileType.PDF:
        found = _PDF_PAGE.findall(content)
        return len(found) == 1 and b"/Image" in content and b"/Font" not in content and b"/ObjStm" not in content
    if kind is FileType.TIFF:
        return _is_one_frame(content)
    return kind in IMAGES


def _is_one_frame(content: bytes) -> bool:
    """Whether a TIFF names no second picture after its first."""
    order = "<" if content.startswith(b"II") else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", content, 4)
        (entries,) = struct.unpack_from(f"{order}H", content, first)
        (following,) = struct.unpack_from(f"{order}I", content, first + 2 + 12 * entries)
    except struct.error:
        return False
    return bool(following == 0)


def is_logo(content: bytes) -> bool:
    """Whether a picture that the letter's text shows in place is too small to be a page."""
    if len(content) > LOGO_BYTES:
        return False
    sides = pixels(content)
    return min(sides) < LOGO_SIDE if sides else len(content) <= _TINY_BYTES


def pixels(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None for others and damaged ones."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack_from(">II", content, 16)
            return width, height
        if content.startswith((b"GIF87a", b"GIF89a")):
            width, height = struct.unpack_from("<HH", content, 6)
            return width, height
        return _jpeg_pixels(content) if content.startswith(b"\xff\xd8") else None
    except struct.error:
        return None


def _jpeg_pixels(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _JPEG_ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        (length,) = struct.unpack_from(">H", content, at + 2)
        at += 2 + length
    return None
