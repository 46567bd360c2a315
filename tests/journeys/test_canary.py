"""A person with unique strings in every field, mail and paper is let go: none of the strings remains in the files.

The other ECT, whose paper came in the same mail, keeps it.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import communications, decisions, people, post
from records.belongings import belongings
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor, record, seal, verify
from records.models.accounts import Account
from records.models.base import Base, Retention, retention_of
from records.models.cases import Case, CaseKind, CaseOutcome, CasePaper
from records.models.communications import CommunicationChannel, Direction
from records.models.disclosures import Disclosure, DisclosureGround, DisclosureKind, HandedOver
from records.models.facts import ContactKind, PersonContact, Qualification, StatedFact, TrainingRecord
from records.models.imports import ImportRun, LegacyKey
from records.models.inductions import Absence, Assessment, Extension, Induction, Outcome, Source
from records.models.people import Person, PersonName
from records.models.post import Attachment, AttachmentDecision, BlobKind, Channel, Paper, PaperImage, PaperPart, StoredMessage
from records.models.retention import Erasure
from records.models.submissions import Submission
from records.notices import ask
from records.retention import PRESETS, Policy, Scope, plan
from records.states import AttachmentState, MessageState
from records.submissions import draft
from scheduler.letting_go import apply
from tests.support.builders import NOW, a_draft, a_school, an_administrator, an_ect

DAY = date(2026, 3, 27)
SIX_YEARS_ON = NOW.replace(year=2032, month=4)


class Canary:
    """Strings that stand nowhere else; each remembers where it was put."""

    def __init__(self) -> None:
        self.placed: dict[str, str] = {}

    def sing(self, where: str, prefix: str = "") -> str:
        song = f"{prefix}zq{secrets.token_hex(8)}"
        self.placed[song] = where
        return song

    def found_in(self, folder: Path) -> dict[str, str]:
        """Every song that still stands in a file, and where it was put."""
        hits: dict[str, str] = {}
        for file in folder.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                hits.update(
                    {song: f"{where} in {file.name}" for song, where in self.placed.items() if song.encode() in content}
                )
        return hits


def _fill_text_columns(session: Session, row: Base, canary: Canary, skip: set[str]) -> None:
    """A song in every free text column of a row."""
    table = type(row).__table__
    assert isinstance(table, sa.Table)
    for column in table.columns:
        free = isinstance(column.type, sa.String | sa.Text) and not isinstance(column.type, sa.Enum)
        if free and not column.foreign_keys and not column.primary_key and column.key not in skip:
            length = getattr(column.type, "length", None) or 1000
            if length >= 40:
                setattr(row, column.key, canary.sing(f"{table.name}.{column.key}"))
        elif isinstance(column.type, sa.JSON) and column.key not in skip:
            empty = getattr(row, column.key)
            setattr(row, column.key, [canary.sing(column.key)] if isinstance(empty, list) else {"x": canary.sing(column.key)})
    session.flush()


HASHES = {"blob_sha256", "first_of_bytes", "same_mail_key", "sheet_sha256", "html_sha256"}


def _shared_mail(
    session: Session, blobs: FolderBlobs, canary: Canary, mine: Induction, theirs: Induction
) -> tuple[Submission, Submission, str]:
    """One mail with a paper of each, and one scan that holds pages of both. Returns what the other must keep."""
    kept = blobs.put(canary.sing("raw mail").encode() + b" and theirs")
    message = post.keep(session, post.Delivery(kept, Channel.SMTP, NOW, envelope_from="office@harrowgill.example"))
    _fill_text_columns(session, message, canary, HASHES | {"source", "claimed_by"})
    _attachment(session, blobs, message, canary.sing("body").encode(), AttachmentDecision.BODY, canary)
    own = _paper(session, blobs, message, canary, canary.sing("paper").encode())
    other_words = f"Keeps{secrets.token_hex(8)}"
    other = _paper(session, blobs, message, None, other_words.encode())
    first = draft(session, own, a_draft(said=_values(mine.person, canary)), received_at=NOW, now=NOW)
    second = draft(session, other, a_draft(said=_values(theirs.person, None)), received_at=NOW, now=NOW)
    for value in first.values:
        value.raw, value.reason = canary.sing("raw"), canary.sing("reason")
    message.state = MessageState.OPENED
    communications.log_message(session, message, NOW)
    for submission, induction in ((first, mine), (second, theirs)):
        assert submission.induction_id == induction.id
        communications.link_message(session, message.id, induction.person_id)
    return first, second, other_words


def _values(person: Person, canary: Canary | None) -> dict[str, str | None]:
    said: dict[str, str | None] = {
        "trn": person.trn,
        "date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else None,
        "ect_name": person.full_name,
    }
    if canary:
        said |= {key: canary.sing(key) for key in ("strengths", "targets", "mentor_name", "ect_comments", "tutor_signed_name")}
    return said


def _attachment(
    session: Session,
    blobs: FolderBlobs,
    message: StoredMessage,
    content: bytes,
    decision: AttachmentDecision,
    canary: Canary | None,
) -> Attachment:
    kept = blobs.put(content)
    post.note_blob(session, kept, BlobKind.ATTACHMENT, NOW)
    row = Attachment(
        id=uuid.uuid4(),
        message_id=message.id,
        position=0,
        path=uuid.uuid4().hex,
        decision=decision,
        state=AttachmentState.READ,
        blob_sha256=kept.sha256,
        state_since=NOW,
        name="theirs.docx",
    )
    session.add(row)
    session.flush()
    if canary:
        _fill_text_columns(session, row, canary, HASHES | {"path", "claimed_by"})
    return row


def _paper(session: Session, blobs: FolderBlobs, message: StoredMessage, canary: Canary | None, content: bytes) -> Paper:
    attachment = _attachment(session, blobs, message, content, AttachmentDecision.PAPER, canary)
    sheet, image = blobs.put(content + b" sheet"), blobs.put(content + b" image")
    post.note_blob(session, sheet, BlobKind.SHEET, NOW)
    post.note_blob(session, image, BlobKind.PAGE_IMAGE, NOW)
    paper = Paper(id=uuid.uuid4(), message_id=message.id, number=1, created_at=NOW, sheet_sha256=sheet.sha256)
    session.add(paper)
    session.flush()
    session.add(PaperPart(id=uuid.uuid4(), paper_id=paper.id, position=0, attachment_id=attachment.id))
    session.add(PaperImage(id=uuid.uuid4(), paper_id=paper.id, page=1, blob_sha256=image.sha256, scale=150))
    session.flush()
    if canary:
        _fill_text_columns(session, paper, canary, HASHES)
    return paper


def _a_whole_life(session: Session, canary: Canary, induction: Induction, submission: Submission, actor: Actor) -> None:
    """Everything else the house can know about somebody."""
    person = induction.person
    session.add(PersonName(person_id=person.id, full_name=canary.sing("former"), name_key=canary.sing("former key")))
    people.add_address(session, person, canary.sing("address") + "@x.example", NOW)
    person.qts_route, person.qts_provider = canary.sing("qts route"), canary.sing("qts provider")
    induction.legacy_id = canary.sing("legacy id")
    stated = {"induction_id": induction.id, "source": Source.PERSON, "recorded_at": NOW}
    session.add_all(
        [
            Absence(days=Decimal(2), health_note=canary.sing("health"), **stated),
            Extension(kind="decision", terms=Decimal(1), note=canary.sing("extension"), **stated),
            Account(person_id=person.id, user_name=canary.sing("user name"), created_at=NOW),
        ]
    )
    induction.posts[0].employer = canary.sing("employer")
    session.flush()
    _facts_beside(session, canary, induction, stated)
    _a_case(session, canary, induction)
    communications.log_call(
        session,
        channel=CommunicationChannel.TELEPHONE,
        direction=Direction.IN,
        happened_at=NOW,
        body=canary.sing("call"),
        summary=canary.sing("call summary"),
        other_party=canary.sing("caller"),
        actor=actor,
        now=NOW,
        person=person,
    )
    notice = ask(
        session,
        kind="sent_back",
        key=canary.sing("key"),
        to_address=canary.sing("to") + "@x.example",
        now=NOW,
        content={"note": canary.sing("note")},
        submission_id=submission.id,
        about_person_id=person.id,
    )
    notice.subject, notice.text, notice.outcome = canary.sing("subject"), canary.sing("text"), canary.sing("outcome")
    record(session, "looked", induction, actor, NOW, detail={"before": canary.sing("event")}, induction_id=induction.id)


def _a_case(session: Session, canary: Canary, induction: Induction) -> None:
    case = Case(induction_id=induction.id, kind=CaseKind.CONCERN, received_on=DAY, due_on=DAY, opened_at=NOW)
    case.summary = case.clock = ""
    case.outcome, case.closed_on = CaseOutcome.SETTLED, DAY
    session.add(case)
    session.flush()
    _fill_text_columns(session, case, canary, set())
    paper = session.scalars(sa.select(Attachment.id).where(Attachment.filed_for_id == induction.id).limit(1)).first()
    if paper is not None:
        session.add(CasePaper(case_id=case.id, attachment_id=paper))
    session.flush()


def _facts_beside(session: Session, canary: Canary, induction: Induction, stated: dict[str, Any]) -> None:
    """Qualifications, telephone numbers, training, ids in another system, and what was handed to somebody else."""
    about: dict[str, Any] = {"person_id": induction.person_id, "source": Source.IMPORT, "recorded_at": NOW}
    run = ImportRun(kind="history", system="old", made_at=NOW, made_by="test")
    session.add(run)
    session.flush()
    rows: list[Base] = [
        Qualification(title="x", **about),
        PersonContact(kind=ContactKind.HOME_ADDRESS, value="x", **about),
        StatedFact(subject_id=induction.person_id, name="trn", **about),
        TrainingRecord(**stated),
        LegacyKey(
            run_id=run.id,
            person_id=induction.person_id,
            system="old",
            kind="ect",
            legacy_id="x",
            subject_id=induction.id,
            digest="x",
        ),
        Disclosure(
            induction_id=induction.id,
            kind=DisclosureKind.TRANSFER,
            ground=DisclosureGround.NEW_BODY,
            recipient="x",
            how=HandedOver.LINK,
            authorised_at=NOW,
        ),
    ]
    for row in rows:
        session.add(row)
        session.flush()
        _fill_text_columns(session, row, canary, {"system", "kind", "digest", "link_hash", "code_hash"})


@pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
def test_nothing_of_a_person_who_was_let_go_remains_in_the_files(sqlite: Database, tmp_path: Path, policy: Policy) -> None:
    blobs, canary = FolderBlobs(tmp_path / "blobs"), Canary()
    status = {name: canary.sing(name) for name in ("first", "last")}
    with sqlite.writing() as session:
        school, actor = a_school(session), an_administrator(session)
        mine = an_ect(session, school, name=(status["first"], status["last"]))
        theirs = an_ect(session, school, trn="7654321", name=("Tom", "Holt"))
        first, second, other_words = _shared_mail(session, blobs, canary, mine, theirs)
        _a_whole_life(session, canary, mine, first, actor)
        for submission in (first, second):
            for value in decisions.doubtful(submission):
                decisions.confirm(session, submission, value.key, actor, NOW)
            decisions.accept(session, submission, actor, NOW)
        mine.outcome, mine.completed_on, mine.outcome_on = Outcome.PASS, DAY, DAY
        seal(session)
        ids = (mine.id, mine.person_id, second.id)
    assert len(canary.placed) > 50
    assert {where for song, where in canary.placed.items() if song not in canary.found_in(tmp_path)} == set()

    report = apply(sqlite, blobs, policy, Actor.machine("retention"), SIX_YEARS_ON)

    basic = set(status.values()) if policy.scope is Scope.KEEP_STATUS else set()
    # Names are kept as written and as compared; nothing else may be left.
    remaining = {song: where for song, where in canary.found_in(tmp_path).items() if song not in basic}
    assert remaining == {}
    assert ids[0] in {one.subject_id for one in report.done}
    with sqlite.reading() as session:
        _assert_the_other_is_whole(session, blobs, ids[2], other_words)
        person = session.get(Person, ids[1])
        assert (person is not None) == (policy.scope is Scope.KEEP_STATUS)
        assert session.scalar(sa.select(sa.func.count()).select_from(Assessment).where(Assessment.induction_id == ids[0])) == 0
        assert ids[0] in set(session.scalars(sa.select(Erasure.subject_id)))
        assert verify(session).sound
        if person is not None:
            _assert_only_status_is_left(person)


def _assert_only_status_is_left(person: Person) -> None:
    assert isinstance(Person.__table__, sa.Table)
    for column in Person.__table__.columns:
        if retention_of(column, Person.retention) is not Retention.STATUS:
            assert getattr(person, column.key) is None


def _assert_the_other_is_whole(session: Session, blobs: FolderBlobs, submission_id: uuid.UUID, words: str) -> None:
    theirs = session.get_one(Submission, submission_id)
    assert theirs.paper is not None
    attachment = theirs.paper.parts[0].attachment
    assert attachment.blob_sha256 is not None
    assert blobs.read(attachment.blob_sha256) == words.encode()
    assert theirs.paper.sheet_sha256 is not None
    assert blobs.read(theirs.paper.sheet_sha256) == f"{words} sheet".encode()
    assert theirs.assessment is not None
    assert theirs.assessment.values["trn"] == "7654321"


@pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
def test_the_plan_counts_what_is_then_removed_and_a_second_run_removes_nothing(
    database: Database, tmp_path: Path, policy: Policy
) -> None:
    blobs, canary = FolderBlobs(tmp_path / "blobs"), Canary()
    with database.writing() as session:
        school, actor = a_school(session), an_administrator(session)
        mine, theirs = an_ect(session, school), an_ect(session, school, trn="7654321", name=("Tom", "Holt"))
        first, _second, _words = _shared_mail(session, blobs, canary, mine, theirs)
        _a_whole_life(session, canary, mine, first, actor)
        mine.outcome, mine.completed_on, mine.outcome_on = Outcome.PASS, DAY, DAY
    with database.reading() as session:
        found = plan(session, policy, SIX_YEARS_ON)
        planned: dict[str, int] = {}
        for departure in found.departures:
            for table, number in belongings(session, departure).counts().items():
                planned[table] = planned.get(table, 0) + number
        before = _count(session)
    report = apply(database, blobs, policy, actor, SIX_YEARS_ON)
    assert report.counts == planned
    with database.reading() as session:
        after = _count(session)
    gone = {name: before[name] - after[name] for name in before if before[name] > after[name]}
    gone = {name: number for name, number in gone.items() if name not in {"event_detail", "submission_value", "blob"}}
    children = {"paper_part", "paper_image"}
    assert {name: number for name, number in gone.items() if name not in children} == {
        name: number for name, number in planned.items() if name != "blob"
    }
    assert apply(database, blobs, policy, actor, SIX_YEARS_ON).done == []


def _count(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables
    }
