"""Reports that a letter did not arrive: read from real ones, and written down at the letter and the address."""

import email
import re
from email import policy
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.bounces import read_bounce
from records import people, school_people
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor
from records.models.communications import Communication
from records.models.notices import Notice
from records.models.people import PersonAddress, Role
from records.notices import ask
from records.school_people import Newcomer
from records.states import Claim, NoticeState, move
from tests.support import builders, desk
from tests.support.builders import NOW

LETTER = "<11111111-2222-3333-4444-555555555555@mailroom.invalid>"


def report(action: str = "failed", status: str = "5.1.1", letter: str = LETTER, kind: str = "delivery-status") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.school.example\r\nTo: forms@body.example\r\nSubject: Undelivered\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type={kind}; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.school.example\r\n\r\n"
        f"Final-Recipient: rfc822; lena@harrowgill.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1\r\n  no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter}\r\nSubject: Your form\r\n\r\n--b--\r\n"
    ).encode()


def test_a_report_names_the_letter_whether_it_is_for_good_and_why() -> None:
    found = read_bounce(report())
    assert found is not None
    assert found.letter_ids == (LETTER,)
    assert found.permanent
    assert found.why == "smtp; 550 5.1.1 no such user"
    full = read_bounce(report(status="4.2.2"))
    assert full is not None
    assert not full.permanent


@pytest.mark.parametrize(
    "raw",
    [
        report(action="delayed", status="4.4.1"),
        report(action="delivered", status="2.0.0"),
        report(kind="disposition-notification"),
        b"From: Lena <lena@harrowgill.example>\r\nSubject: 550 5.1.1\r\nIn-Reply-To: "
        + LETTER.encode()
        + b"\r\n\r\n550 5.1.1 gone",
        b"",
    ],
    ids=["delayed", "delivered", "displayed", "a person", "nothing"],
)
def test_what_is_no_failure_is_no_bounce(raw: bytes) -> None:
    assert read_bounce(raw) is None


def test_older_servers_say_it_in_words() -> None:
    raw = (
        b"From: Mail Delivery System <Mailer-Daemon@mx.school.example>\r\nSubject: failed\r\n\r\n"
        b"  lena@harrowgill.example\r\n    SMTP error: 550 5.1.1 unknown user\r\n\r\nMessage-ID: " + LETTER.encode() + b"\r\n"
    )
    found = read_bounce(raw)
    assert found is not None
    assert (found.letter_ids, found.permanent) == ((LETTER,), True)


def said_by_the_library(raw: bytes) -> bool:
    """Whether the standard parser finds a recipient whom the letter did not reach."""
    message = email.message_from_bytes(raw, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for group in part.get_payload():
                if str(group.get("Action", "")).strip().lower().startswith("failed"):  # type: ignore[union-attr]
                    return True
    return False


def test_every_real_report_is_read_as_the_standard_parser_reads_it_and_names_our_letter(samples: Path) -> None:
    folder = samples / "mail" / "sisimai"
    if not folder.is_dir():
        pytest.skip(f"no real reports in {folder}")
    wrong, failures, named = [], 0, 0
    for file in sorted(folder.glob("bsd/*.eml")):
        raw = file.read_bytes()
        if not said_by_the_library(raw):
            continue
        failures += 1
        ours = re.sub(rb"(?im)^(message-id:\s*)<[^>\r\n]+>", rb"\g<1>" + LETTER.encode(), raw)
        head, _blank, _body = ours.replace(b"\r\n", b"\n").partition(b"\n\n")
        inner = ours.replace(b"\r\n", b"\n")[len(head) :]
        found = read_bounce(ours)
        named += bool(found and found.letter_ids)
        if found is None:
            wrong.append((file.name, "not seen"))
        elif LETTER.encode() in inner and found.letter_ids != (LETTER,):
            wrong.append((file.name, "letter not named"))
    assert failures > 40
    assert named > 30
    assert not wrong


def test_what_is_no_report_of_a_failure_is_left_alone(samples: Path) -> None:
    folder = samples / "mail" / "sisimai" / "not"
    if not folder.is_dir():
        pytest.skip(f"no such letters in {folder}")
    found = {file.name: read_bounce(file.read_bytes()) for file in folder.glob("*.eml")}
    assert found
    assert not any(one.letter_ids for one in found.values() if one)


def sent(database: Database) -> Notice:
    """A letter to a tutor, taken by the next server."""
    with database.writing() as session:
        row = school_people.set_up(
            session,
            builders.a_school(session),
            Newcomer("Lena", "Larkspur", "lena@harrowgill.example"),
            role=Role.INDUCTION_TUTOR,
            actor=builders.MACHINE,
            now=NOW,
        )
        notice = ask(session, kind="receipt", key="receipt:1", to_address="lena@harrowgill.example", now=NOW)
        notice.letter_id = LETTER
        machine = Actor.machine("outbox")
        move(session, notice, NoticeState.SENDING, machine, "claimed", NOW, claim=Claim("test", NOW))
        move(session, notice, NoticeState.SENT, machine, "taken", NOW)
        people.add_address(session, row.person, "lena@home.example", NOW)
    return notice


@pytest.mark.parametrize(("status", "failing"), [("5.1.1", True), ("4.2.2", False)])
def test_a_report_marks_the_letter_and_for_good_the_address(
    database: Database, blobs: FolderBlobs, status: str, failing: bool
) -> None:
    notice = sent(database)
    desk.deliver(database, blobs, report(status=status), envelope_from="")
    desk.work(desk.sorter(database, blobs))
    with database.reading() as session:
        kept = session.get_one(Notice, notice.id)
        assert kept.state is NoticeState.BOUNCED
        assert "no such user" in (kept.outcome or "")
        rows = {one.address: one.failing_since for one in session.scalars(sa.select(PersonAddress))}
        assert (rows["lena@harrowgill.example"] is not None) is failing
        assert rows["lena@home.example"] is None
        assert session.scalars(sa.select(Communication)).one().conversation_id is None, "automatic mail opens nothing"


def test_a_report_on_a_letter_that_we_never_sent_changes_nothing(sqlite: Database, blobs: FolderBlobs) -> None:
    notice = sent(sqlite)
    desk.deliver(sqlite, blobs, report(letter=LETTER.replace("1111", "2222")), envelope_from="")
    desk.work(desk.sorter(sqlite, blobs))
    with sqlite.reading() as session:
        assert session.get_one(Notice, notice.id).state is NoticeState.SENT
