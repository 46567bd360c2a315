"""What belongs to a departure: every row and blob that goes, and what stays for somebody else. Changes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.accounts import Account
from records.models.base import Base
from records.models.cases import Case
from records.models.communications import Communication, CommunicationLink
from records.models.disclosures import Disclosure
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
from records.models.notices import MarketingPreference, Notice
from records.models.people import Membership, Person, PersonAddress, PersonName
from records.models.post import Attachment, Paper, PaperImage, PaperPart, StoredMessage
from records.models.retention import Hold
from records.models.submissions import Submission
from records.retention import Departure, Scope
from records.states import SubmissionState

Ids = set[uuid.UUID]


@dataclass
class Belongings:
    """Rows that go, by table, and rows that stay for somebody else without what they said about this person."""

    rows: dict[type[Base], Ids] = field(default_factory=dict)
    blanked_messages: Ids = field(default_factory=set)
    blanked_attachments: Ids = field(default_factory=set)
    blanked_communications: Ids = field(default_factory=set)
    stripped_people: Ids = field(default_factory=set)
    stripped_inductions: Ids = field(default_factory=set)
    blobs: set[str] = field(default_factory=set)

    def add(self, table: type[Base], ids: Iterable[uuid.UUID]) -> Ids:
        chosen = self.rows.setdefault(table, set())
        chosen.update(ids)
        return chosen

    def of(self, table: type[Base]) -> Ids:
        return self.rows.get(table, set())

    def counts(self) -> dict[str, int]:
        """How many of each, for the plan, the event and the ledger."""
        found = {table.__tablename__: len(ids) for table, ids in self.rows.items() if ids}
        if self.blobs:
            found["blob"] = len(self.blobs)
        return dict(sorted(found.items()))


def belongings(session: Session, departure: Departure) -> Belongings:
    """Everything that goes with a departure. Nothing is changed."""
    found = Belongings()
    if departure.scope is Scope.RAW_POST:
        message = session.get(StoredMessage, departure.subject_id)
        if message is not None and message.blob_sha256:
            found.blobs.add(message.blob_sha256)
            found.blanked_messages.add(message.id)
            _bodies(session, message.id, found)
        return found
    if departure.scope is Scope.UNMATCHED_POST:
        # A repeat of it has a year of its own.
        _one_message(session, departure.subject_id, None, found)
        _communications(session, found, None)
        return found
    induction = session.get(Induction, departure.subject_id)
    if induction is not None:
        _of_induction(session, induction, departure.scope, found)
    return found


def _of_induction(session: Session, induction: Induction, scope: Scope, found: Belongings) -> None:
    submissions = _ids(session, Submission, Submission.induction_id == induction.id)
    found.add(Submission, submissions)
    papers = _ids(session, Paper, Paper.id.in_(sa.select(Submission.paper_id).where(Submission.induction_id == induction.id)))
    attachments = set(session.scalars(sa.select(PaperPart.attachment_id).where(PaperPart.paper_id.in_(papers)))) | _ids(
        session, Attachment, Attachment.filed_for_id == induction.id
    )
    messages = set(session.scalars(sa.select(Attachment.message_id).where(Attachment.id.in_(attachments))))
    messages |= set(
        session.scalars(
            sa.select(Submission.message_id).where(Submission.id.in_(submissions), Submission.message_id.is_not(None))
        )
    )
    found.add(Paper, papers)
    _messages(session, messages, induction.id, found)
    _facts(session, induction, found)
    _person(session, induction, scope, found)
    _communications(session, found, induction.person_id)
    if scope is Scope.EVERYTHING:
        found.add(InductionPeriod, _ids(session, InductionPeriod, InductionPeriod.induction_id == induction.id))
        found.add(Induction, {induction.id})
    else:
        found.stripped_inductions.add(induction.id)


def _messages(session: Session, messages: Ids, induction_id: uuid.UUID, found: Belongings) -> None:
    """Messages with repeats of them; one that holds somebody else's paper stays, without its words and its raw bytes."""
    repeats = _ids(session, StoredMessage, StoredMessage.duplicate_of_id.in_(messages))
    firsts = set(
        session.scalars(
            sa.select(StoredMessage.duplicate_of_id).where(
                StoredMessage.id.in_(messages), StoredMessage.duplicate_of_id.is_not(None)
            )
        )
    )
    for message_id in messages | repeats | {first for first in firsts if first}:
        _one_message(session, message_id, induction_id, found)


def _one_message(session: Session, message_id: uuid.UUID, induction_id: uuid.UUID | None, found: Belongings) -> None:
    attachments = session.scalars(sa.select(Attachment).where(Attachment.message_id == message_id)).all()
    others = {one.id for one in attachments if _somebody_elses(session, one, induction_id, found)}
    kept_containers = {one.parent_id for one in attachments if one.id in others}
    for attachment in attachments:
        mine = _papers_of(session, attachment.id) - _others_papers(session, attachment.id, induction_id)
        if attachment.id in others:
            if mine & found.of(Paper):
                # One file with papers of several people: the file goes, the others keep their pages as images.
                found.blanked_attachments.add(attachment.id)
                _blob(attachment.blob_sha256, found)
                _papers(session, mine, found)
        elif attachment.id in kept_containers:
            found.blanked_attachments.add(attachment.id)
            _blob(attachment.blob_sha256, found)
        else:
            found.add(Attachment, {attachment.id})
            _blob(attachment.blob_sha256, found)
            _papers(session, mine, found)
    message = session.get_one(StoredMessage, message_id)
    _blob(message.blob_sha256, found)
    if others:
        found.blanked_messages.add(message_id)
    else:
        found.add(StoredMessage, {message_id})
        found.add(Submission, _ids(session, Submission, Submission.message_id == message_id))


def _somebody_elses(session: Session, attachment: Attachment, induction_id: uuid.UUID | None, found: Belongings) -> bool:
    if attachment.filed_for_id is not None and attachment.filed_for_id != induction_id:
        return True
    return bool(_others_papers(session, attachment.id, induction_id) - found.of(Paper))


def _others_papers(session: Session, attachment_id: uuid.UUID, induction_id: uuid.UUID | None) -> Ids:
    """Papers of an attachment that belong to another ECT, or still wait for a decision."""
    theirs: sa.ColumnElement[bool] = Submission.induction_id.is_not(None)
    if induction_id is not None:
        theirs = sa.and_(theirs, Submission.induction_id != induction_id)
    waits = sa.and_(Submission.induction_id.is_(None), Submission.state == SubmissionState.IN_REVIEW)
    return set(
        session.scalars(
            sa.select(PaperPart.paper_id)
            .join(Submission, Submission.paper_id == PaperPart.paper_id)
            .where(PaperPart.attachment_id == attachment_id, sa.or_(theirs, waits))
        )
    )


def _papers_of(session: Session, attachment_id: uuid.UUID) -> Ids:
    return set(session.scalars(sa.select(PaperPart.paper_id).where(PaperPart.attachment_id == attachment_id)))


def _papers(session: Session, papers: Ids, found: Belongings) -> None:
    found.add(Paper, papers)
    found.add(Submission, _ids(session, Submission, Submission.paper_id.in_(papers)))
    for sheet, html in session.execute(sa.select(Paper.sheet_sha256, Paper.html_sha256).where(Paper.id.in_(papers))):
        _blob(sheet, found)
        _blob(html, found)
    for image in session.scalars(sa.select(PaperImage.blob_sha256).where(PaperImage.paper_id.in_(papers))):
        _blob(image, found)


def _bodies(session: Session, message_id: uuid.UUID, found: Belongings) -> None:
    """Leaves of a message that hold no paper: its words, logos and the like."""
    for attachment in session.scalars(sa.select(Attachment).where(Attachment.message_id == message_id)):
        if attachment.decision != "paper" and attachment.filed_as is None:
            found.blanked_attachments.add(attachment.id)
            _blob(attachment.blob_sha256, found)


def _facts(session: Session, induction: Induction, found: Belongings) -> None:
    for table in (
        Post,
        Absence,
        Extension,
        Reduction,
        Assessment,
        ExportRow,
        DfeRefusal,
        TrainingRecord,
        Disclosure,
        Case,
        Interest,
        Viewing,
    ):
        found.add(table, _ids(session, table, table.induction_id == induction.id))
    found.add(FteSpell, _ids(session, FteSpell, FteSpell.post_id.in_(found.of(Post))))
    found.add(SignOff, _ids(session, SignOff, SignOff.assessment_id.in_(found.of(Assessment))))


def _person(session: Session, induction: Induction, scope: Scope, found: Belongings) -> None:
    """The person goes with their last induction, unless they have another part in the house."""
    person_id = induction.person_id
    others = sa.select(Induction.id).where(Induction.person_id == person_id, Induction.id != induction.id)
    if session.scalar(others.where(Induction.let_go_on.is_(None)).limit(1)) is not None:
        return
    needed = _needed_elsewhere(session, person_id)
    found.add(Notice, _ids(session, Notice, Notice.about_person_id == person_id))
    for beside in (StatedFact, Qualification, PersonContact, LegacyKey):
        found.add(beside, _ids(session, beside, beside.person_id == person_id))
    if not needed:
        for table in (PersonName, PersonAddress, Membership, Hold):
            found.add(table, _ids(session, table, table.person_id == person_id))
        found.add(MarketingPreference, _ids(session, MarketingPreference, _forgettable(person_id)))
        found.add(Notice, _ids(session, Notice, Notice.to_person_id == person_id))
        found.add(Account, _ids(session, Account, Account.person_id == person_id))
    other_inductions = session.scalar(others.limit(1)) is not None
    if scope is Scope.EVERYTHING and not needed and not other_inductions:
        found.add(Person, {person_id})
    else:
        found.stripped_people.add(person_id)


def _forgettable(person_id: uuid.UUID) -> sa.ColumnElement[bool]:
    """An opt-out by address outlives its person, as a hash: the address may come back."""
    return sa.and_(MarketingPreference.person_id == person_id, MarketingPreference.address_hash.is_(None))


def _needed_elsewhere(session: Session, person_id: uuid.UUID) -> bool:
    roles = sa.select(Membership.id).where(
        Membership.person_id == person_id, Membership.role != "ect", Membership.until.is_(None)
    )
    posts = sa.select(Post.id).where(sa.or_(Post.tutor_id == person_id, Post.mentor_id == person_id))
    contact = sa.select(Induction.id).where(Induction.named_contact_id == person_id)
    return any(session.scalar(query.limit(1)) is not None for query in (roles, posts, contact))


def _communications(session: Session, found: Belongings, person_id: uuid.UUID | None) -> None:
    """The log: entries about this person alone go; shared ones stay for the others without their words."""
    found.add(
        Notice,
        _ids(
            session,
            Notice,
            sa.or_(Notice.submission_id.in_(found.of(Submission)), Notice.message_id.in_(found.of(StoredMessage))),
        ),
    )
    concerned = _ids(
        session,
        Communication,
        sa.or_(
            Communication.message_id.in_(found.of(StoredMessage)),
            Communication.notice_id.in_(found.of(Notice)),
            Communication.id.in_(sa.select(CommunicationLink.communication_id).where(CommunicationLink.person_id == person_id))
            if person_id
            else sa.false(),
        ),
    )
    for communication_id in concerned:
        links = session.execute(
            sa.select(CommunicationLink.id, CommunicationLink.person_id).where(
                CommunicationLink.communication_id == communication_id
            )
        ).all()
        shared = any(_is_ect(session, other) for _id, other in links if other not in {None, person_id})
        entry = session.get_one(Communication, communication_id)
        if shared and entry.message_id not in found.of(StoredMessage) and entry.notice_id not in found.of(Notice):
            found.blanked_communications.add(communication_id)
            found.add(CommunicationLink, {link_id for link_id, other in links if other == person_id})
        else:
            found.add(Communication, {communication_id})
            found.add(CommunicationLink, {link_id for link_id, _other in links})


def _is_ect(session: Session, person_id: uuid.UUID) -> bool:
    return session.scalar(sa.select(Induction.id).where(Induction.person_id == person_id).limit(1)) is not None


def _ids(session: Session, table: type[Any], condition: sa.ColumnElement[bool]) -> Ids:
    return set(session.scalars(sa.select(table.id).where(condition)))


def _blob(sha256: str | None, found: Belongings) -> None:
    if sha256:
        found.blobs.add(sha256)
