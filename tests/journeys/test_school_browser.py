"""A coordinator's visit in a real browser: the code from the letter, what is due, a form uploaded and seen as received."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from notifications.compose import Letterhead
from notifications.delivery import Outbox, OutboxSettings
from notifications.postman import CapturePostman
from records.db import connect
from tests.support import browser as real
from tests.support import databases, house
from tests.support.house import World
from tests.support.school_house import Sides, two_schools

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with real.chromium() as browser:
        yield browser


@pytest.fixture
def sides(sqlite_template: Path, tmp_path: Path) -> Iterator[Sides]:
    """Two schools, served on loopback."""
    place = real.free_socket()
    (tmp_path / "mailroom.db").write_bytes(sqlite_template.read_bytes())
    database = connect(databases.sqlite_url(tmp_path / "mailroom.db"))
    made = two_schools(house.world(database, tmp_path, real.address_of(place)))
    with real.served(made.world.app, place):
        yield made
    database.close()


def letter_with_code(world: World, folder: Path) -> str:
    """Sends what is to be sent, and reads the code from the one letter that came of it."""
    letterhead = Letterhead("Northmere Teaching Hub", "forms@northmere.example")
    outbox = Outbox(world.db, CapturePostman(folder), lambda: world.now, OutboxSettings(letterhead), "test")
    while outbox.step():
        pass
    (file,) = (one for one in folder.rglob("*.eml") if b"Subject: Your code to sign in" in one.read_bytes())
    letter = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"^(\d{6})\s*$", body.get_content(), re.MULTILINE)
    assert found is not None
    return found[1]


def sign_in(page: Page, sides: Sides, who: str, folder: Path) -> None:
    page.goto(f"{sides.world.settings.base_url}/school/sign-in")
    page.get_by_label("Your email address").fill(sides.address(who))
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(letter_with_code(sides.world, folder))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/school/home")


@pytest.mark.parametrize("scripting", [True, False])
def test_coordinator_signs_in_sees_what_is_due_and_uploads_a_form(
    chromium: Browser, sides: Sides, tmp_path: Path, scripting: bool
) -> None:
    with chromium.new_context(java_script_enabled=scripting) as context:
        page = context.new_page()
        sign_in(page, sides, "coordinator", tmp_path / "letters")
        due = page.get_by_role("region", name="What is due")
        expect(due).to_contain_text("Ect Larkspur")
        expect(due).to_contain_text("Overdue")
        expect(page.get_by_text("Ect Elsewhere")).to_have_count(0)
        page.get_by_role("main").get_by_role("button", name="Upload a form").click()
        form = tmp_path / "spring review.docx"
        form.write_bytes(b"PK\x03\x04 a form")
        page.get_by_label("File").set_input_files(form)
        page.get_by_role("button", name="Upload", exact=True).click()
        expect(page.get_by_text("We have received spring review.docx")).to_be_visible()
        expect(page.locator("#uploads")).to_contain_text("Received, waiting to be read")


def test_every_page_of_the_school_side_is_free_of_known_barriers(chromium: Browser, sides: Sides, tmp_path: Path) -> None:
    base, own = sides.world.settings.base_url, sides.inductions["own"]
    with chromium.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce") as context:
        page, found = context.new_page(), []
        for path in ("/school/sign-in", "/school/code", "/school/code?again=yes", "/school/invitation"):
            page.goto(base + path)
            found += real.violations(page)
        sign_in(page, sides, "coordinator", tmp_path / "letters")
        for path in ("/school/home", f"/school/ects/{own}", "/school/upload", "/school/people", "/school/preferences"):
            page.goto(base + path)
            found += real.violations(page)
        page.goto(f"{base}/school/upload")
        page.get_by_role("button", name="Upload", exact=True).click()
        found += real.violations(page)
        assert not found
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{base}/sign-in")
        page.get_by_label("User name").fill("administrator")
        page.get_by_label("Password", exact=True).fill(house.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        ect = f"/ects/{sides.inductions['own']}"
        for path in (
            f"/schools/{sides.schools['own']}",
            f"{ect}/access",
            f"{ect}/evidence",
            "/account",
            "/sign-in/app",
            "/staff",
            "/conversations",
            "/communications",
        ):
            page.goto(base + path)
            found += real.violations(page)
        assert not found
