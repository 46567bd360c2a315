"""The pages of cases."""

import re
from datetime import date

import sqlalchemy as sa

from records.models.cases import Case, CaseOutcome
from records.models.inductions import Induction
from tests.support.house import World

NEW = {
    "kind": "dispute",
    "summary": "The timetable was not reduced",
    "raised-by": "The ECT",
    "received-day": "27",
    "received-month": "3",
    "received-year": "2026",
}


def the_ect(desk: World) -> str:
    with desk.db.reading() as session:
        return f"/ects/{session.scalars(sa.select(Induction.id)).one()}"


def test_an_empty_list_says_so(desk: World) -> None:
    browser = desk.client("assessor")
    assert "No case is open." in browser.get("/cases").text
    assert "No open case is yours." in browser.get("/cases?show=mine").text
    assert "No case has been closed yet." in browser.get("/cases?show=closed").text
    assert desk.client("reader").get("/cases").status_code == 403


def test_a_case_is_opened_seen_to_and_closed(desk: World) -> None:
    browser, ect = desk.client("assessor"), the_ect(desk)
    assert "No case is on record." in browser.get(ect).text
    answer = browser.post(f"{ect}/cases/new", data=NEW)
    assert answer.status_code == 303
    case = answer.headers["location"]
    page = browser.get(case).text
    assert "28 April 2026 (20 working days, by this body’s own rule)" in page
    assert "Assessor Tester" in page
    listed = browser.get("/cases?show=mine").text
    assert "Dispute: The timetable was not reduced" in listed
    assert "28 April 2026" in listed
    assert "The timetable was not reduced" in browser.get(ect).text
    desk.later(days=40)
    browser = desk.client("assessor")
    assert "Overdue" in browser.get("/cases").text
    closing = {"outcome": "settled", "closed-day": "8", "closed-month": "5", "closed-year": "2026"}
    refused = browser.post(f"{case}/close", data=closing)
    assert (refused.status_code, "Say in a sentence how it ended" in refused.text) == (422, True)
    assert browser.post(f"{case}/close", data={**closing, "outcome-note": "The head gave the time"}).status_code == 303
    assert "Settled on 8 May 2026: The head gave the time" in browser.get(case).text
    assert "No case is open." in browser.get("/cases").text
    assert browser.post(f"{case}/reopen", data={"why-reopened": ""}).status_code == 422
    assert browser.post(f"{case}/reopen", data={"why-reopened": "It was not given"}).status_code == 303
    assert "A case was opened again" in browser.get(ect).text


def test_a_case_is_handed_on_and_postponed_with_a_reason(desk: World) -> None:
    browser, ect = desk.client("administrator"), the_ect(desk)
    case = browser.post(f"{ect}/cases/new", data=NEW).headers["location"]
    change = {"summary": NEW["summary"], "due-day": "5", "due-month": "5", "due-year": "2026", "note": "", "why": ""}
    owner = re.search(r'<option value="([^"]+)">Assessor Tester', browser.get(case).text)
    assert owner is not None
    assert browser.post(case, data={**change, "owner": owner[1]}).status_code == 422
    assert browser.post(case, data={**change, "owner": owner[1], "why": "The school is closed"}).status_code == 303
    with desk.db.reading() as session:
        row = session.scalars(sa.select(Case)).one()
        assert (row.owner_id, row.due_on) == (desk.ids["assessor"], date(2026, 5, 5))
    page = browser.get(ect).text
    assert "Due: “2026-04-28” became “2026-05-05”. Owner changed. Why: The school is closed" in page


def test_a_document_of_the_ect_goes_with_the_case(desk: World) -> None:
    browser, ect = desk.client("assessor"), the_ect(desk)
    case = browser.post(f"{ect}/cases/new", data=NEW).headers["location"]
    page = browser.get(case).text
    paper = re.search(r'<option value="([^"]+)">review.docx', page)
    assert paper is not None
    assert browser.post(f"{case}/papers", data={"paper": "not-one"}).status_code == 422
    assert browser.post(f"{case}/papers", data={"paper": paper[1]}).status_code == 303
    assert f'href="/attachments/{paper[1]}/original"' in browser.get(case).text


def test_what_is_missing_is_said(desk: World) -> None:
    answer = desk.client("assessor").post(
        f"{the_ect(desk)}/cases/new", data={"received-day": "31", "received-month": "2", "received-year": "2026"}
    )
    assert answer.status_code == 422
    for words in ("Choose what it is", "Say in a line what it is about", "must be a real date"):
        assert words in answer.text
    with desk.db.reading() as session:
        assert session.scalars(sa.select(Case.outcome).where(Case.outcome == CaseOutcome.SETTLED)).all() == []
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 0
