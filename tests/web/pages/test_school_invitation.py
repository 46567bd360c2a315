"""The first sign-in by the code of an invitation."""

import sqlalchemy as sa

from records.models.notices import Notice
from tests.support.house import World, text_of
from tests.support.school_house import two_schools


def test_an_invited_coordinator_signs_in_once_by_the_code_of_the_letter(bare: World) -> None:
    sides = two_schools(bare)
    with bare.db.reading() as session:
        chosen = sa.select(Notice).where(Notice.kind == "invitation", Notice.to_address == sides.address("coordinator"))
        code = str(session.scalars(chosen).one().content["code"])
    browser = bare.client()
    assert "Accept an invitation" in browser.get("/school/invitation").text
    form = {"email": sides.address("coordinator"), "code": "AAAA-AAAA"}
    wrong, unknown = (browser.post("/school/invitation", data=one) for one in (form, {**form, "email": "nobody@x.example"}))
    assert wrong.status_code == unknown.status_code == 422
    assert text_of(wrong.text).replace(form["email"], "") == text_of(unknown.text).replace("nobody@x.example", "")
    assert browser.post("/school/invitation", data={"email": "", "code": ""}).status_code == 422
    right = browser.post("/school/invitation", data={**form, "code": code})
    assert right.headers["location"] == "/school/home"
    assert "Your ECTs" in browser.get("/school/home").text
    assert bare.client().post("/school/invitation", data={**form, "code": code}).status_code == 422
