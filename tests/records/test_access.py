"""Who may do what."""

import uuid
from datetime import UTC, datetime

import pytest

from records.access import SCHOOL_ROLES, TABLE, Act, Place, Viewer, can, refusal, visibilities
from records.models.communications import Visibility
from records.models.inductions import Induction, Post
from records.models.interests import Interest, InterestKind
from records.models.people import BODY_ROLES, Person, Role
from records.models.submissions import Submission
from tests.support import matrix

NOW = datetime(2026, 3, 30, 9, 30, tzinfo=UTC)


def viewer(*roles: Role, person_id: uuid.UUID | None = None) -> Viewer:
    return Viewer(uuid.uuid4(), person_id or uuid.uuid4(), "Rosa Tester", frozenset(roles))


@pytest.mark.parametrize("act", list(Act))
def test_signed_out_may_do_nothing(act: Act) -> None:
    assert not can(None, act)


@pytest.mark.parametrize("role", [role for role in Role if role not in BODY_ROLES])
def test_roles_at_schools_open_nothing_of_the_body(role: Role) -> None:
    assert not any(can(viewer(role), act) for act in Act)


def expected_of(role: Role) -> dict[str, str]:
    """What the written matrix says of a role: act and relation."""
    if role in BODY_ROLES:
        return {act: "every" for roles, acts in matrix.STAFF_ACTS.items() if role.value in roles for act in acts}
    return matrix.SCHOOL_ACTS[role.value]


@pytest.mark.parametrize("role", list(Role))
def test_every_cell_of_role_and_act_is_as_written_down(role: Role) -> None:
    found = {act.value: relation.value for act, relation in TABLE.get(role, {}).items()}
    assert found == expected_of(role)


@pytest.mark.parametrize("act", list(Act))
def test_an_act_that_is_not_written_down_fails(act: Act) -> None:
    assert any(act.value in expected_of(role) for role in Role)


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
        Act.SEE_ACCESS,
        Act.SEE_CONVERSATIONS,
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


def test_a_mentor_opens_nothing_at_all() -> None:
    assert not any(can(at_school(Role.MENTOR), act) for act in Act)


def test_a_role_counts_only_where_it_has_to_do_with_the_thing() -> None:
    both = at_school(Role.INDUCTION_COORDINATOR, Role.INDUCTION_TUTOR)
    assert can(both, Act.SCHOOL_PEOPLE)
    assert can(both, Act.SCHOOL_PEOPLE, near=frozenset({Role.INDUCTION_COORDINATOR}))
    assert not can(both, Act.SCHOOL_PEOPLE, near=frozenset({Role.INDUCTION_TUTOR}))
    assert not can(both, Act.SCHOOL_ECT, near=frozenset())
    assert not can(both, Act.SCHOOL_ECT, near=frozenset({Role.HEADTEACHER}))


def test_a_schools_office_sees_the_ect_and_no_assessment() -> None:
    office, near = at_school(Role.SCHOOL_ADMINISTRATOR), frozenset({Role.SCHOOL_ADMINISTRATOR})
    assert can(office, Act.SCHOOL_ECT, near=near)
    assert not can(office, Act.SCHOOL_ASSESSMENTS, near=near)
    assert visibilities(office, Induction(person_id=uuid.uuid4()), near=near) == frozenset()


def test_a_governor_sees_numbers_and_no_ect() -> None:
    governor = at_school(Role.GOVERNOR)
    assert can(governor, Act.SCHOOL_TOTALS)
    assert not any(can(governor, act) for act in (Act.SCHOOL_ECT, Act.SCHOOL_ASSESSMENTS, Act.SCHOOL_UPLOAD))


def test_school_and_ect_each_see_only_what_is_for_them() -> None:
    theirs = Induction(person_id=uuid.uuid4())
    tutor, ect = at_school(Role.INDUCTION_TUTOR), at_school(Role.ECT)
    assert visibilities(tutor, theirs, near=frozenset({Role.INDUCTION_TUTOR})) == {Visibility.SCHOOL}
    assert visibilities(ect, theirs, near=frozenset({Role.ECT})) == {Visibility.ECT}
    assert visibilities(tutor, theirs, near=frozenset()) == frozenset()


def interest(kind: InterestKind, account_id: uuid.UUID | None = None, ended: bool = False) -> Interest:
    return Interest(kind=kind, account_id=account_id, reason="an invented reason", ended_at=NOW if ended else None)


def test_who_declared_an_interest_leaves_decisions_to_others_and_is_told_why() -> None:
    assessor, colleague = viewer(Role.ASSESSOR), viewer(Role.ASSESSOR)
    theirs = Induction(person_id=uuid.uuid4(), interests=[interest(InterestKind.STAFF, assessor.account_id)])
    for act in (Act.DECIDE, Act.CORRECT, Act.CONCLUDE):
        assert "an invented reason" in (refusal(assessor, act, theirs) or "")
        assert can(colleague, act, theirs)
    assert can(assessor, Act.SEE_ECT, theirs)
    over = Induction(person_id=uuid.uuid4(), interests=[interest(InterestKind.STAFF, assessor.account_id, ended=True)])
    assert can(assessor, Act.DECIDE, over)


@pytest.mark.parametrize(("kind", "said"), [(InterestKind.BODY_EMPLOYED, "employed"), (InterestKind.BODY_TRAINED, "trained")])
def test_nobody_decides_where_the_body_employed_or_trained_the_ect(kind: InterestKind, said: str) -> None:
    theirs = Induction(person_id=uuid.uuid4(), interests=[interest(kind)])
    for role in (Role.ADMINISTRATOR, Role.ASSESSOR):
        why = refusal(viewer(role), Act.CONCLUDE, theirs)
        assert why is not None
        assert said in why
        assert "2.25" in why
        assert not can(viewer(role), Act.DECIDE, Submission(induction=theirs))
        assert can(viewer(role), Act.CORRECT, theirs), "the record is still kept right until another body takes over"


def test_an_interest_in_a_school_counts_for_every_ect_there() -> None:
    school = uuid.uuid4()
    bound = Viewer(uuid.uuid4(), uuid.uuid4(), "Rosa Tester", frozenset({Role.ASSESSOR}), interests=frozenset({school}))
    there = Induction(person_id=uuid.uuid4(), posts=[Post(school_id=school)])
    elsewhere = Induction(person_id=uuid.uuid4(), posts=[Post(school_id=uuid.uuid4())])
    assert not can(bound, Act.DECIDE, there)
    assert can(bound, Act.DECIDE, elsewhere)


def test_staff_of_the_body_have_no_part_on_the_school_side() -> None:
    administrator = viewer(Role.ADMINISTRATOR)
    assert not can(administrator, Act.SCHOOL_ECT, near=frozenset({Role.ECT}))
