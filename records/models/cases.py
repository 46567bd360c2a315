"""Cases: representations, appeals, disputes and concerns about an induction, each with its owner, papers and clock."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.accounts import Account
from records.models.base import Base, Keyed, Retention, UtcDateTime, choice
from records.models.inductions import Induction
from records.models.post import Attachment


class CaseKind(StrEnum):
    REPRESENTATION = "representation"
    """What the ECT writes to the body about the head's recommendation."""
    APPEAL = "appeal"
    """Against a decision to fail or extend; heard by the Teaching Regulation Agency."""
    DISPUTE = "dispute"
    """Between the ECT, the school and the body."""
    CONCERN = "concern"
    """That somebody raises: about support, assessment, an ECT's progress."""
    NOTICE = "notice"
    """Written notice of a decision that did not arrive; the machine opens it too, when a letter comes back."""


class CaseOutcome(StrEnum):
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


class Case(Keyed, Base):
    """Something about an induction that somebody at the body must see to by a day. Open until it has an outcome."""

    __tablename__ = "induction_case"
    __table_args__ = (
        sa.CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="outcome_when_closed"),
        sa.Index("ix_induction_case_open", "closed_on", "due_on"),
    )
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    kind: Mapped[CaseKind] = mapped_column(choice(CaseKind))
    summary: Mapped[str] = mapped_column(sa.String(300))
    note: Mapped[str | None] = mapped_column(sa.Text)
    raised_by: Mapped[str | None] = mapped_column(sa.String(300))
    received_on: Mapped[date]
    """The day that its clock begins with."""
    due_on: Mapped[date]
    clock: Mapped[str] = mapped_column(sa.String(200))
    """By which rule it is due, in words."""
    owner_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime())
    closed_on: Mapped[date | None]
    outcome: Mapped[CaseOutcome | None] = mapped_column(choice(CaseOutcome))
    outcome_note: Mapped[str | None] = mapped_column(sa.Text)

    induction: Mapped[Induction] = relationship()
    owner: Mapped[Account | None] = relationship()
    papers: Mapped[list[CasePaper]] = relationship(back_populates="case")


class CasePaper(Keyed, Base):
    """A document that belongs to a case."""

    __tablename__ = "case_paper"
    __table_args__ = (sa.UniqueConstraint("case_id", "attachment_id"),)
    retention = Retention.RECORD

    case_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction_case.id"))
    attachment_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("attachment.id"), index=True)

    case: Mapped[Case] = relationship(back_populates="papers")
    attachment: Mapped[Attachment] = relationship()
