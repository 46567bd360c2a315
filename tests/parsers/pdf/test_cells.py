"""Tables of a PDF: every way of drawing one gives the same cells."""

import pytest

from parsers import pdf
from parsers.layout.tidied import without_shaded_labels
from parsers.tokens import Cell
from tests.support.pdf_bytes import page, text

LABELS = text(55, 685, "Label") + text(155, 685, "Value") + text(55, 665, "Below")

LINES = "50 700 m 250 700 l S 50 680 m 250 680 l S 50 660 m 250 660 l S 50 660 m 50 700 l S 250 660 m 250 700 l S 150 680 m 150 700 l S\n"
THIN = (
    "0 g 50 700 200 .5 re f 50 680 200 .5 re f 50 660 200 .5 re f 50 660 .5 40.5 re f 150 680 .5 20 re f 250 660 .5 40.5 re f\n"
)
BOXES = "50 680 100 20 re S 150 680 100 20 re S 50 660 200 20 re S\n"
PIECES = (
    "0 g " + "".join(f"{50 + 10 * step} {height} 9.5 .5 re f " for step in range(20) for height in (660, 680, 700))
    + "50 660 .5 40 re f 250 660 .5 40 re f 150 680 .5 20 re f\n"
)  # fmt: skip
DOUBLE = LINES + "48 658 204 44 re S\n"
ROUND = (
    "q 52 680 m 148 680 l 149 680 150 681 150 682 c 150 698 l 150 699 149 700 148 700 c 52 700 l 51 700 50 699 50 698 c "
    "50 682 l 50 681 51 680 52 680 c h S Q 150 680 100 20 re S 50 660 200 20 re S\n"
)


def cells_of(content: str) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in pdf.read(page(content)).sheet.cells]


@pytest.mark.parametrize(
    "drawing", [LINES, THIN, BOXES, PIECES, DOUBLE, ROUND], ids=["lines", "thin", "boxes", "pieces", "double", "round"]
)
def test_a_table_has_the_same_cells_however_it_is_drawn(drawing: str) -> None:
    sheet = pdf.read(page(drawing + LABELS)).sheet
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in sheet.cells] == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (1, 0, 1, 2),
    ]
    assert [(token.text, token.cell) for token in sheet.tokens] == [("Label", 0), ("Value", 1), ("Below", 2)]
    first = sheet.cells[0].box
    assert (first.x0, first.top, first.x1, first.bottom) == pytest.approx((50, 142, 150, 162), abs=2)


def test_cells_without_side_borders_end_where_the_lines_end() -> None:
    open_sides = "50 700 m 250 700 l S 50 680 m 250 680 l S 50 660 m 250 660 l S 150 660 m 150 700 l S\n"
    assert cells_of(open_sides) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_lines_under_text_alone_make_no_table() -> None:
    assert cells_of("50 700 m 250 700 l S 50 680 m 250 680 l S 50 660 m 250 660 l S " + LABELS) == []


def test_a_cell_may_span_rows() -> None:
    tall = "50 660 200 40 re S 150 660 m 150 700 l S 150 680 m 250 680 l S\n"
    assert cells_of(tall) == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]


def test_a_nested_table_knows_the_cell_around_it_and_is_read_within_it() -> None:
    inner = "60 620 m 200 620 l 200 680 l 60 680 l h S 60 650 m 200 650 l S 130 620 m 130 680 l S "
    words = text(55, 690, "before") + text(65, 655, "a") + text(135, 655, "b") + text(65, 630, "c") + text(55, 605, "after")
    sheet = pdf.read(page("50 600 200 100 re S " + inner + words)).sheet
    assert [cell.parent for cell in sheet.cells] == [None, 0, 0, 0, 0]
    assert [token.text for token in sheet.tokens] == ["before", "a", "b", "c", "after"]
    assert [token.cell for token in sheet.tokens] == [0, 1, 2, 3, 0]


def test_tables_a_line_apart_stay_two() -> None:
    cells = pdf.read(page("50 680 200 20 re S 150 680 m 150 700 l S 50 640 200 30 re S " + LABELS)).sheet.cells
    assert [cell.table for cell in cells] == [0, 0, 1]


@pytest.mark.parametrize(
    "drawing",
    [
        ".9 g 50 680 100 20 re f 151 680 100 20 re f 50 659 100 20 re f 151 659 100 20 re f 0 g ",
        "q .8 .85 .95 rg 50 660 200 40 re f 1 G 1 w 50 680 m 250 680 l S 150 660 m 150 700 l S Q ",
    ],
    ids=["gaps between", "white lines"],
)
def test_colours_alone_make_cells(drawing: str) -> None:
    sheet = pdf.read(page(drawing + LABELS)).sheet
    assert [(cell.row, cell.column, cell.shaded) for cell in sheet.cells] == [
        (0, 0, True), (0, 1, True), (1, 0, True), (1, 1, True),
    ]  # fmt: skip
    assert [token.cell for token in sheet.tokens] == [0, 1, 2]


def test_a_coloured_heading_is_no_cell() -> None:
    assert cells_of(".8 g 50 680 200 20 re f 0 g " + LABELS) == []


def test_a_shaded_label_cell_is_told_from_its_plain_neighbour() -> None:
    cells: tuple[Cell, ...] = pdf.read(page("q .9 g 50 680 100 20 re f Q " + BOXES + LABELS)).sheet.cells
    assert [cell.shaded for cell in cells] == [True, False, False]


def test_one_character_a_box_is_one_word_in_one_cell() -> None:
    boxes = "".join(f"{50 + 14 * place} 700 14 16 re S " for place in range(7))
    digits = "".join(text(53 + 14 * place, 704, digit) for place, digit in enumerate("1234567"))
    sheet = pdf.read(page(boxes + digits)).sheet
    assert [(token.text, token.cell) for token in sheet.tokens] == [("1234567", 0)]
    assert len(sheet.cells) == 1


def test_boxes_for_day_month_and_year_are_one_cell_with_three_words() -> None:
    places = [50 + 14 * number + 6 * ((number > 1) + (number > 3)) for number in range(8)]
    boxes = "".join(f"{place} 700 14 16 re S " for place in places)
    digits = "".join(text(place + 3, 704, digit) for place, digit in zip(places, "01092024", strict=True))
    sheet = pdf.read(page(boxes + digits)).sheet
    assert [token.text for token in sheet.tokens] == ["01", "09", "2024"]
    assert {token.cell for token in sheet.tokens} == {0}
    assert len({token.line for token in sheet.tokens}) == 1


def test_a_line_that_is_no_border_is_kept_as_a_rule() -> None:
    sheet = pdf.read(page(text(50, 700, "Name:") + "85 698 m 300 698 l S ")).sheet
    assert [(rule.horizontal, round(rule.box.x0), round(rule.box.x1)) for rule in sheet.rules] == [(True, 85, 300)]


def test_grounds_of_labels_alone_are_no_table() -> None:
    labels = [("Name of ECT", 690), ("Name of school", 670), ("Date of birth", 650)]
    grounds = "0.9 0.93 0.96 rg 50 642 100 60 re f 50 662 100 20 re f 50 682 100 20 re f 0 g\n"
    answers = "".join(
        text(160, y, value) for value, y in (("Orla Yardley", 690), ("Fernhill Academy", 670), ("8 May 1999", 650))
    )
    sheet = pdf.read(page(grounds + "".join(text(55, y, label) for label, y in labels) + answers)).sheet
    assert len(sheet.cells) > 1
    assert not without_shaded_labels(sheet).cells


def test_coloured_heads_over_their_answers_stay_a_table() -> None:
    sheet = pdf.read(page("0.9 0.93 0.96 rg 50 680 100 20 re f 150 680 100 20 re f 0 g\n" + LABELS)).sheet
    assert without_shaded_labels(sheet).cells == sheet.cells
