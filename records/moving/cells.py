"""Cells of another system as our values: dates, numbers, names and words, each refused in words that say what to do. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from records.moving.mapping import DateStyle
from records.moving.tables import garbled
from records.values import Kind, Wrong, written_form
from records.values import decimal as plain_decimal
from records.values import trn as plain_trn

_TRN_DIGITS = 7
UNKNOWN = frozenset({"", "-", "--", "?", "n/a", "n/k", "na", "nk", "not known", "unknown", "none", "null", "tbc"})
"""What people write where they do not know. It is kept as unknown, never as nothing."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
EARLIEST = date(1930, 1, 1)


def text(written: str) -> str | None:
    """Words as they are; None where they say that nobody knows. Raises `Wrong` for a garbled one."""
    plain = " ".join(written.split())
    why = garbled(plain)
    if why:
        message = f"“{plain}”: {why}"
        raise Wrong(message)
    return None if plain.casefold() in UNKNOWN else plain


def name(written: str) -> str | None:
    plain = text(written)
    if plain and re.search(r"[0-9@<>]", plain):
        message = f"“{plain}” is no name"
        raise Wrong(message)
    return plain


def day(written: str, style: DateStyle) -> date | None:
    """A date as people and spreadsheets write it. Raises `Wrong` for 31 February, for 1899, and where month and day are swapped."""
    plain = text(written)
    if plain is None or plain in {"0", "0.0", "00/00/0000", "0000-00-00"}:
        return None
    year, month, number = _parts(plain, style)
    if year in {1899, 1900}:
        message = f"“{plain}”: 1899 and 1900 are what a spreadsheet shows for an empty date. Empty the cell"
        raise Wrong(message)
    try:
        found = date(year, month, number)
    except ValueError:
        raise Wrong(_no_date(plain, year, month, number, style)) from None
    if found < EARLIEST:
        message = f"“{plain}” is before {EARLIEST.year}"
        raise Wrong(message)
    return found


def amount(written: str, most: Decimal) -> Decimal | None:
    """A number from 0 to `most`, kept to three decimals."""
    plain = text(written)
    if plain is None:
        return None
    try:
        found = plain_decimal(plain)
    except Wrong:
        message = f"“{plain}” is no number like 29.5"
        raise Wrong(message) from None
    if not 0 <= found <= most:
        message = f"“{plain}” is not between 0 and {most}"
        raise Wrong(message)
    return found.quantize(Decimal("0.001"))


def fte(written: str) -> Decimal | None:
    """A share of a full week: 0.6, 60%, full time."""
    plain = text(written)
    if plain is None or plain.casefold() in {"pt", "part time", "part-time"}:
        return None
    if plain.casefold() in {"ft", "full time", "full-time"}:
        return Decimal(1)
    try:
        share = written_form(Kind.FTE, plain)
    except Wrong:
        message = f"“{plain}” is no share of full time like 0.6 or 60%"
        raise Wrong(message) from None
    return Decimal(str(share)).quantize(Decimal("0.001"))


def trn(written: str) -> str | None:
    """Seven digits by the DfE's rule; a spreadsheet that dropped leading zeros is understood."""
    plain = text(written)
    if plain is None:
        return None
    try:
        return plain_trn(plain)
    except Wrong:
        digits = sum(one.isdigit() for one in plain)
        this = f"this has {digits}" if digits != _TRN_DIGITS else "and nothing else"
        message = f"“{plain}” is no TRN: a TRN has {_TRN_DIGITS} digits, {this}"
        raise Wrong(message) from None


def email(written: str) -> str | None:
    plain = text(written)
    if plain is None:
        return None
    try:
        return (written_form(Kind.EMAIL, plain) or "").casefold()
    except Wrong:
        message = f"“{plain}” is no email address"
        raise Wrong(message) from None


def ni_number(written: str) -> str | None:
    plain = text(written)
    if plain is None:
        return None
    try:
        return written_form(Kind.NI_NUMBER, plain)
    except Wrong:
        # The number itself does not belong into a list of problems.
        raise Wrong("this is no National Insurance number") from None


def one_of(written: str, words: dict[str, str], own: dict[str, str]) -> str | None:
    """Our word for theirs: by the mapping, else by the words that everybody uses."""
    plain = text(written)
    if plain is None:
        return None
    key = plain.casefold()
    found = own.get(key) or words.get(key) or words.get(re.sub(r"[^a-z0-9 ]", "", key).strip())
    if found is None:
        message = f"“{plain}” is not understood: say in the mapping what it means"
        raise Wrong(message)
    return None if found == "unknown" else found


def _parts(plain: str, style: DateStyle) -> tuple[int, int, int]:
    """Year, month and day as written."""
    bare = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", plain)
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", bare):
        return int(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", bare):
        first, second = int(found[1]), int(found[2])
        day_number, month = (first, second) if style is DateStyle.DAY_FIRST else (second, first)
        return _year(found[3]), month, day_number
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([A-Za-z]{3,9})[,.]?[-/. ]+(\d{4}|\d{2})", bare):
        month_name = found[2][:3].casefold()
        if month_name in _MONTHS:
            return _year(found[3]), _MONTHS.index(month_name) + 1, int(found[1])
    message = f"“{plain}” is not understood as a date. Write it like 31/12/2024 or 2024-12-31"
    raise Wrong(message)


def _year(written: str) -> int:
    if len(written) == 4:
        return int(written)
    message = f"the year “{written}” needs four digits"
    raise Wrong(message)


def _no_date(plain: str, year: int, month: int, number: int, style: DateStyle) -> str:
    if month > 12 >= number:
        other = DateStyle.MONTH_FIRST if style is DateStyle.DAY_FIRST else DateStyle.DAY_FIRST
        return f"“{plain}” has no month {month}. Are day and month the other way round? Then choose {other.value} dates"
    if 1 <= month <= 12:
        return f"“{plain}”: {number} {_FULL_MONTHS[month - 1]} {year} is not a real date"
    return f"“{plain}” is not a real date"
