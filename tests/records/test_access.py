"""Who may do what."""

import uuid

import pytest

from records.access import SCHOOL_ROLES, TABLE, Act, Place, Viewer, can, visibilities
from records.models.communications import Visibility
from records.models.inductions import Induction
from records.models.people import BODY_ROLES, Person, Role
from records.models.submissions import Submission


def viewer(*roles: Role, person_id: uuid.UUID | None = None) -> Viewer:
    return Viewer(uuid.uuid4(), person_id or uuid.uuid4(), "Rosa Tester", frozenset(roles))


@pytest.mark.parametrize("act", list(Act))
def test_signed_out_may_do_nothing(act: Act) -> None:
    assert not can(None, act)


@pytest.mark.parametrize("role", [role for role in Role if role not in BODY_ROLES])
def test_roles_at_schools_open_nothing_of_the_body(role: Role) -> None:
    assert not any(can(viewer(role), act) for act in Act)


def test_every_role_of_the_body_and_four_at_schools_have_a_row_and_no_other_role_has() -> None:
    assert set(TABLE) == BODY_ROLES | SCHOOL_ROLES
    assert {Role.INDUCTION_COORDINATOR, Role.HEADTEACHER, Role.INDUCTION_TUTOR, Role.ECT} == SCHOOL_ROLES


def test_only_administrators_manage_staff() -> None:
    assert {role for role in Role if can(viewer(role), Act.MANAGE_STAFF)} == {Role.ADMINISTRATOR}


def test_only_administrators_and_assessors_decide() -> None:
    assert {role for role in Role if can(viewer(role), Act.DECIDE)} == {Role.ADMINISTRATOR, Role.ASSESSOR}


def test_read_only_changes_nothing() -> None:
    allowed = {act for act in Act if can(viewer(Role.READ_ONLY), act)}
    assert allowed == {
        Act.SEE_INBOX,
        Act.SEE_QUEUE,
        Act.SEE_PAPER,
        Act.SEE_ECTS,
        Act.SEE_ECT,
        Act.SEE_DUE,
        Act.SEE_STATUS,
        Act.OWN_ACCOUNT,
        Act.START,
    }


def test_named_contact_takes_no_part_in_decisions_about_that_ect() -> None:
    both = viewer(Role.NAMED_CONTACT, Role.ASSESSOR)
    theirs = Induction(person_id=uuid.uuid4(), named_contact_id=both.person_id)
    other = Induction(person_id=uuid.uuid4(), named_contact_id=uuid.uuid4())
    assert not can(both, Act.DECIDE, Submission(induction=theirs))
    assert not can(both, Act.CORRECT, Submission(induction=theirs))
    assert not can(both, Act.CONCLUDE, theirs)
    assert can(both, Act.DECIDE, Submission(induction=other))
    assert can(both, Act.SEE_ECT, theirs)


def test_nobody_decides_about_themselves() -> None:
    assessor = viewer(Role.ASSESSOR)
    own = Induction(person_id=assessor.person_id)
    assert not can(assessor, Act.DECIDE, Submission(induction=own))
    assert not can(assessor, Act.CORRECT, Person(id=assessor.person_id))
    assert can(assessor, Act.DECIDE, Submission(induction=None))


def test_what_is_said_to_the_named_contact_shows_to_that_contact_only() -> None:
    contact = viewer(Role.NAMED_CONTACT)
    colleague = viewer(Role.NAMED_CONTACT)
    administrator = viewer(Role.ADMINISTRATOR)
    induction = Induction(person_id=uuid.uuid4(), named_contact_id=contact.person_id)
    assert Visibility.NAMED_CONTACT in visibilities(contact, induction)
    assert Visibility.NAMED_CONTACT not in visibilities(colleague, induction)
    assert Visibility.NAMED_CONTACT not in visibilities(administrator, induction)
    assert Visibility.NAMED_CONTACT in visibilities(colleague, Induction(person_id=uuid.uuid4()))
    assert Visibility.BODY in visibilities(administrator, induction)


def test_who_may_not_see_an_ect_sees_no_communication() -> None:
    assert visibilities(None) == frozenset()
    assert visibilities(viewer(Role.DATA_PROTECTION_OFFICER)) == frozenset()
    assert visibilities(viewer(Role.ECT)) == frozenset()


def at_school(*roles: Role) -> Viewer:
    return Viewer(
        uuid.uuid4(), uuid.uuid4(), "Rosa Tester", frozenset(), frozenset(Place(role, uuid.uuid4()) for role in roles)
    )


@pytest.mark.parametrize("role", sorted(SCHOOL_ROLES))
def test_nobody_at_a_school_may_do_what_staff_do(role: Role) -> None:
    staff = frozenset().union(*(TABLE[one] for one in BODY_ROLES)) - {Act.START}
    assert not any(can(at_school(role), act) for act in staff)
    assert can(at_school(role), Act.SCHOOL_HOME)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.GOVERNOR, Role.SCHOOL_ADMINISTRATOR])
def test_other_roles_at_schools_open_nothing_at_all(role: Role) -> None:
    assert not any(can(at_school(role), act) for act in Act)


def test_a_role_counts_only_where_it_has_to_do_with_the_thing() -> None:
    both = at_school(Role.INDUCTION_COORDINATOR, Role.INDUCTION_TUTOR)
    assert can(both, Act.SCHOOL_TUTORS)
    assert can(both, Act.SCHOOL_TUTORS, near=frozenset({Role.INDUCTION_COORDINATOR}))
    assert not can(both, Act.SCHOOL_TUTORS, near=frozenset({Role.INDUCTION_TUTOR}))
    assert not can(both, Act.SCHOOL_ECT, near=frozenset())
    assert not can(both, Act.SCHOOL_ECT, near=frozenset({Role.HEADTEACHER}))


def test_staff_of_the_body_have_no_part_on_the_school_side() -> None:
    administrator = viewer(Role.ADMINISTRATOR)
    assert not can(administrator, Act.SCHOOL_ECT, near=frozenset({Role.ECT}))
