"""Signing in with an authenticator app, by the pages themselves."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from starlette.testclient import TestClient

from records.models.accounts import Account
from tests.support.house import PASSWORD, World, text_of


@pytest.fixture
def strict(bare: World) -> World:
    """The body asks everybody for a second thing."""
    bare.settings, bare.made = replace(bare.settings, second_factor=True), None
    return bare


def password(world: World, who: str = "assessor") -> TestClient:
    browser = world.client()
    answer = browser.post("/sign-in", data={"user-name": who, "password": PASSWORD, "next": "/ects"})
    assert answer.status_code == 303
    browser.headers["x-went-to"] = answer.headers["location"]
    return browser


def connect(world: World, browser: TestClient) -> tuple[str, list[str]]:
    """The app's secret, and the recovery codes."""
    page = browser.get("/sign-in/app").text
    assert "<svg" in page
    key = re.search(r'id="key">([^<]+)<', page)
    assert key is not None
    secret = key[1].replace(" ", "")
    answer = browser.post("/sign-in/app", data={"code": pyotp.TOTP(secret).at(world.now)})
    assert answer.status_code == 200
    return secret, re.findall(r"<strong>([a-z0-9]{5}-[a-z0-9]{5})</strong>", answer.text)


def test_the_first_time_an_app_is_connected_and_nothing_opens_before(strict: World) -> None:
    browser = password(strict)
    assert browser.headers["x-went-to"] == "/sign-in/app?next=/ects"
    assert browser.get("/queue").headers["location"].startswith("/sign-in")
    assert browser.post("/sign-in/app", data={"code": "000000"}).headers["location"] == "/sign-in/app", "none was shown yet"
    browser.get("/sign-in/app")
    assert browser.post("/sign-in/app", data={"code": "000000"}).status_code == 422
    assert browser.get("/queue").status_code == 303
    _secret, codes = connect(strict, browser)
    assert len(codes) == 10
    assert browser.get("/queue").status_code == 200


def test_whoever_has_the_password_only_never_sees_the_key_that_the_owner_connects(strict: World) -> None:
    thief, owner = password(strict), password(strict)
    seen = re.search(r'id="key">([^<]+)<', thief.get("/sign-in/app").text)
    assert seen is not None
    secret, _codes = connect(strict, owner)
    assert seen[1].replace(" ", "") != secret
    answer = thief.post("/sign-in/app", data={"code": pyotp.TOTP(seen[1].replace(" ", "")).at(strict.now)})
    assert answer.headers["location"] == "/account"
    assert thief.get("/account").headers["location"].startswith("/sign-in")


def test_afterwards_password_and_code_are_needed(strict: World) -> None:
    secret, codes = connect(strict, password(strict))
    strict.later(minutes=1)
    browser = password(strict)
    assert browser.headers["x-went-to"] == "/sign-in/code?next=/ects"
    assert browser.get("/account").status_code == 303
    assert browser.get("/sign-in/app").headers["location"] == "/account", "no second app for whoever has the password only"
    wrong = browser.post("/sign-in/code", data={"code": "000000", "next": "/ects"})
    assert wrong.status_code == 422
    right = browser.post("/sign-in/code", data={"code": pyotp.TOTP(secret).at(strict.now), "next": "/ects"})
    assert right.headers["location"] == "/ects"
    assert browser.get("/account").status_code == 200
    by_paper = password(strict)
    assert by_paper.post("/sign-in/code", data={"code": codes[3]}).headers["location"] == "/"
    assert "9 recovery codes left" in text_of(by_paper.get("/account").text)


def test_a_browser_that_waits_for_its_code_is_forgotten_after_a_quarter_of_an_hour(strict: World) -> None:
    secret, _codes = connect(strict, password(strict))
    browser = password(strict)
    strict.later(minutes=16)
    answer = browser.post("/sign-in/code", data={"code": pyotp.TOTP(secret).at(strict.now)})
    assert answer.headers["location"] == "/sign-in"


def test_signing_in_by_link_asks_for_the_code_too(strict: World) -> None:
    connect(strict, password(strict))
    strict.later(minutes=1)
    administrator = strict.client()
    administrator.post("/sign-in", data={"user-name": "administrator", "password": PASSWORD})
    connect(strict, administrator)
    page = administrator.post(f"/staff/{strict.ids['assessor']}/link", data={"purpose": "sign_in"}).text
    link = re.search(r"(/link/[A-Za-z0-9_-]+)", page)
    assert link is not None
    assert strict.client().post(link[1]).headers["location"] == "/sign-in/code"


def test_from_ones_account_an_app_is_connected_with_the_password_only(bare: World) -> None:
    browser = bare.client("assessor")
    page = browser.get("/sign-in/app").text
    key = re.search(r'id="key">([^<]+)<', page)
    assert key is not None
    assert "Your password here" in text_of(page)
    code = pyotp.TOTP(key[1].replace(" ", "")).at(bare.now)
    for wrong in ({"code": code}, {"code": code, "password": "not the right one"}):
        refused = browser.post("/sign-in/app", data=wrong)
        assert (refused.status_code, "Your password is not right" in text_of(refused.text)) == (422, True)
    assert "None is connected" in text_of(browser.get("/account").text)
    assert browser.post("/sign-in/app", data={"code": "000000", "password": PASSWORD}).status_code == 422
    done = browser.post("/sign-in/app", data={"code": code, "password": PASSWORD})
    assert (done.status_code, "recovery codes" in text_of(done.text)) == (200, True)
    assert "Connected since" in text_of(browser.get("/account").text)


def test_guesses_of_the_password_on_the_way_to_an_app_lock_the_account(bare: World) -> None:
    browser = bare.client("assessor")
    browser.get("/sign-in/app")
    for _guess in range(12):
        browser.post("/sign-in/app", data={"code": "000000", "password": "a guess at it"})
    with bare.db.reading() as session:
        assert session.get_one(Account, bare.ids["assessor"]).locked_until is not None


def test_new_recovery_codes_need_a_code_of_the_app(strict: World) -> None:
    browser = password(strict)
    secret, codes = connect(strict, browser)
    assert browser.post("/account/recovery-codes", data={"code": "000000"}).status_code == 422
    strict.later(minutes=1)
    made = browser.post("/account/recovery-codes", data={"code": pyotp.TOTP(secret).at(strict.now)})
    assert made.status_code == 200
    assert codes[0] not in made.text


def test_an_administrator_takes_an_app_away_but_not_their_own(strict: World) -> None:
    connect(strict, password(strict))
    administrator = password(strict, "administrator")
    connect(strict, administrator)
    assert administrator.post(f"/staff/{strict.ids['administrator']}/reset-app").status_code == 403
    assert administrator.post(f"/staff/{strict.ids['assessor']}/reset-app").status_code == 303
    strict.later(minutes=1)
    assert password(strict).headers["x-went-to"].startswith("/sign-in/app")


def test_many_wrong_passwords_from_one_network_are_slowed_down(bare: World) -> None:
    browser = bare.client(address="192.0.2.9")
    answers = [browser.post("/sign-in", data={"user-name": f"nobody{one}", "password": "x"}) for one in range(31)]
    assert "Wait ten seconds" in text_of(answers[-1].text)
    assert "Wait ten seconds" not in text_of(answers[-2].text)
    assert bare.client("assessor", address="192.0.2.10").get("/account").status_code == 200
    bare.later(seconds=11)
    right = browser.post("/sign-in", data={"user-name": "assessor", "password": PASSWORD})
    assert right.status_code == 303


def test_training_is_noted_by_an_administrator_and_asked_for_until_then(bare: World) -> None:
    bare.settings, bare.made = replace(bare.settings, training_days=365), None
    administrator, assessor = bare.client("administrator"), bare.client("assessor")
    assert "training in data protection is due" in text_of(assessor.get("/queue").text)
    assert "Training due" in text_of(administrator.get("/staff").text)
    address = f"/staff/{bare.ids['assessor']}/training"
    day = bare.now - timedelta(days=1)
    assert (
        administrator.post(address, data={"trained-day": "1", "trained-month": "1", "trained-year": "2031"}).status_code == 422
    )
    form = {"trained-day": str(day.day), "trained-month": str(day.month), "trained-year": str(day.year)}
    assert administrator.post(address, data=form).status_code == 303
    assert "training in data protection is due" not in text_of(assessor.get("/queue").text)


def test_administrator_is_told_where_their_own_training_is_noted(bare: World) -> None:
    bare.settings, bare.made = replace(bare.settings, training_days=365), None
    administrator = bare.client("administrator")
    page = text_of(administrator.get("/queue").text)
    assert "Your training in data protection is due. Note the day when you have done it under Staff" in page
    assert "web.training_days" in page
    assert "Tell your administrator" not in page
    assert "Tell your administrator" in text_of(bare.client("assessor").get("/queue").text)
    day = bare.now - timedelta(days=1)
    form = {"trained-day": str(day.day), "trained-month": str(day.month), "trained-year": str(day.year)}
    assert administrator.post(f"/staff/{bare.ids['administrator']}/training", data=form).status_code == 303
    assert "training in data protection" not in text_of(administrator.get("/queue").text)
