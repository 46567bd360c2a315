"""What people at schools may ask, on both databases: the scope is in the query."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from records import communications, people, school_side
from records.access import Act, Place, Viewer
from records.db import Database
from records.models.communications import CommunicationChannel, Direction, Visibility
from records.models.inductions import Induction, Outcome, Post, Source
from records.models.people import Membership, Role
from records.models.retention import Hold
from records.models.schools import School
from records.values import local_day
from tests.support import builders
from tests.support.builders import NOW

TODAY = local_day(NOW)


@dataclass
class Two:
    """Two schools with an ECT each."""

    own: School
    other: School
    induction: Induction
    elsewhere: Induction


def two(session: Session) -> Two:
    own, other = builders.a_school(session), builders.a_school(session, "Fennick Grammar School", "office@fennick.example")
    return Two(own, other, builders.an_ect(session, own), builders.an_ect(session, other, trn="7654321", name=("Ben", "Oakes")))


def viewer(*places: Place, person_id: uuid.UUID | None = None) -> Viewer:
    return Viewer(uuid.uuid4(), person_id or uuid.uuid4(), "Lena Larkspur", frozenset(), frozenset(places))


def named(session: Session, who: Viewer, act: Act = Act.SCHOOL_ECT, today: date = TODAY) -> list[str]:
    return [one.person.full_name for one in school_side.inductions(session, who, today, act)]


@pytest.mark.parametrize(
    ("role", "opened", "assessments"),
    [
        (Role.INDUCTION_COORDINATOR, True, True),
        (Role.HEADTEACHER, True, True),
        (Role.SCHOOL_ADMINISTRATOR, True, False),
        (Role.INDUCTION_TUTOR, False, False),
        (Role.GOVERNOR, False, False),
    ],
)
def test_a_role_at_a_school_opens_the_ects_of_that_school_as_the_table_has_it(
    database: Database, role: Role, opened: bool, assessments: bool
) -> None:
    with database.writing() as session:
        made = two(session)
        who = viewer(Place(role, made.own.id))
        assert named(session, who) == (["Amara Quillfeather"] if opened else [])
        assert named(session, who, Act.SCHOOL_ASSESSMENTS) == (["Amara Quillfeather"] if assessments else [])
        assert school_side.find_induction(session, who, made.elsewhere.id, TODAY) is None
        assert (role in school_side.near(who, made.induction, TODAY)) is opened
        assert school_side.near(who, made.elsewhere, TODAY) == frozenset()


def test_a_former_school_loses_its_ect_on_the_day_after_the_post(database: Database) -> None:
    with database.writing() as session:
        made = two(session)
        made.induction.posts[0].ends_on = TODAY
        session.flush()
        who = viewer(Place(Role.HEADTEACHER, made.own.id))
        assert named(session, who) == ["Amara Quillfeather"]
        assert named(session, who, today=TODAY + timedelta(days=1)) == []
        assert school_side.near(who, made.induction, TODAY + timedelta(days=1)) == frozenset()


def test_a_tutor_sees_their_own_ect_only_where_they_are_tutor(database: Database) -> None:
    with database.writing() as session:
        made = two(session)
        person = people.register_person(session, first_name="Una", last_name="Grey", now=NOW)
        made.induction.posts[0].tutor_id = made.elsewhere.posts[0].tutor_id = person.id
        session.flush()
        who = viewer(Place(Role.INDUCTION_TUTOR, made.own.id), person_id=person.id)
        assert named(session, who) == ["Amara Quillfeather"], "no role at the other school"
        assert named(session, viewer(Place(Role.INDUCTION_TUTOR, made.own.id))) == []


def test_an_ect_sees_themselves_even_while_their_data_may_only_be_stored(database: Database) -> None:
    with database.writing() as session:
        made = two(session)
        school = viewer(Place(Role.HEADTEACHER, made.own.id))
        own = viewer(Place(Role.ECT, made.own.id), person_id=made.induction.person_id)
        assert named(session, own) == named(session, school) == ["Amara Quillfeather"]
        session.add(Hold(person_id=made.induction.person_id, reason="an objection", restricts=True, placed_at=NOW))
        session.flush()
        assert named(session, school) == []
        assert named(session, own) == ["Amara Quillfeather"]


def test_who_can_see_names_everybody_with_access_and_nobody_else(database: Database) -> None:
    with database.writing() as session:
        made = two(session)
        for first, role, school in (
            ("Cora", Role.INDUCTION_COORDINATOR, made.own),
            ("Hale", Role.HEADTEACHER, made.own),
            ("Odd", Role.SCHOOL_ADMINISTRATOR, made.own),
            ("Gov", Role.GOVERNOR, made.own),
            ("Tess", Role.INDUCTION_TUTOR, made.own),
            ("Todd", Role.INDUCTION_TUTOR, made.own),
            ("Elsa", Role.HEADTEACHER, made.other),
        ):
            person = people.register_person(session, first_name=first, last_name="Grey", now=NOW)
            people.add_membership(session, person, school, role, TODAY)
            if first == "Tess":
                made.induction.posts[0].tutor_id = person.id
        session.flush()
        found = {(one.name, one.role, one.assessments) for one in school_side.who_can_see(session, made.induction, TODAY)}
        assert found == {
            ("Hale Grey", Role.HEADTEACHER, True),
            ("Odd Grey", Role.SCHOOL_ADMINISTRATOR, False),
            ("Tess Grey", Role.INDUCTION_TUTOR, True),
        }, "a coordinator whom nobody authorised has no access"
        session.query(Membership).filter_by(role=Role.INDUCTION_COORDINATOR).update({"authorised_at": NOW})
        names = {one.name for one in school_side.who_can_see(session, made.induction, TODAY)}
        assert "Cora Grey" in names


def test_totals_count_the_own_school_and_name_nobody(database: Database) -> None:
    with database.writing() as session:
        made = two(session)
        builders.expected(session, made.induction, due_on=TODAY - timedelta(days=1))
        builders.expected(session, made.induction, due_on=TODAY + timedelta(days=28))
        builders.expected(session, made.induction, due_on=TODAY + timedelta(days=29))
        builders.expected(session, made.elsewhere, due_on=TODAY)
        passed = builders.an_ect(session, made.own, trn="1111111", name=("Cy", "Dunn"))
        passed.outcome, passed.outcome_on, passed.completed_on = Outcome.PASS, TODAY, TODAY
        session.flush()
        [found] = school_side.totals(session, viewer(Place(Role.HEADTEACHER, made.own.id)), TODAY)
        assert (found.school.name, found.serving, found.due, found.overdue, found.completed) == (made.own.name, 1, 1, 1, 1)
        assert school_side.totals(session, viewer(Place(Role.INDUCTION_TUTOR, made.own.id)), TODAY) == []


def _numbers(session: Session, role: Role, school: School) -> tuple[int | None, ...]:
    [found] = school_side.totals(session, viewer(Place(role, school.id)), TODAY)
    return found.serving, found.due, found.overdue, found.completed


def test_a_governor_is_told_no_number_that_tells_of_single_ects(database: Database) -> None:
    with database.writing() as session:
        made = two(session)
        builders.expected(session, made.induction, due_on=TODAY - timedelta(days=1))
        assert _numbers(session, Role.GOVERNOR, made.own) == (None, 0, None, 0)
        assert _numbers(session, Role.HEADTEACHER, made.own) == (1, 0, 1, 0)
        for number in (1, 2):
            builders.an_ect(session, made.own, trn=f"222222{number}", name=("Di", f"Ames{number}"))
        assert _numbers(session, Role.GOVERNOR, made.own) == (3, 0, None, 0)


def test_totals_leave_out_who_is_restricted_let_go_or_passed_elsewhere(database: Database) -> None:
    with database.writing() as session:
        made = two(session)
        moved = builders.an_ect(session, made.own, trn="1111111", name=("Cy", "Dunn"))
        moved.outcome, moved.outcome_on, moved.completed_on = Outcome.PASS, TODAY, TODAY
        session.flush()
        assert _numbers(session, Role.HEADTEACHER, made.own) == (1, 0, 0, 1)
        moved.posts[0].ends_on = TODAY - timedelta(days=30)
        session.flush()
        assert _numbers(session, Role.HEADTEACHER, made.own) == (1, 0, 0, 0)
        made.induction.let_go_on = TODAY
        session.flush()
        assert _numbers(session, Role.HEADTEACHER, made.own) == (0, 0, 0, 0)
        session.add(Hold(person_id=made.elsewhere.person_id, reason="an objection", restricts=True, placed_at=NOW))
        session.flush()
        assert _numbers(session, Role.HEADTEACHER, made.other) == (0, 0, 0, 0)


def test_what_was_shared_with_the_last_school_is_not_for_the_next(database: Database) -> None:
    with database.writing() as session:
        made, admin = two(session), builders.an_administrator(session)
        for words, days, school in (("At the last", 2, None), ("Named", 2, made.other), ("At the next", 0, None)):
            communications.log_call(
                session,
                channel=CommunicationChannel.TELEPHONE,
                direction=Direction.IN,
                happened_at=NOW - timedelta(days=days),
                body=words,
                actor=admin,
                now=NOW,
                person=made.induction.person,
                school=school,
                visibility=Visibility.SCHOOL,
            )
        last = made.induction.posts[0]

        def heard(school: School) -> set[str | None]:
            who = viewer(Place(Role.INDUCTION_COORDINATOR, school.id))
            return {one.body for one in school_side.said(session, who, made.induction, TODAY)}

        assert heard(made.own) == {"At the last", "At the next"}
        last.ends_on = TODAY - timedelta(days=1)
        session.add(
            Post(
                id=uuid.uuid4(),
                induction_id=made.induction.id,
                school_id=made.other.id,
                starts_on=TODAY,
                source=Source.PERSON,
                recorded_at=NOW,
            )
        )
        session.flush()
        session.expire_all()
        assert heard(made.other) == {"Named", "At the next"}
