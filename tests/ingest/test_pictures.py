"""Logos are told apart from photographed forms."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pictures import is_logo, pixels
from tests.support import letters

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
