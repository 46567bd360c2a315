"""The exports page: what is shown is what the files hold, and what went is not offered again."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from records import holds, outcomes
from records.events import Actor
from records.models.inductions import ProgrammeKind
from tests.support import builders
from tests.support.dfe_upload import refusals
from tests.support.house import World, induction_of, text_of

TODAY = date(2026, 3, 30)


@pytest.fixture
def telling(desk: World) -> World:
    """Amara to claim and released; Bela of an unknown programme, to be entered by hand."""
    with desk.db.writing() as session:
        induction = induction_of(desk, session)
        induction.programme = ProgrammeKind.SCHOOL_LED
        actor = Actor.person(desk.ids["assessor"])
        outcomes.release(session, induction, on=date(2026, 3, 20), terms=Decimal("1.25"), actor=actor, now=desk.now)
        builders.an_ect(session, builders.a_school(session, "Other School"), trn="7654321", name=("Bela", "Karsten"))
    return desk


def make(browser: TestClient, **data: str) -> dict[str, bytes]:
    answer = browser.post("/exports/dfe", data=data)
    assert answer.status_code == 200, answer.headers
    assert "attachment" in answer.headers["content-disposition"]
    if answer.headers["content-type"].startswith("text/csv"):
        return {"one": answer.content}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_is_shown_is_what_the_files_hold(telling: World) -> None:
    browser = telling.client("assessor")
    page = text_of(browser.get("/exports").text)
    assert "1 to claim, 1 to conclude, 1 to enter by hand" in page
    assert "Say whether the training is provider-led or school-led" in page
    files = make(browser, what="all")
    assert sorted(files) == ["by-hand.csv", "claims.csv", "outcomes.csv"]
    for name in ("claims.csv", "outcomes.csv"):
        assert refusals(name, files[name], TODAY) == []
        for row in list(csv.reader(io.StringIO(files[name].decode())))[1:]:
            assert " ".join(row) in page
    assert b"1.3,release" in files["outcomes.csv"]


def test_what_went_is_not_offered_again_unless_asked(telling: World) -> None:
    browser = telling.client("assessor")
    first = make(browser, what="all")
    page = text_of(browser.get("/exports").text)
    assert "There is nothing new to tell the DfE" in page
    assert "by Assessor Tester: 1 to claim, 1 to conclude, 1 to enter by hand" in page
    assert browser.post("/exports/dfe", data={"what": "all"}).headers["location"] == "/exports"
    assert make(browser, again="yes") == first


def test_earlier_exports_say_that_their_files_are_not_kept_and_lead_to_making_them_again(telling: World) -> None:
    browser = telling.client("assessor")
    assert "The files are not" not in text_of(browser.get("/exports").text)
    make(browser, what="all")
    page = browser.get("/exports").text
    assert "The files are not: they hold who is in induction and when they were born" in text_of(page)
    assert page.index('id="again"') < page.index("Make all files again")
    assert 'href="#again"' in page


def test_one_file_alone_notes_its_own_rows_only(telling: World) -> None:
    browser = telling.client("assessor")
    assert b"school-led" in make(browser, what="claims")["one"]
    assert "0 to claim, 1 to conclude, 1 to enter by hand" in text_of(browser.get("/exports").text)


def test_looking_notes_nothing(telling: World) -> None:
    browser = telling.client("assessor")
    browser.get("/exports")
    assert "1 to claim" in text_of(browser.get("/exports").text)


def test_register_is_handed_over_and_that_is_noted(telling: World) -> None:
    browser = telling.client("administrator")
    answer = browser.post("/exports/register")
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert [row[1] for row in rows[1:]] == ["Karsten", "Quillfeather"]
    assert "by Administrator Tester: the register" in text_of(browser.get("/exports").text)


def test_who_is_under_a_restriction_is_in_no_file(telling: World) -> None:
    with telling.db.writing() as session:
        person, actor = induction_of(telling, session).person, Actor.person(telling.ids["assessor"])
        hold = holds.place(session, person, reason="objection", restricts=True, actor=actor, now=telling.now)
        hold_id = hold.id
    browser = telling.client("assessor")
    assert "0 to claim, 0 to conclude, 1 to enter by hand" in text_of(browser.get("/exports").text)
    assert b"Quillfeather" not in browser.post("/exports/register").content
    browser.post(f"/holds/{hold_id}/lift")
    assert "1 to claim, 1 to conclude" in text_of(browser.get("/exports").text)


def test_what_the_dfe_sent_back_is_shown_until_it_is_dealt_with(telling: World) -> None:
    browser = telling.client("assessor")
    make(browser, what="all")
    assert "Nothing is waiting" in text_of(browser.get("/exports").text)
    header = "TRN,Date of birth,Induction programme,Induction period start date,Error message\n"
    errors = (
        header + "1234567,1999-05-17,school-led,2025-09-01,No QTS <yet>\n0000001,1999-01-01,school-led,2025-09-01,Unknown\n"
    )
    file = {"file": ("Errors for claims.csv", errors.encode(), "text/csv")}
    answer = browser.post("/exports/dfe-refusals", files=file)
    assert answer.headers["location"] == "/exports"
    page = browser.get("/exports").text
    assert "No QTS &lt;yet&gt;" in page
    assert "Messages taken in: 1; about TRNs that nobody here has: 0000001" in page
    assert "1 to claim" in text_of(page)
    settled = re.search(r'action="(/exports/dfe-refusals/[^"]+/settled)"', page)
    assert settled is not None
    assert browser.post(settled.group(1)).headers["location"] == "/exports"
    assert "Nothing is waiting" in text_of(browser.get("/exports").text)


@pytest.mark.parametrize(
    ("files", "why"), [({}, "Choose the error file"), ({"file": ("a.csv", b"a,b\n1,2\n")}, "is no error file")]
)
def test_another_file_than_the_dfes_is_refused(telling: World, files: dict[str, tuple[str, bytes]], why: str) -> None:
    answer = telling.client("assessor").post("/exports/dfe-refusals", files=files or None)
    assert answer.status_code == 422
    assert why in text_of(answer.text)
