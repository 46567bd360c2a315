"""Readings of one paper that cannot all be true: an end before its start, more days absent than served."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

Values = Mapping[str, str | bool | None]


def contradictions(values: Values) -> dict[str, str]:
    """For each field that another one speaks against: why, in words."""
    found: dict[str, str] = {}
    for rule in (_periods, _ages, _signatures, _absences, _patterns):
        for key, why in rule(values).items():
            found.setdefault(key, why)
    return found


def _periods(values: Values) -> dict[str, str]:
    start, end = _day(values, "period_start"), _day(values, "period_end")
    if start and end and end <= start:
        why = "the period ends before it starts"
        return {"period_start": why, "period_end": why}
    if start and end and (end - start).days > 800:
        why = "the period is longer than two years"
        return {"period_start": why, "period_end": why}
    begun = _day(values, "induction_start")
    if begun and end and begun >= end:
        why = "the induction starts after the period ends"
        return {"induction_start": why, "period_end": why}
    return {}


def _ages(values: Values) -> dict[str, str]:
    born = _day(values, "date_of_birth")
    if born is None:
        return {}
    for key in ("period_start", "period_end", "induction_start", "qts_date"):
        day = _day(values, key)
        if day and not 18 <= day.year - born.year <= 80:
            return {"date_of_birth": "the age does not fit the other dates", key: "it does not fit the date of birth"}
    return {}


def _signatures(values: Values) -> dict[str, str]:
    start, end = _day(values, "period_start"), _day(values, "period_end")
    found = {}
    for key in ("ect_signed_on", "tutor_signed_on", "head_signed_on"):
        day = _day(values, key)
        if day and start and day < start:
            found[key] = "it was signed before the period began"
        elif day and end and (day - end).days > 400:
            found[key] = "it was signed more than a year after the period"
    return found


def _absences(values: Values) -> dict[str, str]:
    absent, whole, served = (_number(values, key) for key in ("days_absent", "days_absent_total", "days_served"))
    if absent is not None and whole is not None and absent > whole:
        why = "more days absent in the period than in the whole induction"
        return {"days_absent": why, "days_absent_total": why}
    if absent is not None and served is not None and absent > served > 0:
        why = "more days absent than served"
        return {"days_absent": why, "days_served": why}
    if absent is not None and absent > 200:
        return {"days_absent": "more days than a school year has"}
    return {}


def _patterns(values: Values) -> dict[str, str]:
    share, pattern = _number(values, "fte"), values.get("working_pattern")
    if share is not None and ((pattern == "full_time" and share < 1) or (pattern == "part_time" and share >= 1)):
        why = "full time or part time does not fit the share of full time"
        return {"fte": why, "working_pattern": why}
    return {}


def _day(values: Values, key: str) -> date | None:
    value = values.get(key)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _number(values: Values, key: str) -> Decimal | None:
    value = values.get(key)
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
