"""Pictures of a form become the same sheet, however they were scanned or photographed."""

from difflib import SequenceMatcher

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from parsers import scan
from parsers.pdf import render_grey
from parsers.scan.images import Picture
from parsers.tokens import Sheet, Token
from tests.support import scans
from tests.support.pdf_bytes import drawn
from tests.support.pictured import WAYS as RENDERINGS
from tests.support.pictured import pictured

WAYS = {
    "as printed": lambda page: page,
    "skewed left": lambda page: scans.rotated(page, 3.2),
    "skewed right": lambda page: scans.rotated(page, -6.5),
    "upside down": lambda page: scans.quarter(page, 2),
    "on its left side": lambda page: scans.quarter(page, 1),
    "on its right side": lambda page: scans.rotated(scans.quarter(page, 3), 1.0),
    "shaded": scans.shaded,
    "photographed": scans.photo,
}


@pytest.fixture(scope="module", params=WAYS)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    page = scans.grainy(WAYS[request.param](scans.form()))
    known = None if request.param == "photographed" else float(scans.DPI)
    return scan.read_images([Picture(page, known)])


def words(sheet: Sheet, cell: int | None) -> str:
    return " ".join(token.text for token in sheet.tokens if token.cell == cell)


def token(sheet: Sheet, text: str) -> Token:
    found = [one for one in sheet.tokens if one.text == text]
    assert len(found) == 1, [one.text for one in sheet.tokens]
    return found[0]


def test_every_cell_holds_its_words_in_its_place(sheet: Sheet) -> None:
    table = {(cell.row, cell.column): index for index, cell in enumerate(sheet.cells)}
    assert sorted(table) == [(row, column) for row in range(6) for column in range(2)]
    for row, (label, value) in enumerate(scans.ROWS):
        assert words(sheet, table[row, 0]) == label
        assert words(sheet, table[row, 1]) == value
    assert all(cell.shaded is (cell.column == 0) for cell in sheet.cells)


def test_boxes_lie_where_the_words_were_printed(sheet: Sheet) -> None:
    name = token(sheet, "Aroha")
    assert name.box.x0 == pytest.approx(715 * 72 / scans.DPI, abs=9)
    assert name.box.middle == pytest.approx(335 * 72 / scans.DPI, abs=9)
    (page,) = sheet.pages
    assert (page.width, page.height) == pytest.approx((595, 842), abs=3)
    assert page.source == "ocr"


def test_ticks_are_told_by_ink_and_leave_no_letters(sheet: Sheet) -> None:
    assert sorted((round(mark.box.top / 20), mark.ticked) for mark in sheet.marks if mark.box.x0 < 130) == [
        (18, True),
        (19, True),
    ]
    assert [mark.ticked for mark in sheet.marks if mark.box.x0 > 130] == [False, False]
    assert {mark.known_by for mark in sheet.marks} == {"ink"}
    for choice in ("Agreed", "Refused", "Satisfied", "Doubtful"):
        line = token(sheet, choice).line
        assert [one.text for one in sheet.tokens if one.line == line and one.text.lower() in {"o", "0", "x", "©", "[]"}] == []


def test_struck_and_highlighted_words_are_told_and_no_others(sheet: Sheet) -> None:
    struck = [one for one in sheet.tokens if one.struck]
    assert len(struck) == 1
    assert struck[0].box.x0 == pytest.approx(1120 * 72 / scans.DPI, abs=9)
    assert [one.text for one in sheet.tokens if one.highlighted] == ["Yes"]


def test_running_text_is_read_in_order(sheet: Sheet) -> None:
    first = token(sheet, "Calm").order
    read = " ".join(one.text for one in sheet.tokens if one.order >= first)
    # The engine takes a k for a K now and then, and loses a letter of a photo; order and words must be right.
    alike = SequenceMatcher(None, read.casefold(), " ".join(scans.TEXT).casefold(), autojunk=False).ratio()
    assert alike > 0.985, read


def test_printed_words_are_trusted(sheet: Sheet) -> None:
    assert np.median([one.confidence for one in sheet.tokens]) > 0.9


def test_photo_is_told_from_a_scan() -> None:
    assert scan.read_images([Picture(scans.photo(scans.form()))]).source == "photo"
    assert scan.read_images([Picture(scans.grainy(scans.form()), 200.0)]).source == "scan"


@pytest.mark.parametrize("dpi", [100, 300])
def test_other_resolutions_give_the_same_places(dpi: int) -> None:
    import cv2

    page = cv2.resize(scans.form(), None, fx=dpi / 200, fy=dpi / 200, interpolation=cv2.INTER_AREA)
    sheet = scan.read_images([Picture(np.asarray(page, np.uint8), float(dpi))])
    assert token(sheet, "1234567").box.x0 == pytest.approx(715 * 72 / 200, abs=3)


def test_letters_that_run_together_in_a_coarse_scan_are_no_lines() -> None:
    lines = ("Recommendation:", "Areas requiring further development:", "The above-named teacher has performed satisfactorily")

    def small_print(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if line.endswith(":") else "Helvetica", 10)
            canvas.drawString(60, 740 - 40 * number, line)

    ((_, grey, _),) = render_grey(pictured(drawn(small_print), RENDERINGS["100 dpi"]), [1], 200 / 72)
    assert words(scan.read_images([Picture(grey, 200.0)]), None) == " ".join(lines)


def test_short_numbers_and_spaces_of_a_coarse_scan_are_kept() -> None:
    lines = ("Start of induction: 2022-09-05", "Judgement at this point: Satisfactory", "Days served: 56", "Days absent: 2.5")

    def small_print(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(60, 740 - 40 * number, line)

    scanned = pictured(drawn(small_print), RENDERINGS["100 dpi"])
    ((_, grey, scale),) = render_grey(scanned, [1], 200 / 72)
    assert words(scan.read_images([Picture(grey, 72 * scale)]), None) == " ".join(lines)


@pytest.mark.parametrize("value", ["7", "X", "1.5"])
def test_lone_character_in_a_cell_is_read(value: str) -> None:
    page = scans.form()
    page[305:365, 710:1470] = 255
    image = Image.fromarray(page)
    ImageDraw.Draw(image).text((715, 318), value, font=scans.font(30), fill=0)
    sheet = scan.read_images([Picture(np.array(image, np.uint8), 200.0)])
    assert words(sheet, 1) == value


def test_lone_tick_in_a_cell_is_a_tick_and_no_letter() -> None:
    page = scans.form()
    page[305:365, 710:1470] = 255
    image = Image.fromarray(page)
    ImageDraw.Draw(image).line([(1000, 340), (1010, 352), (1030, 318)], fill=0, width=4)
    sheet = scan.read_images([Picture(np.array(image, np.uint8), 200.0)])
    assert words(sheet, 1) == "✓"


def test_pages_are_numbered_and_counted_on() -> None:
    paper = scan.read_pictures([Picture(scans.form(), 200.0), Picture(scans.form(), 200.0)], first_page=4)
    assert [page.number for page in paper.sheet.pages] == [4, 5]
    assert [image.number for image in paper.images] == [4, 5]
    assert all(image.png.startswith(b"\x89PNG") for image in paper.images)
    first, second = ([one for one in paper.sheet.tokens if one.box.page == number] for number in (4, 5))
    assert max(one.order for one in first) < min(one.order for one in second)
    assert {one.line for one in first}.isdisjoint(one.line for one in second)
    assert {one.paragraph for one in first}.isdisjoint(one.paragraph for one in second)
    assert {cell.table for cell in paper.sheet.cells if cell.box.page == 4}.isdisjoint(
        cell.table for cell in paper.sheet.cells if cell.box.page == 5
    )
    assert all(paper.sheet.cells[one.cell].box.page == one.box.page for one in paper.sheet.tokens if one.cell is not None)


@pytest.mark.parametrize(
    "page", [np.full((800, 600), 255, np.uint8), np.zeros((800, 600), np.uint8), np.full((3, 4), 120, np.uint8)]
)
def test_picture_without_text_gives_a_sheet_without_tokens(page: scans.Pixels) -> None:
    sheet = scan.read_images([Picture(page)])
    assert len(sheet.pages) == 1
    assert sheet.tokens == ()


def test_sheet_of_a_scan_survives_json() -> None:
    sheet = scan.read_images([Picture(scans.form(), 200.0)])
    again = Sheet.from_json(sheet.to_json())
    assert [one.text for one in again.tokens] == [one.text for one in sheet.tokens]
    assert again.to_json() == sheet.to_json()


@pytest.mark.parametrize(("down", "across"), [(1, 1), (3, 600), (1, 6_000), (900, 2), (7, 7)])
def test_ornament_of_a_few_dots_is_a_page_without_words(down: int, across: int) -> None:
    sheet = scan.read_images([Picture(np.full((down, across), 90, np.uint8))])
    assert len(sheet.pages) == 1
    assert not sheet.tokens
