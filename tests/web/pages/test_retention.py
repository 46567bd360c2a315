"""The retention page shows the very plan that is carried out, and holds are placed and lifted there."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from records import outcomes, retention
from records.events import Actor
from records.models.events import Event
from records.models.inductions import AssessmentKind, AssessmentPoint, Outcome
from records.models.retention import Hold
from records.retention import PRESETS
from tests.support.builders import expected
from tests.support.house import World, induction_of, text_of


@pytest.fixture
def passed(desk: World) -> World:
    """Amara passed; six years and a day later."""
    with desk.db.writing() as session:
        induction = induction_of(desk, session)
        final = expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 20), AssessmentPoint.FINAL)
        final.accepted_at = desk.now
        session.flush()
        session.refresh(induction)
        actor = Actor.person(desk.ids["assessor"])
        outcomes.conclude(session, induction, Outcome.PASS, on=date(2026, 3, 27), terms=Decimal(6), actor=actor, now=desk.now)
    desk.later(days=365 * 6 + 3)
    return desk


def page(world: World, user_name: str = "officer") -> str:
    return text_of(world.client(user_name).get("/retention").text)


def test_plan_is_shown_with_names_dates_and_counts(passed: World) -> None:
    passed.settings = replace(passed.settings, lets_go_at="2:30am")
    passed.made = None
    text = page(passed)
    assert "goes by itself each night at 2:30am" in text
    assert "Amara Quillfeather, due since 27 March 2032, counted from 27 March 2026" in text
    with passed.db.reading() as session:
        planned = retention.plan(session, PRESETS["status-kept"], passed.now)
    assert len(planned.departures) == 1
    assert "Forms 2" in text


def test_hold_keeps_it_back_until_it_is_lifted(passed: World) -> None:
    browser = passed.client("officer")
    path = f"/ects/{passed.ids['induction']}/hold"
    answer = browser.post(path, data={"reason": "An appeal is running"})
    assert answer.headers["location"] == path
    text = page(passed)
    assert "Nothing is due to go" in text
    assert "Kept back by a hold Amara Quillfeather" in text
    assert "An appeal is running" in text
    with passed.db.reading() as session:
        hold_id = session.scalars(sa.select(Hold.id)).one()
    for _twice in range(2):
        assert browser.post(f"/holds/{hold_id}/lift").headers["location"] == "/retention"
    assert "due since 27 March 2032" in page(passed)
    with passed.db.reading() as session:
        kinds = session.scalars(sa.select(Event.kind).where(Event.kind.startswith("hold_")).order_by(Event.happened_at)).all()
    assert sorted(kinds) == ["hold_lifted", "hold_placed"], "lifting twice is one lift"
    history = text_of(passed.client("assessor").get(f"/ects/{passed.ids['induction']}").text)
    assert "The record was put on hold" in history


def test_leaver_is_a_question_for_a_person(desk: World) -> None:
    with desk.db.writing() as session:
        actor = Actor.person(desk.ids["assessor"])
        outcomes.release(
            session, induction_of(desk, session), on=date(2026, 3, 27), terms=Decimal(1), actor=actor, now=desk.now
        )
    assert "Amara Quillfeather : The ECT left before completing; the policy names no day for leavers" in page(desk, "assessor")


def test_hold_without_a_reason_or_with_a_day_gone_by_is_refused(desk: World) -> None:
    browser, path = desk.client("assessor"), f"/ects/{desk.ids['induction']}/hold"
    assert "Enter why the data must be kept" in browser.post(path, data={"reason": " "}).text
    late = {"reason": "appeal", "review-day": "1", "review-month": "1", "review-year": "2026"}
    answer = browser.post(path, data=late)
    assert answer.status_code == 422
    assert "must not be in the past" in answer.text
    with desk.db.reading() as session:
        assert session.scalars(sa.select(Hold)).all() == []


def test_without_a_policy_nothing_goes_and_the_page_says_so(desk: World) -> None:
    desk.settings = replace(desk.settings, retention=None)
    desk.made = None
    assert "nothing goes by itself" in page(desk)
