"""Making the evidence pack by its page: noted, with recipient and ground, before it leaves."""

import hashlib

import sqlalchemy as sa

from records.models.disclosures import Disclosure, DisclosureGround, DisclosureKind
from records.models.retention import Hold
from tests.support.house import World, text_of


def test_the_pack_is_downloaded_and_the_disclosure_noted(desk: World) -> None:
    browser, page = desk.client("assessor"), f"/ects/{desk.ids['induction']}/evidence"
    assert "Evidence pack" in text_of(browser.get(page).text)
    for wrong in (
        {"recipient": "", "ground": "appeal"},
        {"recipient": "TRA", "ground": ""},
        {"recipient": "TRA", "ground": "new_body"},
    ):
        assert browser.post(page, data=wrong).status_code == 422
    answer = browser.post(page, data={"recipient": "Teaching Regulation Agency", "ground": "appeal", "note": "Hearing in May"})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    with desk.db.reading() as session:
        row = session.scalars(sa.select(Disclosure)).one()
    assert (row.kind, row.ground, row.recipient) == (
        DisclosureKind.EVIDENCE_PACK,
        DisclosureGround.APPEAL,
        "Teaching Regulation Agency",
    )
    assert row.content["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert row.authorised_by_id == desk.ids["assessor"]


def test_a_record_that_may_only_be_stored_is_not_handed_over(desk: World) -> None:
    with desk.db.writing() as session:
        session.add(Hold(person_id=desk.ids["ect"], reason="an objection", restricts=True, placed_at=desk.now))
    page = f"/ects/{desk.ids['induction']}/evidence"
    answer = desk.client("assessor").post(page, data={"recipient": "TRA", "ground": "appeal"})
    assert answer.status_code == 422
    assert "only be stored" in text_of(answer.text)
    with desk.db.reading() as session:
        assert session.scalars(sa.select(Disclosure)).all() == []
