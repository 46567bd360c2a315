"""People: registering them, their addresses and roles, and finding them again."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.inductions import Induction, Post
from records.models.people import AddressKind, Membership, Person, PersonAddress, PersonName, Role
from records.models.schools import School
from records.schools import has_words
from records.values import Wrong, address_key, local_day, name_key


def register_person(
    session: Session,
    *,
    first_name: str,
    last_name: str,
    now: datetime,
    trn: str | None = None,
    date_of_birth: date | None = None,
    address: str | None = None,
) -> Person:
    """A new person. Raises `Wrong` for a TRN that somebody has already."""
    if trn and find_by_trn(session, trn):
        raise Wrong("There is a person with this teacher reference number already")
    person = Person(
        id=uuid.uuid4(),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        first_key=name_key(first_name),
        last_key=name_key(last_name),
        trn=trn or None,
        date_of_birth=date_of_birth,
        created_at=now,
    )
    session.add(person)
    session.flush()
    if address:
        add_address(session, person, address, now)
    return person


def rename(session: Session, person: Person, first_name: str, last_name: str, now: datetime) -> None:
    """Change the name; the one before stays as a former name, so that old papers still match."""
    before = person.full_name
    if name_key(before) != name_key(f"{first_name} {last_name}"):
        session.add(
            PersonName(id=uuid.uuid4(), person_id=person.id, full_name=before, name_key=name_key(before), until=local_day(now))
        )
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    person.first_key, person.last_key = name_key(first_name), name_key(last_name)
    session.flush()


def add_address(
    session: Session, person: Person, address: str, now: datetime, kind: AddressKind = AddressKind.WORK
) -> PersonAddress:
    row = PersonAddress(id=uuid.uuid4(), person_id=person.id, address=address_key(address), kind=kind, since=local_day(now))
    session.add(row)
    session.flush()
    return row


def add_membership(
    session: Session, person: Person, school: School | None, role: Role, since: date | None = None
) -> Membership:
    """A role at a school, or at the body where `school` is None."""
    row = Membership(id=uuid.uuid4(), person_id=person.id, school_id=school.id if school else None, role=role, since=since)
    session.add(row)
    session.flush()
    return row


def find_by_trn(session: Session, trn: str) -> Person | None:
    return session.scalar(sa.select(Person).where(Person.trn == trn))


def search_ects(session: Session, words: str, limit: int = 100) -> list[Induction]:
    """Inductions by the ECT's name or TRN, or by the school of a post; no words: the latest ones.

    Seven digits in the words are taken as a TRN and win. Whoever has the words in the name comes before who served at a
    school of that name.
    """
    chosen = sa.select(Induction).join(Person, Induction.person_id == Person.id)
    if not words.strip():
        return list(session.scalars(chosen.order_by(Induction.recorded_at.desc()).limit(limit)))
    trn = re.search(r"(?<!\d)\d{7}(?!\d)", words)
    if trn:
        return list(session.scalars(chosen.where(Person.trn == trn.group()).limit(limit)))
    in_order = (Person.last_key, Person.first_key)
    named = (
        sa.select(Person.id).where(*map(_has_name, name_key(words).split()), _has_induction()).order_by(*in_order).limit(limit)
    )
    found = list(session.scalars(chosen.where(Person.id.in_(session.scalars(named).all())).order_by(*in_order).limit(limit)))
    if len(found) < limit and name_key(words):
        at_school = sa.select(Post.induction_id).where(Post.school_id.in_(sa.select(School.id).where(has_words(words))))
        by_school = chosen.where(Induction.id.in_(at_school)).order_by(*in_order).limit(limit)
        found += [one for one in session.scalars(by_school) if one not in found]
    return found[:limit]


def _has_induction() -> sa.ColumnElement[bool]:
    return sa.exists().where(Induction.person_id == Person.id)


def _has_name(word: str) -> sa.ColumnElement[bool]:
    """Whether a name of the person, present or former, has a word that begins so."""
    now = (" " + Person.first_key + " " + Person.last_key).contains(f" {word}", autoescape=True)
    before = (" " + PersonName.name_key).contains(f" {word}", autoescape=True)
    return sa.or_(now, Person.id.in_(sa.select(PersonName.person_id).where(before)))


def holders(session: Session, school: School, role: Role, today: date) -> list[Person]:
    """Who has a role at a school on a day."""
    return list(
        session.scalars(
            sa.select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(
                Membership.school_id == school.id,
                Membership.role == role,
                sa.or_(Membership.since.is_(None), Membership.since <= today),
                sa.or_(Membership.until.is_(None), Membership.until >= today),
            )
            .order_by(Person.last_key)
        )
    )


def current_address(person: Person, today: date) -> str | None:
    """A working address of the person on a day, the school's before a personal one."""
    fit = [
        row
        for row in person.addresses
        if (row.since is None or row.since <= today) and (row.until is None or row.until >= today) and not row.failing_since
    ]
    fit.sort(key=lambda row: (row.kind is AddressKind.PERSONAL, row.address))
    return fit[0].address if fit else None


def current_post(induction: Induction, today: date) -> Post | None:
    """The post on a day, the lead one where there are several; else the last one."""
    running = [post for post in induction.posts if post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)]
    ordered = sorted(running or induction.posts, key=lambda post: (post.lead, post.starts_on))
    return ordered[-1] if ordered else None


def by_id(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """People by their ids."""
    return {one.id: one for one in session.scalars(sa.select(Person).where(Person.id.in_(ids)))}


def inductions_of(session: Session, person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The open induction of each person, else the last one, by person: where a page can link to."""
    rows = session.execute(
        sa.select(Induction.person_id, Induction.id)
        .where(Induction.person_id.in_(person_ids))
        .order_by(Induction.outcome.is_(None), Induction.recorded_at)
    )
    return {row.person_id: row.id for row in rows}
