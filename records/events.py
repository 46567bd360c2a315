"""Writing history, sealing it into a chain, and checking the chain."""

from __future__ import annotations

import functools
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
from records.models.base import Base, utc_text
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
    key: uuid.UUID = subject.id  # type: ignore[attr-defined]  # every subject is Keyed
    row, beside = _row(kind, Happening(subject.__tablename__, key, detail or {}, induction_id), actor, now)
    event = Event(**row)
    session.add(event)
    session.flush()
    session.add(EventDetail(**beside))
    return event


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event is about: the row by table and key, what changed as JSON, and the induction whose history shows it."""

    subject_kind: str
    subject_id: uuid.UUID
    detail: dict[str, Any]
    induction_id: uuid.UUID | None = None


def record_all(session: Session, kind: str, happenings: Iterable[Happening], actor: Actor, now: datetime) -> None:
    """`record` for many at once, in two statements."""
    rows = [_row(kind, one, actor, now) for one in happenings]
    if rows:
        session.execute(sa.insert(Event).execution_options(render_nulls=True), [row for row, _beside in rows])
        session.execute(sa.insert(EventDetail), [beside for _row, beside in rows])


def seal(session: Session, limit: int = 1000) -> int:
    """Number and chain committed events that have no number yet. One sealer at a time: the caller holds the lease."""
    session.flush()
    last = session.execute(
        sa.select(_EVENT.number, _EVENT.chain).where(_EVENT.number.is_not(None)).order_by(_EVENT.number.desc()).limit(1)
    ).first()
    sealed, chain = (last.number, last.chain) if last else (0, START)
    loose = session.execute(
        sa.select(_EVENT.id, _content()).where(_EVENT.number.is_(None)).order_by(_EVENT.happened_at, _EVENT.id).limit(limit)
    ).all()
    links: list[dict[str, Any]] = []
    for number, (event_id, content) in enumerate(loose, start=sealed + 1):
        chain = _link(chain, number, content)
        links.append({"id": event_id, "number": number, "chain": chain})
    if links:
        session.execute(sa.update(Event), links)
    return len(links)


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
    with session.execute(_chained()) as rows:
        for event_id, number, link, digest, content, detail in rows:
            expected = _link(chain, checked + 1, content)
            if number != checked + 1 or link != expected:
                return Verification(checked, chain, broken_at=checked + 1, wrong_details=tuple(wrong))
            if detail is not None and _sha256(detail) != digest:
                wrong.append(uuid.UUID(event_id))
            chain, checked = expected, checked + 1
    unsealed = session.scalar(sa.select(sa.func.count()).select_from(Event).where(Event.number.is_(None))) or 0
    return Verification(checked, chain, wrong_details=tuple(wrong), unsealed=unsealed)


def digest_of(salt: str, detail: dict[str, Any]) -> str:
    """sha256 over salt and detail, in hexadecimal."""
    return _sha256(f"{salt}\n{as_json(detail)}")


def _row(kind: str, one: Happening, actor: Actor, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The event and its detail."""
    key, salt = uuid.uuid4(), secrets.token_hex(16)
    event = {
        "id": key,
        "kind": kind,
        "happened_at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "subject_kind": one.subject_kind,
        "subject_id": one.subject_id,
        "induction_id": one.induction_id,
        "digest": digest_of(salt, one.detail),
    }
    return event, {"event_id": key, "salt": salt, "detail": one.detail}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _link(previous: str, number: int, content: str) -> str:
    return _sha256(f"{previous}\n{number}\n{content}")


_EVENT = Event.__table__.c
_DETAIL = EventDetail.__table__.c


def _chained() -> sa.Select[str, int, str, str, str, str | None]:
    """The sealed events in order, each with the two texts that were hashed. The database writes them: that is several times
    quicker than turning every column into an object and back into text.
    """
    return (
        sa.select(
            _plain(_EVENT.id),
            _EVENT.number,
            _EVENT.chain,
            _EVENT.digest,
            _content(),
            _lines(_DETAIL.salt, _text(_DETAIL.detail)),
        )
        .outerjoin_from(Event.__table__, EventDetail.__table__, _DETAIL.event_id == _EVENT.id)
        .where(_EVENT.number.is_not(None))
        .order_by(_EVENT.number)
        .execution_options(yield_per=5000)
    )


def _content() -> sa.ColumnElement[str]:
    """What the chain says of an event, line by line and the same on both databases."""
    return _lines(
        _plain(_EVENT.id),
        _EVENT.kind,
        utc_text(_EVENT.happened_at),
        _EVENT.actor_kind,
        _EVENT.actor_id,
        _EVENT.subject_kind,
        _plain(_EVENT.subject_id),
        sa.func.coalesce(_plain(_EVENT.induction_id), ""),
        _EVENT.digest,
    )


def _lines(first: sa.ColumnElement[str], *others: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    return functools.reduce(lambda text, line: text + "\n" + line, others, first)


def _plain(key: sa.ColumnElement[uuid.UUID]) -> sa.ColumnElement[str]:
    """A key as 32 hexadecimal digits: as SQLite stores it, and as PostgreSQL writes it without its dashes."""
    return sa.func.replace(_text(key), "-", "", type_=sa.Text)


def _text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    return sa.cast(column, sa.Text)
