"""A reviewer's day in a real browser: sign in, look, correct, accept; with and without scripting, wide and narrow."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from notifications.unsubscribe import token
from records import accounts, cases, communications
from records.db import connect
from records.entry_forms import Entry
from records.events import Actor
from records.models.accounts import Account, LinkPurpose
from records.models.cases import CaseKind
from records.models.communications import CommunicationChannel, Direction
from records.models.inductions import Induction
from records.models.people import Person
from records.models.schools import School
from records.models.submissions import Submission
from records.states import SubmissionState
from tests.support import browser as real
from tests.support import databases, house
from tests.support.builders import a_draft
from tests.support.house import KEY, PASSWORD, World, induction_of

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "\"><img src=x onerror='window.hacked=1'>",
    "<svg onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "';window.hacked=1;//",
    "</textarea><script>window.hacked=1</script>",
    "{{constructor.constructor('window.hacked=1')()}}",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with real.chromium() as browser:
        yield browser


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """A furnished desk, served on loopback under its own address."""
    place = real.free_socket()
    (tmp_path / "mailroom.db").write_bytes(sqlite_template.read_bytes())
    database = connect(databases.sqlite_url(tmp_path / "mailroom.db"))
    world = house.furnish(house.world(database, tmp_path, real.address_of(place), demo=True))
    with real.served(world.app, place):
        yield world
    database.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return watched(context.new_page())


def watched(page: Page) -> Page:
    """A page whose complaints fail the test: scripts that break, and anything that the policy had to block."""
    complaints: list[str] = []
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    page.complaints = complaints  # type: ignore[attr-defined]
    return page


def complaints(page: Page) -> list[str]:
    return page.complaints  # type: ignore[attr-defined, no-any-return]


def sign_in(page: Page, desk: World, user_name: str = "assessor") -> None:
    page.goto(f"{desk.settings.base_url}/sign-in")
    page.get_by_label("User name").fill(user_name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def state(desk: World, which: str) -> SubmissionState:
    with desk.db.reading() as session:
        return session.get_one(Submission, desk.ids[which]).state


def review_the_doubtful_form(page: Page, desk: World) -> None:
    """The journey itself: queue, form, confirm, correct, accept."""
    sign_in(page, desk)
    expect(page.get_by_role("heading", name="Forms to review")).to_be_visible()
    page.locator("li", has_text="1 to check").get_by_role("link").first.click()
    expect(page.get_by_text("The year is hard to read")).to_be_visible()
    value = page.locator("#value-period_end")
    value.get_by_role("button", name="This is right").click()
    expect(value).to_contain_text("Checked by a person")
    page.locator("#value-days_absent summary").click()
    page.locator("#value-days_absent").get_by_label("Days absent in this period").fill("2.5")
    page.locator("#value-days_absent").get_by_role("button", name="Save").click()
    expect(page.locator("#value-days_absent")).to_contain_text("Corrected by a person")
    expect(page.locator("#value-days_absent")).to_contain_text("2.5")
    page.locator("#decide").get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Accepted: Progress review, Amara Quillfeather")).to_be_visible()
    assert state(desk, "doubtful") is SubmissionState.ACCEPTED
    with desk.db.reading() as session:
        assert str(house.assessment_of(desk, session).days_absent) == "2.5"


def test_reviewer_signs_in_corrects_and_accepts(page: Page, desk: World) -> None:
    review_the_doubtful_form(page, desk)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The decision was taken back")).to_be_visible()
    assert state(desk, "doubtful") is SubmissionState.IN_REVIEW
    assert complaints(page) == []


def test_same_journey_without_scripting(chromium: Browser, desk: World) -> None:
    with chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        review_the_doubtful_form(context.new_page(), desk)


def test_sending_back_and_undoing_without_scripting(chromium: Browser, desk: World) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, desk)
        page.goto(f"{desk.settings.base_url}/submissions/{desk.ids['clear']}")
        page.get_by_role("link", name="Send back with reasons").click()
        page.get_by_role("button", name="Send back").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        page.get_by_label("The form is not signed by everyone who must sign it").check()
        page.get_by_role("button", name="Send back").click()
        expect(page.get_by_text("A letter goes to office@harrowgill.example")).to_be_visible()
        assert state(desk, "clear") is SubmissionState.RETURNED


@pytest.mark.parametrize("scripting", [True, False])
def test_reading_points_at_its_place_on_the_paper(chromium: Browser, desk: World, scripting: bool) -> None:
    with chromium.new_context(java_script_enabled=scripting, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        sign_in(page, desk)
        page.goto(f"{desk.settings.base_url}/submissions/{desk.ids['doubtful']}")
        page.locator("#value-period_end").get_by_role("link", name="Show on the paper").click()
        box = page.locator("#ev-period_end-0")
        expect(box).to_be_in_viewport()
        assert box.evaluate("box => getComputedStyle(box).strokeWidth") == "3px"
        assert page.locator("#ev-trn-0").evaluate("box => getComputedStyle(box).strokeWidth") == "1.2px"


def test_paper_follows_the_value_in_hand(page: Page, desk: World) -> None:
    sign_in(page, desk)
    page.goto(f"{desk.settings.base_url}/submissions/{desk.ids['doubtful']}")
    page.locator("#value-period_end summary").focus()
    expect(page.locator("#ev-period_end-0")).to_have_class(re.compile("mr-box--now"))
    expect(page.locator("#ev-period_end-0")).to_be_in_viewport()
    page.locator("#value-trn summary").focus()
    expect(page.locator("#ev-period_end-0")).not_to_have_class(re.compile("mr-box--now"))
    assert complaints(page) == []


def test_sign_in_link_needs_a_press_of_the_button(page: Page, desk: World) -> None:
    with desk.db.writing() as session:
        account = session.get_one(Account, desk.ids["administrator"])
        token = accounts.make_link(session, account, LinkPurpose.SIGN_IN, desk.now)
    for _fetch in range(2):
        page.goto(f"{desk.settings.base_url}/link/{token}")
        expect(page.get_by_text("Administrator Tester")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Forms to review")).to_be_visible()


def test_real_installation_can_be_used_by_hand(page: Page, desk: World) -> None:
    """A school, an ECT, what is expected, and a telephone call, all typed in."""
    sign_in(page, desk)
    page.get_by_role("link", name="Schools").click()
    page.get_by_role("link", name="Add a school").click()
    page.get_by_label("Name", exact=True).fill("Thornbeck Academy")
    page.get_by_label("URN (optional)").fill("123456")
    page.get_by_label("Email addresses (optional)").fill("@thornbeck.example")
    page.get_by_role("button", name="Add school").click()
    expect(page.get_by_text("Thornbeck Academy is on record")).to_be_visible()
    page.get_by_role("link", name="Register an ECT here").click()
    page.get_by_label("First name", exact=True).fill("Ines")
    page.get_by_label("Last name", exact=True).fill("Valcourt")
    page.get_by_label("Teacher reference number (TRN) (optional)").fill("76/54321")
    born, starts = page.get_by_role("group", name="Date of birth"), page.get_by_role("group", name="Start of induction")
    for group, (day, month, year) in ((born, ("17", "may", "1999")), (starts, ("1", "9", "2025"))):
        group.get_by_label("Day").fill(day)
        group.get_by_label("Month").fill(month)
        group.get_by_label("Year").fill(year)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("Ines Valcourt is registered")).to_be_visible()
    page.get_by_role("link", name="Note a telephone call or a meeting").click()
    page.get_by_label("They called us").check()
    page.get_by_label("Time").fill("9:05am")
    page.get_by_label("What was said").fill("The tutor asked when the first review is due.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The tutor asked when the first review is due.")).to_be_visible()
    page.get_by_role("link", name="ECTs").first.click()
    page.get_by_label("Name or TRN").fill("7654321")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Ines Valcourt")).to_be_visible()
    assert "7654321" not in page.url


def a_post_and_a_case(desk: World) -> tuple[uuid.UUID, uuid.UUID]:
    with desk.db.writing() as session:
        induction = induction_of(desk, session)
        actor = Actor.person(desk.ids["administrator"])
        case = cases.open_case(
            session, induction, CaseKind.DISPUTE, summary="Time", received_on=desk.now.date(), actor=actor, now=desk.now
        )
        return induction.posts[0].id, case.id


def every_page(desk: World) -> dict[str, str]:
    """An address of every kind of page, by name."""
    ids = desk.ids
    post, case = a_post_and_a_case(desk)
    return {
        "queue": "/queue",
        "review of a PDF": f"/submissions/{ids['doubtful']}",
        "review of a Word file": f"/submissions/{ids['clear']}",
        "review with a value to add": f"/submissions/{ids['doubtful']}?add=strengths",
        "choose the ECT": f"/submissions/{ids['clear']}/ect",
        "send back": f"/submissions/{ids['clear']}/send-back",
        "not a form": f"/submissions/{ids['clear']}/not-a-form",
        "inbox": "/inbox",
        "empty inbox": "/inbox?show=duplicates",
        "message": f"/inbox/{ids['message']}",
        "type in": f"/attachments/{ids['logo']}/type-in",
        "file": f"/attachments/{ids['logo']}/file",
        "ECTs": "/ects",
        "ECT": f"/ects/{ids['induction']}",
        "register": "/ects/new",
        "note": f"/ects/{ids['induction']}/note",
        "schools": "/schools",
        "school": f"/schools/{ids['school']}",
        "add a school": "/schools/new",
        "status": "/status",
        "staff": "/staff",
        "add an account": "/staff/new",
        "account": "/account",
        "cookies": "/cookies",
        "accessibility": "/accessibility",
        "privacy": "/privacy",
        "due": "/due",
        "reminders of a day": "/due/reminders?on-day=27&on-month=3&on-year=2026",
        "person": f"/people/{ids['ect']}",
        "outcome": f"/ects/{ids['induction']}/outcome",
        "outcome that cannot be yet": f"/ects/{ids['induction']}/outcome/fail",
        "release": f"/ects/{ids['induction']}/outcome/release",
        "extension": f"/ects/{ids['induction']}/outcome/extension",
        "correct the outcome": f"/ects/{ids['induction']}/decision",
        **{f"add: {entry.value}": f"/ects/{ids['induction']}/entries/{entry.value}/new" for entry in Entry},
        "correct a post": f"/entries/post/{post}",
        "cases": "/cases",
        "no closed cases": "/cases?show=closed",
        "open a case": f"/ects/{ids['induction']}/cases/new",
        "case": f"/cases/{case}",
        "exports": "/exports",
        "retention": "/retention",
        "hold": f"/ects/{ids['induction']}/hold",
        "announcements": "/announcements",
        "unsubscribe": f"/unsubscribe/{token(KEY, ids['ect'])}",
        "unsubscribe with a wrong link": "/unsubscribe/wrong",
        "not found": "/nowhere",
    }


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_meets_wcag_and_reflows(page: Page, desk: World, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: dict[str, list[str]] = {}
    page.goto(f"{desk.settings.base_url}/sign-in")
    found["sign in"] = real.violations(page)
    sign_in(page, desk, "administrator")
    for name, address in every_page(desk).items():
        page.goto(f"{desk.settings.base_url}{address}")
        found[name] = real.violations(page)
        spill = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if spill > 0:
            found[name].append(f"spills {spill} pixels over the side")
        if not re.fullmatch(r".+ – ECT Mailroom – Northmere Teaching Hub", page.title()):
            found[name].append(f"title: {page.title()}")
    assert {name: problems for name, problems in found.items() if problems} == {}
    assert complaints(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_with_errors_meet_wcag_and_move_the_focus_to_the_summary(page: Page, desk: World, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{desk.settings.base_url}/sign-in")
    page.get_by_role("button", name="Sign in").click()
    found = {"sign in": real.violations(page)}
    sign_in(page, desk, "administrator")
    ways = {
        "/ects/new": "Register",
        "/schools/new": "Add school",
        "/staff/new": "Add account",
        f"/ects/{desk.ids['induction']}/note": "Save",
        f"/submissions/{desk.ids['clear']}/send-back": "Send back",
        f"/attachments/{desk.ids['logo']}/type-in": "Continue",
        f"/attachments/{desk.ids['logo']}/file": "File it",
        "/account": "Change password",
        f"/ects/{desk.ids['induction']}/outcome/release": "Continue",
        f"/ects/{desk.ids['induction']}/hold": "Place the hold",
        f"/ects/{desk.ids['induction']}/entries/absence/new": "Add",
        f"/ects/{desk.ids['induction']}/entries/period/new": "Add",
        f"/ects/{desk.ids['induction']}/cases/new": "Open the case",
        f"/people/{desk.ids['ect']}": "Save",
        "/announcements": "Continue",
    }
    for address, button in ways.items():
        page.goto(f"{desk.settings.base_url}{address}")
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        found[address] = real.violations(page)
        if not page.title().startswith("Error: "):
            found[address].append(page.title())
        if not page.evaluate("document.activeElement.classList.contains('govuk-error-summary')"):
            found[address].append("the focus is not on the summary")
        page.locator(".govuk-error-summary a").first.click()
        if page.evaluate("document.activeElement.tagName") not in {"INPUT", "TEXTAREA", "SELECT"}:
            found[address].append("the summary does not lead to the field")
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_decided_and_corrected_forms_meet_wcag(page: Page, desk: World) -> None:
    review_the_doubtful_form(page, desk)
    found = {"queue with a notice": real.violations(page)}
    page.goto(f"{desk.settings.base_url}/submissions/{desk.ids['doubtful']}")
    found["accepted"] = real.violations(page)
    page.goto(f"{desk.settings.base_url}/ects/{desk.ids['induction']}")
    found["history"] = real.violations(page)
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_keyboard_alone_is_enough(page: Page, desk: World) -> None:
    """Skip link first; then sign in, open a form, confirm a value and accept, without a mouse."""
    page.goto(f"{desk.settings.base_url}/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "User name")
    page.keyboard.type("assessor")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Forms to review")).to_be_visible()
    page.goto(f"{desk.settings.base_url}/submissions/{desk.ids['doubtful']}")
    tab_to(page, "This is right: End of the period")
    page.keyboard.press("Enter")
    expect(page.locator("#value-period_end")).to_contain_text("Checked by a person")
    tab_to(page, "Accept")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Accepted: Progress review")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so; every stop must be visible."""
    for _press in range(250):
        page.keyboard.press("Tab")
        called = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0]?.textContent ?? e.textContent ?? '').trim().replace(/\\s+/g, ' '); }"
        )
        if called == name:
            return
    pytest.fail(f"no way to {name!r} by keyboard")


def test_strangers_words_run_nowhere(page: Page, desk: World) -> None:
    """Every text that comes from outside, in every place where a page shows it."""
    every = " ".join(PAYLOADS)
    with desk.db.writing() as session:
        message = house.a_message(
            desk, session, every, header_from=every[:900], header_to=every, header_cc=every, body_text=every, remarks=[every],
            automatic=every[:250], authentication={"verdict": "verified", "server": every, "results": [{"method": every, "result": every}]},
        )  # fmt: skip
        attachment = house.an_attachment(desk, session, message, every[:480], b"<script>window.hacked=1</script>")
        draft = a_draft(
            said=dict.fromkeys(("ect_name", "school_name", "targets", "strengths", "induction_tutor_name"), every),
            status="check",
        )
        submission = house.on_the_desk(
            desk, session, message, attachment, draft, word_html=f'<div class="paper"><p id="part-1">{every}</p></div>'
        )
        submission.warnings, submission.kind_reason, submission.kind_status = [every], every, "check"
        for value in submission.values:
            value.reason, value.raw, value.evidence = every, every, [{"part": every}]
        attachment.reason = attachment.problem = every
        induction = session.get_one(Induction, desk.ids["induction"])
        person = session.get_one(Person, induction.person_id)
        person.first_name = person.last_name = every[:190]
        session.get_one(School, desk.ids["school"]).name = every[:290]
        communications.log_call(
            session, channel=CommunicationChannel.TELEPHONE, direction=Direction.IN, happened_at=desk.now, body=every, summary=every,
            other_party=every[:300], person=person, actor=house.MACHINE, now=desk.now,
        )  # fmt: skip
        new, letter = submission.id, message.id
    sign_in(page, desk, "administrator")
    pages = [*every_page(desk).values(), f"/submissions/{new}", f"/submissions/{new}/ect", f"/inbox/{letter}"]
    for address in pages:
        page.goto(f"{desk.settings.base_url}{address}")
        assert page.evaluate("window.hacked") is None, address
        assert page.locator("a[href^='javascript:']").count() == 0, address
    assert complaints(page) == [], "nothing even reached the policy"


def test_originals_are_saved_and_never_shown(page: Page, desk: World) -> None:
    with desk.db.writing() as session:
        message = house.a_message(desk, session)
        attachment = house.an_attachment(desk, session, message, "../../evil.html", b"<script>window.hacked=1</script>")
        letter = message.id
        name = attachment.name
    sign_in(page, desk)
    page.goto(f"{desk.settings.base_url}/inbox/{letter}")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {name}").click()
    assert download.value.suggested_filename == "evil.html"
    assert "/inbox/" in page.url
