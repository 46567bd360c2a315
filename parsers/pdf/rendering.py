"""Draws pages of a PDF as pictures, with what people filled into its form fields."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from parsers import limits
from parsers.forms import NotReadable, PageImage
from parsers.pdf.drawings import MOST_OBJECTS
from parsers.pdf.opening import DAMAGED_REASON, MOST_PAGES, OpenPdf, opened, upright_page

POINTS_AN_INCH = 72
VIEWING_SCALE = 110 / POINTS_AN_INCH
"""Pixels a point for the pages that people look at."""
_MOST_PIXELS = 12_000_000
"""A page of A3 at 200 dpi has 8 million."""
_FEW, _WHOLE = 5_000, 0.7
"""Things on a page, text laid under it included, that are looked through; the least share of the page that its picture takes."""
_PAGE_SECONDS = 0.15
"""What each page adds to the time for the whole file; drawing one for the screen takes a quarter of that."""
_COARSE = 0.625
"""Of the dots asked for: a page that is one picture with fewer (125 dpi where 200 are asked for) is drawn with its own."""


def render(data: bytes, pages: Iterable[int] | None = None, scale: float = VIEWING_SCALE) -> list[PageImage]:
    """PNG pictures of the pages (from 1; by default all that are read), upright as on the sheet. Raises `NotReadable`.

    A page with far more drawn on it than any form is left out.
    """
    with opened(data) as pdf:
        return [_as_png(picture, number, used) for number, picture, used in _drawn(pdf, pages, scale, grey=False, fields=True)]


def render_grey(
    data: bytes, pages: Iterable[int], scale: float, *, fields: bool = True
) -> list[tuple[int, npt.NDArray[np.uint8], float]]:
    """(page, grey picture, pixels a point) for OCR; a huge page is drawn smaller than asked. Raises `NotReadable`.

    A page with far more drawn on it than any form is left out.
    `fields=False` leaves out annotations and form fields, whose text is on the sheet already.
    """
    with opened(data) as pdf:
        return [
            (number, np.asarray(picture.convert("L")), used)
            for number, picture, used in _drawn(pdf, pages, scale, grey=True, fields=fields)
        ]


def _drawn(
    pdf: OpenPdf, pages: Iterable[int] | None, scale: float, *, grey: bool, fields: bool
) -> Iterator[tuple[int, Image.Image, float]]:
    """One page after the other: two hundred pictures at once are most of a gigabyte."""
    if fields and pdf.drawn.get_formtype() != pdfium_c.FORMTYPE_NONE:
        pdf.drawn.init_forms()
    for number in range(1, min(pdf.page_count, MOST_PAGES) + 1) if pages is None else pages:
        picture = _picture(pdf.drawn, number, scale, grey, fields) if 1 <= number <= pdf.page_count else None
        if picture is not None:
            yield number, *picture


def _picture(drawn: Any, number: int, scale: float, grey: bool, fields: bool) -> tuple[Image.Image, float] | None:
    limits.earn(_PAGE_SECONDS)
    try:
        page, text_page = upright_page(drawn, number)
        text_page.close()
        # Sixty thousand strokes across a page take seconds to paint.
        if pdfium_c.FPDFPage_CountObjects(page) > MOST_OBJECTS:
            return None
        width, height = page.get_size()
        used = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        own = _dots_of_its_picture(page) if grey else None
        if own is not None and own <= _COARSE * used:
            used = own  # Whoever reads it can enlarge it better than PDFium does.
        bitmap = page.render(scale=used, grayscale=grey, may_draw_forms=fields, draw_annots=fields)
        picture: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
        page.close()
    except (pdfium.PdfiumError, ValueError, MemoryError) as error:
        raise NotReadable(DAMAGED_REASON) from error
    return picture, used


def _dots_of_its_picture(page: Any) -> float | None:
    """Dots a point of the picture that is the whole page; None where the page has more than that to see."""
    if pdfium_c.FPDFPage_GetAnnotCount(page) or pdfium_c.FPDFPage_CountObjects(page) > _FEW:
        return None
    seen = [one for one in page.get_objects() if not _is_hidden(one)]
    if len(seen) != 1 or seen[0].type != pdfium_c.FPDF_PAGEOBJ_IMAGE:
        return None
    left, bottom, right, top = seen[0].get_bounds()
    (width, height), (across, down) = page.get_size(), seen[0].get_px_size()
    if (right - left) * (top - bottom) < _WHOLE * width * height:
        return None
    # Turned pages swap the sides of the picture; both sides together do not.
    return float((across * down / ((right - left) * (top - bottom))) ** 0.5)


def _is_hidden(one: Any) -> bool:
    """Text that a scanner laid under its picture."""
    is_text: bool = one.type == pdfium_c.FPDF_PAGEOBJ_TEXT
    return is_text and bool(pdfium_c.FPDFTextObj_GetTextRenderMode(one) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _as_png(picture: Image.Image, number: int, scale: float) -> PageImage:
    buffer = io.BytesIO()
    # Five times as fast as the usual way of choosing colours, and smaller.
    picture.convert("RGB").quantize(64, method=Image.Quantize.FASTOCTREE).save(buffer, "PNG")
    return PageImage(number, buffer.getvalue(), scale)
