"""Signing in by password and by one-time links."""

import pytest
import sqlalchemy as sa

from records import accounts
from records.models.accounts import Account, LinkPurpose, WebSession
from records.models.people import Role
from tests.support.house import MACHINE, PASSWORD, World, text_of
from web.pages.sign_in import REFUSED


def a_link(world: World, purpose: LinkPurpose, user_name: str = "assessor") -> str:
    with world.db.writing() as session:
        token = accounts.make_link(session, session.get_one(Account, world.ids[user_name]), purpose, world.now)
    return f"/{'set-up' if purpose is LinkPurpose.SET_UP else 'link'}/{token}"


def test_wrong_password_and_unknown_name_get_the_same_answer(bare: World) -> None:
    browser = bare.client()
    answers = [
        browser.post("/sign-in", data={"user-name": name, "password": "not the right one"}) for name in ("assessor", "nobody")
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert REFUSED in text_of(answer.text)
        assert "<title>Error: Sign in" in answer.text
        assert "set-cookie" not in answer.headers
    assert answers[0].text.replace("assessor", "nobody").split("<main")[1] == answers[1].text.split("<main")[1]


def test_what_was_typed_stays_except_the_password(bare: World) -> None:
    page = bare.client().post("/sign-in", data={"user-name": "rosa", "password": "not the right one"}).text
    assert 'value="rosa"' in page
    assert "not the right one" not in page


def test_empty_form_says_what_to_enter(bare: World) -> None:
    page = text_of(bare.client().post("/sign-in", data={}).text)
    assert "Enter your user name" in page
    assert "Enter your password" in page


def test_account_locks_and_colleagues_are_not_locked_out(bare: World) -> None:
    browser = bare.client()
    for _attempt in range(accounts.FREE_FAILURES):
        browser.post("/sign-in", data={"user-name": "assessor", "password": "not the right one"})
    assert browser.post("/sign-in", data={"user-name": "assessor", "password": PASSWORD}).status_code == 422
    assert browser.post("/sign-in", data={"user-name": "reader", "password": PASSWORD}).status_code == 303
    bare.later(minutes=2)
    assert browser.post("/sign-in", data={"user-name": "assessor", "password": PASSWORD}).status_code == 303


def test_signing_in_gives_a_new_session_and_ends_the_one_before(bare: World) -> None:
    browser = bare.client("assessor")
    before = browser.cookies["mailroom"]
    browser.post("/sign-in", data={"user-name": "assessor", "password": PASSWORD})
    assert browser.cookies["mailroom"] != before
    with bare.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(WebSession)) == 1


def test_session_that_a_stranger_set_is_never_signed_in(bare: World) -> None:
    browser = bare.client()
    browser.cookies.set("mailroom", "chosen-by-a-stranger")
    browser.post("/sign-in", data={"user-name": "assessor", "password": PASSWORD})
    stranger = bare.client()
    stranger.cookies.set("mailroom", "chosen-by-a-stranger")
    assert stranger.get("/queue").status_code == 303


def test_idle_and_absolute_ends_of_a_session(bare: World) -> None:
    browser = bare.client("assessor")
    for _click in range(6):
        bare.later(hours=1, minutes=55)
        assert browser.get("/queue").status_code == 200, "a click within two hours keeps it"
    bare.later(hours=1)
    assert browser.get("/queue").status_code == 303, "after twelve hours it ends whatever happens"
    browser = bare.client("assessor")
    bare.later(hours=2)
    assert browser.get("/queue").status_code == 303


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/queue\r\nX: y"]
)
def test_signing_in_never_leads_elsewhere(bare: World, bad: str) -> None:
    answer = bare.client().post("/sign-in", data={"user-name": "assessor", "password": PASSWORD, "next": bad})
    assert answer.headers["location"] == "/"


def test_sign_in_link_is_not_used_up_by_fetching_it(bare: World) -> None:
    link = a_link(bare, LinkPurpose.SIGN_IN)
    browser = bare.client()
    for method in ("HEAD", "GET", "GET"):
        assert browser.request(method, link).status_code == 200
    assert "Assessor Tester" in browser.get(link).text
    assert browser.post(link).status_code == 303
    assert browser.get("/queue").status_code == 200
    again = bare.client()
    assert again.post(link).status_code == 410
    assert "This link does not work" in text_of(again.get(link).text)
    assert again.get("/queue").status_code == 303


def test_set_up_link_lets_choose_a_password_and_signs_in(bare: World) -> None:
    with bare.db.writing() as session:
        account = accounts.add_account(
            session,
            user_name="new",
            first_name="New",
            last_name="Person",
            roles=[Role.ASSESSOR],
            now=bare.now,
            actor=MACHINE,
        )
    bare.ids["new"] = account.id
    link = a_link(bare, LinkPurpose.SET_UP, "new")
    browser = bare.client()
    weak = browser.post(link, data={"password": "password1234", "again": "password1234"})
    assert weak.status_code == 422
    assert "Too easy to guess" in weak.text
    apart = browser.post(link, data={"password": "kettle-river-moss", "again": "kettle-river-mess"})
    assert "Type the same password again" in apart.text
    assert browser.post(link, data={"password": "kettle-river-moss", "again": "kettle-river-moss"}).status_code == 303
    assert browser.get("/queue").status_code == 200
    assert browser.post(link, data={"password": "kettle-river-mess", "again": "kettle-river-mess"}).status_code == 410
    fresh = bare.client()
    assert fresh.post("/sign-in", data={"user-name": "new", "password": "kettle-river-moss"}).status_code == 303


def test_signed_in_person_is_not_asked_to_sign_in(bare: World) -> None:
    assert bare.client("assessor").get("/sign-in").headers["location"] == "/"


def test_start_page_leads_to_the_work_of_each_role(bare: World) -> None:
    starts = {name: bare.client(name).get("/").headers["location"] for name in ("assessor", "reader", "contact", "officer")}
    assert starts == {"assessor": "/queue", "reader": "/queue", "contact": "/ects", "officer": "/status"}
