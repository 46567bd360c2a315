"""Dates as people in English schools write them. Numbers, names and reference numbers are read elsewhere.

Day before month always: these are United Kingdom papers. A date that only makes sense the American way is read that
way, and says so, because a person should look. Nothing is guessed without a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb febr february febuary",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th)\b)?"
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?[-/.]\s?(?P<number>\d{1,2})\s?[-/.]\s?(?P<day>\d{1,2})(?!\d)",
        rf"(?<!\d){_DAY}\s?(?:of\s)?[-/., ]*{_MONTH}[-/,. ]*{_YEAR}(?!\d)",
        rf"\b{_MONTH}\s?{_DAY},?\s+{_YEAR}(?!\d)",
        r"(?<![\d/.])(?P<day>\d{1,2})\s?(?P<mark>[-/.|\\–])\s?(?P<number>\d{1,2})\s?[-/.|\\–]\s?(?P<year>\d{4}|\d{2})(?![\d/])",
        r"(?<!\d)(?P<day>\d{1,2}) (?P<number>\d{1,2}) (?P<year>(?:19|20)\d{2}|\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d{2})(?P<number>\d{2})(?P<year>(?:19|20)\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d \d)\s+(?P<number>\d \d)\s+(?P<year>\d \d \d \d|\d \d)(?!\d)",
    )
)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur|urs)?(?:day)?[,.]?\s+(?:the\s+)?$", re.IGNORECASE)
MONTH_FIRST = "the date only makes sense with the month first"
_EITHER_WAY = re.compile(r"(?<![\d/.])(0?[1-9]|1[0-2])\s?[-/.]\s?(0?[1-9]|1[0-2])\s?[-/.]\s?(\d{4}|\d{2})(?![\d/])")
_BIRTHS = (1935, 2010)
_OFFICE = (1990, 2049)
FIRST_YEAR = {"date_of_birth": _BIRTHS, "qts_date": (1960, 2049)}
"""Fields whose years lie outside the usual span of the office."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text: the day, where it stood, and why a person should look, if they should."""

    day: date
    start: int
    end: int
    doubt: str | None = None


def dates_in(text: str, key: str = "") -> list[WrittenDate]:
    """Every date in a text, in order. `key` gives the span of years that is plausible for the field."""
    found: list[WrittenDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            one = _read(match, FIRST_YEAR.get(key, _OFFICE))
            if one is not None:
                found.append(_on_its_weekday(one, text))
    return sorted(found, key=lambda one: one.start)


def could_be_month_first(text: str) -> bool:
    """Whether a text holds a date in figures that is another day when it is read the American way."""
    return any(found[1].zfill(2) != found[2].zfill(2) for found in _EITHER_WAY.finditer(text))


def _on_its_weekday(one: WrittenDate, text: str) -> WrittenDate:
    """The date, doubted where the day of the week that is written before it is another one."""
    said = _WEEKDAY.search(text[: one.start])
    if said is None or one.doubt or f"{one.day:%a}".casefold() == said[1].casefold():
        return one
    return replace(one, doubt="the day of the week does not fit the date")


def _read(match: re.Match[str], span: tuple[int, int]) -> WrittenDate | None:
    parts = match.groupdict()
    day = int(parts["day"].replace(" ", ""))
    doubt = None
    if parts.get("month"):
        month = _MONTHS[parts["month"].casefold()]
    else:
        month = int((parts.get("number") or "0").replace(" ", ""))
        if month > 12 >= day:
            day, month = month, day
            doubt = MONTH_FIRST
    year = _year(parts["year"].strip("'’").replace(" ", ""), span)
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if not span[0] <= year <= span[1]:
        doubt = f"the year {year} is unlikely here"
    return WrittenDate(value, match.start(), match.end(), doubt)


def _year(written: str, span: tuple[int, int]) -> int:
    """Two digits become the only year of the span that ends in them, the later one of two."""
    number = int(written)
    if len(written) == 4:
        return number
    fitting = [century + number for century in (1900, 2000) if span[0] <= century + number <= span[1]]
    return fitting[-1] if fitting else 2000 + number
