"""Every route × everybody who could come × whose ECT it is about. What is not written down is denied."""

from __future__ import annotations

import re
import uuid

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from records import cases, communications, conversations, interests, layouts
from records.access import TABLE, Act
from records.events import Actor
from records.models.accounts import Account
from records.models.cases import CaseKind
from records.models.communications import Communication, CommunicationChannel, Conversation, Direction, Visibility
from records.models.inductions import Induction, Post
from records.models.interests import InterestKind
from records.models.people import BODY_ROLES, Role
from records.models.retention import Hold
from tests.support import house
from tests.support.builders import MACHINE, a_layout
from tests.support.house import STAFF, World
from tests.support.matrix import EVERYONE, NEAR, SAID, SCHOOL_ROWS, STAFF_ROWS
from tests.support.school_house import WHO, Sides, two_schools
from web.routes import ROUTES, Everyone, Row

OPEN, SIGN_IN, FORBIDDEN, MISSING = "open", "sign in", "forbidden", "missing"
STAFF_BY_ROW = {row: names for names, rows in STAFF_ROWS.items() for row in rows}
ENDING = {"/sign-out", "/sign-out-everywhere"}
EVERYBODY = (None, *STAFF, *WHO)


@pytest.fixture
def sides(desk: World) -> Sides:
    made = two_schools(desk)
    desk.account("spare", Role.READ_ONLY)
    with desk.db.writing() as session:
        hold = Hold(id=uuid.uuid4(), person_id=made.people["second ect"], reason="an appeal", placed_at=desk.now)
        session.add(hold)
        declared = interests.declare(
            session,
            session.get_one(Induction, made.inductions["second"]),
            InterestKind.STAFF,
            "a neighbour",
            actor=Actor.person(desk.ids["spare"]),
            now=desk.now,
        )
        own_post = session.scalars(sa.select(Post.id).where(Post.induction_id == made.inductions["own"])).one()
        case = cases.open_case(
            session,
            session.get_one(Induction, made.inductions["own"]),
            CaseKind.CONCERN,
            summary="Too little time to plan",
            received_on=desk.now.date(),
            actor=Actor.person(desk.ids["spare"]),
            now=desk.now,
        )
        message = house.a_message(desk, session, "A question")
        conversation = conversations.place(session, message, (), desk.now)
        entry = session.scalars(sa.select(Communication).where(Communication.message_id == message.id)).one()
        assert conversation is not None
        desk.ids |= {"conversation": conversation.id, "entry": entry.id}
        layout = layouts.keep(session, a_layout(), None, MACHINE, desk.now)
        refusal = house.a_refusal(session, session.get_one(Induction, made.inductions["own"]), desk.now)
        desk.ids["refusal"] = refusal.id
    desk.ids |= {"layout": layout.id, "hold": hold.id, "interest": declared.id, "post": own_post, "case": case.id}
    return made


def browser_of(sides: Sides, who: str | None) -> TestClient:
    if who in STAFF:
        return sides.world.client(who)
    return sides.client(who)


def address(row: Row, sides: Sides, whose: str) -> str:
    """Every id names something that is there: of the own school, or of the other."""
    ids = sides.world.ids
    here = whose in {"own", "second"}
    things = {
        "/school/ects/": sides.inductions[whose],
        "/school/people/": sides.memberships["tutor" if here else "tutor elsewhere"],
        "/inbox/": ids["message"],
        "/attachments/": ids["word"],
        "/papers/": ids["paper"],
        "/submissions/": ids["doubtful"],
        "/ects/": sides.inductions[whose],
        "/schools/": sides.schools["own" if here else "other"],
        "/staff/": ids["spare"],
        "/people/": sides.people["ect" if here else "ect elsewhere"],
        "/holds/": ids["hold"],
        "/interests/": ids["interest"],
        "/conversations/": ids["conversation"],
        "/communications/": ids["entry"],
        "/entries/": ids["post"],
        "/posts/": ids["post"],
        "/cases/": ids["case"],
        "/layouts/": ids["layout"],
        "/exports/": ids["refusal"],
    }
    thing = next((str(one) for prefix, one in things.items() if row.path.startswith(prefix)), "no-such-thing")
    parts = {"id:uuid": thing, "page:int": "1", "key": "period_end", "token": "unknown", "ending": "pass", "entry": "post"}
    parts |= {"fact": "trn", "school_fact": "name", "list": "contact"}
    return re.sub(r"{([^}]+)}", lambda found: parts.get(found[1], thing), row.path)


def expectation(row: Row, who: str | None, whose: str) -> str:
    """What must come of it. The default is no."""
    name = f"{row.method} {row.path}"
    if name in EVERYONE:
        return OPEN
    if who is None:
        return SIGN_IN
    if who in STAFF:
        return OPEN if who in STAFF_BY_ROW.get(name, ()) else FORBIDDEN
    cell = SCHOOL_ROWS.get(name)
    if cell is None or who not in cell.may:
        return FORBIDDEN
    if cell.whose is None:
        return OPEN
    return OPEN if who in cell.whose[whose] else MISSING


def outcome(row: Row, browser: TestClient, sides: Sides, whose: str) -> str:
    school = sides.schools["own" if whose in {"own", "second"} else "other"]
    answers = {"school": str(school)} if row.path.endswith("/tutor") else {"visibility": "body"}
    answer = browser.request(row.method, address(row, sides, whose), data=answers if row.method == "POST" else None)
    if answer.status_code == 303 and answer.headers["location"].startswith(("/sign-in", "/school/sign-in")):
        return SIGN_IN
    known = {403: FORBIDDEN, 404: MISSING}
    if answer.status_code in known:
        return known[answer.status_code]
    assert answer.status_code < 400 or answer.status_code in {409, 410, 422}, (row.path, answer.status_code)
    return OPEN


def test_every_row_that_a_school_role_opens_has_an_expectation() -> None:
    opened = frozenset[Act]().union(*(acts for role, acts in TABLE.items() if role not in BODY_ROLES))
    theirs = {f"{row.method} {row.path}" for row in ROUTES if isinstance(row.permission, Act) and row.permission in opened}
    assert theirs == set(SCHOOL_ROWS)


@pytest.mark.parametrize("whose", list(NEAR))
@pytest.mark.parametrize("who", EVERYBODY)
def test_each_meets_each_route(sides: Sides, who: str | None, whose: str) -> None:
    browser = browser_of(sides, who)
    # Refusals first, then looking, then what changes something: nothing may be gone before its turn comes.
    # Who comes to rows that name no ECT does not hang on whose ECT it would be.
    rows = sorted(
        (row for row in ROUTES if row.path not in ENDING and (whose in {"own", "other"} or "/ects/{" in row.path)),
        key=lambda row: (
            expectation(row, who, whose) == OPEN,
            row.method == "POST",
            "/end" in row.path or "/close" in row.path,
        ),
    )
    wrong = []
    for row in rows:
        if row.permission is Everyone.EVERYONE:
            continue
        found, wanted = outcome(row, browser, sides, whose), expectation(row, who, whose)
        if found != wanted:
            wrong.append((row.method, row.path, found, wanted))
    assert not wrong


def test_every_route_has_an_expectation_and_every_expectation_a_route() -> None:
    """A new route fails here until somebody has written down who may come."""
    routes = {f"{row.method} {row.path}" for row in ROUTES}
    written = set(EVERYONE) | set(STAFF_BY_ROW) | set(SCHOOL_ROWS)
    assert routes == written
    assert {f"{row.method} {row.path}" for row in ROUTES if row.permission is Everyone.EVERYONE} == set(EVERYONE)


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_sees_what_was_said_as_its_visibility_has_it(sides: Sides, who: str | None) -> None:
    marks = {}
    with sides.world.db.writing() as session:
        for whose in NEAR:
            person = session.get_one(Induction, sides.inductions[whose]).person
            for visibility in Visibility:
                marks[whose, visibility.value] = f"said-{whose}-{visibility.value}-{uuid.uuid4().hex}"
                communications.log_call(
                    session,
                    channel=CommunicationChannel.TELEPHONE,
                    direction=Direction.IN,
                    happened_at=sides.world.now,
                    body=marks[whose, visibility.value],
                    actor=Actor.person(sides.world.ids["administrator"]),
                    now=sides.world.now,
                    person=person,
                    visibility=visibility,
                )
    browser = browser_of(sides, who)
    side = "/ects" if who in STAFF else "/school/ects"
    pages = {whose: browser.get(f"{side}/{sides.inductions[whose]}").text for whose in NEAR}
    seen = {key for key, mark in marks.items() if any(mark in page for page in pages.values())}
    wanted = {(whose, visibility) for visibility, cells in SAID.items() for whose, names in cells.items() if who in names}
    assert set(SAID) == {one.value for one in Visibility}
    assert seen == wanted


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_conversation_kept_for_the_named_contact_is_seen_by_nobody_else_from_its_first_entry_on(
    sides: Sides, who: str | None
) -> None:
    world = sides.world
    with world.db.writing() as session:
        induction = session.get_one(Induction, sides.inductions["own"])
        induction.named_contact_id = session.get_one(Account, world.ids["contact"]).person_id
        actor = Actor.person(world.ids["administrator"])
        letter = session.get_one(Communication, world.ids["entry"])
        row = session.get_one(Conversation, world.ids["conversation"])
        letter.conversation_id = row.id
        communications.link(session, letter, person_id=induction.person_id)
        first = conversations.note(session, row, "note-one-of-the-conversation", actor, world.now)
        session.refresh(first, ["links"])
        communications.set_visibility(session, first, Visibility.SCHOOL, actor, world.now)
        last = conversations.note(session, row, "note-two-of-the-conversation", actor, world.now).id
    whole = {"visibility": "named_contact", "whole": "yes"}
    assert world.client("contact").post(f"/communications/{last}/visibility", data=whole).status_code == 303
    browser = browser_of(sides, who)
    side = "/ects" if who in STAFF else "/school/ects"
    addresses = (
        f"{side}/{sides.inductions['own']}",
        "/communications",
        f"/conversations/{world.ids['conversation']}",
        "/conversations",
    )
    pages = "".join(browser.get(one).text for one in addresses)
    seen = {mark for mark in ("note-one-of", "note-two-of", "A question") if mark in pages}
    assert seen == ({"note-one-of", "note-two-of", "A question"} if who == "contact" else set())
