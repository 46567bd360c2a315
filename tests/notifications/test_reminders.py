"""Who is reminded of what on which day."""

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from notifications.reminders import Rung, ask_for, digests, plan, refreshed, rung, without_parties
from records import decisions, inductions, people
from records.db import Database
from records.models.inductions import Assessment, AssessmentKind, Induction
from records.models.notices import Notice
from records.models.people import Person, Role
from records.models.retention import Hold
from records.owed import Owed, Part, Party
from tests.support.builders import MACHINE, NOW, a_draft, a_school, a_submission, an_administrator, expected

DUE = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-8, None),
        (-7, Rung.WEEK_BEFORE),
        (-6, None),
        (-1, Rung.DAY_BEFORE),
        (0, Rung.ON_THE_DAY),
        (1, Rung.OVERDUE),
        (2, None),
        (8, Rung.WEEKLY),
        (15, Rung.WEEKLY),
        (16, None),
    ],
)
def test_the_ladder(days: int, step: Rung | None) -> None:
    assert rung(DUE, DUE + timedelta(days=days)) is step


def _school_with_everybody(session: Session) -> tuple[Induction, dict[Part, Person]]:
    school = a_school(session)
    who = {part: _person(session, part.value) for part in Part}
    induction = inductions.start_induction(
        session, who[Part.ECT], school, starts_on=date(2025, 9, 1), tutor=who[Part.TUTOR], actor=MACHINE, now=NOW
    )
    people.add_membership(session, who[Part.COORDINATOR], school, Role.INDUCTION_COORDINATOR)
    people.add_membership(session, who[Part.HEAD], school, Role.HEADTEACHER)
    return induction, who


def _person(session: Session, name: str) -> Person:
    trn = "1234567" if name == "ect" else None
    born = date(1999, 5, 17) if name == "ect" else None
    first, last = ("Amara", "Quillfeather") if name == "ect" else (name, "Person")
    return people.register_person(
        session, first_name=first, last_name=last, trn=trn, date_of_birth=born, address=f"{name}@harrowgill.example", now=NOW
    )


def test_tutor_coordinator_ect_and_head_each_get_one_letter(database: Database) -> None:
    with database.writing() as session:
        induction, who = _school_with_everybody(session)
        expected(session, induction, due_on=DUE)
        expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, DUE)
        found = plan(session, DUE)
    assert {digest.person_id: {item.part for item in digest.items} for digest in found} == {
        person.id: {part} for part, person in who.items()
    }
    assert all(len(digest.items) == 2 for digest in found)


def test_a_form_that_is_in_stops_the_reminders_and_sending_it_back_starts_them_again(database: Database) -> None:
    with database.writing() as session:
        induction, _who = _school_with_everybody(session)
        due = expected(session, induction, due_on=DUE)
        submission = a_submission(session)
        assert submission.assessment_id == due.id
        assert plan(session, DUE) == []
        decisions.send_back(session, submission, ["no_targets"], "", an_administrator(session), NOW)
        assert len(plan(session, DUE)) == 4


def test_a_blank_form_stops_nothing(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, _who = _school_with_everybody(session)
        expected(session, induction, due_on=DUE)
        submission = a_submission(session, a_draft())
        submission.blank = True
        session.flush()
        assert len(plan(session, DUE)) == 4


def test_a_restricted_record_is_never_spoken_of(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, _who = _school_with_everybody(session)
        expected(session, induction, due_on=DUE)
        session.add(Hold(person_id=induction.person_id, reason="objection", restricts=True, placed_at=NOW))
        session.flush()
        assert plan(session, DUE) == []


def test_what_nobody_can_be_told_of_is_a_task_for_the_body(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = people.register_person(session, first_name="A", last_name="B", now=NOW)
        induction = inductions.start_induction(
            session, person, a_school(session), starts_on=date(2025, 9, 1), actor=MACHINE, now=NOW
        )
        due = expected(session, induction, due_on=DUE)
        assert plan(session, DUE) == []
        assert [one.assessment_id for one in without_parties(session, DUE)] == [due.id]


def test_asking_twice_on_a_day_asks_for_each_letter_once(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, _who = _school_with_everybody(session)
        expected(session, induction, due_on=DUE)
        assert ask_for(session, DUE, NOW) == ask_for(session, DUE, NOW) == 4
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 4


def test_a_letter_leaves_out_what_came_in_since_it_was_asked_for(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, _who = _school_with_everybody(session)
        first: Assessment = expected(session, induction, due_on=DUE)
        other = expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, DUE)
        content = {"items": [item.to_json() for item in plan(session, DUE)[0].items]}
        first.accepted_at = NOW
        session.flush()
        assert [item["assessment"] for item in refreshed(session, content)["items"]] == [str(other.id)]


OWED = st.builds(
    Owed,
    assessment_id=st.uuids(),
    kind=st.sampled_from(list(AssessmentKind)),
    point=st.none(),
    due_on=st.dates(date(2026, 3, 1), date(2026, 4, 30)),
    person_id=st.uuids(),
    ect=st.just("Amara Quillfeather"),
    school_id=st.none(),
    school=st.just("Harrowgill"),
    parties=st.lists(
        st.builds(
            Party,
            person_id=st.integers(0, 5).map(lambda n: uuid.UUID(int=n)),
            address=st.just("a@b.example"),
            part=st.sampled_from(Part),
        ),
        max_size=4,
        unique_by=lambda party: party.person_id,
    ).map(tuple),
)


@given(st.lists(OWED, max_size=20), st.dates(date(2026, 3, 1), date(2026, 5, 30)))
def test_every_party_hears_of_every_rung_once_and_of_nothing_else(facts: list[Owed], today: date) -> None:
    wanted = {(party.person_id, one.assessment_id) for one in facts if rung(one.due_on, today) for party in one.parties}
    told = [(digest.person_id, item.assessment_id) for digest in digests(facts, today) for item in digest.items]
    assert len(told) == len(set(told))
    assert set(told) == wanted
    assert len({digest.person_id for digest in digests(facts, today)}) == len(digests(facts, today))
