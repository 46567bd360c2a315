"""Accounts of the body's staff."""

import re

import sqlalchemy as sa

from records.models.accounts import Account
from tests.support.house import BASE, PASSWORD, World, text_of

NEW = {"first-name": "Ines", "last-name": "Valcourt", "user-name": "ines", "roles": ["assessor", "named_contact"]}


def shown_link(page: str) -> str:
    found = re.search(rf'id="link">{re.escape(BASE)}(/[^<]+)<', page)
    assert found
    return found[1]


def test_new_account_gets_a_link_that_sets_it_up(bare: World) -> None:
    answer = bare.client("administrator").post("/staff/new", data=NEW)
    assert answer.status_code == 200
    link = shown_link(answer.text)
    browser = bare.client()
    assert browser.get(link).status_code == 200
    chosen = {"password": "kettle-river-moss", "again": "kettle-river-moss"}
    assert browser.post(link, data=chosen).status_code == 303
    page = text_of(browser.get("/account").text)
    assert "Ines Valcourt" in page
    assert "Assessor, Named contact" in page


def test_account_without_roles_or_with_a_taken_name_is_refused(bare: World) -> None:
    browser = bare.client("administrator")
    assert "Choose at least one role" in text_of(browser.post("/staff/new", data={**NEW, "roles": []}).text)
    taken = browser.post("/staff/new", data={**NEW, "user-name": "Assessor"})
    assert taken.status_code == 422
    assert "That user name is taken" in text_of(taken.text)
    assert 'value="named_contact" checked' in taken.text
    sneaky = browser.post("/staff/new", data={**NEW, "roles": ["headteacher"]})
    assert sneaky.status_code == 422
    with bare.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Account).where(Account.user_name == "ines")) == 0


def test_sign_in_link_opens_a_locked_account(bare: World) -> None:
    for _attempt in range(5):
        bare.client().post("/sign-in", data={"user-name": "reader", "password": "wrong wrong wrong"})
    administrator = bare.client("administrator")
    assert "Locked until" in text_of(administrator.get("/staff").text)
    page = administrator.post(f"/staff/{bare.ids['reader']}/link", data={"purpose": "sign_in"}).text
    browser = bare.client()
    assert browser.post(shown_link(page)).status_code == 303
    assert browser.get("/queue").status_code == 200


def test_closed_account_is_out_at_once(bare: World) -> None:
    victim = bare.client("assessor")
    administrator = bare.client("administrator")
    assert administrator.post(f"/staff/{bare.ids['assessor']}/close").headers["location"] == "/staff"
    assert victim.get("/queue").status_code == 303
    assert bare.client().post("/sign-in", data={"user-name": "assessor", "password": PASSWORD}).status_code == 422
    assert administrator.post(f"/staff/{bare.ids['assessor']}/link").status_code == 403


def test_administrator_cannot_close_their_own_account(bare: World) -> None:
    administrator = bare.client("administrator")
    assert administrator.post(f"/staff/{bare.ids['administrator']}/close").status_code == 403
    assert administrator.get("/staff").status_code == 200
