"""Numbers for whoever watches the machine."""

import uuid
from datetime import timedelta

from records import vitals
from records.db import Database
from records.models.clock import JobOutcome, JobRun
from records.models.post import StoredMessage
from records.states import EDGES, Claim, MessageState, SubmissionState, claim_next
from tests.support.builders import LATER, NOW, a_message, a_submission


def test_every_state_is_counted_with_the_age_of_its_oldest(database: Database) -> None:
    with database.writing() as session:
        a_message(session, b"one")
        a_message(session, b"two", received_at=LATER)
        crowds = {crowd.state: crowd for crowd in vitals.crowds(session)}
        assert set(crowds) == set(EDGES)
        received = crowds[MessageState.RECEIVED]
        assert (received.what, received.number, received.since, received.waits) == ("message", 2, NOW, True)
        assert (crowds[MessageState.OPENED].number, crowds[MessageState.OPENED].since) == (0, None)
        claim_next(session, StoredMessage, (MessageState.RECEIVED, MessageState.OPENING), Claim("w", LATER), LATER)
        crowds = {crowd.state: crowd for crowd in vitals.crowds(session)}
        assert (crowds[MessageState.RECEIVED].number, crowds[MessageState.RECEIVED].since) == (1, LATER)


def test_a_form_in_review_waits_and_a_decided_one_does_not(database: Database) -> None:
    with database.writing() as session:
        a_submission(session)
        waiting = {crowd.state for crowd in vitals.crowds(session) if crowd.waits}
        assert SubmissionState.IN_REVIEW in waiting
        assert {SubmissionState.ACCEPTED, MessageState.OPENED, SubmissionState.RETURNED}.isdisjoint(waiting)


def test_the_clock_is_judged_by_its_newest_tick_and_jobs_by_their_last_good_end(database: Database) -> None:
    def ran(job: str, outcome: JobOutcome, minutes: int) -> JobRun:
        moment = NOW + timedelta(minutes=minutes)
        ended = None if outcome is JobOutcome.RUNNING else moment + timedelta(seconds=5)
        return JobRun(
            id=uuid.uuid4(),
            job=job,
            scheduled_for=moment,
            outcome=outcome,
            claimed_by="x",
            claimed_until=moment,
            started_at=moment,
            ended_at=ended,
        )

    with database.writing() as session:
        assert vitals.clock_last_ran(session) is None
        assert vitals.last_successes(session) == {}
        session.add_all(
            [
                ran("seal", JobOutcome.DONE, 0),
                ran("seal", JobOutcome.DONE, 5),
                ran("seal", JobOutcome.FAILED, 10),
                ran("remind", JobOutcome.RUNNING, 12),
            ]
        )
        session.flush()
        assert vitals.clock_last_ran(session) == NOW + timedelta(minutes=12)
        assert vitals.last_successes(session) == {"seal": NOW + timedelta(minutes=5, seconds=5)}
