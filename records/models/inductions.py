"""Inductions: posts, periods, absences, extensions and assessments, each fact with its source and certainty."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Amount, Base, Keyed, Retention, UtcDateTime, choice
from records.models.people import Person
from records.models.schools import School

if TYPE_CHECKING:
    from records.models.interests import Interest


class Source(StrEnum):
    """Where a fact came from."""

    PAPER = "paper"
    PERSON = "person"
    IMPORT = "import"
    RULE = "rule"


class Certainty(StrEnum):
    STATED = "stated"
    COMPUTED = "computed"
    UNKNOWN = "unknown"


class Fact:
    """Columns of a row that states a fact."""

    source: Mapped[Source] = mapped_column(choice(Source))
    certainty: Mapped[Certainty] = mapped_column(choice(Certainty), default=Certainty.STATED)
    source_submission_id: Mapped[uuid.UUID | None] = mapped_column(sa.Uuid())
    """The submission whose acceptance stated it. No foreign key: papers go before status does."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    RELEASE = "release"
    """Left before completing: the period ends without an outcome of the induction."""


class ProgrammeKind(StrEnum):
    PROVIDER_LED = "provider_led"
    SCHOOL_LED = "school_led"
    UNKNOWN = "unknown"
    BEFORE_2021 = "before_2021"


class Induction(Keyed, Fact, Base):
    """A person's statutory induction, from registration to its outcome. At most one is open for a person."""

    __tablename__ = "induction"
    __table_args__ = (
        sa.Index(
            "uq_induction_open",
            "person_id",
            unique=True,
            sqlite_where=sa.text("outcome IS NULL AND completed_on IS NULL"),
            postgresql_where=sa.text("outcome IS NULL AND completed_on IS NULL"),
        ),
        # Induction can be taken only once: one pass or fail for a person, ever.
        sa.Index(
            "uq_induction_outcome",
            "person_id",
            unique=True,
            sqlite_where=sa.text("outcome IN ('pass', 'fail')"),
            postgresql_where=sa.text("outcome IN ('pass', 'fail')"),
        ),
    )
    retention = Retention.STATUS

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    starts_on: Mapped[date | None]
    required_terms: Mapped[Decimal] = mapped_column(Amount(), default=Decimal(6))
    """Full-time-equivalent terms to serve: six, three for an NQT induction, fewer after a reduction."""
    completed_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    outcome_on: Mapped[date | None]
    outcome_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    notice_sent_on: Mapped[date | None] = mapped_column(info={"retention": Retention.RECORD})
    """When the written notice of the outcome went to the ECT: from then the time for an appeal counts."""
    programme: Mapped[ProgrammeKind] = mapped_column(choice(ProgrammeKind), default=ProgrammeKind.UNKNOWN)
    named_contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    legacy_id: Mapped[str | None] = mapped_column(sa.String(100), index=True, info={"retention": Retention.RECORD})
    let_go_on: Mapped[date | None]
    """The day on which everything but the status was let go; None while the record is whole."""

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    periods: Mapped[list[InductionPeriod]] = relationship(back_populates="induction", order_by="InductionPeriod.starts_on")
    posts: Mapped[list[Post]] = relationship(back_populates="induction", order_by="Post.starts_on")
    assessments: Mapped[list[Assessment]] = relationship(back_populates="induction", order_by="Assessment.due_on")
    absences: Mapped[list[Absence]] = relationship(back_populates="induction", order_by="Absence.starts_on")
    extensions: Mapped[list[Extension]] = relationship(back_populates="induction", order_by="Extension.recorded_at")
    reductions: Mapped[list[Reduction]] = relationship(back_populates="induction", order_by="Reduction.recorded_at")
    interests: Mapped[list[Interest]] = relationship("Interest", back_populates="induction")


class InductionPeriod(Keyed, Fact, Base):
    """Time under one appropriate body. Periods of one induction do not overlap; terms are stated only when closed."""

    __tablename__ = "induction_period"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="in_order"),
        sa.CheckConstraint("terms IS NULL OR ends_on IS NOT NULL", name="terms_when_closed"),
        # A period of old that came in without its terms is closed all the same; they are then known to be unknown.
        sa.CheckConstraint("ends_on IS NULL OR terms IS NOT NULL OR certainty = 'unknown'", name="terms_or_unknown"),
        sa.CheckConstraint("outcome IS NULL OR ends_on IS NOT NULL", name="outcome_when_closed"),
        sa.Index(
            "uq_induction_period_open",
            "induction_id",
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        ),
    )
    retention = Retention.STATUS

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    body_name: Mapped[str | None] = mapped_column(sa.String(300))
    """Another appropriate body; None for our own."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    terms: Mapped[Decimal | None] = mapped_column(Amount())
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    papers_held: Mapped[bool] = mapped_column(default=True)

    induction: Mapped[Induction] = relationship(back_populates="periods")


class ContractKind(StrEnum):
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    SUPPLY = "supply"
    UNKNOWN = "unknown"


class Post(Keyed, Fact, Base):
    """An ECT's job at a school. Concurrent posts add up; `lead` marks the one whose head leads."""

    __tablename__ = "post"
    __table_args__ = (sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="in_order"),)
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    school_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("school.id"), index=True)
    employer: Mapped[str | None] = mapped_column(sa.String(300))
    """Where it is not the school: a trust, a local authority, an agency."""
    contract: Mapped[ContractKind] = mapped_column(choice(ContractKind), default=ContractKind.UNKNOWN)
    contract_ends_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    lead: Mapped[bool] = mapped_column(default=True)
    tutor_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mentor_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    induction: Mapped[Induction] = relationship(back_populates="posts")
    school: Mapped[School] = relationship()
    tutor: Mapped[Person | None] = relationship(foreign_keys=[tutor_id])
    mentor: Mapped[Person | None] = relationship(foreign_keys=[mentor_id])
    spells: Mapped[list[FteSpell]] = relationship(back_populates="post", order_by="FteSpell.starts_on")


class FteSpell(Keyed, Fact, Base):
    """How much of a full week the post is, from a date on until the next spell or the end of the post."""

    __tablename__ = "fte_spell"
    __table_args__ = (sa.CheckConstraint("fte > 0 AND fte <= 1000", name="in_range"),)
    retention = Retention.RECORD

    post_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("post.id"), index=True)
    starts_on: Mapped[date]
    fte: Mapped[Decimal] = mapped_column(Amount())

    post: Mapped[Post] = relationship(back_populates="spells")


class AbsenceKind(StrEnum):
    ORDINARY = "ordinary"
    STATUTORY_LEAVE = "statutory_leave"
    """Maternity, paternity, shared parental, adoption, bereavement, carer's: not counted to the thirty days."""


class Absence(Keyed, Fact, Base):
    """Days absent, with half days. The reason is only kept where it is needed, and shown to few."""

    __tablename__ = "absence"
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    kind: Mapped[AbsenceKind] = mapped_column(choice(AbsenceKind), default=AbsenceKind.ORDINARY)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    days: Mapped[Decimal] = mapped_column(Amount())
    part: Mapped[int | None]
    """First or second part of induction; None where not known."""
    health_note: Mapped[str | None] = mapped_column(sa.Text, info={"retention": Retention.SENSITIVE})

    induction: Mapped[Induction] = relationship(back_populates="absences")


class ExtensionKind(StrEnum):
    ABSENCE = "absence"
    """Automatic: thirty or more days in a part extend that part by all of them."""
    STATUTORY_LEAVE = "statutory_leave"
    """At the ECT's request; must be granted."""
    DECISION = "decision"
    """By the body at the end; open to appeal, and the only kind reported to the DfE."""


class Extension(Keyed, Fact, Base):
    __tablename__ = "extension"
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    kind: Mapped[ExtensionKind] = mapped_column(choice(ExtensionKind))
    part: Mapped[int | None]
    """The first or second part of induction that is longer by it; None for the body's own decision, which is at the end."""
    terms: Mapped[Decimal | None] = mapped_column(Amount())
    days: Mapped[Decimal | None] = mapped_column(Amount())
    decided_on: Mapped[date | None]
    notice_sent_on: Mapped[date | None]
    """When the written notice of the body's decision went to the ECT: from then the time for an appeal counts."""
    note: Mapped[str | None] = mapped_column(sa.Text)

    induction: Mapped[Induction] = relationship(back_populates="extensions")


class Reduction(Keyed, Fact, Base):
    __tablename__ = "reduction"
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    terms: Mapped[Decimal] = mapped_column(Amount())
    decided_on: Mapped[date | None]
    consent_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(sa.Text)

    induction: Mapped[Induction] = relationship(back_populates="reductions")


class AssessmentKind(StrEnum):
    PROGRESS_REVIEW = "progress_review"
    FORMAL_ASSESSMENT = "formal_assessment"
    INTERIM_ASSESSMENT = "interim_assessment"


class AssessmentPoint(StrEnum):
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FINAL = "final"
    INTERIM = "interim"


class Assessment(Keyed, Fact, Base):
    """What is due, and, once a person has accepted a paper, what it said."""

    __tablename__ = "assessment"
    __table_args__ = (sa.Index("ix_assessment_due", "due_on"),)
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    kind: Mapped[AssessmentKind] = mapped_column(choice(AssessmentKind))
    point: Mapped[AssessmentPoint | None] = mapped_column(choice(AssessmentPoint))
    sequence: Mapped[int | None]
    """The calendar term of the induction it belongs to, from 1."""
    due_on: Mapped[date | None]
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    received_on: Mapped[date | None]
    accepted_submission_id: Mapped[uuid.UUID | None] = mapped_column(sa.Uuid(), index=True)
    terms_completed: Mapped[Decimal | None] = mapped_column(Amount())
    days_served: Mapped[Decimal | None] = mapped_column(Amount())
    days_absent: Mapped[Decimal | None] = mapped_column(Amount())
    on_track: Mapped[bool | None]
    judgement: Mapped[str | None] = mapped_column(sa.String(20))
    """The head's recommendation as accepted: satisfactory, unsatisfactory, extension. Not the body's decision."""
    values: Mapped[dict[str, Any]] = mapped_column(sa.JSON(), default=dict)
    """Every accepted value by field key, as text."""
    not_required: Mapped[str | None] = mapped_column(sa.String(300))
    """Why nothing is expected here any more, in words."""
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """What stood here before the accepted paper, to be put back when the acceptance is taken back."""

    induction: Mapped[Induction] = relationship(back_populates="assessments")
    sign_offs: Mapped[list[SignOff]] = relationship(back_populates="assessment")


class SignOffHow(StrEnum):
    SIGNED = "signed"
    TYPED = "typed"
    COPIED_IN = "copied_in"
    WAIVED = "waived"


class SignOff(Keyed, Base):
    """Who signed off an assessment in which role, and what shows it."""

    __tablename__ = "sign_off"
    __table_args__ = (sa.UniqueConstraint("assessment_id", "role"),)
    retention = Retention.RECORD

    assessment_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("assessment.id"))
    role: Mapped[str] = mapped_column(sa.String(40))
    how: Mapped[SignOffHow] = mapped_column(choice(SignOffHow))
    name: Mapped[str | None] = mapped_column(sa.String(300))
    signed_on: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(sa.Text)

    assessment: Mapped[Assessment] = relationship(back_populates="sign_offs")
