"""Forms that came before their ECT was on record find them when they are."""

import pytest

from records import facts, registering
from records.db import Database
from records.decisions import assign_assessment, open_for_review
from records.events import Actor
from records.expectations import import_terms
from records.inductions import start_induction
from records.models.submissions import MatchCertainty, Submission
from records.people import register_person
from records.states import SubmissionState
from records.submissions import values_of
from records.values import iso_date
from records.waiting import match_waiting
from tests.support.builders import LATER, NOW, a_draft, a_school, a_submission, an_administrator, an_ect

CALENDAR = "name,starts_on,ends_on\nAutumn,2025-09-01,2025-12-19\nSpring,2026-01-05,2026-03-27\nSummer,2026-04-13,2026-07-21\n"


def test_registration_finds_the_forms_that_came_before_it(database: Database) -> None:
    with database.writing() as session:
        a_school(session)
        import_terms(session, CALENDAR, an_administrator(session), NOW)
        review = a_submission(session, a_draft())
        other = a_submission(session, a_draft("progress_review", {"trn": "7654321", "date_of_birth": "1998-01-02"}))
        registration = a_submission(session, a_draft("registration", {"induction_start": "2025-09-01"}))
        assert {one.match for one in (review, other, registration)} == {MatchCertainty.NONE}
        registering.register(session, registration, values_of(registration), Actor.machine("test"), LATER)
        assert (review.match, review.induction_id) == (MatchCertainty.EXACT, registration.induction_id)
        assert review.assessment is not None, "what the induction expects is there before the form looks for its place"
        assert other.match is MatchCertainty.NONE


def test_form_that_came_before_the_calendar_finds_its_assessment_when_it_is_opened(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        review, other = a_submission(session, a_draft()), a_submission(session, a_draft())
        actor = an_administrator(session)
        assign_assessment(session, other, None, actor, NOW)
        assert [(one.match, one.assessment_id) for one in (review, other)] == [(MatchCertainty.EXACT, None)] * 2
        import_terms(session, CALENDAR, actor, NOW)
        for one in (review, other):
            open_for_review(session, one, actor, LATER)
        assert review.assessment_id is not None
        assert other.assessment_id is None, "a person said that it answers nothing that is expected"


@pytest.mark.parametrize("state", [SubmissionState.ACCEPTED, SubmissionState.REJECTED, SubmissionState.SUPERSEDED])
def test_what_is_decided_stays_as_it_is(sqlite: Database, state: SubmissionState) -> None:
    with sqlite.writing() as session:
        review = a_submission(session, a_draft())
        review.state = state
        session.flush()
        match_waiting(session, an_ect(session).person)
        assert review.match is MatchCertainty.NONE


def test_person_who_is_known_by_nothing_finds_nothing(sqlite: Database) -> None:
    with sqlite.writing() as session:
        review = a_submission(session, a_draft())
        unknown = register_person(session, first_name="Amara", last_name="Quillfeather", now=NOW)
        match_waiting(session, unknown)
        assert review.match is MatchCertainty.NONE


@pytest.mark.parametrize(
    ("key", "wrong", "right"), [("trn", "1234576", "1234567"), ("date_of_birth", "1999-05-18", "1999-05-17")]
)
def test_corrected_fact_finds_the_forms_that_did_not_fit(sqlite: Database, key: str, wrong: str, right: str) -> None:
    with sqlite.writing() as session:
        school = a_school(session)
        given = {"trn": "1234576", "date_of_birth": "1999-05-17"} | {key: wrong}
        person = register_person(
            session,
            first_name="Ada" if key == "trn" else "Amara",
            last_name="Quillfeather",
            trn=given["trn"],
            date_of_birth=iso_date(given["date_of_birth"]),
            now=NOW,
        )
        actor = an_administrator(session)
        induction = start_induction(session, person, school, starts_on=iso_date("2025-09-01"), actor=actor, now=NOW)
        review: Submission = a_submission(session, a_draft())
        before = review.match
        facts.correct(session, person, key, right, "It was typed wrong", actor, LATER)
        assert before is MatchCertainty.NONE
        assert review.induction_id == induction.id
