"""Moving records in on the pages: looked at first, all or nothing, and for administrators alone."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from records import schools
from records.models.inductions import Outcome
from records.models.people import Person
from records.moving import transfer_out
from tests.support import old_system
from tests.support.bundles import from_elsewhere
from tests.support.house import World, induction_of, text_of

HERE = {"School": "Oldtown School", "URN": "200002"}


@pytest.fixture
def browser(desk: World) -> TestClient:
    desk.settings, desk.made = replace(desk.settings, marks_key=b"key"), None
    with desk.db.writing() as session:
        schools.register_school(session, name="Oldtown School", urn="200002", now=desk.now)
    return desk.client("administrator")


def _post(browser: TestClient, content: bytes, **data: str) -> tuple[int, str]:
    answer = browser.post("/moving/history", data={"how": "look", **data}, files={"table": ("ects.csv", content, "text/csv")})
    return answer.status_code, answer.text


def _trns(world: World) -> set[str | None]:
    with world.db.reading() as session:
        return set(session.scalars(sa.select(Person.trn)))


def _an_ect(**change: str) -> bytes:
    return old_system.ects({**HERE, "TRN": "2222222", "Induction end date": "20/03/2025", **change})


def test_a_table_is_looked_at_with_a_mapping_to_put_right_and_then_taken_in(browser: TestClient, desk: World) -> None:
    status, page = _post(browser, _an_ect())
    assert status == 200
    assert "1 ECT would come in" in text_of(page)
    found = re.search(r'<textarea[^>]*id="mapping"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    assert 'trn = "TRN"' in unescape(found[1])
    assert "2222222" not in _trns(desk)
    status, page = _post(browser, _an_ect(), how="take", mapping=unescape(found[1]))
    assert status in {200, 303}
    assert "2222222" in _trns(desk)


def test_a_wrong_row_is_told_with_line_and_column_and_nothing_comes_in(browser: TestClient, desk: World) -> None:
    before = _trns(desk)
    status, page = _post(browser, _an_ect(DOB="31/02/1999"), how="take")
    assert status == 422
    assert "ECTs, line 2, DOB: “31/02/1999”: 31 February 1999 is not a real date" in text_of(page)
    assert _trns(desk) == before


@pytest.mark.parametrize(
    ("content", "mapping", "why"),
    [
        (b"", "", "Choose the table"),
        (b"a,b\n1,2\n", "", "Say which column holds"),
        (b"PK\x03\x04x", "", "damaged"),
        (b"a,b\n1,2\n", "[", "no TOML"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(browser: TestClient, content: bytes, mapping: str, why: str) -> None:
    status, page = _post(browser, content, mapping=mapping)
    assert status == 422
    assert why in text_of(page)


def test_a_bundle_is_taken_in_and_one_that_is_none_is_refused(browser: TestClient, desk: World) -> None:
    with desk.db.writing() as session:
        induction = induction_of(desk, session)
        period = induction.periods[0]
        period.ends_on, period.terms, period.outcome = date(2026, 3, 27), Decimal(2), Outcome.RELEASE
        session.flush()
        bundle = from_elsewhere(transfer_out.pack(session, desk.blobs, induction, "First Body", desk.now).content)
        # The same desk plays the next body: the first record makes room under another TRN.
        induction.person.trn = "7777777"
    taken = browser.post("/moving/transfer", files={"bundle": ("t.zip", bundle, "application/zip")}, follow_redirects=True)
    assert "The record came in from First Body" in text_of(taken.text)
    assert {"1234567", "7777777"} <= _trns(desk)
    refused = browser.post("/moving/transfer", files={"bundle": ("x.zip", b"no zip", "application/zip")})
    assert refused.status_code == 422
    assert "This is no transfer bundle" in text_of(refused.text)
    assert "Choose the bundle" in text_of(browser.post("/moving/transfer", data={}).text)


def test_only_administrators_move_records_in(browser: TestClient, desk: World) -> None:
    assert "Move records in" in browser.get("/ects").text
    for who in ("assessor", "reader"):
        assert desk.client(who).get("/moving").status_code == 403
