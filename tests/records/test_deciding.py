"""The statutory checks before a decision: each says whether it holds, and none of them decides."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from records import cases, deciding
from records.db import Database
from records.models.cases import CaseKind, CaseOutcome
from records.models.inductions import (
    Assessment,
    AssessmentKind,
    AssessmentPoint,
    Certainty,
    Induction,
    InductionPeriod,
    Outcome,
    SignOff,
    SignOffHow,
    Source,
)
from tests.support.builders import LATER, NOW, a_submission, an_administrator, an_ect, expected

TODAY = date(2026, 3, 30)


def _complete(session: Session) -> tuple[Induction, Assessment]:
    """Every check holds: six terms served, the final assessment signed by all and received a fortnight ago."""
    induction = an_ect(session)
    final = expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 10), AssessmentPoint.FINAL)
    final.accepted_at, final.received_on, final.judgement = NOW, date(2026, 3, 12), "satisfactory"
    for role in deciding.SIGNING:
        session.add(SignOff(assessment_id=final.id, role=role, how=SignOffHow.TYPED, name="A"))
    session.add(
        InductionPeriod(
            induction_id=induction.id, body_name="Another Hub", starts_on=date(2023, 9, 1), ends_on=date(2025, 7, 20),
            terms=Decimal(6), source=Source.PERSON, certainty=Certainty.STATED, recorded_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    session.refresh(induction)
    return induction, final


def unmet(session: Session, induction: Induction, outcome: Outcome | None = Outcome.PASS, today: date = TODAY) -> list[str]:
    session.expire_all()
    return deciding.unmet(deciding.checks(session, induction, outcome, today))


def test_nothing_is_to_weigh_where_everything_holds(database: Database) -> None:
    with database.writing() as session:
        induction, _final = _complete(session)
        assert unmet(session, induction) == []


@pytest.mark.parametrize(
    ("outcome", "today", "words"),
    [
        # Twenty working days beginning with Thursday 12 March 2026, over Easter: Friday 10 April.
        (Outcome.PASS, date(2026, 4, 11), "The decision is due on 10 April 2026"),
        # Ten: Wednesday 25 March.
        (Outcome.FAIL, date(2026, 3, 25), "The ECT may make representations until 25 March 2026"),
        (Outcome.FAIL, TODAY, "The head recommended: satisfactory"),
        (None, TODAY, "The head recommended: satisfactory"),
    ],
)
def test_clocks_and_the_recommendation_are_weighed(sqlite: Database, outcome: Outcome | None, today: date, words: str) -> None:
    with sqlite.writing() as session:
        induction, _final = _complete(session)
        assert any(words in one for one in unmet(session, induction, outcome, today))


def test_a_pass_waits_for_no_representations(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, _final = _complete(session)
        assert unmet(session, induction, Outcome.PASS, date(2026, 3, 16)) == []


def test_papers_terms_and_sign_offs_that_are_missing_are_named(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, final = _complete(session)
        expected(session, induction, due_on=date(2025, 12, 19))
        expected(session, induction, due_on=date(2026, 12, 19))
        elsewhere = next(one for one in induction.periods if one.body_name)
        elsewhere.papers_held, elsewhere.terms = False, Decimal("4.5")
        session.delete(next(one for one in final.sign_offs if one.role == "headteacher"))
        session.flush()
        assert unmet(session, induction) == [
            "1 review or assessment is not in, due on 19 December 2025",
            "The papers of Another Hub are not held (2.75)",
            "1.5 terms are still to serve",
            "The final assessment is not signed off by the headteacher (2.61)",
        ]


def test_forms_of_the_ect_that_wait_for_review_are_named(database: Database) -> None:
    with database.writing() as session:
        induction, _final = _complete(session)
        waiting = a_submission(session)
        assert waiting.induction_id == induction.id
        assert unmet(session, induction) == ["Forms of this ECT that wait for review: 1"]


def test_open_cases_are_shown_and_closed_ones_not(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, _final = _complete(session)
        actor = an_administrator(session)
        case = cases.open_case(
            session, induction, CaseKind.DISPUTE, summary="Time to plan", received_on=TODAY, actor=actor, now=LATER
        )
        assert unmet(session, induction, Outcome.RELEASE) == ["Open dispute: Time to plan, due on 29 April 2026"]
        cases.close(session, case, CaseOutcome.SETTLED, on=TODAY, note="Given", actor=actor, now=LATER)
        assert unmet(session, induction, Outcome.RELEASE) == []
