"""Questions of the inbox and the queue."""

from datetime import timedelta

from records import decisions, inbox, notices, papers
from records.db import Database
from records.models.clock import JobOutcome, JobRun
from records.models.post import StoredMessage
from records.states import Claim, MessageState, claim_next
from tests.support.builders import (
    LATER,
    NOW,
    a_message,
    a_school,
    a_submission,
    an_administrator,
    an_attachment,
    an_ect,
)


def test_every_message_is_listed_newest_first_with_repeats_told_apart(database: Database) -> None:
    with database.writing() as session:
        first = a_message(session, b"one")
        repeat = a_message(session, b"one", received_at=LATER)
        assert [row.id for row in inbox.messages(session).rows] == [repeat.id, first.id]
        assert inbox.messages(session, show=inbox.Filter.DUPLICATES).rows == [repeat]
        assert (repeat.duplicate_of_id, inbox.messages(session, limit=1).total) == (first.id, 2)


def test_the_queue_holds_what_waits_oldest_first(database: Database) -> None:
    with database.writing() as session:
        older = a_submission(session, body=b"1")
        newer = a_submission(session, received_at=LATER, body=b"2")
        rows, total = inbox.queue(session)
        assert (list(rows), total) == ([older, newer], 2)
        assert inbox.after(session, older) == newer
        assert inbox.after(session, newer) == older
        decisions.reject(session, older, "", an_administrator(session), LATER)
        assert inbox.queue(session)[1] == 1
        assert inbox.after(session, newer) is None


def test_an_item_that_overstays_a_passing_state_shows(database: Database) -> None:
    with database.writing() as session:
        a_message(session)
        claim_next(session, StoredMessage, (MessageState.RECEIVED, MessageState.OPENING), Claim("w", LATER), NOW)
        assert inbox.overstayed(session, NOW + timedelta(minutes=4)) == []
        found = inbox.overstayed(session, NOW + timedelta(minutes=6))
        assert [(one.what, one.state, one.number, one.since) for one in found] == [("message", "opening", 1, NOW)]


def test_counts_go_by_state(database: Database) -> None:
    with database.writing() as session:
        a_submission(session)
        assert inbox.counts(session) == {"message_received": 1, "attachment_waiting": 1, "submission_in_review": 1}


def test_letters_about_a_message_are_those_that_answer_it_or_its_forms(database: Database) -> None:
    with database.writing() as session:
        submission = a_submission(session)
        message = session.get_one(StoredMessage, submission.message_id)
        other = a_message(session, b"another")
        person = an_administrator(session)
        receipt = notices.ask(
            session, kind="receipt", key="1", to_address="office@harrowgill.example", now=NOW, message_id=message.id
        )
        notices.ask(session, kind="receipt", key="2", to_address="office@harrowgill.example", now=NOW, message_id=other.id)
        decisions.assign(session, submission, an_ect(session), person, NOW)
        returned = notices.ask(
            session, kind="sent_back", key="3", to_address="office@harrowgill.example", now=LATER, submission_id=submission.id
        )
        assert list(inbox.letters_about(session, message)) == [receipt, returned]


def test_repeats_of_a_message_are_its_own(database: Database) -> None:
    with database.writing() as session:
        first, _other = a_message(session, b"one"), a_message(session, b"two")
        again = a_message(session, b"one", received_at=LATER)
        assert list(inbox.repeats_of(session, first)) == [again]
        assert list(inbox.repeats_of(session, again)) == []


def test_documents_of_an_ect_are_those_filed_for_them(database: Database) -> None:
    with database.writing() as session:
        induction, person = an_ect(session), an_administrator(session)
        filed, other = (an_attachment(session, a_message(session, body)) for body in (b"one", b"two"))
        papers.file_document(session, filed, induction, "support_plan", person, NOW)
        papers.file_document(session, other, None, "other", person, NOW)
        session.flush()
        assert list(inbox.documents_of(session, induction)) == [filed]


def test_history_names_people_and_tells_both_sides(database: Database) -> None:
    with database.writing() as session:
        induction, person = an_ect(session), an_administrator(session)
        submission = a_submission(session)
        decisions.correct(session, submission, "on_track", "false", person, LATER)
        happened = inbox.history_of_induction(session, induction)
        latest = happened[0]
        assert (latest.event.kind, latest.by) == ("value_corrected", "Rowan Ashdown")
        assert latest.detail == {"key": "on_track", "before": "true", "after": "false"}
        assert {one.event.kind for one in happened} >= {"induction_started", "submission_drafted"}
        assert [one.by for one in happened if one.event.kind == "induction_started"] == [None]


def test_ects_at_a_school_come_by_name(database: Database) -> None:
    with database.writing() as session:
        school, elsewhere = a_school(session), a_school(session, "Thornbeck Academy", "office@thornbeck.example")
        second = an_ect(session, school, trn="1111111", name=("Zoe", "Quillfeather"))
        first = an_ect(session, school, trn="2222222", name=("Amara", "Quillfeather"))
        an_ect(session, elsewhere, trn="3333333", name=("Bela", "Oakhurst"))
        assert list(inbox.inductions_at(session, school)) == [first, second]


def test_last_run_of_each_job_is_its_latest_tick(database: Database) -> None:
    with database.writing() as session:
        for job, moment in (("sweep", NOW), ("sweep", LATER), ("backup", NOW)):
            session.add(
                JobRun(
                    job=job,
                    scheduled_for=moment,
                    claimed_by="w",
                    claimed_until=moment,
                    started_at=moment,
                    outcome=JobOutcome.DONE,
                )
            )
        session.flush()
        assert [(one.job, one.scheduled_for) for one in inbox.last_runs(session)] == [("backup", NOW), ("sweep", LATER)]
