"""Cases: each with its own clock, an owner, papers, an outcome, and a history of all of it."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import cases, decisions
from records.db import Database
from records.guidance import Guidance
from records.models.accounts import Account
from records.models.cases import Case, CaseKind, CaseOutcome
from records.models.events import Event, EventDetail
from records.models.people import Role
from records.people import add_membership
from records.states import NotAllowed
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, a_draft, a_submission, an_administrator, an_ect

CAME = date(2026, 3, 27)


def opened(session: Session, **changes: Any) -> Case:
    facts: dict[str, Any] = {"summary": "Too little time to plan", "received_on": CAME, "now": NOW}
    facts |= {"actor": an_administrator(session)} | changes
    return cases.open_case(session, an_ect(session), facts.pop("kind", CaseKind.CONCERN), **facts)


def details(session: Session, kind: str) -> list[dict[str, Any]]:
    found = session.scalars(sa.select(Event).where(Event.kind == kind))
    return [session.get_one(EventDetail, event.id).detail for event in found]


@pytest.mark.parametrize(
    ("kind", "recommended_on", "due_on", "rule"),
    [
        # Ten working days after Friday 27 March 2026, over Easter.
        (CaseKind.CONCERN, None, date(2026, 4, 14), "own rule"),
        (CaseKind.DISPUTE, None, date(2026, 4, 28), "own rule"),
        # Twenty beginning with it.
        (CaseKind.APPEAL, None, date(2026, 4, 27), "schedule 3, paragraph 6"),
        # The decision's clock runs from the recommendation, not from the representations.
        (CaseKind.REPRESENTATION, date(2026, 3, 20), date(2026, 4, 20), "regulation 11(5)"),
        (CaseKind.REPRESENTATION, None, date(2026, 4, 27), "regulation 11(5)"),
        (CaseKind.NOTICE, None, date(2026, 3, 30), "regulation 11(7)"),
    ],
)
def test_each_kind_has_its_clock(kind: CaseKind, recommended_on: date | None, due_on: date, rule: str) -> None:
    clock = cases.clock_of(kind, CAME, recommended_on)
    assert (clock.due_on, rule in clock.rule) == (due_on, True)


def test_the_bodys_own_numbers_are_settings() -> None:
    assert cases.clock_of(CaseKind.CONCERN, CAME, None, Guidance(concern_days=1)).due_on == date(2026, 3, 30)


def test_a_case_belongs_to_who_opened_it_until_it_is_handed_on(database: Database) -> None:
    with database.writing() as session:
        case = opened(session)
        first = case.owner_id
        other = session.get_one(Account, an_administrator(session, "other").account_id)
        assert other.id != first
        cases.change(
            session,
            case,
            summary=case.summary,
            note="Rang the school",
            owner=other,
            due_on=case.due_on,
            why="",
            actor=an_administrator(session, "third"),
            now=LATER,
        )
        assert case.owner_id == other.id
        assert details(session, "case_changed")[0]["changes"] == {
            "note": [None, "Rang the school"],
            "owner_id": [str(first), str(other.id)],
        }


def test_another_day_needs_a_reason_and_is_said_to_be_set_by_hand(sqlite: Database) -> None:
    with sqlite.writing() as session:
        case, actor = opened(session), an_administrator(session, "other")

        def postpone(why: str) -> None:
            cases.change(
                session, case, summary="x", note="", owner=None, due_on=date(2026, 5, 1), why=why, actor=actor, now=LATER
            )

        with pytest.raises(Wrong, match="why"):
            postpone("")
        postpone("The school is closed")
        assert (case.due_on, case.clock) == (date(2026, 5, 1), "set by hand: The school is closed")


def test_a_case_is_closed_with_an_outcome_and_opened_again_with_a_reason(database: Database) -> None:
    with database.writing() as session:
        case, actor = opened(session), an_administrator(session, "other")
        with pytest.raises(Wrong, match="sentence"):
            cases.close(session, case, CaseOutcome.UPHELD, on=CAME, note=" ", actor=actor, now=LATER)
        with pytest.raises(Wrong, match="before it came"):
            cases.close(session, case, CaseOutcome.UPHELD, on=date(2026, 3, 1), note="x", actor=actor, now=LATER)
        cases.close(session, case, CaseOutcome.UPHELD, on=CAME, note="More time was given", actor=actor, now=LATER)
        assert cases.open_cases(session, case.induction) == []
        assert cases.listed(session, cases.Shown.CLOSED, None) == [case]
        with pytest.raises(Wrong, match="closed"):
            cases.close(session, case, CaseOutcome.SETTLED, on=CAME, note="x", actor=actor, now=LATER)
        cases.reopen(session, case, "It was not", actor, LATER)
        assert (case.outcome, cases.open_cases(session, case.induction)) == (None, [case])
        assert details(session, "case_reopened")[0]["changes"]["outcome"] == ["upheld", None]


def test_only_papers_of_the_ect_go_with_the_case_and_each_once(sqlite: Database) -> None:
    with sqlite.writing() as session:
        case, actor = opened(session), an_administrator(session, "other")
        submission = a_submission(session, a_draft("support_plan"))
        decisions.accept(session, submission, actor, LATER)
        stranger = a_submission(session, a_draft(trn=None, date_of_birth=None, ect_name=None), body=b"another")
        assert submission.paper is not None
        assert stranger.paper is not None
        [paper] = cases.papers_to_add(session, case)
        cases.add_paper(session, case, paper, actor, LATER)
        assert [one.attachment_id for one in case.papers] == [submission.paper.parts[0].attachment_id]
        assert cases.papers_to_add(session, case) == []
        for wrong in (paper, stranger.paper.parts[0].attachment):
            with pytest.raises(Wrong, match="documents"):
                cases.add_paper(session, case, wrong, actor, LATER)


def test_the_list_holds_what_is_due_first_and_ones_own(sqlite: Database) -> None:
    with sqlite.writing() as session:
        actor = an_administrator(session)
        induction = an_ect(session)
        made = [
            cases.open_case(session, induction, kind, summary=kind, received_on=CAME, actor=actor, now=NOW)
            for kind in (CaseKind.DISPUTE, CaseKind.CONCERN)
        ]
        made[0].owner_id = None
        assert list(cases.listed(session, cases.Shown.OPEN, actor.account_id)) == [made[1], made[0]]
        assert list(cases.listed(session, cases.Shown.MINE, actor.account_id)) == [made[1]]


def test_owners_are_those_whose_work_it_is(sqlite: Database) -> None:
    with sqlite.writing() as session:
        account = session.get_one(Account, an_administrator(session).account_id)
        assert list(cases.owners(session, CAME)) == []
        add_membership(session, account.person, None, Role.READ_ONLY)
        assert list(cases.owners(session, CAME)) == []
        add_membership(session, account.person, None, Role.ASSESSOR)
        assert list(cases.owners(session, CAME)) == [account]


def test_a_machine_opens_no_case_and_none_comes_tomorrow(sqlite: Database) -> None:
    with sqlite.writing() as session:
        with pytest.raises(NotAllowed):
            opened(session, actor=MACHINE)
        session.rollback()
    with sqlite.writing() as session:
        with pytest.raises(Wrong, match="past"):
            opened(session, received_on=date(2026, 3, 31))
        session.rollback()
