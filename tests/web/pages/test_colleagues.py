"""The page on which the tutor and the mentor of a post are corrected."""

import pytest
import sqlalchemy as sa

from records.models.inductions import Post
from tests.support.house import World, text_of

LENA = {"person-first-name": "Lena", "person-last-name": "Larkspur", "person-address": "lena@harrowgill.example"}


@pytest.fixture
def post_id(desk: World) -> str:
    with desk.db.reading() as session:
        return str(session.scalars(sa.select(Post.id)).one())


def test_somebody_new_becomes_tutor_and_the_history_shows_it(desk: World, post_id: str) -> None:
    browser, page = desk.client("administrator"), f"/posts/{post_id}/people"
    ect = f"/ects/{desk.ids['induction']}"
    assert f'href="{page}"' in browser.get(ect).text
    form = {"induction_tutor": "new", "mentor": "", **LENA}
    refused = browser.post(page, data=form)
    assert (refused.status_code, "Say why it is corrected" in refused.text) == (422, True)
    assert browser.post(page, data={**form, "why": "The school rang"}).status_code == 303
    text = text_of(browser.get(ect).text)
    assert "induction tutor Lena Larkspur, mentor not known" in text
    assert "Why: The school rang" in text
    with desk.db.reading() as session:
        tutor = session.scalars(sa.select(Post)).one().tutor
        assert tutor is not None
    chosen = browser.post(page, data={"induction_tutor": "", "mentor": str(tutor.id), "why": "It was the mentor"})
    assert chosen.status_code == 303
    text = text_of(browser.get(ect).text)
    assert "induction tutor not known, mentor Lena Larkspur" in text
    assert "Induction tutor: “Lena Larkspur” became “nothing”" in text
    assert browser.post(page, data={"induction_tutor": post_id, "why": "x"}).status_code == 404, "nobody of that school"


def test_an_address_of_somebody_else_is_refused_and_nothing_is_kept(desk: World, post_id: str) -> None:
    browser, page = desk.client("assessor"), f"/posts/{post_id}/people"
    form = {"induction_tutor": "new", "mentor": "", "why": "The school rang"}
    assert "Enter a first name" in browser.post(page, data=form).text
    assert browser.post(page, data={**form, **LENA}).status_code == 303
    taken = browser.post(page, data={**form, **LENA, "person-last-name": "Quite-Other", "mentor": "new"})
    assert (taken.status_code, "belongs to somebody else" in taken.text) == (422, True)
    with desk.db.reading() as session:
        assert session.scalars(sa.select(Post)).one().mentor is None
