"""Asking for the reminders of training in data protection: once a week while it is due, to staff whose address is known."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from records import training
from records.notices import ask
from records.people import current_address


def ask_for(session: Session, today: date, every_days: int, now: datetime) -> int:
    """How many letters are asked for. Asking again in the same week gives no second one."""
    year, week, _day = today.isocalendar()
    count = 0
    for account in training.due(session, today, every_days):
        to_address = current_address(account.person, today)
        if to_address is None:
            continue
        ask(
            session,
            kind="training_reminder",
            key=f"training_reminder:{account.id}:{year}-{week:02d}",
            to_address=to_address,
            now=now,
            content={"trained_on": account.trained_on.isoformat() if account.trained_on else None},
            to_person_id=account.person_id,
        )
        count += 1
    return count
