"""Which column of another system's export holds what: a mapping, its TOML, and presets. Pure."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from records.values import Wrong

ECT_FIELDS: dict[str, str] = {
    "legacy_id": "Id in the other system",
    "trn": "Teacher reference number (TRN)",
    "first_name": "First name",
    "last_name": "Last name",
    "former_name": "Former name",
    "date_of_birth": "Date of birth",
    "ni_number": "National Insurance number",
    "email": "Work email",
    "personal_email": "Personal email",
    "telephone": "Telephone",
    "qts_on": "Date of QTS",
    "qts_route": "Route to QTS",
    "qts_provider": "Training provider",
    "qualification": "Qualification",
    "school_urn": "School URN",
    "school_dfe_number": "School DfE number",
    "school_name": "School",
    "employer": "Employer",
    "contract": "Kind of contract",
    "contract_ends_on": "End of contract",
    "starts_on": "Start of induction",
    "post_starts_on": "Start at this school",
    "left_on": "Date of leaving",
    "completed_on": "End of induction",
    "decided_on": "Date of the outcome",
    "outcome": "Outcome",
    "fte": "Full-time equivalent (FTE)",
    "tutor_name": "Induction tutor",
    "tutor_email": "Email of the induction tutor",
    "mentor_name": "Mentor",
    "mentor_email": "Email of the mentor",
    "model": "ECT or NQT induction",
    "programme": "Training programme",
    "lead_provider": "Lead provider",
    "delivery_partner": "Delivery partner",
    "training_completed_on": "Training completed on",
    "terms_served": "Terms served",
    "days_absent": "Days absent",
    "reduction_terms": "Terms of reduction",
    "extension_terms": "Terms of extension",
    "previous_body": "Earlier appropriate body",
    "previous_starts_on": "Start with the earlier body",
    "previous_ends_on": "End with the earlier body",
    "previous_terms": "Terms with the earlier body",
}
"""What can be said about an ECT, in words."""

ASSESSMENT_FIELDS: dict[str, str] = {
    "legacy_id": "Id of the form in the other system",
    "ect_id": "Id of the ECT in the other system",
    "trn": "Teacher reference number (TRN)",
    "kind": "Kind of form",
    "point": "Assessment point",
    "period_start": "Start of the period",
    "period_end": "End of the period",
    "received_on": "Received on",
    "terms_completed": "Terms completed",
    "days_served": "Days served",
    "days_absent": "Days absent",
    "on_track": "On track",
    "judgement": "Recommendation",
    "ect_signed_on": "Signed by the ECT on",
    "tutor_signed_on": "Signed by the tutor on",
    "head_signed_on": "Signed by the headteacher on",
    "file": "File of the paper",
}
"""What can be said about an assessment, in words."""

NEEDED_ECT = ("legacy_id", "first_name", "last_name", "starts_on")
NEEDED_ASSESSMENT = ("kind", "period_end")
_FEW = 5


class DateStyle(StrEnum):
    """How dates are written where day and month could be taken for each other. ISO dates are always taken."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Columns:
    """Our field to their column, for both tables; and their words for ours (outcome, kind and the like)."""

    system: str
    ects: Mapping[str, str]
    assessments: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field: their word in lower case to ours."""
    dates: DateStyle = DateStyle.DAY_FIRST
    add_schools: bool = False
    """Whether a school that is not on record is added by its name."""
    lenient: bool = field(default=False, compare=False)
    """Whether columns that are not needed may be missing: so in presets, which name every column that there could be."""

    def fitting(self, ects: Iterable[str], assessments: Iterable[str] | None = None) -> tuple[Columns, list[str]]:
        """The mapping for tables of these columns, and in a line each what a lenient one goes without."""
        if not self.lenient:
            return self, []
        own, absent = _there(self.ects, NEEDED_ECT, ects)
        theirs, absent_there = _there(self.assessments, NEEDED_ASSESSMENT, assessments or ())
        remarks = [_without("ECTs", absent)] if absent else []
        remarks += [_without("assessments", absent_there)] if absent_there and assessments is not None else []
        return replace(self, ects=own, assessments=theirs if assessments is not None else self.assessments), remarks

    def missing(self, header: Iterable[str], *, assessments: bool = False) -> list[str]:
        """Columns that the mapping names and the table has not, and needed fields that have none."""
        chosen, needed = (self.assessments, NEEDED_ASSESSMENT) if assessments else (self.ects, NEEDED_ECT)
        titles = ASSESSMENT_FIELDS if assessments else ECT_FIELDS
        there = set(header)
        found = [f"There is no column “{column}” ({titles[key]})" for key, column in chosen.items() if column not in there]
        found += [f"Say which column holds: {titles[key]} ({key})" for key in needed if key not in chosen]
        if assessments and not {"ect_id", "trn"} & set(chosen):
            found.append("Say which column tells whose assessment it is: id or TRN of the ECT (ect_id or trn)")
        return found


def _there(chosen: Mapping[str, str], needed: tuple[str, ...], header: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    known = set(header)
    kept = {key: column for key, column in chosen.items() if column in known or key in needed}
    return kept, [column for key, column in chosen.items() if key not in kept]


def _without(what: str, columns: list[str]) -> str:
    few = ", ".join(columns[:_FEW])
    more = f" and {len(columns) - _FEW} more" if len(columns) > _FEW else ""
    return f"Columns that the table of {what} has not, and that are not needed: {few}{more}"


def from_toml(text: str) -> Columns:
    """A saved mapping. Raises `Wrong` with everything that is wrong with it."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        message = f"The mapping is no TOML: {fault}"
        raise Wrong(message) from None
    problems = _problems(content)
    if problems:
        raise Wrong("; ".join(problems))
    return Columns(
        system=content["system"],
        ects=content.get("ects", {}),
        assessments=content.get("assessments", {}),
        words={
            name: {their.casefold(): ours for their, ours in table.items()} for name, table in content.get("words", {}).items()
        },
        dates=DateStyle(content.get("dates", DateStyle.DAY_FIRST)),
        add_schools=bool(content.get("add_schools", False)),
    )


def to_toml(mapping: Columns) -> str:
    """The mapping as a file that `from_toml` reads."""
    lines = [
        f"system = {_text(mapping.system)}",
        f"dates = {_text(mapping.dates.value)}",
        f"add_schools = {'true' if mapping.add_schools else 'false'}",
    ]
    sides = (
        ("ects", mapping.ects, NEEDED_ECT, ECT_FIELDS),
        ("assessments", mapping.assessments, NEEDED_ASSESSMENT if mapping.assessments else (), ASSESSMENT_FIELDS),
    )
    for title, table, needed, titles in sides:
        open_ = [f'# {key} = "…"  (needed: {titles[key]})' for key in needed if key not in table]
        lines += ["", f"[{title}]", *(f"{key} = {_text(column)}" for key, column in table.items()), *open_]
    for name, table in mapping.words.items():
        lines += ["", f"[words.{name}]", *(f"{_text(their)} = {_text(ours)}" for their, ours in table.items())]
    return "\n".join(lines) + "\n"


def guessed(system: str, ects: Iterable[str], assessments: Iterable[str] = ()) -> Columns:
    """A mapping by the names of columns, to be looked through by a person."""
    return Columns(system, _guess(ects, ECT_FIELDS, _ECT_SPELLINGS), _guess(assessments, ASSESSMENT_FIELDS, _FORM_SPELLINGS))


def _guess(header: Iterable[str], titles: Mapping[str, str], spellings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    columns = {_flat(column): column for column in header}
    found: dict[str, str] = {}
    for key, title in titles.items():
        for spelling in (key, title, *spellings.get(key, ())):
            column = columns.get(_flat(spelling))
            if column is not None and column not in found.values():
                found[key] = column
                break
    return found


def _flat(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _text(value: str) -> str:
    # A JSON string is a TOML basic string, but for one control character that no column has.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")


def _problems(content: Mapping[str, Any]) -> list[str]:
    found = []
    if not isinstance(content.get("system"), str) or not content["system"].strip():
        found.append("system: say the name of the other system")
    if content.get("dates", "day-first") not in {one.value for one in DateStyle}:
        found.append("dates: day-first or month-first")
    for title, known in (("ects", ECT_FIELDS), ("assessments", ASSESSMENT_FIELDS)):
        table = content.get(title, {})
        if not isinstance(table, dict):
            found.append(f"{title}: a table of field = column")
            continue
        found += [f"{title}.{key}: there is no such field" for key in table if key not in known]
        found += [f"{title}.{key}: the name of a column, in quotes" for key in table if not isinstance(table[key], str)]
    for name, table in content.get("words", {}).items():
        if not isinstance(table, dict) or not all(isinstance(ours, str) for ours in table.values()):
            found.append(f"words.{name}: a table of their word = our word")
    unknown = set(content) - {"system", "dates", "add_schools", "ects", "assessments", "words"}
    return found + [f"{name}: there is no such key" for name in sorted(unknown)]


_ECT_SPELLINGS: dict[str, tuple[str, ...]] = {
    "legacy_id": (
        "id",
        "ect id",
        "user id",
        "username",
        "user name",
        "nqt id",
        "record id",
        "reference",
        "ref",
        "ect reference",
        "ect ref",
        "reference number",
        "unique reference",
    ),
    "trn": (
        "trn",
        "dfe number",
        "teacher number",
        "teacher reference number",
        "dfe reference",
        "trn number",
        "teacher ref no",
        "teacher reference no",
    ),
    "first_name": ("forename", "forenames", "given name", "given names", "first names", "first"),
    "last_name": ("surname", "family name", "last", "current surname"),
    "former_name": ("previous surname", "previous name", "maiden name"),
    "date_of_birth": ("dob", "birth date", "born"),
    "ni_number": ("ni number", "nino"),
    "email": ("email", "e-mail", "email address", "school email"),
    "personal_email": ("home email", "private email"),
    "telephone": ("phone", "mobile", "telephone number"),
    "qts_on": ("qts date", "date qts awarded", "qts awarded", "qts", "qts award date", "date of qts award"),
    "qts_route": ("training route", "route"),
    "qts_provider": ("itt provider", "training institute", "provider"),
    "school_urn": ("urn",),
    "school_dfe_number": ("dfe school number", "laestab", "dfes number"),
    "school_name": ("school name", "current school", "institution", "establishment", "academy", "school/academy", "setting"),
    "contract": ("contract type", "permanent/temporary"),
    "contract_ends_on": ("contract end date",),
    "starts_on": (
        "induction start date",
        "induction start",
        "induction started",
        "induction started on",
        "induction commenced",
        "start date",
        "date induction started",
        "date of start",
        "ect start date",
        "ect start",
        "start",
        "started",
    ),
    "post_starts_on": ("school start date", "post start date"),
    "left_on": ("leaving date", "date left", "leave date", "left", "left on"),
    "completed_on": (
        "induction end date",
        "induction end",
        "induction completed",
        "induction completed on",
        "completion date",
        "date completed",
        "end date",
        "completed",
        "completed on",
    ),
    "decided_on": ("outcome date", "decision date"),
    "outcome": ("status", "induction status", "result", "induction outcome", "final outcome"),
    "fte": ("fte", "contract fte", "contract rate", "full time equivalent"),
    "tutor_name": ("tutor", "induction tutor name", "tutor name"),
    "tutor_email": ("tutor email", "induction tutor email"),
    "mentor_name": ("mentor name",),
    "mentor_email": ("mentor email",),
    "model": ("induction type", "type", "scheme"),
    "programme": ("programme type", "training type", "induction programme"),
    "terms_served": ("terms completed", "fte terms completed", "number of terms", "fte completed"),
    "days_absent": ("absences", "total absences", "days absent"),
    "reduction_terms": ("reduction",),
    "extension_terms": ("extension",),
    "previous_body": ("previous ab", "previous appropriate body"),
    "previous_terms": ("fte completed elsewhere", "terms completed elsewhere"),
}

_FORM_SPELLINGS: dict[str, tuple[str, ...]] = {
    "legacy_id": ("report id", "assessment id", "id", "form id"),
    "ect_id": ("user id", "ect id", "nqt id"),
    "kind": ("type", "report type", "assessment type", "form"),
    "point": ("period", "assessment", "stage"),
    "period_start": ("start date", "period start date", "from"),
    "period_end": ("end date", "period end date", "to", "due date"),
    "received_on": ("submitted", "date submitted", "completed", "date received", "approved"),
    "judgement": ("recommendation", "judgement", "statement", "outcome"),
    "days_served": ("days completed",),
    "days_absent": ("absences", "days of absence"),
    "on_track": ("on track?", "making satisfactory progress"),
    "ect_signed_on": ("ect signed", "ect signature date"),
    "tutor_signed_on": ("tutor signed", "tutor signature date"),
    "head_signed_on": ("head signed", "headteacher signature date"),
    "file": ("document", "filename", "file name", "attachment"),
}

PRESETS: dict[str, Columns] = {
    "mailroom": Columns("other", {key: key for key in ECT_FIELDS}, {key: key for key in ASSESSMENT_FIELDS}, lenient=True),
    # The maker publishes no layout: these are the words of its public manuals. Look through a first dry run.
    "ect-manager": Columns(
        "ect-manager",
        {
            "legacy_id": "User ID",
            "trn": "TRN",
            "first_name": "First name",
            "last_name": "Last name",
            "former_name": "Previous surname",
            "date_of_birth": "DOB",
            "email": "Email",
            "qts_on": "QTS date",
            "qts_provider": "Training institute",
            "qualification": "Qualification",
            "school_urn": "URN",
            "school_name": "School",
            "contract": "Contract type",
            "contract_ends_on": "Contract end date",
            "starts_on": "Induction start date",
            "left_on": "Date left",
            "completed_on": "Induction end date",
            "outcome": "Status",
            "fte": "FTE",
            "tutor_name": "Induction tutor",
            "tutor_email": "Induction tutor email",
            "mentor_name": "Mentor",
            "mentor_email": "Mentor email",
            "model": "Induction type",
            "programme": "Programme type",
            "lead_provider": "Lead provider",
            "delivery_partner": "Delivery partner",
            "terms_served": "FTE completed",
            "days_absent": "Days absent",
            "previous_body": "Previous appropriate body",
            "previous_terms": "FTE completed elsewhere",
        },
        {
            "legacy_id": "Report ID",
            "ect_id": "User ID",
            "kind": "Type",
            "point": "Assessment",
            "period_start": "Start date",
            "period_end": "End date",
            "received_on": "Date completed",
            "days_served": "Days served",
            "days_absent": "Days absent",
            "on_track": "On track",
            "judgement": "Statement",
            "ect_signed_on": "ECT signed",
            "tutor_signed_on": "Tutor signed",
            "head_signed_on": "Head signed",
            "file": "File",
        },
        lenient=True,
    ),
}
"""Mappings that come with the service. "mailroom" takes our own field names as columns."""
