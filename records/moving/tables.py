"""Tables from files: CSV in whatever encoding, or a sheet of a workbook, as rows of text. Pure: bytes in, rows out."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

import python_calamine

from records.values import Wrong

LARGEST_UNPACKED = 400 * 1024 * 1024
"""Bytes that a workbook may have unpacked: a small file can be made to unpack to any size."""
MOST_ROWS = 200_000

_DOUBLY_ENCODED = re.compile("[ÃÂ][\u0080-\u00bf\u2018-\u203a€™œ©¨]|â€")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its line or row number in the file, from 1, and its cells by column name, without spaces around them.
    Every column of the header has its cell.
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file. `remarks` say what was assumed in reading it."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    remarks: tuple[str, ...] = ()


def read_table(content: bytes, name: str) -> Table:
    """The table in a file: CSV, or the first sheet of a workbook (.xlsx, .xls, .ods). Raises `Wrong` in words for people."""
    if not content.strip():
        message = f"{name} is empty"
        raise Wrong(message)
    if content[:4] == b"PK\x03\x04" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _workbook(content, name)
    text, remarks = decoded(content, name)
    return _table(_csv_rows(text, name), name, remarks)


def decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Text of bytes of an unknown encoding, with a remark where it was guessed. Raises `Wrong` where no guess is safe."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), ()
            except UnicodeDecodeError as fault:
                message = f"{name} is damaged: byte {fault.start + 1} is no {encoding.removesuffix('-sig').upper()}"
                raise Wrong(message) from None
    if b"\0" in content:
        message = f"{name} is no CSV file: save it as CSV (UTF-8)"
        raise Wrong(message)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), (f"{name} is not UTF-8; it was read as Windows-1252. Look at names with accents.",)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        message = f"{name}, line {line}: the encoding is not known. Save the file as CSV (UTF-8)"
        raise Wrong(message) from None


def garbled(text: str) -> str | None:
    """Why a text looks as if it went through the wrong encoding; None where it looks sound."""
    if "\ufffd" in text:
        return "a letter was lost when the file was saved in the wrong encoding"
    if _DOUBLY_ENCODED.search(text):
        return "letters with accents went through the wrong encoding twice: export it again as UTF-8"
    if _CONTROL.search(text):
        return "it holds characters that cannot be typed"
    return None


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            # A quoted cell may span lines: a row is told by the line on which it begins.
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as fault:
        message = f"{name}, line {reader.line_num}: {fault}"
        raise Wrong(message) from None


def _workbook(content: bytes, name: str) -> Table:
    if content[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                size = sum(one.file_size for one in packed.infolist())
        except zipfile.BadZipFile:
            message = f"{name} is damaged"
            raise Wrong(message) from None
        if size > LARGEST_UNPACKED:
            message = f"{name} is too large when unpacked"
            raise Wrong(message)
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            names = book.sheet_names
            if not names:
                message = f"{name} has no sheet"
                raise Wrong(message)
            cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        message = f"{name} is locked with a password: save it without"
        raise Wrong(message) from None
    except (python_calamine.CalamineError, OSError, ValueError) as fault:
        if isinstance(fault, Wrong):
            raise
        message = f"{name} cannot be read as a workbook"
        raise Wrong(message) from None
    remarks = (f"{name}: only the first sheet was read ({names[0]})",) if len(names) > 1 else ()
    return _table(((number, [_cell(one) for one in row]) for number, row in enumerate(cells, 1)), name, remarks)


def _cell(value: object) -> str:
    """A cell as its text: dates as 2024-09-01, whole numbers without decimals."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def _table(rows: Iterator[tuple[int, Sequence[str]]], name: str, remarks: tuple[str, ...]) -> Table:
    header: tuple[str, ...] | None = None
    found: list[TableRow] = []
    for line, cells in rows:
        plain = [" ".join(cell.split(" ")).strip() for cell in cells]
        if not any(plain):
            continue
        if header is None:
            header = _header(plain, name)
            continue
        if len(plain) > len(header) and any(plain[len(header) :]):
            message = f"{name}, line {line}: there are more cells than columns. Is a comma missing its quotes?"
            raise Wrong(message)
        # Spreadsheets leave out the empty cells at the end of a row.
        found.append(TableRow(line, dict(zip_longest(header, plain[: len(header)], fillvalue=""))))
        if len(found) > MOST_ROWS:
            message = f"{name} has more than {MOST_ROWS:,} rows"
            raise Wrong(message)
    if header is None:
        message = f"{name} is empty"
        raise Wrong(message)
    return Table(header, tuple(found), remarks)


def _header(cells: Sequence[str], name: str) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    twice = sorted({cell for cell in cells if cell and list(cells).count(cell) > 1})
    if twice:
        message = f"{name} has two columns with the name {twice[0]}"
        raise Wrong(message)
    return tuple(cell or f"(column {number} without a name)" for number, cell in enumerate(cells, 1))
