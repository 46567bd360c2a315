"""Conversations and the log, by their pages."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from records import communications, conversations
from records.models.communications import Communication, CommunicationLink, Visibility
from records.models.inductions import Induction
from records.models.notices import Notice
from tests.support import house
from tests.support.house import World, text_of

QUESTION = "When will the induction of my ECT be decided?"


@pytest.fixture
def asked(desk: World) -> World:
    """A letter with a question, in a conversation."""
    with desk.db.writing() as session:
        message = house.a_message(desk, session, "A question about dates", body_text=QUESTION)
        message.authentication = {"from": "office@harrowgill.example", "verdict": "not known"}
        row = conversations.place(session, message, (), desk.now)
        assert row is not None
        entry = session.scalars(sa.select(Communication).where(Communication.message_id == message.id)).one()
        entry.conversation_id = row.id
        person_id = session.get_one(Induction, desk.ids["induction"]).person_id
        communications.link(session, entry, person_id=person_id)
        desk.ids |= {"conversation": row.id, "entry": entry.id}
    return desk


@pytest.mark.parametrize(
    ("which", "words", "more"),
    [
        ("open", "No conversation is open.", "A letter that comes in without a form starts one."),
        ("mine", "No open conversation is yours.", "choose yourself as its owner"),
        ("done", "No conversation has been marked as done.", ""),
    ],
)
def test_an_empty_list_says_what_would_stand_there(bare: World, which: str, words: str, more: str) -> None:
    page = text_of(bare.client("assessor").get(f"/conversations?show={which}").text)
    assert words in page
    assert more in page


def test_the_search_is_headed_by_the_words_that_led_there(bare: World) -> None:
    browser = bare.client("assessor")
    assert "Search everything that was said" in text_of(browser.get("/conversations").text)
    assert "<h1" in (page := browser.get("/communications").text)
    assert page.split("<h1", 1)[1].split("</h1>")[0].endswith(">Everything that was said")


def test_a_question_is_owned_answered_by_email_noted_and_done(asked: World) -> None:
    browser, page = asked.client("assessor"), f"/conversations/{asked.ids['conversation']}"
    assert "A question about dates" in text_of(browser.get("/conversations").text)
    assert QUESTION in text_of(browser.get(page).text)
    assert browser.post(f"{page}/owner", data={"owner": str(asked.ids["assessor"])}).status_code == 303
    assert "A question about dates" in text_of(browser.get("/conversations?show=mine").text)
    assert browser.post(f"{page}/owner", data={"owner": str(asked.ids["reader"])}).status_code == 404, "a reader answers nobody"
    assert browser.post(f"{page}/answer", data={"answer": ""}).status_code == 422
    assert browser.post(f"{page}/note", data={"note": "Rang the office first"}).status_code == 303
    assert browser.post(f"{page}/answer", data={"answer": "By the end of July.", "then": "done"}).status_code == 303
    seen = text_of(browser.get(page).text)
    assert "Rang the office first" in seen
    assert "By the end of July." in seen
    assert "To be sent" in seen
    assert "A question about dates" not in text_of(browser.get("/conversations").text)
    assert browser.post(f"{page}/done").status_code == 303
    assert "A question about dates" in text_of(browser.get("/conversations").text)
    with asked.db.reading() as session:
        notice = session.scalars(sa.select(Notice).where(Notice.kind == "answer")).one()
    assert notice.to_address == "office@harrowgill.example"


def test_what_is_kept_for_the_named_contact_leaves_everybody_elses_pages(asked: World) -> None:
    contact, page = asked.client("contact"), f"/conversations/{asked.ids['conversation']}"
    change = f"/communications/{asked.ids['entry']}/visibility"
    refused = asked.client("assessor").post(change, data={"visibility": "named_contact"})
    assert refused.status_code == 403, "nobody hides an entry from themselves"
    assert contact.post(change, data={"visibility": "named_contact"}).status_code == 303
    for who in ("assessor", "administrator", "reader"):
        browser = asked.client(who)
        assert browser.get(page).status_code == 404
        for address in ("/conversations", "/communications", f"/ects/{asked.ids['induction']}"):
            assert "A question about dates" not in text_of(browser.get(address).text)
        if who != "reader":
            assert browser.post(change, data={"visibility": "body"}).status_code == 404
    assert QUESTION in text_of(contact.get(page).text)
    assert contact.post(change, data={"visibility": "school"}).status_code == 303
    with asked.db.reading() as session:
        kept = session.scalars(
            sa.select(CommunicationLink.visibility).where(CommunicationLink.communication_id == asked.ids["entry"])
        )
        assert set(kept) == {Visibility.SCHOOL}


def test_the_log_is_searched_and_taken_away_as_csv_with_a_line_of_history(asked: World) -> None:
    browser = asked.client("assessor")
    assert "A question about dates" in text_of(browser.get("/communications").text)
    assert "A question about dates" not in text_of(browser.post("/communications", data={"words": "holiday"}).text)
    assert browser.post("/communications", data={"words": "", "since-day": "40"}).status_code == 422
    with asked.db.writing() as session:
        entry = session.get_one(Communication, asked.ids["entry"])
        entry.summary = '=HYPERLINK("http://elsewhere.example")'
    taken = browser.post("/communications/export", data={"words": "hyperlink"})
    assert taken.headers["content-type"].startswith("text/csv")
    lines = taken.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("When,What,With")
    assert len(lines) == 2
    assert "'=HYPERLINK" in lines[1]
    assert asked.client("contact").post("/communications/export").status_code == 403


@pytest.mark.parametrize("thing", ["schools", "people"])
def test_a_call_is_noted_for_a_school_and_for_somebody_there(asked: World, thing: str) -> None:
    with asked.db.writing() as session:
        person_id = session.get_one(Induction, asked.ids["induction"]).person_id
    page = f"/{thing}/{asked.ids['school'] if thing == 'schools' else person_id}"
    browser, day = asked.client("assessor"), asked.now - timedelta(days=1)
    assert "Only the ECT" not in browser.get(f"{page}/note").text
    form = {
        "way": "call_in",
        "who": "The bursar",
        "when-day": str(day.day),
        "when-month": str(day.month),
        "when-year": str(day.year),
        "time": "9am",
        "body": "A new bursar from May",
        "visibility": "body",
    }
    assert browser.post(f"{page}/note", data=form).status_code == 303
    assert "A new bursar from May" in text_of(browser.get(page).text)
    assert browser.post(f"{page}/note", data={**form, "visibility": "named_contact"}).status_code == 422
    assert re.search(r"Noted|A new bursar", text_of(browser.get("/communications").text))


def test_a_letter_for_the_named_contact_leaves_the_inbox_and_its_original_too(asked: World) -> None:
    with asked.db.reading() as session:
        message = session.get_one(Communication, asked.ids["entry"]).message_id
    change = f"/communications/{asked.ids['entry']}/visibility"
    assert QUESTION in text_of(asked.client("assessor").get(f"/inbox/{message}").text)
    assert asked.client("contact").post(change, data={"visibility": "named_contact"}).status_code == 303
    for who in ("assessor", "reader"):
        browser = asked.client(who)
        assert browser.get(f"/inbox/{message}").status_code == 404
        assert "A question about dates" not in text_of(browser.get("/inbox").text)
    assert asked.client("assessor").get(f"/inbox/{message}/original").status_code == 404
    assert QUESTION in text_of(asked.client("contact").get(f"/conversations/{asked.ids['conversation']}").text)
