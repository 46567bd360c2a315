"""What a person decides, and what it does to the record."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from records import decisions, events, people
from records.db import Database
from records.models.events import Event, EventDetail
from records.models.inductions import Assessment, AssessmentKind, Outcome, SignOff, SignOffHow, Source
from records.models.notices import Notice
from records.models.post import StoredMessage
from records.models.submissions import MatchCertainty
from records.people import find_by_trn
from records.states import NotAllowed
from records.submissions import differences, draft, values_of
from records.values import Wrong
from tests.support.builders import (
    LATER,
    NOW,
    a_draft,
    a_message,
    a_paper,
    a_school,
    a_submission,
    an_administrator,
    an_ect,
    expected,
)


def test_accepting_completes_the_expected_assessment_with_its_values(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        due = expected(session, induction)
        submission = a_submission(session, a_draft(days_absent="2.5", tutor_signed_name="Bo Hale", ect_signed_on="2026-03-26"))
        assert decisions.obstacles(session, submission) == []
        done = decisions.accept(session, submission, an_administrator(session), LATER)
    assert done == due
    assert (due.on_track, due.days_absent, due.accepted_at, due.received_on) == (True, Decimal("2.5"), LATER, NOW.date())
    assert due.values["trn"] == "1234567"
    assert submission.state == "accepted"
    with database.reading() as session:
        signed = {row.role: row.how for row in session.scalars(sa.select(SignOff))}
    assert signed == {"induction_tutor": SignOffHow.TYPED, "ect": SignOffHow.SIGNED}


def test_a_doubtful_value_must_be_looked_at_before_acceptance(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        actor = an_administrator(session)
        submission = a_submission(session, a_draft(status="check"))
        with pytest.raises(Wrong, match="Look at: "):
            decisions.accept(session, submission, actor, LATER)
        assert submission.state == "in_review"
        for one in decisions.doubtful(submission):
            decisions.confirm(session, submission, one.key, actor, LATER)
        decisions.accept(session, submission, actor, LATER)
        assert submission.state == "accepted"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"on_track": None}, "Enter: On track to complete induction"),
        ({"trn": "7654321"}, "Teacher reference number"),
        ({"date_of_birth": "2001-01-01"}, "Date of birth does not agree"),
        ({"ect_name": "Boris Wrenfield"}, "Confirm by hand"),
    ],
)
def test_what_stands_in_the_way_is_said_in_words(sqlite: Database, change: dict[str, str | None], words: str) -> None:
    with sqlite.writing() as session:
        an_ect(session)
        submission = a_submission(session, a_draft("progress_review", change))
        assert any(words in one for one in decisions.obstacles(session, submission))


def test_after_the_outcome_a_late_form_is_filed_and_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        due = expected(session, induction)
        induction.outcome, induction.completed_on = Outcome.PASS, date(2026, 3, 1)
        submission = a_submission(session, a_draft(on_track=None))
        assert decisions.comes_late(submission)
        assert decisions.obstacles(session, submission) == []
        decisions.accept(session, submission, actor, LATER)
        session.refresh(due)
        assert (due.accepted_at, due.values, submission.state) == (None, {}, "accepted")
        assert submission.paper is not None
        attachment = submission.paper.parts[0].attachment
        assert (attachment.filed_as, attachment.filed_for_id) == ("late_form", induction.id)
        decisions.reopen(session, submission, actor, LATER)
        decisions.reject(session, submission, "", actor, LATER)
        assert attachment.filed_as is None


def test_a_form_on_which_an_outcome_stands_is_not_reopened(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        expected(session, induction)
        submission = a_submission(session)
        decisions.accept(session, submission, actor, NOW)
        induction.outcome, induction.completed_on = Outcome.PASS, date(2026, 3, 1)
        with pytest.raises(Wrong, match="outcome"):
            decisions.reopen(session, submission, actor, LATER)


def test_taking_an_acceptance_back_restores_what_was_expected(database: Database) -> None:
    with database.writing() as session:
        due, actor = expected(session, an_ect(session)), an_administrator(session)
        due.period_start, due.period_end = date(2026, 1, 5), date(2026, 3, 27)
        submission = a_submission(session, a_draft(period_start="2026-01-12", period_end="2026-03-20"))
        decisions.accept(session, submission, actor, NOW)
        assert (due.period_start, due.period_end, due.source) == (date(2026, 1, 12), date(2026, 3, 20), Source.PAPER)
        decisions.reopen(session, submission, actor, LATER)
        decisions.reject(session, submission, "", actor, LATER)
        session.refresh(due)
        assert (due.period_start, due.period_end, due.source) == (date(2026, 1, 5), date(2026, 3, 27), Source.RULE)
        assert (due.source_submission_id, due.before) == (None, None)


def test_an_assessment_that_only_a_form_brought_goes_with_it(sqlite: Database) -> None:
    with sqlite.writing() as session:
        an_ect(session)
        actor, submission = an_administrator(session), a_submission(session)
        decisions.accept(session, submission, actor, NOW)
        assert session.scalar(sa.select(sa.func.count()).select_from(Assessment)) == 1
        decisions.reopen(session, submission, actor, LATER)
        decisions.reject(session, submission, "", actor, LATER)
        assert session.scalar(sa.select(sa.func.count()).select_from(Assessment)) == 0
        assert submission.assessment_id is None


REGISTRATION = {
    "induction_start": "2026-01-05",
    "ect_name": "Amara Quillfeather",
    "fte": "0.6",
    "qts_date": "2025-07-10",
    "trn": "1234567",
}


def test_a_registration_that_is_accepted_anew_corrects_what_it_stated(database: Database) -> None:
    with database.writing() as session:
        a_school(session)
        other = a_school(session, "Otherby School", "office@otherby.example")
        actor = an_administrator(session)
        submission = a_submission(session, a_draft("registration", REGISTRATION))
        decisions.accept(session, submission, actor, NOW)
        induction = submission.induction
        assert induction is not None
        decisions.reopen(session, submission, actor, LATER)
        for key, text in {
            "trn": "7654321",
            "date_of_birth": "1998-05-17",
            "induction_start": "2026-02-02",
            "fte": "0.8",
            "ect_name": "Amaris Quillfeather",
            "school_name": "Otherby School",
        }.items():
            decisions.correct(session, submission, key, text, actor, LATER)
        assert submission.induction is induction
        decisions.accept(session, submission, actor, LATER)
        session.expire_all()
        post, person = induction.posts[0], induction.person
        assert (person.trn, person.full_name, person.date_of_birth) == ("7654321", "Amaris Quillfeather", date(1998, 5, 17))
        assert (post.school_id, post.spells[0].fte, post.starts_on) == (other.id, Decimal("0.8"), date(2026, 2, 2))
        assert (induction.starts_on, induction.periods[0].starts_on) == (date(2026, 2, 2), date(2026, 2, 2))
        assert [(row.school_id, row.since) for row in person.memberships] == [(other.id, date(2026, 2, 2))]
        assert person.former_names == []
        event = session.scalars(sa.select(Event).where(Event.kind == "registration_corrected")).one()
        assert session.get_one(EventDetail, event.id).detail["changes"]["trn"] == ["1234567", "7654321"]


def test_a_registration_on_which_an_assessment_was_accepted_is_corrected_elsewhere(sqlite: Database) -> None:
    with sqlite.writing() as session:
        a_school(session)
        actor = an_administrator(session)
        submission = a_submission(session, a_draft("registration", REGISTRATION))
        decisions.accept(session, submission, actor, NOW)
        review = a_submission(session, body=b"another")
        decisions.accept(session, review, actor, LATER)
        decisions.reopen(session, submission, actor, LATER)
        decisions.accept(session, submission, actor, LATER)
        decisions.reopen(session, submission, actor, LATER)
        decisions.correct(session, submission, "induction_start", "2026-02-02", actor, LATER)
        with pytest.raises(Wrong, match="has gone on"):
            decisions.accept(session, submission, actor, LATER)


def test_correcting_keeps_before_after_who_and_when(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        actor = an_administrator(session)
        submission = a_submission(session, a_draft(trn="1234576"))
        assert submission.match != "exact"
        value = decisions.correct(session, submission, "trn", "RP12/34567", actor, LATER)
        assert (value.read_value, value.value, value.corrected_at) == ("1234576", "1234567", LATER)
        assert submission.match == "exact"
        event = session.scalars(sa.select(Event).where(Event.kind == "value_corrected")).one()
        detail = session.get_one(EventDetail, event.id).detail
    assert detail == {"key": "trn", "before": "1234576", "after": "1234567"}
    assert event.actor_id == actor.id


def test_a_value_that_cannot_be_is_refused_and_nothing_changes(sqlite: Database) -> None:
    with sqlite.writing() as session:
        actor = an_administrator(session)
        submission = a_submission(session)
        with pytest.raises(Wrong, match="7 digits"):
            decisions.correct(session, submission, "trn", "12", actor, LATER)
        with pytest.raises(Wrong, match="real date"):
            decisions.correct(session, submission, "period_end", "2026-02-30", actor, LATER)
        assert values_of(submission)["trn"] == "1234567"


def test_a_value_the_paper_has_no_place_for_can_be_added(sqlite: Database) -> None:
    with sqlite.writing() as session:
        submission = a_submission(session)
        decisions.correct(session, submission, "mentor_name", "Jo Pell", an_administrator(session), LATER)
        assert values_of(submission)["mentor_name"] == "Jo Pell"


def test_sending_back_asks_for_one_letter_without_values(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        submission = a_submission(session)
        notice = decisions.send_back(session, submission, ["no_targets", "other"], "Page 2.", an_administrator(session), LATER)
        assert notice is not None
        assert notice.to_address == "office@harrowgill.example"
        assert notice.content["initials"] == "AQ"
        assert decisions.REASONS["no_targets"] in notice.content["reasons"]
        assert "Quillfeather" not in str(notice.content)
        assert submission.state == "returned"
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


def test_nothing_is_sent_to_an_address_nobody_registered(sqlite: Database) -> None:
    with sqlite.writing() as session:
        submission = a_submission(session)
        assert decisions.send_back(session, submission, ["incomplete"], "", an_administrator(session), LATER) is None
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0


def test_a_forged_letter_is_answered_to_the_tutor_on_record_not_to_its_sender(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        tutor = people.register_person(session, first_name="Bo", last_name="Hale", address="bo@harrowgill.example", now=NOW)
        induction.posts[0].tutor_id = tutor.id
        submission = a_submission(session)
        message = session.get_one(StoredMessage, submission.message_id)
        message.authentication = {"verdict": "failed", "from": "office@harrowgill.example"}
        session.flush()
        session.expire_all()
        notice = decisions.send_back(session, submission, ["incomplete"], "", an_administrator(session), LATER)
        assert notice is not None
        assert notice.to_address == "bo@harrowgill.example"


def test_the_answer_goes_to_the_author_not_to_the_envelope(sqlite: Database) -> None:
    with sqlite.writing() as session:
        an_ect(session)
        submission = a_submission(session)
        message = session.get_one(StoredMessage, submission.message_id)
        message.envelope_from = "bounces+x@relay.example"
        message.authentication = {"from": "office@harrowgill.example"}
        notice = decisions.send_back(session, submission, ["incomplete"], "", an_administrator(session), LATER)
        assert notice is not None
        assert notice.to_address == "office@harrowgill.example"


@pytest.mark.parametrize("reasons", [[], ["nonsense"], ["other"]])
def test_sending_back_needs_a_reason(sqlite: Database, reasons: list[str]) -> None:
    with sqlite.writing() as session:
        submission = a_submission(session)
        with pytest.raises(Wrong):
            decisions.send_back(session, submission, reasons, " ", an_administrator(session), LATER)
        assert submission.state == "in_review"


def test_a_corrected_form_replaces_its_predecessor_and_shows_the_differences(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        due = expected(session, induction)
        actor = an_administrator(session)
        first = a_submission(session, body=b"first")
        decisions.accept(session, first, actor, NOW)
        second = a_submission(session, a_draft(on_track="false"), received_at=LATER, body=b"second")
        assert second.replaces_id == first.id
        assert [(one.key, one.before, one.after) for one in differences(session, second)] == [("on_track", "true", "false")]
        assert first.state == "accepted"
        decisions.accept(session, second, actor, LATER)
        assert first.state == "superseded"
        assert (due.on_track, due.accepted_submission_id) == (False, second.id)


def test_reopening_and_rejecting_takes_the_facts_back_but_not_the_history(database: Database) -> None:
    with database.writing() as session:
        due = expected(session, an_ect(session))
        actor = an_administrator(session)
        submission = a_submission(session)
        decisions.accept(session, submission, actor, NOW)
        decisions.reopen(session, submission, actor, LATER)
        assert session.scalar(sa.select(Assessment.accepted_at)) is not None
        decisions.reject(session, submission, "", actor, LATER)
        session.refresh(due)
        assert due.accepted_at is None
        assert due.values == {}
        kinds = set(session.scalars(sa.select(Event.kind)))
        events.seal(session)
        assert events.verify(session).sound
    assert {"submission_accepted", "submission_in_review", "submission_rejected", "assessment_accepted"} <= kinds


def test_a_decided_form_cannot_be_changed_without_reopening(sqlite: Database) -> None:
    with sqlite.writing() as session:
        an_ect(session)
        actor = an_administrator(session)
        submission = a_submission(session)
        decisions.accept(session, submission, actor, NOW)
        with pytest.raises(NotAllowed):
            decisions.correct(session, submission, "trn", "7654321", actor, LATER)


def test_a_person_can_choose_the_ect_whatever_was_read(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        due = expected(session, induction)
        actor = an_administrator(session)
        submission = a_submission(session, a_draft(trn=None, date_of_birth=None))
        assert submission.match == "none"
        decisions.assign(session, submission, induction, actor, LATER)
        assert (submission.match, submission.assessment_id) == (MatchCertainty.PERSON, due.id)
        decisions.accept(session, submission, actor, LATER)
        assert due.accepted_submission_id == submission.id


def test_an_unexpected_assessment_is_added_on_acceptance(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        submission = a_submission(session, a_draft("formal_assessment", judgement="satisfactory", assessment_point="first"))
        done = decisions.accept(session, submission, an_administrator(session), LATER)
        assert done is not None
        assert (done.kind, done.induction_id, done.judgement) == (
            AssessmentKind.FORMAL_ASSESSMENT,
            induction.id,
            "satisfactory",
        )


def test_an_accepted_registration_starts_the_induction(database: Database) -> None:
    with database.writing() as session:
        school = a_school(session)
        content = a_draft("registration", induction_start="2026-04-13", ect_email="amara@harrowgill.example", on_track=None)
        submission = a_submission(session, content)
        assert decisions.obstacles(session, submission) == []
        decisions.accept(session, submission, an_administrator(session), LATER)
        person = find_by_trn(session, "1234567")
        assert person is not None
        assert (person.last_name, person.date_of_birth) == ("Quillfeather", date(1999, 5, 17))
        assert submission.induction is not None
        assert submission.induction.posts[0].school_id == school.id


def test_a_registration_at_an_unknown_school_waits_for_a_person(sqlite: Database) -> None:
    with sqlite.writing() as session:
        submission = a_submission(session, a_draft("registration", induction_start="2026-04-13", on_track=None))
        assert any("school is not known" in one for one in decisions.obstacles(session, submission))


def test_a_doubtful_kind_of_form_must_be_looked_at_before_acceptance(sqlite: Database) -> None:
    with sqlite.writing() as session:
        expected(session, an_ect(session))
        actor = an_administrator(session)
        submission = a_submission(
            session, dataclasses.replace(a_draft(), kind_status="check", kind_reason="No title was found")
        )
        with pytest.raises(Wrong, match="Kind of form"):
            decisions.accept(session, submission, actor, LATER)
        decisions.correct_kind(session, submission, "progress_review", actor, LATER)
        decisions.accept(session, submission, actor, LATER)
        assert submission.state == "accepted"


def test_a_form_given_to_another_ect_no_longer_replaces_the_first_ects_form(database: Database) -> None:
    with database.writing() as session:
        school, actor = a_school(session), an_administrator(session)
        expected(session, an_ect(session, school))
        other = an_ect(session, school, trn="7654321", name=("Odile", "Fennimore"))
        expected(session, other)
        first = a_submission(session)
        decisions.accept(session, first, actor, LATER)
        second = a_submission(session, received_at=LATER, body=b"misread TRN")
        assert second.replaces_id == first.id
        decisions.assign(session, second, other, actor, LATER)
        assert differences(session, second) == []
        decisions.accept(session, second, actor, LATER)
        assert (first.state, second.state) == ("accepted", "accepted")


def test_a_reopened_form_accepted_for_another_ect_leaves_the_first_ects_record(database: Database) -> None:
    with database.writing() as session:
        school, actor = a_school(session), an_administrator(session)
        wrong = expected(session, an_ect(session, school))
        other = an_ect(session, school, trn="7654321", name=("Odile", "Fennimore"))
        right = expected(session, other)
        submission = a_submission(session)
        decisions.accept(session, submission, actor, LATER)
        decisions.reopen(session, submission, actor, LATER)
        decisions.assign(session, submission, other, actor, LATER)
        decisions.accept(session, submission, actor, LATER)
        assert (wrong.accepted_at, wrong.accepted_submission_id, wrong.on_track, wrong.values) == (None, None, None, {})
        assert (right.accepted_at, right.accepted_submission_id, right.on_track) == (LATER, submission.id, True)


def test_a_registration_is_not_taken_for_another_person_with_its_trn(sqlite: Database) -> None:
    with sqlite.writing() as session:
        a_school(session)
        people.register_person(
            session, first_name="Ottoline", last_name="Vane", trn="1234567", date_of_birth=date(1970, 1, 1), now=NOW
        )
        submission = a_submission(session, a_draft("registration", induction_start="2026-01-05"))
        with pytest.raises(Wrong, match="Ottoline Vane"):
            decisions.accept(session, submission, an_administrator(session), LATER)


def test_two_forms_of_one_letter_never_replace_each_other(database: Database) -> None:
    with database.writing() as session:
        expected(session, an_ect(session))
        message = a_message(session)
        first, second = (draft(session, a_paper(session, message), a_draft(), received_at=NOW, now=NOW) for _number in range(2))
        decisions.correct(session, first, "days_absent", "4", an_administrator(session), LATER)
        assert (first.replaces_id, second.replaces_id) == (None, first.id)


def test_refusing_a_reopened_document_takes_it_out_of_the_ects_file(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        actor = an_administrator(session)
        submission = a_submission(session, a_draft("support_plan"))
        assert submission.paper is not None
        attachment = submission.paper.parts[0].attachment
        decisions.accept(session, submission, actor, NOW)
        assert attachment.filed_for_id == induction.id
        decisions.reopen(session, submission, actor, LATER)
        decisions.reject(session, submission, "", actor, LATER)
        session.refresh(attachment)
        assert {attachment.filed_as, attachment.filed_for_id} == {None}
