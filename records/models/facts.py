"""Facts about people beside their columns: where each column came from, qualifications, ways to reach them, training."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from records.models.base import Base, Keyed, Retention, choice
from records.models.inductions import Fact, ProgrammeKind


class StatedFact(Keyed, Fact, Base):
    """Where the present value of one column of a person or an induction came from, and how sure it is."""

    __tablename__ = "stated_fact"
    __table_args__ = (sa.UniqueConstraint("subject_id", "name"),)
    retention = Retention.RECORD

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(sa.Uuid())
    """The person, or one of their inductions."""
    name: Mapped[str] = mapped_column(sa.String(40))
    """The fact's key in `records.facts`."""


class Qualification(Keyed, Fact, Base):
    """A degree or a teaching qualification."""

    __tablename__ = "qualification"
    retention = Retention.RECORD

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    subject: Mapped[str | None] = mapped_column(sa.String(200))
    provider: Mapped[str | None] = mapped_column(sa.String(200))
    awarded_on: Mapped[date | None]


class ContactKind(StrEnum):
    MOBILE = "mobile"
    HOME_TELEPHONE = "home_telephone"
    WORK_TELEPHONE = "work_telephone"
    HOME_ADDRESS = "home_address"


class PersonContact(Keyed, Fact, Base):
    """A telephone number or a postal address of a person, between two dates."""

    __tablename__ = "person_contact"
    retention = Retention.RECORD

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[ContactKind] = mapped_column(choice(ContactKind))
    value: Mapped[str] = mapped_column(sa.String(500))
    since: Mapped[date | None]
    until: Mapped[date | None]


class TrainingRecord(Keyed, Fact, Base):
    """The programme of training that goes with an induction: who leads it, who delivers it, and whether it is done."""

    __tablename__ = "training_record"
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    programme: Mapped[ProgrammeKind] = mapped_column(choice(ProgrammeKind), default=ProgrammeKind.UNKNOWN)
    lead_provider: Mapped[str | None] = mapped_column(sa.String(200))
    delivery_partner: Mapped[str | None] = mapped_column(sa.String(200))
    starts_on: Mapped[date | None]
    completed_on: Mapped[date | None]
