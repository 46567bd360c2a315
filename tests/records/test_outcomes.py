"""How an induction ends: only by a person, only once, and only on the papers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import outcome_corrections, outcomes
from records.db import Database
from records.inductions import start_induction
from records.models.events import Event, EventDetail
from records.models.inductions import AssessmentKind, AssessmentPoint, Induction, Outcome, Post, Source
from records.states import NotAllowed
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, an_administrator, an_ect, expected

END = date(2026, 3, 27)


def _finished(session: Session) -> Induction:
    induction = an_ect(session)
    final = expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, END, AssessmentPoint.FINAL)
    final.accepted_at = NOW
    session.flush()
    session.refresh(induction)
    return induction


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.FAIL])
def test_a_decision_closes_the_period_and_the_posts(database: Database, outcome: Outcome) -> None:
    with database.writing() as session:
        induction = _finished(session)
        actor = an_administrator(session)
        outcomes.conclude(session, induction, outcome, on=END, terms=Decimal("5.9"), actor=actor, now=LATER, notice_sent_on=END)
        period = induction.periods[0]
        assert (period.ends_on, period.terms, period.outcome) == (END, Decimal("5.9"), outcome)
        assert (induction.outcome, induction.completed_on, induction.posts[0].ends_on) == (outcome, END, END)
        with pytest.raises(Wrong, match="already"):
            outcomes.conclude(session, induction, outcome, on=END, terms=Decimal(6), actor=actor, now=LATER)


@pytest.mark.parametrize("sent_on", [None, END - timedelta(days=1), date(2026, 4, 2)])
def test_a_fail_needs_its_written_notice_between_the_end_and_today(sqlite: Database, sent_on: date | None) -> None:
    with sqlite.writing() as session:
        induction, actor = _finished(session), an_administrator(session)
        with pytest.raises(Wrong, match="notice"):
            outcomes.conclude(
                session, induction, Outcome.FAIL, on=END, terms=Decimal(6), actor=actor, now=LATER, notice_sent_on=sent_on
            )
        assert (induction.outcome, induction.periods[0].ends_on) == (None, None)


def test_obstacles_are_told_all_at_once_and_none_stands_in_the_way_of_a_leaver(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        assert outcomes.obstacles(induction, Outcome.PASS) == ["The final assessment has not been accepted yet"]
        assert outcomes.obstacles(induction, Outcome.RELEASE) == []
        assert outcomes.obstacles(induction, None) == []
        induction.periods[0].body_name = "Another Hub"
        assert len(outcomes.obstacles(induction, Outcome.FAIL)) == 2
        assert outcomes.obstacles(induction, Outcome.RELEASE) == ["There is no open period with this body"]


def test_a_machine_never_decides(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = _finished(session)
        with pytest.raises(NotAllowed):
            outcomes.conclude(session, induction, Outcome.PASS, on=END, terms=Decimal(6), actor=MACHINE, now=LATER)
        with pytest.raises(NotAllowed):
            outcomes.release(session, induction, on=END, terms=Decimal(1), actor=MACHINE, now=LATER)
        with pytest.raises(NotAllowed):
            outcomes.extend(session, induction, terms=Decimal(1), actor=MACHINE, now=LATER)
        assert induction.outcome is None


def test_nobody_passes_without_an_accepted_final_assessment(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        with pytest.raises(Wrong, match="final assessment"):
            outcomes.conclude(
                session, induction, Outcome.PASS, on=END, terms=Decimal(6), actor=an_administrator(session), now=LATER
            )


@pytest.mark.parametrize(
    ("on", "terms", "words"),
    [
        (NOW.date() + timedelta(days=2), Decimal(6), "future"),
        (date(2025, 9, 1), Decimal(6), "after the start"),
        (END, Decimal("16.5"), "between 0 and 16"),
    ],
)
def test_impossible_ends_are_refused(sqlite: Database, on: date, terms: Decimal, words: str) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        with pytest.raises(Wrong, match=words):
            outcomes.release(session, induction, on=on, terms=terms, actor=an_administrator(session), now=LATER)


def test_an_extension_adds_to_the_terms_to_serve(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        outcomes.extend(session, induction, terms=Decimal("1.5"), actor=an_administrator(session), now=LATER)
        assert (induction.required_terms, induction.outcome) == (Decimal("7.5"), None)


def test_what_a_taken_back_outcome_had_ended_runs_again_and_nothing_else(database: Database) -> None:
    with database.writing() as session:
        induction, actor = _finished(session), an_administrator(session)
        before = Post(
            induction_id=induction.id, school_id=induction.posts[0].school_id, starts_on=date(2025, 9, 1), ends_on=END,
            source=Source.PERSON, recorded_at=NOW,
        )  # fmt: skip
        session.add(before)
        outcomes.conclude(
            session, induction, Outcome.FAIL, on=END, terms=Decimal(6), actor=actor, now=LATER, notice_sent_on=END,
            decided_on=END, despite=["It is not signed"],
        )  # fmt: skip
        outcome_corrections.take_back(session, induction, "The wrong ECT", actor, LATER)
        period = induction.periods[0]
        assert (period.ends_on, period.terms, period.outcome) == (None, None, None)
        assert (induction.outcome, induction.outcome_on, induction.completed_on, induction.notice_sent_on) == (None,) * 4
        assert {post.ends_on for post in induction.posts if post is not before} == {None}
        assert before.ends_on == END
        event = session.scalars(sa.select(Event).where(Event.kind == "outcome_taken_back")).one()
        detail = session.get_one(EventDetail, event.id).detail
        assert (detail["why"], detail["changes"]["outcome"], detail["changes"]["terms"]) == (
            "The wrong ECT",
            ["fail", None],
            ["6", None],
        )
        outcomes.conclude(session, induction, Outcome.PASS, on=END, terms=Decimal(6), actor=actor, now=LATER)
        assert induction.outcome is Outcome.PASS


def test_an_outcome_is_not_taken_back_once_the_ect_was_registered_anew(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        outcomes.release(session, induction, on=END, terms=Decimal(2), actor=actor, now=LATER)
        start_induction(
            session, induction.person, induction.posts[0].school, starts_on=date(2026, 4, 13), actor=MACHINE, now=LATER
        )
        with pytest.raises(Wrong, match="registered anew"):
            outcome_corrections.take_back(session, induction, "It was wrong", actor, LATER)


def test_taking_back_needs_a_person_a_reason_and_an_outcome(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        with pytest.raises(Wrong, match="no outcome"):
            outcome_corrections.take_back(session, induction, "Why not", actor, LATER)
        with pytest.raises(Wrong, match="Say why"):
            outcome_corrections.take_back(session, induction, " ", actor, LATER)
        with pytest.raises(NotAllowed):
            outcome_corrections.take_back(session, induction, "Because", MACHINE, LATER)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"decided_on": date(2026, 4, 2)}, "decision must not be in the future"),
        ({"decided_on": date(2026, 3, 29), "notice_sent_on": date(2026, 3, 28)}, "before the decision"),
    ],
)
def test_days_that_contradict_each_other_are_refused(sqlite: Database, days: dict[str, date], words: str) -> None:
    with sqlite.writing() as session:
        induction, actor = _finished(session), an_administrator(session)
        with pytest.raises(Wrong, match=words):
            outcomes.conclude(session, induction, Outcome.PASS, on=END, terms=Decimal(6), actor=actor, now=LATER, **days)  # type: ignore[arg-type]
