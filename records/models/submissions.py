"""Drafts in front of a person: what a paper said, what was corrected, whom it matches and what was decided."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Moving, Retention, UtcDateTime, choice
from records.models.inductions import Assessment, Induction
from records.models.post import Paper
from records.states import SubmissionState


class MatchCertainty(StrEnum):
    """How a submission found its ECT. Only `EXACT` is offered for one-step acceptance."""

    EXACT = "exact"
    """TRN and date of birth agree with one record, and the name does not contradict."""
    CONFLICT = "conflict"
    """Some of TRN, date of birth and name agree and some do not."""
    NONE = "none"
    PERSON = "person"
    """A person chose."""


class Submission(Moving, Base):
    """One draft record. `paper_id` is None for one typed in by hand without a paper."""

    __tablename__ = "submission"
    __table_args__ = (
        sa.Index("ix_submission_queue", "state", "received_at"),
        # A paper has one draft that counts; what it replaced stays as superseded.
        sa.Index(
            "uq_submission_current_paper",
            "paper_id",
            unique=True,
            sqlite_where=sa.text("state <> 'superseded'"),
            postgresql_where=sa.text("state <> 'superseded'"),
        ),
    )
    retention = Retention.PAPER

    state: Mapped[SubmissionState] = mapped_column(choice(SubmissionState), default=SubmissionState.IN_REVIEW)
    paper_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("paper.id"), index=True)
    message_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("message.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    """When the form reached the body: the day that counts for deadlines."""
    kind: Mapped[str | None] = mapped_column(sa.String(40))
    """A form kind, as the paper or a person says."""
    kind_status: Mapped[str] = mapped_column(sa.String(10), default="check")
    kind_reason: Mapped[str | None] = mapped_column(sa.Text)
    kind_said_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    """Who said which kind of form it is; None while it is as read."""
    blank: Mapped[bool] = mapped_column(default=False)
    typed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    warnings: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    induction_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    assessment_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("assessment.id"), index=True)
    assessment_said_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    """Who said which assessment it answers, or that it answers none; None while it is as matched."""
    match: Mapped[MatchCertainty] = mapped_column(choice(MatchCertainty), default=MatchCertainty.NONE)
    match_reasons: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    """Each in words: "TRN 1234567 and date of birth agree with the record"."""
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_reasons: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    """Codes of why it was sent back or refused; the words stand in the letter."""
    decision_note: Mapped[str | None] = mapped_column(sa.Text)
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    """Who has it open for review, and since when: a soft claim that others see and may take over."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    taught_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When its paper taught the layout where its fields stand; before the last decision: it has to do so again."""
    teaching_attempts: Mapped[int] = mapped_column(default=0)

    values: Mapped[list[SubmissionValue]] = relationship(back_populates="submission", order_by="SubmissionValue.position")
    paper: Mapped[Paper | None] = relationship()
    induction: Mapped[Induction | None] = relationship()
    assessment: Mapped[Assessment | None] = relationship()
    replaces: Mapped[Submission | None] = relationship(remote_side="Submission.id")


class SubmissionValue(Keyed, Base):
    """A value of a draft: what the paper said with its evidence, and what counts now.

    Values are written as text in one form (`records.values`): ISO dates, decimals without exponent, "true"/"false".
    """

    __tablename__ = "submission_value"
    __table_args__ = (sa.UniqueConstraint("submission_id", "key"),)
    retention = Retention.PAPER

    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(40))
    read_value: Mapped[str | None] = mapped_column(sa.Text)
    raw: Mapped[str | None] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.String(10))
    """clear, check, missing; typed where no paper said it."""
    reason: Mapped[str | None] = mapped_column(sa.Text)
    evidence: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    value: Mapped[str | None] = mapped_column(sa.Text)
    """What counts: the reading, or what a person wrote instead."""
    corrected_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    """Who looked at a doubtful reading and found it right."""

    submission: Mapped[Submission] = relationship(back_populates="values")
