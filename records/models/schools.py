"""Schools: where ECTs serve, with their numbers, addresses and successors."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice


class Country(StrEnum):
    ENGLAND = "england"
    WALES = "wales"
    OTHER = "other"


class SchoolStatus(StrEnum):
    """As in the government's register of schools."""

    OPEN = "open"
    CLOSING = "closing"
    PROPOSED = "proposed"
    CLOSED = "closed"


class SchoolLinkKind(StrEnum):
    SUCCESSOR = "successor"
    MERGED_INTO = "merged_into"
    TRUST = "trust"


class School(Keyed, Base):
    """A school or college. The URN may be absent (independent, abroad, not yet registered)."""

    __tablename__ = "school"
    retention = Retention.REFERENCE

    name: Mapped[str] = mapped_column(sa.String(300))
    name_key: Mapped[str] = mapped_column(sa.String(300), index=True)
    urn: Mapped[str | None] = mapped_column(sa.String(6), unique=True)
    dfe_number: Mapped[str | None] = mapped_column(sa.String(7), index=True)
    """Local authority code and establishment number, seven digits."""
    ukprn: Mapped[str | None] = mapped_column(sa.String(8))
    kind: Mapped[str | None] = mapped_column(sa.String(100))
    country: Mapped[Country] = mapped_column(choice(Country), default=Country.ENGLAND)
    status: Mapped[SchoolStatus] = mapped_column(choice(SchoolStatus), default=SchoolStatus.OPEN)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    town: Mapped[str | None] = mapped_column(sa.String(100))
    postcode: Mapped[str | None] = mapped_column(sa.String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())

    addresses: Mapped[list[SchoolAddress]] = relationship(back_populates="school")


class SchoolAddress(Keyed, Base):
    """An email address registered for a school. A domain ("@school.example") counts for every mailbox in it."""

    __tablename__ = "school_address"
    __table_args__ = (sa.UniqueConstraint("school_id", "address"),)
    retention = Retention.SCHOOL_STAFF

    school_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("school.id"))
    address: Mapped[str] = mapped_column(sa.String(320), index=True)
    """In lower case."""
    since: Mapped[date | None]
    until: Mapped[date | None]

    school: Mapped[School] = relationship(back_populates="addresses")


class SchoolLink(Keyed, Base):
    """From a school to the one that took its place, so that a conversion moves people without a leaver."""

    __tablename__ = "school_link"
    __table_args__ = (sa.UniqueConstraint("from_id", "to_id", "kind"),)
    retention = Retention.REFERENCE

    from_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("school.id"))
    to_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("school.id"), index=True)
    kind: Mapped[SchoolLinkKind] = mapped_column(choice(SchoolLinkKind))
    effective_on: Mapped[date | None]


class CalendarTerm(Keyed, Base):
    """A term of a calendar. The body's own has no school; a school's own terms go before them."""

    __tablename__ = "calendar_term"
    __table_args__ = (sa.CheckConstraint("ends_on > starts_on", name="in_order"),)
    retention = Retention.REFERENCE

    school_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    review_due_on: Mapped[date | None]
    """The body's date for papers of this term; the last day of the term where none is set."""
