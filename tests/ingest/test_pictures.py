"""Logos are told apart from photographed forms."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest.pictures import is_logo, is_one_page, pixels
from parsers.filetypes import FileType, true_type
from tests.support import letters
from tests.support.papers import make

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 1754, 1240) + b"\x01\x01\x11\x00"


@pytest.mark.parametrize(
    ("content", "sides"),
    [
        (letters.picture(300, 80), (300, 80)),
        (b"GIF89a" + struct.pack("<HH", 12, 34), (12, 34)),
        (JPEG, (1240, 1754)),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff", None),
        (b"BM", None),
    ],
)
def test_size_is_told_by_the_first_bytes(content: bytes, sides: tuple[int, int] | None) -> None:
    assert pixels(content) == sides


def test_a_page_is_never_taken_for_a_logo() -> None:
    assert is_logo(letters.picture(1200, 300))
    assert not is_logo(letters.picture(1240, 1754))
    assert not is_logo(letters.picture(300, 80) + b"\0" * 300_000)


@given(st.binary(max_size=100))
def test_any_bytes_are_measured_or_not(content: bytes) -> None:
    for start in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a"):
        size = pixels(start + content)
        assert size is None or min(size) >= 0


def _drawn(kind: str, pages: int = 1) -> bytes:
    content = io.BytesIO()
    first, *others = [Image.new("L", (60, 80), 255)] * pages
    first.save(content, kind, **({"save_all": True, "append_images": others} if others else {}))
    return content.getvalue()


@pytest.mark.parametrize(("kind", "pages", "one"), [
    ("PNG", 1, True), ("JPEG", 1, True), ("TIFF", 1, True), ("TIFF", 2, False), ("PDF", 1, True), ("PDF", 2, False),
])  # fmt: skip
def test_a_single_picture_is_told_from_a_file_of_pages(kind: str, pages: int, *, one: bool) -> None:
    content = _drawn(kind, pages)
    assert is_one_page(content, true_type(content)) is one


def test_a_pdf_with_letters_is_no_picture() -> None:
    content = make("leaver", 0, 0, "print").content
    assert not is_one_page(content, FileType.PDF)
    assert not is_one_page(b"%PDF-1.7", FileType.PDF)


@given(st.binary(max_size=60))
def test_a_damaged_tiff_is_no_fault(tail: bytes) -> None:
    assert is_one_page(b"II*\0" + tail, FileType.TIFF) in {True, False}
