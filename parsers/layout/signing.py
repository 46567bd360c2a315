"""Where the part of a paper starts in which people sign."""

from __future__ import annotations

import re

from parsers.labels import Zone
from parsers.layout.blocks import Block, join
from parsers.layout.entries import Entry
from parsers.layout.labels import find_entries
from parsers.tokens import Token
from parsers.written import read_value
from parsers.written.dates import dates_in
from parsers.written.names import before_day

_SIGNING = re.compile(
    r"^((electronically |digitally )?signed\b|signatures?\b|declaration\b|names? and dates?\b|this (form|report|record|review) (should|must|needs to) be signed|to be signed|sign ?off\b|authoris|"
    r"agreed by\b|(?:confirmed|certified|approved|declared) by (?:the )?(?:induction )?(?:head|principal|tutor|ect|early career teacher|school|employer)|(induction )?(head ?teacher|principal|head|tutor|ect|early career teacher|school|employer)(['’]?s|s['’])? (declaration|statement|certification)\b|confirmation of (signatures|agreement))"
)

_NUMBER = re.compile(r"^(?:(?:section|part)\s+\w{1,2}\b|\(?\w{1,2}[.):])[\s.:)–-]*")
"""The number or letter of a section."""


def is_signing(block: Block, *, tolerant: bool = False) -> bool:
    """Whether the part where people sign starts here."""
    words = " ".join(block.text.casefold().split())
    if len(block.tokens) > 22:
        return False
    if _SIGNING.search(_NUMBER.sub("", words.strip(" •-*"))):
        return True
    entries = find_entries(block, Zone.SIGNING, tolerant=tolerant)
    people = any(entry.label.person for entry in entries)
    signs = any(entry.label.key == "<sign>" for entry in entries)
    dated = any(entry.label.key == "<date>" or entry.label.key.endswith("_signed_on") for entry in entries)
    if _heads_signatures(block, entries):
        return True
    if len(block.tokens) <= 14 and entries and entries[0].start == 0 and _is_name_and_day(entries[0]):
        return True
    return people and (signs or dated) and not any(entry.label.key in {"<start>", "<end>"} for entry in entries)


def _heads_signatures(block: Block, entries: list[Entry]) -> bool:
    """Whether a line holds nothing but the heads "Name" and "Date", or "Signature" and "Date"."""
    keys = {entry.label.key for entry in entries}
    covered = sum(len(entry.tokens) for entry in entries) == len(block.tokens)
    return covered and "<date>" in keys and bool(keys & {"<name>", "<sign>"}) and keys <= {"<date>", "<name>", "<sign>"}


def _is_name_and_day(entry: Entry) -> bool:
    """Whether a role is followed by nothing but a name and a date: "Headteacher (name) Jo Park on 3 May 2024"."""
    if entry.label.person is None or not entry.label.key.endswith("_signed_name"):
        return False
    rest = join(item for item in entry.rest if isinstance(item, Token) and not item.placeholder)
    days = dates_in(rest)
    if len(days) > 1 or (days and rest[days[0].end :].strip(" .,")) or not (days or before_day(rest) != rest.strip()):
        return False
    name = before_day(rest[: days[0].start] if days else rest)
    if not name.strip(" _.…"):
        return True  # A form that nobody has signed yet.
    written = read_value(entry.label.key, name)
    return written is not None and len(name.split()) <= 5 and (written.doubt is None or bool(days))
