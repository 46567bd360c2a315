"""What dead workers held is given back, and rests after three attempts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from ingest.sweeping import NOT_OPENED, NOT_READ, sweep
from records.blobs import FolderBlobs
from records.db import Database
from records.models.post import Attachment, StoredMessage
from records.states import AttachmentState, Claim, MessageState, claim_next
from tests.support import desk, letters
from tests.support.builders import NOW


def _claimed_message(db: Database, blobs: FolderBlobs, by: str = "worker") -> None:
    with db.writing() as session:
        states = (MessageState.RECEIVED, MessageState.OPENING)
        assert claim_next(session, StoredMessage, states, Claim(by, NOW + timedelta(minutes=2)), NOW)


@pytest.mark.parametrize(("minutes", "state"), [(1, "opening"), (3, "received")])
def test_a_claim_goes_back_only_after_it_ran_out(database: Database, blobs: FolderBlobs, minutes: int, state: str) -> None:
    message = desk.deliver(database, blobs, letters.letter())
    _claimed_message(database, blobs)
    with database.writing() as session:
        assert sweep(session, NOW + timedelta(minutes=minutes)) == (state == "received")
        assert session.get_one(StoredMessage, message.id).state.value == state


def test_a_worker_takes_back_its_own_and_nobody_elses(database: Database, blobs: FolderBlobs) -> None:
    for number, by in enumerate(("mine", "theirs")):
        desk.deliver(database, blobs, letters.letter(message_id=f"<{number}@hill.example>"))
        _claimed_message(database, blobs, by)
    with database.writing() as session:
        assert sweep(session, NOW, held_by="mine") == 1
        assert sorted(desk.states(session.scalars(sa.select(StoredMessage)))) == ["opening", "received"]


def test_after_three_attempts_a_letter_and_a_paper_rest_with_words(database: Database, blobs: FolderBlobs) -> None:
    broken = desk.deliver(database, blobs, letters.letter(message_id="<1@hill.example>"))
    for attempt in range(1, 4):
        _claimed_message(database, blobs)
        with database.writing() as session:
            sweep(session, NOW + timedelta(minutes=3))
            row = session.get_one(StoredMessage, broken.id)
            assert (row.attempts, row.state.value) == (attempt, "received" if attempt < 3 else "unopenable")
            assert row.problem == (None if attempt < 3 else NOT_OPENED)
    letter = desk.deliver(database, blobs, letters.letter(("a.pdf", desk.written_paper({}))))
    desk.sorter(database, blobs).step()
    for _ in range(3):
        with database.writing() as session:
            states = (AttachmentState.WAITING, AttachmentState.READING)
            assert claim_next(session, Attachment, states, Claim("worker", NOW + timedelta(minutes=2)), NOW)
        with database.writing() as session:
            assert sweep(session, NOW + timedelta(minutes=3)) == 1
    with database.writing() as session:
        paper = desk.attachments(session, letter)[1]
        assert (paper.state, paper.problem) == (AttachmentState.UNREADABLE, NOT_READ)
