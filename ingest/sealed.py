"""Taking a letter out of its signature: S/MIME that is signed but not encrypted (.p7m). The signature is not checked.

Only the path to the signed bytes is followed through the encoding (RFC 5652, BER with or without stated lengths).
Nothing here raises because of a file, and work is linear in its size.
"""

from __future__ import annotations

import binascii
import re

_SIGNED = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SEQUENCE, _WRAPPED, _OCTETS, _OCTETS_IN_PIECES, _END = 0x30, 0xA0, 0x04, 0x24, 0x00
_ARMOUR = re.compile(rb"-----BEGIN (?:PKCS7|CMS)-----(.*?)-----END", re.DOTALL)
_MOST_LEVELS = 32
_MOST_ELEMENTS = 500_000
"""A letter of 25 MB comes in some 25,000 pieces."""


class _Ended(Exception):  # noqa: N818
    """The encoding is not what was expected here."""


def signed_letter(package: bytes) -> bytes | None:
    """The letter inside a signed package; None for one that is encrypted, damaged or something else."""
    armour = _ARMOUR.search(package[: 1 << 26])
    try:
        data = binascii.a2b_base64(armour[1]) if armour else package
        return _signed(_Elements(data))
    except (_Ended, binascii.Error):
        return None


def _signed(elements: _Elements) -> bytes:
    elements.enter(_SEQUENCE)
    elements.expect(_SIGNED)
    elements.enter(_WRAPPED)
    elements.enter(_SEQUENCE)
    elements.skip()  # version
    elements.skip()  # digest algorithms
    elements.enter(_SEQUENCE)
    elements.expect(_DATA)
    elements.enter(_WRAPPED)
    return elements.octets()


class _Elements:
    """Elements of the encoding, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._patience = _MOST_ELEMENTS

    def enter(self, tag: int) -> None:
        """Step inside the next element, which must have this tag."""
        if self._head()[0] != tag:
            raise _Ended

    def expect(self, encoded: bytes) -> None:
        if not self._data.startswith(encoded, self._at):
            raise _Ended
        self._at += len(encoded)

    def skip(self) -> None:
        """Past the next element, whatever is inside."""
        level = 0
        while True:
            tag, length = self._head()
            if length is None:
                level += 1
            elif tag == _END:
                level -= 1
            else:
                self._take(length)
            if level <= 0:
                return
            if level > _MOST_LEVELS:
                raise _Ended

    def octets(self) -> bytes:
        """A run of bytes, in one piece or in several."""
        tag, length = self._head()
        if tag == _OCTETS and length is not None:
            return self._take(length)
        if tag != _OCTETS_IN_PIECES:
            raise _Ended
        end = len(self._data) if length is None else self._at + length
        pieces = []
        while self._at < end:
            tag, length = self._head()
            if tag == _END or length is None:
                break
            piece = self._take(length)
            if tag == _OCTETS:
                pieces.append(piece)
        return b"".join(pieces)

    def _head(self) -> tuple[int, int | None]:
        """Tag and length of the next element; a length of None ends with an end mark."""
        self._patience -= 1
        tag, first = self._take(2)
        if tag & 0x1F == 0x1F or self._patience < 0:
            raise _Ended
        if first < 0x80:
            return tag, first
        if first == 0x80:
            return tag, None
        if first > 0x84:
            raise _Ended
        return tag, int.from_bytes(self._take(first & 0x7F), "big")

    def _take(self, length: int) -> bytes:
        if length > len(self._data) - self._at:
            raise _Ended
        self._at += length
        return self._data[self._at - length : self._at]
