"""Pictures of PDF pages."""

import io

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from parsers import pdf
from parsers.forms import NotReadable
from tests.support.pdf_bytes import drawn, form, page, text
from tests.support.pictured import Way, pictured


def ink(png: bytes) -> int:
    return int((np.asarray(Image.open(io.BytesIO(png)).convert("L")) < 128).sum())


def test_pages_are_pngs_of_the_size_asked_for() -> None:
    def two_pages(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "one")
        canvas.showPage()
        canvas.drawString(50, 700, "two")

    data = drawn(two_pages)
    images = pdf.render(data, None, 1.5)
    assert [image.number for image in images] == [1, 2]
    assert Image.open(io.BytesIO(images[0].png)).size == (893, 1263)
    assert [image.number for image in pdf.render(data, [2, 7], 1.0)] == [2]


def test_values_of_form_fields_are_drawn_in_unless_left_out() -> None:
    widget = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Jane Doe) /DA (/Helv 12 Tf 0 g) /Rect [100 700 300 716] >>"
    fonts = "/DR << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /NeedAppearances true"
    data = form("10 0 R", {10: widget}, acro=fonts)
    (shown,) = pdf.render(data)
    assert ink(shown.png) > 50
    ((_, bare, _),) = pdf.render_grey(data, [1], 1.0, fields=False)
    assert int((bare < 128).sum()) == 0


def test_grey_pictures_for_ocr_are_arrays() -> None:
    ((number, picture, scale),) = pdf.render_grey(page(text(50, 700, "word")), [1], 300 / 72)
    assert (number, picture.shape, scale) == (1, (3509, 2480), 300 / 72)
    assert picture.dtype == np.uint8


def test_a_huge_page_is_drawn_smaller() -> None:
    data = page("0 0 9 9 re f", entries="/MediaBox [0 0 14400 14400]")
    ((_, picture, scale),) = pdf.render_grey(data, [1], 300 / 72)
    assert picture.size <= 41_000_000
    assert scale < 300 / 72


def test_what_cannot_be_opened_cannot_be_drawn() -> None:
    with pytest.raises(NotReadable):
        pdf.render(b"nothing")


def test_page_with_far_more_drawn_on_it_than_any_form_is_left_out_and_the_others_are_drawn() -> None:
    def crowded(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "one")
        canvas.showPage()
        for number in range(21_000):
            canvas.line(number % 590, number % 830, number * 7 % 590, number * 3 % 830)

    data = drawn(crowded)
    assert [image.number for image in pdf.render(data, None, 3.0)] == [1]
    assert [number for number, _, _ in pdf.render_grey(data, [1, 2], 3.0)] == [1]


@pytest.mark.parametrize(
    ("way", "dots"), [(Way(100), 100), (Way(72), 72), (Way(150), 200), (Way(300), 200), (Way(100, file="poor text"), 100)]
)
def test_coarse_scan_is_drawn_with_the_dots_that_it_has(way: Way, dots: int) -> None:
    scanned = pictured(drawn(lambda canvas: canvas.drawString(50, 700, "one")), way)
    ((_, grey, scale),) = pdf.render_grey(scanned, [1], 200 / 72)
    assert 72 * scale == pytest.approx(dots, abs=1)
    assert grey.shape[1] == pytest.approx(595 * dots / 72, abs=2)


def test_coarse_picture_beside_words_is_drawn_as_finely_as_asked() -> None:
    def logo_and_words(canvas: Canvas) -> None:
        canvas.drawInlineImage(Image.new("L", (60, 60), 90), 0, 0, 595, 842)
        canvas.drawString(50, 700, "one")

    ((_, _, scale),) = pdf.render_grey(drawn(logo_and_words), [1], 200 / 72)
    assert scale == pytest.approx(200 / 72)
