"""Opens a PDF: passwords, size limits and the cheap checks that keep a hostile file from the page engine.

pdfium follows a form that draws itself until the memory is gone (587 bytes are enough) and inflates whatever it is
given. The hard limits are the child process's; the checks here turn the known traps into a plain reason first.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from parsers.forms import NotReadable
from parsers.pdf.characters import lying_angle
from parsers.pdf.fields import BROKEN, annotations_of

MOST_PAGES = 200
_MOST_OBJECTS = 300_000
_MOST_PARSED = 64 * 1024 * 1024
"""Bytes of drawing on one page, each form counted as often as it is drawn."""
_DRAWS_NAMED = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
_DRAWS = re.compile(rb"\bDo\b")
_DEEPEST_FORMS = 12
_MOST_ANCESTORS = 64
_FEW_CHARACTERS = 20
"""A picture with a stamp on its side does not tell how the page lies."""
_MOST_INFLATED = 64 * 1024 * 1024
_MOST_IMAGE_INFLATED = 400 * 1024 * 1024
# Deflate cannot shrink anything more than about 1,032 times, so shorter streams need no counting.
_WORST_RATIO = 1032
_PACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}

PASSWORD_REASON = "The PDF is protected with a password. Please send a copy without a password, or print it to a new PDF."  # noqa: S105 - words for a person
DAMAGED_REASON = "The PDF is damaged and could not be opened. Please save or print it to a new PDF and send that."
BLOATED_REASON = (
    "The PDF unpacks to far more than a form needs, so it was not opened. Please print it to a new PDF and send that."
)
TANGLED_REASON = (
    "The PDF draws parts of itself over and over, so it was not opened. Please print it to a new PDF and send that."
)
EMPTY_REASON = "The PDF has no pages."


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """One PDF, opened twice: `file` knows objects and form fields, `drawn` knows characters and shapes."""

    file: pikepdf.Pdf
    drawn: Any
    page_count: int


@contextmanager
def opened(data: bytes) -> Iterator[OpenPdf]:
    """The PDF after its checks. Raises `NotReadable`; closes both sides at the end."""
    with _objects_of(data) as file:
        check_structure(file)
        drawn = drawing_of(data)
        try:
            yield OpenPdf(file, drawn, len(drawn))
        finally:
            drawn.close()


@contextmanager
def _objects_of(data: bytes) -> Iterator[pikepdf.Pdf]:
    try:
        file = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise NotReadable(PASSWORD_REASON) from error
    except BROKEN as error:
        raise NotReadable(DAMAGED_REASON) from error
    with file:
        yield file


def upright_page(drawn: Any, number: int) -> tuple[Any, Any]:
    """The page, from 1, turned until its text stands upright (some are saved lying on their side), and its text page.

    Reading and rendering both take pages from here, so that a box on the sheet is a box on the picture.
    """
    page = drawn[number - 1]
    text_page = page.get_textpage()
    lies = (lying_angle(text_page) + page.get_rotation()) % 360
    if lies and text_page.count_chars() > _FEW_CHARACTERS:
        page.set_rotation((page.get_rotation() - lies) % 360)
    return page, text_page


def drawing_of(data: bytes) -> Any:
    """The pdfium document. Raises `NotReadable`."""
    try:
        drawn = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        needs_password = pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise NotReadable(PASSWORD_REASON if needs_password else DAMAGED_REASON) from error
    if len(drawn) < 1:
        drawn.close()
        raise NotReadable(EMPTY_REASON)
    return drawn


def check_structure(file: pikepdf.Pdf) -> None:
    """Raises `NotReadable` for loops, fans of nested forms and streams that inflate without end."""
    try:
        pages = [page.obj for page in file.pages]
        _check_streams(file)
        for page in pages[:MOST_PAGES]:
            _parsed(page, _Scope.of_page(page), {}, ())
    except BROKEN as error:
        raise NotReadable(DAMAGED_REASON) from error
    if not pages:
        raise NotReadable(EMPTY_REASON)


_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Scope:
    """Names in force: a form without resources of its own uses those of whoever draws it."""

    owner: _Key
    resources: pikepdf.Dictionary | None

    @classmethod
    def of_page(cls, page: pikepdf.Object) -> _Scope:
        node: pikepdf.Object | None = page
        for _ in range(_MOST_ANCESTORS):
            if not isinstance(node, pikepdf.Dictionary):
                break
            resources = node.get("/Resources")
            if isinstance(resources, pikepdf.Dictionary):
                return cls(page.objgen, resources)
            node = node.get("/Parent")
        return cls(page.objgen, None)

    def within(self, form: pikepdf.Object) -> _Scope:
        resources = form.get("/Resources")
        return _Scope(form.objgen, resources) if isinstance(resources, pikepdf.Dictionary) else self


def _parsed(owner: pikepdf.Object, scope: _Scope, known: dict[tuple[_Key, _Key], int], path: tuple[_Key, ...]) -> int:
    """How many bytes of drawing a page or form makes the engine go through, each form as often as it is drawn."""
    sizes: dict[bytes, int] = {}
    for name, form in (*_forms_named(scope), *_looks_of_annotations(owner)):
        key = (form.objgen, scope.within(form).owner)
        if form.objgen in path or len(path) > _DEEPEST_FORMS:
            if _draws(owner, name) or not path:
                raise NotReadable(TANGLED_REASON)
            continue
        if key not in known or form.objgen == (0, 0):
            known[key] = _parsed(form, scope.within(form), known, (*path, form.objgen))
        sizes[name] = max(sizes.get(name, 0), known[key])
    if not sizes and not path:
        return 0
    content = _content(owner)
    total = len(content) + _drawn(content, sizes)
    if total > _MOST_PARSED:
        raise NotReadable(TANGLED_REASON)
    return total


def _draws(owner: pikepdf.Object, name: bytes) -> bool:
    """Whether the owner's content may draw the form. One that is only within reach by an inherited name is no loop."""
    content = _content(owner)
    named = _DRAWS_NAMED.findall(content)
    unclear = b"%" in content or b"#" in content or len(_DRAWS.findall(content)) > len(named)
    return unclear or name.removeprefix(b"/") in named


def _drawn(content: bytes, sizes: dict[bytes, int]) -> int:
    """Bytes of the forms that the content draws. One whose name is not clear counts as the largest."""
    largest = max(sizes.values(), default=0)
    # A comment can hide the name that counts behind one that does not.
    named = [] if b"%" in content else _DRAWS_NAMED.findall(content)
    unclear = len(_DRAWS.findall(content)) - len(named)
    return sum(sizes.get(b"/" + name, 0 if b"#" not in name else largest) for name in named) + max(0, unclear) * largest


def _content(owner: pikepdf.Object) -> bytes:
    if isinstance(owner, pikepdf.Stream):
        return owner.read_bytes()
    content = owner.get("/Contents")
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]  # type: ignore[call-overload, unused-ignore]
    return b" ".join(part.read_bytes() for part in parts[:10_000] if isinstance(part, pikepdf.Stream))


def _forms_named(scope: _Scope) -> Iterator[tuple[bytes, pikepdf.Object]]:
    """Forms that can be drawn by name, as a pattern or as a mask."""
    if scope.resources is None:
        return
    for kind in ("/XObject", "/Pattern"):
        yield from _streams_in(scope.resources.get(kind))
    states = scope.resources.get("/ExtGState")
    for state in states.values() if isinstance(states, pikepdf.Dictionary) else ():
        yield from _streams_in(state.get("/SMask") if isinstance(state, pikepdf.Dictionary) else None)


def _looks_of_annotations(owner: pikepdf.Object) -> Iterator[tuple[bytes, pikepdf.Object]]:
    for annotation in annotations_of(owner):
        looks = annotation.get("/AP")
        normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
        yield from [(b"", normal)] if isinstance(normal, pikepdf.Stream) else _streams_in(normal)


def _streams_in(named: pikepdf.Object | None) -> Iterator[tuple[bytes, pikepdf.Object]]:
    if isinstance(named, pikepdf.Dictionary):
        for name, one in named.items():
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
                yield name.encode("utf-8", "surrogateescape"), one


def _check_streams(file: pikepdf.Pdf) -> None:
    for number, one in enumerate(file.objects):
        if number > _MOST_OBJECTS:
            raise NotReadable(BLOATED_REASON)
        if isinstance(one, pikepdf.Stream):
            _check_stream(one)


def _check_stream(stream: pikepdf.Stream) -> None:
    filters = stream.get("/Filter")
    if filters is None:
        return
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    packed = [name for name in names if name in _PACKED]
    is_image = stream.get("/Subtype") == "/Image"
    most = _MOST_IMAGE_INFLATED if is_image else _MOST_INFLATED
    length = stream.get("/Length", 0)
    if not packed or (len(packed) == 1 and int(length) * _WORST_RATIO < most):
        return
    if inflated_size(stream.read_raw_bytes(), names, most) > most:
        raise NotReadable(BLOATED_REASON)


def inflated_size(raw: bytes, filters: list[str], most: int) -> int:
    """Size after unpacking, counted while unpacking and given up beyond `most`.

    Only Deflate can be counted; a chain of packers is counted at its first two stages.
    """
    if not filters or filters[0] not in {"/FlateDecode", "/Fl"}:
        return len(raw)
    chained = len(filters) > 1 and filters[1] in {"/FlateDecode", "/Fl"}
    inner = zlib.decompressobj() if chained else None
    outer = zlib.decompressobj()
    size = 0
    waiting = raw
    while waiting and not outer.eof and size <= most:
        try:
            piece = outer.decompress(waiting, 1 << 20)
            size += len(piece) if inner is None else len(inner.decompress(piece, most + 1))
        except zlib.error:
            break
        waiting = outer.unconsumed_tail
    return size
