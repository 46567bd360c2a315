"""Signing in by a sign-in provider: a real OpenID Connect server on loopback, and the browser's way there and back."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pyotp
import pytest
import requests
from starlette.testclient import TestClient

from tests.support import sign_in_provider
from tests.support.house import PASSWORD, World, text_of
from web.provider import ProviderSettings

CLIENT = ("mailroom", "a secret of the tests")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sign_in_provider.running(tmp_path_factory.mktemp("provider")) as issuer:
        yield issuer


@pytest.fixture
def world(bare: World, provider: str) -> World:
    bare.settings, bare.made = replace(bare.settings, provider=ProviderSettings(provider, *CLIENT, "Northmere accounts")), None
    # The provider has a clock of its own.
    bare.now = datetime.now(UTC)
    return bare


def there(browser: TestClient) -> str:
    answer = browser.get("/sign-in/provider")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def to_connect(browser: TestClient, proof: str = PASSWORD) -> str:
    """The link of the page that one's own password opens."""
    answer = browser.post("/account/provider", data={"proof": proof})
    found = re.search(r'href="(http[^"]+/authorize[^"]*)"', answer.text)
    assert found is not None, text_of(answer.text)
    return html.unescape(found[1])


def as_subject(address: str, subject: str) -> str:
    """What the browser does at the provider: the answer is the way back, with its code."""
    with requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10) as answer:
        assert answer.status_code == 302, answer.text
        parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def connect(world: World, subject: str, who: str = "assessor") -> TestClient:
    browser = world.client(who)
    answer = browser.get(as_subject(to_connect(browser), subject))
    assert answer.headers["location"] == "/account"
    return browser


def test_a_connected_account_signs_in_with_issuer_and_subject(world: World) -> None:
    assert "Connected: you can sign in there" in text_of(connect(world, "subject-1").get("/account").text)
    browser = world.client()
    assert "Sign in with Northmere accounts" in text_of(browser.get("/sign-in").text)
    answer = browser.get(as_subject(there(browser), "subject-1"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Assessor Tester" in text_of(browser.get("/account").text)


def test_an_account_that_is_not_connected_opens_nothing_whatever_its_address_is(world: World) -> None:
    browser = world.client()
    answer = browser.get(as_subject(there(browser), "assessor@northmere.example"))
    assert answer.status_code == 422
    assert "not connected" in text_of(answer.text)
    assert browser.get("/account").status_code == 303


def test_one_account_there_connects_to_one_account_here(world: World) -> None:
    connect(world, "subject-1")
    second = world.client("reader")
    second.get(as_subject(to_connect(second), "subject-1"))
    page = text_of(second.get("/account").text)
    assert "connected to somebody else here" in page
    assert "Not connected" in page


def test_the_way_back_counts_once_and_only_in_the_browser_that_set_out(world: World) -> None:
    connect(world, "subject-1")
    browser, thief = world.client(), world.client()
    back = as_subject(there(browser), "subject-1")
    there(thief)
    assert thief.get(back).status_code == 422
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 422


def test_the_code_of_another_journey_is_refused(world: World) -> None:
    connect(world, "subject-1")
    attacker, victim = world.client(), world.client()
    theirs = as_subject(there(attacker), "subject-1")
    code = theirs.partition("code=")[2].partition("&")[0]
    mine = as_subject(there(victim), "subject-2")
    stolen = mine.replace(mine.partition("code=")[2].partition("&")[0], code)
    assert victim.get(stolen).status_code == 422
    assert victim.get("/account").status_code == 303


def test_a_token_that_has_run_out_is_refused(world: World) -> None:
    connect(world, "subject-1")
    world.later(hours=2)
    browser = world.client()
    assert browser.get(as_subject(there(browser), "subject-1")).status_code == 422, "by our clock the token ended an hour ago"


def test_connecting_asks_for_the_password_or_once_there_is_one_for_the_app(world: World) -> None:
    browser = world.client("assessor")
    assert "Your password here" in text_of(browser.get("/account/provider").text)
    wrong = browser.post("/account/provider", data={"proof": "not the right one"})
    assert wrong.status_code == 422
    assert "/authorize" not in wrong.text
    key = re.search(r'id="key">([^<]+)<', browser.get("/sign-in/app").text)
    assert key is not None
    app = pyotp.TOTP(key[1].replace(" ", ""))
    browser.post("/sign-in/app", data={"code": app.at(world.now), "password": PASSWORD})
    assert browser.post("/account/provider", data={"proof": PASSWORD}).status_code == 422
    world.later(minutes=1)
    assert "Code of your authenticator app" in text_of(browser.get("/account/provider").text)
    assert to_connect(browser, app.at(world.now))


def test_whoever_comes_back_is_the_one_who_set_out(world: World) -> None:
    browser = world.client("assessor")
    back = as_subject(to_connect(browser), "subject-1")
    browser.post("/sign-in", data={"user-name": "reader", "password": PASSWORD})
    assert browser.get(back).status_code == 422
    assert "Not connected" in text_of(browser.get("/account").text)
    fresh = world.client()
    assert fresh.get(as_subject(there(fresh), "subject-1")).status_code == 422, "nobody's"


def test_a_new_password_by_link_disconnects(world: World) -> None:
    connect(world, "subject-1")
    page = world.client("administrator").post(f"/staff/{world.ids['assessor']}/link", data={"purpose": "set_up"}).text
    link = re.search(r"(/set-up/[A-Za-z0-9_-]+)", page)
    assert link is not None
    chosen = {"password": "kettle-river-moss", "again": "kettle-river-moss"}
    assert world.client().post(link[1], data=chosen).status_code == 303
    fresh = world.client()
    assert fresh.get(as_subject(there(fresh), "subject-1")).status_code == 422


def test_disconnecting_ends_it(world: World) -> None:
    browser = connect(world, "subject-1")
    assert browser.post("/account/provider/disconnect").status_code == 303
    fresh = world.client()
    assert fresh.get(as_subject(there(fresh), "subject-1")).status_code == 422


def test_a_provider_that_is_away_or_names_another_issuer_is_no_fault_of_the_visitors(world: World, provider: str) -> None:
    for issuer in ("http://127.0.0.1:1", f"{provider}/"):
        elsewhere = ProviderSettings(issuer, *CLIENT)
        world.settings, world.made = replace(world.settings, provider=elsewhere), None
        answer = world.client().get("/sign-in/provider")
        assert answer.status_code == 422
        assert "did not work" in text_of(answer.text)


def test_without_a_provider_there_is_no_such_page(bare: World) -> None:
    assert bare.client().get("/sign-in/provider").headers["location"] == "/sign-in"
    signed_in = bare.client("assessor")
    assert signed_in.get("/account/provider").headers["location"] == "/account"
    assert signed_in.post("/account/provider", data={"proof": PASSWORD}).headers["location"] == "/account"
