"""The second engine: lines in, words out."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from parsers.scan.second import SecondEngine, model_file
from tests.support import scans


@pytest.fixture(scope="module")
def engine() -> SecondEngine:
    return SecondEngine()


def line(text: str, size: int = 30) -> scans.Pixels:
    image = Image.new("L", (60 + 20 * len(text), 44), 250)
    ImageDraw.Draw(image).text((6, 4), text, font=scans.accented_font(size), fill=0)
    return scans.grainy(np.asarray(image, np.uint8))


def test_weights_come_with_the_packages() -> None:
    found = model_file()
    assert found is not None
    assert found.stat().st_size > 1_000_000


@pytest.mark.parametrize(
    "text", ["16/07/1996", "12 / 34567", "Aroha Example", "Zoë Castañeda", "Jens Sørensen", "Çelik", "Siân Hélène", "0498351"]
)
def test_line_is_read_with_its_accents(engine: SecondEngine, text: str) -> None:
    words = engine.words(line(text))
    assert words is not None
    assert "".join(word.text for word in words) == text.replace(" ", "")


def test_words_stand_where_they_were_written(engine: SecondEngine) -> None:
    words = engine.words(line("Brackenhurst College"))
    assert words is not None
    first, second = words
    assert first.right < second.left
    written = [scans.accented_font(30).getlength(text) for text in ("Brackenhurst", "Brackenhurst ", "Brackenhurst College")]
    assert [first.right, second.left, second.right] == pytest.approx([6 + edge for edge in written], abs=16)


def test_size_of_the_letters_does_not_matter(engine: SecondEngine) -> None:
    small = cv2.resize(line("Nether Tarrow"), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    words = engine.words(np.asarray(small, np.uint8))
    assert words is not None
    assert [word.text for word in words] == ["Nether", "Tarrow"]


@pytest.mark.parametrize("shape", [(0, 0), (3, 100), (48, 2), (40, 400)])
def test_paper_without_writing_gives_no_words(engine: SecondEngine, shape: tuple[int, int]) -> None:
    assert engine.words(np.full(shape, 250, np.uint8)) == []
