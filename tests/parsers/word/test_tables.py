"""Tables of Word files: merges, nesting, wrappers, widths, hostile spans."""

import random

import pytest

from parsers.forms import NotReadable
from parsers.word import read_sheet
from parsers.word.tables import MOST_COLUMNS
from tests.support.sheets import in_place, said, token
from tests.support.word_xml import cell, package, paragraph, row, run, table

SPAN_2 = '<w:gridSpan w:val="2"/>'
DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_stand_once_with_their_spans() -> None:
    body = table(
        row(cell("wide", properties=SPAN_2, width=4800), "c"),
        row(cell("tall", properties=DOWN), "e", "f"),
        row(cell("covered", properties=GOES_ON), "h", "i"),
    )
    sheet = read_sheet(package(body))
    spans = {token(sheet, text).cell: spans for text, spans in (("wide", (1, 2)), ("tall", (2, 1)), ("i", (1, 1)))}
    for index, expected in spans.items():
        assert index is not None
        assert (sheet.cells[index].row_span, sheet.cells[index].column_span) == expected
    assert len(sheet.cells) == 7
    assert "covered" not in said(sheet)
    assert token(sheet, "h").place == "table 1, row 3, cell 1"


def test_old_horizontal_merge_stands_once() -> None:
    body = table(row(cell("a", properties='<w:hMerge w:val="restart"/>'), cell("gone", properties="<w:hMerge/>"), "c"))
    sheet = read_sheet(package(body))
    assert said(sheet) == "a c"
    assert [(one.column, one.column_span) for one in sheet.cells] == [(0, 2), (2, 1)]


def test_merge_that_begins_nowhere_is_an_ordinary_cell() -> None:
    assert said(read_sheet(package(table(row(cell("kept", properties=GOES_ON)))))) == "kept"


def test_boxes_of_cells_tile_the_table() -> None:
    body = table(row(cell("a", width=1200), cell("b", width=3600)), row(cell("c", properties=SPAN_2)), grid=(1200, 3600))
    a, b, c = (one.box for one in read_sheet(package(body)).cells)
    assert a.width == pytest.approx(60)
    assert b.width == pytest.approx(180)
    assert a.x1 == pytest.approx(b.x0)
    assert (c.x0, c.x1) == pytest.approx((a.x0, b.x1))
    assert a.bottom == pytest.approx(c.top)
    assert a.bottom == b.bottom


def test_widths_that_cells_ask_for_go_before_a_careless_grid() -> None:
    body = table(row(cell("a", width=1200), cell("b", width=3600)), grid=(2400, 2400))
    assert [one.box.width for one in read_sheet(package(body)).cells] == pytest.approx([60, 180])


def test_column_below_a_tall_cell_keeps_its_place() -> None:
    body = table(row(cell("tall", properties=DOWN), "x"), row(cell(properties=GOES_ON), "below x"))
    x, below = (next(t for t in read_sheet(package(body)).tokens if t.text == text) for text in ("x", "below"))
    assert x.box.x0 == pytest.approx(below.box.x0)


def test_nested_table_knows_its_cell_and_stays_inside() -> None:
    inner = table(row("inner one", "inner two"), grid=(6000, 6000))
    sheet = read_sheet(package(table(row("outer", cell(inner, "<w:p/>")))))
    outer = sheet.cells[1]
    nested = [one for one in sheet.cells if one.parent == 1]
    assert len(nested) == 2
    assert all(outer.box.x0 <= one.box.x0 <= one.box.x1 <= outer.box.x1 for one in nested)
    assert all(outer.box.top <= one.box.top <= one.box.bottom <= outer.box.bottom for one in nested)
    assert in_place(sheet, "table 2, row 1, cell 1") == "inner one"


def test_row_that_a_tracked_change_took_out_is_deleted() -> None:
    gone = row("gone", properties='<w:del w:id="1" w:author="x"/>')
    new = row("new", properties='<w:ins w:id="2" w:author="x"/>')
    sheet = read_sheet(package(table(gone, new)))
    assert said(sheet) == "new"
    assert token(sheet, "new").inserted


def test_cell_that_a_tracked_change_took_out_is_deleted() -> None:
    gone = cell("gone", properties='<w:cellDel w:id="1" w:author="x"/>')
    assert said(read_sheet(package(table(row(gone, "kept"))))) == "kept"


def test_hidden_row_is_left_out() -> None:
    assert said(read_sheet(package(table(row("secret", properties="<w:hidden/>"), row("seen"))))) == "seen"


def test_row_that_begins_further_right() -> None:
    body = table(row("a", "b"), row(cell("under b"), properties='<w:gridBefore w:val="1"/>'))
    sheet = read_sheet(package(body))
    assert sheet.cells[2].column == 1
    assert sheet.cells[2].box.x0 == pytest.approx(sheet.cells[1].box.x0)


def test_shaded_cell_is_told() -> None:
    body = table(row(cell("label", properties='<w:shd w:val="clear" w:fill="DEEAF6"/>'), "value"))
    assert [one.shaded for one in read_sheet(package(body)).cells] == [True, False]


def test_height_that_a_row_asks_for_is_kept() -> None:
    body = table(row("comments", properties='<w:trHeight w:val="2000"/>'))
    assert read_sheet(package(body)).cells[0].box.height == pytest.approx(100)


@pytest.mark.parametrize("span", ["2000000", "-3", "0", "", "x", "1e400"])
def test_hostile_span_is_capped(span: str) -> None:
    wide = cell("wide", properties=f'<w:gridSpan w:val="{span}"/>')
    sheet = read_sheet(package(table(*[row(wide, "b")] * 20)))
    assert len(sheet.cells) == 40
    assert all(1 <= one.column_span <= MOST_COLUMNS for one in sheet.cells)
    assert sheet.pages[0].width < 5_000


def _numbered(rows: int) -> bytes:
    digits = random.Random(4)
    lines = (row(*[cell(paragraph(run(str(digits.random())))) for _ in range(20)]) for _ in range(rows))
    return package(table(*lines, grid=(500,) * 20))


def test_large_table_is_read() -> None:
    assert len(read_sheet(_numbered(300)).cells) == 6_000


def test_enormous_table_is_refused() -> None:
    with pytest.raises(NotReadable, match="cells"):
        read_sheet(_numbered(1_010))
