"""Lines, paragraphs and reading order of a PDF."""

from collections.abc import Callable
from itertools import groupby

from parsers import pdf
from parsers.tokens import Sheet, Token
from tests.support.pdf_bytes import page, text

CELL = "50 600 200 100 re S "


def read(content: str) -> Sheet:
    return pdf.read(page(content)).sheet


def grouped(sheet: Sheet, by: Callable[[Token], int]) -> list[str]:
    return [" ".join(token.text for token in group) for _, group in groupby(sheet.tokens, key=by)]


def paragraphs(sheet: Sheet) -> list[str]:
    return grouped(sheet, lambda token: token.paragraph)


def lines(sheet: Sheet) -> list[str]:
    return grouped(sheet, lambda token: token.line)


def test_a_line_without_room_for_the_next_word_goes_on() -> None:
    full = "Questioning is more precise than it was at"
    sheet = read(CELL + text(56, 680, full) + text(56, 668, "the start of the period."))
    assert paragraphs(sheet) == [f"{full} the start of the period."]
    assert lines(sheet) == [full, "the start of the period."]


def test_a_line_with_room_left_ends_its_paragraph() -> None:
    assert paragraphs(read(CELL + text(56, 680, "Full name") + text(56, 668, "Jane Doe"))) == ["Full name", "Jane Doe"]


def test_a_value_in_another_face_is_no_part_of_its_label() -> None:
    label = text(56, 680, "The full name of the early career teacher", font="F2")
    assert len(paragraphs(read(CELL + label + text(56, 668, "Wilhelmina-Alexandra Featherstonehaugh")))) == 2


def test_pairs_side_by_side_share_a_line_and_no_paragraph() -> None:
    sheet = read(text(50, 700, "Date of birth 22 Apr 1983") + text(250, 700, "TRN 1234567"))
    assert lines(sheet) == ["Date of birth 22 Apr 1983 TRN 1234567"]
    assert paragraphs(sheet) == ["Date of birth 22 Apr 1983", "TRN 1234567"]


def test_columns_that_repeat_have_lines_of_their_own() -> None:
    rows = text(50, 700, "Full name") + text(250, 700, "Jane Doe") + text(50, 680, "TRN") + text(250, 680, "1234567")
    assert lines(read(rows)) == ["Full name", "Jane Doe", "TRN", "1234567"]


def test_a_value_that_wraps_in_its_column_stays_one_paragraph() -> None:
    value = "The Bishop of Blackmoor and St Ethelreda Church of England Primary School"
    rows = text(50, 700, "Name of school") + text(250, 700, value) + text(250, 688, "and Nursery")
    assert paragraphs(read(rows)) == ["Name of school", f"{value} and Nursery"]


def test_points_of_a_list_are_paragraphs() -> None:
    long = "- The lesson seen in November had an aim"
    content = CELL + text(56, 680, long) + text(56, 668, "- Unquestionably") + text(56, 656, "- Third")
    assert paragraphs(read(content)) == [long, "- Unquestionably", "- Third"]


def test_cells_are_read_one_after_the_other_whatever_the_order_of_the_file() -> None:
    grid = "50 660 200 40 re S 150 660 m 150 700 l S "
    content = text(155, 670, "right two") + text(55, 670, "left two") + text(155, 685, "right one") + text(55, 685, "left one")
    assert lines(read(grid + content)) == ["left one", "left two", "right one", "right two"]


def test_text_around_a_table_is_read_where_it_stands() -> None:
    content = text(50, 600, "below") + "50 660 200 40 re S " + text(55, 680, "within") + text(50, 720, "above")
    assert lines(read(content)) == ["above", "within", "below"]


def test_raised_letters_stay_in_their_line() -> None:
    raised = text(50, 700, "20") + text(61.2, 703.5, "th", size=6) + text(70, 700, "April 2015")
    assert lines(read(raised)) == ["20th April 2015"]


def test_an_address_broken_in_its_cell_is_glued() -> None:
    cell = "50 600 160 100 re S "
    sheet = read(cell + text(56, 680, "i.hathersedge@harrowgillcomm") + text(56, 668, "unity.example"))
    assert [(token.text, token.glued) for token in sheet.tokens] == [
        ("i.hathersedge@harrowgillcomm", False),
        ("unity.example", True),
    ]


def test_a_printed_prompt_is_no_value() -> None:
    sheet = read(
        text(50, 700, "Start date") + text(150, 700, "Click or tap to enter a date.") + text(50, 680, "Choose a school")
    )
    assert [token.text for token in sheet.tokens if token.placeholder] == ["Click", "or", "tap", "to", "enter", "a", "date."]


def test_numbers_count_up_in_reading_order() -> None:
    sheet = read(CELL + text(56, 680, "one") + text(56, 640, "two") + text(50, 720, "first") + text(50, 500, "last"))
    assert [token.order for token in sheet.tokens] == [0, 1, 2, 3]
    assert [token.line for token in sheet.tokens] == sorted(token.line for token in sheet.tokens)
