"""Single facts about ECTs and schools: what each is, where it came from, and correcting it with before, after, who and why.

What has dates of its own (posts, hours, absences, periods) is entered in `entries`; lists beside a person in `facts_beside`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.models.facts import StatedFact
from records.models.inductions import Certainty, Induction, ProgrammeKind, Source
from records.models.people import Person
from records.models.schools import Country, School, SchoolStatus
from records.people import find_by_trn, rename
from records.values import Kind, Wrong, iso_date, local_day, name_key, written_form
from records.waiting import match_waiting

Subject = Person | Induction | School


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact. `required`: it may be corrected, never emptied."""

    key: str
    title: str
    kind: Kind
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 200


PERSON_FACTS: dict[str, FactSpec] = {
    spec.key: spec
    for spec in (
        FactSpec("first_name", "First name", Kind.NAME, required=True),
        FactSpec("last_name", "Last name", Kind.NAME, required=True),
        FactSpec("trn", "Teacher reference number (TRN)", Kind.TRN),
        FactSpec("date_of_birth", "Date of birth", Kind.DATE),
        FactSpec("ni_number", "National Insurance number", Kind.NI_NUMBER),
        FactSpec("qts_on", "Date of qualified teacher status (QTS)", Kind.DATE),
        FactSpec("qts_route", "Route to QTS", Kind.WORDS),
        FactSpec("qts_provider", "Training provider", Kind.WORDS),
    )
}

INDUCTION_FACTS: dict[str, FactSpec] = {
    "programme": FactSpec(
        "programme",
        "Training programme",
        Kind.CHOICE,
        required=True,
        choices=(
            (ProgrammeKind.PROVIDER_LED.value, "Provider-led"),
            (ProgrammeKind.SCHOOL_LED.value, "School-led"),
            (ProgrammeKind.UNKNOWN.value, "Not known"),
        ),
    ),
}

SCHOOL_FACTS: dict[str, FactSpec] = {
    spec.key: spec
    for spec in (
        FactSpec("name", "Name", Kind.WORDS, required=True, longest=300),
        FactSpec("urn", "URN", Kind.DIGITS),
        FactSpec("dfe_number", "DfE number", Kind.DIGITS),
        FactSpec("kind", "Kind of school", Kind.WORDS, longest=100),
        FactSpec(
            "country",
            "Country",
            Kind.CHOICE,
            required=True,
            choices=(
                (Country.ENGLAND.value, "England"),
                (Country.WALES.value, "Wales"),
                (Country.OTHER.value, "Elsewhere"),
            ),
        ),
        FactSpec(
            "status",
            "Status",
            Kind.CHOICE,
            required=True,
            choices=(
                (SchoolStatus.OPEN.value, "Open"),
                (SchoolStatus.CLOSING.value, "Open, but proposed to close"),
                (SchoolStatus.PROPOSED.value, "Proposed to open"),
                (SchoolStatus.CLOSED.value, "Closed"),
            ),
        ),
    )
}

NI_NUMBER = "ni_number"
_KNOWN_BY = frozenset({"first_name", "last_name", "trn", "date_of_birth"})
"""What forms are matched by."""
_DIGITS = {"urn": ((5, 6), "A URN has 5 or 6 digits"), "dfe_number": ((7,), "A DfE number has 7 digits, like 823/4001")}


def spec_of(subject: Subject, key: str) -> FactSpec | None:
    return _specs(subject).get(key)


def value_of(subject: Subject, key: str) -> str | None:
    """The present value in its written form."""
    value = getattr(subject, key)
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def words_of(spec: FactSpec, value: str | None) -> str | None:
    """A value as people read it, but for dates."""
    return dict(spec.choices).get(value or "", value)


def stated(session: Session, subject: Person | Induction) -> dict[str, StatedFact]:
    """Where each fact came from, by its key. A fact without a row was stated with the induction."""
    rows = session.scalars(sa.select(StatedFact).where(StatedFact.subject_id == subject.id))
    return {row.name: row for row in rows}


def correct(
    session: Session,
    subject: Subject,
    key: str,
    written: str | None,
    why: str,
    actor: Actor,
    now: datetime,
    *,
    changed: bool = False,
    source: Source = Source.PERSON,
    submission_id: uuid.UUID | None = None,
) -> bool:
    """Write another value. Raises `Wrong`. Returns whether anything changed.

    `changed`: a new name is a change of name, and the one before stays as a former name; else it had been written wrong.
    """
    spec = _specs(subject)[key]
    if not why.strip():
        raise Wrong("Say why it is corrected")
    text = _checked(session, subject, spec, written, local_day(now))
    before = value_of(subject, key)
    if text == before:
        return False
    _write(session, subject, spec, text, now, changed=changed)
    session.flush()
    if isinstance(subject, Person) and key in _KNOWN_BY:
        match_waiting(session, subject)
    if not isinstance(subject, School):
        _note_source(session, subject, key, text, source, submission_id, now)
    shown = ["(kept apart)" if one else None for one in (before, text)] if key == NI_NUMBER else [before, text]
    detail: dict[str, Any] = {"fact": key, "before": shown[0], "after": shown[1], "why": why.strip(), "source": source.value}
    if submission_id is not None:
        detail["submission"] = str(submission_id)
    record(session, "fact_corrected", subject, actor, now, detail=detail, induction_id=_induction_of(session, subject))
    return True


def _specs(subject: Subject) -> dict[str, FactSpec]:
    if isinstance(subject, School):
        return SCHOOL_FACTS
    return PERSON_FACTS if isinstance(subject, Person) else INDUCTION_FACTS


def _checked(session: Session, subject: Subject, spec: FactSpec, written: str | None, today: date) -> str | None:
    text = written_form(spec.kind, written, spec.choices)
    if text is None and spec.required:
        message = f"Enter {spec.title[0].lower()}{spec.title[1:]}"
        raise Wrong(message)
    if text is not None and len(text) > spec.longest:
        message = f"Use {spec.longest} characters or fewer"
        raise Wrong(message)
    if text is not None and spec.key in _DIGITS and len(text) not in _DIGITS[spec.key][0]:
        raise Wrong(_DIGITS[spec.key][1])
    if text is not None and spec.kind is Kind.DATE and not date(1930, 1, 1) <= iso_date(text) <= today:
        raise Wrong("The date must be today or in the past, and after 1930")
    if text is not None and spec.key == "trn":
        other = find_by_trn(session, text)
        if other is not None and other.id != subject.id:
            raise Wrong("Somebody else on record has this teacher reference number")
    if text is not None and spec.key == "urn":
        taken = sa.select(School.id).where(School.urn == text, School.id != subject.id)
        if session.scalar(taken) is not None:
            raise Wrong("There is a school with this URN already")
    return text


def _write(session: Session, subject: Subject, spec: FactSpec, text: str | None, now: datetime, *, changed: bool) -> None:
    if isinstance(subject, Person) and spec.kind is Kind.NAME:
        first = text if spec.key == "first_name" else subject.first_name
        last = text if spec.key == "last_name" else subject.last_name
        if changed:
            rename(session, subject, str(first), str(last), now)
            return
        subject.first_name, subject.last_name = str(first), str(last)
        subject.first_key, subject.last_key = name_key(subject.first_name), name_key(subject.last_name)
        return
    convert: Callable[[str], Any] = _CONVERT.get(spec.key, iso_date if spec.kind is Kind.DATE else str)
    setattr(subject, spec.key, None if text is None else convert(text))
    if isinstance(subject, School) and spec.key == "name":
        subject.name_key = name_key(subject.name)


_CONVERT: dict[str, Callable[[str], Any]] = {"programme": ProgrammeKind, "country": Country, "status": SchoolStatus}


def _note_source(
    session: Session,
    subject: Person | Induction,
    key: str,
    text: str | None,
    source: Source,
    submission_id: uuid.UUID | None,
    now: datetime,
) -> None:
    row = session.scalar(sa.select(StatedFact).where(StatedFact.subject_id == subject.id, StatedFact.name == key))
    if row is None:
        person_id = subject.id if isinstance(subject, Person) else subject.person_id
        row = StatedFact(id=uuid.uuid4(), person_id=person_id, subject_id=subject.id, name=key)
        session.add(row)
    row.source, row.source_submission_id, row.recorded_at = source, submission_id, now
    row.certainty = Certainty.STATED if text is not None else Certainty.UNKNOWN
    session.flush()


def _induction_of(session: Session, subject: Subject) -> uuid.UUID | None:
    """The induction whose history shows it."""
    if isinstance(subject, Induction):
        return subject.id
    if isinstance(subject, School):
        return None
    return session.scalar(
        sa.select(Induction.id).where(Induction.person_id == subject.id).order_by(Induction.recorded_at.desc()).limit(1)
    )
