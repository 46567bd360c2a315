"""Notices that did not arrive: a decision that was not told has no day of receipt, and somebody must see to it."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import outcome_corrections, outcomes, serving
from records.db import Database
from records.events import Actor
from records.models.cases import Case, CaseKind
from records.models.inductions import AssessmentKind, AssessmentPoint, Extension, Induction, Outcome
from records.models.notices import Notice
from records.notices import ask, decision_key
from records.states import Claim, NoticeState, move
from tests.support.builders import LATER, MACHINE, NOW, an_administrator, an_ect, expected

TODAY, AFTER = date(2026, 3, 30), date(2026, 3, 31)
END = date(2026, 3, 27)


def failed(session: Session, actor: Actor, induction: Induction | None = None) -> tuple[Induction, Notice]:
    """An induction that ended with a fail, and its notice on the way to the ECT."""
    induction = induction or an_ect(session)
    expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, END, AssessmentPoint.FINAL).accepted_at = NOW
    session.flush()
    session.refresh(induction)
    made = outcomes.conclude(
        session, induction, Outcome.FAIL, on=END, terms=Decimal(6), actor=actor, now=NOW, notice_sent_on=TODAY
    )
    return induction, letter(session, induction, made.id)


def letter(session: Session, induction: Induction, decision: uuid.UUID, to: uuid.UUID | None = None) -> Notice:
    notice = ask(
        session,
        kind="outcome",
        key=f"{decision_key(decision)}{to or induction.person_id}",
        to_address="amara@home.example",
        now=NOW,
        content={"sent_on": TODAY.isoformat()},
        to_person_id=to or induction.person_id,
        about_person_id=induction.person_id,
    )
    move(session, notice, NoticeState.SENDING, MACHINE, "claimed", NOW, claim=Claim("test", LATER))
    move(session, notice, NoticeState.SENT, MACHINE, "taken", NOW)
    return notice


def came_back(session: Session, notice: Notice) -> None:
    assert serving.note_bounce(session, notice.letter_id, "550 no such user", LATER, permanent=True) is not None


def cases_open(session: Session) -> list[Case]:
    return list(session.scalars(sa.select(Case).where(Case.kind == CaseKind.NOTICE, Case.closed_on.is_(None))))


def test_a_notice_that_comes_back_loses_its_day_and_opens_a_case_for_who_decided(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        induction, notice = failed(session, actor)
        came_back(session, notice)
        assert (induction.outcome, induction.notice_sent_on) == (Outcome.FAIL, None)
        [case] = cases_open(session)
        assert (case.owner_id, case.due_on, case.induction_id) == (actor.account_id, AFTER, induction.id)
        assert "550 no such user" in (case.note or "")


def test_the_notice_of_an_extension_loses_its_day_too(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        one = outcomes.extend(session, induction, terms=Decimal(1), actor=actor, now=NOW, notice_sent_on=TODAY)
        came_back(session, letter(session, induction, one.id))
        assert session.get_one(Extension, one.id).notice_sent_on is None
        assert [case.owner_id for case in cases_open(session)] == [actor.account_id]


def test_a_day_noted_since_stays(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        induction, notice = failed(session, actor)
        tomorrow = NOW.replace(day=31)
        outcomes.record_notice(session, induction, AFTER, actor, tomorrow)
        came_back(session, notice)
        assert (induction.notice_sent_on, cases_open(session)) == (AFTER, [])


def test_a_copy_to_the_school_that_comes_back_opens_a_case_and_leaves_the_ects_day(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        induction, notice = failed(session, actor)
        decision = uuid.UUID(notice.key.split(":")[1])
        head = an_ect(session, induction.posts[0].school, trn="7654321", name=("Lena", "Larkspur")).person
        came_back(session, letter(session, induction, decision, head.id))
        assert induction.notice_sent_on == TODAY
        [case] = cases_open(session)
        assert "headteacher" in case.summary


@pytest.mark.parametrize("again", [False, True], ids=["taken back", "decided again"])
def test_the_letter_of_a_decision_that_stands_no_more_touches_no_other(database: Database, again: bool) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        induction, notice = failed(session, actor)
        outcome_corrections.take_back(session, induction, "The wrong ECT", actor, LATER)
        if again:
            outcomes.conclude(
                session, induction, Outcome.FAIL, on=END, terms=Decimal(6), actor=actor, now=LATER, notice_sent_on=TODAY
            )
        came_back(session, notice)
        assert (induction.notice_sent_on, cases_open(session)) == (TODAY if again else None, [])


def test_any_other_letter_that_comes_back_opens_no_case(sqlite: Database) -> None:
    with sqlite.writing() as session:
        notice = ask(session, kind="receipt", key="receipt:1", to_address="lena@harrowgill.example", now=NOW)
        move(session, notice, NoticeState.SENDING, MACHINE, "claimed", NOW, claim=Claim("test", LATER))
        move(session, notice, NoticeState.SENT, MACHINE, "taken", NOW)
        came_back(session, notice)
        assert (notice.state, cases_open(session)) == (NoticeState.BOUNCED, [])
