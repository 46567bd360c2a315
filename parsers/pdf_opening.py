"""Opens a PDF: passwords, size limits and the cheap checks that keep a hostile file from the page engine.

pdfium follows a form that draws itself until the memory is gone (587 bytes are enough) and inflates whatever it is
given. The hard limits are the child process's; the checks here turn the known traps into a plain reason first.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from parsers.forms import NotReadable

MOST_PAGES = 200
_MOST_OBJECTS = 300_000
_MOST_DRAWN_FORMS = 20_000
_DEEPEST_FORMS = 12
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
    except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError, RecursionError) as error:
        raise NotReadable(DAMAGED_REASON) from error
    with file:
        yield file


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
        counts: dict[tuple[int, int], int] = {}
        drawn = sum(_drawn_forms(page, counts, ()) for page in pages[:MOST_PAGES])
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, RecursionError) as error:
        raise NotReadable(DAMAGED_REASON) from error
    if drawn > _MOST_DRAWN_FORMS:
        raise NotReadable(TANGLED_REASON)
    if not pages:
        raise NotReadable(EMPTY_REASON)


def _drawn_forms(owner: pikepdf.Object, counts: dict[tuple[int, int], int], path: tuple[tuple[int, int], ...]) -> int:
    """How many form XObjects are drawn at least, if everything named in the resources is drawn once."""
    total = 0
    for form in _forms_named(owner):
        key = form.objgen
        if key in path or len(path) > _DEEPEST_FORMS:
            raise NotReadable(TANGLED_REASON)
        if key not in counts or key == (0, 0):
            counts[key] = 1 + _drawn_forms(form, counts, (*path, key))
        total += counts[key]
        if total > _MOST_DRAWN_FORMS:
            raise NotReadable(TANGLED_REASON)
    return total


def _forms_named(owner: pikepdf.Object) -> Iterator[pikepdf.Object]:
    resources = owner.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return
    for kind in ("/XObject", "/Pattern"):
        named = resources.get(kind)
        if not isinstance(named, pikepdf.Dictionary):
            continue
        for one in named.values():  # type: ignore[no-untyped-call, unused-ignore]
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
                yield one


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
            size += len(piece) if inner is None else len(inner.decompress(piece, most))
        except zlib.error:
            break
        waiting = outer.unconsumed_tail
    return size
