"""A conversation over a real socket: what is taken in, what ends a message, and clients that vanish, dawdle or flood."""

import hashlib
import smtplib
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.keeping import MEMORY_BYTES
from records.blobs import FolderBlobs
from records.db import Database
from records.models.post import Channel
from tests.records.test_blobs import files
from tests.support.post_office import (
    ADDRESS,
    LETTER,
    SETTINGS,
    PostOffice,
    only_blob,
    post_office,
    wait_for,
)

# ---- taking a delivery in


def test_a_letter_sent_by_an_ordinary_client_is_kept_as_it_was_sent(database: Database, blobs: FolderBlobs) -> None:
    with post_office(database, blobs) as office:
        with smtplib.SMTP(office.host, office.port, "school.example") as client:
            client.sendmail("tutor@school.example", [ADDRESS], LETTER)
        (row,) = office.rows()
    assert blobs.read(row.blob_sha256 or "") == LETTER
    assert (row.channel, row.envelope_from, row.envelope_to) == (Channel.SMTP, "tutor@school.example", [ADDRESS])
    assert (row.peer, row.authentication) == ("127.0.0.1", {"helo": "school.example", "tls": None})


def test_the_reply_names_the_row(office: PostOffice) -> None:
    with office.call() as call:
        reply = call.greet().deliver(LETTER)
    assert reply == f"250 2.0.0 Kept as {office.rows()[0].id}"


def test_several_messages_on_one_connection_are_several_rows(office: PostOffice) -> None:
    with office.call() as call:
        call.greet()
        for number in range(5):
            assert call.deliver(LETTER + str(number).encode()).startswith("250 ")
        assert call.say("QUIT").startswith("221 ")
        assert call.at_end()
    assert len(office.rows()) == 5


def test_the_same_letter_twice_is_two_rows_and_one_of_them_a_repeat(office: PostOffice, blobs: FolderBlobs) -> None:
    with office.call() as call:
        call.greet()
        call.deliver(LETTER)
        call.deliver(LETTER)
    first, second = office.rows()
    assert {first.duplicate_of_id, second.duplicate_of_id} in ({None, first.id}, {None, second.id})
    assert only_blob(blobs) == LETTER


def test_ten_clients_at_once_each_find_their_own_letters(database: Database, blobs: FolderBlobs) -> None:
    def send(client: int) -> list[bytes]:
        contents = [f"Subject: {client}/{number}\r\n\r\n".encode() + b"x" * 700 * number + b"\r\n" for number in range(20)]
        with office.call() as call:
            call.greet()
            assert all(call.deliver(content).startswith("250 ") for content in contents)
        return contents

    with post_office(database, blobs) as office:
        with ThreadPoolExecutor(10) as pool:
            sent = [content for contents in pool.map(send, range(10)) for content in contents]
        kept = [row.blob_sha256 for row in office.rows()]
    assert sorted(kept, key=str) == sorted(hashlib.sha256(content).hexdigest() for content in sent)
    assert {blobs.read(str(name)) for name in kept} == set(sent)


def test_the_null_sender_is_an_empty_sender(office: PostOffice) -> None:
    with office.call() as call:
        call.greet().address(sender="")
        assert call.say("DATA").startswith("354")
        assert call.say(LETTER + b".").startswith("250 ")
    assert office.rows()[0].envelope_from == ""


def test_a_client_that_only_says_helo_is_served(office: PostOffice) -> None:
    with office.call() as call:
        assert call.reply().startswith("220 ")
        assert call.say("HELO scanner.example").startswith("250 ")
        assert call.deliver(LETTER).startswith("250 ")


@pytest.mark.parametrize("length", [998, 1_001, 70_000, 3 * MEMORY_BYTES])
def test_a_long_line_is_taken_unaltered(office: PostOffice, blobs: FolderBlobs, length: int) -> None:
    content = b"Subject: a scan\r\n\r\n" + b"x" * length + b"\r\n"
    with office.call() as call:
        assert call.greet().deliver(content).startswith("250 ")
    assert only_blob(blobs) == content


def test_a_letter_with_bare_line_feeds_only_is_taken_unaltered(office: PostOffice, blobs: FolderBlobs) -> None:
    content = b"Subject: a scan\n\n" + b"a line of a scanner\n" * 500 + b".\n.\n\r\n"
    with office.call() as call:
        assert call.greet().deliver(content).startswith("250 ")
    assert only_blob(blobs) == content


def test_commands_sent_in_one_go_are_answered_in_order(office: PostOffice) -> None:
    with office.call() as call:
        call.greet()
        call.send(
            b"MAIL FROM:<a@school.example>\r\nRCPT TO:<nobody@body.example>\r\nRCPT TO:<%s>\r\nDATA\r\n" % ADDRESS.encode()
        )
        assert [call.reply()[:3] for _ in range(4)] == ["250", "550", "250", "354"]
        call.send(LETTER + b".\r\nNOOP\r\nQUIT\r\n")
        assert [call.reply()[:3] for _ in range(3)] == ["250", "250", "221"]
    assert office.rows()[0].envelope_to == [ADDRESS]


def test_a_client_that_sends_everything_and_closes_its_side_is_answered(office: PostOffice) -> None:
    with office.call() as call:
        wire = f"EHLO a\r\nMAIL FROM:<a@school.example>\r\nRCPT TO:<{ADDRESS}>\r\nDATA\r\n".encode() + LETTER + b".\r\nQUIT\r\n"
        call.send(wire)
        call.socket.shutdown(socket.SHUT_WR)
        assert [call.reply()[:3] for _ in range(7)] == ["220", "250", "250", "250", "354", "250", "221"]
        assert call.at_end()
    assert len(office.rows()) == 1


# ---- what ends a message


@pytest.mark.parametrize("false_end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n"])
def test_a_second_message_cannot_be_smuggled_inside_the_first(office: PostOffice, blobs: FolderBlobs, false_end: bytes) -> None:
    smuggled = b"MAIL FROM:<head@school.example>\r\nRCPT TO:<%s>\r\nDATA\r\nSubject: forged\r\n\r\n" % ADDRESS.encode()
    with office.call() as call:
        call.begin()
        assert call.say(b"Subject: one\r\n\r\nhello" + false_end + smuggled + b"forged\r\n.").startswith("250 ")
        assert call.say("NOOP").startswith("250 ")
    assert len(office.rows()) == 1
    assert b"forged" in only_blob(blobs)


def test_a_final_dot_that_arrives_byte_by_byte_ends_the_message(office: PostOffice, blobs: FolderBlobs) -> None:
    with office.call() as call:
        call.begin()
        call.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"hi\r\n..dot\r\n.\r\n":
            call.send(bytes([byte]))
        assert call.reply().startswith("250 ")
    assert only_blob(blobs) == b"hi\r\n.dot\r\n"


# ---- clients that vanish, dawdle or flood


@pytest.mark.parametrize("sent", [b"", b"Subject: half", b"x" * (3 * MEMORY_BYTES), LETTER + b".\r", LETTER + b"."])
@pytest.mark.parametrize("rudely", [False, True])
def test_a_client_that_vanishes_in_the_middle_leaves_nothing(
    office: PostOffice, blobs: FolderBlobs, sent: bytes, rudely: bool
) -> None:
    call = office.call().begin()
    call.send(sent)
    if rudely:
        # A reset instead of an orderly end.
        call.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    call.socket.close()
    office.close()
    assert office.rows() == []
    wait_for(lambda: files(blobs) == [])


def test_a_client_that_vanishes_after_the_final_dot_is_kept_whole_or_not_at_all(sqlite: Database, blobs: FolderBlobs) -> None:
    sent = {}
    with post_office(sqlite, blobs) as office:
        for number in range(30):
            content = f"Subject: {number}\r\n\r\n".encode() + b"y" * 20_000 + b"\r\n"
            sent[hashlib.sha256(content).hexdigest()] = content
            with office.call().begin() as call:
                call.send(content + b".\r\n")
        office.close()
    for row in office.rows():
        assert blobs.read(str(row.blob_sha256)) == sent[str(row.blob_sha256)]
    assert {file.parent.name + file.name for file in files(blobs)} <= set(sent), "nothing but whole messages"


def test_silence_ends_a_conversation(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, idle_seconds=0.3) as office, office.call() as call, office.call() as midway:
        call.greet()
        midway.begin().send(b"Subject: half")
        assert call.reply().startswith("421 4.4.2")
        assert midway.reply().startswith("421 4.4.2")
        assert midway.at_end()
        assert office.rows() == []


def test_a_command_that_drips_in_counts_as_silence(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, idle_seconds=0.5) as office, office.call() as call:
        call.greet()
        begun = time.monotonic()
        call.socket.settimeout(0.05)
        reply = b""
        while not reply and time.monotonic() - begun < 10:
            call.send(b"N")
            try:
                reply = call.socket.recv(100)
            except TimeoutError:
                continue
        assert reply.startswith(b"421 4.4.2")


def test_a_message_that_keeps_coming_is_not_silence(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, idle_seconds=3) as office, office.call() as call:
        call.begin()
        for _ in range(8):
            call.send(b"a little more\r\n")
            time.sleep(0.5)
        assert call.say(".").startswith("250 ")


def test_a_message_may_not_take_for_ever(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, idle_seconds=0.4, message_seconds=1) as office, office.call() as call:
        call.begin()
        call.socket.settimeout(0.05)
        begun, reply = time.monotonic(), b""
        while not reply and time.monotonic() - begun < 10:
            call.send(b"a little more\r\n")
            try:
                reply = call.socket.recv(100)
            except TimeoutError:
                continue
        assert reply.startswith(b"421 4.4.2")
        assert office.rows() == []


def test_a_client_that_never_reads_does_not_hold_its_place_for_ever(sqlite: Database, blobs: FolderBlobs) -> None:
    impatient = replace(SETTINGS, idle_seconds=0.2, linger_seconds=0.2, max_commands_per_message=10**9)
    with post_office(sqlite, blobs, impatient) as office, office.call() as call:
        call.greet()
        call.socket.settimeout(1)
        with pytest.raises((TimeoutError, ConnectionError)):
            call.send(b"NOOP\r\n" * 10_000_000)
        begun = time.monotonic()
        office.close()
        assert time.monotonic() - begun < SETTINGS.closing_seconds


def test_a_flood_without_line_ends_takes_no_memory_and_no_turn_from_others(sqlite: Database, blobs: FolderBlobs) -> None:
    flooding = threading.Event()

    def flood() -> str:
        with office.call() as call:
            call.begin()
            for _ in range(64):
                call.send(b"x" * (1 << 20))
                flooding.set()
            return call.say(b"\r\n.")

    with post_office(sqlite, blobs, max_bytes=10 << 20) as office, ThreadPoolExecutor(1) as pool:
        before = resident()
        outcome = pool.submit(flood)
        assert flooding.wait(20)
        with office.call() as call:
            call.greet()
            while not outcome.done():
                assert call.say("NOOP").startswith("250 ")
                time.sleep(0.01)
                call.say("RSET")
                call.deliver(LETTER)
        assert outcome.result(20).startswith("552 ")
        assert resident() - before < 32 << 20


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
