"""Handing a record over on the pages, and fetching it by a link with a code."""

import io
import re
import zipfile

import sqlalchemy as sa

from records.models.disclosures import Disclosure
from records.moving.transfer_in import opened
from tests.support.house import World, text_of

ASKED = {"recipient": "Next Body", "ground": "new_body", "address": "", "note": ""}


def _path(world: World) -> str:
    return f"/ects/{world.ids['induction']}/transfer"


def _rows(world: World) -> list[Disclosure]:
    with world.db.reading() as session:
        return list(session.scalars(sa.select(Disclosure)))


def _link(world: World) -> tuple[str, str]:
    """The path and the code as the page shows them once."""
    shown = world.client("administrator").post(_path(world), data={**ASKED, "how": "link"}).text
    found = re.search(r"/collect/[\w-]+", shown)
    code = re.search(r'id="code">(\d{3}) (\d{3})<', shown)
    assert found
    assert code
    return found.group(), code[1] + code[2]


def test_a_download_is_a_whole_bundle_and_is_listed_with_who_got_it(desk: World) -> None:
    browser = desk.client("administrator")
    answer = browser.post(_path(desk), data={**ASKED, "how": "download"})
    assert answer.headers["content-type"] == "application/zip"
    assert opened(answer.content).bundle.ect.person.last_name == "Quillfeather"
    text = text_of(browser.get(_path(desk)).text)
    assert "Next Body" in text
    assert "The new appropriate body asks for assessments (statutory guidance 2.75). Downloaded" in text
    assert [row.content["files"][0]["path"] for row in _rows(desk)] == ["ect.json"]
    assert "The record was handed over" in text_of(browser.get(f"/ects/{desk.ids['induction']}").text)


def test_what_is_missing_is_asked_for_and_nothing_goes(desk: World) -> None:
    answer = desk.client("administrator").post(_path(desk), data={"recipient": " "})
    assert answer.status_code == 422
    text = text_of(answer.text)
    for asked in ("Enter the body, school or person", "Choose why it may", "Choose how it is"):
        assert asked in text
    assert _rows(desk) == []


def test_a_link_gives_the_bundle_to_whoever_has_the_code(desk: World) -> None:
    path, code = _link(desk)
    stranger = desk.client(None)
    page = stranger.get(path)
    assert page.status_code == 200
    assert "Quillfeather" not in page.text
    # A scanner that opens the link again and again changes nothing.
    stranger.get(path)
    answer = stranger.post(path, data={"code": code})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "ect.json" in archive.namelist()
    [row] = _rows(desk)
    assert row.collected_at == desk.now
    assert row.content["files"]


def test_a_wrong_code_and_a_link_that_is_none_get_the_same_answer(desk: World) -> None:
    path, code = _link(desk)
    wrong = "000000" if code != "000000" else "111111"
    stranger = desk.client(None)
    answers = [text_of(stranger.post(one, data={"code": wrong}).text) for one in (path, "/collect/nothing")]
    assert answers[0] == answers[1]
    assert "not right, or the link no longer works" in answers[0]
    assert [row.code_tries for row in _rows(desk)] == [1]
    for _ in range(10):
        stranger.post(path, data={"code": wrong})
    assert "not right" in text_of(stranger.post(path, data={"code": code}).text)
    assert _rows(desk)[0].collected_at is None


def test_a_link_that_was_stopped_opens_nothing(desk: World) -> None:
    path, code = _link(desk)
    browser = desk.client("administrator")
    assert "Stop this link" in browser.get(_path(desk)).text
    browser.post(f"{_path(desk)}/withdraw", data={"disclosure": str(_rows(desk)[0].id)})
    assert "not right" in text_of(desk.client(None).post(path, data={"code": code}).text)
    assert "Stop this link" not in browser.get(_path(desk)).text
