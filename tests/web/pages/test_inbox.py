"""The inbox lists everything."""

import pytest
import sqlalchemy as sa

from ingest.opening import SAME_FILE
from records.models.post import Attachment, AttachmentDecision, StoredMessage
from records.states import AttachmentState, Claim, MessageState, move
from tests.support import house
from tests.support.house import MACHINE, World, text_of

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; alert(1);//",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "</textarea><svg onload=alert(1)>",
]


def test_every_message_and_every_attachment_is_listed_with_what_happened(desk: World) -> None:
    page = text_of(desk.client("reader").get("/inbox").text)
    assert "1 message" in page
    assert "Spring review" in page
    assert "School Office <office@harrowgill.example>" in page
    for name in ("review.docx", "corrected review.pdf", "logo.png"):
        assert name in page
    assert "A small picture inside the letter" in page
    assert "Progress review : to review" in page


def test_empty_inbox_says_so(bare: World) -> None:
    assert "No message has come in yet" in bare.client("reader").get("/inbox").text


def test_message_that_could_not_be_opened_says_why_and_can_be_tried_again(bare: World) -> None:
    with bare.db.writing() as session:
        message = house.a_message(bare, session, "Nested")
        message.state, message.problem = MessageState.UNOPENABLE, "The message holds too many letters inside letters"
        key = message.id
    browser = bare.client("assessor")
    assert "too many letters inside letters" in browser.get(f"/inbox/{key}").text
    assert browser.post(f"/inbox/{key}/open-again").headers["location"] == f"/inbox/{key}"
    with bare.db.reading() as session:
        assert session.get_one(StoredMessage, key).state is MessageState.RECEIVED
    assert "will be opened again" in browser.get(f"/inbox/{key}").text
    assert "will be opened again" not in browser.get(f"/inbox/{key}").text, "a notice shows once"


def test_unreadable_attachment_says_why_and_offers_a_way_on(bare: World) -> None:
    with bare.db.writing() as session:
        message = house.a_message(bare, session)
        one = house.an_attachment(bare, session, message, "secret.pdf", b"%PDF")
        move(session, one, AttachmentState.READING, MACHINE, "claimed", bare.now, claim=Claim("test", bare.now))
        one.problem = "The file is locked with a password"
        move(session, one, AttachmentState.UNREADABLE, MACHINE, "locked", bare.now)
        key = message.id
    page = text_of(bare.client("assessor").get(f"/inbox/{key}").text)
    assert "Could not be read" in page
    assert "The file is locked with a password" in page
    assert "Type it in by hand" in page
    assert "File it as a document" in page
    assert "Read it again" in page
    readers = text_of(bare.client("reader").get(f"/inbox/{key}").text)
    assert "Type it in by hand" not in readers


def test_filter_shows_what_it_says(bare: World) -> None:
    with bare.db.writing() as session:
        first = house.a_message(bare, session, "First copy")
        again = house.a_message(bare, session, "Second copy")
        again.duplicate_of_id = first.id
        broken = house.a_message(bare, session, "Broken one")
        broken.state = MessageState.UNOPENABLE
        waiting = house.a_message(bare, session, "Waiting one")
        house.an_attachment(bare, session, waiting, "new.docx", b"x")
    browser = bare.client("reader")
    shown = {
        chosen: {
            name
            for name in ("First copy", "Second copy", "Broken one", "Waiting one")
            if name in browser.get(f"/inbox?show={chosen}").text
        }
        for chosen in ("all", "duplicates", "problems", "working", "nonsense")
    }
    assert shown == {
        "all": {"First copy", "Second copy", "Broken one", "Waiting one"},
        "duplicates": {"Second copy"},
        "problems": {"Broken one"},
        "working": {"Waiting one"},
        "nonsense": {"First copy", "Second copy", "Broken one", "Waiting one"},
    }


def test_pages_of_a_long_inbox_hold_every_message_once(bare: World) -> None:
    with bare.db.writing() as session:
        for number in range(60):
            house.a_message(bare, session, f"Letter number {number:02d}.")
            bare.later(minutes=1)
    browser = bare.client("reader")
    pages = [browser.get(f"/inbox{page}").text for page in ("", "?page=2", "?page=3")]
    seen = [number for page in pages for number in range(60) if f"Letter number {number:02d}." in page]
    assert sorted(seen) == list(range(60))
    assert "Letter number 59." in browser.get("/inbox").text, "newest first"
    assert browser.get("/inbox?page=999").text.count("Letter number") >= 10, "past the end is the last page"
    assert browser.get("/inbox?page=-1").status_code == 200


def test_repeats_point_to_each_other(bare: World) -> None:
    with bare.db.writing() as session:
        first = house.a_message(bare, session, "First copy")
        again = house.a_message(bare, session, "Second copy")
        again.duplicate_of_id = first.id
        keys = first.id, again.id
    browser = bare.client("reader")
    assert f"/inbox/{keys[1]}" in browser.get(f"/inbox/{keys[0]}").text
    assert f"/inbox/{keys[0]}" in browser.get(f"/inbox/{keys[1]}").text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_strangers_words_are_shown_as_words(bare: World, payload: str) -> None:
    with bare.db.writing() as session:
        message = house.a_message(
            bare,
            session,
            payload,
            header_from=payload,
            header_to=payload,
            header_cc=payload,
            body_text=payload,
            automatic=payload,
            remarks=[payload],
            authentication={"verdict": "verified", "server": payload, "results": [{"method": payload, "result": payload}]},
        )
        one = house.an_attachment(bare, session, message, payload, b"x", AttachmentDecision.SET_ASIDE)
        one.reason = one.problem = payload
        key = message.id
    browser = bare.client("assessor")
    for path in ("/inbox", f"/inbox/{key}"):
        raw = browser.get(path).text
        assert text_of(raw).count(payload) >= 3
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw
        assert "<svg onload" not in raw


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        ("verified", "The address is the sender’s own"),
        ("failed", "Somebody else may have written under this address"),
        ("not known", "Not known whether the address is the sender’s own"),
    ],
)
def test_what_is_known_about_the_sender_is_told_in_words(bare: World, verdict: str, told: str) -> None:
    results = [{"method": "dkim", "result": "pass"}]
    with bare.db.writing() as session:
        message = house.a_message(
            bare, session, authentication={"verdict": verdict, "server": "mx.body.example", "results": results}
        )
        key = message.id
    page = text_of(bare.client("reader").get(f"/inbox/{key}").text)
    assert told in page
    assert "DKIM pass, says mx.body.example" in page


def test_repeat_of_a_file_is_told_once(desk: World) -> None:
    with desk.db.writing() as session:
        first, repeat = session.scalars(sa.select(Attachment).where(Attachment.name.in_(["logo.png", "review.docx"])))
        repeat.same_as_id, repeat.reason = first.id, SAME_FILE
    page = text_of(desk.client("reader").get("/inbox").text)
    assert page.count("The same file came before") == 1
