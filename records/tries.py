"""How often something may be tried from one place: counted in the database, so that all hosts count together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.accounts import Tries


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a window are free; then one in `slow`. Nobody is locked out: a whole school may share an address."""

    name: str
    free: int
    within: timedelta
    slow: timedelta


PASSWORDS = Limit("passwords", 30, timedelta(minutes=10), timedelta(seconds=10))
"""Wrong passwords and codes of an app, by network address."""
INVITATIONS = Limit("invitations", 30, timedelta(minutes=10), timedelta(seconds=10))
"""Wrong codes of invitations, by network address."""


def must_wait(session: Session, limit: Limit, place: str, now: datetime) -> bool:
    """Whether the place has used up its free tries and comes again too soon."""
    row = session.get(Tries, _key(limit, place)) if place else None
    if row is None or row.since <= now - limit.within:
        return False
    return row.count >= limit.free and row.last_at > now - limit.slow


def note(session: Session, limit: Limit, place: str, now: datetime) -> None:
    """Count one try; the first one after the window opens a new window."""
    if not place:
        return
    row = session.get(Tries, _key(limit, place), with_for_update=True)
    if row is None:
        # Two hosts may come for the first time at once: the loser counts on the winner's row.
        try:
            with session.begin_nested():
                session.add(Tries(key=_key(limit, place), since=now, count=1, last_at=now))
        except sa.exc.IntegrityError:
            row = session.get_one(Tries, _key(limit, place), with_for_update=True)
        else:
            return
    if row.since <= now - limit.within:
        row.since, row.count = now, 0
    row.count, row.last_at = row.count + 1, now
    session.flush()


def _key(limit: Limit, place: str) -> str:
    """A hash: the table needs to recognise an address, not to know it."""
    return hashlib.sha256(f"{limit.name}\n{place}".encode()).hexdigest()
