"""Schools and the addresses registered for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.people import Person, PersonAddress
from records.models.schools import School, SchoolAddress, SchoolLink, SchoolLinkKind
from records.values import Wrong, address_key, local_day, name_key


def register_school(
    session: Session,
    *,
    name: str,
    now: datetime,
    urn: str | None = None,
    dfe_number: str | None = None,
    addresses: Iterable[str] = (),
) -> School:
    """A new school. Raises `Wrong` for a URN that another school has."""
    if urn and session.scalar(sa.select(School.id).where(School.urn == urn)):
        raise Wrong("There is a school with this URN already")
    school = School(
        id=uuid.uuid4(), name=name, name_key=name_key(name), urn=urn or None, dfe_number=dfe_number or None, created_at=now
    )
    session.add(school)
    session.flush()
    for address in addresses:
        add_address(session, school, address, now)
    return school


def add_address(session: Session, school: School, address: str, now: datetime) -> SchoolAddress:
    """Register an address ("office@school.example") or a whole domain ("@school.example") from today on."""
    row = SchoolAddress(id=uuid.uuid4(), school_id=school.id, address=address_key(address), since=local_day(now))
    session.add(row)
    session.flush()
    return row


def school_of_address(session: Session, address: str, now: datetime) -> School | None:
    """The one school for which the address, or its domain, is registered today. None when there is none or more than one."""
    key = address_key(address)
    domain = key[key.rfind("@") :]
    today = local_day(now)
    found = session.scalars(
        sa.select(School)
        .join(SchoolAddress)
        .where(
            SchoolAddress.address.in_({key, domain} if domain else {key}),
            sa.or_(SchoolAddress.since.is_(None), SchoolAddress.since <= today),
            sa.or_(SchoolAddress.until.is_(None), SchoolAddress.until >= today),
        )
        .distinct()
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def person_of_address(session: Session, address: str, now: datetime) -> Person | None:
    """The one person who has the address today. None when there is none or more than one."""
    found = session.scalars(
        sa.select(Person)
        .join(PersonAddress)
        .where(PersonAddress.address == address_key(address), *_has_today(now))
        .distinct()
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def addresses_today(session: Session, now: datetime) -> dict[str, set[uuid.UUID]]:
    """The ids of the people who have each address today, for looking up many: `person_of_address` without the query each."""
    found: dict[str, set[uuid.UUID]] = {}
    for address, person_id in session.execute(
        sa.select(PersonAddress.address, PersonAddress.person_id).where(*_has_today(now))
    ):
        found.setdefault(address, set()).add(person_id)
    return found


def _has_today(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    today = local_day(now)
    return (
        sa.or_(PersonAddress.since.is_(None), PersonAddress.since <= today),
        sa.or_(PersonAddress.until.is_(None), PersonAddress.until >= today),
    )


def search(session: Session, words: str, limit: int = 50) -> list[School]:
    """Schools that have these words in their name, or whose URN or DfE number they are. Those that begin so come first."""
    digits = "".join(character for character in words if character.isdecimal())
    fits = [has_words(words)]
    if digits:
        fits += [School.urn == digits, School.dfe_number == digits]
    begins = School.name_key.startswith(name_key(words), autoescape=True)
    order = (sa.case((begins, 0), else_=1), School.name_key)
    return list(session.scalars(sa.select(School).where(sa.or_(*fits)).order_by(*order).limit(limit)))


def has_words(words: str) -> sa.ColumnElement[bool]:
    """Whether a school's name has words that begin as these do."""
    return sa.and_(
        sa.true(), *((" " + School.name_key).contains(f" {word}", autoescape=True) for word in name_key(words).split())
    )


def neighbours(session: Session, school: School) -> tuple[list[School], list[School]]:
    """The schools whose place it took, and those that took its place."""

    def linked(mine: sa.orm.InstrumentedAttribute[uuid.UUID], theirs: sa.orm.InstrumentedAttribute[uuid.UUID]) -> list[School]:
        chosen = sa.select(theirs).where(mine == school.id, SchoolLink.kind != SchoolLinkKind.TRUST)
        return list(session.scalars(sa.select(School).where(School.id.in_(chosen)).order_by(School.name_key)))

    return linked(SchoolLink.to_id, SchoolLink.from_id), linked(SchoolLink.from_id, SchoolLink.to_id)


def by_name(session: Session, name: str) -> School | None:
    """The one school of exactly that name."""
    found = session.scalars(sa.select(School).where(School.name_key == name_key(name)).limit(2)).all()
    return found[0] if len(found) == 1 else None
