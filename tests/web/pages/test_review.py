"""The review page and the decisions made on it."""

import re
import uuid

import pytest
import sqlalchemy as sa

from records.models.inductions import Induction
from records.models.notices import Notice
from records.models.post import Paper, PaperPart, StoredMessage
from records.models.submissions import MatchCertainty, Submission
from records.states import NoticeState, SubmissionState
from tests.support import builders, house
from tests.support.house import World, hidden, text_of


def path(world: World, which: str = "clear", act: str = "") -> str:
    return f"/submissions/{world.ids[which]}{'/' if act else ''}{act}"


def state_of(world: World, which: str) -> SubmissionState:
    with world.db.reading() as session:
        return session.get_one(Submission, world.ids[which]).state


def test_word_paper_is_shown_as_html_with_marked_cells(desk: World) -> None:
    with desk.db.writing() as session:
        one = session.get_one(Submission, desk.ids["clear"])
        name = next(value for value in one.values if value.key == "ect_name")
        name.evidence = [{"part": "table 1, row 1, cell 2"}]
    page = desk.client("reader").get(path(desk)).text
    assert re.search(r'<td[^>]*id="part-table-1-row-1-cell-2"[^>]*class="mr-evidence mr-evidence--clear"', page)
    assert 'href="#part-table-1-row-1-cell-2"' in page
    assert 'data-evidence="part-table-1-row-1-cell-2 "' in page


def test_pdf_paper_is_shown_as_pictures_with_boxes_that_readings_point_to(desk: World) -> None:
    page = desk.client("reader").get(path(desk, "doubtful")).text
    assert f'<img src="/papers/{desk.ids["paper"]}/pages/1" width="595" height="842"' in page
    assert f"/papers/{desk.ids['paper']}/pages/2" in page
    assert '<svg viewBox="0 0 595.00 842.00"' in page
    assert re.search(
        r'<a href="#value-trn"[^>]*><rect class="mr-box mr-box--clear" id="ev-trn-0" x="70.0" y="128.0" width="132.0" height="16.0">',
        page,
    )
    assert 'href="#ev-trn-0"' in page
    assert "mr-box--check" in page


def test_paper_of_several_photos_shows_every_page_and_names_its_picture(desk: World) -> None:
    with desk.db.writing() as session:
        message = session.scalars(sa.select(StoredMessage)).first()
        paper = session.get_one(Paper, desk.ids["paper"])
        assert message
        assert len(paper.images) == 2
        paper.parts[0].attachment.name = "IMG_1.jpg"
        second = house.an_attachment(desk, session, message, "IMG_2.jpg", b"two")
        session.add(PaperPart(id=uuid.uuid4(), paper_id=paper.id, position=1, attachment_id=second.id))
    page = text_of(desk.client("reader").get(path(desk, "doubtful")).text)
    assert "Page 1: IMG_1.jpg" in page
    assert "Page 2: IMG_2.jpg" in page
    listed = text_of(desk.client("reader").get("/inbox").text)
    assert "Page 2 of 2: these pictures were read together, as one paper." in listed


def test_each_value_has_its_word_its_reason_and_what_stood_there(desk: World) -> None:
    page = text_of(desk.client("assessor").get(path(desk, "doubtful")).text)
    assert "Teacher reference number (TRN) Read clearly 1234567" in page
    assert "On the paper: “12/34567”" in page
    assert "End of the period Check this 27 March 2026 The year is hard to read" in page
    assert "Targets Not found Nothing" in page
    assert "1 thing to do before you can accept" in page


def test_value_against_the_record_conflicts_in_words(desk: World) -> None:
    desk.client("assessor").post(path(desk, "clear", "ect"), data={"induction": str(desk.ids["induction"])})
    desk.client("assessor").post(
        path(desk, "clear", "values/date_of_birth"), data={"value-day": "18", "value-month": "May", "value-year": "1999"}
    )
    page = text_of(desk.client("assessor").get(path(desk)).text)
    assert "Date of birth Conflicts with the record 18 May 1999 The record has 17 May 1999" in page


def test_match_is_explained(desk: World) -> None:
    page = text_of(desk.client("reader").get(path(desk)).text)
    assert "Matches the record" in page
    assert "TRN 1234567" in page
    assert "Progress review , due 27 March 2026" in page


def test_form_that_came_before_its_ect_was_on_record_finds_them_when_it_is_opened(desk: World) -> None:
    with desk.db.writing() as session:
        waiting = session.get_one(Submission, desk.ids["clear"])
        waiting.match, waiting.match_reasons = MatchCertainty.NONE, ["No record has the TRN 1234567"]
        waiting.induction_id = waiting.assessment_id = None
    page = text_of(desk.client("assessor").get(path(desk)).text)
    assert "Matches the record" in page
    assert "No record has" not in page
    assert "Progress review , due 27 March 2026" in page


def test_accepting_takes_the_form_into_the_record(desk: World) -> None:
    browser = desk.client("assessor")
    page = browser.get(path(desk)).text
    answer = browser.post(path(desk, "clear", "accept"), data={"seen": hidden(page, "seen")})
    assert answer.headers["location"] == "/queue"
    assert state_of(desk, "clear") is SubmissionState.ACCEPTED
    with desk.db.reading() as session:
        assert house.assessment_of(desk, session).accepted_submission_id == desk.ids["clear"]
    told = browser.get("/queue").text
    assert "Accepted: Progress review, Amara Quillfeather" in text_of(told)
    assert f'action="{path(desk, "clear", "reopen")}"' in told


def test_accept_and_open_the_next(desk: World) -> None:
    browser = desk.client("assessor")
    page = browser.get(path(desk)).text
    answer = browser.post(path(desk, "clear", "accept"), data={"seen": hidden(page, "seen"), "then": "next"})
    assert answer.headers["location"] == path(desk, "doubtful")


def test_undo_brings_the_form_back(desk: World) -> None:
    browser = desk.client("assessor")
    page = browser.get(path(desk)).text
    browser.post(path(desk, "clear", "accept"), data={"seen": hidden(page, "seen")})
    assert browser.post(path(desk, "clear", "reopen")).headers["location"] == path(desk)
    assert state_of(desk, "clear") is SubmissionState.IN_REVIEW


def test_form_with_a_doubtful_value_offers_no_accept_and_is_not_accepted(desk: World) -> None:
    browser = desk.client("assessor")
    page = browser.get(path(desk, "doubtful")).text
    assert "Look at: End of the period" in text_of(page)
    assert f'action="{path(desk, "doubtful", "accept")}"' not in page
    with desk.db.reading() as session:
        from web.pages.review import seen

        token = seen(session.get_one(Submission, desk.ids["doubtful"]))
    answer = browser.post(path(desk, "doubtful", "accept"), data={"seen": token})
    assert answer.status_code == 422
    assert "Look at: End of the period" in text_of(answer.text)
    assert "<title>Error: " in answer.text
    assert state_of(desk, "doubtful") is SubmissionState.IN_REVIEW


def test_value_that_changed_meanwhile_stops_the_acceptance(desk: World) -> None:
    browser, colleague = desk.client("assessor"), desk.client("administrator")
    page = browser.get(path(desk)).text
    colleague.post(path(desk, "clear", "values/on_track"), data={"value": "false"})
    answer = browser.post(path(desk, "clear", "accept"), data={"seen": hidden(page, "seen")})
    assert answer.status_code == 422
    assert "A value has changed since you opened this page" in text_of(answer.text)
    assert state_of(desk, "clear") is SubmissionState.IN_REVIEW


def test_sending_back_asks_for_a_letter_with_the_reasons(desk: World) -> None:
    browser = desk.client("assessor")
    answer = browser.post(
        path(desk, "clear", "send-back"), data={"reasons": ["not_signed", "no_targets"], "note": "Please sign it"}
    )
    assert answer.headers["location"] == "/queue"
    assert "A letter goes to office@harrowgill.example" in text_of(browser.get("/queue").text)
    assert state_of(desk, "clear") is SubmissionState.RETURNED
    with desk.db.reading() as session:
        letter = session.scalars(sa.select(Notice)).one()
        assert (letter.kind, letter.state) == ("sent_back", NoticeState.ASKED)
        assert letter.content["note"] == "Please sign it"
        assert len(letter.content["reasons"]) == 2
        assert "Quillfeather" not in str(letter.content)
    page = text_of(browser.get(path(desk)).text)
    assert "The form is not signed by everyone who must sign it" in page
    assert "By Assessor Tester" in page


def test_sending_back_needs_a_reason_and_keeps_the_note(desk: World) -> None:
    browser = desk.client("assessor")
    answer = browser.post(path(desk, "clear", "send-back"), data={"note": "Please\nsign it"})
    assert answer.status_code == 422
    assert "Choose at least one reason" in text_of(answer.text)
    assert "Please\nsign it</textarea>" in answer.text
    other = browser.post(path(desk, "clear", "send-back"), data={"reasons": "other", "note": " "})
    assert "Explain the other reason" in text_of(other.text)
    assert state_of(desk, "clear") is SubmissionState.IN_REVIEW


def test_not_a_valid_form_is_put_away_and_nobody_is_told(desk: World) -> None:
    browser = desk.client("assessor")
    assert browser.get(path(desk, "clear", "not-a-form")).status_code == 200
    browser.post(path(desk, "clear", "not-a-form"), data={"note": "A menu"})
    assert state_of(desk, "clear") is SubmissionState.REJECTED
    with desk.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0
    assert "A menu" in text_of(browser.get(path(desk)).text)


def test_ect_is_chosen_by_hand_after_a_search(desk: World) -> None:
    with desk.db.writing() as session:
        other = builders.an_ect(
            session, session.get_one(Induction, desk.ids["induction"]).posts[0].school, trn="2222222", name=("Bela", "Oakhurst")
        )
        key = str(other.id)
    browser = desk.client("assessor")
    assert "Amara Quillfeather" in browser.get(path(desk, "clear", "ect")).text
    found = browser.post(path(desk, "clear", "ect/search"), data={"search": "oakh"}).text
    assert f'value="{key}"' in found
    assert "Amara Quillfeather</label>" not in found
    assert browser.post(path(desk, "clear", "ect"), data={"induction": "nonsense"}).status_code == 422
    assert browser.post(path(desk, "clear", "ect"), data={"induction": key}).headers["location"] == path(desk)
    with desk.db.reading() as session:
        chosen = session.get_one(Submission, desk.ids["clear"])
        assert (str(chosen.induction_id), chosen.match) == (key, MatchCertainty.PERSON)
    assert "Chosen by a person" in text_of(browser.get(path(desk)).text)


def test_assessment_that_a_form_answers_is_chosen(desk: World) -> None:
    browser = desk.client("assessor")
    browser.post(path(desk, "clear", "assessment"), data={"assessment": ""})
    with desk.db.reading() as session:
        assert session.get_one(Submission, desk.ids["clear"]).assessment_id is None
    browser.post(path(desk, "clear", "assessment"), data={"assessment": str(desk.ids["assessment"])})
    with desk.db.reading() as session:
        assert session.get_one(Submission, desk.ids["clear"]).assessment_id == desk.ids["assessment"]


def test_chosen_assessment_stays_when_a_value_is_corrected(desk: World) -> None:
    browser = desk.client("assessor")
    browser.post(path(desk, "clear", "assessment"), data={"assessment": ""})
    page = browser.get(path(desk)).text
    answer = browser.post(path(desk, "clear", "values/days_absent"), data={"value": "2", "seen": hidden(page, "seen")})
    assert answer.status_code == 303
    with desk.db.reading() as session:
        corrected = session.get_one(Submission, desk.ids["clear"])
        assert next(one for one in corrected.values if one.key == "days_absent").value == "2"
        assert corrected.assessment_id is None


def test_assessment_that_is_not_due_any_more_is_not_answered(desk: World) -> None:
    with desk.db.writing() as session:
        house.assessment_of(desk, session).not_required = "no longer expected"
    page = text_of(desk.client("assessor").get(path(desk)).text)
    assert "Progress review , due 27 March 2026" not in page
    with desk.db.reading() as session:
        assert session.get_one(Submission, desk.ids["clear"]).assessment_id is None


def test_corrected_form_shows_what_changed(desk: World) -> None:
    """The second form of the desk is for the same review as the first."""
    browser = desk.client("reader")
    pages = [text_of(browser.get(path(desk, which)).text) for which in ("clear", "doubtful")]
    changed = [page for page in pages if "This form takes the place of an earlier one" in page]
    assert len(changed) == 1
    assert "Days absent in this period Before: not on the earlier form Now: 3" in changed[0]


def test_named_contact_of_the_ect_looks_and_does_not_decide(desk: World) -> None:
    from records.models.accounts import Account
    from records.models.people import Role

    desk.account("both", Role.ASSESSOR, Role.NAMED_CONTACT)
    with desk.db.writing() as session:
        session.get_one(Induction, desk.ids["induction"]).named_contact_id = session.get_one(
            Account, desk.ids["both"]
        ).person_id
    browser = desk.client("both")
    page = browser.get(path(desk)).text
    assert "Decide" not in text_of(page)
    assert "Correct" not in text_of(page).split("Readings")[1]
    for act in ("accept", "send-back", "not-a-form", "values/on_track", "kind", "ect"):
        assert browser.post(path(desk, "clear", act)).status_code == 403
    assert state_of(desk, "clear") is SubmissionState.IN_REVIEW


@pytest.mark.parametrize("user_name", ["reader", "contact"])
def test_those_who_only_look_see_no_button_that_is_refused(desk: World, user_name: str) -> None:
    page = desk.client(user_name).get(path(desk, "doubtful")).text
    forms = set(re.findall(r'<form method="post" action="([^"]+)"', page))
    assert forms == {"/sign-out"}


def test_claim_is_soft_and_can_be_taken_over(desk: World) -> None:
    first, second = desk.client("assessor"), desk.client("administrator")
    first.get(path(desk))
    page = second.get(path(desk)).text
    assert "Being reviewed by Assessor Tester" in text_of(page)
    assert "Correct" in text_of(page), "the claim locks nobody out"
    second.post(path(desk, "clear", "take"))
    assert "Being reviewed by" not in text_of(second.get(path(desk)).text)
    assert "Being reviewed by Administrator Tester" in text_of(first.get(path(desk)).text)


def test_reader_who_looks_claims_nothing(desk: World) -> None:
    desk.client("reader").get(path(desk))
    with desk.db.reading() as session:
        assert session.get_one(Submission, desk.ids["clear"]).opened_by_id is None
