"""The DfE's rules for its uploads, stated independently of the code that makes the files.

Written from the published behaviour of "Register early career teachers" as of August 2026: a checker that takes the raw
bytes and says what that service would refuse.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date

CLAIMS = ["TRN", "Date of birth", "Induction programme", "Induction period start date"]
ACTIONS = ["TRN", "Date of birth", "Induction period end date", "Number of terms", "Outcome"]


def refusals(name: str, content: bytes, today: date) -> list[str]:
    """Everything that would be refused. Empty: the file goes through."""
    if not name.lower().endswith(".csv") or len(content) > 102_400:
        return ["name or size"]
    if content.startswith(b"\xef\xbb\xbf"):
        return ["byte order mark"]
    text = content.decode("utf-8")
    if "\r\n" in text and re.search(r"(?<!\r)\n", text):
        return ["mixed line ends"]
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row and not row[0].startswith("#")]
    header, body = rows[0], [row for row in rows[1:] if row[0].strip()]
    if sorted(header) not in (sorted(CLAIMS), sorted(ACTIONS)):
        return ["wrong template"]
    if not 1 <= len(body) <= 1000:
        return ["number of rows"]
    trns = [row[header.index("TRN")] for row in body]
    found = ["duplicate ECTs"] if len(set(trns)) != len(trns) else []
    for row in body:
        found += _row(dict(zip(header, (cell.strip() for cell in row), strict=True)), today)
    return found


def _row(row: dict[str, str], today: date) -> list[str]:
    found = []
    if any(not cell for cell in row.values()):
        found.append("blank cell")
    if not re.fullmatch(r"[0-9]{7}", row["TRN"]):
        found.append("TRN")
    born = _day(row["Date of birth"])
    if born is None or not 18 <= today.year - born.year <= 99:
        found.append("date of birth")
    if "Induction programme" in row:
        start = _day(row["Induction period start date"])
        if start is None or start > today or start <= date(2021, 9, 1):
            found.append("start date")
        if row["Induction programme"].lower() not in {"provider-led", "school-led"}:
            found.append("programme")
        return found
    end = _day(row["Induction period end date"])
    if end is None or end > today:
        found.append("end date")
    terms = row["Number of terms"]
    if not re.fullmatch(r"\d+(\.\d)?", terms) or not 0 <= float(terms) <= 16:
        found.append("terms")
    if row["Outcome"].lower() not in {"pass", "release"}:
        found.append("outcome")
    return found


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
