"""Post that came in: messages as kept, what was found in them, and the papers they hold."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Moving, Retention, UtcDateTime, choice
from records.states import AttachmentState, MessageState


class Channel(StrEnum):
    """The way in."""

    SMTP = "smtp"
    MAILBOX = "mailbox"
    UPLOAD = "upload"
    FILE = "file"
    HISTORY = "history"
    """Papers that came with an ECT's history from another system: no letter, and nothing to decide."""


class BlobKind(StrEnum):
    """What a blob is, and so its retention class."""

    MESSAGE = "message"
    ATTACHMENT = "attachment"
    SHEET = "sheet"
    PAGE_IMAGE = "page_image"
    PAPER_HTML = "paper_html"
    FILED = "filed"


BLOB_RETENTION: dict[BlobKind, Retention] = {
    BlobKind.MESSAGE: Retention.RAW_POST,
    BlobKind.ATTACHMENT: Retention.PAPER,
    BlobKind.SHEET: Retention.PAPER,
    BlobKind.PAGE_IMAGE: Retention.PAPER,
    BlobKind.PAPER_HTML: Retention.PAPER,
    BlobKind.FILED: Retention.PAPER,
}


class StoredMessage(Moving, Base):
    """A delivery as it was accepted. The blob may be shared by several rows; a row is never dropped for being a repeat."""

    __tablename__ = "message"
    __table_args__ = (
        sa.Index("ix_message_work", "state", "claimed_until"),
        sa.UniqueConstraint("source", name="uq_message_source"),
        sa.UniqueConstraint("first_of_bytes", name="uq_message_first_of_bytes"),
    )
    retention = Retention.RAW_POST

    state: Mapped[MessageState] = mapped_column(choice(MessageState), default=MessageState.RECEIVED)
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    blob_sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    """None once the raw bytes have been let go."""
    size: Mapped[int]
    source: Mapped[str | None] = mapped_column(sa.String(300))
    """What the way in calls it: mailbox, UIDVALIDITY and UID. Unique, so that a second pass is harmless."""
    first_of_bytes: Mapped[str | None] = mapped_column(sa.String(64))
    """The sha256 on the first row with these bytes, None on repeats: the unique key that settles a race between hosts."""
    envelope_from: Mapped[str] = mapped_column(sa.String(1000), default="")
    envelope_to: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    peer: Mapped[str | None] = mapped_column(sa.String(100))
    duplicate_of_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("message.id"), index=True)
    same_mail_key: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    """Digest of Message-ID, From, Date and the parts: recognises the same mail that came by another road."""
    message_id: Mapped[str | None] = mapped_column(sa.String(1000), index=True)
    header_from: Mapped[str | None] = mapped_column(sa.String(1000))
    header_to: Mapped[str | None] = mapped_column(sa.Text)
    header_cc: Mapped[str | None] = mapped_column(sa.Text)
    subject: Mapped[str | None] = mapped_column(sa.Text)
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """The Date header: what the sender's clock claims."""
    body_text: Mapped[str | None] = mapped_column(sa.Text)
    automatic: Mapped[str | None] = mapped_column(sa.String(300))
    """Why it counts as automatic mail (never answered); None for a person's letter."""
    authentication: Mapped[dict[str, Any]] = mapped_column(sa.JSON(), default=dict)
    problem: Mapped[str | None] = mapped_column(sa.Text)
    """In words, on an unopenable message."""
    remarks: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    """What opening noticed and a person should know, in words."""
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("conversation.id"), index=True)
    school_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("school.id"), index=True)
    """The school whose registered address sent it."""
    sender_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    attachments: Mapped[list[Attachment]] = relationship(back_populates="message", order_by="Attachment.position")
    duplicate_of: Mapped[StoredMessage | None] = relationship(remote_side="StoredMessage.id")


class AttachmentDecision(StrEnum):
    """What opening decided about a leaf of a message."""

    PAPER = "paper"
    """To be read."""
    BODY = "body"
    """The letter's own words."""
    SET_ASIDE = "set_aside"
    """Listed and kept, but nothing to read: a logo, a signature, a calendar entry."""
    CONTAINER = "container"
    """Opened: its contents stand as rows of their own."""


class Attachment(Moving, Base):
    """A leaf of a message, or of a container inside it. Every leaf has a row with what was decided about it and why."""

    __tablename__ = "attachment"
    __table_args__ = (sa.Index("ix_attachment_work", "state", "claimed_until"),)
    retention = Retention.PAPER

    state: Mapped[AttachmentState] = mapped_column(choice(AttachmentState), default=AttachmentState.WAITING)
    message_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("message.id"), index=True)
    position: Mapped[int]
    path: Mapped[str] = mapped_column(sa.String(500), default="")
    """Where in the message: "2", "3 > forms.zip > 1"; unique within a message, so that opening twice is harmless."""
    parent_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("attachment.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(500), default="")
    """As the sender called it. Shown, never used as a path."""
    declared_type: Mapped[str] = mapped_column(sa.String(200), default="")
    sniffed_type: Mapped[str] = mapped_column(sa.String(40), default="")
    size: Mapped[int] = mapped_column(default=0)
    blob_sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    decision: Mapped[AttachmentDecision] = mapped_column(choice(AttachmentDecision))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why that was decided, in words."""
    problem: Mapped[str | None] = mapped_column(sa.Text)
    """Why it could not be read, in words."""
    same_as_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("attachment.id"), index=True)
    """An earlier attachment with the same bytes."""
    album: Mapped[int | None]
    """Pictures of one message under the same number are read together, as pages of one paper; None: read by itself."""
    reader: Mapped[str | None] = mapped_column(sa.String(40))
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    page_count: Mapped[int | None]
    filed_as: Mapped[str | None] = mapped_column(sa.String(100))
    """The kind of document a person filed it as; None while it is not filed."""
    filed_for_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    assessment_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("assessment.id"), index=True)
    """The assessment whose paper it is, where it came in with the history and not as a form to decide on."""

    message: Mapped[StoredMessage] = relationship(back_populates="attachments")


sa.Index("uq_attachment_path", Attachment.message_id, Attachment.path, unique=True)


class Paper(Keyed, Base):
    """One paper: an ordered list of page ranges of attachments. One scan may hold five papers, three photos may be one."""

    __tablename__ = "paper"
    retention = Retention.PAPER

    message_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("message.id"), index=True)
    number: Mapped[int]
    """Counts the papers of an attachment from 1."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    form: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON())
    """`ExtractedForm` as read; None on a paper that a person put together and typed in."""
    layout: Mapped[str | None] = mapped_column(sa.String(100), index=True)
    sheet_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    html_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """Set when the attachment was read again and this reading no longer counts."""

    parts: Mapped[list[PaperPart]] = relationship(back_populates="paper", order_by="PaperPart.position")
    images: Mapped[list[PaperImage]] = relationship(back_populates="paper", order_by="PaperImage.page")


class PaperPart(Keyed, Base):
    """A stretch of pages of one attachment within a paper. Pages count from 1; both None for a file without pages."""

    __tablename__ = "paper_part"
    retention = Retention.PAPER

    paper_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("paper.id"), index=True)
    position: Mapped[int]
    attachment_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("attachment.id"), index=True)
    first_page: Mapped[int | None]
    last_page: Mapped[int | None]

    paper: Mapped[Paper] = relationship(back_populates="parts")
    attachment: Mapped[Attachment] = relationship()


class PaperImage(Keyed, Base):
    """A page of a paper as people see it: upright PNG."""

    __tablename__ = "paper_image"
    retention = Retention.PAPER

    paper_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("paper.id"), index=True)
    page: Mapped[int]
    blob_sha256: Mapped[str] = mapped_column(sa.String(64))
    scale: Mapped[int]
    """Pixels per 100 points."""

    paper: Mapped[Paper] = relationship(back_populates="images")


class Blob(Base):
    """A blob that exists, by its sha256. Rows name blobs; this table says what kind each is and when it came."""

    __tablename__ = "blob"
    retention = Retention.PAPER

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    kind: Mapped[BlobKind] = mapped_column(choice(BlobKind), primary_key=True)
    """One content may serve as two kinds; it is unlinked when its last kind goes."""
    size: Mapped[int] = mapped_column(sa.BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())


class BlobRemoval(Base):
    """A blob that nothing names any more and that is to be unlinked: the note survives a crash before the unlinking."""

    __tablename__ = "blob_removal"
    retention = Retention.OPERATION

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
