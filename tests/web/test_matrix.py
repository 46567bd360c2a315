"""Every route × everybody who could come × what is theirs and what is not. What is not written down here is denied."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from records.access import TABLE, Act
from records.models.people import BODY_ROLES, Role
from records.models.retention import Hold
from tests.support.house import STAFF, World
from tests.support.matrix import EVERYONE, STAFF_ROWS
from tests.support.school_house import WHO, Sides, two_schools
from web.routes import ROUTES, Everyone, Row

OPEN, SIGN_IN, FORBIDDEN, MISSING = "open", "sign in", "forbidden", "missing"

SEERS = frozenset({"coordinator", "headteacher", "tutor", "ect"})
"""Who at a school has to do with the ECT called "own"."""
AT_SCHOOLS = SEERS | {"other tutor", "coordinator elsewhere", "ect elsewhere"}
"""Whose role opens any door at all."""
COORDINATORS = frozenset({"coordinator", "coordinator elsewhere"})
UPLOADERS = COORDINATORS | {"tutor", "other tutor"}


@dataclass(frozen=True)
class Cell:
    """Who at schools may come to a row at all, and to whom the very thing named in the address belongs."""

    may: frozenset[str]
    own: frozenset[str] | None = None
    """None: the address names no thing that belongs to a school."""
    other: frozenset[str] = frozenset()


SCHOOL_ROWS: dict[tuple[str, str], Cell] = {
    ("GET", "/"): Cell(AT_SCHOOLS),
    ("GET", "/school/home"): Cell(AT_SCHOOLS),
    ("GET", "/school/ects/{id:uuid}"): Cell(AT_SCHOOLS, SEERS, frozenset({"coordinator elsewhere", "ect elsewhere"})),
    ("POST", "/school/ects/{id:uuid}/tutor"): Cell(
        COORDINATORS, frozenset({"coordinator"}), frozenset({"coordinator elsewhere"})
    ),
    ("GET", "/school/upload"): Cell(UPLOADERS),
    ("POST", "/school/upload"): Cell(UPLOADERS),
    ("GET", "/school/tutors"): Cell(COORDINATORS),
    ("POST", "/school/tutors"): Cell(COORDINATORS),
    ("POST", "/school/tutors/{id:uuid}/end"): Cell(
        COORDINATORS, frozenset({"coordinator"}), frozenset({"coordinator elsewhere"})
    ),
    ("GET", "/school/preferences"): Cell(AT_SCHOOLS),
    ("POST", "/school/preferences"): Cell(AT_SCHOOLS),
}
"""The rows for people at schools. Every other row that is not for everyone is the body's alone."""

STAFF_BY_ROW = {row: names for names, rows in STAFF_ROWS.items() for row in rows}
ENDING = {"/sign-out", "/sign-out-everywhere"}


@pytest.fixture
def sides(desk: World) -> Sides:
    made = two_schools(desk)
    desk.account("spare", Role.READ_ONLY)
    with desk.db.writing() as session:
        hold = Hold(id=uuid.uuid4(), person_id=made.people["second ect"], reason="an appeal", placed_at=desk.now)
        session.add(hold)
    desk.ids["hold"] = hold.id
    return made


def browser_of(sides: Sides, who: str | None) -> TestClient:
    if who in STAFF:
        return sides.world.client(who)
    return sides.client(who)


def address(row: Row, sides: Sides, whose: str) -> str:
    """Every id names something that is there: of the own school, or of the other."""
    ids = sides.world.ids
    things = {
        "/school/ects/": sides.inductions[whose],
        "/school/tutors/": sides.memberships["tutor" if whose == "own" else "tutor elsewhere"],
        "/inbox/": ids["message"],
        "/attachments/": ids["word"],
        "/papers/": ids["paper"],
        "/submissions/": ids["doubtful"],
        "/ects/": sides.inductions[whose],
        "/schools/": sides.schools[whose],
        "/staff/": ids["spare"],
        "/people/": sides.people["ect" if whose == "own" else "ect elsewhere"],
        "/holds/": ids["hold"],
    }
    thing = next((str(one) for prefix, one in things.items() if row.path.startswith(prefix)), "no-such-thing")
    parts = {"id:uuid": thing, "page:int": "1", "key": "period_end", "token": "unknown", "ending": "pass"}
    return re.sub(r"{([^}]+)}", lambda found: parts.get(found[1], thing), row.path)


def expectation(row: Row, who: str | None, whose: str) -> str:
    """What must come of it. The default is no."""
    if f"{row.method} {row.path}" in EVERYONE:
        return OPEN
    if who is None:
        return SIGN_IN
    if who in STAFF:
        return OPEN if who in STAFF_BY_ROW.get(f"{row.method} {row.path}", ()) else FORBIDDEN
    cell = SCHOOL_ROWS.get((row.method, row.path))
    if cell is None or who not in cell.may:
        return FORBIDDEN
    if cell.own is None:
        return OPEN
    return OPEN if who in (cell.own if whose == "own" else cell.other) else MISSING


def outcome(row: Row, browser: TestClient, sides: Sides, whose: str) -> str:
    answers = {"school": str(sides.schools[whose])} if row.path.endswith("/tutor") else {}
    answer = browser.request(row.method, address(row, sides, whose), data=answers if row.method == "POST" else None)
    if answer.status_code == 303 and answer.headers["location"].startswith(("/sign-in", "/school/sign-in")):
        return SIGN_IN
    known = {403: FORBIDDEN, 404: MISSING}
    if answer.status_code in known:
        return known[answer.status_code]
    assert answer.status_code < 400 or answer.status_code in {409, 410, 422}, (row.path, answer.status_code)
    return OPEN


def test_every_row_that_a_school_role_opens_has_an_expectation() -> None:
    opened = frozenset().union(*(acts for role, acts in TABLE.items() if role not in BODY_ROLES))
    theirs = {(row.method, row.path) for row in ROUTES if isinstance(row.permission, Act) and row.permission in opened}
    assert theirs == set(SCHOOL_ROWS)


@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("who", [None, *STAFF, *WHO])
def test_each_meets_each_route(sides: Sides, who: str | None, whose: str) -> None:
    browser = browser_of(sides, who)
    # Refusals first, then looking, then what changes something: nothing may be gone before its turn comes.
    rows = sorted(
        (row for row in ROUTES if row.path not in ENDING),
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
    written = set(EVERYONE) | set(STAFF_BY_ROW) | {" ".join(pair) for pair in SCHOOL_ROWS}
    assert routes == written
    assert {f"{row.method} {row.path}" for row in ROUTES if row.permission is Everyone.EVERYONE} == set(EVERYONE)
