"""The government's register of schools and its links file: reading rows as values. Pure; `schools_in` takes them in."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, TypeVar

from records.models.schools import Country, SchoolLinkKind, SchoolStatus
from records.values import Wrong

_Row = TypeVar("_Row")

REGISTER_COLUMNS = ("URN", "LA (code)", "EstablishmentNumber", "EstablishmentName", "EstablishmentStatus (name)")
"""Columns without which nothing can be taken in; the others may be absent."""
LINK_COLUMNS = ("URN", "LinkURN", "LinkType")

_STATUS = {
    "open": SchoolStatus.OPEN,
    "open, but proposed to close": SchoolStatus.CLOSING,
    "proposed to open": SchoolStatus.PROPOSED,
    "closed": SchoolStatus.CLOSED,
}
_ABROAD = ("british schools overseas", "offshore schools", "service children's education")
# The files call themselves ISO-8859-1, yet hold the curly apostrophes of Windows-1252, which sit where the former has controls.
_WINDOWS = {number: bytes([number]).decode("cp1252", "replace") for number in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A school as the register has it."""

    urn: str
    name: str
    status: SchoolStatus
    country: Country
    dfe_number: str | None = None
    ukprn: str | None = None
    kind: str | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    town: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """From a school to the one that took its place. `split`: others took a part too, so nobody is moved by rule."""

    from_urn: str
    to_urn: str
    kind: SchoolLinkKind
    split: bool
    effective_on: date | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out, and why."""

    line: int
    why: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.why}"


def register_rows(file: BinaryIO) -> Iterator[RegisterRow | BadLine]:
    """Every school of the register, one after another. Raises `Wrong` for a file that is something else."""
    yield from _rows(file, REGISTER_COLUMNS, "register of schools", _school)


def link_rows(file: BinaryIO) -> Iterator[LinkRow | BadLine]:
    """Every link between a school and its successor; other kinds of link are passed over. Raises `Wrong`."""
    for row in _rows(file, LINK_COLUMNS, "links file", _link):
        if row is not None:
            yield row


def gias_date(written: str | None) -> date | None:
    """A date as the register writes it: 31-08-2024. None for nothing. Raises `Wrong`."""
    text = (written or "").strip()
    if not text:
        return None
    found = re.fullmatch(r"(\d{2})[-/](\d{2})[-/](\d{4})", text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a real date"
        raise Wrong(message) from None


def _rows(
    file: BinaryIO, columns: tuple[str, ...], what: str, make: Callable[[Mapping[str, str]], _Row]
) -> Iterator[_Row | BadLine]:
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        reader = csv.reader(text)
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            message = f"This is not the {what}: it has no column {', '.join(missing)}"
            raise Wrong(message)
        for cells in reader:
            if not any(cells):
                continue
            values = dict(zip(header, (_plain(cell, encoding) for cell in cells), strict=False))
            try:
                yield make(values)
            except Wrong as wrong:
                yield BadLine(reader.line_num, str(wrong))
    except csv.Error as fault:
        message = f"This is not the {what}: {fault}"
        raise Wrong(message) from fault
    finally:
        text.detach()


def _school(cells: Mapping[str, str]) -> RegisterRow:
    urn, name = cells.get("URN", ""), cells.get("EstablishmentName", "")
    if not re.fullmatch(r"\d{5,6}", urn):
        raise Wrong("the URN has not 5 or 6 digits")
    if not name:
        raise Wrong("the school has no name")
    status = _STATUS.get(cells.get("EstablishmentStatus (name)", "").casefold())
    if status is None:
        raise Wrong("the status is none that is known")
    authority, number = cells.get("LA (code)", ""), cells.get("EstablishmentNumber", "")
    dfe_number = authority.zfill(3) + number.zfill(4) if authority.isdecimal() and number.isdecimal() else None
    kind = cells.get("TypeOfEstablishment (name)", "")[:100] or None
    return RegisterRow(
        urn=urn,
        name=name[:300],
        status=status,
        country=_country(kind),
        dfe_number=dfe_number,
        ukprn=cells.get("UKPRN", "")[:8] or None,
        kind=kind,
        opened_on=gias_date(cells.get("OpenDate")),
        closed_on=gias_date(cells.get("CloseDate")),
        town=cells.get("Town", "")[:100] or None,
        postcode=cells.get("Postcode", "")[:10] or None,
    )


def _country(kind: str | None) -> Country:
    plain = (kind or "").casefold()
    if "welsh" in plain:
        return Country.WALES
    return Country.OTHER if plain in _ABROAD else Country.ENGLAND


def _link(cells: Mapping[str, str]) -> LinkRow | None:
    kind = cells.get("LinkType", "").casefold()
    urn, other = cells.get("URN", ""), cells.get("LinkURN", "")
    if not kind.startswith(("successor", "predecessor")):
        return None
    if not (urn.isdecimal() and other.isdecimal()):
        raise Wrong("a URN is missing")
    from_urn, to_urn = (urn, other) if kind.startswith("successor") else (other, urn)
    merged = "merge" in kind or "amalgamat" in kind
    return LinkRow(
        from_urn,
        to_urn,
        SchoolLinkKind.MERGED_INTO if merged else SchoolLinkKind.SUCCESSOR,
        "split" in kind,
        gias_date(cells.get("LinkEstablishedDate")),
    )


def _encoding(file: BinaryIO) -> str:
    """As published, unless somebody has saved it as UTF-8 since. Reads the file once and goes back to its start."""
    start = file.tell()
    marked = file.read(3) == codecs.BOM_UTF8
    file.seek(start)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "iso-8859-1"
    else:
        return "utf-8-sig" if marked else "utf-8"
    finally:
        file.seek(start)


def _plain(cell: str, encoding: str) -> str:
    text = cell.translate(_WINDOWS) if encoding == "iso-8859-1" else cell
    return " ".join(text.replace("\0", "").split())
