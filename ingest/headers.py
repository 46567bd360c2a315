"""Header fields of mail as it really comes: splitting them, decoding words and parameters. Knows nothing of parts or rows.

Nothing here raises because of a message. Work is linear in the size of the headers, and what is kept of them is capped:
the standard parsers take many seconds over a header with 40,000 recipients.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from ingest.encodings import from_base64, storable, text_of

LOOKED_AT = 4 * 1024 * 1024
"""Bytes of a header block that are looked at."""
BLOCK_BYTES = 256 * 1024
"""Bytes of a header block that are kept, in all."""
MOST_FIELDS = 2_000
FIELD_BYTES = 16 * 1024
"""Bytes of one field that are kept, so that 40,000 recipients do not hide the field after them."""

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_BLANK = re.compile(rb"\r?\n[ \t]*(?:\r?\n|\Z)")
_KNOWN = re.compile(
    rb"^(?:content-[a-z-]+|mime-version|from|to|cc|subject|date|received|message-id|return-path|x-[a-z-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER = re.compile(rb';\s*([^=;\s"]{1,100})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_SEGMENT = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?\Z")
_ADDRESS = re.compile(r"[^\s<>(),;:\"@]{1,200}@[^\s<>(),;:\"@]{1,200}")
_MOST_ADDRESSES = 1_000


@dataclass(frozen=True, slots=True)
class Headers:
    """Fields in their order: names in lower case, values unfolded but not decoded."""

    fields: tuple[tuple[str, bytes], ...] = ()
    shortened: bool = False
    """Something was left out because there was too much."""

    def every(self, name: str) -> Iterator[bytes]:
        return (value for key, value in self.fields if key == name)

    def first(self, name: str) -> bytes | None:
        return next(self.every(name), None)

    def text(self, name: str) -> str | None:
        """The first field of that name, decoded for people; None where there is none."""
        value = self.first(name)
        return None if value is None else words(value)


@dataclass(frozen=True, slots=True)
class Parameterised:
    """A field like Content-Type: its main value in lower case, and its parameters decoded, by names in lower case."""

    main: str
    parameters: Mapping[str, str]


def read_head(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The fields that stand from `start`, and where the body begins. A text without fields is all body."""
    begins = _past_blank(raw, start, end)
    found = _BLANK.search(raw, begins, end)
    block_end, body = (found.start(), found.end()) if found else (end, end)
    if raw[begins : begins + 1] in {b"\r", b"\n"}:
        return Headers(), raw.find(b"\n", begins, end) + 1 or end
    gathered = _Gathered(shortened=block_end - begins > LOOKED_AT)
    at = begins
    for line in raw[begins : min(block_end, begins + LOOKED_AT)].split(b"\n"):
        if gathered.full:
            break
        if not gathered.take(line.removesuffix(b"\r"), first=at == begins) and not gathered.goes_on(raw, at, block_end):
            return gathered.headers(), at
        at += len(line) + 1
    return gathered.headers(), body


class _Gathered:
    """Fields while they are read line by line."""

    def __init__(self, *, shortened: bool) -> None:
        self._fields: list[tuple[str, list[bytes]]] = []
        self._room = BLOCK_BYTES
        self._field_room = 0
        self._shortened = shortened
        self._known_until = -1

    def take(self, line: bytes, *, first: bool) -> bool:
        """False for a line that belongs to no field."""
        if line[:1] in {b" ", b"\t"} and self._fields:
            self._add(line)
            return True
        match = _FIELD.match(line)
        if match is None:
            return first and line.startswith((b"From ", b">From "))
        self._field_room = FIELD_BYTES
        self._fields.append((match[1].decode("ascii").lower(), []))
        self._add(match[2])
        return True

    def goes_on(self, raw: bytes, at: int, end: int) -> bool:
        """Whether well-known fields follow a strange line: then somebody folded a field wrongly. Else the body began."""
        if self._fields and self._known_until < at:
            known = _KNOWN.search(raw, at, end)
            self._known_until = known.start() if known else -1
        return bool(self._fields) and self._known_until >= at

    @property
    def full(self) -> bool:
        self._shortened = self._shortened or len(self._fields) >= MOST_FIELDS
        return len(self._fields) >= MOST_FIELDS

    def headers(self) -> Headers:
        return Headers(tuple((name, b"".join(pieces).strip()) for name, pieces in self._fields), self._shortened)

    def _add(self, piece: bytes) -> None:
        room = min(self._room, self._field_room)
        if len(piece) > room:
            self._shortened = True
        kept = piece[:room]
        self._room -= len(kept)
        self._field_room -= len(kept)
        self._fields[-1][1].append(kept)


def _past_blank(raw: bytes, start: int, end: int) -> int:
    """Past blank lines before the fields, as some gateways leave them; where no field follows they belong to the body."""
    at = start
    while at < min(end, start + 100) and raw[at] in b"\r\n":
        at += 1
    return at if _KNOWN.match(raw, at, end) else start


def words(value: bytes) -> str:
    """A field decoded for people: encoded words, and raw characters whatever their charset."""
    return storable(" ".join(_decoded_words(value).split()))


def _decoded_words(value: bytes) -> str:
    # Neighbouring encoded words are joined before decoding, because senders cut characters in half.
    pieces: list[str] = []
    pending, charset, at = b"", "", 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        named = match[1].partition(b"*")[0].decode("latin-1").lower()
        if between.strip() or named != charset:
            pieces.append(text_of(pending, charset)[0])
            pending, charset = b"", named
            pieces.append(text_of(between, None)[0] if between.strip() or at == 0 else "")
        pending += _word(match[2], match[3])
        at = match.end()
    return "".join([*pieces, text_of(pending, charset or None)[0], text_of(value[at:], None)[0]])


def _word(encoding: bytes, text: bytes) -> bytes:
    if encoding in b"bB":
        return from_base64(text).content
    return binascii.a2b_qp(text, header=True)


def parameterised(value: bytes | None) -> Parameterised:
    """A field with parameters, taken apart: quoted, unquoted, in segments and with charsets (RFC 2231), or as raw bytes."""
    if value is None:
        return Parameterised("", {})
    main = value.partition(b";")[0].decode("latin-1").strip().lower()
    simple: dict[str, str] = {}
    segments: dict[str, list[tuple[int, bool, bytes]]] = {}
    for match in _PARAMETER.finditer(value):
        name = _SEGMENT.match(match[1].decode("latin-1").lower())
        if name is None:
            continue
        if name[2] is None and name[3] is None:
            simple.setdefault(name[1], words(_unquoted(match[2])))
        else:
            segments.setdefault(name[1], []).append((int(name[2] or 0), bool(name[3]), _unquoted(match[2])))
    return Parameterised(main, simple | {name: _joined(parts) for name, parts in segments.items()})


def _unquoted(value: bytes) -> bytes:
    stripped = value.strip()
    if not stripped.startswith(b'"'):
        return stripped
    inner = stripped[1:-1] if len(stripped) > 1 and stripped.endswith(b'"') else stripped[1:]
    # A path from Windows holds backslashes that quote nothing.
    return re.sub(rb'\\(["\\])', rb"\1", inner)


def _joined(segments: list[tuple[int, bool, bytes]]) -> str:
    segments.sort(key=lambda segment: segment[0])
    if not any(encoded for _, encoded, _ in segments):
        return words(b"".join(content for _, _, content in segments))
    charset = ""
    pieces = []
    for place, (_, encoded, content) in enumerate(segments):
        rest = content
        if encoded and place == 0 and content.count(b"'") >= 2:
            named, _, rest = content.split(b"'", 2)
            charset = named.decode("latin-1")
        pieces.append(unquote_to_bytes(rest) if encoded else rest)
    return storable(text_of(b"".join(pieces), charset or None)[0])


def addresses(value: bytes | None) -> list[tuple[str, str]]:
    """(display name, address) pairs of an address field; addresses in lower case, without those that are none."""
    if value is None:
        return []
    # Raw characters stay as they are through the parser; words are decoded one by one afterwards, so that an encoded
    # comma or angle bracket in a name cannot forge an address.
    text = value.decode("latin-1")
    try:
        found = getaddresses([text])
    except (RecursionError, IndexError, ValueError):
        # The standard parser recurses for each comment inside a comment and each group inside a group.
        found = [("", address) for address in _ADDRESS.findall(text)]
    pairs = ((words(name.encode("latin-1", "replace")), address.strip().lower()) for name, address in found[:_MOST_ADDRESSES])
    return [(name, storable(address)) for name, address in pairs if "@" in address]


def moment(value: bytes | None) -> datetime | None:
    """A Date field in UTC; None where nobody can tell, or the sender's clock is out of its mind."""
    if value is None:
        return None
    try:
        written = parsedate_to_datetime(value[:200].decode("latin-1"))
        aware = (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return aware if 1970 <= aware.year < 2200 else None
