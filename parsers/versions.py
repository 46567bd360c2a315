"""Forms of versions that are no longer in use: by what they say of themselves, and by words that have gone out of use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from parsers.forms import Reading
from parsers.layout.blocks import Paper
from parsers.written.dates import dates_in

NOT_IN_USE = "The form says that this version of it is no longer in use."
RUN_OUT = "The form says that it is not to be used after a day that its own dates have passed. It may be an old version."
OLD_WORDS = "The form speaks of NQTs and never of ECTs, but its dates are later. It may be an old version."

_WITHDRAWN = re.compile(
    r"\b(withdrawn|superseded|no longer (valid|in use|accepted)|do not use this version|obsolete|out of date version|replaced by|previous version)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\b(form|version|template|document)\b", re.IGNORECASE)
_RUNS_OUT = re.compile(
    r"\b(valid (until|till|to)|(not|never) (to be|be|for) used? (after|beyond)|do not use after|for use (until|before)|expir(es|y)( date)?( on)?|use by)\b",
    re.IGNORECASE,
)
_NEW_WORDS = re.compile(r"\b(ects?|early career|ecf|ecte)\b", re.IGNORECASE)
_OLD_WORDS = re.compile(r"\b(nqts?|newly qualified)\b", re.IGNORECASE)
_LONGEST = 40
"""Words of a line that says something of the form; longer ones are free text."""
_ECTS_SINCE = date(2021, 9, 1)
_NQTS_UNTIL = date(2023, 9, 1)
"""By then nobody was under the old rules any more but those with an agreed extension (statutory guidance, transitional arrangements)."""
_DAYS = ("period_start", "period_end", "induction_start", "ect_signed_on", "tutor_signed_on", "head_signed_on")


def old_version(paper: Paper, fields: Mapping[str, Reading]) -> list[str]:
    """Why a form may be of a version that is not in use, in words. `fields` are its readings: nobody asks what day it is today."""
    lines = [block.text for block in [*paper.margins, *paper.blocks] if block.tokens and block.tokens[0].field is None]
    short = [line for line in lines if len(line.split()) <= _LONGEST]
    days = {key: day for key in _DAYS if (day := _day(fields.get(key))) is not None}
    found = []
    if any(_WITHDRAWN.search(line) and _DOCUMENT.search(line) for line in short):
        found.append(NOT_IN_USE)
    if days and any(limit < max(days.values()) for line in short for limit in _limits(line)):
        found.append(RUN_OUT)
    began, ended = days.get("induction_start"), days.get("period_end")
    late = bool((began and began >= _ECTS_SINCE) or (ended and ended >= _NQTS_UNTIL))
    if late and any(map(_OLD_WORDS.search, lines)) and not any(map(_NEW_WORDS.search, lines)):
        found.append(OLD_WORDS)
    return found


def _limits(line: str) -> list[date]:
    """The days after which a form says that it is not to be used."""
    said = _RUNS_OUT.search(line)
    if said is None or not _DOCUMENT.search(line):
        return []
    return [one.day for one in dates_in(line[said.end() :])[:1]]


def _day(reading: Reading | None) -> date | None:
    return date.fromisoformat(reading.value) if reading is not None and isinstance(reading.value, str) else None
