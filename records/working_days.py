"""Working days of the law, and the clocks that count them. Pure.

A working day is any day but Saturdays, Sundays and the bank holidays of England. School holidays are working days: no clock
of the Induction Regulations stops in August. School days, on which an ECT is contracted to work, are another count.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

from records.guidance import STANDARD, Guidance

_NONE: frozenset[date] = frozenset()
_SATURDAY = 5


class Counting(StrEnum):
    """Which day is the first of a clock."""

    BEGINNING_WITH = "beginning_with"
    """The day of the event itself, where it is a working day: "10 working days beginning with the date on which …"."""
    AFTER = "after"
    """The next working day: "within 10 working days of …"."""


def is_working_day(day: date, extra: AbstractSet[date] = _NONE) -> bool:
    """`extra` are one-off bank holidays that were proclaimed since."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year) and day not in extra


def last_day(event: date, days: int, counting: Counting = Counting.BEGINNING_WITH, extra: AbstractSet[date] = _NONE) -> date:
    """The last day of a clock of so many working days that an event sets off. Raises `ValueError` for fewer than one."""
    if days < 1:
        raise ValueError("a clock has one working day at least")
    day = event if counting is Counting.BEGINNING_WITH else event + timedelta(days=1)
    left = days
    while True:
        left -= is_working_day(day, extra)
        if left == 0:
            return day
        day += timedelta(days=1)


def days_left(today: date, last: date, extra: AbstractSet[date] = _NONE) -> int:
    """Working days from today to the last day, both counted; negative once it is over."""
    if today > last:
        return -sum(is_working_day(last + timedelta(days=n), extra) for n in range(1, (today - last).days + 1))
    return sum(is_working_day(today + timedelta(days=n), extra) for n in range((last - today).days + 1))


def deemed_received(sent_on: date, guidance: Guidance = STANDARD) -> date:
    """When a notice sent by email counts as received: the second day after (reg 18), whatever day of the week that is."""
    return sent_on + timedelta(days=guidance.deemed_receipt_days)


@dataclass(frozen=True, slots=True)
class Clock:
    """A date by which something must be done, and in words what and by which rule."""

    what: str
    due_on: date
    rule: str

    def late(self, today: date) -> bool:
        return today > self.due_on


def recommendation_due(completed_on: date, guidance: Guidance = STANDARD) -> Clock:
    return _clock("The head’s recommendation", completed_on, guidance.recommendation_days, "regulation 11(3)", guidance)


def representations_due(received_on: date, guidance: Guidance = STANDARD) -> Clock:
    return _clock("The ECT’s representations", received_on, guidance.representation_days, "regulation 11(4)", guidance)


def decision_due(received_on: date, guidance: Guidance = STANDARD) -> Clock:
    return _clock("The decision", received_on, guidance.decision_days, "regulation 11(5)", guidance)


def notice_due(decided_on: date, guidance: Guidance = STANDARD) -> Clock:
    return _clock("The written notice", decided_on, guidance.notice_days, "regulation 11(7)", guidance)


def appeal_due(sent_on: date, guidance: Guidance = STANDARD) -> Clock:
    """The last day for an appeal against a notice that went by email on a day."""
    return _clock("An appeal", deemed_received(sent_on, guidance), guidance.appeal_days, "schedule 3, paragraph 2", guidance)


def appeal_reply_due(received_on: date, guidance: Guidance = STANDARD) -> Clock:
    return _clock("The reply to the appeal", received_on, guidance.appeal_reply_days, "schedule 3, paragraph 6", guidance)


def _clock(what: str, event: date, days: int, rule: str, guidance: Guidance) -> Clock:
    return Clock(what, last_day(event, days, extra=guidance.extra_holidays), f"{days} working days, {rule}")


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    # One calendar a year and none that grows: the package fills a shared one while other threads already read it.
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
