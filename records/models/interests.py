"""Who has an interest in an ECT or a school, and who opened an ECT's record: what keeps assessment fair and confidential."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice
from records.models.inductions import Induction
from records.models.schools import School


class InterestKind(StrEnum):
    BODY_EMPLOYED = "body_employed"
    BODY_TRAINED = "body_trained"
    """As the provider that recommended the ECT for QTS."""
    STAFF = "staff"
    """A member of staff has something to do with the ECT or the school outside of work."""


class Interest(Keyed, Base):
    """A conflict of interest as it was declared. An interest that ended stays, with the day."""

    __tablename__ = "interest"
    __table_args__ = (
        sa.CheckConstraint("(induction_id IS NULL) <> (school_id IS NULL)", name="ect_or_school"),
        sa.CheckConstraint("kind = 'staff' OR induction_id IS NOT NULL", name="body_with_ect"),
    )
    retention = Retention.RECORD

    kind: Mapped[InterestKind] = mapped_column(choice(InterestKind))
    induction_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    school_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("school.id"), index=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Whose interest it is; None for the body's own."""
    reason: Mapped[str] = mapped_column(sa.Text)
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    induction: Mapped[Induction | None] = relationship(back_populates="interests")
    school: Mapped[School | None] = relationship()


class Viewing(Keyed, Base):
    """Somebody opened an ECT's record or one of their forms: one row for each person, thing and day."""

    __tablename__ = "viewing"
    __table_args__ = (sa.UniqueConstraint("induction_id", "account_id", "submission_key", "viewed_on"),)
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"))
    account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """None once the account is gone."""
    submission_key: Mapped[str] = mapped_column(sa.String(36), default="")
    """The form, as text; empty for the record as a whole. No foreign key: the row stays when a form is replaced."""
    what: Mapped[str] = mapped_column(sa.String(200))
    """What it was, in words: "Progress review"."""
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    """As what they were there: a role, with the school."""
    viewed_on: Mapped[date]
    viewed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    """The first time on that day."""
