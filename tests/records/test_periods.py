"""Periods never overlap and an induction is taken once: as rules, in the functions that write, and when two write at once."""

import threading
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from records import entries, outcomes
from records.db import Database
from records.entry_forms import FORMS, Entry
from records.inductions import start_induction
from records.models.inductions import (
    AssessmentKind,
    AssessmentPoint,
    Induction,
    InductionPeriod,
    Outcome,
    Source,
)
from records.periods import Span, problems
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, an_administrator, an_ect, expected

DAYS = st.dates(date(2019, 9, 1), date(2029, 8, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = draw(DAYS)
    length = draw(st.one_of(st.none(), st.integers(0, 500)))
    return Span(first, None) if length is None else Span(first, first + timedelta(days=length), Decimal(2))


@given(st.lists(spans(), max_size=5))
def test_periods_are_sound_exactly_where_no_day_belongs_to_two(every: list[Span]) -> None:
    # Said the other way round: day by day, and not by neighbours.
    days = [
        (one.starts_on + timedelta(days=n))
        for one in every
        for n in range(((one.ends_on or date(2032, 1, 1)) - one.starts_on).days + 1)
    ]
    assert (problems(every, None) == []) == (len(days) == len(set(days)))


@pytest.mark.parametrize(
    ("span", "qts_on", "words"),
    [
        (Span(date(2025, 9, 1), None), date(2025, 9, 2), "QTS"),
        (Span(date(1999, 8, 31), date(2000, 1, 1), Decimal(1)), None, "1 September 1999"),
        (Span(date(2025, 9, 1), None, Decimal(2)), None, "not before"),
        (Span(date(2025, 9, 1), date(2026, 1, 1)), None, "nobody knows"),
        (Span(date(2025, 9, 1), date(2026, 1, 1), Decimal("16.1")), None, "between 0 and 16"),
        (Span(date(2025, 9, 1), date(2025, 8, 1), Decimal(1)), None, "on or after"),
    ],
)
def test_a_period_that_cannot_be_is_said_in_words(span: Span, qts_on: date | None, words: str) -> None:
    assert any(words in problem for problem in problems([span], qts_on))


def test_a_period_may_start_on_the_day_of_qts_and_end_with_unknown_terms() -> None:
    assert problems([Span(date(2025, 9, 1), None)], date(2025, 9, 1)) == []
    assert problems([Span(date(2025, 9, 1), date(2026, 1, 1), None, terms_unknown=True)], None) == []


def test_nobody_is_registered_before_qts(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = an_ect(session).person
        school = person_induction(session, person.id).posts[0].school
        outcomes.release(
            session, person_induction(session, person.id), on=date(2026, 3, 20), terms=Decimal(2),
            actor=an_administrator(session), now=LATER,
        )  # fmt: skip
        person.qts_on = date(2026, 9, 1)
        with pytest.raises(Wrong, match="QTS"):
            start_induction(session, person, school, starts_on=date(2026, 8, 31), actor=MACHINE, now=NOW)
        session.rollback()


def person_induction(session: sa.orm.Session, person_id: uuid.UUID) -> Induction:
    return session.scalars(sa.select(Induction).where(Induction.person_id == person_id)).one()


def test_who_left_may_come_back_but_not_into_the_time_already_served(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        outcomes.release(session, induction, on=date(2026, 3, 20), terms=Decimal(2), actor=actor, now=LATER)
        with pytest.raises(Wrong, match="is over"):
            start_induction(
                session, induction.person, induction.posts[0].school, starts_on=date(2026, 3, 20), actor=MACHINE, now=NOW
            )
        session.rollback()


def test_who_passed_is_never_registered_again(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        expected(
            session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 20), AssessmentPoint.FINAL
        ).accepted_at = NOW
        session.flush()
        session.refresh(induction)
        outcomes.conclude(session, induction, Outcome.PASS, on=date(2026, 3, 20), terms=Decimal(6), actor=actor, now=LATER)
        with pytest.raises(Wrong, match="only once"):
            start_induction(
                session, induction.person, induction.posts[0].school, starts_on=date(2026, 9, 1), actor=MACHINE, now=NOW
            )


def test_the_database_itself_holds_one_outcome_and_one_open_period(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        induction.outcome, induction.completed_on = Outcome.FAIL, date(2026, 3, 20)
        person_id, induction_id = induction.person_id, induction.id
    second = Induction(
        person_id=person_id, outcome=Outcome.PASS, completed_on=date(2026, 3, 27), source=Source.IMPORT, recorded_at=NOW
    )
    twice = InductionPeriod(induction_id=induction_id, starts_on=date(2027, 1, 1), source=Source.IMPORT, recorded_at=NOW)
    for row in (second, twice):
        with pytest.raises(IntegrityError), database.writing() as session:
            session.add(row)


def test_of_two_who_write_the_same_time_at_once_one_is_refused(database: Database) -> None:
    with database.writing() as session:
        induction_id = an_ect(session).id
        actors = [an_administrator(session, name) for name in ("first", "second", "third")]
    gate, refusals, done = threading.Barrier(3), [], []

    def write(number: int) -> None:
        written = {
            "body_name": f"Hub {number}",
            "starts_on": "2024-09-01",
            "ends_on": "2025-07-20",
            "terms": "3",
            "papers_held": "true",
        }
        gate.wait()
        try:
            with database.writing() as session:
                induction = session.get_one(Induction, induction_id)
                entries.add(session, induction, FORMS[Entry.PERIOD], written, actors[number], LATER)
        except Wrong as refusal:
            refusals.append(str(refusal))
        else:
            done.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        kept = session.scalars(sa.select(InductionPeriod).where(InductionPeriod.body_name.is_not(None))).all()
    assert (len(kept), len(done), len(refusals)) == (1, 1, 2)
    assert all("is over" in refusal for refusal in refusals)


def test_of_two_who_decide_at_once_one_is_refused(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        final = expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 20), AssessmentPoint.FINAL)
        final.accepted_at = NOW
        induction_id, actors = induction.id, [an_administrator(session, name) for name in ("first", "second")]
    gate, refusals = threading.Barrier(2), []

    def decide(number: int) -> None:
        outcome = (Outcome.PASS, Outcome.FAIL)[number]
        with database.reading() as session:
            # Both have the page with the open induction before them.
            session.get_one(Induction, induction_id)
        gate.wait()
        try:
            with database.writing() as session:
                outcomes.conclude(
                    session, session.get_one(Induction, induction_id), outcome, on=date(2026, 3, 20), terms=Decimal(6),
                    actor=actors[number], now=LATER, notice_sent_on=date(2026, 3, 25),
                )  # fmt: skip
        except Wrong as refusal:
            refusals.append(str(refusal))

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals == ["This induction has its outcome already"]
