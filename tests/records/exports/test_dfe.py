"""The DfE's files: always such as its service takes, told once, and told again when they change."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from records import outcome_corrections, outcomes
from records.db import Database
from records.exports import dfe
from records.exports.dfe_files import upload_files
from records.exports.dfe_rules import CLAIM_HEADER, one_decimal
from records.models.exports import ExportKind
from records.models.inductions import (
    AssessmentKind,
    AssessmentPoint,
    Induction,
    InductionPeriod,
    Outcome,
    ProgrammeKind,
)
from tests.support.builders import LATER, NOW, a_school, an_administrator, an_ect, expected
from tests.support.databases import sqlite_database
from tests.support.dfe_upload import refusals

TODAY = LATER.date()


def _ready(session: Session, **facts: object) -> Induction:
    induction = an_ect(session, **facts)  # type: ignore[arg-type]
    induction.programme = ProgrammeKind.PROVIDER_LED
    session.flush()
    return induction


def _passed(session: Session) -> Induction:
    induction = _ready(session)
    expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, TODAY, AssessmentPoint.FINAL).accepted_at = NOW
    session.flush()
    session.refresh(induction)
    outcomes.conclude(
        session,
        induction,
        Outcome.PASS,
        on=date(2026, 3, 27),
        terms=Decimal("1.25"),
        actor=an_administrator(session),
        now=LATER,
    )
    return induction


def test_a_new_ect_is_claimed_and_a_passed_one_is_concluded(database: Database) -> None:
    with database.writing() as session:
        _passed(session)
        told = dfe.to_tell(session, TODAY)
    files = {one.name: one.content.decode() for one in told.files()}
    assert files == {
        "claims.csv": "TRN,Date of birth,Induction programme,Induction period start date\n"
        "1234567,1999-05-17,provider-led,2025-09-01\n",
        "outcomes.csv": "TRN,Date of birth,Induction period end date,Number of terms,Outcome\n"
        "1234567,1999-05-17,2026-03-27,1.3,pass\n",
    }


def test_what_is_taken_back_after_it_was_told_is_corrected_by_hand_and_nothing_else_is(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = _passed(session), an_administrator(session, "other")
        outcome_corrections.take_back(session, induction, "The wrong ECT", actor, LATER)
        assert dfe.to_tell(session, TODAY).by_hand == (), "the DfE was never told"
        hour = timedelta(hours=1)
        outcomes.conclude(
            session, induction, Outcome.PASS, on=date(2026, 3, 27), terms=Decimal(2), actor=actor, now=LATER + hour
        )
        dfe.note_exported(session, dfe.to_tell(session, TODAY), actor, LATER + 2 * hour)
        outcome_corrections.take_back(session, induction, "Still the wrong one", actor, LATER + 3 * hour)
        told = dfe.to_tell(session, TODAY)
        assert [row.cells[2] for row in told.by_hand] == ["Taken back on 30 March 2026: the outcome or extension told before"]
        assert told.outcomes == ()
        dfe.note_exported(session, told, actor, LATER + 4 * hour)
        assert dfe.to_tell(session, TODAY).by_hand == ()


def test_a_row_is_told_once_and_again_only_after_it_changed(database: Database) -> None:
    with database.writing() as session:
        induction = _ready(session)
        actor = an_administrator(session)
        dfe.note_exported(session, dfe.to_tell(session, TODAY), actor, NOW)
        assert dfe.to_tell(session, TODAY).claims == ()
        assert len(dfe.to_tell(session, TODAY, again=True).claims) == 1
        induction.programme = ProgrammeKind.SCHOOL_LED
        session.flush()
        changed = dfe.to_tell(session, TODAY)
        assert [row.cells[2] for row in changed.claims] == ["school-led"]
        dfe.note_exported(session, changed, actor, LATER)
        induction.programme = ProgrammeKind.PROVIDER_LED
        session.flush()
        assert len(dfe.to_tell(session, TODAY).claims) == 1


def test_what_cannot_be_uploaded_is_listed_with_the_reason(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school = a_school(session)
        actor = an_administrator(session)
        unknown = an_ect(session, school)
        failed = _ready(session, school=school, trn="7654321", name=("=Tom", "Holt"))
        expected(session, failed, AssessmentKind.FORMAL_ASSESSMENT, TODAY, AssessmentPoint.FINAL).accepted_at = NOW
        session.flush()
        session.refresh(failed)
        outcomes.conclude(
            session,
            failed,
            Outcome.FAIL,
            on=date(2026, 3, 27),
            terms=Decimal(6),
            actor=actor,
            now=LATER,
            notice_sent_on=date(2026, 3, 28),
        )
        outcomes.extend(session, unknown, terms=Decimal(1), actor=actor, now=LATER)
        told = dfe.to_tell(session, TODAY)
    why = {row.cells[2]: row.cells[3] for row in told.by_hand}
    assert "provider-led or school-led" in why["Claim from 1 September 2025"]
    assert "fail cannot be recorded by upload" in why["Outcome fail, end on 27 March 2026, 6 terms"]
    assert why["Extension by 1 term"] == "Extensions cannot be uploaded"
    assert told.outcomes == ()
    by_hand = next(one for one in told.files() if one.name == "by-hand.csv").content.decode()
    assert "'=Tom Holt" in by_hand


@pytest.mark.parametrize(("terms", "told"), [("1.25", "1.3"), ("2.65", "2.7"), ("1.24", "1.2"), ("6", "6.0"), ("0", "0.0")])
def test_terms_are_rounded_half_away_from_zero(terms: str, told: str) -> None:
    assert str(one_decimal(Decimal(terms))) == told


def test_more_rows_than_one_file_takes_are_split_and_no_file_repeats_a_trn() -> None:
    rows = [(f"{number:07}", "1999-05-17", "provider-led", "2025-09-01") for number in range(2300)]
    files = upload_files("claims", CLAIM_HEADER, [*rows, rows[0]])
    assert [one.name for one in files] == ["claims-1.csv", "claims-2.csv", "claims-3.csv"]
    assert all(refusals(one.name, one.content, TODAY) == [] for one in files)
    told = [line for one in files for line in csv.reader(io.StringIO(one.content.decode()))][0:]
    assert sum(1 for line in told if line[0] == rows[0][0]) == 2
    assert len(told) == 2301 + 3


def test_no_rows_make_no_files(sqlite: Database) -> None:
    with sqlite.reading() as session:
        assert dfe.to_tell(session, TODAY).files() == []


@pytest.fixture(scope="module")
def one_database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sqlite_database(sqlite_template, tmp_path_factory.mktemp("dfe")) as database:
        yield database


ECT = st.fixed_dictionaries(
    {
        "trn": st.one_of(st.none(), st.integers(0, 9_999_999).map(lambda number: f"{number:07}")),
        "born": st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2025, 1, 1))),
        "starts": st.dates(date(2019, 1, 1), date(2027, 1, 1)),
        "length": st.integers(0, 900),
        "qts": st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2027, 1, 1))),
        "programme": st.sampled_from(list(ProgrammeKind)),
        "outcome": st.one_of(st.none(), st.sampled_from(list(Outcome))),
        "terms": st.decimals(0, 20, places=2),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(ECT, max_size=12, unique_by=lambda one: one["trn"] or object()))
def test_files_of_random_registers_are_never_refused_and_no_one_is_forgotten(
    one_database: Database, ects: list[dict[str, object]]
) -> None:
    with one_database.writing() as session:
        school = a_school(session)
        periods = 0
        for facts in ects:
            induction = an_ect(session, school, trn=facts["trn"], born=facts["born"])  # type: ignore[arg-type]
            induction.programme = facts["programme"]  # type: ignore[assignment]
            induction.person.qts_on = facts["qts"]  # type: ignore[assignment]
            period: InductionPeriod = induction.periods[0]
            period.starts_on = facts["starts"]  # type: ignore[assignment]
            if facts["outcome"]:
                period.ends_on = period.starts_on + timedelta(days=facts["length"])  # type: ignore[arg-type]
                period.terms, period.outcome = facts["terms"], facts["outcome"]  # type: ignore[assignment]
            periods += 2 if facts["outcome"] else 1
        session.flush()
        session.expire_all()
        told = dfe.to_tell(session, TODAY)
        for one in told.files():
            if one.name != "by-hand.csv":
                assert refusals(one.name, one.content, TODAY) == []
        assert len(told.claims) + len(told.outcomes) + len(told.by_hand) + len(told.prepared) == periods
        for row in told.prepared:
            assert row.from_on is not None
            assert row.from_on > TODAY
            then = dfe.to_tell(session, row.from_on)
            assert row.cells in {one.cells for one in (*then.claims, *then.outcomes)}
        assert all(row.kind is ExportKind.BY_HAND and row.cells[3] for row in told.by_hand)
        for row in told.outcomes:
            # Only what could be claimed at all can be concluded, whoever entered the claim.
            claimed = session.get_one(InductionPeriod, row.subject_id)
            awarded = claimed.induction.person.qts_on
            assert claimed.starts_on > date(2021, 9, 1)
            assert awarded is None or awarded <= claimed.starts_on
            assert claimed.induction.programme is not ProgrammeKind.BEFORE_2021
        session.rollback()
