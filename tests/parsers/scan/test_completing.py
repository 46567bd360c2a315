"""Pages read from pictures take their place in the sheet of the file they belong to."""

from parsers.scan import completed
from parsers.tokens import Box, Cell, Mark, Page, Rule, Sheet, Token


def digital() -> Sheet:
    """A page of text, then a picture page with one note typed on it."""
    return Sheet(
        "pdf",
        (Page(1, 595, 842), Page(2, 595, 842, source="ocr")),
        (
            Token("Name", Box(1, 10, 10, 40, 20), 0, 0, 0, cell=0),
            Token("typed", Box(2, 110, 105, 150, 115), 1, 1, 1),
        ),
        cells=(Cell(Box(1, 0, 0, 100, 30), 0, 0, 0),),
    )


def scanned() -> Sheet:
    return Sheet(
        "scan",
        (Page(2, 590, 840, skew=1.0, source="ocr"),),
        (
            Token("Label", Box(2, 10, 105, 60, 115), 1, 1, 0, cell=0, confidence=0.9),
            Token("end", Box(2, 10, 300, 60, 310), 2, 2, 1),
        ),
        (Mark(Box(2, 10, 50, 20, 60), True, "ink", 0, 0, 2),),
        (Cell(Box(2, 0, 100, 100, 120), 0, 0, 0), Cell(Box(2, 100, 100, 200, 120), 0, 0, 1)),
        rules=(Rule(Box(2, 0, 400, 300, 401), True),),
    )


def test_words_keep_their_order_and_numbers_do_not_collide() -> None:
    sheet = completed(digital(), scanned())
    assert [one.text for one in sheet.tokens] == ["Name", "typed", "Label", "end"]
    orders = [one.order for one in sheet.tokens] + [one.order for one in sheet.marks]
    assert sorted(orders) == [0, 1, 2, 3, 4]
    assert sheet.marks[0].order < sheet.tokens[2].order
    assert len({one.line for one in sheet.tokens}) == 4
    assert len({*(one.paragraph for one in sheet.tokens), *(one.paragraph for one in sheet.marks)}) == 5


def test_cells_follow_and_hold_what_was_typed_on_them() -> None:
    sheet = completed(digital(), scanned())
    name, typed, label, end = sheet.tokens
    assert [one.cell for one in (name, typed, label, end)] == [0, 2, 1, None]
    assert [cell.table for cell in sheet.cells] == [0, 1, 1]


def test_page_of_the_picture_replaces_the_empty_one() -> None:
    sheet = completed(digital(), scanned())
    assert [(page.number, page.width, page.skew) for page in sheet.pages] == [(1, 595, 0.0), (2, 590, 1.0)]
    assert len(sheet.rules) == 1
