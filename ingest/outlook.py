"""Unpacking winmail.dat: the package (TNEF) into which Outlook puts the attachments of a letter in its own rich text.

Facts of the format are from Microsoft's open specification MS-OXTNEF. Nothing here raises because of a file, and work is
linear in its size: a length that points beyond the end ends the reading there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from ingest.containers import Entry
from ingest.encodings import storable, text_of

SIGNATURE = b"\x78\x9f\x3e\x22"
_SIGNATURE_AND_KEY = 6
_HEAD = struct.Struct("<BHHI")
"""Level, attribute, its type, length of its data; a checksum of two bytes follows the data."""

_ATTACHMENT_LEVEL = 2
_NEW_ATTACHMENT, _DATA, _TITLE, _PROPERTIES = 0x9002, 0x800F, 0x8010, 0x9005

_LONG_NAME, _NAME, _SHOWN_NAME, _CONTENT = 0x3707, 0x3704, 0x3001, 0x3701
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_OBJECT, _TEXT, _WIDE_TEXT, _BINARY = 0x0D, 0x1E, 0x1F, 0x102
_VARIABLE = frozenset({_OBJECT, _TEXT, _WIDE_TEXT, _BINARY})
_MANY = 0x1000
_NAMED_FROM = 0x8000
_MOST_VALUES = 10_000
_MOST_ATTRIBUTES = 100_000
_INTERFACE = 16
"""Bytes of the identifier before an embedded object."""


@dataclass
class _Attachment:
    title: str = ""
    names: dict[int, str] = field(default_factory=dict)
    content: bytes = b""

    def entry(self) -> Entry:
        name = next((self.names[known] for known in (_LONG_NAME, _NAME, _SHOWN_NAME) if self.names.get(known)), self.title)
        return Entry(storable(name), self.content)


@dataclass
class _Patience:
    """How many more words of a package are looked at; one may be made of nothing but empty properties."""

    left: int = 1_000_000


class _Ended(Exception):  # noqa: N818
    """The file ends in the middle of something."""


def winmail_entries(package: bytes) -> list[Entry]:
    """The attachments in a winmail.dat, in their order, with their long names. A letter inside is a package again."""
    attachments: list[_Attachment] = []
    patience = _Patience()
    for level, attribute, data in islice(_attributes(package), _MOST_ATTRIBUTES):
        if level != _ATTACHMENT_LEVEL:
            continue
        if attribute == _NEW_ATTACHMENT or not attachments:
            attachments.append(_Attachment())
        current = attachments[-1]
        if attribute == _DATA:
            current.content = data
        elif attribute == _TITLE:
            current.title = text_of(data.split(b"\0", 1)[0], None)[0]
        elif attribute == _PROPERTIES:
            _take_properties(current, _Words(data, patience))
    return [attachment.entry() for attachment in attachments]


def _attributes(package: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = _SIGNATURE_AND_KEY
    while at + _HEAD.size <= len(package):
        level, attribute, _kind, length = _HEAD.unpack_from(package, at)
        if level not in {1, _ATTACHMENT_LEVEL} or at + _HEAD.size + length > len(package):
            return
        yield level, attribute, package[at + _HEAD.size : at + _HEAD.size + length]
        at += _HEAD.size + length + 2


def _take_properties(attachment: _Attachment, words: _Words) -> None:
    try:
        for identity, kind, value in _properties(words):
            if identity in {_LONG_NAME, _NAME, _SHOWN_NAME}:
                wide = kind == _WIDE_TEXT
                text = value.decode("utf-16-le", "replace") if wide else text_of(value, None)[0]
                attachment.names[identity] = text.partition("\0")[0]
            elif identity == _CONTENT:
                inner = value[_INTERFACE:] if kind == _OBJECT else value
                if not attachment.content or inner.startswith(SIGNATURE):
                    attachment.content = inner
    except _Ended:
        # What was read so far counts; the attachment's bytes mostly stand in an attribute of their own.
        return


class _Words:
    """Little-endian words and runs of bytes, one after the other."""

    def __init__(self, data: bytes, patience: _Patience) -> None:
        self._data = data
        self._patience = patience
        self._at = 0

    def take(self, length: int) -> bytes:
        self._patience.left -= 1
        if length > len(self._data) - self._at or self._patience.left < 0:
            raise _Ended
        self._at += length
        return self._data[self._at - length : self._at]

    def padded(self, length: int) -> bytes:
        value = self.take(length)
        self._at = min(len(self._data), self._at + -length % 4)
        return value

    def short(self) -> int:
        return int.from_bytes(self.take(2), "little")

    def long(self) -> int:
        return int.from_bytes(self.take(4), "little")


def _properties(words: _Words) -> Iterator[tuple[int, int, bytes]]:
    """(identity, type, first value) of each property. Raises `_Ended`."""
    for _ in range(min(words.long(), _MOST_VALUES)):
        kind, identity = words.short(), words.short()
        if identity >= _NAMED_FROM:
            _skip_name(words)
        single = kind & ~_MANY
        count = min(words.long(), _MOST_VALUES) if single in _VARIABLE or kind & _MANY else 1
        values = [_value(words, single) for _ in range(count)]
        yield identity, single, values[0] if values else b""


def _skip_name(words: _Words) -> None:
    words.take(16)
    if words.long() == 0:
        words.long()
    else:
        words.padded(words.long())


def _value(words: _Words, kind: int) -> bytes:
    if kind in _VARIABLE:
        return words.padded(words.long())
    if kind not in _FIXED:
        raise _Ended
    return words.take(_FIXED[kind])
