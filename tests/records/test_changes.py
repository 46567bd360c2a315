"""Change-of-details, leaver and registration forms become facts when a person accepts them, each with its source."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import decisions, facts, people, schools
from records.db import Database
from records.expectations import import_terms
from records.models.events import Event
from records.models.inductions import AssessmentKind, Induction, Source
from records.models.people import Person, Role
from records.models.submissions import Submission
from records.submissions import Draft
from records.values import Wrong
from tests.support.builders import MACHINE, NOW, a_draft, a_school, a_submission, an_administrator, an_ect

CALENDAR = (
    "name,starts_on,ends_on,review_due_on,school_urn\nAutumn,2025-09-01,2025-12-19,,\nSpring,2026-01-05,2026-03-27,,\n"
    "Summer,2026-04-13,2026-07-21,,\nAutumn,2026-09-01,2026-12-18,,\n"
)


def _form(kind: str, **values: str | None) -> Draft:
    said: dict[str, str | None] = {"period_end": None, "on_track": None, **values}
    return a_draft(kind, said)


def _accept(session: Session, content: Draft) -> Submission:
    submission = a_submission(session, content)
    decisions.accept(session, submission, an_administrator(session), NOW)
    return submission


def _events(session: Session, induction: Induction) -> list[str]:
    return list(session.scalars(sa.select(Event.kind).where(Event.induction_id == induction.id)))


def test_a_change_of_hours_holds_from_the_day_on_the_form(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        submission = _accept(session, _form("change_of_details", fte="0.6", period_start="2026-01-05"))
        session.refresh(induction.posts[0], ["spells"])
        spells = [(one.starts_on, one.fte, one.source) for one in induction.posts[0].spells]
        assert spells == [
            (date(2025, 9, 1), Decimal(1), Source.PERSON),
            (date(2026, 1, 5), Decimal("0.6"), Source.PAPER),
        ]
        assert induction.posts[0].spells[1].source_submission_id == submission.id


def test_a_new_name_keeps_the_old_one_and_says_which_form_stated_it(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        submission = a_submission(session, _form("change_of_details", ect_name="Amara Holt"))
        actor = an_administrator(session)
        decisions.assign(session, submission, induction, actor, NOW)
        decisions.accept(session, submission, actor, NOW)
        person = induction.person
        assert person.full_name == "Amara Holt"
        assert [one.full_name for one in person.former_names] == ["Amara Quillfeather"]
        stated = facts.stated(session, person)["last_name"]
        assert (stated.source, stated.source_submission_id) == (Source.PAPER, submission.id)


def test_a_shorter_way_to_write_the_name_is_no_change(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        _accept(session, _form("change_of_details", ect_name="A Quillfeather"))
        assert induction.person.full_name == "Amara Quillfeather"
        assert "fact_corrected" not in _events(session, induction)


def test_a_new_tutor_is_known_at_the_school_or_becomes_so(database: Database) -> None:
    with database.writing() as session:
        school = a_school(session)
        induction = an_ect(session, school)
        known = people.register_person(session, first_name="Pat", last_name="Marsh", now=NOW)
        people.add_membership(session, known, school, Role.INDUCTION_TUTOR, date(2025, 9, 1))
        _accept(session, _form("change_of_details", induction_tutor_name="Pat Marsh"))
        assert induction.posts[0].tutor_id == known.id
    with database.writing() as session:
        submission = a_submission(
            session,
            _form("change_of_details", induction_tutor_name="Jo New", induction_tutor_email="jo@harrowgill.example"),
            body=b"second",
        )
        decisions.accept(session, submission, an_administrator(session, "second"), NOW)
        induction = session.scalars(sa.select(Induction)).one()
        tutor = induction.posts[0].tutor
        assert tutor is not None
        assert tutor.full_name == "Jo New"
        assert people.current_address(tutor, NOW.date()) == "jo@harrowgill.example"
        assert tutor in people.holders(session, induction.posts[0].school, Role.INDUCTION_TUTOR, NOW.date())


def test_a_form_about_another_school_is_not_accepted_in_silence(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        schools.register_school(session, name="Elsewhere School", urn="200002", now=NOW)
        submission = a_submission(session, _form("change_of_details", school_name="Elsewhere School", fte="0.5"))
        with pytest.raises(Wrong, match="no post at Elsewhere School"):
            decisions.accept(session, submission, an_administrator(session), NOW)


def test_accepting_a_change_again_after_reopening_writes_nothing_twice(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        submission = _accept(
            session, _form("change_of_details", fte="0.6", period_start="2026-01-05", ect_email="amara@new.example")
        )
        actor = an_administrator(session, "second")
        decisions.reopen(session, submission, actor, NOW)
        decisions.accept(session, submission, actor, NOW)
        session.refresh(induction.posts[0], ["spells"])
        assert len(induction.posts[0].spells) == 2
        assert [one.address for one in induction.person.addresses] == ["amara@new.example"]


def test_a_leaver_notice_ends_the_post_and_expects_the_interim(database: Database) -> None:
    with database.writing() as session:
        import_terms(session, CALENDAR, MACHINE, NOW)
        induction = an_ect(session)
        _accept(session, _form("leaver_notice", leaving_date="2026-04-30", next_school="Elsewhere"))
        assert induction.posts[0].ends_on == date(2026, 4, 30)
        assert induction.outcome is None
        session.refresh(induction, ["assessments"])
        expected = [one for one in induction.assessments if one.not_required is None]
        assert AssessmentKind.INTERIM_ASSESSMENT in {one.kind for one in expected}
        assert {"post_corrected", "leaver_accepted"} <= set(_events(session, induction))


def test_a_leaver_notice_without_a_day_cannot_be_accepted(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        submission = a_submission(session, _form("leaver_notice"))
        assert "Enter: Leaving date" in decisions.obstacles(session, submission)


def test_a_registration_names_the_tutor_the_mentor_and_a_former_name(database: Database) -> None:
    with database.writing() as session:
        a_school(session)
        submission = _accept(
            session,
            _form(
                "registration",
                induction_start="2026-04-13",
                ect_former_name="Holt",
                induction_tutor_name="Pat Marsh",
                induction_tutor_email="pat@harrowgill.example",
                mentor_name="Mo Reed",
            ),
        )
        assert submission.induction is not None
        post = submission.induction.posts[0]
        assert post.tutor is not None
        assert post.mentor is not None
        assert (post.tutor.full_name, post.mentor.full_name) == ("Pat Marsh", "Mo Reed")
        assert [one.full_name for one in submission.induction.person.former_names] == ["Amara Holt"]
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 4
