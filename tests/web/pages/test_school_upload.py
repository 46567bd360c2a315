"""Uploading: kept like a letter before anybody is told so, once, and seen by its sender in plain words."""

import email
from email import policy

import pytest
import sqlalchemy as sa

from records.models.post import Blob, Channel, StoredMessage
from tests.support import desk as sorting
from tests.support.house import World, hidden, text_of
from tests.support.school_house import Sides, two_schools


@pytest.fixture
def sides(bare: World) -> Sides:
    return two_schools(bare)


def messages(sides: Sides) -> list[StoredMessage]:
    with sides.world.db.reading() as session:
        return list(session.scalars(sa.select(StoredMessage)))


def test_uploaded_file_is_kept_as_a_letter_with_the_file_in_it(sides: Sides) -> None:
    browser = sides.client("coordinator")
    once = hidden(browser.get("/school/upload").text, "once")
    content = b"PK\x03\x04 a form\r\nwith any bytes \x00\xff"
    answer = browser.post(
        "/school/upload", data={"once": once, "note": "Spring term"}, files={"file": ("C:\\forms\\réview.docx", content)}
    )
    assert answer.headers["location"] == "/school/home"
    (message,) = messages(sides)
    assert (message.channel, message.state) == (Channel.UPLOAD, "received")
    assert message.blob_sha256 is not None
    letter = email.message_from_bytes(sides.world.blobs.read(message.blob_sha256), policy=policy.default)
    (part,) = letter.iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == ("réview.docx", content)
    assert sides.address("coordinator") in str(letter["from"])
    with sides.world.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Blob)) == 1
    page = text_of(browser.get("/school/home").text)
    assert "We have received réview.docx" in page
    assert "Your upload" in page
    assert "Received, waiting to be read" in page


def test_button_pressed_twice_is_one_delivery(sides: Sides) -> None:
    browser = sides.client("coordinator")
    once = hidden(browser.get("/school/upload").text, "once")
    for _ in range(2):
        assert browser.post("/school/upload", data={"once": once}, files={"file": ("a.docx", b"PK1")}).status_code == 303
    assert len(messages(sides)) == 1


def test_other_files_from_the_same_page_are_another_delivery(sides: Sides) -> None:
    """A browser that goes back shows the page again as it was, with its mark."""
    browser = sides.client("coordinator")
    once = hidden(browser.get("/school/upload").text, "once")
    sent = [("a.docx", b"PK1"), ("b.docx", b"PK1"), ("a.docx", b"PK2"), ("a.docx", b"PK1")]
    for name, content in sent:
        assert browser.post("/school/upload", data={"once": once}, files={"file": (name, content)}).status_code == 303
    kept = []
    for message in messages(sides):
        letter = email.message_from_bytes(sides.world.blobs.read(str(message.blob_sha256)), policy=policy.default)
        kept += [(part.get_filename(), part.get_payload(decode=True)) for part in letter.iter_attachments()]
    assert sorted(kept) == sorted(set(sent)), "each is kept once"


def test_uploaded_form_is_opened_and_read_and_its_sender_sees_how_far_it_is(sides: Sides) -> None:
    browser = sides.client("tutor")
    values: dict[str, str | None] = {
        "ect_name": "Ect Larkspur",
        "trn": "2000001",
        "date_of_birth": "1999-05-17",
        "period_end": "2026-03-27",
    }
    browser.post("/school/upload", files={"file": ("review.pdf", sorting.written_paper(values))})
    clock = sorting.Clock()
    clock.now = sides.world.now
    sorting.work(sorting.sorter(sides.world.db, sides.world.blobs, clock=clock))
    page = text_of(browser.get("/school/home").text)
    assert "review.pdf" in page
    assert "With the appropriate body for review" in page
    (message,) = messages(sides)
    assert message.sender_id == sides.people["tutor"]
    assert "review.pdf" not in text_of(sides.client("other tutor").get("/school/home").text)


def test_uploader_of_a_file_that_cannot_be_read_is_told_so_and_what_to_do(sides: Sides) -> None:
    browser = sides.client("tutor")
    browser.post("/school/upload", files={"file": ("review.pdf", b"%PDF-1.7 cut off")})
    clock = sorting.Clock()
    clock.now = sides.world.now
    sorting.work(sorting.sorter(sides.world.db, sides.world.blobs, clock=clock))
    page = text_of(browser.get("/school/home").text)
    assert "Could not be read" in page
    assert "The file is damaged." in page
    assert "Received, with the appropriate body" not in page


@pytest.mark.parametrize("files", [{}, {"file": ("empty.docx", b"")}])
def test_nothing_chosen_or_nothing_in_it_is_told(sides: Sides, files: dict[str, tuple[str, bytes]]) -> None:
    browser = sides.client("coordinator")
    answer = browser.post("/school/upload", data={"note": "here"}, files=files)
    assert answer.status_code == 422
    assert "Choose a file that is not empty" in text_of(answer.text)
    assert messages(sides) == []


def test_files_chosen_together_are_one_delivery_in_their_order(sides: Sides) -> None:
    browser = sides.client("coordinator")
    papers = [
        ("second.pdf", sorting.written_paper({"trn": "2000001"})),
        ("first.pdf", sorting.written_paper({"trn": "2000002"})),
    ]
    answer = browser.post("/school/upload", files=[("file", paper) for paper in papers])
    assert answer.headers["location"] == "/school/home"
    assert "We have received second.pdf and 1 more" in text_of(browser.get("/school/home").text)
    (message,) = messages(sides)
    assert message.blob_sha256 is not None
    letter = email.message_from_bytes(sides.world.blobs.read(message.blob_sha256), policy=policy.default)
    assert [(one.get_filename(), one.get_payload(decode=True)) for one in letter.iter_attachments()] == papers
    clock = sorting.Clock()
    clock.now = sides.world.now
    sorting.work(sorting.sorter(sides.world.db, sides.world.blobs, clock=clock))
    assert "second.pdf, first.pdf" in text_of(browser.get("/school/home").text)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ([1] * 21, "Choose at most 20 files at a time"),
        ([1, 0, 1], "page 1.jpg is empty: choose the files again without it"),
        ([25 * 1024 * 1024, 1], "The files together must be smaller than 25 MB"),
    ],
)
def test_files_that_cannot_be_taken_together_are_told_why(sides: Sides, sizes: list[int], words: str) -> None:
    browser = sides.client("coordinator")
    files = [("file", (f"page {number}.jpg", b"x" * size)) for number, size in enumerate(sizes)]
    answer = browser.post("/school/upload", files=files)
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert messages(sides) == []


def test_file_larger_than_a_form_is_taken_and_one_beyond_the_limit_is_not(sides: Sides) -> None:
    browser, settings = sides.client("coordinator"), sides.world.settings
    large = b"x" * (settings.form_bytes * 2)
    assert browser.post("/school/upload", files={"file": ("large.pdf", large)}).status_code == 303
    beyond = b"x" * (settings.upload_bytes + settings.form_bytes + 1)
    assert browser.post("/school/upload", files={"file": ("beyond.pdf", beyond)}).status_code == 413
    just = b"x" * (settings.upload_bytes + 1)
    assert browser.post("/school/upload", files={"file": ("just.pdf", just)}).status_code == 422
    assert len(messages(sides)) == 1


def test_file_of_a_stranger_is_not_even_read(sides: Sides) -> None:
    """A body that no form reader could take apart: whoever is turned away never gets so far as to hear of it."""
    stranger, broken = sides.world.client(), {"content-type": "multipart/form-data"}
    answer = stranger.post("/school/upload", content=b"no form at all", headers=broken)
    assert sides.client("coordinator").post("/school/upload", content=b"no form at all", headers=broken).status_code == 400
    assert answer.headers["location"] == "/school/sign-in"
    assert sides.client("headteacher").post("/school/upload", files={"file": ("a.docx", b"PK")}).status_code == 403
    assert messages(sides) == []
