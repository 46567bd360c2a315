"""The evidence pack, read back as whoever gets it would."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import communications
from records.blobs import FolderBlobs
from records.db import Database
from records.disclosures import GROUNDS
from records.evidence import pack
from records.evidence.pack import EvidencePack, Heading
from records.evidence.sheets import Sheets
from records.models.communications import CommunicationChannel, Direction, Visibility
from records.models.disclosures import DisclosureGround
from records.models.inductions import Induction
from records.models.submissions import Submission
from tests.support import builders, house
from tests.support.house import World

HEADING = Heading("Northmere Teaching Hub", "Teaching Regulation Agency", GROUNDS[DisclosureGround.APPEAL], "Rosa Tester")


def pages_of(content: bytes) -> list[str]:
    """The text of each page, as pdfium reads it."""
    document = pypdfium2.PdfDocument(content)
    try:
        found = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            found.append(str(text.get_text_bounded()))
            text.close()
            page.close()
        return found
    finally:
        document.close()


@pytest.fixture
def world(sqlite: Database, tmp_path: Path) -> World:
    made = house.furnish(house.world(sqlite, tmp_path))
    with sqlite.writing() as session:
        induction = session.get_one(Induction, made.ids["induction"])
        for name in ("clear", "doubtful"):
            session.get_one(Submission, made.ids[name]).induction_id = induction.id
        for visibility, words in (
            (Visibility.BODY, "rang about the dates"),
            (Visibility.NAMED_CONTACT, "unhappy with her tutor"),
        ):
            communications.log_call(
                session,
                channel=CommunicationChannel.TELEPHONE,
                direction=Direction.IN,
                happened_at=made.now,
                body=words,
                actor=builders.an_administrator(session, f"second{visibility}"),
                now=made.now,
                person=induction.person,
                visibility=visibility,
            )
    return made


def made(world: World, told: list[tuple[int, int]] | None = None) -> EvidencePack:
    with world.db.reading() as session:
        induction = session.get_one(Induction, world.ids["induction"])
        progress = (lambda done, total: told.append((done, total))) if told is not None else None
        return pack.make(session, world.blobs, induction, HEADING, world.now, progress)


def test_every_part_stands_on_the_page_that_the_index_names_and_every_page_is_numbered(world: World) -> None:
    found = made(world)
    pages = pages_of(found.content)
    assert len(pages) == found.pages
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Amara Quillfeather" in page
    with pikepdf.open(io.BytesIO(found.content)) as document, document.open_outline() as outline:
        titles = [str(one.title) for one in outline.root]
    assert titles[:5] == [
        "The induction record",
        "Reviews and assessments",
        "Decisions on forms",
        "Representations, appeals, disputes and concerns",
        titles[4],
    ]
    index = " ".join(pages[0].split())
    for title in titles:
        named = re.search(re.escape(" ".join(title.split())) + r"\D*?(\d+)(?=\s|$)", index)
        assert named is not None, title
    for title in ("The induction record", "Letters and conversations", "History"):
        number = int(re.search(re.escape(title) + r"\s*(\d+)", index)[1])  # type: ignore[index]
        assert title in pages[number - 1]


def test_the_pack_shows_papers_as_they_were_read_and_names_each_original_by_its_digest(world: World) -> None:
    found = made(world)
    text = " ".join(" ".join(pages_of(found.content)).split())
    assert "Amara Quillfeather" in text
    assert "On track | Yes" in text, "a Word paper by its words"
    with pikepdf.open(io.BytesIO(found.content)) as document:
        pictures = sum(len(page.get_images()) for page in document.pages)
    assert pictures == 2, "a PDF paper by the two pictures of its pages"
    digests = {one["sha256"] for one in found.manifest["files"]}
    for name, content in (("review.docx", b"PK word bytes"), ("corrected review.pdf", b"%PDF bytes")):
        sha256 = world.blobs.put(content).sha256
        assert sha256 in digests
        assert name in text
        assert sha256 in text.replace(" ", "")
    assert "Ground: An appeal" in text
    assert "Made by: Rosa Tester" in text


def test_what_was_said_to_the_named_contact_stays_out(world: World) -> None:
    text = " ".join(pages_of(made(world).content))
    assert "rang about the dates" in text
    assert "unhappy with her tutor" not in text


def test_progress_is_told_paper_by_paper(world: World) -> None:
    told: list[tuple[int, int]] = []
    made(world, told)
    assert told == [(1, 2), (2, 2)]


def test_a_page_that_is_gone_is_named_as_gone(world: World) -> None:
    with world.db.reading() as session:
        submission = session.get_one(Submission, world.ids["doubtful"])
        assert submission.paper is not None
        gone = submission.paper.images[0].blob_sha256
    world.blobs.remove(gone)
    assert "Page 1 is gone from the store" in " ".join(" ".join(pages_of(made(world).content)).split())


def test_an_empty_record_gives_a_pack_too(sqlite: Database, tmp_path: Path) -> None:
    with sqlite.writing() as session:
        induction = builders.an_ect(session)
        found = pack.make(session, FolderBlobs(tmp_path / "blobs"), induction, HEADING, builders.NOW)
    assert found.manifest["files"] == []
    assert "No form came" in " ".join(pages_of(found.content))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=5), st.text(max_size=200))
def test_whatever_words_there_are_the_sheets_are_written(lines: list[str], html: str) -> None:
    sheets = Sheets("Tŷ & <Sons>", "ŵ")
    sheets.cover([("Name", one) for one in lines])
    sheets.part("A part <b>&amp;")
    for one in lines:
        sheets.text(one)
    sheets.read_html(f"<p>{html.replace('<', '').replace(chr(0), '')}</p>")
    content, pages = sheets.written()
    assert len(pages_of(content)) == pages


def test_letters_that_the_font_lacks_become_their_nearest() -> None:
    sheets = Sheets("Title", "running")
    sheets.cover([])
    sheets.part("Tŵr")
    content, _pages = sheets.written()
    assert "Twr" in " ".join(pages_of(content)) or "Tŵr" in " ".join(pages_of(content))


def test_a_long_paragraph_goes_over_pages(sqlite: Database) -> None:
    sheets = Sheets("Title", "running")
    sheets.cover([])
    sheets.part("Long")
    sheets.text("word " * 6000)
    content, pages = sheets.written()
    assert pages > 4
    assert sum(page.count("word") for page in pages_of(content)) == 6000


def test_a_long_value_is_printed_to_its_end() -> None:
    sheets = Sheets("Pack", "running")
    sheets.cover([("Evidence", "word " * 1500 + "THELASTWORD")])
    content, _pages = sheets.written()
    assert "THELASTWORD" in "".join(pages_of(content))


def test_words_about_another_ect_and_words_not_for_the_ect_are_left_out(world: World) -> None:
    with world.db.writing() as session:
        induction = session.get_one(Induction, world.ids["induction"])
        other = builders.an_ect(session, induction.posts[0].school, trn="7654321", name=("Beth", "Holt"))
        actor = builders.an_administrator(session, "third")
        for visibility, words, also in (
            (Visibility.BODY, "Beth is ill", True),
            (Visibility.SCHOOL, "for the school only", False),
            (Visibility.ECT, "shared with the ECT", False),
        ):
            entry = communications.log_call(
                session,
                channel=CommunicationChannel.TELEPHONE,
                direction=Direction.IN,
                happened_at=world.now,
                body=words,
                actor=actor,
                now=world.now,
                person=induction.person,
                visibility=visibility,
            )
            if also:
                communications.link(session, entry, person_id=other.person_id)
        asked = replace(HEADING, ground=GROUNDS[DisclosureGround.ECT_ASKED])
        appeal, own = (
            " ".join(" ".join(pages_of(pack.make(session, world.blobs, induction, one, world.now).content)).split())
            for one in (HEADING, asked)
        )
    assert "also about another ECT, so its words are left out" in appeal
    assert "Beth is ill" not in appeal + own
    assert "for the school only" in appeal
    assert "for the school only" not in own
    assert "rang about the dates" not in own
    assert "shared with the ECT" in own
