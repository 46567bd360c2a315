"""Finding the parts of a message: a tolerant walk over MIME that lists every leaf. What a leaf is worth is decided elsewhere.

The standard parser recurses for each level of nesting and reads line by line; this one cuts at the boundaries, by places
in the message's bytes, and stops at its limits. Nothing here raises because of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.encodings import Decoded, decoded
from ingest.headers import Headers, Parameterised, parameterised, read_head

TOO_DEEP = "The letter is nested too deeply to be opened further. What lies deeper is kept in the letter as it came."
TOO_MANY = "The letter has more parts than can be listed. The others are kept in the letter as it came."
OUTSIDE = "Text before or after the parts of the letter, which mail programs do not show."
NO_PARTS = "It says that it has parts, but none were found, so it was taken as one."

_LINE_END = re.compile(rb"[ \t]*(?:\r?\n|\r|\Z)")
_LIKELY_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,199}?)[ \t]*\r?$", re.MULTILINE)
_LOOK_FOR_BOUNDARY = 64 * 1024
_WORTH_LISTING = 500
"""Characters outside of the parts below which they are only the usual sentence for old mail programs."""


@dataclass
class Allowance:
    """What may still be taken from one message as it came, containers and nested messages included. Counts down."""

    parts: int = 500
    depth: int = 20
    messages: int = 10
    content: int = 200 * 1024 * 1024
    """Bytes, decoded."""
    looks: int = 200_000
    """Places that might be a boundary: a message may be made of near misses."""


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf: where it stands in the message, what it says of itself, and its bytes still encoded."""

    path: str
    headers: Headers
    kind: Parameterised
    """Content-Type."""
    disposition: Parameterised
    encoded: bytes
    within: tuple[tuple[str, str], ...] = ()
    """(path, type) of the multiparts around it, the outermost first."""
    remark: str | None = None
    """What was odd about its place: too deep, outside of the parts, or said to have parts."""

    @property
    def declared(self) -> str:
        """The declared type, or what a part without one is."""
        return self.kind.main if "/" in self.kind.main else "text/plain"

    @property
    def name(self) -> str:
        """As the sender called it; empty where nobody did."""
        return self.disposition.parameters.get("filename") or self.kind.parameters.get("name") or ""

    @property
    def was_looked_into(self) -> bool:
        """False for what lies too deep or outside of the parts."""
        return self.remark not in {TOO_DEEP, OUTSIDE}

    def decoded(self) -> Decoded:
        encoding = self.headers.first("content-transfer-encoding") or b""
        return decoded(self.encoded, encoding.decode("latin-1"))


@dataclass(frozen=True, slots=True)
class Walked:
    """A message taken apart, one level of messages deep."""

    headers: Headers
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()


def walk(raw: bytes, allowance: Allowance, depth: int = 0) -> Walked:
    """Every leaf of a message in its order; `depth` is how deep the message itself already lies."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    headers, body = read_head(raw, 0, len(raw))
    walking = _Walk(allowance)
    walking.part(_Stretch(raw, body, len(raw)), headers, _Place("", depth))
    return Walked(headers, tuple(walking.found), tuple(dict.fromkeys(walking.remarks)))


@dataclass(frozen=True, slots=True)
class _Stretch:
    raw: bytes
    start: int
    end: int

    def content(self) -> bytes:
        return self.raw[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    depth: int
    within: tuple[tuple[str, str], ...] = ()
    digest: bool = False

    def inside(self, number: int, kind: str) -> _Place:
        own = (self.path, kind)
        path = f"{self.path}.{number}" if self.path else str(number)
        return _Place(path, self.depth + 1, (*self.within, own), kind == "multipart/digest")


@dataclass
class _Walk:
    """One walk. The recursion goes no deeper than the allowance."""

    allowance: Allowance
    found: list[Part] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def part(self, body: _Stretch, headers: Headers, place: _Place) -> None:
        kind = parameterised(headers.first("content-type"))
        if place.digest and not kind.main:
            kind = Parameterised("message/rfc822", {})
        if not kind.main.startswith("multipart/"):
            self._leaf(body, headers, kind, place)
        elif place.depth >= self.allowance.depth:
            self._leaf(body, headers, kind, place, TOO_DEEP)
        elif not self._cut(body, headers, kind, place):
            self._leaf(body, headers, replace(kind, main="text/plain"), place, NO_PARTS)

    def _leaf(self, body: _Stretch, headers: Headers, kind: Parameterised, place: _Place, remark: str | None = None) -> None:
        if self.allowance.parts <= 0:
            self.remarks.append(TOO_MANY)
            return
        self.allowance.parts -= 1
        if remark:
            self.remarks.append(remark)
        disposition = parameterised(headers.first("content-disposition"))
        self.found.append(Part(place.path or "1", headers, kind, disposition, body.content(), place.within, remark))

    def _cut(self, body: _Stretch, headers: Headers, kind: Parameterised, place: _Place) -> bool:
        """Walk over the parts between the boundaries; False where there are none."""
        cut = _first_cut(body, headers, kind, self.allowance)
        if cut is None:
            return False
        body, boundary = cut
        number, outside = 0, []
        for stretch, is_part in _sections(body, boundary, self.allowance):
            if not is_part:
                outside.append(stretch)
                continue
            if self.allowance.parts <= 0:
                self.remarks.append(TOO_MANY)
                break
            number += 1
            own, begins = read_head(stretch.raw, stretch.start, stretch.end)
            self.part(_Stretch(stretch.raw, begins, stretch.end), own, place.inside(number, kind.main))
        if self.allowance.looks <= 0:
            self.remarks.append(TOO_MANY)
        for stretch in outside:
            if len(stretch.content().strip()) > _WORTH_LISTING:
                number += 1
                self._leaf(stretch, Headers(), Parameterised("text/plain", {}), place.inside(number, kind.main), OUTSIDE)
        return True


def _first_cut(body: _Stretch, headers: Headers, kind: Parameterised, allowance: Allowance) -> tuple[_Stretch, bytes] | None:
    """The body and the boundary by which it falls into parts: as declared, its first word, or as a line looks like one.

    A multipart must not be encoded as a whole, but some are; then the body is the decoded one.
    """
    encoding = headers.first("content-transfer-encoding") or b""
    bodies = [body]
    if encoding.strip().lower() in {b"base64", b"quoted-printable"}:
        plain = decoded(body.content(), encoding.decode("latin-1")).content
        bodies.append(_Stretch(plain, 0, len(plain)))
    for one in bodies:
        for boundary in _boundaries(one, kind):
            if any(is_part for _, is_part in _sections(one, boundary, allowance)):
                return one, boundary
    return None


def _boundaries(body: _Stretch, kind: Parameterised) -> Iterator[bytes]:
    declared = kind.parameters.get("boundary", "").strip().encode("utf-8")
    if declared:
        yield declared
        if b" " in declared:
            yield declared.split()[0]
    likely = _LIKELY_BOUNDARY.search(body.raw, body.start, min(body.end, body.start + _LOOK_FOR_BOUNDARY))
    if likely:
        yield likely[1]


def _sections(body: _Stretch, boundary: bytes, allowance: Allowance) -> Iterator[tuple[_Stretch, bool]]:
    """The stretches between delimiter lines, and whether each is a part. Parts that follow a closing line still count."""
    delimiter = b"--" + boundary
    raw, opened, begins = body.raw, False, body.start
    at = raw.find(delimiter, body.start, body.end)
    while at >= 0 and allowance.looks > 0:
        allowance.looks -= 1
        after = at + len(delimiter)
        closing = raw[after : after + 2] == b"--"
        line_end = _LINE_END.match(raw, after + 2 if closing else after, body.end)
        if line_end and (at == body.start or raw[at - 1] in b"\r\n"):
            yield _Stretch(raw, begins, _without_line_end(raw, begins, at)), opened
            opened, begins = not closing, line_end.end()
        at = raw.find(delimiter, after, body.end)
    yield _Stretch(raw, begins, body.end), opened


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
    if end > start and raw[end - 1 : end] == b"\r":
        end -= 1
    return end
