"""People: one row each, with dated addresses and memberships."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice
from records.models.schools import School


class Role(StrEnum):
    """What a person is at a school or at the body, between two dates."""

    ECT = "ect"
    INDUCTION_TUTOR = "induction_tutor"
    INDUCTION_COORDINATOR = "induction_coordinator"
    HEADTEACHER = "headteacher"
    MENTOR = "mentor"
    SCHOOL_ADMINISTRATOR = "school_administrator"
    GOVERNOR = "governor"
    ADMINISTRATOR = "administrator"
    ASSESSOR = "assessor"
    NAMED_CONTACT = "named_contact"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    READ_ONLY = "read_only"


BODY_ROLES = frozenset({Role.ADMINISTRATOR, Role.ASSESSOR, Role.NAMED_CONTACT, Role.DATA_PROTECTION_OFFICER, Role.READ_ONLY})


class Person(Keyed, Base):
    """A person of any kind. Names are as the person is called now; earlier ones are `PersonName` rows."""

    __tablename__ = "person"
    __table_args__ = (
        # The id makes the index enough to search everybody's names in.
        sa.Index("ix_person_name", "last_key", "first_key", "id"),
    )
    retention = Retention.STATUS

    first_name: Mapped[str] = mapped_column(sa.String(200))
    last_name: Mapped[str] = mapped_column(sa.String(200))
    first_key: Mapped[str] = mapped_column(sa.String(200))
    last_key: Mapped[str] = mapped_column(sa.String(200))
    """Names without case, accents and punctuation (`records.values.name_key`): what search and matching compare."""
    trn: Mapped[str | None] = mapped_column(sa.String(7), unique=True)
    """Seven digits as text: leading zeros count."""
    date_of_birth: Mapped[date | None]
    ni_number: Mapped[str | None] = mapped_column(sa.String(9), info={"retention": Retention.SENSITIVE})
    """Only kept where the body switched it on."""
    qts_on: Mapped[date | None] = mapped_column(info={"retention": Retention.RECORD})
    qts_route: Mapped[str | None] = mapped_column(sa.String(200), info={"retention": Retention.RECORD})
    qts_provider: Mapped[str | None] = mapped_column(sa.String(200), info={"retention": Retention.RECORD})
    """Who trained them and recommended the award: an appropriate body may not serve its own trainees (guidance 2.25)."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())

    former_names: Mapped[list[PersonName]] = relationship(back_populates="person")
    addresses: Mapped[list[PersonAddress]] = relationship(back_populates="person")
    memberships: Mapped[list[Membership]] = relationship(back_populates="person")

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class PersonName(Keyed, Base):
    """A name the person had before, or has in another register."""

    __tablename__ = "person_name"
    retention = Retention.RECORD

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    full_name: Mapped[str] = mapped_column(sa.String(400))
    name_key: Mapped[str] = mapped_column(sa.String(400), index=True)
    until: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="former_names")


class AddressKind(StrEnum):
    WORK = "work"
    PERSONAL = "personal"


class PersonAddress(Keyed, Base):
    """An email address of a person, between two dates. A personal one stays reachable after leaving a school."""

    __tablename__ = "person_address"
    __table_args__ = (sa.Index("ix_person_address_address", "address"),)
    retention = Retention.SCHOOL_STAFF

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(sa.String(320))
    """In lower case."""
    kind: Mapped[AddressKind] = mapped_column(choice(AddressKind), default=AddressKind.WORK)
    since: Mapped[date | None]
    until: Mapped[date | None]
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """Set when mail to it bounced for good."""

    person: Mapped[Person] = relationship(back_populates="addresses")


class Membership(Keyed, Base):
    """A role of a person at a school, or at the body where `school_id` is None. Access follows these dates."""

    __tablename__ = "membership"
    __table_args__ = (sa.Index("ix_membership_school_role", "school_id", "role"),)
    retention = Retention.SCHOOL_STAFF

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    school_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("school.id"))
    role: Mapped[Role] = mapped_column(choice(Role))
    since: Mapped[date | None]
    until: Mapped[date | None]
    authorised_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When the body authorised it; a coordinator without it cannot sign in."""
    authorised_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))

    person: Mapped[Person] = relationship(back_populates="memberships")
    school: Mapped[School | None] = relationship()
