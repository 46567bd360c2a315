"""The page of anybody on record, and what staff write down about announcements."""

import sqlalchemy as sa

from records.models.notices import MarketingPreference
from records.models.people import Person, Role
from tests.support.house import World, text_of


def test_choice_told_by_telephone_is_written_down_and_shown(desk: World) -> None:
    browser, path = desk.client("assessor"), f"/people/{desk.ids['ect']}"
    assert "never opted out" in text_of(browser.get(path).text)
    assert browser.post(f"{path}/marketing", data={"marketing": "opted_out"}).headers["location"] == path
    assert "Opted out of announcements: gets none" in text_of(browser.get(path).text)
    assert "Opted out of announcements: gets none" in text_of(browser.get(f"/ects/{desk.ids['induction']}").text)
    with desk.db.reading() as session:
        assert session.scalars(sa.select(MarketingPreference.how)).all() == ["staff"]
    desk.later(minutes=1)
    browser.post(f"{path}/marketing", data={"marketing": "consented"})
    assert "Agreed to announcements" in text_of(browser.get(path).text)


def test_reader_sees_the_choice_and_no_way_to_change_it(desk: World) -> None:
    page = desk.client("reader").get(f"/people/{desk.ids['ect']}").text
    assert "never opted out" in page
    assert "/marketing" not in page


def test_nothing_chosen_is_told_beside_the_field(desk: World) -> None:
    answer = desk.client("assessor").post(f"/people/{desk.ids['ect']}/marketing", data={})
    assert answer.status_code == 422
    assert "Choose what the person told you" in answer.text


def test_staff_of_the_body_have_no_page_here(desk: World) -> None:
    with desk.db.reading() as session:
        staff = session.scalars(sa.select(Person).where(Person.memberships.any(role=Role.ASSESSOR))).first()
    assert staff
    assert desk.client("assessor").get(f"/people/{staff.id}").status_code == 404
