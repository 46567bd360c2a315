"""The DfE's error file: messages reach the ECTs they are about, rows are offered again, and nothing is taken in twice."""

from datetime import date

import pytest
import sqlalchemy as sa

from records.db import Database
from records.exports import dfe, dfe_refusals
from records.models.events import Event
from records.models.exports import DfeRefusal, ExportKind
from records.models.inductions import ProgrammeKind
from records.values import Wrong
from tests.support.builders import LATER, NOW, an_administrator, an_ect

TODAY = LATER.date()
CLAIMS = '"TRN","Date of birth","Induction programme","Induction period start date","Error message"\r\n'
ROW = '"1234567","1999-05-17","provider-led","2025-09-01","Trainee has an open period, with another body"\r\n'


def test_a_message_is_attached_and_its_row_is_offered_again(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        induction.programme = ProgrammeKind.PROVIDER_LED
        session.flush()
        dfe.note_exported(session, dfe.to_tell(session, TODAY), actor, NOW)
        assert dfe.to_tell(session, TODAY).claims == ()
        other = ROW.replace("1234567", "7654321")
        taken = dfe_refusals.take_in(session, (CLAIMS + ROW + other).encode(), "Errors for claims.csv", actor, LATER)
        assert (taken.kind, taken.known_already, taken.unknown) == (ExportKind.CLAIMS, 0, [(3, "7654321")])
        [refusal] = dfe_refusals.open_refusals(session, induction.id)
        assert refusal.message == "Trainee has an open period, with another body"
        assert refusal.about == "1234567, 1999-05-17, provider-led, 2025-09-01"
        assert [row.cells[0] for row in dfe.to_tell(session, TODAY).claims] == ["1234567"]
        again = dfe_refusals.take_in(session, (CLAIMS + ROW).encode(), "Errors for claims.csv", actor, LATER)
        assert (again.attached, again.known_already) == ([], 1)
        assert session.scalar(sa.select(sa.func.count()).select_from(DfeRefusal)) == 1


def test_a_refusal_stays_until_it_is_settled_once(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        actor = an_administrator(session)
        [refusal] = dfe_refusals.take_in(session, (CLAIMS + ROW).encode(), "errors.csv", actor, NOW).attached
        for _ in range(2):
            dfe_refusals.settle(session, refusal, actor, LATER)
        assert dfe_refusals.open_refusals(session) == []
        assert refusal.settled_by_id == actor.account_id
        kinds = session.scalars(sa.select(Event.kind).where(Event.subject_id == refusal.id)).all()
        assert sorted(kinds) == ["dfe_refusal_settled", "dfe_refused"]


def test_an_outcome_goes_to_the_induction_whose_period_ended_then(database: Database) -> None:
    header = '"Error message","Outcome","Number of terms","Induction period end date","Date of birth","TRN"\n'
    row = '"\'=odd","pass","6","2024-07-19","1999-05-17","1234567"\n'
    with database.writing() as session:
        induction = an_ect(session)
        taken = dfe_refusals.take_in(session, (header + row).encode(), "x.csv", an_administrator(session), NOW)
        assert taken.kind is ExportKind.OUTCOMES
        assert [(one.induction_id, one.message) for one in taken.attached] == [(induction.id, "=odd")]


def test_a_row_that_ends_early_is_one_that_nobody_here_is_known_by(database: Database) -> None:
    content = b"Error message,TRN,Date of birth,Induction programme,Induction period start date\nbad TRN\n"
    with database.writing() as session:
        an_ect(session)
        taken = dfe_refusals.take_in(session, content, "x.csv", an_administrator(session), NOW)
        assert (taken.attached, taken.unknown) == ([], [(2, "")])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"TRN,Name\n1234567,Amara\n", "is no error file"),
        (CLAIMS.encode(), "holds no error messages"),
        ((CLAIMS + ROW.replace("Trainee has an open period, with another body", "")).encode(), "holds no error messages"),
    ],
)
def test_another_file_is_refused_in_words(database: Database, content: bytes, why: str) -> None:
    with database.writing() as session:
        an_ect(session)
        with pytest.raises(Wrong, match=why):
            dfe_refusals.take_in(session, content, "file.csv", an_administrator(session), NOW)


def test_what_is_ready_ahead_waits_for_its_day(database: Database) -> None:
    starts = date(2025, 9, 1)
    with database.writing() as session:
        induction = an_ect(session)
        induction.programme = ProgrammeKind.SCHOOL_LED
        session.flush()
        before = dfe.to_tell(session, date(2025, 8, 31))
        assert (before.claims, before.by_hand, before.files()) == ((), (), [])
        assert [(row.kind, row.from_on) for row in before.prepared] == [(ExportKind.CLAIMS, starts)]
        on_the_day = dfe.to_tell(session, starts)
        assert on_the_day.prepared == ()
        assert [row.cells for row in on_the_day.claims] == [before.prepared[0].cells]
