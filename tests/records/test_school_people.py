"""Who at a school may sign in, on both databases."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import accounts, people, school_people, school_side
from records.access import Act, Place, can
from records.db import Database
from records.events import Actor
from records.models.accounts import Account
from records.models.inductions import Induction, Post
from records.models.people import Membership, Person, Role
from records.models.schools import School
from records.school_people import Newcomer
from records.values import Wrong, local_day
from tests.support import builders
from tests.support.builders import NOW

TODAY = local_day(NOW)
LENA = Newcomer("Lena", "Larkspur", "lena@harrowgill.example")


def set_up(session: Session, school: School, role: Role, newcomer: Newcomer = LENA) -> Membership:
    return school_people.set_up(session, school, newcomer, role=role, actor=builders.MACHINE, now=NOW)


def places(session: Session, person: Person, days: int = 0) -> frozenset[Place]:
    return accounts.places_of(session, person.id, TODAY + timedelta(days=days))


def tutor_of(session: Session, induction: Induction) -> uuid.UUID | None:
    return session.scalar(sa.select(Post.tutor_id).where(Post.induction_id == induction.id))


def test_a_coordinator_exists_only_once_the_body_authorised_them(database: Database) -> None:
    with database.writing() as session:
        school, admin = builders.a_school(session), builders.an_administrator(session)
        lena = people.register_person(session, first_name="Lena", last_name="Larkspur", now=NOW, address=LENA.address)
        people.add_membership(session, lena, school, Role.INDUCTION_COORDINATOR, TODAY)
        assert places(session, lena) == frozenset()
        row = school_people.authorise(session, school, LENA, role=Role.INDUCTION_COORDINATOR, actor=admin, now=NOW)
        assert row.person_id == lena.id
        assert places(session, lena) == {Place(Role.INDUCTION_COORDINATOR, school.id)}
        account = accounts.school_account(session, lena, NOW, admin)
        assert can(accounts.viewer_of(session, account, NOW), Act.SCHOOL_PEOPLE)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.INDUCTION_COORDINATOR, Role.HEADTEACHER}])
def test_the_body_authorises_coordinators_and_headteachers_only(sqlite: Database, role: Role) -> None:
    with sqlite.writing() as session:
        school = builders.a_school(session)
        with pytest.raises(Wrong, match="authorises"):
            school_people.authorise(session, school, LENA, role=role, actor=builders.MACHINE, now=NOW)


@pytest.mark.parametrize("role", list(Role))
def test_a_coordinator_sets_up_their_own_people_and_nobody_above_them(sqlite: Database, role: Role) -> None:
    with sqlite.writing() as session:
        school = builders.a_school(session)
        if role not in school_side.SET_UP_AT_SCHOOL:
            with pytest.raises(Wrong, match="sets up"):
                set_up(session, school, role)
            return
        row = set_up(session, school, role)
        assert places(session, row.person) == {Place(role, school.id)}
        assert set_up(session, school, role).id == row.id, "twice is once"


def test_access_ends_with_the_role_and_a_tutor_is_nobodys_tutor_any_more(database: Database) -> None:
    with database.writing() as session:
        school = builders.a_school(session)
        induction = builders.an_ect(session, school)
        row = set_up(session, school, Role.INDUCTION_TUTOR)
        school_people.set_tutor(session, induction, school.id, row, actor=builders.MACHINE, now=NOW)
        assert tutor_of(session, induction) == row.person_id
        school_people.end_role(session, row, builders.MACHINE, NOW)
        assert tutor_of(session, induction) is None
        assert places(session, row.person) == frozenset()


def test_access_follows_the_dates_of_a_membership(database: Database) -> None:
    with database.writing() as session:
        row = set_up(session, builders.a_school(session), Role.GOVERNOR)
        row.since, row.until = TODAY + timedelta(days=2), TODAY + timedelta(days=4)
        session.flush()
        assert [bool(places(session, row.person, days)) for days in (1, 2, 4, 5)] == [False, True, True, False]


def test_nobody_is_their_own_tutor_and_a_tutor_is_of_the_same_school(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school, other = (
            builders.a_school(session),
            builders.a_school(session, "Fennick Grammar School", "office@fennick.example"),
        )
        induction = builders.an_ect(session, school)
        own = people.add_membership(session, induction.person, school, Role.INDUCTION_TUTOR, TODAY)
        stranger = set_up(session, other, Role.INDUCTION_TUTOR)
        for tutor, why in ((own, "their own"), (stranger, "of this school")):
            with pytest.raises(Wrong, match=why):
                school_people.set_tutor(session, induction, school.id, tutor, actor=builders.MACHINE, now=NOW)


def test_an_address_is_not_taken_over_by_another_name_nor_from_staff(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school = builders.a_school(session)
        set_up(session, school, Role.INDUCTION_TUTOR)
        with pytest.raises(Wrong, match="somebody else"):
            set_up(session, school, Role.GOVERNOR, Newcomer("Una", "Grey", LENA.address))
        rosa = accounts.add_account(
            session,
            user_name="rosa",
            first_name="Rosa",
            last_name="Tester",
            roles=[Role.ASSESSOR],
            now=NOW,
            actor=builders.MACHINE,
        )
        people.add_address(session, rosa.person, "rosa@northmere.example", NOW)
        with pytest.raises(Wrong, match="somebody else"):
            set_up(session, school, Role.GOVERNOR, Newcomer("Rosa", "Tester", "rosa@northmere.example"))
        for empty in (Newcomer("", "Grey", "una@harrowgill.example"), Newcomer("Una", "Grey", "")):
            with pytest.raises(Wrong, match="Enter a first name"):
                set_up(session, school, Role.GOVERNOR, empty)


def test_authorising_again_lets_in_who_locked_themselves_out(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school = builders.a_school(session)
        row = school_people.authorise(session, school, LENA, role=Role.HEADTEACHER, actor=builders.MACHINE, now=NOW)
        account = accounts.school_account(session, row.person, NOW, Actor.machine("test"))
        account.failures, account.locked_until = 12, NOW + timedelta(hours=3)
        school_people.authorise(session, school, LENA, role=Role.HEADTEACHER, actor=builders.MACHINE, now=NOW)
        kept = session.execute(sa.select(Account.failures, Account.locked_until).where(Account.id == account.id)).one()
        assert tuple(kept) == (0, None)
