"""The erasure ledger: what was let go, by random id only, and letting it go again after a restore."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import marks
from records.erasing import erase
from records.models.inductions import Induction
from records.models.people import Person
from records.models.post import StoredMessage
from records.models.retention import Erasure
from records.retention import Departure, Scope

PERSON = "person"
"""The scope of the line that says that a person's row went with their last induction."""


@dataclass(frozen=True, slots=True)
class Line:
    """That data of a subject went."""

    id: uuid.UUID
    subject_id: uuid.UUID
    scope: str
    erased_at: datetime

    def as_json(self) -> dict[str, str]:
        return {
            "id": str(self.id),
            "subject": str(self.subject_id),
            "scope": self.scope,
            "erased_at": self.erased_at.isoformat(),
        }

    @classmethod
    def from_json(cls, content: dict[str, str]) -> Line:
        """Raises `KeyError` or `ValueError` when it is no line of a ledger."""
        moment = datetime.fromisoformat(content["erased_at"])
        return cls(uuid.UUID(content["id"]), uuid.UUID(content["subject"]), content["scope"], moment)


def lines(session: Session) -> tuple[Line, ...]:
    """The whole ledger, oldest first."""
    rows = session.scalars(sa.select(Erasure).order_by(Erasure.erased_at, Erasure.id))
    return tuple(Line(row.id, row.subject_id, row.scope, row.erased_at) for row in rows)


def merged(ledgers: Iterable[Iterable[Line]]) -> tuple[Line, ...]:
    """Several copies of the ledger as one. A ledger only grows, so their union is the newest."""
    every = {line.id: line for ledger in ledgers for line in ledger}
    return tuple(sorted(every.values(), key=lambda line: (line.erased_at, line.id)))


def unknown(session: Session, ledger: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that this database does not have: what went after it was copied."""
    known = set(session.scalars(sa.select(Erasure.id)))
    return tuple(line for line in ledger if line.id not in known)


def erase_again(session: Session, line: Line, now: datetime) -> None:
    """Let go once more what came back, and note the line."""
    if line.scope not in {PERSON, marks.TRN}:
        departure = _departure(session, line)
        if departure is not None:
            erase(session, departure, now)
    session.add(Erasure(id=line.id, subject_id=line.subject_id, scope=line.scope, erased_at=line.erased_at, counts={}))
    session.flush()


def still_there(session: Session, ledger: Iterable[Line]) -> list[uuid.UUID]:
    """People whose rows had gone and stand there again, after all of a ledger was carried out.

    That happens only where the older state needs them elsewhere, as the tutor of somebody: a person must look.
    """
    gone = {line.subject_id for line in ledger if line.scope == PERSON}
    return sorted(one for one in gone if session.get(Person, one) is not None)


def _departure(session: Session, line: Line) -> Departure | None:
    """None where the subject is not there: it came after the copy was made."""
    scope, day = Scope(line.scope), date(line.erased_at.year, line.erased_at.month, line.erased_at.day)
    if scope in {Scope.RAW_POST, Scope.UNMATCHED_POST}:
        found = session.get(StoredMessage, line.subject_id)
        return Departure(scope, line.subject_id, None, day, day) if found is not None else None
    induction = session.get(Induction, line.subject_id)
    return Departure(scope, line.subject_id, induction.person_id, day, day) if induction is not None else None
