"""Who the tutors, mentors and addresses of an imported row are: nobody is taken for somebody else by an address alone."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.people import Membership, Person
from records.moving.history_rows import Read
from records.schools import addresses_today
from records.values import local_day, name_key

WHICH = ("tutor", "mentor")
ADDRESSES = ("email", "personal_email")
SOMEBODY_ELSES = "is the address of somebody else, who signs in with it: it is left out"


@dataclass
class Matches:
    """What an import may use of the people whom its rows name. Keys are the line with `tutor`, `mentor` or an address."""

    known: dict[tuple[int, str], uuid.UUID] = field(default_factory=dict)
    """Colleagues who are on record already."""
    left_out: set[tuple[int, str]] = field(default_factory=set)
    """What a doubt stands against; it does not come in even where the doubt is waved through."""


class Finder:
    """Everybody on record today by address and by school, and whom the rows before named with an address."""

    def __init__(self, session: Session, now: datetime) -> None:
        today = local_day(now)
        self._holders = addresses_today(session, now)
        self._names: dict[uuid.UUID, str] = {}
        self._at_school: dict[uuid.UUID | None, set[uuid.UUID]] = defaultdict(set)
        self._in_file: dict[str, tuple[str, object]] = {}
        for person_id, first, last in session.execute(sa.select(Person.id, Person.first_name, Person.last_name)):
            self._names[person_id] = name_key(f"{first} {last}")
        runs = (
            sa.or_(Membership.since.is_(None), Membership.since <= today),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
        )
        for person_id, school_id in session.execute(sa.select(Membership.person_id, Membership.school_id).where(*runs)):
            self._at_school[school_id].add(person_id)

    def look(self, row: Read, own: uuid.UUID | None, school_id: uuid.UUID | None, found: Matches) -> Iterator[tuple[str, str]]:
        """Match what the row names. Yields the key of each doubtful cell with why."""
        for key in ADDRESSES:
            address = row.get(key)
            if address and not self._is_free(address, own, ("ect", row.line)):
                found.left_out.add((row.line, key))
                yield key, SOMEBODY_ELSES
        for which in WHICH if ended(row) is None else ():
            why = self._colleague(row, which, own, school_id, found)
            if why:
                found.left_out.add((row.line, which))
                key = f"{which}_email" if row.get(f"{which}_email") else f"{which}_name"
                yield key, f"{why}: no {which} is entered"

    def _is_free(self, address: str, own: uuid.UUID | None, claim: tuple[str, object]) -> bool:
        holders = self._holders.get(address, set())
        return not (holders - {own}) and self._in_file.setdefault(address, claim) == claim

    def _colleague(
        self, row: Read, which: str, own: uuid.UUID | None, school_id: uuid.UUID | None, found: Matches
    ) -> str | None:
        """Why nobody can be said to be the colleague; None where somebody on record is, or a new person, or nobody is named."""
        name, address = name_key(row.get(f"{which}_name") or ""), row.get(f"{which}_email")
        if not name:
            return None
        if self._is_own(row, name, address, own):
            return "is the ECT themselves"
        why = self._not_theirs(address, name) if address else None
        if why:
            return why
        namesakes = {one for one in self._at_school[school_id] if school_id and self._names[one] == name} - {own}
        same = (self._holders.get(address, set()) if address else set()) or namesakes
        if len(same) == 1:
            found.known[row.line, which] = next(iter(same))
        elif same and not address:
            return "is the name of several people at this school: give the address"
        return None

    def _not_theirs(self, address: str, name: str) -> str | None:
        holders = self._holders.get(address, set())
        if len(holders) > 1:
            return "is the address of several people on record"
        if any(self._names[one] != name for one in holders):
            return "is the address of somebody with another name on record"
        if self._in_file.setdefault(address, ("staff", name)) != ("staff", name):
            return "is the address of somebody with another name on another line"
        return None

    def _is_own(self, row: Read, name: str, address: str | None, own: uuid.UUID | None) -> bool:
        if address is None:
            return name == name_key(f"{row.get('first_name')} {row.get('last_name')}")
        return address in {row.get(key) for key in ADDRESSES} or (own is not None and self._holders.get(address) == {own})


def ended(row: Read) -> date | None:
    """The last day with this body; None while the induction runs here."""
    day: date | None = row.get("completed_on") or row.get("left_on")
    return day
