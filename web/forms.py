"""Forms: what was typed, what is wrong with it in words, dates in three fields, and pages of long lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from records.values import Wrong
from web.visit import Visit, Written

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass
class Faults:
    """What is wrong, by the id of the field that the message stands beside and the summary links to."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, place: str, message: str) -> None:
        """The first thing wrong with a field is enough."""
        self.found.setdefault(place, message)

    def __getitem__(self, place: str) -> str | None:
        return self.found.get(place)

    def touches(self, prefix: str) -> bool:
        """Whether anything is wrong with a field whose id begins so."""
        return any(place.startswith(prefix) for place in self.found)

    def __bool__(self) -> bool:
        return bool(self.found)

    def listed(self) -> list[dict[str, str]]:
        return [{"text": message, "href": f"#{place}"} for place, message in self.found.items()]


def typed_date(written: Written, name: str) -> dict[str, str]:
    """The three fields as typed, to be shown again."""
    return {part: written.text(f"{name}-{part}") for part in ("day", "month", "year")}


def spread_date(day: date | None) -> dict[str, str]:
    """A known date in three fields."""
    return (
        {"day": str(day.day), "month": str(day.month), "year": str(day.year)} if day else {"day": "", "month": "", "year": ""}
    )


def date_of(typed: dict[str, str], title: str) -> date | None:
    """The date that three fields mean; None where all are empty. Months may be names. Raises `Wrong`."""
    missing = [part for part, text in typed.items() if not text]
    if len(missing) == 3:
        return None
    if missing:
        message = f"{title} must include a {' and a '.join(missing)}"
        raise Wrong(message)
    if not re.fullmatch(r"\d{4}", typed["year"]):
        raise Wrong("Year must include 4 numbers")
    try:
        return date(int(typed["year"]), _month(typed["month"]), int(typed["day"]))
    except ValueError:
        message = f"{title} must be a real date"
        raise Wrong(message) from None


def asked_date(
    written: Written, name: str, title: str, faults: Faults, *, required: bool = True, latest: date | None = None
) -> date | None:
    """A date of a form, with its faults noted: missing before impossible before out of range."""
    try:
        found = date_of(typed_date(written, name), title)
    except Wrong as wrong:
        faults.add(f"{name}-day", str(wrong))
        return None
    if found is None and required:
        faults.add(f"{name}-day", f"Enter the {title[0].lower()}{title[1:]}")
    if found is not None and latest is not None and found > latest:
        faults.add(f"{name}-day", f"{title} must be today or in the past")
    return found


def asked_text(written: Written, name: str, missing: str, faults: Faults, longest: int = 300) -> str:
    """A text that must not be empty."""
    found = written.text(name)
    if not found:
        faults.add(name, missing)
    if len(found) > longest:
        faults.add(name, f"Use {longest} characters or fewer")
    return found


def _month(text: str) -> int:
    """1–12 from "3", "03", "mar" or "March". Raises `ValueError`."""
    plain = text.casefold().rstrip(".")
    if plain.isdecimal():
        return int(plain)
    if plain == "sept" or plain in _MONTHS or plain in _MONTH_NAMES:
        return _MONTHS.index(plain[:3]) + 1
    raise ValueError("no month")


@dataclass(frozen=True, slots=True)
class Slice:
    """Which page of a long list is shown."""

    number: int
    total: int
    size: int = 25

    @classmethod
    def asked(cls, visit: Visit, total: int, size: int = 25) -> Slice:
        """The page that the address asks for, or the nearest there is."""
        return cls(max(1, min(page_number(visit), -(-total // size))), total, size)

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    def items(self, address: str) -> list[dict[str, Any]]:
        """Page numbers for the pagination: the first, the last, and those around this one."""
        wanted = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        shown: list[dict[str, Any]] = []
        for number in wanted:
            if shown and number - shown[-1].get("number", number - 1) > 1:
                shown.append({"ellipsis": True})
            shown.append({"number": number, "href": f"{address}page={number}", "current": number == self.number})
        return shown


def page_number(visit: Visit) -> int:
    written = visit.query.get("page", "1")
    return int(written) if re.fullmatch(r"[1-9]\d{0,5}", written) else 1
