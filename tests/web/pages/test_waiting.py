"""The review queue."""

from tests.support import builders, house
from tests.support.house import World, text_of


def test_queue_shows_the_oldest_first_with_what_needs_attention(desk: World) -> None:
    desk.later(hours=1)
    with desk.db.writing() as session:
        message = house.a_message(desk, session)
        attachment = house.an_attachment(desk, session, message, "new.docx", b"new")
        stranger = builders.a_draft(trn="7654321", ect_name="Unknown Person")
        house.on_the_desk(desk, session, message, attachment, stranger)
    page = text_of(desk.client("reader").get("/queue").text)
    assert "3 forms wait for a person" in page
    assert page.index("Amara Quillfeather") < page.index("Unknown Person")
    assert "1 to check" in page
    assert "No ECT found" in page
    assert "Read clearly" in page


def test_empty_queue_says_so(bare: World) -> None:
    assert "No form waits for you" in bare.client("reader").get("/queue").text


def test_open_form_shows_who_has_it(desk: World) -> None:
    desk.client("assessor").get(f"/submissions/{desk.ids['clear']}")
    assert "Being reviewed by Assessor Tester" in text_of(desk.client("administrator").get("/queue").text)
    assert "Being reviewed" not in text_of(desk.client("assessor").get("/queue").text)
    desk.later(minutes=31)
    assert "Being reviewed" not in text_of(desk.client("administrator").get("/queue").text), "an old claim is no claim"
