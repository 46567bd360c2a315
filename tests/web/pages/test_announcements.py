"""Announcements: counted before they go, asked for once, and only with a key and a way out."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from records import people, preferences
from records.models.notices import MarketingChoice, Notice
from records.models.people import Role
from tests.support.house import KEY, MACHINE, World, hidden, induction_of, text_of

SAID = {"audience": "tutors", "subject": "Mentoring day", "text": "Come along.\n\nIt is in June."}


@pytest.fixture
def three(desk: World) -> World:
    """Three tutors, one of whom has opted out."""
    with desk.db.writing() as session:
        school = induction_of(desk, session).posts[0].school
        for name in ("Ada", "Ben", "Cleo"):
            person = people.register_person(
                session, first_name=name, last_name="Orme", address=f"{name}@harrowgill.example", now=desk.now
            )
            people.add_membership(session, person, school, Role.INDUCTION_TUTOR)
            session.refresh(person)
        preferences.choose(session, person, MarketingChoice.OPTED_OUT, how="page", key=KEY, actor=MACHINE, now=desk.now)
    return desk


def asked(world: World) -> list[Notice]:
    with world.db.reading() as session:
        return list(session.scalars(sa.select(Notice).where(Notice.kind == "announcement")))


def test_it_is_counted_first_and_sent_with_the_second_press(three: World) -> None:
    browser = three.client("administrator")
    check = browser.post("/announcements", data=SAID)
    text = text_of(check.text)
    assert "2 people would get it today of 3 with an address. 1 opted out" in text
    assert "Come along. It is in June." in text
    assert asked(three) == []
    batch = hidden(check.text, "batch")
    answers = [browser.post("/announcements", data={**SAID, "batch": batch, "checked": "yes"}) for _press in range(2)]
    assert [one.headers["location"] for one in answers] == ["/announcements"] * 2
    notices = asked(three)
    assert len(notices) == 3, "pressing twice asks once; who opted out is left out when it goes"
    assert {one.content["subject"] for one in notices} == {"Mentoring day"}
    page = text_of(browser.get("/announcements").text)
    assert page.count("Induction tutors, 3 letters asked for") == 1


def test_press_without_the_page_that_counts_sends_nothing(three: World) -> None:
    browser = three.client("administrator")
    for batch in ("", "nonsense"):
        assert "would get it today" in browser.post("/announcements", data={**SAID, "batch": batch, "checked": "yes"}).text
    assert asked(three) == []


@pytest.mark.parametrize("missing", ["audience", "subject", "text"])
def test_what_is_missing_is_told(three: World, missing: str) -> None:
    answer = three.client("administrator").post("/announcements", data={**SAID, missing: ""})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_without_a_key_nothing_can_be_announced(three: World) -> None:
    three.settings = replace(three.settings, marketing=None)
    three.made = None
    browser = three.client("administrator")
    assert "Announcements need a secret key" in browser.get("/announcements").text
    assert browser.post("/announcements", data=SAID).status_code == 422
    assert asked(three) == []


def test_assessor_may_not_announce(three: World) -> None:
    assert three.client("assessor").get("/announcements").status_code == 403
