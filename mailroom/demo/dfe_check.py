"""What the DfE's upload would refuse, stated from its published rules and apart from the code that makes the files."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

_HEADERS = {
    "claims": {"TRN", "Date of birth", "Induction programme", "Induction period start date"},
    "outcomes": {"TRN", "Date of birth", "Induction period end date", "Number of terms", "Outcome"},
}
_WORDS = {"Induction programme": {"provider-led", "school-led"}, "Outcome": {"pass", "release"}}


def refusals(name: str, content: bytes, today: date) -> list[str]:
    """Everything the upload would refuse about a file, in words. Empty: it goes through."""
    if len(content) > 102_400 or not name.endswith(".csv"):
        return [f"{name}: it is too large, or no CSV file by its name"]
    if content.startswith(b"\xef\xbb\xbf") or b"\r" in content.replace(b"\r\n", b""):
        return [f"{name}: a byte order mark, or line ends of two kinds"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    wanted = _HEADERS[name.partition("-")[0].removesuffix(".csv")]
    if not 1 <= len(rows) <= 1000 or set(rows[0]) != wanted:
        return [f"{name}: the template is another, or the number of rows is wrong"]
    found = [] if len({row["TRN"] for row in rows}) == len(rows) else [f"{name}: an ECT stands in it twice"]
    for number, row in enumerate(rows, start=2):
        found += [f"{name}, line {number}: {column}" for column, cell in row.items() if not _fits(column, cell, today)]
    return found


def _fits(column: str, cell: str, today: date) -> bool:
    if column in _WORDS:
        return cell in _WORDS[column]
    if column == "TRN":
        return re.fullmatch(r"[0-9]{7}", cell) is not None
    if column == "Number of terms":
        return re.fullmatch(r"\d{1,2}(\.\d)?", cell) is not None and float(cell) <= 16
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        return False
    day = date.fromisoformat(cell)
    if column == "Date of birth":
        return 18 <= today.year - day.year <= 99
    return day <= today and (day > date(2021, 9, 1) or "start" not in column)
