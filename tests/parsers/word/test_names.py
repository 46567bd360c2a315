"""Small values of the Word vocabulary."""

import pytest

from parsers.word.names import number, points, transitional


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1440", 72),
        ("12pt", 12),
        ("1in", 72),
        ("2.54cm", 72),
        ("25.4mm", 72),
        ("-240", -12),
        ("", 5),
        (None, 5),
        ("x", 5),
        ("xpt", 5),
    ],
)
def test_lengths(text: str | None, length: float) -> None:
    assert points(text, 5) == pytest.approx(length)


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "-1e10", "", "two", None])
def test_numbers_out_of_reason_give_the_default(text: str | None) -> None:
    assert number(text, 7) == 7


def test_strict_names_become_the_usual_ones() -> None:
    strict = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    assert b"schemas.openxmlformats.org/wordprocessingml/2006/main" in transitional(strict)


def test_damaged_utf_16_is_no_error() -> None:
    assert isinstance(transitional(b"\xff\xfe<\x00w"), bytes)
    assert isinstance(transitional(b"\xff\xfe<\x00w\x00\x01"), bytes)
