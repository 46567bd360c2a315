"""Signing in with a typed code: in the browser that asked, once, for ten minutes, and telling nobody who is known."""

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from records.models.accounts import Account, SignInCode
from records.models.notices import Notice
from records.models.people import Membership
from tests.support.house import World, text_of
from tests.support.school_house import Sides, two_schools


@pytest.fixture
def sides(bare: World) -> Sides:
    return two_schools(bare)


def asked(sides: Sides, who: str = "coordinator") -> TestClient:
    """A browser that asked for a code."""
    browser = sides.world.client()
    answer = browser.post("/school/sign-in", data={"email": sides.address(who)})
    assert answer.headers["location"] == "/school/code"
    return browser


def typed(browser: TestClient, code: str) -> str:
    return browser.post("/school/code", data={"code": code}).headers["location"]


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.parametrize("who", ["coordinator", "headteacher", "tutor", "ect"])
def test_code_signs_in_once(sides: Sides, who: str) -> None:
    browser = asked(sides, who)
    code = sides.code_for(who)
    assert typed(browser, f" {code[:3]} {code[3:]} ") == "/school/home"
    assert browser.get("/school/home").status_code == 200
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert typed(browser, code) == "/school/code?again=yes"


def test_used_code_is_refused_also_with_the_cookie_that_asked(sides: Sides) -> None:
    browser = asked(sides)
    secret = browser.cookies[sides.world.settings.asking_cookie]
    code = sides.code_for("coordinator")
    assert typed(browser, code) == "/school/home"
    again = sides.world.client()
    again.cookies.set(sides.world.settings.asking_cookie, secret)
    assert typed(again, code) == "/school/code?again=yes"


def test_code_means_nothing_in_another_browser(sides: Sides) -> None:
    """Whoever reads the letter, a mail scanner among them, has no use for it, and uses nothing up."""
    browser, stranger = asked(sides), sides.world.client()
    code = sides.code_for("coordinator")
    stranger.get("/school/code")
    assert typed(stranger, code) == "/school/code?again=yes"
    stranger.post("/school/sign-in", data={"email": "nobody@nowhere.example"})
    assert typed(stranger, code) == "/school/code?again=yes"
    assert typed(browser, code) == "/school/home"


def test_code_runs_out_after_ten_minutes(sides: Sides) -> None:
    browser = asked(sides)
    code = sides.code_for("coordinator")
    sides.world.later(minutes=9, seconds=59)
    late = asked(sides, "tutor")
    assert typed(browser, code) == "/school/home"
    sides.world.later(minutes=10)
    assert typed(late, sides.code_for("tutor")) == "/school/code?again=yes"


@pytest.mark.parametrize("who", ["nobody", "unauthorised coordinator", "former coordinator", "former tutor", "mentor"])
def test_whoever_may_not_sign_in_sees_the_same_pages_and_gets_no_letter(sides: Sides, who: str) -> None:
    known, unknown = sides.world.client(), sides.world.client()
    answers = [
        browser.post("/school/sign-in", data={"email": sides.address(one)})
        for browser, one in ((known, "coordinator"), (unknown, who))
    ]
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(303, "/school/code")}
    assert known.get("/school/code").text.split("nonce")[0] == unknown.get("/school/code").text.split("nonce")[0]
    wrong = other_than(sides.code_for("coordinator"))
    assert typed(known, wrong) == typed(unknown, wrong) == "/school/code?again=yes"
    with sides.world.db.reading() as session:
        addresses = session.scalars(sa.select(Notice.to_address).where(Notice.kind == "sign_in_code")).all()
        assert addresses == [sides.address("coordinator")]
        assert session.scalar(sa.select(sa.func.count()).select_from(SignInCode)) == 2


def test_staff_of_the_body_get_no_code(sides: Sides) -> None:
    with sides.world.db.writing() as session:
        administrator = session.get_one(Account, sides.world.ids["administrator"])
        person_id = sides.people["governor"]
        session.add(Membership(person_id=person_id, role=administrator.person.memberships[0].role))
    asked(sides, "governor")
    with sides.world.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice).where(Notice.kind == "sign_in_code")) == 0


def test_ten_wrong_codes_lock_the_account_and_nobody_else(sides: Sides) -> None:
    browser = asked(sides)
    code = sides.code_for("coordinator")
    for _ in range(10):
        assert typed(browser, other_than(code)) == "/school/code?again=yes"
    assert typed(browser, code) == "/school/code?again=yes"
    sides.world.later(minutes=5)
    asked(sides)
    with sides.world.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice).where(Notice.kind == "sign_in_code")) == 1
    colleague = asked(sides, "headteacher")
    assert typed(colleague, sides.code_for("headteacher")) == "/school/home"
    sides.world.later(minutes=26)
    browser = asked(sides)
    assert typed(browser, sides.code_for("coordinator")) == "/school/home"


def test_the_body_lets_in_somebody_who_locked_themselves_out(sides: Sides) -> None:
    browser = asked(sides)
    code = sides.code_for("coordinator")
    for _ in range(10):
        typed(browser, other_than(code))
    staff = sides.world.client("administrator")
    answer = staff.post(
        f"/schools/{sides.schools['own']}/people",
        data={
            "role": "induction_coordinator",
            "person-first-name": "Coordinator",
            "person-last-name": "Larkspur",
            "person-address": sides.address("coordinator"),
        },
    )
    assert answer.status_code == 303
    sides.world.later(minutes=1)
    browser = asked(sides)
    assert typed(browser, sides.code_for("coordinator")) == "/school/home"


def test_one_account_gets_so_many_codes_in_half_an_hour(sides: Sides) -> None:
    for _ in range(8):
        asked(sides)
        sides.world.later(seconds=30)
    with sides.world.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice).where(Notice.kind == "sign_in_code")) == 5
    sides.world.later(minutes=30)
    asked(sides)
    with sides.world.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice).where(Notice.kind == "sign_in_code")) == 6


def test_a_busy_network_is_slowed_and_not_locked(sides: Sides) -> None:
    for number in range(40):
        sides.world.client().post("/school/sign-in", data={"email": f"guess-{number}@harrowgill.example"})
    browser = sides.world.client()
    slowed = browser.post("/school/sign-in", data={"email": sides.address("coordinator")})
    assert slowed.status_code == 422
    assert "Wait ten seconds" in text_of(slowed.text)
    sides.world.later(seconds=11)
    browser = asked(sides)
    assert browser.post("/school/code", data={"code": sides.code_for("coordinator")}).status_code == 422
    sides.world.later(seconds=11)
    assert typed(browser, sides.code_for("coordinator")) == "/school/home"


def test_role_that_ends_closes_the_door_at_once(sides: Sides) -> None:
    browser = asked(sides)
    assert typed(browser, sides.code_for("coordinator")) == "/school/home"
    staff = sides.world.client("assessor")
    ended = staff.post(
        f"/schools/{sides.schools['own']}/people/end", data={"membership": str(sides.memberships["coordinator"])}
    )
    assert ended.status_code == 303
    assert browser.get("/school/home").status_code == 403


def test_what_is_not_an_address_is_told(sides: Sides) -> None:
    answer = sides.world.client().post("/school/sign-in", data={"email": "coordinator"})
    assert answer.status_code == 422
    assert "name@school.example" in text_of(answer.text)
    assert "Enter the code" in text_of(sides.world.client().post("/school/code").text)


def test_neither_code_nor_secret_is_kept_in_clear(sides: Sides) -> None:
    browser = asked(sides)
    secret, code = browser.cookies[sides.world.settings.asking_cookie], sides.code_for("coordinator")
    with sides.world.db.reading() as session:
        row = session.scalars(sa.select(SignInCode)).one()
        assert secret not in {row.browser_hash, row.code_hash}
        assert code not in row.code_hash
