"""A receipt is asked for by rule only, and says no values."""

import pytest
import sqlalchemy as sa

from ingest.receipts import PLEASE_ATTACH
from notifications import circumstances
from notifications.kinds import KINDS
from notifications.policy import Verdict, may_send
from records import accounts, papers, post, school_people, schools
from records.blobs import FolderBlobs
from records.db import Database
from records.models.notices import Notice
from records.models.people import Role
from records.models.post import Channel, StoredMessage
from records.school_people import Newcomer
from tests.support import desk, letters
from tests.support.builders import NOW, a_school, an_administrator

SCHOOL = "Harrowgill <office@harrowgill.example>"
FORM = desk.written_paper({"trn": "1234567", "ect_name": "Amara Quillfeather", "on_track": None})


def _receipts(db: Database, blobs: FolderBlobs, raw: bytes, **facts: str) -> list[Notice]:
    with db.writing() as session:
        a_school(session)
    desk.deliver(db, blobs, raw, **facts)  # type: ignore[arg-type]
    desk.work(desk.sorter(db, blobs))
    with db.writing() as session:
        return list(session.scalars(sa.select(Notice)))


def test_a_school_is_told_what_was_found_by_kind_initials_and_empty_places(database: Database, blobs: FolderBlobs) -> None:
    raw = letters.letter(("Amara Quillfeather.pdf", FORM), ("broken.pdf", letters.PDF + b"x"), sender=SCHOOL)
    (receipt,) = _receipts(database, blobs, raw)
    assert (receipt.kind, receipt.to_address) == ("receipt", "office@harrowgill.example")
    assert receipt.content == {
        "received_at": NOW.isoformat(),
        "forms": [{"form": "Progress review", "initials": "AQ", "blank": False, "missing": ["On track to complete induction"]}],
        "problems": ["The file is damaged."],
    }
    with database.writing() as session:
        message = session.scalars(sa.select(StoredMessage)).one()
        assert (receipt.key, receipt.message_id) == (f"receipt:{message.id}", message.id)
        assert receipt.school_id == message.school_id


@pytest.mark.parametrize(
    "raw",
    [
        letters.letter(("form.pdf", FORM), sender="Somebody <x@elsewhere.example>"),
        letters.letter(("form.pdf", FORM), sender=SCHOOL, headers=(("Auto-Submitted", "auto-replied"),)),
        letters.letter(("form.pdf", FORM), sender=SCHOOL, headers=(("Precedence", "bulk"),)),
        letters.letter(
            ("form.pdf", FORM),
            sender=SCHOOL,
            headers=(("Authentication-Results", "mx.body.example; dmarc=fail header.from=harrowgill.example"),),
        ),
        letters.letter(("form.pdf", FORM), sender=f"{SCHOOL}, x@elsewhere.example"),
        letters.letter(("form.pdf", FORM), sender="x@elsewhere.example", headers=(("Reply-To", "office@harrowgill.example"),)),
        letters.letter(text="A question, without a form.", sender=SCHOOL),
    ],
    ids=["unregistered", "automatic", "bulk", "forged", "two senders", "reply-to", "no form"],
)
def test_nobody_else_is_answered(database: Database, blobs: FolderBlobs, raw: bytes) -> None:
    assert _receipts(database, blobs, raw) == []


def test_a_null_sender_is_never_answered(database: Database, blobs: FolderBlobs) -> None:
    assert _receipts(database, blobs, letters.letter(("form.pdf", FORM), sender=SCHOOL), envelope_from="<>") == []


def test_a_letter_from_a_file_is_answered_though_its_envelope_is_not_known(database: Database, blobs: FolderBlobs) -> None:
    raw = letters.letter(("form.pdf", FORM), sender=SCHOOL)
    assert len(_receipts(database, blobs, raw, envelope_from="", channel=Channel.FILE)) == 1


@pytest.mark.parametrize(("files", "problems"), [((), [PLEASE_ATTACH]), ((("form.pdf", FORM),), [])])
def test_a_school_that_sent_a_link_instead_of_a_form_is_asked_to_attach_it(
    database: Database, blobs: FolderBlobs, files: tuple[tuple[str, bytes], ...], problems: list[str]
) -> None:
    raw = letters.letter(*files, text="The form: https://1drv.ms/w/x", sender=SCHOOL)
    (receipt,) = _receipts(database, blobs, raw)
    assert receipt.content["problems"] == problems


def test_the_receipt_waits_for_the_last_paper_and_is_asked_for_once(database: Database, blobs: FolderBlobs) -> None:
    with database.writing() as session:
        a_school(session)
    raw = letters.letter(("a.pdf", FORM), ("b.pdf", desk.written_paper({"trn": "7654321"})), sender=SCHOOL)
    message = desk.deliver(database, blobs, raw)
    desk.deliver(database, blobs, raw)
    one = desk.sorter(database, blobs)
    counts = []
    while one.step():
        with database.writing() as session:
            counts.append(session.scalar(sa.select(sa.func.count()).select_from(Notice)))
    # Two letters are opened, then two papers are read; the repeat gets no answer of its own.
    assert counts == [0, 0, 0, 1]
    with database.writing() as session:
        papers.read_again(session, desk.attachments(session, message)[1], an_administrator(session), NOW)
    desk.work(one)
    with database.writing() as session:
        (receipt,) = session.scalars(sa.select(Notice)).all()
        assert len(receipt.content["forms"]) == 2


def test_a_file_that_came_before_is_named_in_no_second_receipt(database: Database, blobs: FolderBlobs) -> None:
    first = letters.letter(("a.pdf", FORM), sender=SCHOOL)
    desk.deliver(database, blobs, letters.letter(("b.pdf", FORM), sender=SCHOOL, message_id="<2@harrowgill.example>"))
    assert len(_receipts(database, blobs, first)) == 1


def _upload(db: Database, blobs: FolderBlobs, address: str, *, ended: bool = False) -> StoredMessage:
    """A tutor of a school that has no registered address uploads a form on the pages."""
    with db.writing() as session:
        row = school_people.set_up(
            session,
            schools.register_school(session, name="Marrowdale Academy", now=NOW),
            Newcomer("Lena", "Larkspur", "lena@home.example"),
            role=Role.INDUCTION_TUTOR,
            actor=an_administrator(session),
            now=NOW,
        )
        account = accounts.school_account(session, row.person, NOW, an_administrator(session, "second"))
        if ended:
            school_people.end_role(session, row, an_administrator(session, "third"), NOW)
        source = f"upload:{account.id}:{'0' * 32}"
    letter = letters.letter(("form.pdf", FORM), sender=f"Lena Larkspur <{address}>")
    with db.writing() as session:
        kept = post.keep(session, post.Delivery(blobs.put(letter), Channel.UPLOAD, NOW, envelope_from=address, source=source))
    desk.work(desk.sorter(db, blobs))
    return kept


def test_whoever_signed_in_and_uploaded_is_known_and_gets_a_receipt(database: Database, blobs: FolderBlobs) -> None:
    kept = _upload(database, blobs, "lena@home.example")
    with database.reading() as session:
        message = session.get_one(StoredMessage, kept.id)
        assert message.authentication["verdict"] == "verified"
        assert message.sender_id is not None
        assert message.school_id is not None
        receipt = session.scalars(sa.select(Notice).where(Notice.kind == "receipt")).one()
        assert (receipt.to_address, receipt.to_person_id) == ("lena@home.example", message.sender_id)
        kind = KINDS["receipt"]
        assert may_send(kind, circumstances.of(session, receipt, kind, NOW)).verdict is Verdict.SEND


def test_the_receipt_of_an_upload_is_withheld_once_the_uploader_has_left(sqlite: Database, blobs: FolderBlobs) -> None:
    _upload(sqlite, blobs, "lena@home.example", ended=True)
    with sqlite.reading() as session:
        receipt = session.scalars(sa.select(Notice).where(Notice.kind == "receipt")).one()
        kind = KINDS["receipt"]
        assert may_send(kind, circumstances.of(session, receipt, kind, NOW)).verdict is Verdict.WITHHOLD


def test_a_letter_that_only_claims_to_be_an_upload_is_not_one(sqlite: Database, blobs: FolderBlobs) -> None:
    raw = letters.letter(("form.pdf", FORM), sender="Lena Larkspur <lena@home.example>")
    desk.deliver(sqlite, blobs, raw)
    desk.work(desk.sorter(sqlite, blobs))
    with sqlite.reading() as session:
        message = session.scalars(sa.select(StoredMessage)).one()
        assert message.authentication["verdict"] == "not known"
        assert session.scalars(sa.select(Notice)).all() == []
