"""Undoing what mail programs do to bytes and characters: base64, quoted-printable, uuencode, charsets. Never raises.

Broken encodings give what can be saved and a remark in words. All work is linear in the size of what came.
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from dataclasses import dataclass

_WHITE = b" \t\r\n\x0b\x0c"
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_MOST_PIECES = 1_000
_BROKEN_QUOTED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,300})\r?\n", re.MULTILINE)

BROKEN_BASE64 = "Its encoding (base64) is damaged, so part of it may be missing."
BROKEN_QUOTED = "Its encoding (quoted-printable) is damaged, so a few characters may be wrong."
BROKEN_UU = "Its encoding (uuencode) is damaged, so part of it may be missing."

_PLAIN = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "none", "plain", "text"})
_UU = frozenset({"uuencode", "x-uuencode", "uue", "x-uue", "x-uu"})

_CALLED_DIFFERENTLY = {
    "ansi": "cp1252",
    "cp-850": "cp850",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-874": "cp874",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
    "x-sjis": "cp932",
}
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Python calls these text encodings; mail does not, and some are quadratic."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as they were before encoding, and what was wrong with it."""

    content: bytes
    remark: str | None = None


def decoded(encoded: bytes, encoding: str) -> Decoded:
    """Undo a Content-Transfer-Encoding, whatever its spelling."""
    first, _, _ = encoding.strip().lower().partition(";")
    name = first.split()[0] if first.split() else ""
    if name == "base64":
        return from_base64(encoded)
    if name == "quoted-printable":
        remark = BROKEN_QUOTED if _BROKEN_QUOTED.search(encoded) else None
        return Decoded(quopri.decodestring(encoded), remark)
    if name in _UU:
        files = uuencoded(encoded)[1]
        return Decoded(files[0].content, files[0].remark) if files else Decoded(encoded, BROKEN_UU)
    if name in _PLAIN:
        return Decoded(encoded)
    return Decoded(encoded, "Its encoding is not known here, so it was taken as it stands.")


def from_base64(encoded: bytes) -> Decoded:
    """Each stretch up to its padding decoded by itself: some programs join several, and others cut the last one short."""
    written = encoded.translate(None, _WHITE)
    if not written:
        return Decoded(b"")
    try:
        return Decoded(binascii.a2b_base64(written, strict_mode=True))
    except binascii.Error:
        pieces = re.split(b"=+", written, maxsplit=_MOST_PIECES)
        return Decoded(b"".join(_stretch(piece.translate(None, _NOT_BASE64)) for piece in pieces), BROKEN_BASE64)


def _stretch(letters: bytes) -> bytes:
    # One letter alone holds six bits, which is no byte.
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


@dataclass(frozen=True, slots=True)
class UuFile:
    """A file that stood uuencoded in a text."""

    name: bytes
    content: bytes
    remark: str | None = None


def uuencoded(text: bytes, most: int = 100) -> tuple[bytes, list[UuFile]]:
    """The text without its uuencoded files, and the files. At most `most` are taken out."""
    files: list[UuFile] = []
    rest: list[bytes] = []
    at = 0
    while len(files) < most and (begin := _UU_BEGIN.search(text, at)):
        ends = text.find(b"\nend", begin.end() - 1)
        lines = text[begin.end() : ends if ends >= 0 else len(text)].split(b"\n")
        rest.append(text[at : begin.start()])
        files.append(_uu_file(begin[1].strip(), lines, complete=ends >= 0, base64=begin[0].startswith(b"begin-base64")))
        at = len(text) if ends < 0 else _line_after(text, ends + 1)
    rest.append(text[at:])
    return b"".join(rest), files


def _line_after(text: bytes, at: int) -> int:
    end = text.find(b"\n", at)
    return len(text) if end < 0 else end + 1


def _uu_file(name: bytes, lines: list[bytes], *, complete: bool, base64: bool) -> UuFile:
    if base64:
        whole = from_base64(b"\n".join(lines))
        return UuFile(name, whole.content, whole.remark)
    content, damaged = [], not complete
    for stripped in filter(None, (line.rstrip(b"\r") for line in lines)):
        try:
            content.append(binascii.a2b_uu(stripped))
        except binascii.Error:
            length = (((stripped[0] - 32) & 63) * 4 + 5) // 3
            try:
                content.append(binascii.a2b_uu(stripped[:length]))
            except binascii.Error:
                damaged = True
    return UuFile(name, b"".join(content), BROKEN_UU if damaged else None)


def text_of(content: bytes, charset: str | None) -> tuple[str, bool]:
    """Characters, and whether they are sure. UTF-8 goes before a declared Latin charset when the bytes can be nothing else,
    because senders declare what their program was once set to.
    """
    named = _CALLED_DIFFERENTLY.get((charset or "").strip().lower(), (charset or "").strip().lower())
    if content.isascii() and (not named or named in {"utf-8", "cp1252"}):
        return content.decode("ascii"), True
    if not named or named == "cp1252":
        try:
            return content.decode("utf-8"), True
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace"), bool(named)
    try:
        if named in _NO_CHARSETS or not codecs.lookup(named)._is_text_encoding:  # noqa: SLF001
            return text_of(content, None)[0], False
        return content.decode(named), True
    except (LookupError, ValueError):
        return _at_best(content, named), False


def _at_best(content: bytes, charset: str) -> str:
    if charset.replace("_", "-") in {"utf-8", "utf8"} or charset in _NO_CHARSETS:
        return content.decode("utf-8", "replace")
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return text_of(content, None)[0]


def storable(text: str) -> str:
    """Text that every database takes: no zero characters, no halves of surrogate pairs."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")
