"""A history from another system: what comes in, what must not, and that nothing comes in by halves."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import inductions, schools
from records.db import Database
from records.erasing import erase
from records.expectations import import_terms
from records.exports import dfe
from records.models.base import Base
from records.models.events import Event
from records.models.facts import StatedFact
from records.models.inductions import (
    Absence,
    Assessment,
    AssessmentPoint,
    Certainty,
    Induction,
    InductionPeriod,
    Outcome,
    ProgrammeKind,
    SignOff,
    Source,
)
from records.models.notices import Notice
from records.models.people import Membership, Person, Role
from records.moving import history, history_in
from records.moving.history import HistoryPlan, Terms
from records.moving.history_scheduled import BEFORE_IT_CAME
from records.moving.history_staff import SOMEBODY_ELSES
from records.moving.mapping import PRESETS
from records.moving.tables import read_table
from records.people import add_membership, find_by_trn, register_person
from records.retention import PRESETS as POLICIES
from records.retention import Departure, Scope
from records.values import Wrong
from tests.support import old_system
from tests.support.builders import MACHINE, an_ect

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TERMS = Terms(b"key", POLICIES["deleted"])


def _plan(session: Session, ects: bytes, forms: bytes | None = None, terms: Terms = TERMS) -> HistoryPlan:
    tables = read_table(ects, "ects.csv"), read_table(forms, "forms.csv") if forms else None
    return history.plan(session, *tables, PRESETS["ect-manager"], terms, NOW)


def _take(session: Session, ects: bytes, forms: bytes | None = None, *, accept_doubts: bool = False) -> HistoryPlan:
    found = _plan(session, ects, forms)
    history_in.carry_out(session, found, TERMS, MACHINE, NOW, accept_doubts=accept_doubts)
    return found


def _school(session: Session) -> None:
    schools.register_school(session, name="Harrowgill Primary School", urn="100001", now=NOW)


def _one(session: Session) -> Induction:
    return session.scalars(sa.select(Induction)).one()


def _counts(session: Session) -> dict[str, int]:
    return {one.name: session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in Base.metadata.sorted_tables}


def test_an_ect_comes_in_with_what_is_stated_and_where_it_came_from(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        _take(
            session,
            old_system.ects({}),
            old_system.forms({}, {"Report ID": "R2", "End date": "12/07/2024", "Assessment": "Second"}),
        )
        induction = _one(session)
        person, period, post = induction.person, induction.periods[0], induction.posts[0]
        assert (person.trn, person.date_of_birth, person.full_name) == ("1234567", date(1999, 5, 17), "Amara Quillfeather")
        assert (person.qts_on, person.qts_provider) == (date(2022, 7, 1), "Example University")
        assert (induction.outcome, induction.completed_on, induction.legacy_id) == (Outcome.PASS, date(2024, 7, 19), "900001")
        assert (induction.source, induction.certainty, induction.required_terms) == (
            Source.IMPORT,
            Certainty.STATED,
            Decimal(6),
        )
        assert (period.terms, period.outcome, period.certainty) == (Decimal(6), Outcome.PASS, Certainty.STATED)
        assert (post.school.urn, post.ends_on, post.spells[0].fte) == ("100001", date(2024, 7, 19), Decimal(1))
        assert session.scalars(sa.select(Absence.days)).one() == Decimal("4.5")
        points = [(one.point, one.period_end, one.judgement) for one in induction.assessments]
        assert points == [
            (AssessmentPoint.FIRST, date(2023, 7, 14), "satisfactory"),
            (AssessmentPoint.FINAL, date(2024, 7, 12), "satisfactory"),
        ]
        assert session.scalars(sa.select(SignOff.role)).all() == ["headteacher", "headteacher"]
        assert {one.name for one in session.scalars(sa.select(StatedFact))} >= {"trn", "date_of_birth", "qts_on"}
        assert "ect_imported" in set(session.scalars(sa.select(Event.kind).where(Event.induction_id == induction.id)))


def test_what_nobody_knows_is_kept_as_unknown(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        _take(
            session,
            old_system.ects({"FTE completed": "unknown", "FTE": "", "Induction type": "", "TRN": "", "Days absent": "-"}),
        )
        induction = _one(session)
        assert (induction.periods[0].terms, induction.periods[0].certainty) == (None, Certainty.UNKNOWN)
        assert induction.posts[0].spells[0].certainty is Certainty.UNKNOWN
        assert (induction.certainty, induction.person.trn) == (Certainty.COMPUTED, None)
        assert session.scalars(sa.select(Absence)).all() == []


def test_an_nqt_induction_has_three_terms_and_three_assessments(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        row = {
            "Induction type": "NQT",
            "Induction start date": "01/09/2020",
            "QTS date": "01/07/2020",
            "Induction end date": "20/07/2021",
            "FTE completed": "3",
            "DOB": "17/05/1995",
        }
        ends = ("18/12/2020", "26/03/2021", "16/07/2021")
        reports = [
            {"Report ID": f"R{end}", "Assessment": "", "Start date": "01/09/2020", "End date": end, "Date completed": end}
            for end in ends
        ]
        _take(session, old_system.ects(row), old_system.forms(*reports))
        induction = _one(session)
        assert (induction.required_terms, induction.programme) == (Decimal(3), ProgrammeKind.BEFORE_2021)
        assert [one.point for one in induction.assessments] == [
            AssessmentPoint.FIRST,
            AssessmentPoint.SECOND,
            AssessmentPoint.FINAL,
        ]


def test_time_with_an_earlier_body_comes_in_with_or_without_its_terms(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        _take(
            session,
            old_system.ects(
                {"Previous appropriate body": "Elsewhere Hub", "FTE completed elsewhere": "2"},
            ),
        )
        earlier = session.scalars(sa.select(InductionPeriod).where(InductionPeriod.body_name.is_not(None))).one()
        assert (earlier.body_name, earlier.terms, earlier.papers_held) == ("Elsewhere Hub", Decimal(2), False)
        assert earlier.ends_on == date(2022, 8, 31)
        assert earlier.certainty is Certainty.UNKNOWN


def test_the_same_export_again_brings_nothing_and_a_later_one_only_what_is_new(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        _take(session, old_system.ects({}), old_system.forms({}))
        before = _counts(session)
        again = _take(session, old_system.ects({}), old_system.forms({}))
        assert (again.counts()["new"], again.known, again.known_forms) == (0, 1, 1)
        unchanged = {"person", "induction", "induction_period", "post", "assessment", "sign_off", "legacy_key", "absence"}
        assert {name: number for name, number in _counts(session).items() if name in unchanged} == {
            name: before[name] for name in unchanged
        }
        later = _take(
            session,
            old_system.ects({"Last name": "Holt"}, {"User ID": "900002", "TRN": "7654321", "Email": "beth@harrowgill.example"}),
            old_system.forms({}, {"Report ID": "R2", "End date": "12/07/2024"}),
        )
        assert later.counts()["new"] == 1
        assert later.counts()["assessments"] == 1
        assert "reads otherwise" in later.changed[0]
        person = find_by_trn(session, "1234567")
        assert person is not None
        assert person.last_name == "Quillfeather"
        assert len(inductions.latest_induction(session, person).assessments) == 2  # type: ignore[union-attr]


BAD: tuple[tuple[Mapping[str, str], str, str], ...] = (
    ({"DOB": "31/02/1999"}, "DOB", "31 February 1999 is not a real date"),
    ({"QTS date": "30/12/1899"}, "QTS date", "1899"),
    ({"DOB": "17/05/2030"}, "DOB", "in the future"),
    ({"Induction end date": "01/01/2099"}, "Induction end date", "in the future"),
    ({"Induction end date": "01/01/2020"}, "Induction end date", "before the start"),
    ({"TRN": "12"}, "TRN", "7 digits"),
    ({"First name": "LÃ©a"}, "First name", "wrong encoding"),
    ({"Last name": ""}, "Last name", "is empty"),
    ({"Email": "nowhere"}, "Email", "no email address"),
    ({"FTE": "7"}, "FTE", "share"),
    ({"FTE completed": "60"}, "FTE completed", "not between 0 and 16"),
    ({"Status": "Odd"}, "Status", "say in the mapping"),
    ({"Status": "Passed", "Induction end date": ""}, "Status", "needs the day"),
    ({"URN": "999999", "School": ""}, "URN", "no school on record"),
    ({"DOB": "17/05/2015"}, "DOB", "age of 7"),
    ({"QTS date": "01/07/2023"}, "QTS date", "after the start of induction"),
    ({"Email": "quillfeather.amara@x.example"}, "First name", "swapped"),
)


@pytest.mark.parametrize(("change", "column", "why"), BAD, ids=[why for _change, _column, why in BAD])
def test_a_bad_value_is_told_with_line_and_column_and_nothing_comes_in(
    sqlite: Database, change: dict[str, str], column: str, why: str
) -> None:
    with sqlite.writing() as session:
        _school(session)
    with sqlite.writing() as session:
        before = _counts(session)
        found = _plan(session, old_system.ects({"User ID": "1", "TRN": "1111111"}, change))
        [problem] = [one for one in found.problems if why in one.why]
        assert (problem.line, problem.column) == (3, column)
        with pytest.raises(Wrong, match="stand in the way"):
            history_in.carry_out(session, found, TERMS, MACHINE, NOW)
        assert _counts(session) == before


def test_a_trn_or_an_id_that_stands_twice_is_told_with_both_lines(database: Database) -> None:
    with database.reading() as session:
        _school(session)
        found = _plan(session, old_system.ects({}, {"User ID": "2"}, {"TRN": "7654321"}))
        assert [str(one) for one in found.errors] == [
            "ECTs, line 3, TRN: the same TRN 1234567 stands on line 2",
            "ECTs, line 4, User ID: the same id 900001 stands on line 2",
        ]


def test_names_the_other_way_round_than_in_the_rest_of_the_file_are_a_doubt(database: Database) -> None:
    names = (("Amara", "Holt"), ("Amara", "Carrow"), ("Beth", "Holt"), ("Holt", "Amara"))
    rows = [
        {"User ID": str(number), "TRN": f"200000{number}", "First name": first, "Last name": last, "Email": ""}
        for number, (first, last) in enumerate(names)
    ]
    with database.writing() as session:
        _school(session)
        found = _plan(session, old_system.ects(*rows))
        assert [(one.line, one.doubt) for one in found.problems] == [(5, True)]
        assert "swapped" in found.problems[0].why
        with pytest.raises(Wrong):
            history_in.carry_out(session, found, TERMS, MACHINE, NOW)
        history_in.carry_out(session, found, TERMS, MACHINE, NOW, accept_doubts=True)
        assert session.scalar(sa.select(sa.func.count()).select_from(Induction)) == 4


def test_somebody_on_record_without_an_induction_is_the_same_person_unless_the_birthday_says_otherwise(
    database: Database,
) -> None:
    with database.writing() as session:
        _school(session)
        known = register_person(
            session, first_name="Amara", last_name="Quillfeather", trn="1234567", date_of_birth=date(1999, 5, 17), now=NOW
        )
        assert [one.why for one in _plan(session, old_system.ects({"DOB": "18/05/1999"})).errors] == [
            "differs from the record with this TRN"
        ]
        swapped = _plan(session, old_system.ects({"First name": "Quillfeather", "Last name": "Amara", "Email": ""}))
        assert "the other way round than on record" in swapped.doubts[0].why
        _take(session, old_system.ects({}))
        assert _one(session).person_id == known.id


def test_somebody_with_an_induction_on_record_is_not_taken_in_twice(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        _school(session)
        found = _take(session, old_system.ects({}))
        assert found.new == []
        assert "on record already" in found.refused[0]


def test_what_is_past_its_time_stays_out_and_stops_nothing(database: Database) -> None:
    old = {
        "User ID": "2",
        "TRN": "7654321",
        "Induction start date": "01/09/2017",
        "QTS date": "01/07/2017",
        "Induction end date": "20/07/2018",
        "DOB": "17/05/1994",
        "Induction type": "NQT",
    }
    with database.writing() as session:
        _school(session)
        found = _take(
            session,
            old_system.ects({}, old),
            old_system.forms(
                {}, {"Report ID": "R2", "User ID": "2", "End date": "01/07/2018", "Start date": "", "Date completed": ""}
            ),
        )
        assert found.refused == ["ECTs, line 3: 2 is past its time: 6 years ended on 20 July 2024"]
        assert session.scalars(sa.select(Person.trn)).all() == ["1234567"]
        assert session.scalar(sa.select(sa.func.count()).select_from(Assessment)) == 1


@pytest.mark.parametrize("other_id", [False, True])
def test_somebody_who_was_erased_does_not_come_back(database: Database, other_id: bool) -> None:
    day = date(2026, 11, 22)
    with database.writing() as session:
        _school(session)
        _take(session, old_system.ects({}))
        induction = _one(session)
        erase(session, Departure(Scope.EVERYTHING, induction.id, induction.person_id, day, day), NOW, marks_key=TERMS.key)
        assert session.scalars(sa.select(Person)).all() == []
        # By the id of the old system, and by the TRN under another id.
        change = {"User ID": "other"} if other_id else {"TRN": ""}
        found = _take(session, old_system.ects(change))
        assert found.new == []
        assert "was erased here on 22 November 2026" in found.refused[0]


def test_nobody_is_written_to_and_the_dfe_is_told_nothing_it_knows(database: Database) -> None:
    running = {
        "Status": "In progress",
        "Induction end date": "",
        "Induction start date": "01/09/2025",
        "QTS date": "01/07/2025",
        "FTE completed": "",
    }
    calendar = (
        "name,starts_on,ends_on,review_due_on,school_urn\n"
        "Autumn,2025-09-01,2025-12-19,,\nSpring,2026-01-05,2026-03-27,,\nSummer,2026-04-13,2026-07-21,,\n"
        "Autumn,2026-09-01,2026-12-18,,\nSpring,2027-01-04,2027-03-25,,\nSummer,2027-04-12,2027-07-21,,\n"
    )
    with database.writing() as session:
        _school(session)
        import_terms(session, calendar, MACHINE, NOW)
        _take(
            session,
            old_system.ects(running),
            old_system.forms(
                {
                    "Type": "P",
                    "Assessment": "",
                    "Start date": "01/09/2025",
                    "End date": "12/12/2025",
                    "Date completed": "12/12/2025",
                    "On track": "Yes",
                    "Statement": "",
                }
            ),
        )
        assert session.scalars(sa.select(Notice)).all() == []
        told = dfe.to_tell(session, NOW.date())
        assert (told.claims, told.outcomes, told.by_hand) == ((), (), ())
        induction = _one(session)
        waiting = [one.due_on for one in induction.assessments if one.accepted_at is None and one.not_required is None]
        assert min(day for day in waiting if day) > NOW.date()
        assert {
            one.not_required for one in induction.assessments if one.due_on and one.due_on < NOW.date() and not one.accepted_at
        } == {BEFORE_IT_CAME}
        answered = [one for one in induction.assessments if one.accepted_at]
        assert [(one.sequence, one.on_track) for one in answered] == [(1, True)]
        # A new calendar asks nobody for what was due before either.
        import_terms(session, calendar, MACHINE, NOW)
        session.refresh(induction, ["assessments"])
        assert {
            one.not_required for one in induction.assessments if one.due_on and one.due_on < NOW.date() and not one.accepted_at
        } == {BEFORE_IT_CAME}


def test_an_assessment_of_nobody_is_an_error(database: Database) -> None:
    with database.reading() as session:
        _school(session)
        found = _plan(session, old_system.ects({}), old_system.forms({"User ID": "x"}, {"End date": "", "Report ID": "R2"}))
        assert [str(one) for one in found.errors] == [
            "Assessments, line 2, User ID: is no ECT of the other table",
            "Assessments, line 3, End date: is empty",
        ]


def test_a_whole_old_system_comes_in_without_an_error(database: Database) -> None:
    export = old_system.an_old_system(60, last_year=2026)
    with database.writing() as session:
        for urn in export.schools:
            schools.register_school(session, name=f"School {urn}", urn=urn, now=NOW)
        found = _take(session, export.ects, export.forms, accept_doubts=True)
        assert found.errors == []
        assert len(found.new) + len(found.refused) == 60
        assert found.refused
        assert session.scalar(sa.select(sa.func.count()).select_from(Induction)) == len(found.new)


RUNNING = {
    "Induction end date": "",
    "Status": "In progress",
    "FTE completed": "",
    "Induction start date": "01/09/2025",
    "Induction tutor": "Tess Tutor",
    "Induction tutor email": "tess@harrowgill.example",
}


def _known_person(session: Session, first: str, last: str, **dates: date) -> Person:
    person = register_person(session, first_name=first, last_name=last, address="tess@harrowgill.example", now=NOW)
    session.flush()
    for key, day in dates.items():
        setattr(person.addresses[0], key, day)
    session.flush()
    return person


def test_a_tutors_address_with_another_name_on_record_is_a_doubt_and_makes_nobody_tutor(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        _known_person(session, "Gary", "Former")
        with pytest.raises(Wrong, match="1 doubt "):
            _take(session, old_system.ects(RUNNING))
        found = _take(session, old_system.ects(RUNNING), accept_doubts=True)
        assert [one.why for one in found.doubts] == [
            "is the address of somebody with another name on record: no tutor is entered"
        ]
        assert _one(session).posts[0].tutor is None


def test_an_address_that_somebody_had_makes_a_new_tutor(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        former = _known_person(session, "Gary", "Former", since=date(2015, 1, 1), until=date(2020, 1, 1))
        _take(session, old_system.ects(RUNNING))
        tutor = _one(session).posts[0].tutor
        assert tutor is not None
        assert (tutor.full_name, tutor.id == former.id) == ("Tess Tutor", False)
        assert schools.person_of_address(session, "tess@harrowgill.example", NOW) == tutor


def test_a_known_tutor_is_found_and_gets_no_role_twice(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        tutor, school = _known_person(session, "Tess", "Tutor"), schools.by_name(session, "Harrowgill Primary School")
        assert school is not None
        add_membership(session, tutor, school, Role.INDUCTION_TUTOR, date(2024, 9, 1))
        _take(session, old_system.ects(RUNNING))
        assert _one(session).posts[0].tutor_id == tutor.id
        [role] = session.scalars(sa.select(Membership).where(Membership.person_id == tutor.id)).all()
        assert role.since == date(2024, 9, 1)


@pytest.mark.parametrize("known", [True, False])
def test_nobody_becomes_their_own_tutor(database: Database, known: bool) -> None:
    with database.writing() as session:
        _school(session)
        if known:
            _known_person(session, "Amara", "Quillfeather").trn = "1234567"
            session.flush()
        row = {**RUNNING, "Email": "" if known else "tess@harrowgill.example"}
        found = _take(session, old_system.ects(row), accept_doubts=True)
        assert [one.why for one in found.doubts] == ["is the ECT themselves: no tutor is entered"]
        assert _one(session).posts[0].tutor is None


def test_an_address_of_somebody_else_is_left_out(database: Database) -> None:
    with database.writing() as session:
        _school(session)
        head = _known_person(session, "Cora", "Head")
        row = {**RUNNING, "Email": "tess@harrowgill.example", "Induction tutor": "", "Induction tutor email": ""}
        found = _take(session, old_system.ects(row), accept_doubts=True)
        assert [one.why for one in found.doubts] == [SOMEBODY_ELSES]
        assert "tess@harrowgill.example" not in {one.address for one in _one(session).person.addresses}
        assert schools.person_of_address(session, "tess@harrowgill.example", NOW) == head
