"""States: their names, the edges between them, and the only functions that move anything along an edge.

docs/states.md says of each state whether it is resting or passing, who acts, and how long it may last.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record

if TYPE_CHECKING:
    from records.models.notices import Notice
    from records.models.post import Attachment, StoredMessage
    from records.models.submissions import Submission

    _Item = TypeVar("_Item", StoredMessage, Attachment, Submission, Notice)
else:
    _Item = TypeVar("_Item")


class MessageState(StrEnum):
    RECEIVED = "received"
    OPENING = "opening"
    OPENED = "opened"
    UNOPENABLE = "unopenable"


class AttachmentState(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    UNREADABLE = "unreadable"
    SET_ASIDE = "set_aside"


class SubmissionState(StrEnum):
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class NoticeState(StrEnum):
    ASKED = "asked"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"
    BOUNCED = "bounced"


State = MessageState | AttachmentState | SubmissionState | NoticeState

_M, _A, _S, _N = MessageState, AttachmentState, SubmissionState, NoticeState

EDGES: dict[State, frozenset[State]] = {
    _M.RECEIVED: frozenset({_M.OPENING}),
    _M.OPENING: frozenset({_M.OPENED, _M.UNOPENABLE, _M.RECEIVED}),
    _M.OPENED: frozenset(),
    _M.UNOPENABLE: frozenset({_M.RECEIVED}),
    _A.WAITING: frozenset({_A.READING, _A.SET_ASIDE}),
    _A.READING: frozenset({_A.READ, _A.UNREADABLE, _A.WAITING, _A.SET_ASIDE}),
    _A.READ: frozenset({_A.WAITING}),
    _A.UNREADABLE: frozenset({_A.WAITING}),
    _A.SET_ASIDE: frozenset({_A.WAITING}),
    _S.IN_REVIEW: frozenset({_S.ACCEPTED, _S.RETURNED, _S.REJECTED, _S.SUPERSEDED}),
    _S.ACCEPTED: frozenset({_S.IN_REVIEW, _S.SUPERSEDED}),
    _S.RETURNED: frozenset({_S.IN_REVIEW, _S.SUPERSEDED}),
    _S.REJECTED: frozenset({_S.IN_REVIEW}),
    _S.SUPERSEDED: frozenset(),
    _N.ASKED: frozenset({_N.SENDING, _N.WITHHELD}),
    _N.SENDING: frozenset({_N.SENT, _N.FAILED, _N.WITHHELD, _N.ASKED}),
    _N.SENT: frozenset({_N.BOUNCED}),
    _N.FAILED: frozenset({_N.ASKED}),
    _N.WITHHELD: frozenset(),
    _N.BOUNCED: frozenset(),
}
"""From each state to where a move may go."""

PERSON_ONLY: frozenset[State] = frozenset({_S.ACCEPTED, _S.RETURNED, _S.REJECTED})
"""Only a person decides about a person: a machine that moves there is refused."""

CLAIMED: frozenset[State] = frozenset({_M.OPENING, _A.READING, _N.SENDING})
"""Passing states that a worker holds by a claim."""


class NotAllowed(Exception):  # noqa: N818
    """That move is not an edge, or not for this actor: the caller asked for something the design forbids."""


class Overtaken(Exception):  # noqa: N818
    """Somebody else has moved the item since it was loaded. Load it again and look."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds an item and until when."""

    by: str
    until: datetime


def move(
    session: Session,
    item: _Item,
    to: State,
    actor: Actor,
    why: str,
    now: datetime,
    *,
    claim: Claim | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Move `item` to `to`: one conditional UPDATE on id, state and version, and an event in the same transaction.

    Raises `NotAllowed` for a move that is no edge (or a decision not made by a person), and `Overtaken` when the row has
    another state or version than the item in hand: a stale worker whose item was taken back must lose.
    """
    came_from = item.state
    if to not in EDGES[came_from]:
        message = f"{item.__tablename__}: no way from {came_from} to {to}"
        raise NotAllowed(message)
    if to in PERSON_ONLY and actor.kind != "person":
        message = f"only a person moves a {item.__tablename__} to {to}"
        raise NotAllowed(message)
    if (to in CLAIMED) != (claim is not None):
        message = f"{to} {'needs a' if to in CLAIMED else 'takes no'} claim"
        raise NotAllowed(message)
    kind = type(item)
    session.flush()
    moved = session.execute(
        sa.update(kind)
        .where(kind.id == item.id, kind.state == came_from, kind.version == item.version)
        .values(
            state=to,
            version=item.version + 1,
            state_since=now,
            claimed_by=claim.by if claim else None,
            claimed_until=claim.until if claim else None,
            attempts=kind.attempts + (1 if to in CLAIMED else 0),
        )
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # CursorResult, not typed by execute
        message = f"{item.__tablename__} {item.id} is no longer {came_from} in version {item.version}"
        raise Overtaken(message)
    session.refresh(item, ["state", "version", "state_since", "claimed_by", "claimed_until", "attempts"])
    record(
        session,
        f"{item.__tablename__}_{to}",
        item,
        actor,
        now,
        detail={"from": came_from.value, "to": to.value, "why": why, **(detail or {})},
        induction_id=getattr(item, "induction_id", None),
    )


def claim_next(
    session: Session, kind: type[_Item], states: tuple[State, State], claim: Claim, now: datetime, *also: sa.ColumnElement[bool]
) -> _Item | None:
    """Claim the oldest item in `states[0]` by moving it to `states[1]`, or None when there is none.

    The attempt is counted by the claim, before the work: a crash must count. On PostgreSQL rows that another worker is
    claiming are skipped; on SQLite the caller's transaction holds the write lock (`db.writing`).
    """
    item = session.scalars(
        sa.select(kind)
        .where(kind.state == states[0], *also)
        .order_by(kind.state_since)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if item is None:
        return None
    move(session, item, states[1], Actor.machine(claim.by), "claimed", now, claim=claim)
    return item


def release_expired(
    session: Session, kind: type[_Item], states: tuple[State, State], now: datetime, *, limit: int = 100
) -> Sequence[uuid.UUID]:
    """Take items whose claim ran out back from `states[0]` to `states[1]`: their worker died or was too slow."""
    stale: Iterable[_Item] = session.scalars(
        sa.select(kind).where(kind.state == states[0], kind.claimed_until < now).limit(limit).with_for_update(skip_locked=True)
    ).all()
    released = []
    for item in stale:
        move(session, item, states[1], Actor.machine("sweep"), "the claim ran out", now)
        released.append(item.id)
    return released


LONGEST: dict[State, timedelta] = {
    _M.RECEIVED: timedelta(minutes=15),
    _M.OPENING: timedelta(minutes=5),
    _A.WAITING: timedelta(minutes=30),
    _A.READING: timedelta(minutes=10),
    _N.ASKED: timedelta(hours=4),
    _N.SENDING: timedelta(minutes=10),
}
"""How long a passing state may last before the status page shows it."""
