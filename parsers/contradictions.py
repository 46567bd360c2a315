"""Readings of one paper that cannot all be true: an end before its start, more days absent than served, one person in two parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

Values = Mapping[str, str | bool | None]

_COLLEAGUES = (
    "induction_tutor_name",
    "mentor_name",
    "headteacher_name",
    "tutor_signed_name",
    "head_signed_name",
)
_OFFICES = frozenset({"office", "schooloffice", "admin", "administrator", "finance", "invoices", "accounts", "hr", "head", "headteacher",
                      "enquiries", "info", "reception", "bursar", "induction", "contact", "mail", "ect", "ects", "nqt"})  # fmt: skip


def contradictions(values: Values) -> dict[str, str]:
    """For each field that another one speaks against: why, in words."""
    found: dict[str, str] = {}
    for rule in (_periods, _ages, _signatures, _absences, _patterns, _parts, _addresses):
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


def _parts(values: Values) -> dict[str, str]:
    """Tutor, mentor and head may be one person; the teacher on induction is none of them."""
    name = plain_name(values.get("ect_name"))
    same = [key for key in _COLLEAGUES if name and plain_name(values.get(key)) == name]
    return dict.fromkeys(["ect_name", *same], "the teacher and a colleague have the same name here") if same else {}


def _addresses(values: Values) -> dict[str, str]:
    """An address of an office, or one with a colleague's surname, is not the teacher's own."""
    address, name = values.get("ect_email"), plain_name(values.get("ect_name"))
    if not isinstance(address, str):
        return {}
    local = re.sub(r"[^a-z]", "", address.partition("@")[0].casefold())
    if local in _OFFICES:
        return {"ect_email": "it is the address of an office"}
    own = any(part in local for part in name.split() if len(part) > 2)
    others = {part for key in _COLLEAGUES for part in plain_name(values.get(key)).split()[-1:] if len(part) > 2}
    if not own and any(part in local for part in others):
        return {"ect_email": "it has the name of a colleague in it"}
    return {}


def plain_name(name: str | bool | None) -> str:
    """A name in plain small letters, its parts parted by a space; empty where there is none."""
    if not isinstance(name, str):
        return ""
    return " ".join(re.findall(r"[a-z]+", unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()))


def _day(values: Values, key: str) -> date | None:
    value = values.get(key)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _number(values: Values, key: str) -> Decimal | None:
    value = values.get(key)
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
