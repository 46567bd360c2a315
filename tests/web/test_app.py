"""The ASGI shell: what goes wrong is told in plain words, and nothing half done is kept."""

import logging
import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa

from records.models.schools import School
from records.models.submissions import Submission
from tests.support.house import World, text_of


def test_unknown_page_is_told_in_plain_words(bare: World) -> None:
    answer = bare.client("reader").get("/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in text_of(answer.text)
    assert "Sign out" in text_of(answer.text)


@pytest.mark.parametrize("path", ["/submissions/{}", "/inbox/{}", "/ects/{}", "/schools/{}", "/attachments/{}/file"])
def test_unknown_id_is_not_found(bare: World, path: str) -> None:
    answer = bare.client("administrator").get(path.format("00000000-0000-4000-8000-000000000000"))
    assert answer.status_code == 404


def test_wrong_method_is_told_in_plain_words(bare: World) -> None:
    answer = bare.client("assessor").post("/queue")
    assert answer.status_code == 405
    assert "does not work here" in text_of(answer.text)


def test_failure_gives_a_page_and_logs_neither_message_nor_values(desk: World, caplog: pytest.LogCaptureFixture) -> None:
    browser = desk.client("assessor")
    with desk.db.writing() as session:
        submission = session.get_one(Submission, desk.ids["doubtful"])
        for value in submission.values:
            value.evidence = [{"page": 1, "bbox": ["Quillfeather", 2, 3, 4]}]
    with caplog.at_level(logging.ERROR):
        answer = browser.get(f"/submissions/{desk.ids['doubtful']}")
    assert answer.status_code == 500
    assert "problem with the service" in text_of(answer.text)
    assert "ValueError at /submissions/{id:uuid}" in caplog.text
    assert "Quillfeather" not in caplog.text


def test_a_paper_whose_pictures_are_gone_can_still_be_decided(desk: World) -> None:
    shutil.rmtree(desk.blobs.root)
    answer = desk.client("assessor").get(f"/submissions/{desk.ids['doubtful']}")
    assert answer.status_code == 200
    assert "Send back" in text_of(answer.text)


def test_page_answers_even_when_the_database_is_gone(bare: World) -> None:
    browser = bare.client("assessor")
    with bare.db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE web_session"))
    answer = browser.get("/queue")
    assert answer.status_code == 500
    assert "problem with the service" in answer.text


def test_refused_form_keeps_nothing(bare: World) -> None:
    browser = bare.client("assessor")
    answer = browser.post("/schools/new", data={"name": "Harrowgill", "urn": "12"})
    assert answer.status_code == 422
    with bare.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(School)) == 0


def test_second_decision_on_the_same_form_is_told_kindly(desk: World) -> None:
    first, second = desk.client("assessor"), desk.client("administrator")
    path = f"/submissions/{desk.ids['clear']}/not-a-form"
    assert first.post(path).status_code == 303
    answer = second.post(path)
    assert answer.status_code == 409
    assert "Somebody else was faster" in text_of(answer.text)
    with desk.db.reading() as session:
        assert session.get_one(Submission, desk.ids["clear"]).decided_by_id == desk.ids["assessor"]


def test_assets_are_served_for_good_under_their_own_address(bare: World) -> None:
    browser = bare.client()
    page = browser.get("/sign-in").text
    sheet = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    answer = browser.get(sheet)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert "GDS Transport" not in answer.text
    assert "@font-face" not in answer.text
    assert browser.get(sheet.replace("mailroom.css", "NOTICES.txt")).status_code == 200
    assert browser.get(sheet.replace("mailroom.css", "..%2f..%2fapp.py")).status_code == 404


def test_demo_says_so_on_every_page(bare: World) -> None:
    assert "All people, schools and papers here are invented" not in bare.client().get("/sign-in").text
    bare.settings, bare.made = replace(bare.settings, demo=True), None
    for path in ("/sign-in", "/nowhere", "/cookies"):
        assert "All people, schools and papers here are invented" in bare.client().get(path).text


@pytest.mark.parametrize("path", ["/sign-in", "/cookies", "/accessibility", "/privacy", "/nowhere"])
def test_pages_name_the_body_and_nothing_of_the_government(bare: World, path: str) -> None:
    text = bare.client().get(path).text
    assert "Northmere Teaching Hub" in text
    assert "GOV.UK" not in text
    assert "Crown" not in text
    assert "crest" not in text
