"""Tick boxes of a PDF: glyphs of many fonts, squares drawn in many ways, and what stands in them."""

import pytest

from parsers import pdf
from tests.support.pdf_bytes import coded_font, coded_page, coded_text, page, text

SQUARE = "50 700 12 12 re S "
FOUR_LINES = "50 700 m 62 700 l S 62 700 m 62 712 l S 62 712 m 50 712 l S 50 712 m 50 700 l S "
RING = (
    "50 706 m 50 709.3 52.7 712 56 712 c 59.3 712 62 709.3 62 706 c 62 702.7 59.3 700 56 700 c 52.7 700 50 702.7 50 706 c h S "
)
DOT = "53 706 m 53 707.7 54.3 709 56 709 c 57.7 709 59 707.7 59 706 c 59 704.3 57.7 703 56 703 c 54.3 703 53 704.3 53 706 c f "


def ticks(content: str) -> list[bool | None]:
    return [mark.ticked for mark in pdf.read(page(content + text(70, 702, "Yes"))).sheet.marks]


@pytest.mark.parametrize("box", [SQUARE, FOUR_LINES, RING], ids=["square", "four lines", "ring"])
@pytest.mark.parametrize(
    ("inside", "ticked"),
    [
        ("", False),
        ("52 702 m 60 710 l S 52 710 m 60 702 l S ", True),
        ("52 706 m 55 702 l 61 711 l S ", True),
        ("q 0 g 53 703 6 6 re f Q ", True),
        (text(52.5, 702.5, "X"), True),
        (text(52, 702.5, "4", font="Z"), True),
    ],
    ids=["empty", "two strokes", "tick", "filled", "typed X", "dingbat"],
)
def test_a_drawn_box_is_ticked_by_whatever_stands_in_it(box: str, inside: str, ticked: bool) -> None:
    assert ticks(box + inside) == [ticked]


def test_a_ring_is_ticked_by_its_dot() -> None:
    assert ticks(RING + DOT) == [True]


def test_what_ticks_a_box_is_not_read_again_as_text() -> None:
    sheet = pdf.read(page(SQUARE + text(52.5, 702.5, "X") + text(70, 702, "Yes"))).sheet
    assert [token.text for token in sheet.tokens] == ["Yes"]


def test_a_box_with_a_digit_holds_a_value() -> None:
    sheet = pdf.read(page(SQUARE + text(53, 702.5, "7"))).sheet
    assert [token.text for token in sheet.tokens] == ["7"]
    assert sheet.marks == ()


def test_boxes_below_each_other_are_one_mark_each() -> None:
    column = "".join(f"50 {700 - 14 * place} 14 14 re S " for place in range(3))
    sheet = pdf.read(
        page(column + text(54, 689, "X") + text(70, 703, "one") + text(70, 689, "two") + text(70, 675, "three"))
    ).sheet
    assert [mark.ticked for mark in sheet.marks] == [False, True, False]
    assert [mark.line for mark in sheet.marks] == [token.line for token in sheet.tokens]


def test_a_narrow_cell_of_a_table_is_a_cell_and_its_x_a_word() -> None:
    grid = "50 660 200 30 re S 50 675 m 250 675 l S 65 660 m 65 690 l S "
    sheet = pdf.read(page(grid + text(54, 679, "X") + text(70, 679, "satisfactory") + text(70, 664, "not"))).sheet
    assert sheet.marks == ()
    assert [(token.text, token.cell) for token in sheet.tokens] == [("X", 0), ("satisfactory", 1), ("not", 3)]


@pytest.mark.parametrize(
    ("character", "ticked"),
    [
        ("\N{BALLOT BOX}", False),
        ("\N{BALLOT BOX WITH CHECK}", True),
        ("\N{BALLOT BOX WITH X}", True),
        ("\N{CHECK MARK}", True),
        ("\N{BALLOT X}", True),
        ("\uf0fe", True),
        ("\uf0fd", True),
        ("\uf0a8", False),
        ("\uf06f", False),
    ],
)
def test_a_glyph_is_a_mark_whatever_font_it_comes_from(character: str, ticked: bool) -> None:
    font = coded_font({1: character, 2: " "}, name="ABCDEF+OpenSymbol")
    sheet = pdf.read(coded_page(coded_text(50, 700, [1, 2]) + text(70, 700, "Yes"), font)).sheet
    assert [(mark.ticked, mark.known_by) for mark in sheet.marks] == [(ticked, "glyph")]
    assert [token.text for token in sheet.tokens] == ["Yes"]


def test_a_bullet_of_a_symbol_font_is_text() -> None:
    font = coded_font({1: "\uf0b7", 2: " "}, name="ABCDEF+Symbol")
    sheet = pdf.read(coded_page(coded_text(50, 700, [1, 2]) + text(70, 700, "point"), font)).sheet
    assert [token.text for token in sheet.tokens] == ["•", "point"]
    assert sheet.marks == ()


def test_a_filled_circle_is_a_bullet_unless_the_page_has_empty_ones() -> None:
    font = coded_font({1: "\N{BLACK CIRCLE}", 2: " ", 3: "\N{WHITE CIRCLE}"})
    alone = pdf.read(coded_page(coded_text(50, 700, [1, 2]) + text(70, 700, "point"), font)).sheet
    pair = pdf.read(coded_page(coded_text(50, 700, [1, 2]) + coded_text(100, 700, [3, 2]) + text(70, 700, "Yes"), font)).sheet
    assert alone.marks == ()
    assert [mark.ticked for mark in pair.marks] == [True, False]
