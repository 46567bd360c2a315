"""Leases: a part of the work that one host holds at a time, until it lets go or dies."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from records.models.clock import Lease


def take(session: Session, name: str, holder: str, now: datetime, lasts: timedelta) -> bool:
    """Take or prolong a lease. False while another holder has it. The row stays locked until the transaction ends."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(Lease).values(name=name, held_by=holder, held_until=now + lasts)
    free = sa.or_(Lease.held_by == holder, Lease.held_until < now)
    taken = session.execute(
        row.on_conflict_do_update(
            index_elements=["name"], set_={"held_by": row.excluded.held_by, "held_until": row.excluded.held_until}, where=free
        ).returning(Lease.name)
    )
    return taken.first() is not None


def let_go(session: Session, name: str, holder: str) -> None:
    """Give a lease back before it runs out."""
    session.execute(sa.delete(Lease).where(Lease.name == name, Lease.held_by == holder))


def held(session: Session, name: str, now: datetime) -> bool:
    """Whether somebody has a lease at this moment."""
    return session.scalar(sa.select(Lease.name).where(Lease.name == name, Lease.held_until >= now)) is not None
