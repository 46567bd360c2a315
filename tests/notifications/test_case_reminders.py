"""The owner of a case hears of it a week before, the day before, on the day, and then weekly; nobody hears of a closed one."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from notifications import case_reminders
from notifications.reminders import Rung
from records import cases
from records.db import Database
from records.models.accounts import Account
from records.models.cases import Case, CaseKind, CaseOutcome
from records.models.notices import Notice
from records.people import add_address
from tests.support.builders import LATER, NOW, an_administrator, an_ect

DUE = date(2026, 4, 14)


def a_case(session: Session, *, reachable: bool = True) -> Case:
    actor = an_administrator(session)
    if reachable:
        add_address(session, session.get_one(Account, actor.account_id).person, "rowan@body.example", NOW)
    return cases.open_case(
        session,
        an_ect(session),
        CaseKind.CONCERN,
        summary="Too little time",
        received_on=date(2026, 3, 27),
        actor=actor,
        now=NOW,
    )


def test_the_ladder_of_a_case(sqlite: Database) -> None:
    with sqlite.writing() as session:
        assert a_case(session).due_on == DUE
        found = {
            days: letter.lines[0][0]
            for days in range(-14, 16)
            for letter in case_reminders.plan(session, DUE + timedelta(days=days))
        }
    assert found == {
        -7: Rung.WEEK_BEFORE,
        -1: Rung.DAY_BEFORE,
        0: Rung.ON_THE_DAY,
        1: Rung.OVERDUE,
        8: Rung.WEEKLY,
        15: Rung.WEEKLY,
    }


def test_a_letter_is_asked_for_once_a_day_and_names_nobody_in_full(database: Database) -> None:
    with database.writing() as session:
        a_case(session)
        assert [case_reminders.ask_for(session, DUE, LATER) for _time in range(2)] == [1, 1]
        [notice] = session.scalars(sa.select(Notice)).all()
        assert (notice.to_address, notice.kind) == ("rowan@body.example", "case_reminder")
        assert notice.content["items"][0]["initials"] == "AQ"
        assert "Quillfeather" not in str(notice.content)
        assert "Too little" not in str(notice.content)


def test_nobody_hears_of_a_closed_case_or_without_an_address(sqlite: Database) -> None:
    with sqlite.writing() as session:
        case = a_case(session)
        cases.close(
            session,
            case,
            CaseOutcome.SETTLED,
            on=date(2026, 3, 28),
            note="Done",
            actor=an_administrator(session, "b"),
            now=LATER,
        )
        assert case_reminders.plan(session, DUE) == []
    with sqlite.writing() as session:
        session.execute(sa.text("UPDATE person_address SET until = '2026-01-01'"))
        case = session.scalars(sa.select(Case)).one()
        cases.reopen(session, case, "Not done", an_administrator(session, "c"), LATER)
        assert case_reminders.plan(session, DUE) == []
