"""Asking for the receipt: what a school is told about its email once everything in it has been read. Rules and one act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest.authentication import Verdict
from ingest.automatic import NULL_SENDERS
from ingest.opening import from_address
from ingest.wording import LINKS_TO
from records import notices, schools
from records.fields import BY_KEY, FORM_KINDS
from records.matching import written_name
from records.models.notices import Notice
from records.models.post import Attachment, Channel, Paper, PaperPart, StoredMessage
from records.models.submissions import Submission
from records.notices import initials
from records.states import AttachmentState, MessageState, SubmissionState
from records.submissions import values_of

PLEASE_ATTACH = "Your email links to a shared file. We do not follow links. Please send the form itself as an attachment."

_AT_WORK = (AttachmentState.WAITING, AttachmentState.READING)


def ask_when_done(session: Session, message: StoredMessage, now: datetime) -> Notice | None:
    """Ask for the receipt of a message of which nothing waits to be read any more. Asking twice gives one letter.

    Only a registered address of a school is answered, never automatic mail, a copy, or mail whose sender was found false.
    """
    if not may_be_answered(message):
        return None
    waiting = sa.select(Attachment.id).where(Attachment.message_id == message.id, Attachment.state.in_(_AT_WORK))
    if session.scalar(waiting.limit(1)) is not None:
        return None
    to_address = _registered_sender(session, message, now)
    content = _content(session, message)
    if to_address is None or not (content["forms"] or content["problems"]):
        return None
    return notices.ask(
        session,
        kind="receipt",
        key=f"receipt:{message.id}",
        to_address=to_address,
        now=now,
        content=content,
        to_person_id=message.sender_id,
        school_id=message.school_id,
        message_id=message.id,
    )


def may_be_answered(message: StoredMessage) -> bool:
    """Whether this message may be answered at all, whoever sent it."""
    if message.state is not MessageState.OPENED or message.automatic or message.duplicate_of_id is not None:
        return False
    if message.channel is Channel.SMTP and message.envelope_from.strip() in NULL_SENDERS:
        return False
    return message.authentication.get("verdict") != Verdict.FAILED.value


def _registered_sender(session: Session, message: StoredMessage, now: datetime) -> str | None:
    """The From address where it is registered for a school, or whoever signed in and uploaded.

    A Reply-To is anybody's claim and does not count.
    """
    written = from_address(message)
    if message.channel is Channel.UPLOAD:
        # The outbox asks again whether it is still an address of somebody at a school.
        return written if written and message.sender_id is not None else None
    return written if written and schools.school_of_address(session, written, now) is not None else None


def _content(session: Session, message: StoredMessage) -> dict[str, Any]:
    """What the letter says: kinds of form, initials and the names of empty places. No value that was read, no file name."""
    drafts = session.scalars(
        sa.select(Submission)
        .join(Paper, Submission.paper_id == Paper.id)
        .join(PaperPart, PaperPart.paper_id == Paper.id)
        .join(Attachment, PaperPart.attachment_id == Attachment.id)
        .where(Attachment.message_id == message.id, Submission.state != SubmissionState.SUPERSEDED)
        .order_by(Attachment.position, Paper.number)
    ).unique()
    problems = session.scalars(
        sa.select(Attachment.problem)
        .where(
            Attachment.message_id == message.id,
            Attachment.state == AttachmentState.UNREADABLE,
            Attachment.problem.is_not(None),
        )
        .order_by(Attachment.position)
    )
    forms = [_line(draft) for draft in drafts]
    told = [problem for problem in problems if problem]
    if not forms and any(remark.startswith(LINKS_TO) for remark in message.remarks):
        told.append(PLEASE_ATTACH)
    return {"received_at": message.received_at.isoformat(), "forms": forms, "problems": list(dict.fromkeys(told))}


def _line(draft: Submission) -> dict[str, Any]:
    return {
        "form": FORM_KINDS.get(draft.kind or "", "Form"),
        "initials": initials(written_name(values_of(draft))),
        "blank": draft.blank,
        "missing": [BY_KEY[one.key].title for one in draft.values if one.status == "missing" and one.value is None],
    }
