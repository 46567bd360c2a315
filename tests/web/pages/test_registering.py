"""Registering an ECT by hand."""

import pytest
import sqlalchemy as sa

from records.models.inductions import Induction
from records.models.people import Membership, Person, Role
from records.models.submissions import MatchCertainty, Submission
from tests.support.builders import a_draft, a_submission
from tests.support.house import World, text_of

GOOD = {
    "first-name": "Ines",
    "last-name": "Valcourt",
    "trn": "76/54321",
    "born-day": "17",
    "born-month": "5",
    "born-year": "1999",
    "starts-day": "1",
    "starts-month": "September",
    "starts-year": "2025",
    "school": "harrowgill primary school",
    "fte": "60%",
    "email": "ines@harrowgill.example",
    "tutor-first": "Bela",
    "tutor-last": "Oakhurst",
    "tutor-email": "bela@harrowgill.example",
}


def register(world: World, **changes: str) -> tuple[int, str]:
    answer = world.client("assessor").post(
        "/ects/new", data={**GOOD, **{key.replace("_", "-"): text for key, text in changes.items()}}
    )
    return answer.status_code, answer.text


def test_ect_is_registered_with_school_share_and_tutor(desk: World) -> None:
    assert register(desk)[0] == 303
    with desk.db.reading() as session:
        person = session.scalars(sa.select(Person).where(Person.trn == "7654321")).one()
        induction = session.scalars(sa.select(Induction).where(Induction.person_id == person.id)).one()
        post = induction.posts[0]
        assert (str(induction.starts_on), str(post.spells[0].fte), post.school_id) == ("2025-09-01", "0.6", desk.ids["school"])
        assert post.tutor is not None
        assert post.tutor.full_name == "Bela Oakhurst"
        assert [row.address for row in person.addresses] == ["ines@harrowgill.example"]


def test_form_that_waited_for_the_ect_has_found_them(desk: World) -> None:
    with desk.db.writing() as session:
        waiting_id = a_submission(session, a_draft(trn="7654321", ect_name="Ines Valcourt")).id
        assert session.get_one(Submission, waiting_id).match is MatchCertainty.NONE
    assert register(desk)[0] == 303
    with desk.db.reading() as session:
        found = session.get_one(Submission, waiting_id)
        assert found.match is MatchCertainty.EXACT
        assert found.induction is not None
        assert found.induction.person.full_name == "Ines Valcourt"


def test_tutor_of_the_same_name_at_the_school_is_taken_not_doubled(desk: World) -> None:
    register(desk)
    assert register(desk, first_name="Second", trn="1111111")[0] == 303
    with desk.db.reading() as session:
        tutors = session.scalar(
            sa.select(sa.func.count()).select_from(Membership).where(Membership.role == Role.INDUCTION_TUTOR)
        )
    assert tutors == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"first_name": " "}, "Enter a first name"),
        ({"trn": "12"}, "A teacher reference number has 7 digits"),
        ({"trn": "1234567"}, "There is a person with this teacher reference number already"),
        ({"born_day": ""}, "Date of birth must include a day"),
        ({"born_day": "31", "born_month": "June"}, "Date of birth must be a real date"),
        ({"born_year": "2030"}, "Date of birth must be today or in the past"),
        ({"starts_day": "", "starts_month": "", "starts_year": ""}, "Enter the start of induction"),
        ({"school": ""}, "Enter the name or URN of the school"),
        ({"school": "Nowhere School"}, "No school on record has this name or URN"),
        ({"fte": "1.5"}, "Enter the full-time equivalent as a number up to 1"),
        ({"email": "not an address"}, "Enter an email address in the right form"),
        ({"tutor_last": ""}, "Enter the tutor’s first name and last name"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(desk: World, changes: dict[str, str], told: str) -> None:
    status, page = register(desk, **changes)
    assert status == 422
    assert told in text_of(page)
    assert 'value="Valcourt"' in page
    assert "<title>Error: Register an ECT" in page
    with desk.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person).where(Person.last_name == "Valcourt")) == 0


def test_school_of_the_page_one_came_from_is_filled_in(desk: World) -> None:
    with desk.db.reading() as session:
        from records.models.schools import School

        urn = session.get_one(School, desk.ids["school"]).urn
    assert 'value="Harrowgill Primary School"' in desk.client("assessor").get(f"/ects/new?school={urn}").text
