"""Several photographs of one paper become one paper, whatever else lies among them."""

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.album import in_order
from parsers.choose import read, read_together
from parsers.forms import FormKind, ReadFile, Shot, Status, Unreadable
from tests.support.papers import make
from tests.support.pictured import A4, on_a_table, pages
from tests.support.scans import Pixels, font

FORM = make("standards_pages", 0, 0, "print")
OTHER = make("leaver", 0, 0, "print")
CERTIFICATE = ("Certificate of qualified teacher status", "This is to certify that", "Una McAllister", "Teacher reference number",
               "1221910", "Date of award", "14 July 2020", "was assessed and has met the standards", "Signed on behalf of the agency")  # fmt: skip


def _file(page: Pixels, kind: str = "JPEG", *, taken: str = "") -> bytes:
    content = io.BytesIO()
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    Image.fromarray(page).save(content, kind, exif=exif)
    return content.getvalue()


def _scanned_pdf(page: Pixels) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4, initialFontName=None)
    canvas.drawImage(ImageReader(Image.fromarray(page)), 0, 0, *A4)
    canvas.save()
    return content.getvalue()


@cache
def _photographed(number: int, printed: str = "") -> bytes:
    """A page of the form as a telephone sees it, with words at its foot."""
    page = pages(FORM.content, 200)[number].copy()
    if printed:
        image = Image.fromarray(page)
        ImageDraw.Draw(image).text((760, page.shape[0] - 110), printed, font=font(30), fill=0)
        page = np.array(image, np.uint8)
    return _file(on_a_table(page))


def _written(lines: tuple[str, ...], size: tuple[int, int] = (1654, 2339)) -> bytes:
    image = Image.new("L", size, 255)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((120, 120 + 90 * number), line, font=font(36), fill=0)
    return _file(np.array(image, np.uint8), "PNG")


def _read(*shots: tuple[str, bytes]) -> ReadFile:
    read_ = read_together([Shot(name, data) for name, data in shots])
    assert isinstance(read_, ReadFile)
    return read_


def _wrong(read_: ReadFile) -> list[str]:
    """The clear values of the first paper that are not those of the form."""
    fields = read_.papers[0].form.fields
    return [
        key for key, one in fields.items() if one.status is Status.CLEAR and key in FORM.truth and one.value != FORM.truth[key]
    ]


def test_two_photos_are_one_form_and_every_value_names_its_page() -> None:
    read_ = _read(("IMG_0002.jpg", _photographed(1)), ("IMG_0001.jpg", _photographed(0)))
    (paper,) = read_.papers
    assert (paper.form.kind, paper.form.pages) == (FormKind.FORMAL_ASSESSMENT, (1, 2))
    assert (read_.origins, read_.left_out) == ((1, 0), ())
    assert [image.number for image in read_.images] == [1, 2]
    places = {key: {place.page for place in one.evidence} for key, one in paper.form.fields.items() if one.value is not None}
    assert places["trn"] == {1}
    assert places["head_signed_name"] == {2}
    assert _wrong(read_) == []


def test_what_is_no_page_or_damaged_is_left_out_and_takes_nothing_with_it() -> None:
    read_ = _read(
        ("1.jpg", _photographed(0)),
        ("2.png", _written(("Harrow", "Gill"), (300, 220))),
        ("3.jpg", _photographed(1)[:4000]),
        ("4.pdf", _scanned_pdf(pages(FORM.content, 200)[1])),
        ("5.png", _written(CERTIFICATE)),
    )
    assert (read_.origins, read_.left_out) == ((0, 3), (1, 2, 4))
    assert [paper.form.pages for paper in read_.papers] == [(1, 2)]
    assert read_.papers[0].form.warnings == ("5.png was not taken for a page of this paper and is read by itself.",)
    assert _wrong(read_) == []


def test_printed_numbers_put_pages_in_order_and_tell_which_are_missing() -> None:
    first, second = _photographed(0, "Page 1 of 3"), _photographed(1, "Page 2 of 3")
    read_ = _read(("back.jpg", second), ("front.jpg", first))
    assert read_.origins == (1, 0)
    assert [image.number for image in read_.images] == [1, 2]
    warning = "By the numbers printed on its pages, page 3 of 3 is missing."
    assert read_.papers[0].form.warnings == (warning,)
    assert _wrong(read_) == []
    alone = read(second, "back.jpg")
    assert isinstance(alone, ReadFile)
    assert alone.papers[0].form.warnings == ("By the numbers printed on its pages, pages 1, 3 of 3 are missing.",)


def test_two_forms_in_one_letter_are_two_papers() -> None:
    leaver = _file(on_a_table(pages(OTHER.content, 200)[0]))
    read_ = _read(("1.jpg", _photographed(0)), ("2.jpg", _photographed(1)), ("3.jpg", leaver))
    assert [(paper.form.kind, paper.form.pages) for paper in read_.papers] == [
        (FormKind.FORMAL_ASSESSMENT, (1, 2)),
        (FormKind.LEAVER_NOTICE, (3, 3)),
    ]


def test_pictures_that_are_no_form_stay_together_and_say_so() -> None:
    read_ = _read(("a.png", _written(CERTIFICATE)), ("b.png", _written(("Sports day", "All classes", "on the field"))))
    assert (read_.origins, read_.left_out) == ((0, 1), ())
    assert {paper.form.kind for paper in read_.papers} == {None}


def test_none_that_opens_is_a_reason() -> None:
    assert isinstance(read_together([Shot("a.jpg", b"\xff\xd8\xff"), Shot("b.png", b"\x89PNG\r\n\x1a\n")]), Unreadable)


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["IMG_0010.jpg", "IMG_0009.jpg", "IMG_0011.JPG"], [1, 0, 2]),
        (["image.png", "image (2).png", "image 1.png"], [0, 2, 1]),
        (["Scan 2 of 2.jpeg", "Scan 1 of 2.jpeg"], [1, 0]),
        (["WhatsApp Image 2026-11-20 at 10.02.11 (1).jpeg", "WhatsApp Image 2026-11-20 at 10.02.11.jpeg"], [1, 0]),
        (["6D4B2C1A.jpg", "1F00AA77.jpg"], [0, 1]),
        (["page 1.jpg", "page 1.jpg"], [0, 1]),
        (["signature.png", "form.png"], [0, 1]),
    ],
)
def test_names_tell_the_order_where_they_count(names: list[str], order: list[int]) -> None:
    assert in_order([Shot(name, b"") for name in names]) == order


def test_the_cameras_clock_tells_the_order_where_names_do_not() -> None:
    dot = np.zeros((8, 8), np.uint8)
    shots = [
        Shot("second.jpg", _file(dot, taken="2026:11:20 10:02:12")),
        Shot("first.jpg", _file(dot, taken="2026:11:20 10:02:09")),
    ]
    assert in_order(shots) == [1, 0]
    assert in_order([*shots, Shot("unknown.jpg", _file(dot))]) == [0, 1, 2]


OTHER_REVIEW = (
    "School: Harrowgill School",
    "Number of days absent: 4",
    "Induction tutor: Rosa Tester",
    "Date: 12 December 2025",
)
REVIEW = ("School: Harrowgill School", "Is the ECT on track to meet the Teachers' Standards? Yes", "Date: 12 December 2025")


@pytest.mark.parametrize(
    ("name", "papers"), [("Tom Holt", 2), ("Amara Quilfeather", 1), ("A. Quillfeather", 1), ("Amara Quillfeather-Holt", 1)]
)
def test_reviews_that_say_only_a_name_are_one_for_each_teacher(name: str, papers: int) -> None:
    first, second = (
        _written(("ECT progress review", f"Name of ECT: {one}", *lines))
        for one, lines in (("Amara Quillfeather", REVIEW), (name, OTHER_REVIEW))
    )
    forms = [one.form for one in _read(("IMG_1.png", first), ("IMG_2.png", second)).papers]
    assert [one.pages for one in forms] == ([(1, 1), (2, 2)] if papers == 2 else [(1, 2)])
    if papers == 2:
        assert [one.fields["ect_name"].value for one in forms] == ["Amara Quillfeather", name]
        assert "days_absent" not in forms[0].fields
        assert "on_track" not in forms[1].fields


def test_page_that_names_another_teacher_makes_every_value_doubtful() -> None:
    first = _written(("ECT progress review", "Name of ECT: Amara Quillfeather", *REVIEW))
    second = _written(("Name of ECT: Tom Holt", *OTHER_REVIEW))
    (paper,) = _read(("IMG_1.png", first), ("IMG_2.png", second)).papers
    filled = {key: one.status for key, one in paper.form.fields.items() if one.value is not None}
    assert {"ect_name", "days_absent", "on_track"} <= filled.keys()
    assert set(filled.values()) == {Status.CHECK}
