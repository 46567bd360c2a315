"""Whatever people enter in whatever order, the record stays sound: random walks through the acts that write."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from records import entries, outcome_corrections, outcomes, periods
from records.allowances import longer_by, shorter_by
from records.db import Database
from records.entry_forms import FORMS, Entry
from records.events import Actor
from records.inductions import start_induction
from records.models.inductions import AssessmentKind, AssessmentPoint, Induction, Outcome
from records.models.people import Person
from records.standing import standing_of
from records.values import Wrong
from tests.support.builders import LATER, NOW, a_school, an_administrator, an_ect, expected
from tests.support.databases import sqlite_database

TODAY = date(2026, 3, 30)
DAYS = st.dates(date(2022, 9, 1), TODAY)
NEAR = st.dates(date(2025, 9, 2), TODAY)
"""Within the running period: what happens here meets what happened before."""
AMOUNTS = st.decimals(0, 8, places=1)


@pytest.fixture(scope="module")
def one_database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sqlite_database(sqlite_template, tmp_path_factory.mktemp("walks")) as database:
        yield database


Step = Callable[[Session, Person, Actor], None]


def _latest(session: Session, person: Person) -> Induction:
    found = session.scalars(sa.select(Induction).where(Induction.person_id == person.id)).all()
    return next((one for one in found if one.outcome is None), found[-1])


def _conclude(outcome: Outcome, on: date, terms: Decimal) -> Step:
    def step(session: Session, person: Person, actor: Actor) -> None:
        induction = _latest(session, person)
        if outcome is Outcome.RELEASE:
            outcomes.release(session, induction, on=on, terms=terms, actor=actor, now=LATER)
            return
        outcomes.conclude(session, induction, outcome, on=on, terms=terms, actor=actor, now=LATER, notice_sent_on=TODAY)

    return step


def _register(on: date) -> Step:
    def step(session: Session, person: Person, actor: Actor) -> None:
        school = _latest(session, person).posts[0].school
        start_induction(session, person, school, starts_on=on, actor=actor, now=NOW)

    return step


def _take_back(session: Session, person: Person, actor: Actor) -> None:
    outcome_corrections.take_back(session, _latest(session, person), "A slip", actor, LATER)


def _enter(entry: Entry, **written: str) -> Step:
    def step(session: Session, person: Person, actor: Actor) -> None:
        entries.add(session, _latest(session, person), FORMS[entry], written, actor, LATER)

    return step


def _elsewhere(start: date, length: int, terms: Decimal) -> Step:
    end = start + timedelta(days=length)
    dates = {"starts_on": start.isoformat(), "ends_on": end.isoformat()}
    return _enter(Entry.PERIOD, body_name="Another Hub", terms=str(terms), papers_held="true", **dates)


def _absent(days: int, part: str) -> Step:
    return _enter(Entry.ABSENCE, kind="ordinary", days=str(days), part=part)


def _reduced(terms: Decimal) -> Step:
    return _enter(Entry.REDUCTION, terms=str(terms), decided_on="2026-01-05", consent_on="2026-01-05")


def _left_and_came_back(left: date, came: date, terms: Decimal) -> Step:
    def step(session: Session, person: Person, actor: Actor) -> None:
        _conclude(Outcome.RELEASE, left, terms)(session, person, actor)
        _register(came)(session, person, actor)

    return step


STEPS = st.one_of(
    st.builds(_conclude, st.sampled_from(list(Outcome)), NEAR, AMOUNTS),
    st.builds(_left_and_came_back, NEAR, NEAR, AMOUNTS),
    st.builds(_register, NEAR),
    st.just(_take_back),
    st.builds(_elsewhere, DAYS, st.integers(-5, 400), AMOUNTS),
    st.builds(_absent, st.integers(0, 60), st.sampled_from(["1", "2"])),
    st.builds(_reduced, AMOUNTS),
)


def _sound(session: Session, person: Person) -> None:
    spans = [periods.span(row) for row in periods.of_person(session, person.id)]
    assert periods.problems(spans, person.qts_on) == []
    found = session.scalars(sa.select(Induction).where(Induction.person_id == person.id)).all()
    assert sum(one.outcome in {Outcome.PASS, Outcome.FAIL} for one in found) <= 1
    assert sum(one.outcome is None for one in found) <= 1
    for induction in found:
        open_ones = [one for one in induction.periods if one.ends_on is None]
        assert len(open_ones) <= 1
        assert not (open_ones and induction.outcome is not None)
        assert induction.required_terms == Decimal(6) + longer_by(induction) - shorter_by(induction)
        assert induction.required_terms - longer_by(induction) >= 1
        account = standing_of(session, induction, TODAY).account
        assert account.remaining == max(Decimal(0), account.required - account.served)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=2, max_size=8))
def test_no_order_of_acts_breaks_what_always_holds(one_database: Database, steps: list[Step]) -> None:
    with one_database.writing() as session:
        induction, actor = an_ect(session, a_school(session)), an_administrator(session)
        final = expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, TODAY, AssessmentPoint.FINAL)
        final.accepted_at = NOW
        induction.person.qts_on = date(2022, 10, 1)
        session.flush()
        session.expire_all()
        person = induction.person
        for step in steps:
            try:
                with session.begin_nested():
                    step(session, person, actor)
            except Wrong:
                session.expire_all()
            _sound(session, person)
        session.rollback()
