"""Who can see an ECT's record and opened it, and declaring conflicts of interest."""

import re
import uuid

import pytest

from tests.support.house import World, text_of
from tests.support.school_house import Sides, two_schools


def access(desk: World, who: str = "assessor") -> str:
    return text_of(desk.client(who).get(f"/ects/{desk.ids['induction']}/access").text)


def declare(desk: World, who: str, whose: str, reason: str = "My sister-in-law") -> int:
    return (
        desk.client(who).post(f"/ects/{desk.ids['induction']}/interests", data={"whose": whose, "reason": reason}).status_code
    )


def test_who_declares_an_interest_may_no_longer_decide_and_reads_why(desk: World) -> None:
    assert declare(desk, "assessor", "mine") == 303
    page = desk.client("assessor").get(f"/ects/{desk.ids['induction']}/outcome/pass")
    assert page.status_code == 403
    assert "My sister-in-law" in text_of(page.text)
    assert "My sister-in-law" in text_of(desk.client("assessor").get(f"/ects/{desk.ids['induction']}").text)
    assert desk.client("administrator").get(f"/ects/{desk.ids['induction']}/outcome/pass").status_code == 200
    assert "A conflict of interest was declared" in text_of(
        desk.client("administrator").get(f"/ects/{desk.ids['induction']}").text
    )


@pytest.mark.parametrize(
    ("where", "form"),
    [
        ("facts/trn", {"value": "7654321", "why": "typed wrong"}),
        ("lists/qualification", {"qualification-title": "BA"}),
        ("lists/qualification/take-out", {"row": "x", "why": "not theirs"}),
        ("expect", {"kind": "progress_review", "due-day": "1", "due-month": "7", "due-year": "2026"}),
    ],
)
def test_who_declares_an_interest_may_no_longer_write_the_record(desk: World, where: str, form: dict[str, str]) -> None:
    address = f"/ects/{desk.ids['induction']}/{where}"
    assert declare(desk, "assessor", "mine") == 303
    refused = desk.client("assessor").post(address, data=form)
    assert refused.status_code == 403
    assert "My sister-in-law" in text_of(refused.text)
    assert desk.client("administrator").post(address, data=form).status_code == 303


def test_the_bodys_interest_stops_everybody_until_an_administrator_ends_it(desk: World) -> None:
    assert declare(desk, "assessor", "trained") == 303
    browser, outcome = desk.client("administrator"), f"/ects/{desk.ids['induction']}/outcome/pass"
    assert browser.get(outcome).status_code == 403
    page = browser.get(f"/ects/{desk.ids['induction']}/access").text
    end = re.search(r'action="(/interests/[^"]+/end)"', page)
    assert end is not None
    assert browser.post(end[1]).status_code == 303
    assert browser.get(outcome).status_code == 200
    assert "ended" in access(desk)


def test_nobody_ends_their_own_interest(desk: World) -> None:
    assert declare(desk, "administrator", "mine_school") == 303
    browser = desk.client("administrator")
    page = browser.get(f"/ects/{desk.ids['induction']}/access").text
    assert "/end" not in page
    with desk.db.reading() as session:
        from records.models.interests import Interest

        [row] = session.query(Interest).all()
    refused = browser.post(f"/interests/{row.id}/end")
    assert refused.status_code == 403
    assert "Somebody else must end" in text_of(refused.text)
    assert browser.post(f"/interests/{uuid.uuid4()}/end").status_code == 404


@pytest.mark.parametrize(("whose", "reason"), [("", "something"), ("mine", "")])
def test_what_is_missing_is_said(desk: World, whose: str, reason: str) -> None:
    assert declare(desk, "assessor", whose, reason) == 422


def test_who_opened_the_record_and_the_form_stands_on_the_page(desk: World) -> None:
    assert "Nobody yet" in access(desk)
    desk.client("reader").get(f"/ects/{desk.ids['induction']}")
    desk.client("assessor").get(f"/submissions/{desk.ids['clear']}")
    desk.client("assessor").get(f"/submissions/{desk.ids['clear']}")
    seen = access(desk)
    assert seen.count("Reader Tester Read only, Northmere Teaching Hub The record") == 1
    assert seen.count("Assessor Tester Assessor, Northmere Teaching Hub Progress review") == 1


@pytest.fixture
def sides(bare: World) -> Sides:
    return two_schools(bare)


def test_the_ect_reads_who_opened_their_record_and_the_school_does_not(sides: Sides) -> None:
    own = f"/school/ects/{sides.inductions['own']}"
    sides.client("tutor").get(own)
    sides.world.client("assessor").get(f"/ects/{sides.inductions['own']}")
    seen = text_of(sides.client("ect").get(own).text)
    assert "Tutor Larkspur Induction tutor, Marrowdale Academy The record" in seen
    assert "Assessor Tester Assessor, Northmere Teaching Hub The record" in seen
    assert "School Administrator Larkspur, school administrator, Marrowdale Academy (not the assessments)" in seen
    assert "Who opened it" not in sides.client("headteacher").get(own).text


def test_a_schools_office_sees_who_is_in_induction_and_no_assessment(sides: Sides) -> None:
    browser = sides.client("school administrator")
    home, page = browser.get("/school/home").text, browser.get(f"/school/ects/{sides.inductions['own']}").text
    assert "Ect Larkspur" in text_of(home)
    for text in (text_of(home), text_of(page)):
        assert "progress review" not in text.casefold()
        assert "What is due" not in text
    assert "Reviews and assessments" in sides.client("headteacher").get(f"/school/ects/{sides.inductions['own']}").text


def test_a_governor_sees_numbers_and_no_name(sides: Sides) -> None:
    text = text_of(sides.client("governor").get("/school/home").text)
    assert "Marrowdale Academy Fewer than 3 0 Fewer than 3 0" in text
    assert "Marrowdale Academy 2 0 2 0" in text_of(sides.client("headteacher").get("/school/home").text)
    for name in ("Ect Larkspur", "Second Ect", "Fennick"):
        assert name not in text
    assert text.count("Larkspur") == 1, "their own name, in the head of the page"


def test_a_coordinator_sets_up_and_ends_people_of_the_own_school(sides: Sides) -> None:
    browser = sides.client("coordinator")
    form = {"role": "governor", "person-first-name": "Gwen", "person-last-name": "Hale", "person-address": "gwen@hale.example"}
    assert browser.post("/school/people", data=form).status_code == 303
    page = browser.get("/school/people").text
    assert "Gwen Hale , governor, gwen@hale.example" in text_of(page)
    for wrong in ({**form, "role": "headteacher"}, {**form, "role": ""}, {**form, "person-address": ""}):
        assert browser.post("/school/people", data=wrong).status_code == 422
    assert browser.post("/school/people", data={**form, "school": str(sides.schools["other"])}).status_code == 404
    assert browser.post(f"/school/people/{sides.memberships['governor']}/end").status_code == 303
    assert "Governor Larkspur , governor" not in text_of(browser.get("/school/people").text)
    assert browser.post(f"/school/people/{sides.memberships['headteacher']}/end").status_code == 404
