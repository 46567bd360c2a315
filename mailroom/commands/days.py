"""Days and moments as people write them on the command line: the British way, day first, or as ISO 8601 has it."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import typer

from records.moving import cells
from records.moving.mapping import DateStyle
from records.values import LONDON, Wrong

_MOMENT = re.compile(r"(?P<day>.+?)[T ]\s*(?P<time>\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)")
DAY = "18/12/2026 or 2026-12-18"


def day(written: str) -> date:
    """For an option: raises `typer.BadParameter`, whose words say what to write."""
    try:
        found = cells.day(written, DateStyle.DAY_FIRST)
    except Wrong:
        found = None
    if found is None:
        message = f"“{written}” is no date. Write it like {DAY}."
        raise typer.BadParameter(message)
    return found


def moment(written: str) -> datetime:
    """A moment in London unless an offset stands there; a day alone means its end. Raises `typer.BadParameter`."""
    parts = _MOMENT.fullmatch(written.strip())
    if parts is None:
        return datetime.combine(day(written), time(23, 59, 59), LONDON)
    try:
        at = time.fromisoformat(parts["time"])
    except ValueError:
        message = f"“{written}”: {parts['time']} is no time of the day. Write it like 18:00."
        raise typer.BadParameter(message) from None
    return datetime.combine(day(parts["day"]), at, at.tzinfo or LONDON)
