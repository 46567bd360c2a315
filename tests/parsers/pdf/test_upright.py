"""Pages that lie on their side or show only a part stand upright on the sheet, and on the picture just so."""

import io

import numpy as np
import pytest
from PIL import Image

from parsers import pdf
from tests.support.pdf_bytes import page, text

SENTENCE = "The early career teacher is on track"


@pytest.mark.parametrize(
    "entries",
    ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox [100 100 500 800]", "/Rotate 270 /CropBox [100 100 500 800]"],
)
@pytest.mark.parametrize(
    "matrix",
    ["1 0 0 1 150 600", "0 1 -1 0 300 300", "-1 0 0 -1 400 600", "0 -1 1 0 300 600"],
    ids=["up", "left", "down", "right"],
)
def test_every_word_stands_where_the_picture_shows_it(entries: str, matrix: str) -> None:
    data = page(f"q {matrix} cm {text(0, 0, SENTENCE)} Q", entries=entries)
    sheet = pdf.read(data).sheet
    assert [token.text for token in sheet.tokens] == SENTENCE.split()
    assert len({token.line for token in sheet.tokens}) == 1
    (image,) = pdf.render(data, [1], 2.0)
    ink = np.asarray(Image.open(io.BytesIO(image.png)).convert("L")) < 128
    assert (ink.shape[1], ink.shape[0]) == pytest.approx((2 * sheet.pages[0].width, 2 * sheet.pages[0].height), abs=2)
    for token in sheet.tokens:
        box = token.box
        inside = ink[round(2 * box.top) : round(2 * box.bottom), round(2 * box.x0) : round(2 * box.x1)]
        assert inside.any()
        ink[round(2 * box.top) - 2 : round(2 * box.bottom) + 2, round(2 * box.x0) - 2 : round(2 * box.x1) + 2] = False
    assert not ink.any()


def test_words_on_their_side_do_not_mix_with_the_page() -> None:
    side = "q 0 1 -1 0 300 660 cm " + text(0, 0, "side words") + " Q "
    sheet = pdf.read(page(text(50, 700, "The page stands upright and says so") + side + text(50, 600, "After"))).sheet
    assert [token.text for token in sheet.tokens] == [
        *["The", "page", "stands", "upright", "and", "says", "so"],
        "After",
        "side",
        "words",
    ]
