"""Whose paper it is: TRN and date of birth decide, names only check."""

from datetime import date

import pytest

from records.db import Database
from records.matching import conflicts, match_assessment, match_person, names_agree
from records.models.inductions import AssessmentKind, AssessmentPoint
from records.models.submissions import MatchCertainty
from records.people import rename
from tests.support.builders import GOOD, LATER, NOW, a_school, an_ect, expected


def test_trn_and_date_of_birth_and_name_together_are_exact(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        found = match_person(session, GOOD)
    assert (found.induction, found.certainty) == (induction, MatchCertainty.EXACT)
    assert found.reasons == (
        "TRN 1234567 is on the record of Amara Quillfeather",
        "The date of birth agrees with the record",
        "The name agrees with the record",
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"date_of_birth": "1999-05-18"}, "gives 18 May 1999"),
        ({"date_of_birth": None}, "No date of birth was read"),
        ({"ect_name": "Boris Wrenfield"}, "The paper is about Boris Wrenfield"),
    ],
)
def test_a_contradiction_is_never_exact(sqlite: Database, change: dict[str, str | None], words: str) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        found = match_person(session, {**GOOD, **change})
    assert (found.induction, found.certainty) == (induction, MatchCertainty.CONFLICT)
    assert any(words in reason for reason in found.reasons)


def test_an_unknown_trn_with_a_known_birthday_and_name_is_only_a_proposal(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        found = match_person(session, {**GOOD, "trn": "7654321"})
    assert (found.induction, found.certainty) == (induction, MatchCertainty.CONFLICT)


def test_nothing_known_matches_nobody(sqlite: Database) -> None:
    with sqlite.writing() as session:
        an_ect(session)
        found = match_person(session, {"ect_name": "Amara Quillfeather"})
    assert (found.induction, found.certainty) == (None, MatchCertainty.NONE)


def test_two_people_with_one_name_and_birthday_are_not_guessed(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school = a_school(session)
        an_ect(session, school)
        an_ect(session, school, trn="1234568")
        found = match_person(session, {**GOOD, "trn": None})
    assert found.certainty is MatchCertainty.NONE


def test_a_former_name_still_agrees(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        rename(session, induction.person, "Amara", "Holt", LATER)
        session.refresh(induction.person, ["former_names"])
        assert match_person(session, GOOD).certainty is MatchCertainty.EXACT
        assert match_person(session, {**GOOD, "ect_name": "Amara Holt"}).certainty is MatchCertainty.EXACT


@pytest.mark.parametrize(
    ("written", "known", "agree"),
    [
        ("Amara Quillfeather", "Amara Quillfeather", True),
        ("QUILLFEATHER, Amara", "Amara Quillfeather", True),
        ("A. Quillfeather", "Amara Quillfeather", True),
        ("Amara Jane Quillfeather", "Amara Quillfeather", True),
        ("Şebnem Çelik", "Sebnem Celik", True),
        ("Hannah O'Rourke", "Hannah O’Rourke", True),
        ("Suharti", "Suharti", True),
        ("Boris Quillfeather", "Amara Quillfeather", False),
        ("Amara Wrenfield", "Amara Quillfeather", False),
        ("", "Amara Quillfeather", False),
    ],
)
def test_names_agree_when_they_do_not_contradict(written: str, known: str, agree: bool) -> None:
    assert names_agree(written, [known]) is agree


def test_the_nearest_expected_assessment_that_is_not_in_is_chosen(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        autumn = expected(session, induction, due_on=date(2025, 12, 5))
        spring = expected(session, induction, due_on=date(2026, 3, 27))
        expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 27), AssessmentPoint.FIRST)
        day = NOW.date()
        assert match_assessment(session, induction, {}, "progress_review", day)[0] == spring
        assert match_assessment(session, induction, {"period_end": "2025-12-01"}, "progress_review", day)[0] == autumn


def test_an_assessment_of_another_point_is_never_chosen(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 27), AssessmentPoint.FIRST)
        found, reason = match_assessment(session, induction, {"assessment_point": "final"}, "formal_assessment", NOW.date())
    assert found is None
    assert "Nothing of this kind is expected" in reason


def test_what_is_due_more_than_a_term_away_is_left_to_a_person(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        expected(session, induction, due_on=date(2026, 12, 4))
        assert match_assessment(session, induction, {}, "progress_review", NOW.date())[0] is None


def test_conflicts_name_the_field_and_what_the_record_says(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        assert conflicts(GOOD, induction) == {}
        found = conflicts({**GOOD, "trn": "7654321", "school_name": "Elsewhere School"}, induction)
    assert found == {"trn": "The record has 1234567", "school_name": "The record has Harrowgill Primary School"}


def test_a_corrected_form_of_a_period_goes_before_the_next_one_that_is_open(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        spring = expected(session, induction, due_on=date(2026, 3, 27))
        spring.accepted_at = NOW
        expected(session, induction, due_on=date(2026, 5, 29))
        session.flush()
        found, reason = match_assessment(session, induction, {"period_end": "2026-03-27"}, "progress_review", NOW.date())
    assert found == spring
    assert "corrected form" in reason
