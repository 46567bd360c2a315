"""Writing history, sealing it into a chain, and checking the chain."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.db import as_json
from records.models.base import Base
from records.models.events import Event, EventDetail

START = "0" * 64
"""What the first link follows."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person by account, or a step of the machine by its name."""

    kind: str
    id: str

    @classmethod
    def person(cls, account_id: uuid.UUID) -> Actor:
        return cls("person", str(account_id))

    @classmethod
    def machine(cls, step: str) -> Actor:
        return cls("machine", step)

    @property
    def account_id(self) -> uuid.UUID | None:
        return uuid.UUID(self.id) if self.kind == "person" else None


def record(
    session: Session,
    kind: str,
    subject: Base,
    actor: Actor,
    now: datetime,
    *,
    detail: dict[str, Any] | None = None,
    induction_id: uuid.UUID | None = None,
) -> Event:
    """Write that something happened to `subject` in the transaction of the act itself. `detail` must be JSON."""
    [event] = record_all(session, kind, [Happening(subject, detail or {}, induction_id)], actor, now)
    return event


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event is about: the row, what changed as JSON, and the induction whose history shows it."""

    subject: Base
    detail: dict[str, Any]
    induction_id: uuid.UUID | None = None


def record_all(session: Session, kind: str, happenings: Iterable[Happening], actor: Actor, now: datetime) -> list[Event]:
    """`record` for many at once, in two statements."""
    made: list[Event] = []
    details: list[EventDetail] = []
    for one in happenings:
        salt = secrets.token_hex(16)
        event = Event(
            id=uuid.uuid4(),
            kind=kind,
            happened_at=now,
            actor_kind=actor.kind,
            actor_id=actor.id,
            subject_kind=one.subject.__tablename__,
            subject_id=one.subject.id,  # type: ignore[attr-defined]  # every subject is Keyed
            induction_id=one.induction_id,
            digest=digest_of(salt, one.detail),
        )
        made.append(event)
        details.append(EventDetail(event_id=event.id, salt=salt, detail=one.detail))
    session.add_all(made)
    session.flush()
    session.add_all(details)
    return made


def seal(session: Session, limit: int = 1000) -> int:
    """Number and chain committed events that have no number yet. One sealer at a time: the caller holds the lease."""
    last = session.execute(
        sa.select(Event.number, Event.chain).where(Event.number.is_not(None)).order_by(Event.number.desc()).limit(1)
    ).first()
    number, chain = (last.number or 0, last.chain or START) if last else (0, START)
    loose = session.scalars(
        sa.select(Event).where(Event.number.is_(None)).order_by(Event.happened_at, Event.id).limit(limit)
    ).all()
    for event in loose:
        number += 1
        chain = _link(chain, number, event)
        event.number, event.chain = number, chain
    session.flush()
    return len(loose)


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the chain holds. `broken_at` is the first number whose link does not fit."""

    checked: int
    head: str
    broken_at: int | None = None
    wrong_details: tuple[uuid.UUID, ...] = ()
    unsealed: int = 0

    @property
    def sound(self) -> bool:
        return self.broken_at is None and not self.wrong_details


def verify(session: Session) -> Verification:
    """Walk the chain from its start, and compare every detail that still exists with its digest."""
    chain, checked = START, 0
    wrong: list[uuid.UUID] = []
    for row in session.execute(_CHAINED):
        expected = _link(chain, checked + 1, row)
        if row.number != checked + 1 or row.chain != expected:
            return Verification(checked, chain, broken_at=checked + 1, wrong_details=tuple(wrong))
        if row.salt is not None and _sha256(row.salt, row.detail) != row.digest:
            wrong.append(row.id)
        chain, checked = expected, checked + 1
    unsealed = session.scalar(sa.select(sa.func.count()).select_from(Event).where(Event.number.is_(None))) or 0
    return Verification(checked, chain, wrong_details=tuple(wrong), unsealed=unsealed)


_CHAINED = (
    # Columns instead of objects: a long history is read in a fifth of the time.
    sa.select(*Event.__table__.columns, EventDetail.salt, sa.cast(EventDetail.detail, sa.Text).label("detail"))
    .outerjoin(EventDetail, EventDetail.event_id == Event.id)
    .where(Event.number.is_not(None))
    .order_by(Event.number)
    .execution_options(yield_per=5000)
)


def digest_of(salt: str, detail: dict[str, Any]) -> str:
    """sha256 over salt and detail, in hexadecimal."""
    return _sha256(salt, as_json(detail))


def _sha256(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _link(previous: str, number: int, event: Event | sa.Row[*tuple[Any, ...]]) -> str:
    return _sha256(
        previous,
        str(number),
        event.id.hex,
        event.kind,
        event.happened_at.isoformat(),
        event.actor_kind,
        event.actor_id,
        event.subject_kind,
        event.subject_id.hex,
        event.induction_id.hex if event.induction_id else "",
        event.digest,
    )
