"""Rows to files as the DfE's service takes them: UTF-8 without a mark, commas, one line ending, at most 1,000 rows and 100 KB."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from records.exports.dfe_rules import MOST_BYTES, MOST_ROWS


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over."""

    name: str
    content: bytes


def upload_files(stem: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[File]:
    """As many files as the limits ask for. A TRN that stands twice goes to a later file: one file must not repeat it.

    `rows` hold the TRN first. No rows: no files.
    """
    batches = list(_batches(header, rows))
    names = [f"{stem}.csv"] if len(batches) == 1 else [f"{stem}-{number}.csv" for number in range(1, len(batches) + 1)]
    return [File(name, csv_bytes([header, *batch])) for name, batch in zip(names, batches, strict=True)]


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV text in UTF-8 with LF line ends; cells are quoted only where they must be."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def for_spreadsheet(cells: Iterable[str]) -> tuple[str, ...]:
    """Cells for people, not for the DfE: one that a spreadsheet would run as a formula gets an apostrophe."""
    return tuple(f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in cells)


def _batches(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    waiting = list(rows)
    while waiting:
        batch: list[Sequence[str]] = []
        later: list[Sequence[str]] = []
        seen: set[str] = set()
        size = len(csv_bytes([header]))
        for row in waiting:
            length = len(csv_bytes([row]))
            if row[0] in seen or len(batch) == MOST_ROWS or size + length > MOST_BYTES:
                later.append(row)
                continue
            batch.append(row)
            seen.add(row[0])
            size += length
        yield batch
        waiting = later
