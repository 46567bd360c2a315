"""The log of a running service as programs read it: JSON on every line, and nothing that was in a letter."""

import json
import smtplib
import socket
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailroom.demo.word_papers import word_form
from records.models.post import Attachment, StoredMessage
from records.states import AttachmentState, MessageState
from tests.support.installation import FORMS, eventually, form_of_amina, letter, post, served
from tests.support.visitor import Visitor

SECRETS = ("Zebedee", "Quartermaine", "7654321", "wobblyaddress", "lampshade", "hollyhock", "farrow", "2190417")
"""Words of which every one stands somewhere in the post below, and in no line that a program writes by itself."""


def hostile_letters() -> list[EmailMessage]:
    """Names, subjects, addresses and papers that try to get into the log, in each way that post can be wrong."""
    form = word_form(form_of_amina())
    sender = "zebedee.wobblyaddress@school.example"
    subject = "Zebedee Quartermaine, TRN 7654321 lampshade"
    letters = [
        letter(sender, ("Quartermaine 7654321 lampshade.docx", form), subject=subject),
        letter(sender, ("../../lampshade/Zebedee.docx", form[: len(form) // 2]), subject=subject),
        letter(sender, ("Quartermaine\x1b[31m.pdf", b"%PDF-1.7 Zebedee Quartermaine 7654321"), subject=subject),
        letter(sender, ("hollyhock.zip", b"PK\x03\x04 Zebedee Quartermaine"), subject=subject),
    ]
    bounce = letter("<>", subject="Undelivered: Zebedee Quartermaine")
    bounce.replace_header("From", "lampshade@wobblyaddress.example")
    return [*letters, bounce]


def talk_nonsense(host: str, port: int) -> None:
    """Commands that are wrong, with words that have no place in a log."""
    with smtplib.SMTP(host, port, timeout=30) as line:
        line.docmd("EHLO", "zebedee.wobblyaddress.example")
        line.docmd("MAIL FROM:<zebedee wobblyaddress>")
        line.docmd("MAIL FROM:<zebedee@wobblyaddress.example>")
        line.docmd("RCPT TO:<quartermaine@lampshade.example>")
        line.docmd("LAMPSHADE", "Zebedee Quartermaine 7654321")
    with socket.create_connection((host, port), timeout=30) as line:
        line.sendall(
            b"EHLO lampshade\r\nMAIL FROM:<zebedee@school.example>\r\nRCPT TO:<"
            + FORMS.encode()
            + b">\r\nDATA\r\nSubject: Zebe"
        )


def test_the_log_is_json_and_names_nobody(tmp_path: Path) -> None:
    letters = hostile_letters()
    with served(tmp_path, mailroom__log_format="json", mailroom__log_level="debug", notifications__capture_folder="outbox") as (
        running,
        house,
    ):
        for one in letters:
            post(running, one, "<>" if "Undelivered" in str(one["Subject"]) else "zebedee.wobblyaddress@school.example")
        talk_nonsense(running.smtp_host, running.smtp_port)
        visitor = Visitor(running.pages)
        for path in ("/inbox?show=Quartermaine", "/Zebedee/lampshade", "/set-up/7654321"):
            visitor.go(path)
        visitor.send("/sign-in", **{"user-name": "Zebedee", "password": "lampshade"})

        def settled() -> bool:
            busy = [MessageState.RECEIVED, MessageState.OPENING]
            with house.database.reading() as session:
                opened = session.scalar(sa.select(sa.func.count()).where(StoredMessage.state.not_in(busy)))
                unread = sa.select(sa.func.count()).where(
                    Attachment.state.in_([AttachmentState.WAITING, AttachmentState.READING])
                )
                return opened == len(letters) and session.scalar(unread) == 0

        eventually(settled, "everything that came has been worked on")
        with house.database.reading() as session:
            names = " ".join(name or "" for name in session.scalars(sa.select(Attachment.name)))
    assert "lampshade" in names, "the words did come in"
    log = (tmp_path / "service.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"started", "stopping", "stopped"} <= {line["event"] for line in lines}
    assert all({"event", "level", "logger", "timestamp"} <= set(line) for line in lines)
    ended = [str(line["event"]) for line in lines if line["logger"] == "ingest.sorting"]
    assert sum(one.startswith("message ") and one.endswith("is opened") for one in ended) == len(letters)
    assert sum(one.startswith("attachment ") for one in ended) >= 2
    for word in SECRETS:
        assert word.casefold() not in log.casefold()
    if "@" in log:
        pytest.fail("an address stands in the log")


def test_a_program_that_fails_to_start_says_so_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        from mailroom.demo.service import DidNotStart

        port = taken.getsockname()[1]
        with pytest.raises(DidNotStart), served(tmp_path, mailroom__log_format="json", web__port=port):
            pass
    last = (tmp_path / "service.log").read_text(encoding="utf-8").splitlines()[-1]
    assert last == f"web cannot be opened at 127.0.0.1:{port} (web.host and web.port in the settings): Address already in use."
