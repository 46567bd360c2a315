"""What a person does with an attachment, whatever became of its reading: type it in, file it, have it read again."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import albums
from records.accepting import out_of_record
from records.communications import link_message
from records.decisions import assign, decide
from records.events import Actor, record
from records.fields import FORM_KINDS, KIND_FIELDS
from records.models.inductions import Induction
from records.models.post import Attachment, Paper, PaperPart, StoredMessage
from records.models.submissions import Submission, SubmissionValue
from records.states import AttachmentState, SubmissionState, move
from records.submissions import current_of, rematch
from records.values import Wrong

DOCUMENT_KINDS: dict[str, str] = {
    "lesson_observation": "Lesson observation",
    "standards_evidence": "Evidence for the Teachers’ Standards",
    "support_plan": "Support plan",
    "qts_certificate": "QTS certificate",
    "late_form": "Form that came after the outcome",
    "letter": "Letter",
    "other": "Other document",
}
"""What a person can file a document as."""

_RESTING = frozenset({AttachmentState.READ, AttachmentState.UNREADABLE, AttachmentState.SET_ASIDE})


def type_in(
    session: Session, attachment: Attachment, kind: str, actor: Actor, now: datetime, *, induction: Induction | None = None
) -> Submission:
    """A draft for a paper that was not read, to be filled in by hand."""
    if kind not in FORM_KINDS:
        raise Wrong("Choose the kind of form")
    if any(one.state in {SubmissionState.IN_REVIEW, SubmissionState.ACCEPTED} for one in current_of(session, attachment)):
        raise Wrong("There is a draft for this paper already")
    message = session.get_one(StoredMessage, attachment.message_id)
    paper = Paper(id=uuid.uuid4(), message_id=message.id, number=_next_number(session, attachment), created_at=now)
    session.add(paper)
    session.flush()
    session.add(PaperPart(id=uuid.uuid4(), paper_id=paper.id, position=0, attachment_id=attachment.id))
    submission = Submission(
        id=uuid.uuid4(),
        paper_id=paper.id,
        message_id=message.id,
        received_at=message.received_at,
        kind=kind,
        kind_status="clear",
        typed_by_id=actor.account_id,
        state_since=now,
    )
    session.add(submission)
    session.flush()
    for position, key in enumerate(KIND_FIELDS[kind]):
        session.add(SubmissionValue(id=uuid.uuid4(), submission_id=submission.id, position=position, key=key, status="typed"))
    session.flush()
    record(session, "submission_typed_in", submission, actor, now, detail={"kind": kind})
    if induction is not None:
        assign(session, submission, induction, actor, now)
    else:
        rematch(session, submission)
    return submission


def file_document(
    session: Session, attachment: Attachment, induction: Induction | None, filed_as: str, actor: Actor, now: datetime
) -> None:
    """File an attachment as a supporting document. A draft of it that nobody accepted is closed."""
    if filed_as not in DOCUMENT_KINDS:
        raise Wrong("Choose what kind of document it is")
    for submission in current_of(session, attachment):
        if submission.state in {SubmissionState.IN_REVIEW, SubmissionState.RETURNED}:
            if submission.state is SubmissionState.RETURNED:
                move(session, submission, SubmissionState.IN_REVIEW, actor, "to be filed", now)
            decide(session, submission, SubmissionState.REJECTED, "filed as a document", actor, now)
            out_of_record(session, submission, actor, now)
    attachment.filed_as = filed_as
    attachment.filed_for_id = induction.id if induction else None
    if induction is not None:
        link_message(session, attachment.message_id, induction.person_id)
    record(
        session,
        "document_filed",
        attachment,
        actor,
        now,
        detail={"filed_as": filed_as},
        induction_id=induction.id if induction else None,
    )


def read_again(session: Session, attachment: Attachment, actor: Actor, now: datetime) -> None:
    """Have a paper read again, with the other pictures that it was read with; its draft stays until then."""
    if attachment.blob_sha256 is None:
        raise Wrong("The file has been let go and cannot be read again")
    others = [one for one in albums.members(session, attachment) if one.state in _RESTING]
    for one in (attachment, *others):
        move(session, one, AttachmentState.WAITING, actor, "a person asked to read it again", now)
        one.attempts = 0
        one.problem = None
    session.flush()


def _next_number(session: Session, attachment: Attachment) -> int:
    latest = session.scalar(
        sa.select(sa.func.max(Paper.number)).join(PaperPart).where(PaperPart.attachment_id == attachment.id)
    )
    return (latest or 0) + 1
