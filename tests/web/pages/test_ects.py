"""The list of ECTs and the page of one."""

import pytest
import sqlalchemy as sa

from records.models.inductions import Assessment, AssessmentKind
from tests.support.house import World, hidden, text_of


@pytest.mark.parametrize("words", ["quillf", "AMARA", "Amara Quillfeather", "1234567", "TRN 1234567", "feather-quill", "zzz"])
def test_search_by_name_or_trn(desk: World, words: str) -> None:
    answer = desk.client("reader").post("/ects", data={"search": words})
    assert answer.status_code == 200
    found = "Amara Quillfeather" in answer.text
    assert found == (words not in {"feather-quill", "zzz"})
    if not found:
        assert "Nobody was found for these words" in answer.text


def test_search_words_never_stand_in_an_address(desk: World) -> None:
    page = desk.client("reader").get("/ects").text
    assert '<form class="mr-filter" method="post" action="/ects"' in page
    page = desk.client("reader").post("/ects", data={"search": "1234567"}).text
    assert "?search" not in page
    assert "1234567" not in "".join(part.split('"')[0] for part in page.split('href="')[1:])


def test_page_of_an_ect_shows_what_is_expected_and_what_came(desk: World) -> None:
    page = text_of(desk.client("reader").get(f"/ects/{desk.ids['induction']}").text)
    assert "TRN 1234567 Amara Quillfeather In progress" in page
    assert "Date of birth 17 May 1999" in page
    assert "Harrowgill Primary School since 1 September 2025, FTE 1" in page
    assert "Progress review 27 March 2026 Overdue" in page
    assert "Progress review To review" in page
    assert "Email received: Spring review with School Office" in page
    assert "Induction registered by the service" in page


def test_history_tells_decisions_and_both_sides_of_a_correction(desk: World) -> None:
    browser = desk.client("assessor")
    browser.post(f"/submissions/{desk.ids['doubtful']}/values/days_absent", data={"value": "4"})
    page = browser.get(f"/submissions/{desk.ids['clear']}").text
    browser.post(f"/submissions/{desk.ids['clear']}/accept", data={"seen": hidden(page, "seen")})
    page = text_of(browser.get(f"/ects/{desk.ids['induction']}").text)
    assert "A form was accepted by Assessor Tester" in page
    assert "A value was corrected by Assessor Tester" in page
    assert "Days absent in this period: “3” became “4”" in page
    assert "27 March 2026 30 March 2026 On track Accepted" in page


def test_what_is_expected_can_be_added_by_hand(desk: World) -> None:
    browser = desk.client("assessor")
    path = f"/ects/{desk.ids['induction']}/expect"
    refused = browser.post(path, data={"due-day": "1", "due-month": "", "due-year": "2026"})
    assert refused.status_code == 422
    assert "Choose what is expected" in text_of(refused.text)
    assert "Date it is due must include a month" in text_of(refused.text)
    data = {"kind": "formal_assessment", "point": "first", "due-day": "17", "due-month": "July", "due-year": "2026"}
    assert browser.post(path, data=data).status_code == 303
    with desk.db.reading() as session:
        added = session.scalars(sa.select(Assessment).where(Assessment.kind == AssessmentKind.FORMAL_ASSESSMENT)).one()
        assert str(added.due_on) == "2026-07-17"
    assert "First formal assessment 17 July 2026 Expected" in text_of(browser.get(f"/ects/{desk.ids['induction']}").text)
