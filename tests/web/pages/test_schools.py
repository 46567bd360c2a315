"""Schools by hand."""

import pytest
import sqlalchemy as sa

from records.models.schools import School, SchoolAddress
from tests.support.house import World, text_of


def test_school_is_added_with_its_addresses(bare: World) -> None:
    browser = bare.client("assessor")
    data = {
        "name": "Thornbeck Academy",
        "urn": "123456",
        "dfe-number": "823/4001",
        "addresses": "Office@Thornbeck.example\n@thornbeck.example\n",
    }
    answer = browser.post("/schools/new", data=data)
    page = text_of(browser.get(answer.headers["location"]).text)
    assert "Thornbeck Academy is on record" in page
    assert "DfE number 8234001" in page
    assert "office@thornbeck.example" in page
    assert "@thornbeck.example" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, "Enter the name of the school"),
        ({"urn": "12"}, "A URN has 5 or 6 digits"),
        ({"dfe-number": "12"}, "A DfE number has 7 digits"),
        ({"addresses": "good@thornbeck.example\nbad"}, "bad: enter an email address in the right form"),
        ({"addresses": "@thornbeck"}, "@thornbeck: enter an email address in the right form"),
    ],
)
def test_wrong_school_is_told_and_not_kept(bare: World, changes: dict[str, str], told: str) -> None:
    data = {"name": "Thornbeck Academy", "urn": "123456", **changes}
    answer = bare.client("assessor").post("/schools/new", data=data)
    assert answer.status_code == 422
    assert told in text_of(answer.text)
    with bare.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(School)) == 0


def test_urn_of_another_school_is_refused(desk: World) -> None:
    with desk.db.reading() as session:
        urn = session.get_one(School, desk.ids["school"]).urn
    answer = desk.client("assessor").post("/schools/new", data={"name": "Another", "urn": urn})
    assert "There is a school with this URN already" in text_of(answer.text)


def test_address_is_registered_once(desk: World) -> None:
    browser = desk.client("assessor")
    path = f"/schools/{desk.ids['school']}/addresses"
    assert browser.post(path, data={"address": "Head@Harrowgill.example"}).status_code == 303
    again = browser.post(path, data={"address": "head@harrowgill.example"})
    assert again.status_code == 422
    assert "registered for the school already" in text_of(again.text)
    with desk.db.reading() as session:
        known = session.scalars(sa.select(SchoolAddress.address).where(SchoolAddress.school_id == desk.ids["school"])).all()
    assert sorted(known) == ["head@harrowgill.example", "office@harrowgill.example"]


def test_schools_are_found_and_show_their_ects(desk: World) -> None:
    browser = desk.client("reader")
    assert "Harrowgill Primary School" in browser.post("/schools", data={"search": "harrow"}).text
    assert "No school was found" in browser.post("/schools", data={"search": "zzz"}).text
    assert "Amara Quillfeather" in browser.get(f"/schools/{desk.ids['school']}").text


def test_empty_list_says_so(bare: World) -> None:
    assert "No school is on record yet" in bare.client("reader").get("/schools").text
    assert "No ECT is registered yet" in bare.client("reader").get("/ects").text
