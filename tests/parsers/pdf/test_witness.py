"""What the reader sees on a page is what another reader, which shares no code with it, sees there too."""

import io
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pdfplumber
import pytest

from parsers import pdf
from tests.support.papers import make
from tests.support.papers_layouts import LAYOUTS


@contextmanager
def _quiet() -> Iterator[None]:
    """pdfminer warns about what other programs write into their files."""
    logger = logging.getLogger("pdfminer")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _counted(text: str) -> Counter[str]:
    return Counter(one for one in text if one.isascii() and one.isalnum())


def _seen_by_the_witness(data: bytes) -> list[Counter[str]]:
    with _quiet(), pdfplumber.open(io.BytesIO(data)) as file:
        # It names a character that a font gives no letter for by its number.
        seen = [[one["text"] for one in page.dedupe_chars().chars] for page in file.pages]
        return [_counted("".join(text for text in page if not text.startswith("(cid:"))) for page in seen]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_two_readers_see_the_same_characters_on_every_page(layout: str) -> None:
    data = make(layout, 1, 1, "print").content
    tokens = pdf.read(data).sheet.tokens
    witnessed = _seen_by_the_witness(data)
    assert sum(map(Counter.total, witnessed)) > 300
    for number, theirs in enumerate(witnessed, start=1):
        ours = _counted("".join(token.text for token in tokens if token.box.page == number))
        assert ours == theirs
