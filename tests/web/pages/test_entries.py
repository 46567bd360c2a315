"""The pages on which facts about an induction are entered and corrected."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.inductions import Absence, Induction, Post
from tests.support.house import World

ABSENCE = {
    "kind": "ordinary",
    "starts_on-day": "6",
    "starts_on-month": "October",
    "starts_on-year": "2025",
    "ends_on-day": "21",
    "ends_on-month": "11",
    "ends_on-year": "2025",
    "days": "33.5",
    "health_note": "a broken arm",
}


def the_induction(session: Session) -> Induction:
    return session.scalars(sa.select(Induction)).one()


def test_an_absence_is_entered_and_shows_what_follows_from_it(desk: World) -> None:
    browser = desk.client("assessor")
    with desk.db.reading() as session:
        address = f"/ects/{the_induction(session).id}"
    assert "Half days count" in browser.get(f"{address}/entries/absence/new").text
    answer = browser.post(f"{address}/entries/absence/new", data=ABSENCE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}#course")
    page = browser.get(address).text
    assert "33.5 days of absence, 6 October 2025 to 21 November 2025" in page
    assert "0.515 terms: extension for absence, first part" in page
    assert "of 6.515 terms" in page
    assert "a broken arm" not in page
    with desk.db.reading() as session:
        row = session.scalars(sa.select(Absence)).one()
    assert "a broken arm" in browser.get(f"/entries/absence/{row.id}").text
    assert desk.client("reader").get(f"/entries/absence/{row.id}").status_code == 403


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(desk: World) -> None:
    browser = desk.client("assessor")
    with desk.db.reading() as session:
        address = f"/ects/{the_induction(session).id}/entries/absence/new"
    answer = browser.post(address, data={**ABSENCE, "starts_on-day": "31", "starts_on-month": "2"})
    assert answer.status_code == 422
    assert "First day must be a real date" in answer.text
    answer = browser.post(address, data={**ABSENCE, "days": "330"})
    assert answer.status_code == 422
    assert 'href="#days"' in answer.text
    assert 'value="330"' in answer.text
    with desk.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Absence)) == 0
        assert the_induction(session).required_terms == Decimal(6)


def test_a_correction_asks_why_and_history_shows_before_and_after(desk: World) -> None:
    browser = desk.client("administrator")
    with desk.db.reading() as session:
        induction = the_induction(session)
        post = session.scalars(sa.select(Post)).one()
        stands = {"school": post.school.urn or "", "contract": "permanent", "lead": "true"}
    dates = {"starts_on-day": "1", "starts_on-month": "9", "starts_on-year": "2025"}
    ending = {"ends_on-day": "20", "ends_on-month": "3", "ends_on-year": "2026"}
    address = f"/entries/post/{post.id}"
    refused = browser.post(address, data={**stands, **dates, **ending})
    assert (refused.status_code, "Say why it is corrected" in refused.text) == (422, True)
    assert browser.post(address, data={**stands, **dates, **ending, "why": "She leaves at Easter"}).status_code == 303
    page = browser.get(f"/ects/{induction.id}").text
    assert "Last day: “nothing” became “2026-03-20”" in page
    assert "Why: She leaves at Easter" in page
    with desk.db.reading() as session:
        assert session.get_one(Post, post.id).ends_on == date(2026, 3, 20)


def test_an_entry_is_taken_back_with_a_reason(desk: World) -> None:
    browser = desk.client("assessor")
    with desk.db.reading() as session:
        address = f"/ects/{the_induction(session).id}"
    browser.post(f"{address}/entries/absence/new", data=ABSENCE)
    with desk.db.reading() as session:
        row = session.scalars(sa.select(Absence)).one()
    assert browser.post(f"/entries/absence/{row.id}/withdraw", data={"why-withdrawn": ""}).status_code == 422
    assert browser.post(f"/entries/absence/{row.id}/withdraw", data={"why-withdrawn": "Twice"}).status_code == 303
    page = browser.get(address).text
    assert "No absence is on record." in page
    assert "Absence: taken back" in page


@pytest.mark.parametrize("entry", ["absence", "leave", "reduction", "post", "hours", "period"])
def test_every_kind_of_entry_has_its_form(desk: World, entry: str) -> None:
    with desk.db.reading() as session:
        address = f"/ects/{the_induction(session).id}/entries/{entry}/new"
    browser = desk.client("assessor")
    assert browser.get(address).status_code == 200
    assert browser.post(address, data={}).status_code == 422


def test_there_is_no_other_kind(desk: World) -> None:
    with desk.db.reading() as session:
        address = f"/ects/{the_induction(session).id}/entries/outcome/new"
    assert desk.client("assessor").get(address).status_code == 404
