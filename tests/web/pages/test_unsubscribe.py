"""The way out of announcements: looking changes nothing, one click is enough, and nobody else's page signs anybody up."""

import pytest
import sqlalchemy as sa

from notifications.unsubscribe import token
from records import preferences
from records.models.notices import MarketingChoice, MarketingPreference
from records.models.people import Person
from tests.support.house import KEY, World, text_of

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def address(world: World, key: bytes = KEY) -> str:
    return f"/unsubscribe/{token(key, world.ids['ect'])}"


def choices(world: World) -> list[MarketingChoice]:
    with world.db.reading() as session:
        return list(session.scalars(sa.select(MarketingPreference.choice).order_by(MarketingPreference.chosen_at)))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_the_link_changes_nothing(desk: World, method: str) -> None:
    answer = desk.client().request(method, address(desk))
    assert answer.status_code == 200
    assert choices(desk) == []
    if method == "GET":
        page = text_of(answer.text)
        assert "Stop announcements" in page
        assert "Amara" not in page, "whoever gets the link forwarded learns no name"


def test_one_click_of_a_mail_provider_opts_out_without_any_sign_of_our_pages(desk: World) -> None:
    browser = desk.client()
    del browser.headers["origin"]
    answer = browser.post(address(desk), data=ONE_CLICK)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert choices(desk) == [MarketingChoice.OPTED_OUT]


def test_one_click_as_multipart_opts_out_too(desk: World) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "cross-site"}
    assert desk.client().post(address(desk), content=body, headers=headers).status_code == 200
    assert choices(desk) == [MarketingChoice.OPTED_OUT]


def test_post_without_the_words_of_one_click_changes_nothing(desk: World) -> None:
    assert desk.client().post(address(desk), data={"anything": "else"}).status_code == 422
    assert choices(desk) == []


def test_opting_out_twice_is_opting_out_once(desk: World) -> None:
    for _again in range(2):
        page = desk.client().post(address(desk), data=ONE_CLICK).text
        assert "You get no announcements" in page
        desk.later(minutes=1)
    assert choices(desk) == [MarketingChoice.OPTED_OUT]


def test_the_button_of_the_page_opts_out_and_another_takes_it_back(desk: World) -> None:
    browser = desk.client()
    browser.post(address(desk), data=ONE_CLICK)
    assert "Get announcements again" in browser.get(address(desk)).text
    desk.later(minutes=1)
    assert "You get announcements again" in browser.post(f"{address(desk)}/again").text
    desk.later(minutes=1)
    browser.post(f"{address(desk)}/again")
    assert choices(desk) == [MarketingChoice.OPTED_OUT, MarketingChoice.CONSENTED]


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_nobody_elses_page_takes_an_opt_out_back(desk: World, headers: dict[str, str]) -> None:
    browser = desk.client()
    browser.post(address(desk), data=ONE_CLICK)
    del browser.headers["origin"]
    assert browser.post(f"{address(desk)}/again", headers=headers).status_code == 403
    assert choices(desk) == [MarketingChoice.OPTED_OUT]


@pytest.mark.parametrize("path", ["/unsubscribe/x", "/unsubscribe/x/again", "/sign-out", "/unsubscribe/", "//unsubscribe/x"])
def test_only_the_one_address_is_open_to_writes_from_elsewhere(desk: World, path: str) -> None:
    status = desk.client().post(path, headers={"sec-fetch-site": "cross-site"}, data=ONE_CLICK).status_code
    assert status == (410 if path == "/unsubscribe/x" else 403)


def test_a_wrong_token_gets_a_plain_page_and_changes_nothing(desk: World) -> None:
    browser = desk.client()
    right = token(KEY, desk.ids["ect"])
    swapped = ("A" if right[0] != "A" else "B") + right[1:]
    for wrong in ("", "x", "%C3%A9", right[:-1], swapped, token(b"another key", desk.ids["ect"])):
        for answer in (browser.get(f"/unsubscribe/{wrong}"), browser.post(f"/unsubscribe/{wrong}", data=ONE_CLICK)):
            assert answer.status_code in {404, 410}, wrong
            assert "Amara" not in answer.text
    assert choices(desk) == []


def test_link_of_somebody_who_is_gone_gets_the_same_plain_page(desk: World) -> None:
    gone = f"/unsubscribe/{token(KEY, desk.ids['message'])}"
    assert desk.client().get(gone).status_code == 410
    assert desk.client().post(gone, data=ONE_CLICK).status_code == 410


def test_opting_out_counts_when_an_announcement_would_go(desk: World) -> None:
    desk.client().post(address(desk), data=ONE_CLICK)
    with desk.db.reading() as session:
        person = session.get_one(Person, desk.ids["ect"])
        assert not preferences.agrees(session, person.id, "any@where.example", key=KEY, needs_consent=False)
