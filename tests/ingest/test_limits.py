"""What the listener refuses, when, and in which words."""

from pathlib import Path

import pytest

from ingest.keeping import MEMORY_BYTES
from records.blobs import FolderBlobs
from records.db import Database
from tests.records.test_blobs import files, largest_file
from tests.support.post_office import (
    ADDRESS,
    LETTER,
    SETTINGS,
    PostOffice,
    only_blob,
    post_office,
    wait_for,
)

# ---- before the message


@pytest.mark.parametrize(
    "address",
    ["forms@body.example", "FORMS@Body.Example", "forms+spring@body.example", "Forms+a+b@BODY.example"],
)
def test_a_known_address_is_known_in_any_case_and_with_a_tag(office: PostOffice, address: str) -> None:
    with office.call() as call:
        call.greet().address(to=address)
        assert call.say("DATA").startswith("354")
        assert call.say(LETTER + b".").startswith("250 ")
    assert office.rows()[0].envelope_to == [address]


@pytest.mark.parametrize(
    "address", ["form@body.example", "forms@other.example", "forms", "+x@body.example", "forms@body.example.evil.example"]
)
def test_an_unknown_address_is_refused_for_good(office: PostOffice, address: str) -> None:
    with office.call() as call:
        call.greet()
        assert call.say("MAIL FROM:<tutor@school.example>").startswith("250 ")
        assert call.say(f"RCPT TO:<{address}>")[:3] in {"550", "553"}
        assert call.say("DATA").startswith("503 ")
    assert office.rows() == []


def test_a_message_announced_too_large_is_refused_at_once(office: PostOffice) -> None:
    with office.call() as call:
        call.greet()
        assert call.say(f"MAIL FROM:<a@school.example> SIZE={SETTINGS.max_bytes + 1}").startswith("552 ")
        assert call.say(f"MAIL FROM:<a@school.example> SIZE={SETTINGS.max_bytes} BODY=8BITMIME").startswith("250 ")


def test_recipients_beyond_the_cap_are_asked_for_later(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, max_recipients=3) as office, office.call() as call:
        call.greet().address()
        assert [call.say(f"RCPT TO:<{ADDRESS}>")[:3] for _ in range(3)] == ["250", "250", "452"]
        assert call.say("DATA").startswith("354")
        assert call.say(LETTER + b".").startswith("250 ")
        assert len(office.rows()[0].envelope_to) == 3


def test_endless_commands_without_a_message_end_the_conversation(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, max_commands_per_message=10) as office, office.call() as call:
        call.greet()
        for _ in range(5):
            assert call.deliver(LETTER).startswith("250 ")
        replies = [call.say("NOOP") for _ in range(11)]
        assert [reply[:3] for reply in replies] == ["250"] * 10 + ["421"]
        assert call.at_end()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"MAIL FROM:<\xc3\xa9@school.example>",
        b"BDAT 10 LAST",
        b"AUTH PLAIN AGEAYg==",
        b"HELP",
        b"EXPN staff",
        b"NO\0OP",
        b"MAIL FROM:<a\0b@school.example>",
        b"MAIL FROM:<a@school.example> RET=HDRS",
        b"MAIL FROM:<" + b"((" * 500,
        b"RCPT TO:<a@b>",
        b"DATA",
        b"X" * 3000,
        b"X" * 300_000,
    ],
)
def test_nonsense_is_refused_and_the_conversation_goes_on(office: PostOffice, line: bytes) -> None:
    with office.call() as call:
        call.greet()
        assert call.say(line)[:1] == "5"
        assert call.deliver(LETTER).startswith("250 ")


# ---- after the message


@pytest.mark.parametrize("over", [1, 5 * MEMORY_BYTES])
def test_a_message_that_turns_out_too_large_is_refused_and_leaves_nothing(
    sqlite: Database, blobs: FolderBlobs, over: int
) -> None:
    with post_office(sqlite, blobs, max_bytes=2 * MEMORY_BYTES) as office, office.call() as call:
        call.greet()
        content = b"\r\n" + b"x" * (2 * MEMORY_BYTES - 4)
        assert call.deliver(content + b"y" * over + b"\r\n").startswith("552 ")
        assert call.deliver(LETTER).startswith("250 "), "the conversation goes on"
        assert only_blob(blobs) == LETTER
        wait_for(lambda: len(files(blobs)) == 1)


def test_a_header_without_end_is_refused(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, max_header_bytes=10_000) as office, office.call() as call:
        call.greet()
        assert call.deliver(b"To: a@school.example\r\n" * 1000 + b"\r\nbody\r\n").startswith("552 ")
        assert call.deliver(b"Subject: x\r\n\r\n" + b"body\r\n" * 5000).startswith("250 ")
        assert call.deliver(b"Subject: x\n\n" + b"body\n" * 5000).startswith("250 ")
        assert call.deliver(b"\r\n" + b"body without a header\r\n" * 5000).startswith("250 ")


def test_a_header_of_forty_thousand_recipients_is_taken(office: PostOffice) -> None:
    header = b"To: " + b",\r\n ".join(b"person%d@school.example" % number for number in range(40_000))
    with office.call() as call:
        assert call.greet().deliver(header + b"\r\n\r\nbody\r\n").startswith("250 ")


def test_a_full_disk_is_asked_to_come_back_later(sqlite: Database, tmp_path: Path) -> None:
    full = FolderBlobs(tmp_path / "full", reserve_bytes=1 << 60)
    with post_office(sqlite, full) as office, office.call() as call:
        call.greet()
        assert call.say("MAIL FROM:<a@school.example>").startswith("452 ")
        assert office.rows() == []


def test_a_disk_that_fills_up_during_the_message_is_452_at_its_end(office: PostOffice, blobs: FolderBlobs) -> None:
    with office.call() as call:
        call.greet()
        with largest_file(4 << 20):
            assert call.deliver(b"\r\n" + b"x" * (6 << 20) + b"\r\n").startswith("452 ")
        assert office.rows() == []
        assert call.deliver(LETTER).startswith("250 ")
    assert only_blob(blobs) == LETTER
    wait_for(lambda: len(files(blobs)) == 1)


def test_a_fault_is_temporary_and_tells_nothing_about_itself(
    office: PostOffice, sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE message RENAME TO gone")
    with office.call() as call:
        reply = call.greet().deliver(LETTER)
        with sqlite.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO message")
        assert reply.startswith("451 4.3.0 ")
        assert "table" not in reply
        assert call.deliver(LETTER).startswith("250 "), "the fault has passed"
    assert "OperationalError" in caplog.text
    assert "school.example" not in caplog.text
