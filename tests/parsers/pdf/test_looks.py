"""Strikes, underlines and highlights of a PDF, which are only lines and colours there."""

import pytest

from parsers import pdf
from parsers.tokens import Token
from tests.support.pdf_bytes import page, text

RED = "1 0 0 rg"


def tokens(content: str) -> tuple[Token, ...]:
    return pdf.read(page(content)).sheet.tokens


@pytest.mark.parametrize("line", ["50 703 11.2 .6 re f ", ".6 w 50 703.3 m 61.1 703.3 l S "], ids=["rectangle", "stroke"])
def test_a_struck_number_and_the_next_are_never_one(line: str) -> None:
    struck, new, unit = tokens(text(50, 700, "12") + line + text(61.2, 700, "2") + text(80, 700, "days"))
    assert (struck.text, struck.struck) == ("12", True)
    assert (new.text, new.struck, new.glued) == ("2", False, False)
    assert (unit.text, unit.struck) == ("days", False)


def test_struck_and_underlined_in_one_colour_is_a_tracked_change() -> None:
    old = text(50, 700, "12", before=RED) + "q 1 0 0 RG .6 w 50 703.3 m 61.1 703.3 l S Q "
    new = text(61.2, 700, "2", before=RED) + "q 1 0 0 RG .6 w 61.2 698.8 m 66.7 698.8 l S Q "
    first, second, third = tokens(old + new + text(80, 700, "days"))
    assert (first.text, first.struck, first.deleted, first.inserted) == ("12", True, True, False)
    assert (second.text, second.inserted, second.underlined, second.deleted) == ("2", True, True, False)
    assert (third.struck, third.inserted) == (False, False)


def test_an_insertion_beside_a_change_bar_is_told_though_nothing_was_struck() -> None:
    new = text(61, 700, "2", before=RED) + "q 1 0 0 RG .6 w 61 698.8 m 66.5 698.8 l S Q "
    (bare,) = tokens(new)
    (barred,) = tokens(new + ".5 w 40 695 m 40 712 l S ")
    assert (bare.inserted, barred.inserted) == (False, True)


def test_part_of_a_line_may_be_struck() -> None:
    assert [(one.text, one.struck) for one in tokens(text(50, 700, "FT / PT") + "50 703 11.7 .6 re f ")] == [
        ("FT", True), ("/", False), ("PT", False),
    ]  # fmt: skip


def test_a_black_strike_is_a_choice_and_no_tracked_change() -> None:
    (token,) = tokens(text(50, 700, "FT") + "50 703 11.7 .6 re f ")
    assert (token.struck, token.deleted) == (True, False)


def test_an_answer_line_does_not_underline_its_answer() -> None:
    line = "85 698 m 300 698 l S "
    assert [one.underlined for one in tokens(line + text(90, 700, "Jane Doe"))] == [False, False]
    assert [one.underlined for one in tokens(text(50, 660, "Heading") + "50 658.5 m 87 658.5 l S ")] == [True]


def test_a_table_border_near_the_text_is_no_underline() -> None:
    grid = "50 690 m 120 690 l S 50 698.7 m 120 698.7 l S 50 720 m 120 720 l S 50 690 m 50 720 l S 120 690 m 120 720 l S "
    assert [one.underlined for one in tokens(grid + text(52, 700, "Text of cell"))] == [False, False, False]


def test_a_bar_of_colour_behind_words_highlights_them() -> None:
    content = "q 1 1 0 rg 49 697 22 12 re f Q " + text(50, 700, "YES") + text(75, 700, "/ NO")
    assert [(one.text, one.highlighted) for one in tokens(content)] == [("YES", True), ("/", False), ("NO", False)]


def test_the_colour_of_a_cell_is_no_highlight() -> None:
    grid = "50 680 100 20 re S 150 680 100 20 re S "
    content = "q .87 .92 .97 rg 50 680 100 20 re f Q " + grid + text(55, 685, "Label") + text(155, 685, "Value")
    assert [one.highlighted for one in tokens(content)] == [False, False]


def test_a_ring_around_a_word_chooses_it() -> None:
    ring = "q 1 0 0 RG 48 704 m 48 712 64 712 64 704 c 64 696 48 696 48 704 c S Q "
    assert [(one.text, one.highlighted) for one in tokens(text(50, 700, "FT / PT") + ring)] == [
        ("FT", True), ("/", False), ("PT", False),
    ]  # fmt: skip
