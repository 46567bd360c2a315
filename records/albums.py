"""Albums: the pictures of one message that are claimed, read and written down together, as the pages of one paper.

An album is a number on its attachments. It is claimed whole in one transaction or not at all; see `claim_rest`.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from records.events import Actor
from records.models.post import Attachment, Paper, PaperPart
from records.states import AttachmentState, Claim, move

MOST = 12
"""Pictures of an album; more make further albums."""

_AT_WORK = (AttachmentState.WAITING, AttachmentState.READING)


def bind(pictures: Sequence[Attachment]) -> None:
    """Let these attachments of one message be read together; a single one stays by itself."""
    for start in range(0, len(pictures), MOST):
        album = pictures[start : start + MOST]
        for one in album if len(album) > 1 else ():
            one.album = album[0].position


def claimable() -> sa.ColumnElement[bool]:
    """Whether an attachment may be claimed: of an album only the first that waits, and only while nobody reads the others."""
    other = aliased(Attachment)
    held = sa.or_(
        other.state == AttachmentState.READING,
        sa.and_(other.state == AttachmentState.WAITING, other.position < Attachment.position),
    )
    return sa.or_(
        Attachment.album.is_(None),
        ~sa.exists().where(other.message_id == Attachment.message_id, other.album == Attachment.album, held),
    )


def claim_rest(session: Session, first: Attachment, claim: Claim, now: datetime) -> tuple[Attachment, ...]:
    """Claim what belongs with an attachment that was just claimed, in the same transaction. Returns all, in order."""
    rest = [one for one in members(session, first) if one.state is AttachmentState.WAITING]
    for one in rest:
        move(session, one, AttachmentState.READING, Actor.machine(claim.by), "claimed", now, claim=claim)
    return (first, *rest)


def members(session: Session, attachment: Attachment) -> list[Attachment]:
    """The other attachments of its album that still have their bytes, in order."""
    if attachment.album is None:
        return []
    return list(
        session.scalars(
            sa.select(Attachment)
            .where(
                Attachment.message_id == attachment.message_id,
                Attachment.album == attachment.album,
                Attachment.id != attachment.id,
                Attachment.blob_sha256.is_not(None),
            )
            .order_by(Attachment.position)
        )
    )


def leave(session: Session, attachment: Attachment, actor: Actor, why: str, now: datetime) -> None:
    """Take a claimed attachment out of its album and back to the queue, to be read by itself."""
    attachment.album = None
    attachment.problem = None
    move(session, attachment, AttachmentState.WAITING, actor, why, now)
    attachment.attempts = 0
    session.flush()


def pages(session: Session, attachment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """Of attachments that are one page of a paper of several: which page, and of how many."""
    whole = sa.select(PaperPart.paper_id, sa.func.count().label("number")).group_by(PaperPart.paper_id).subquery()
    rows = session.execute(
        sa.select(PaperPart.attachment_id, PaperPart.position, whole.c.number)
        .join(Paper, PaperPart.paper_id == Paper.id)
        .join(whole, whole.c.paper_id == Paper.id)
        .where(PaperPart.attachment_id.in_(attachment_ids), Paper.replaced_at.is_(None), whole.c.number > 1)
    )
    return {attachment_id: (position + 1, number) for attachment_id, position, number in rows}
