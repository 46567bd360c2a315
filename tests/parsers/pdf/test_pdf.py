"""The PDF reader on the sample papers."""

from pathlib import Path

import pytest

from parsers import pdf
from parsers.tokens import Mark, Sheet, Token


def texts(sheet: Sheet) -> str:
    return " ".join(token.text for token in sheet.tokens)


def cell_text(sheet: Sheet, cell: int) -> str:
    return " ".join(token.text for token in sheet.tokens if token.cell == cell)


@pytest.mark.parametrize("rendering", ["print", "flat"])
def test_every_sample_with_text_is_read_without_ocr(samples: Path, rendering: str) -> None:
    for path in sorted((samples / "forms").glob(f"*-{rendering}.pdf")):
        paper = pdf.read(path.read_bytes())
        assert paper.image_pages == ()
        assert len(paper.sheet.tokens) > 100
        assert paper.sheet.cells


@pytest.mark.parametrize("rendering", ["scan", "scanflat", "hand", "turned"])
def test_every_page_of_a_scan_goes_to_ocr(samples: Path, rendering: str) -> None:
    for path in sorted((samples / "forms").glob(f"*-{rendering}.pdf")):
        paper = pdf.read(path.read_bytes())
        assert paper.image_pages == tuple(page.number for page in paper.sheet.pages)
        assert paper.sheet.tokens == ()


def test_a_struck_date_and_the_inserted_one_are_told_apart(samples: Path) -> None:
    sheet = pdf.read((samples / "forms" / "d40773a-print.pdf").read_bytes()).sheet
    assert [token.text for token in sheet.tokens if token.struck and token.deleted] == ["20", "Mar", "2017"]
    assert [token.text for token in sheet.tokens if token.inserted][:3] == ["27", "Mar", "2017"]
    assert [token.text for token in sheet.tokens if token.highlighted] == ["Full", "time", "YES", "YES"]


def test_drawn_boxes_become_marks_in_their_cell(samples: Path) -> None:
    sheet = pdf.read((samples / "forms" / "a853353-print.pdf").read_bytes()).sheet
    assert [(mark.ticked, mark.known_by) for mark in sheet.marks] == [
        (True, "rectangle and strokes"),
        (False, "rectangle and strokes"),
    ]
    cell = sheet.marks[0].cell
    assert cell is not None
    assert cell_text(sheet, cell) == "Post Permanent Temporary"
    things: list[Token | Mark] = sorted([*sheet.tokens, *sheet.marks], key=lambda one: one.order)
    row = [thing.text if isinstance(thing, Token) else thing.ticked for thing in things if thing.cell == cell]
    assert row == ["Post", "Permanent", True, "Temporary", False]
