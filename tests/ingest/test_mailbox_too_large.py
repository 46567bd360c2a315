"""What is kept of a letter that is too large."""

from email import message_from_bytes, policy

from ingest.mailbox_settings import MailboxSettings, Password
from ingest.mailbox_too_large import note_instead

BOX = MailboxSettings("forms", "imap.body.example", "forms@body.example", Password("x"), max_bytes=1_000_000)
HEADER = (
    b"From: Hill School <office@hill.example>\r\n"
    b"Subject: forms\r\n of all our teachers\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed;\r\n boundary="b"\r\n'
    b"Message-ID: <1@hill.example>\r\n\r\n"
)


def test_the_note_has_the_senders_header_and_says_where_the_letter_lies() -> None:
    message = message_from_bytes(note_instead(HEADER, 52_400_000, BOX), policy=policy.default)
    assert message["From"] == "Hill School <office@hill.example>"
    assert message["Subject"] == "forms of all our teachers"
    assert message["Message-ID"] == "<1@hill.example>"
    assert message.get_content_type() == "text/plain"
    text = message.get_content()
    assert "52.4 MB" in text
    assert "“Too large” of the mailbox “forms”" in text


def test_the_note_of_one_message_is_always_the_same() -> None:
    assert note_instead(HEADER, 5, BOX) == note_instead(HEADER, 5, BOX)


def test_a_header_that_was_cut_off_still_makes_a_letter() -> None:
    message = message_from_bytes(note_instead(HEADER[:60], 5, BOX), policy=policy.default)
    assert message["Subject"] is not None
    assert "not fetched" in message.get_content()
