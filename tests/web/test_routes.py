"""Every route has a permission, and every role meets every route."""

import re
import uuid

import pytest
import sqlalchemy as sa
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from records import cases, conversations, interests, layouts
from records.access import TABLE, Act
from records.events import Actor
from records.models.accounts import Account, LinkPurpose
from records.models.cases import CaseKind
from records.models.communications import Communication
from records.models.interests import InterestKind
from records.models.people import Role
from records.models.retention import Hold
from tests.support import house
from tests.support.builders import MACHINE, a_layout
from tests.support.house import PASSWORD, STAFF, World, hidden
from web.routes import ROUTES, Everyone, Opens, Row


def address(row: Row, world: World) -> str:
    """A real address for a row: every id names something that is there."""
    things = {
        "/inbox/": "message",
        "/attachments/": "word",
        "/papers/": "paper",
        "/submissions/": "doubtful",
        "/ects/": "induction",
        "/schools/": "school",
        "/staff/": "spare",
        "/people/": "person",
        "/holds/": "hold",
        "/interests/": "interest",
        "/conversations/": "conversation",
        "/communications/": "entry",
        "/entries/": "post",
        "/posts/": "post",
        "/cases/": "case",
        "/layouts/": "layout",
        "/exports/": "refusal",
        "/school/": "induction",
    }
    thing = next((name for prefix, name in things.items() if row.path.startswith(prefix)), "")
    parts = {
        "id:uuid": str(world.ids.get(thing, "")),
        "page:int": "1",
        "key": "period_end",
        "token": "unknown",
        "ending": "pass",
        "entry": "post",
        "fact": "trn",
        "school_fact": "name",
        "list": "contact",
    }
    return re.sub(r"{([^}]+)}", lambda found: parts[found[1]], row.path)


def allowed(row: Row, role: Role | None) -> bool:
    if row.permission is Everyone.EVERYONE:
        return True
    return role is not None and row.permission in TABLE[role]


def ask(browser: TestClient, row: Row, world: World) -> int:
    answer = browser.request(row.method, address(row, world), data={"visibility": "body"} if row.method == "POST" else None)
    shut = row.permission is not Everyone.EVERYONE
    if shut and answer.status_code == 303 and answer.headers["location"].startswith(("/sign-in", "/school/sign-in")):
        return 401
    return int(answer.status_code)


def test_application_has_exactly_the_routes_of_the_table(bare: World) -> None:
    served = {(route.path, method) for route in bare.app.routes if isinstance(route, Route) for method in route.methods or ()}
    assert {pair for pair in served if pair[1] != "HEAD"} == {(row.path, row.method) for row in ROUTES}
    assert [route.path for route in bare.app.routes if isinstance(route, Mount)] == ["/assets/{version}"]


def test_every_row_says_who_may_come_and_nothing_is_listed_twice() -> None:
    assert all(isinstance(row.permission, Act | Everyone) for row in ROUTES)
    assert len({(row.method, row.path) for row in ROUTES}) == len(ROUTES)


def test_pages_without_permission_are_few_and_known() -> None:
    assert {row.path for row in ROUTES if row.permission is Everyone.EVERYONE} == {
        "/healthz",
        "/readyz",
        "/metrics",
        "/favicon.ico",
        "/cookies",
        "/accessibility",
        "/privacy",
        "/sign-in",
        "/link/{token}",
        "/collect/{token}",
        "/unsubscribe/{token}",
        "/unsubscribe/{token}/again",
        "/set-up/{token}",
        "/sign-in/code",
        "/sign-in/app",
        "/sign-in/provider",
        "/sign-in/provider/back",
        "/school/invitation",
        "/sign-out",
        "/school/sign-in",
        "/school/code",
    }


def test_every_permission_guards_a_route() -> None:
    inside = {Act.SCHOOL_ASSESSMENTS, Act.SCHOOL_SAID, Act.SCHOOL_TOTALS}
    """Asked for parts of pages that other acts open."""
    assert {row.permission for row in ROUTES if isinstance(row.permission, Act)} == set(Act) - inside


def test_reading_rows_are_never_posts_that_change_something() -> None:
    posts = {row.path for row in ROUTES if row.method == "POST" and row.opens is Opens.READING}
    assert posts == {
        "/submissions/{id:uuid}/ect/search",
        "/ects",
        "/schools",
        "/communications",
        "/ects/{id:uuid}/outcome/{ending}/letter",
    }


@pytest.fixture
def browsers(desk: World) -> dict[str | None, TestClient]:
    desk.account("spare", Role.READ_ONLY)
    with desk.db.writing() as session:
        person = house.induction_of(desk, session).person
        hold = Hold(id=uuid.uuid4(), person_id=person.id, reason="an appeal", placed_at=desk.now)
        school = house.induction_of(desk, session).posts[0].school
        spare = Actor.person(desk.ids["spare"])
        interest = interests.declare(session, school, InterestKind.STAFF, "a neighbour", actor=spare, now=desk.now)
        session.add(hold)
        message = house.a_message(desk, session, "A question")
        conversation = conversations.place(session, message, (), desk.now)
        assert conversation is not None
        desk.ids |= {
            "conversation": conversation.id,
            "entry": session.scalars(sa.select(Communication.id).where(Communication.message_id == message.id)).one(),
        }
        induction = house.induction_of(desk, session)
        case = cases.open_case(
            session, induction, CaseKind.CONCERN, summary="x", received_on=desk.now.date(), actor=spare, now=desk.now
        )
        desk.ids |= {"person": person.id, "hold": hold.id, "interest": interest.id}
        layout = layouts.keep(session, a_layout(), None, MACHINE, desk.now)
        desk.ids["refusal"] = house.a_refusal(session, induction, desk.now).id
        desk.ids |= {"layout": layout.id, "post": induction.posts[0].id, "case": case.id}
    return {None: desk.client(), **{name: desk.client(name) for name in STAFF}}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_role_reaches_what_its_row_allows_and_nothing_else(
    desk: World, browsers: dict[str | None, TestClient], method: str
) -> None:
    """Roles × routes. Refused first, so that nothing is gone when those who may come try."""
    desk.clock_ran()
    ending = {"/sign-out", "/sign-out-everywhere"}
    wrong = []
    for row in (row for row in ROUTES if row.method == method and row.path not in ending):
        for user_name, browser in sorted(browsers.items(), key=lambda pair: allowed(row, STAFF.get(pair[0] or ""))):
            role = STAFF[user_name] if user_name else None
            status = ask(browser, row, desk)
            done, turned_away = status < 400 or status in {409, 410, 422}, status == (401 if role is None else 403)
            if not (done if allowed(row, role) else turned_away):
                wrong.append((method, row.path, user_name, status))
    assert not wrong


@pytest.mark.parametrize("path", ["/sign-out", "/sign-out-everywhere"])
def test_everybody_signed_in_can_sign_out(desk: World, browsers: dict[str | None, TestClient], path: str) -> None:
    for browser in browsers.values():
        assert browser.post(path).headers["location"] == "/sign-in"
        assert browser.get("/account").headers["location"] == "/sign-in?next=/account"


def test_role_that_ended_today_closes_the_door_at_once(desk: World) -> None:
    browser = desk.client("assessor")
    assert browser.get("/queue").status_code == 200
    desk.later(days=1)
    browser = desk.client("assessor")
    with desk.db.writing() as session:
        account = session.get_one(Account, desk.ids["assessor"])
        for membership in account.person.memberships:
            membership.until = desk.now.date().replace(day=1)
    assert browser.get("/queue").status_code == 403


def test_signed_out_visitor_comes_back_to_the_page_they_wanted(desk: World) -> None:
    browser = desk.client()
    wanted = f"/submissions/{desk.ids['clear']}"
    turned_away = browser.get(wanted)
    assert turned_away.headers["location"] == f"/sign-in?next={wanted}"
    page = browser.get(turned_away.headers["location"])
    assert hidden(page.text, "next") == wanted
    arrived = browser.post("/sign-in", data={"user-name": "assessor", "password": PASSWORD, "next": wanted})
    assert arrived.headers["location"] == wanted


def test_link_purposes_all_have_a_page() -> None:
    """A purpose nobody can use would be a dead letter."""
    assert {LinkPurpose.SET_UP, LinkPurpose.SIGN_IN} == set(LinkPurpose)
