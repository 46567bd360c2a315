"""How mailboxes are doing, and which of their messages are on record."""

from datetime import timedelta

from records import mailboxes
from records.db import Database
from records.mailboxes import Condition, Standing
from tests.support.builders import NOW, a_message

WELL = Condition("forms", Standing.WATCHED, "", NOW, 0)


def test_a_condition_is_written_again_and_again_and_read_in_words(database: Database) -> None:
    with database.writing() as session:
        mailboxes.note(session, WELL, NOW)
        mailboxes.note(session, Condition("archive", Standing.REFUSED, "The password is wrong", None, 0), NOW)
        mailboxes.note(session, Condition("forms", Standing.WATCHED, "One is left", NOW + timedelta(hours=1), 1), NOW)
    with database.reading() as session:
        assert mailboxes.conditions(session) == [
            Condition("archive", Standing.REFUSED, "The password is wrong", None, 0),
            Condition("forms", Standing.WATCHED, "One is left", NOW + timedelta(hours=1), 1),
        ]


def test_trouble_does_not_forget_when_the_folder_was_last_seen(database: Database) -> None:
    with database.writing() as session:
        mailboxes.note(session, WELL, NOW)
        mailboxes.note(session, Condition("forms", Standing.IN_TROUBLE, "away", None, 0), NOW + timedelta(hours=1))
    with database.reading() as session:
        (condition,) = mailboxes.conditions(session)
    assert (condition.standing, condition.last_looked_at) == (Standing.IN_TROUBLE, NOW)


def test_what_is_on_record_is_found_by_its_source(database: Database) -> None:
    with database.writing() as session:
        kept = a_message(session, b"one", source="imap:forms:1:1")
        let_go = a_message(session, b"two", source="imap:forms:1:2")
        let_go.blob_sha256 = None
    sources = [f"imap:forms:1:{uid}" for uid in range(1, 1_300)]
    with database.reading() as session:
        found = mailboxes.kept_from(session, sources)
    assert found == {"imap:forms:1:1": kept.blob_sha256, "imap:forms:1:2": None}
