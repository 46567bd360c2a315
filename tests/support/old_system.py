"""An export of another system with invented ECTs: a seeded register, its assessments, and papers by request."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

FIRST = (
    "Amara",
    "Beth",
    "Cai",
    "Dilys",
    "Ewan",
    "Fatima",
    "Gwen",
    "Hana",
    "Idris",
    "Jas",
    "Kofi",
    "Léa",
    "Mair",
    "Noor",
    "Owen",
    "Zoë",
)
LAST = (
    "Quillfeather",
    "Holt",
    "Ashdown",
    "Brânch",
    "Carrow",
    "Dunmore",
    "Elwick",
    "Farrow",
    "Gorse",
    "Hythe",
    "Irwell",
    "O’Marsh",
)

ECT_HEADER = (
    "User ID", "TRN", "First name", "Last name", "Previous surname", "DOB", "Email", "QTS date", "Training institute",
    "Qualification", "URN", "School", "Contract type", "Contract end date", "Induction start date", "Date left",
    "Induction end date", "Status", "FTE", "Induction tutor", "Induction tutor email", "Mentor", "Mentor email",
    "Induction type", "Programme type", "Lead provider", "Delivery partner", "FTE completed", "Days absent",
    "Previous appropriate body", "FTE completed elsewhere",
)  # fmt: skip
FORM_HEADER = (
    "Report ID", "User ID", "Type", "Assessment", "Start date", "End date", "Date completed", "Days served", "Days absent",
    "On track", "Statement", "ECT signed", "Tutor signed", "Head signed", "File",
)  # fmt: skip

ECT = {
    "User ID": "900001", "TRN": "1234567", "First name": "Amara", "Last name": "Quillfeather", "DOB": "17/05/1999",
    "Email": "amara.quillfeather@harrowgill.example", "QTS date": "01/07/2022", "Training institute": "Example University",
    "Qualification": "PGCE", "URN": "100001", "School": "Harrowgill Primary School", "Contract type": "Permanent",
    "Induction start date": "01/09/2022", "Induction end date": "19/07/2024", "Status": "Passed", "FTE": "1",
    "Induction type": "ECT", "Programme type": "Provider-led", "Lead provider": "Example Lead", "FTE completed": "6",
    "Days absent": "4.5",
}  # fmt: skip
FORM = {
    "Report ID": "R1", "User ID": "900001", "Type": "A", "Assessment": "First", "Start date": "01/09/2022",
    "End date": "14/07/2023", "Date completed": "12/07/2023", "Days served": "190", "Days absent": "2", "Statement": "Satisfactory",
    "Head signed": "12/07/2023",
}  # fmt: skip


def csv_file(header: Iterable[str], rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(header))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def ects(*changes: Mapping[str, str]) -> bytes:
    """A register with a row for each of `changes` to one ECT."""
    return csv_file(ECT_HEADER, [{**ECT, **change} for change in changes])


def forms(*changes: Mapping[str, str]) -> bytes:
    return csv_file(FORM_HEADER, [{**FORM, **change} for change in changes])


@dataclass(frozen=True, slots=True)
class OldSystem:
    """A whole export. `schools` are the URNs that its rows name."""

    ects: bytes
    forms: bytes
    schools: tuple[str, ...]
    papers: tuple[tuple[str, str], ...]
    """Path and whose: a paper for each form."""


def an_old_system(count: int, *, last_year: int, years: int = 10, seed: int = 7, schools: int = 280) -> OldSystem:
    """`count` ECTs who started over `years` school years up to `last_year`: passed, failed, left, and still in induction."""
    dice = random.Random(seed)
    urns = tuple(str(110000 + number) for number in range(schools))
    people: list[dict[str, str]] = []
    reports: list[dict[str, str]] = []
    papers: list[tuple[str, str]] = []
    for number in range(count):
        year = last_year - number % years
        person = _a_person(dice, number, year, last_year, urns)
        people.append(person)
        for report in _reports(dice, person, year, last_year):
            path = f"{person['TRN']}/{report['Type']} {report['End date'].replace('/', '-')}.pdf"
            reports.append({**report, "Report ID": f"R{len(reports)}", "File": path})
            papers.append((path, person["User ID"]))
    return OldSystem(csv_file(ECT_HEADER, people), csv_file(FORM_HEADER, reports), urns, tuple(papers))


def _a_person(dice: random.Random, number: int, year: int, last_year: int, urns: tuple[str, ...]) -> dict[str, str]:
    first, last = dice.choice(FIRST), f"{dice.choice(LAST)}-{dice.choice(LAST)}"
    nqt = year < 2021
    length = 1 if nqt else 2
    done = year + length <= last_year
    kind = dice.choices(["Passed", "Failed", "Left"], [90, 1, 9])[0] if done else "In progress"
    ended = f"{dice.randint(10, 20)}/07/{year + length}"
    return {
        "User ID": str(900000 + number),
        "TRN": f"{3000000 + number}",
        "First name": first,
        "Last name": last,
        "DOB": (date(year - 24, 1, 1) + timedelta(days=dice.randint(0, 364))).strftime("%d/%m/%Y"),
        "Email": f"teacher{number}@school.example",
        "QTS date": f"01/07/{year}",
        "Training institute": "Example University",
        "Qualification": "PGCE",
        "URN": dice.choice(urns),
        "School": "",
        "Contract type": dice.choice(["Permanent", "Temporary"]),
        "Induction start date": f"01/09/{year}",
        "Date left": ended if kind == "Left" else "",
        "Induction end date": ended if kind in {"Passed", "Failed"} else "",
        "Status": kind,
        "FTE": dice.choice(["1", "1", "1", "0.8", "60%"]),
        "Induction tutor": "Pat Tutor",
        "Induction tutor email": f"tutor{number % 400}@school.example",
        "Induction type": "NQT" if nqt else "ECT",
        "Programme type": "" if nqt else dice.choice(["Provider-led", "School-led"]),
        "Lead provider": "" if nqt else "Example Lead",
        "FTE completed": ("3" if nqt else "6") if kind in {"Passed", "Failed"} else "",
        "Days absent": dice.choice(["0", "2", "4.5", "unknown"]),
    }


def _reports(dice: random.Random, person: Mapping[str, str], year: int, last_year: int) -> list[dict[str, str]]:
    ends = [f"12/12/{year}", f"27/03/{year + 1}", f"10/07/{year + 1}"]
    kinds = ["A", "A", "A"]
    if person["Induction type"] == "ECT":
        ends += [f"12/12/{year + 1}", f"27/03/{year + 2}", f"10/07/{year + 2}"]
        kinds = ["P", "P", "A", "P", "P", "A"]
    found, start = [], f"01/09/{year}"
    for kind, end in zip(kinds, ends, strict=True):
        if int(end[-4:]) > last_year or end == f"12/12/{last_year}":
            break
        found.append(
            {
                "User ID": person["User ID"],
                "Type": kind,
                "Start date": start,
                "End date": end,
                "Date completed": end,
                "Days absent": str(dice.randint(0, 3)),
                "On track": "Yes" if kind == "P" else "",
                "Statement": "Satisfactory" if kind == "A" else "",
                "Head signed": end if kind == "A" else "",
            }
        )
        start = end
    return found
