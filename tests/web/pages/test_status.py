"""The status page."""

import uuid
from datetime import timedelta

from records import mailboxes
from records.mailboxes import Condition, Standing
from records.models.clock import JobOutcome, JobRun
from records.models.post import Attachment, StoredMessage
from records.states import AttachmentState
from tests.support.house import World, text_of


def test_quiet_house_says_that_nothing_is_stuck(desk: World) -> None:
    page = text_of(desk.client("officer").get("/status").text)
    assert "Nothing is stuck" in page
    assert "To review 2" in page
    assert "Read 2" in page
    assert "Set aside 1" in page


def test_what_overstays_is_told_with_its_age(desk: World) -> None:
    with desk.db.writing() as session:
        one = session.get_one(Attachment, desk.ids["word"])
        one.state, one.state_since = AttachmentState.WAITING, desk.now
    desk.later(minutes=29)
    assert "Nothing is stuck" in text_of(desk.client("officer").get("/status").text)
    desk.later(minutes=2)
    page = text_of(desk.client("officer").get("/status").text)
    assert "Something has been waiting for longer than it should" in page
    assert "Files: 1 waiting to be read, the oldest since 30 March 2026 at 10:30am" in page


def test_last_run_of_each_job_is_shown(desk: World) -> None:
    with desk.db.writing() as session:
        for hours, outcome in ((2, JobOutcome.FAILED), (1, JobOutcome.DONE)):
            moment = desk.now - timedelta(hours=hours)
            session.add(
                JobRun(
                    id=uuid.uuid4(),
                    job="session_purge",
                    scheduled_for=moment,
                    started_at=moment,
                    ended_at=moment,
                    outcome=outcome,
                    claimed_by="test",
                    claimed_until=moment,
                    note="3 sessions",
                )
            )
    page = text_of(desk.client("officer").get("/status").text)
    assert "Session purge 30 March 2026 at 9:30am Done 3 sessions" in page
    assert "Failed" not in page


def test_a_mailbox_that_does_not_let_us_in_is_told_in_words(desk: World) -> None:
    assert "Mailboxes" not in text_of(desk.client("officer").get("/status").text)
    with desk.db.writing() as session:
        well = Condition("forms", Standing.WATCHED, "", desk.now - timedelta(hours=1), 0)
        mailboxes.note(session, well, desk.now)
        refused = Condition("forms", Standing.REFUSED, "The server does not accept the sign-in: no", None, 2)
        mailboxes.note(session, refused, desk.now)
    page = text_of(desk.client("officer").get("/status").text)
    told = "forms Not let in 30 March 2026 at 9:30am 2 The server does not accept the sign-in: no"
    assert told in page


def test_status_names_no_person(desk: World) -> None:
    with desk.db.reading() as session:
        subject = session.get_one(StoredMessage, desk.ids["message"]).subject
    page = text_of(desk.client("officer").get("/status").text)
    assert "Quillfeather" not in page
    assert subject
    assert subject not in page
