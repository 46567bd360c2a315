"""Small pictures of signatures and letterheads: how large an image is by its first bytes. Nothing is decoded."""

from __future__ import annotations

import struct

LOGO_BYTES = 200 * 1024
LOGO_SIDE = 600
"""Pixels. A photographed or scanned page that anybody could read has a longer short side."""
_TINY_BYTES = 10 * 1024
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset(range(0xD0, 0xDA)) | {0x01, 0xFF}


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
