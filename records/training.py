"""Training in data protection: when each member of the body's staff had it, and whose is due again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from records import accounts
from records.events import Actor, record
from records.models.accounts import Account
from records.values import Wrong, local_day


def note(session: Session, account: Account, day: date, actor: Actor, now: datetime) -> None:
    """Write down the day of the last training. Raises `Wrong` for one to come."""
    if day > local_day(now):
        raise Wrong("The training must be today or in the past")
    account.trained_on = day
    session.flush()
    record(session, "training_noted", account, actor, now, detail={"on": day.isoformat()})


def is_due(account: Account, today: date, every_days: int) -> bool:
    """Whether the training is to be done again. 0 days: the body does not ask for it here."""
    return every_days > 0 and (account.trained_on is None or account.trained_on + timedelta(days=every_days) <= today)


def due(session: Session, today: date, every_days: int) -> Sequence[Account]:
    """The open accounts of staff with a role today whose training is due."""
    rows = session.scalars(
        sa.select(Account).where(Account.closed_at.is_(None)).options(joinedload(Account.person)).order_by(Account.user_name)
    )
    return [one for one in rows if is_due(one, today, every_days) and accounts.roles_of(session, one.person_id, today)]
