"""The listener: who is let in, encryption, a disk that failed, and closing without cutting a delivery off."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.keeping import Keeper
from ingest.limits import ListenerSettings
from records.blobs import FolderBlobs
from records.db import Database
from tests.records.test_blobs import files
from tests.support.certificates import make_certificate
from tests.support.post_office import (
    ADDRESS,
    LETTER,
    SETTINGS,
    Conversation,
    PostOffice,
    listening,
    now,
    only_blob,
    post_office,
    stuffed,
    wait_for,
)

# ---- who is let in


def test_no_more_connections_than_the_caps_allow(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, max_connections_per_host=2) as office:
        with office.call() as one, office.call() as two, office.call() as three:
            one.greet()
            two.greet()
            assert three.reply().startswith("421 ")
            assert three.at_end()
            one.say("QUIT")
        with office.call() as again:
            wait_for(lambda: True)
            assert again.reply()[:3] in {"220", "421"}
    with post_office(sqlite, blobs, max_connections=1) as office, office.call() as one, office.call() as two:
        one.greet()
        assert two.reply().startswith("421 ")


def test_a_place_is_free_again_when_its_connection_has_gone(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, max_connections=1) as office:
        for _ in range(20):
            with office.call() as call:
                until = time.monotonic() + 10
                while (reply := call.reply()).startswith("421") and time.monotonic() < until:
                    call.socket.close()
                    call.__init__(office.host, office.port)  # type: ignore[misc]  # the same caller tries again
                assert reply.startswith("220 ")


def test_after_a_failed_fsync_nothing_is_taken(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(5, "input/output error")

    with office.call() as call, office.call() as other:
        other.greet()
        call.greet()
        with monkeypatch.context() as broken:
            broken.setattr("os.fsync", fail)
            assert call.deliver(LETTER).startswith("451 ")
        assert call.say("MAIL FROM:<a@school.example>").startswith("451 ")
        assert other.say("MAIL FROM:<a@school.example>").startswith("451 ")
    with office.call() as late:
        assert late.reply().startswith("421 ")
    assert office.rows() == []


# ---- encryption


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def trusting(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate[0]))


@pytest.fixture
def encrypted(sqlite: Database, blobs: FolderBlobs, certificate: tuple[Path, Path]) -> Iterator[PostOffice]:
    with post_office(sqlite, blobs, certificate_file=certificate[0], key_file=certificate[1], idle_seconds=3) as one:
        yield one


def test_a_letter_comes_in_encrypted(encrypted: PostOffice, blobs: FolderBlobs, certificate: tuple[Path, Path]) -> None:
    content = b"Subject: large\r\n\r\n" + b"z" * 2_000_000 + b"\r\n"
    with smtplib.SMTP("localhost", encrypted.port, "school.example") as client:
        client.starttls(context=trusting(certificate))
        client.sendmail("tutor@school.example", [ADDRESS], content)
        assert client.docmd("STARTTLS")[0] == 503
    assert only_blob(blobs) == content
    assert encrypted.rows()[0].authentication["tls"] == "TLSv1.3"


def test_starttls_is_offered_only_with_a_certificate(office: PostOffice) -> None:
    with office.call() as call:
        call.reply()
        assert "STARTTLS" not in call.say("EHLO a")
        assert call.say("STARTTLS").startswith("454 ")
        assert call.deliver(LETTER).startswith("250 ")


def test_commands_put_in_before_the_handshake_are_discarded(encrypted: PostOffice, certificate: tuple[Path, Path]) -> None:
    with encrypted.call() as call:
        call.greet()
        call.send(b"STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@school.example>\r\nRCPT TO:<%s>\r\n" % ADDRESS.encode())
        assert call.reply().startswith("220 ")
        call.socket = trusting(certificate).wrap_socket(call.socket, server_hostname="localhost")
        assert call.say("NOOP").startswith("250 "), "the first answer is to the first encrypted command"
        assert call.say("DATA").startswith("503 ")
        assert call.say("EHLO school.example").startswith("250-")
        assert call.deliver(LETTER).startswith("250 ")
    assert [row.envelope_from for row in encrypted.rows()] == ["tutor@school.example"]


def test_without_encryption_nothing_is_taken_where_it_is_required(
    sqlite: Database, blobs: FolderBlobs, certificate: tuple[Path, Path]
) -> None:
    with post_office(sqlite, blobs, certificate_file=certificate[0], key_file=certificate[1], require_tls=True) as office:
        with office.call() as call:
            call.greet()
            assert call.say("MAIL FROM:<a@school.example>").startswith("530 ")
        with smtplib.SMTP("localhost", office.port, "school.example") as client:
            client.starttls(context=trusting(certificate))
            client.sendmail("tutor@school.example", [ADDRESS], LETTER)
    assert len(office.rows()) == 1


@pytest.mark.parametrize("instead", [b"this is no handshake\r\n" * 20, b""])
def test_a_handshake_that_fails_gives_its_place_back(
    sqlite: Database, blobs: FolderBlobs, certificate: tuple[Path, Path], instead: bytes
) -> None:
    with post_office(sqlite, blobs, certificate_file=certificate[0], key_file=certificate[1], max_connections=1) as office:
        with office.call() as call:
            call.greet()
            assert call.say("STARTTLS").startswith("220 ")
            call.send(instead)
            call.socket.shutdown(socket.SHUT_WR)
        wait_for(lambda: greeted(office))


def greeted(office: PostOffice) -> bool:
    with office.call() as call:
        return call.reply().startswith("220 ")


# ---- closing


def test_closing_lets_a_delivery_in_progress_finish_and_ends_the_others(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs) as office, ThreadPoolExecutor(1) as pool, office.call() as midway, office.call() as idle:
        midway.begin().send(b"Subject: half\r\n")
        idle.greet()
        # The server has read what was sent before it is told to close.
        wait_for(lambda: idle.say("NOOP").startswith("250 "))
        closing = pool.submit(office.close)
        assert idle.reply().startswith("421 4.3.2")
        assert idle.at_end()
        assert not closing.done()
        with pytest.raises(OSError):
            Conversation(office.host, office.port).greet()
        midway.send(b"\r\nand the other half\r\n.\r\n")
        assert midway.reply().startswith("250 ")
        assert midway.at_end()
        closing.result(20)
    assert len(office.rows()) == 1


def test_closing_cuts_off_a_delivery_that_does_not_finish(sqlite: Database, blobs: FolderBlobs) -> None:
    with post_office(sqlite, blobs, closing_seconds=0.2) as office, office.call() as midway:
        midway.begin().send(b"Subject: half\r\n")
        office.close()
        assert midway.at_end()
    assert (office.rows(), files(blobs)) == ([], [])


def test_several_addresses_are_listened_on(sqlite: Database, blobs: FolderBlobs) -> None:
    settings = ListenerSettings(addresses=SETTINGS.addresses, listen_on=(("127.0.0.1", 0), ("127.0.0.2", 0)))

    with Keeper(sqlite, blobs, now) as keeper, listening(keeper, settings) as (bound, _close):
        assert [host for host, _port in bound] == ["127.0.0.1", "127.0.0.2"]
        for host, port in bound:
            with Conversation(host, port) as call:
                assert call.greet().deliver(stuffed(LETTER)).startswith("250 ")


def test_a_port_that_is_taken_is_an_error_at_the_start(office: PostOffice, sqlite: Database, blobs: FolderBlobs) -> None:
    with pytest.raises(OSError), post_office(sqlite, blobs, listen_on=(("127.0.0.1", 0), (office.host, office.port))):
        pytest.fail("both listen")
