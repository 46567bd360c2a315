"""The pages on what forms have taught: a list, one layout, and forgetting with a second look."""

import sqlalchemy as sa

from records import layouts
from records.models.events import Event
from records.models.layouts import Layout
from tests.support.builders import MACHINE, a_layout
from tests.support.house import World, text_of


def taught(world: World) -> Layout:
    with world.db.writing() as session:
        packed = a_layout("trn", "ect_name", "days_absent")
        packed["anchors"]["days_absent"] = {"agreements": 0, "contradictions": 0}
        packed["anchors"]["ect_name"] |= {"agreements": 0, "contradictions": 1}
        return layouts.keep(session, packed, None, MACHINE, world.now)


def test_empty_list_says_how_it_fills(desk: World) -> None:
    assert "No form has taught anything yet" in text_of(desk.client("assessor").get("/layouts").text)


def test_list_leads_to_what_each_layout_has_taught(desk: World) -> None:
    layout = taught(desk)
    browser = desk.client("assessor")
    page = browser.get("/layouts").text
    assert "2 places from 1 accepted form" in text_of(page)
    assert f'href="/layouts/{layout.id}"' in page
    assert 'href="/layouts"' in browser.get("/status").text
    text = text_of(browser.get(f"/layouts/{layout.id}").text)
    assert "In the cell 1 column right of its label Used: 1 form agrees" in text
    assert "a person checks each value: 0 forms agree, 1 spoke against it" in text
    assert "Asked for, but empty on every accepted form so far Not known yet" in text


def test_only_an_administrator_is_offered_to_forget(desk: World) -> None:
    layout = taught(desk)
    assert "Forget" not in desk.client("assessor").get(f"/layouts/{layout.id}").text
    assert desk.client("assessor").post(f"/layouts/{layout.id}/forget").status_code == 403
    assert "Forget" in desk.client("administrator").get(f"/layouts/{layout.id}").text


def test_one_place_is_forgotten_after_a_second_look_and_leaves_a_line_of_history(desk: World) -> None:
    layout = taught(desk)
    browser = desk.client("administrator")
    assert "Forget where" in text_of(browser.get(f"/layouts/{layout.id}/forget?field=trn").text)
    with desk.db.reading() as session:
        assert session.scalar(sa.select(Event.id).where(Event.kind == "layout_forgotten")) is None
    answer = browser.post(f"/layouts/{layout.id}/forget", data={"field": "trn"})
    assert answer.headers["location"] == f"/layouts/{layout.id}"
    with desk.db.reading() as session:
        assert {one.field for one in session.get_one(Layout, layout.id).anchors} == {"ect_name", "days_absent"}
        event = session.scalars(sa.select(Event).where(Event.kind == "layout_forgotten")).one()
        assert event.actor_id == str(desk.ids["administrator"])
    assert browser.get(f"/layouts/{layout.id}/forget?field=trn").status_code == 404


def test_whole_layout_is_forgotten(desk: World) -> None:
    layout = taught(desk)
    browser = desk.client("administrator")
    assert browser.post(f"/layouts/{layout.id}/forget").headers["location"] == "/layouts"
    assert "No form has taught anything yet" in text_of(browser.get("/layouts").text)
    assert browser.post(f"/layouts/{layout.id}/forget").status_code == 404
