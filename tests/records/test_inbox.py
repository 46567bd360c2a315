"""Questions of the inbox and the queue."""

from datetime import timedelta

from records import decisions, inbox
from records.db import Database
from records.models.post import StoredMessage
from records.states import Claim, MessageState, claim_next
from tests.support.builders import LATER, NOW, a_message, a_submission, an_administrator


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
