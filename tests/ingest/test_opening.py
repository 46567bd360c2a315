"""Opening a message, on both databases: once or twice, the rows are the same."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.contents import EMPTY
from ingest.opening import COPY_OF_A_LETTER, READ_ANEW, SAME_FILE, Opened, Unopenable, look_inside
from records import people
from records.blobs import FolderBlobs
from records.db import Database
from records.events import seal, verify
from records.models.communications import Communication
from records.models.events import Event
from records.models.post import Blob, BlobKind, StoredMessage
from records.models.submissions import Submission
from records.states import MessageState, SubmissionState
from tests.support import desk, letters
from tests.support.builders import NOW, a_school

FROM_SCHOOL = "Harrowgill School <Office@Harrowgill.example>"


def _open(db: Database, blobs: FolderBlobs, raw: bytes, **facts: str) -> StoredMessage:
    message = desk.deliver(db, blobs, raw, **facts)  # type: ignore[arg-type]
    desk.work(desk.sorter(db, blobs))
    with db.writing() as session:
        return session.get_one(StoredMessage, message.id)


def test_what_the_letter_says_of_itself_stands_on_its_row(database: Database, blobs: FolderBlobs) -> None:
    with database.writing() as session:
        school = a_school(session)
        sender = people.register_person(session, first_name="Ivo", last_name="Marsh", now=NOW)
        people.add_address(session, sender, "office@harrowgill.example", now=NOW)
    raw = letters.letter(
        ("form.pdf", letters.PDF), sender=FROM_SCHOOL, headers=(("Cc", "Amara Quillfeather <amara@harrowgill.example>"),)
    )
    message = _open(database, blobs, raw)
    assert message.state is MessageState.OPENED
    assert message.message_id == "<1@hill.example>"
    assert message.header_from == FROM_SCHOOL
    assert message.header_to == "forms@body.example"
    assert message.header_cc == "Amara Quillfeather <amara@harrowgill.example>"
    assert message.subject == "Progress review"
    assert message.written_at == datetime(2026, 6, 4, 8, 32, tzinfo=UTC)
    assert message.body_text == "Please find the form attached."
    assert message.automatic is None
    assert (message.school_id, message.sender_id) == (school.id, sender.id)


def test_a_name_that_decodes_to_an_address_does_not_become_the_sender(database: Database, blobs: FolderBlobs) -> None:
    with database.writing() as session:
        a_school(session)
    sender = "=?utf-8?q?office=40harrowgill.example?= <x@elsewhere.example>"
    raw = letters.letter(("form.pdf", desk.written_paper({}))).replace(
        b"From: Hill School <office@hill.example>", f"From: {sender}".encode()
    )
    message = _open(database, blobs, raw, envelope_from="x@elsewhere.example")
    assert message.authentication["from"] == "x@elsewhere.example"
    assert message.school_id is None


def test_every_leaf_has_a_row_a_kept_blob_and_a_line_of_history(database: Database, blobs: FolderBlobs) -> None:
    inner = letters.letter(("inner.pdf", letters.PDF + b"2"))
    message = _open(database, blobs, letters.letter(("form.pdf", letters.PDF), ("forwarded.eml", inner), ("empty.pdf", b"")))
    with database.writing() as session:
        rows = desk.attachments(session, message)
        assert [(row.path, row.state.value) for row in rows] == [
            ("1", "set_aside"),
            ("2", "unreadable"),
            ("3", "set_aside"),
            ("3 > 1", "set_aside"),
            ("3 > 2", "unreadable"),
            ("4", "unreadable"),
        ]
        assert rows[4].parent_id == rows[2].id
        assert blobs.read(rows[1].blob_sha256 or "") == letters.PDF
        noted = set(session.scalars(sa.select(Blob.sha256).where(Blob.kind == BlobKind.ATTACHMENT)))
        assert noted == {row.blob_sha256 for row in rows if row.blob_sha256}
        told = set(session.scalars(sa.select(Event.subject_id).where(Event.subject_kind == "attachment")))
        assert told == {row.id for row in rows}
        seal(session)
        assert verify(session).sound


def test_an_empty_letter_is_unopenable_with_words(database: Database, blobs: FolderBlobs) -> None:
    message = _open(database, blobs, b"\r\n \r\n")
    assert (message.state, message.problem) == (MessageState.UNOPENABLE, EMPTY)


def test_a_letter_whose_bytes_are_gone_or_altered_is_unopenable_with_words(database: Database, blobs: FolderBlobs) -> None:
    for number, altered in enumerate((None, b"other")):
        kept = desk.deliver(database, blobs, letters.letter(message_id=f"<{number}@hill.example>"))
        file = blobs.path(kept.blob_sha256 or "")
        file.unlink()
        if altered:
            file.write_bytes(altered)
        desk.work(desk.sorter(database, blobs))
        with database.writing() as session:
            message = session.get_one(StoredMessage, kept.id)
        assert message.state is MessageState.UNOPENABLE
        assert "backup" in (message.problem or "")


def test_the_same_letter_by_another_road_is_linked_and_its_papers_are_not_read_twice(
    database: Database, blobs: FolderBlobs
) -> None:
    raw = letters.letter(("form.pdf", desk.written_paper({"trn": "1234567"})))
    first = _open(database, blobs, raw)
    second = _open(database, blobs, b"Received: from relay by mx\r\n" + raw)
    assert (first.duplicate_of_id, second.duplicate_of_id) == (None, first.id)
    with database.writing() as session:
        (_, copy), (_, original) = desk.attachments(session, second), desk.attachments(session, first)
        assert (copy.state.value, copy.reason, copy.same_as_id) == ("set_aside", COPY_OF_A_LETTER, original.id)
        assert len(desk.drafts(session)) == 1
        logged = session.scalars(sa.select(Communication.message_id)).all()
        assert list(logged) == [first.id]


def test_letters_that_differ_in_anything_that_counts_are_not_linked(database: Database, blobs: FolderBlobs) -> None:
    same = {"message_id": "<1@hill.example>", "date": "Thu, 04 Jun 2026 09:32:00 +0100"}
    one = _open(database, blobs, letters.letter(("form.pdf", letters.PDF), **same))  # type: ignore[arg-type]
    other_parts = _open(database, blobs, letters.letter(("form.pdf", letters.PDF + b"2"), **same))  # type: ignore[arg-type]
    nothing = [_open(database, blobs, letters.letter(text=text, message_id=None, date=None)) for text in ("a", "b")]
    assert one.same_mail_key != other_parts.same_mail_key
    assert [message.duplicate_of_id for message in (other_parts, *nothing)] == [None, None, None]
    assert [message.same_mail_key for message in nothing] == [None, None]


def test_a_repeat_waits_until_the_first_is_opened(database: Database, blobs: FolderBlobs) -> None:
    raw = letters.letter(("form.pdf", desk.written_paper({"trn": "1234567"})))
    first, again = desk.deliver(database, blobs, raw), desk.deliver(database, blobs, raw)
    assert again.duplicate_of_id == first.id
    with database.writing() as session:
        # However long it has waited, it is not opened before the first.
        session.execute(sa.update(StoredMessage).where(StoredMessage.id == again.id).values(state_since=NOW.replace(year=2020)))
    desk.sorter(database, blobs).step()
    with database.writing() as session:
        assert session.get_one(StoredMessage, first.id).state is MessageState.OPENED
        assert session.get_one(StoredMessage, again.id).state is MessageState.RECEIVED
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        assert session.get_one(StoredMessage, again.id).state is MessageState.OPENED
        assert len(desk.drafts(session)) == 1


def test_the_same_file_in_another_letter_is_linked_to_the_first(database: Database, blobs: FolderBlobs) -> None:
    paper = desk.written_paper({"trn": "1234567"})
    first = _open(database, blobs, letters.letter(("form.pdf", paper), ("copy.pdf", paper)))
    second = _open(database, blobs, letters.letter(("again.pdf", paper), message_id="<2@hill.example>"))
    with database.writing() as session:
        original, twin = desk.attachments(session, first)[1:]
        later = desk.attachments(session, second)[1]
        assert (original.state.value, original.same_as_id) == ("read", None)
        assert [(row.state.value, row.reason, row.same_as_id) for row in (twin, later)] == [
            ("set_aside", SAME_FILE, original.id)
        ] * 2
        assert second.duplicate_of_id is None


def test_a_file_whose_form_was_sent_back_is_read_again_and_said_to_be_a_repeat(database: Database, blobs: FolderBlobs) -> None:
    paper = desk.written_paper({"trn": "1234567"})
    first = _open(database, blobs, letters.letter(("form.pdf", paper)))
    with database.writing() as session:
        session.execute(sa.update(Submission).values(state=SubmissionState.RETURNED))
    second = _open(database, blobs, letters.letter(("form.pdf", paper), message_id="<2@hill.example>"))
    with database.writing() as session:
        original, again = desk.attachments(session, first)[1], desk.attachments(session, second)[1]
        assert (again.state.value, again.reason, again.same_as_id) == ("read", READ_ANEW, original.id)


def test_automatic_mail_is_opened_and_logged_like_any_other(database: Database, blobs: FolderBlobs) -> None:
    raw = letters.letter(("form.pdf", desk.written_paper({"trn": "1"})), headers=(("Auto-Submitted", "auto-replied"),))
    message = _open(database, blobs, raw)
    assert message.automatic
    with database.writing() as session:
        assert len(desk.drafts(session)) == 1
        assert session.scalar(sa.select(Communication.message_id)) == message.id


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=80),
            st.sampled_from([letters.letter(("a.pdf", letters.PDF)), b"\r\n\r\n", b"Subject: =?utf-8?q?=00?=\r\n", b"\0"]),
        ),
        max_size=5,
    )
)
def test_any_bytes_end_opened_with_every_leaf_or_unopenable_with_words(
    sqlite: Database, blobs: FolderBlobs, pieces: list[bytes]
) -> None:
    raw = b"".join(pieces)
    message = _open(sqlite, blobs, raw)
    opened = look_inside(raw, blobs.put, envelope_from="a@b.example")
    with sqlite.writing() as session:
        rows = desk.attachments(session, message)
    if isinstance(opened, Unopenable):
        assert (message.state, message.problem, rows) == (MessageState.UNOPENABLE, opened.reason, [])
    else:
        assert isinstance(opened, Opened)
        assert message.state is MessageState.OPENED
        assert [row.path for row in rows] == [line.path for line in opened.contents.listed]
        assert all(row.reason or row.problem for row in rows)


@pytest.mark.parametrize("what", ["40,000 recipients", "1,500 letters deep", "path as name", "zero bytes", "one long header"])
def test_a_nasty_letter_has_its_rows_on_both_databases(database: Database, blobs: FolderBlobs, what: str) -> None:
    message = _open(database, blobs, letters.NASTY[what]())
    assert message.state is MessageState.OPENED
    with database.writing() as session:
        assert desk.attachments(session, message)
