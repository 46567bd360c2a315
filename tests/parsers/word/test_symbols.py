"""Glyphs and symbol fonts."""

import pytest

from parsers.word.flow import Look, Tick, Words
from parsers.word.symbols import Glyphs, drawn, state_of, symbol


@pytest.mark.parametrize(("glyph", "state"), [("☒", True), ("✔", True), ("☐", False), ("❑", False), ("○", False), ("X", None)])
def test_state_of_a_glyph(glyph: str, state: bool | None) -> None:
    assert state_of(glyph) is state


def test_symbol_fonts_are_known_whatever_their_case() -> None:
    assert symbol("wingdings", 0xF0FE) == symbol("Wingdings", 0xFE) == "☑"
    assert symbol("Wingdings", 0xE0) == ""


def test_private_codes_without_a_font_are_read_as_wingdings() -> None:
    assert drawn("a\uf0feb", Look()) == "a☑b"


def test_text_around_a_glyph_stays() -> None:
    pieces = Glyphs("").split(Words("a ☐b☒", field=3))
    known_by = "glyph"
    assert pieces == [Words("a ", field=3), Tick(False, known_by, 3), Words("b", field=3), Tick(True, known_by, 3)]


def test_root_sign_is_a_tick_only_when_it_stands_alone() -> None:
    glyphs = Glyphs("")
    assert glyphs.split(Words("√")) == [Tick(True, "glyph")]
    assert glyphs.split(Words("√2 is irrational")) == [Words("√2 is irrational")]
