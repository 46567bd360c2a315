"""Values in one written form: how a fact is spelt in the record, compared and shown. Pure; knows no rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_NUMBER = re.compile(r"[+-]?(?=\.?[0-9])(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})?(?:(?<=[0-9])\.|\.[0-9]{1,9})?")
_APOSTROPHES = re.compile("['’‘`´]")


class Wrong(ValueError):  # noqa: N818
    """A value cannot be taken as it was written. The message says what to write instead."""


class Kind(StrEnum):
    """What kind of value a field of the record holds."""

    NAME = "name"
    DATE = "date"
    TRN = "trn"
    NI_NUMBER = "ni_number"
    EMAIL = "email"
    WORDS = "words"
    DIGITS = "digits"
    DECIMAL = "decimal"
    FTE = "fte"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


def trn(written: str) -> str:
    """Seven digits, by the DfE's rule: other characters are dropped, five or six digits are padded with zeros in front.

    Raises `Wrong` for fewer than five or more than seven digits.
    """
    digits = re.sub(r"\D", "", written)
    if not 5 <= len(digits) <= 7:
        raise Wrong("A teacher reference number has 7 digits")
    return digits.zfill(7)


def name_key(name: str) -> str:
    """A name for comparing and searching: no case, accents, punctuation or double spaces."""
    flat = unicodedata.normalize("NFKD", name.replace("Ł", "L").replace("ł", "l").replace("Ø", "O").replace("ø", "o"))
    letters = "".join(character for character in flat if not unicodedata.combining(character)).casefold()
    return " ".join("".join(character if character.isalnum() else " " for character in _APOSTROPHES.sub("", letters)).split())


def address_key(address: str) -> str:
    """An email address in lower case without spaces around it."""
    return address.strip().casefold()


def local_day(moment: datetime) -> date:
    """The day in London: a mail received at 23:30 UTC in summer came on the next day."""
    return moment.astimezone(LONDON).date()


def school_year(day: date) -> int:
    """The year in which the school year began: it runs from August."""
    return day.year if day.month >= 8 else day.year - 1


def spoken_date(day: date) -> str:
    """As GOV.UK writes it: 1 January 2024."""
    return f"{day.day} {day:%B %Y}"


def spoken_moment(moment: datetime) -> str:
    """As people read it: 4 June 2026 at 9:32am, in London."""
    local = moment.astimezone(LONDON)
    return f"{spoken_date(local.date())} at {spoken_time(local.time())}"


def spoken_time(at: time) -> str:
    """A time of the day as people read it: 9:32am."""
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def decimal_text(amount: Decimal) -> str:
    """Without exponent and without trailing zeros: 29.5, 0.6, 10."""
    text = format(amount.normalize(), "f")
    return text or "0"


def counted(number: int | Decimal, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 form", "3 forms", "1.5 terms"."""
    amount = decimal_text(number) if isinstance(number, Decimal) else f"{number:,}"
    return f"{amount} {one if number == 1 else many or one + 's'}"


def decimal(written: str) -> Decimal:
    """Raises `Wrong` for anything that is no number. A comma parts thousands: "29,5" is refused, never taken for 295."""
    text = written.strip()
    if not _NUMBER.fullmatch(text):
        raise Wrong("Enter a number, like 29.5")
    return Decimal(text.replace(",", ""))


def iso_date(written: str) -> date:
    """A date as the record writes it. Raises `Wrong`."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Wrong("That is not a real date") from None


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


_NI = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]")
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")


def written_form(kind: Kind, written: str | None, choices: tuple[tuple[str, str], ...] = ()) -> str | None:
    """What a person wrote, in the one form in which the record writes it; None for nothing. Raises `Wrong`."""
    text = (written or "").strip()
    if not text:
        return None
    if kind is Kind.TEXT:
        return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    text = " ".join(text.split())
    if kind in _CHECKS:
        return _CHECKS[kind](text)
    if kind in {Kind.CHOICE, Kind.YES_NO} and text not in {value for value, _words in choices}:
        raise Wrong("Choose one of the options")
    return text


def _ni_number(text: str) -> str:
    squeezed = re.sub(r"\W", "", text).upper()
    if not _NI.fullmatch(squeezed):
        raise Wrong("Enter a National Insurance number in the right form, like QQ 12 34 56 C")
    return squeezed


def _email(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise Wrong("Enter an email address in the right form, like name@school.example")
    return text


def _digits(text: str) -> str:
    digits = re.sub(r"[\s/]", "", text)
    if not digits.isdecimal():
        raise Wrong("Enter digits only")
    return digits


def _amount(text: str) -> str:
    amount = decimal(text)
    if amount < 0:
        raise Wrong("Enter a number that is not negative")
    return decimal_text(amount)


def _fte(text: str) -> str:
    share = decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    if not 0 < share <= 1:
        raise Wrong("Enter the full-time equivalent as a number up to 1, like 0.6, or as a percentage")
    return decimal_text(share)


_CHECKS: dict[Kind, Callable[[str], str]] = {
    Kind.TRN: trn,
    Kind.DATE: lambda text: iso_date(text).isoformat(),
    Kind.NI_NUMBER: _ni_number,
    Kind.EMAIL: _email,
    Kind.DIGITS: _digits,
    Kind.DECIMAL: _amount,
    Kind.FTE: _fte,
}
