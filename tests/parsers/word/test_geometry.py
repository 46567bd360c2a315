"""The page on which a flow is laid out: gaps, stops, lines, columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.tokens import Mark, Sheet, Token
from parsers.word import read_sheet
from tests.support.sheets import token
from tests.support.word_xml import cell, control, package, paragraph, part, row, run, table, tie

TAB = "<w:r><w:tab/></w:r>"


def gap(sheet: Sheet, left: str, right: str) -> float:
    return token(sheet, right).box.x0 - token(sheet, left).box.x1


def test_words_of_a_line_stand_close_and_in_order() -> None:
    sheet = read_sheet(package(paragraph("one two three")))
    assert 0 < gap(sheet, "one", "two") < 6
    assert len({one.line for one in sheet.tokens}) == 1
    assert [one.order for one in sheet.tokens] == [0, 1, 2]


@pytest.mark.parametrize("between", [TAB, run("   "), run("            "), run("\u2003\u2003\u2003")])
def test_tab_or_several_spaces_are_a_gap_that_is_seen(between: str) -> None:
    assert gap(read_sheet(package(paragraph("Dated", between, "Name"))), "Dated", "Name") > 12


def test_two_spaces_after_a_full_stop_are_no_gap() -> None:
    assert gap(read_sheet(package(paragraph("end.  Next"))), "end.", "Next") < 12


def test_custom_stops_line_up() -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="4000"/></w:tabs>'
    body = paragraph("Name", TAB, "Ada", properties=stops) + paragraph("Number", TAB, "123", properties=stops)
    sheet = read_sheet(package(body))
    assert token(sheet, "Ada").box.x0 == pytest.approx(token(sheet, "123").box.x0)
    assert token(sheet, "Ada").box.x0 == pytest.approx(72 + 200)


def test_right_stop_ends_the_text_there() -> None:
    stops = '<w:tabs><w:tab w:val="right" w:pos="8000"/></w:tabs>'
    sheet = read_sheet(package(paragraph("Name", TAB, "Dated", properties=stops)))
    assert token(sheet, "Dated").box.x1 == pytest.approx(72 + 400)


def test_default_stops_come_from_the_settings() -> None:
    settings = part("settings", '<w:defaultTabStop w:val="2880"/>')
    data = package(
        paragraph("a", TAB, "b"), ties=(tie("rId7", "settings", "settings.xml"),), parts={"word/settings.xml": settings}
    )
    assert token(read_sheet(data), "b").box.x0 == pytest.approx(72 + 144)


def test_line_break_begins_a_line_in_the_same_paragraph() -> None:
    one, two = read_sheet(package(paragraph("one", "<w:r><w:br/></w:r>", "two"))).tokens
    assert one.paragraph == two.paragraph
    assert one.line != two.line
    assert two.box.top > one.box.bottom - 1
    assert two.box.x0 == one.box.x0
    assert not two.glued


def test_long_text_breaks_at_the_edge_of_its_cell() -> None:
    sheet = read_sheet(package(table(row("word " * 60, "b"))))
    box = sheet.cells[0].box
    words = [one for one in sheet.tokens if one.cell == 0]
    assert len({one.line for one in words}) > 5
    assert all(box.x0 < one.box.x0 < one.box.x1 <= box.x1 for one in words)
    assert all(box.top <= one.box.top < one.box.bottom <= box.bottom for one in words)


def test_word_longer_than_its_cell_stays_inside() -> None:
    sheet = read_sheet(package(table(row("x" * 300, "b"))))
    assert sheet.tokens[0].box.x1 <= sheet.cells[0].box.x1


def test_values_of_one_row_share_their_height() -> None:
    sheet = read_sheet(package(table(row("Name", "Ada"), row("TRN", "1234567"))))
    assert token(sheet, "Name").box.middle == token(sheet, "Ada").box.middle
    assert token(sheet, "TRN").box.top > token(sheet, "Name").box.bottom


def test_indent_is_kept() -> None:
    sheet = read_sheet(package(paragraph("in", properties='<w:ind w:left="1440" w:hanging="360"/>')))
    assert token(sheet, "in").box.x0 == pytest.approx(72 + 72 - 18)


def test_underlined_blank_is_an_answer_line() -> None:
    sheet = read_sheet(package(paragraph("Name ", '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/><w:tab/></w:r>')))
    assert sheet.rules
    assert all(rule.horizontal and rule.box.x0 >= token(sheet, "Name").box.x1 for rule in sheet.rules)


def test_box_of_an_input_holds_its_words() -> None:
    sheet = read_sheet(package(paragraph("Name ", control(run("Ada Quill"), "<w:text/>"))))
    box = sheet.fields[0].box
    assert box is not None
    assert (box.x0, box.x1) == (token(sheet, "Ada").box.x0, token(sheet, "Quill").box.x1)


def test_page_is_as_large_as_what_stands_on_it() -> None:
    body = "".join(paragraph(f"line {number}") for number in range(100)) + table(
        row(*[cell("x", width=4000)] * 8), grid=(4000,) * 8
    )
    sheet = read_sheet(package(body))
    (page,) = sheet.pages
    assert all(0 <= one.box.x0 < one.box.x1 <= page.width for one in sheet.tokens)
    assert all(0 <= one.box.top < one.box.bottom <= page.height for one in sheet.tokens)
    assert all(one.box.x1 <= page.width for one in sheet.cells)


_TEXTS = st.text(st.sampled_from("ab 1/\u00a0\u2002☐☒\t"), max_size=40)


@settings(deadline=None)
@given(st.lists(st.lists(_TEXTS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_tokens_of_a_table_never_leave_their_cells(rows: list[list[str]]) -> None:
    sheet = read_sheet(package(table(*(row(*(cell(paragraph(run(text))) for text in texts)) for texts in rows))))
    items: list[Token | Mark] = [*sheet.tokens, *sheet.marks]
    for item in items:
        assert item.cell is not None
        box = sheet.cells[item.cell].box
        assert box.x0 <= item.box.x0 <= item.box.x1 <= box.x1 + 0.01
        assert box.top <= item.box.top <= item.box.bottom <= box.bottom + 0.01
    orders = [item.order for item in items]
    assert len(orders) == len(set(orders))
    assert all(one.text and not any(letter.isspace() for letter in one.text) for one in sheet.tokens)
