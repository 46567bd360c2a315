"""Facts on the pages: seen with their source, corrected with a reason, and refused in words."""

from dataclasses import replace

import pytest

from records.models.people import Person
from tests.support.house import World, induction_of, text_of


def _path(world: World) -> str:
    return f"/ects/{world.ids['induction']}/facts"


def test_a_fact_is_corrected_and_the_history_says_how(desk: World) -> None:
    browser = desk.client("administrator")
    assert "Amara" in text_of(browser.get(_path(desk)).text)
    form = browser.get(f"{_path(desk)}/qts_on").text
    assert 'name="value-day"' in form
    answer = browser.post(
        f"{_path(desk)}/qts_on", data={"value-day": "1", "value-month": "7", "value-year": "2025", "why": "The certificate"}
    )
    assert answer.headers["location"] == _path(desk)
    assert "1 July 2025 entered by a person, stated" in text_of(browser.get(_path(desk)).text)
    history = text_of(browser.get(f"/ects/{desk.ids['induction']}").text)
    assert "A fact was corrected" in history
    assert "The certificate" in history


@pytest.mark.parametrize(
    ("fact", "data", "why"),
    [
        ("trn", {"value": "12", "why": "x"}, "7 digits"),
        ("trn", {"value": "7654321"}, "Say why it is corrected"),
        ("date_of_birth", {"value-day": "31", "value-month": "2", "value-year": "1999", "why": "x"}, "must be a real date"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(desk: World, fact: str, data: dict[str, str], why: str) -> None:
    answer = desk.client("administrator").post(f"{_path(desk)}/{fact}", data=data)
    assert answer.status_code == 422
    assert why in text_of(answer.text)


def test_a_ni_number_is_asked_for_only_where_it_is_switched_on(desk: World) -> None:
    browser = desk.client("administrator")
    assert browser.get(f"{_path(desk)}/ni_number").status_code == 404
    assert "National Insurance" not in browser.get(_path(desk)).text
    desk.settings, desk.made = replace(desk.settings, keep_ni_numbers=True), None
    browser = desk.client("administrator")
    assert browser.get(f"{_path(desk)}/ni_number").status_code == 200
    browser.post(f"{_path(desk)}/ni_number", data={"value": "AB123456C", "why": "asked for"})
    with desk.db.reading() as session:
        person: Person = induction_of(desk, session).person
        assert person.ni_number == "AB123456C"
    assert "AB123456C" not in browser.get(f"/ects/{desk.ids['induction']}").text


def test_lists_are_added_to_and_taken_out_of_with_a_reason(desk: World) -> None:
    browser, lists = desk.client("administrator"), f"/ects/{desk.ids['induction']}/lists/qualification"
    refused = browser.post(lists, data={"qualification-title": "", "qualification-awarded_on-day": "1"})
    assert refused.status_code == 422
    browser.post(lists, data={"qualification-title": "PGCE <b>"})
    page = browser.get(_path(desk)).text
    assert "PGCE &lt;b&gt;" in page
    row = page.split('name="row" value="')[-1].split('"')[0]
    assert "Say why it is taken out" in text_of(browser.post(f"{lists}/take-out", data={"row": row}).text)
    browser.post(f"{lists}/take-out", data={"row": row, "why": "not hers"})
    assert "PGCE" not in browser.get(_path(desk)).text


def test_a_schools_facts_are_corrected_on_its_page(desk: World) -> None:
    browser, path = desk.client("administrator"), f"/schools/{desk.ids['school']}"
    browser.post(f"{path}/facts/kind", data={"value": "Academy converter", "why": "it converted"})
    assert "Academy converter" in text_of(browser.get(path).text)
    assert browser.post(f"{path}/facts/urn", data={"value": "12", "why": "x"}).status_code == 422
    assert browser.get(f"{path}/facts/nonsense").status_code == 404
