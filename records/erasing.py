"""Letting data go: removing what belongs to a departure so that the bytes are gone.

What the plan counts and what is removed come from one place (`belongings`), so that the plan equals what is done.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import marks
from records.belongings import Belongings, Ids, belongings
from records.models.accounts import (
    Account,
    Identity,
    Invitation,
    OneTimeLink,
    ProviderVisit,
    RecoveryCode,
    SignInCode,
    WebSession,
)
from records.models.base import Base, Retention, retention_of
from records.models.cases import Case, CasePaper
from records.models.communications import Communication, CommunicationLink, Conversation
from records.models.disclosures import Disclosure
from records.models.events import Event, EventDetail
from records.models.exports import DfeRefusal, ExportRow
from records.models.facts import PersonContact, Qualification, StatedFact, TrainingRecord
from records.models.imports import LegacyKey
from records.models.inductions import (
    Absence,
    Assessment,
    Extension,
    FteSpell,
    Induction,
    InductionPeriod,
    Post,
    Reduction,
    SignOff,
)
from records.models.interests import Interest, Viewing
from records.models.layouts import LayoutAnchor
from records.models.notices import MarketingPreference, Notice
from records.models.people import Membership, Person, PersonAddress, PersonName
from records.models.post import Attachment, Blob, BlobRemoval, Paper, PaperImage, PaperPart, StoredMessage
from records.models.retention import Erasure, Hold
from records.models.submissions import Submission, SubmissionValue
from records.retention import Departure

REMOVED = "(let go)"
"""What stands where a shared row had words about somebody who is gone."""


def erase(session: Session, departure: Departure, now: datetime, *, marks_key: bytes | None = None) -> Belongings:
    """Remove what belongs to a departure, note it in the ledger, and mark its blobs for removal from the store.

    With `marks_key` the ledger also recognises the TRN of a person who goes, should an old file bring it back.

    The caller commits, then lets `scheduler.letting_go` unlink the blobs and clear the traces in the files.
    """
    going = belongings(session, departure)
    trns = _trns(session, going) if marks_key is not None else []
    counts = going.counts()
    _forget_details(session, going, departure.subject_id)
    _loosen(session, going)
    _blank(session, going)
    for table in _ORDER:
        _delete(session, table, going.of(table))
    _empty_conversations(session)
    _strip(session, going, now)
    _mark_blobs(session, going.blobs, now)
    session.add(
        Erasure(id=uuid.uuid4(), subject_id=departure.subject_id, scope=departure.scope.value, erased_at=now, counts=counts)
    )
    if departure.person_id is not None and departure.person_id in going.of(Person):
        session.add(Erasure(id=uuid.uuid4(), subject_id=departure.person_id, scope="person", erased_at=now, counts={}))
    if marks_key is not None:
        for trn in trns:
            mark = marks.of_trn(marks_key, trn)
            session.add(Erasure(id=uuid.uuid4(), subject_id=mark, scope=marks.TRN, erased_at=now, counts={}))
    session.flush()
    session.expire_all()
    return going


_ORDER: tuple[type[Base], ...] = (
    Case,
    CommunicationLink,
    Communication,
    Notice,
    SubmissionValue,
    Submission,
    PaperImage,
    PaperPart,
    Paper,
    Attachment,
    StoredMessage,
    ExportRow,
    DfeRefusal,
    Disclosure,
    TrainingRecord,
    Interest,
    Viewing,
    SignOff,
    Assessment,
    FteSpell,
    Post,
    Absence,
    Extension,
    Reduction,
    InductionPeriod,
    Induction,
    MarketingPreference,
    StatedFact,
    Qualification,
    PersonContact,
    LegacyKey,
    PersonName,
    PersonAddress,
    Membership,
    Hold,
    WebSession,
    OneTimeLink,
    SignInCode,
    RecoveryCode,
    Invitation,
    Identity,
    Account,
    Person,
)
"""Children before parents."""

_CHILDREN: tuple[tuple[type[Any], sa.orm.InstrumentedAttribute[Any], type[Base]], ...] = (
    (SubmissionValue, SubmissionValue.submission_id, Submission),
    (CasePaper, CasePaper.case_id, Case),
    (CasePaper, CasePaper.attachment_id, Attachment),
    (PaperImage, PaperImage.paper_id, Paper),
    (PaperPart, PaperPart.paper_id, Paper),
    (WebSession, WebSession.account_id, Account),
    (OneTimeLink, OneTimeLink.account_id, Account),
    (SignInCode, SignInCode.account_id, Account),
    (RecoveryCode, RecoveryCode.account_id, Account),
    (Invitation, Invitation.account_id, Account),
    (Identity, Identity.account_id, Account),
    (ProviderVisit, ProviderVisit.account_id, Account),
)
"""Rows that go with their parent whatever they say."""

_LOOSE: tuple[tuple[type[Any], str, type[Base]], ...] = (
    (Submission, "replaces_id", Submission),
    (Submission, "assessment_id", Assessment),
    (Attachment, "same_as_id", Attachment),
    (Attachment, "parent_id", Attachment),
    (Attachment, "assessment_id", Assessment),
    (StoredMessage, "duplicate_of_id", StoredMessage),
    (StoredMessage, "sender_id", Person),
    (Notice, "message_id", StoredMessage),
    (Communication, "recorded_by_id", Account),
    (Conversation, "owner_id", Account),
    (Case, "owner_id", Account),
    (Disclosure, "authorised_by_id", Account),
    (Interest, "account_id", Account),
    (Viewing, "account_id", Account),
    (MarketingPreference, "person_id", Person),
    (LayoutAnchor, "learnt_from_id", Submission),
)
"""Pointers from rows that stay to rows that go."""


def _trns(session: Session, going: Belongings) -> list[str]:
    return [trn for trn in session.scalars(sa.select(Person.trn).where(Person.id.in_(going.of(Person)))) if trn]


def _forget_details(session: Session, going: Belongings, subject_id: uuid.UUID) -> None:
    """Details of events about anything that goes or is stripped. The events themselves hold no values and stay."""
    subjects = set().union(*going.rows.values()) if going.rows else set()
    subjects |= going.stripped_people | going.stripped_inductions | going.blanked_messages | going.blanked_attachments
    subjects.add(subject_id)
    for batch in _batches(subjects):
        about = sa.select(Event.id).where(sa.or_(Event.subject_id.in_(batch), Event.induction_id.in_(batch)))
        session.execute(sa.delete(EventDetail).where(EventDetail.event_id.in_(about)))


def _loosen(session: Session, going: Belongings) -> None:
    for table, column, target in _LOOSE:
        for batch in _batches(going.of(target)):
            session.execute(sa.update(table).where(getattr(table, column).in_(batch)).values({column: None}))
    for child, pointer, parent in _CHILDREN:
        for batch in _batches(going.of(parent)):
            session.execute(sa.delete(child).where(pointer.in_(batch)))


def _blank(session: Session, going: Belongings) -> None:
    """Take the words out of rows that stay for somebody else."""
    for batch in _batches(going.blanked_messages):
        session.execute(
            sa.update(StoredMessage)
            .where(StoredMessage.id.in_(batch))
            .values(
                blob_sha256=None,
                subject=REMOVED,
                body_text=None,
                header_from=None,
                header_to=None,
                header_cc=None,
                envelope_from="",
                envelope_to=[],
                message_id=None,
                authentication={},
                remarks=[],
                problem=None,
                automatic=None,
                peer=None,
            )
        )
    for batch in _batches(going.blanked_attachments):
        session.execute(
            sa.update(Attachment).where(Attachment.id.in_(batch)).values(blob_sha256=None, name=REMOVED, problem=None)
        )
    for batch in _batches(going.blanked_communications):
        session.execute(
            sa.update(Communication).where(Communication.id.in_(batch)).values(summary=REMOVED, body=None, other_party=None)
        )


def _delete(session: Session, table: type[Any], ids: Ids) -> None:
    for batch in _batches(ids):
        session.execute(sa.delete(table).where(table.id.in_(batch)))


def _empty_conversations(session: Session) -> None:
    """Conversations of which nothing is left."""
    letters = sa.exists().where(StoredMessage.conversation_id == Conversation.id)
    entries = sa.exists().where(Communication.conversation_id == Conversation.id)
    session.execute(sa.delete(Conversation).where(~letters, ~entries).execution_options(synchronize_session=False))


def _strip(session: Session, going: Belongings, now: datetime) -> None:
    """Empty every column of a status record that is no status (`records.models`: the retention class of each column)."""
    stripped: tuple[tuple[type[Person | Induction], Ids], ...] = (
        (Person, going.stripped_people),
        (Induction, going.stripped_inductions),
    )
    for table, ids in stripped:
        assert isinstance(table.__table__, sa.Table)
        emptied = {
            column.key: None
            for column in table.__table__.columns
            if retention_of(column, table.retention) is not Retention.STATUS
        }
        for batch in _batches(ids):
            if emptied:
                session.execute(sa.update(table).where(table.id.in_(batch)).values(emptied))
    for batch in _batches(going.stripped_inductions):
        session.execute(sa.update(Induction).where(Induction.id.in_(batch)).values(let_go_on=now.date()))


def _mark_blobs(session: Session, blobs: Collection[str], now: datetime) -> None:
    """Blobs that nothing points at any more are to be unlinked after the commit."""
    pointers = (
        StoredMessage.blob_sha256,
        Attachment.blob_sha256,
        Paper.sheet_sha256,
        Paper.html_sha256,
        PaperImage.blob_sha256,
    )
    for sha256 in sorted(blobs):
        if any(session.scalar(sa.select(sa.literal(1)).where(column == sha256).limit(1)) for column in pointers):
            continue
        session.execute(sa.delete(Blob).where(Blob.sha256 == sha256))
        session.merge(BlobRemoval(sha256=sha256, asked_at=now))


def _batches(ids: Ids, size: int = 500) -> Iterable[list[uuid.UUID]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
