"""Both postmen keep the same promises; the one who walks keeps some more against a real server."""

import contextlib
import email
import email.policy
import os
import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from notifications.letters import Letter
from notifications.postman import CapturePostman, Encryption, Postman, Refused, Sent, Smarthost, SmtpPostman
from tests.support.certificates import make_certificate
from tests.support.smarthost import PlayedSmarthost

NOON = datetime(2026, 6, 4, 12, 0, tzinfo=UTC)


def letter(to: str = "office@school.example", sender: str = "forms@body.example", subject: str = "A form – received") -> Letter:
    return Letter(
        letter_id="<1234@mailroom.invalid>",
        sender=sender,
        sender_name="Example Body, Ltd",
        to=to,
        envelope_sender="",
        subject=subject,
        text="Dear colleague,\n\n.a line that begins with a dot\nŁukasz says hello\n",
        html="<p>Dear colleague</p>\n",
        written_at=NOON,
        headers=(("Auto-Submitted", "auto-replied"),),
    )


def showing(chain: Path, key: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, key)
    return context


class Office:
    """A postman with a way to see what arrived."""

    def __init__(self, postman: Postman, arrived: Callable[[], list[bytes]]) -> None:
        self.postman = postman
        self.arrived = arrived

    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.arrived()]


@pytest.fixture(params=["smtp", "capture"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        if request.param == "capture":
            folder = tmp_path / "outbox"
            yield Office(CapturePostman(folder), lambda: [file.read_bytes() for file in sorted(folder.glob("*.eml"))])
            return
        server = stack.enter_context(PlayedSmarthost())
        postman = SmtpPostman(Smarthost("127.0.0.1", server.port, Encryption.NONE, timeout_seconds=10))
        yield Office(postman, lambda: [one.content for one in server.taken])


def test_a_letter_arrives_as_it_was_written(office: Office) -> None:
    assert isinstance(office.postman.send(letter()), Sent)
    [message] = office.messages()
    assert message["Message-ID"] == "<1234@mailroom.invalid>"
    assert message["Subject"] == "A form – received"
    assert message["To"] == "office@school.example"
    assert message["From"].addresses[0].display_name == "Example Body, Ltd"
    assert message["Auto-Submitted"] == "auto-replied"
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == "Dear colleague,\n\n.a line that begins with a dot\nŁukasz says hello\n"
    html = message.get_body(("html",))
    assert html is not None
    assert "<p>Dear colleague</p>" in html.get_content()


def test_an_address_that_would_break_out_of_its_line_is_refused_for_good(office: Office) -> None:
    answer = office.postman.send(letter(to="office@school.example\r\nBcc: spy@elsewhere.example"))
    assert answer == Refused(permanent=True, why="The address or the letter cannot be written as mail.")
    assert office.arrived() == []


def test_a_sender_of_none_stays_none(tmp_path: Path) -> None:
    CapturePostman(tmp_path).send(letter())
    [file] = tmp_path.glob("*.eml")
    assert file.read_bytes().startswith(b"Return-Path: <>\r\n")
    with PlayedSmarthost() as server:
        SmtpPostman(Smarthost("127.0.0.1", server.port, Encryption.NONE)).send(letter())
    assert server.taken[0].envelope_from in {"", "<>"}


def test_a_captured_letter_that_comes_again_takes_the_place_of_its_first_copy(tmp_path: Path) -> None:
    postman = CapturePostman(tmp_path)
    postman.send(letter(subject="first"))
    postman.send(letter(subject="second"))
    [file] = tmp_path.glob("*.eml")
    assert b"Subject: second" in file.read_bytes()


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    answer = CapturePostman(in_the_way / "outbox").send(letter())
    assert isinstance(answer, Refused)
    assert not answer.permanent


@pytest.mark.parametrize(
    ("mail_reply", "recipient_reply", "data_replies", "permanent"),
    [
        (None, "550 5.1.1 no such address", [], True),
        (None, "450 4.2.0 greylisted", [], False),
        (None, None, ["554 5.6.0 not this letter"], True),
        (None, None, ["451 4.3.0 later"], False),
        ("550 5.7.60 not allowed to send as this sender", None, [], False),
    ],
)
def test_only_what_is_said_about_the_receiver_or_the_letter_is_for_good(
    mail_reply: str | None, recipient_reply: str | None, data_replies: list[str], permanent: bool
) -> None:
    with PlayedSmarthost(mail_reply=mail_reply, recipient_reply=recipient_reply, data_replies=data_replies) as server:
        answer = SmtpPostman(Smarthost("127.0.0.1", server.port, Encryption.NONE, timeout_seconds=10)).send(letter())
    assert isinstance(answer, Refused)
    assert answer.permanent is permanent
    assert answer.why[:3].isdigit(), "the server's own words are kept for a person"
    assert server.taken == []


def test_a_server_that_is_away_is_tried_again_later() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
        answer = SmtpPostman(Smarthost("127.0.0.1", port, Encryption.NONE, timeout_seconds=5)).send(letter())
    assert isinstance(answer, Refused)
    assert not answer.permanent


def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        answer = SmtpPostman(Smarthost("127.0.0.1", port, Encryption.NONE, timeout_seconds=1)).send(letter())
    assert isinstance(answer, Refused)
    assert not answer.permanent


def test_letters_and_password_travel_encrypted(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path)
    with PlayedSmarthost(tls=showing(chain, key), password="open sesame") as server:
        smarthost = Smarthost(
            "127.0.0.1", server.port, Encryption.STARTTLS, chain, "mailroom", "open sesame", timeout_seconds=10
        )
        assert isinstance(SmtpPostman(smarthost).send(letter()), Sent)
    [taken] = server.taken
    assert taken.user_name == "mailroom"
    assert taken.encrypted


def test_a_line_can_be_encrypted_from_its_first_byte(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path)
    with PlayedSmarthost(tls=showing(chain, key), tls_from_first_byte=True) as server:
        smarthost = Smarthost("127.0.0.1", server.port, Encryption.TLS, chain, timeout_seconds=10)
        assert isinstance(SmtpPostman(smarthost).send(letter()), Sent)
    assert server.taken[0].encrypted


def test_a_server_that_never_ends_its_encryption_is_left_at_once(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path)

    def played(listening: socket.socket) -> bytes:
        """What comes over the bare line after the client has ended its own encryption: nothing, because it has hung up."""
        line = showing(chain, key).wrap_socket(listening.accept()[0], server_side=True)
        with line, line.makefile("rb") as letters:
            line.settimeout(10)
            line.sendall(b"220 ready\r\n")
            while asked := letters.readline().strip().upper():
                if asked == b"DATA":
                    line.sendall(b"354 go on\r\n")
                    while letters.readline() != b".\r\n":
                        pass
                line.sendall(b"221 bye\r\n" if asked == b"QUIT" else b"250 OK\r\n")
            with socket.socket(fileno=os.dup(line.fileno())) as bare:
                bare.settimeout(10)
                return bare.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as thread:
        heard = thread.submit(played, listening)
        smarthost = Smarthost("127.0.0.1", listening.getsockname()[1], Encryption.TLS, chain, timeout_seconds=10)
        assert isinstance(SmtpPostman(smarthost).send(letter()), Sent)
        with contextlib.suppress(ConnectionResetError):
            assert heard.result(20) == b""


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    context = showing(*make_certificate(tmp_path))
    with PlayedSmarthost(tls=context) as server:
        answer = SmtpPostman(Smarthost("127.0.0.1", server.port, Encryption.STARTTLS, timeout_seconds=10)).send(letter())
    assert isinstance(answer, Refused)
    assert not answer.permanent
    assert server.taken == []


def test_a_server_without_encryption_gets_no_letter_when_encryption_is_wanted() -> None:
    with PlayedSmarthost() as server:
        answer = SmtpPostman(Smarthost("127.0.0.1", server.port, Encryption.STARTTLS, timeout_seconds=10)).send(letter())
    assert isinstance(answer, Refused)
    assert not answer.permanent
    assert server.taken == []


def test_a_wrong_password_is_our_own_fault_and_loses_no_letter(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path)
    with PlayedSmarthost(tls=showing(chain, key), password="open sesame") as server:
        smarthost = Smarthost("127.0.0.1", server.port, Encryption.STARTTLS, chain, "mailroom", "wrong", 10)
        answer = SmtpPostman(smarthost).send(letter())
    assert isinstance(answer, Refused)
    assert not answer.permanent
    assert answer.why.startswith("535")


def test_the_password_does_not_stand_in_the_smarthost_s_words() -> None:
    assert "sesame" not in repr(Smarthost("mail.body.example", password="open sesame"))


def test_an_address_outside_ascii_is_refused_before_anything_is_sent(office: Office) -> None:
    answer = office.postman.send(letter(to="zoë@school.example"))
    assert isinstance(answer, Refused)
    assert answer.permanent
    assert office.arrived() == []
