"""Lists beside a person: qualifications, telephone numbers and postal addresses, email addresses, training. Add and take out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.entry_forms import Asked
from records.events import Actor, record
from records.models.facts import ContactKind, PersonContact, Qualification, TrainingRecord
from records.models.inductions import Induction, ProgrammeKind, Source
from records.models.people import AddressKind, PersonAddress
from records.schools import person_of_address
from records.values import Kind, Wrong, address_key, iso_date, local_day, written_form

Row = Qualification | PersonContact | TrainingRecord | PersonAddress
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Beside:
    """One kind of list. `ends`: what is taken out stays with its last day; else it goes, and history keeps it."""

    key: str
    title: str
    model: type[Row]
    asked: tuple[Asked, ...]
    ends: bool


LISTS: dict[str, Beside] = {
    one.key: one
    for one in (
        Beside(
            "address",
            "Email address",
            PersonAddress,
            (
                Asked("address", "Email address", Kind.EMAIL),
                Asked(
                    "kind",
                    "Which",
                    Kind.CHOICE,
                    choices=((AddressKind.WORK.value, "At work"), (AddressKind.PERSONAL.value, "Personal")),
                ),
            ),
            ends=True,
        ),
        Beside(
            "contact",
            "Telephone or address",
            PersonContact,
            (
                Asked(
                    "kind",
                    "Which",
                    Kind.CHOICE,
                    choices=(
                        (ContactKind.MOBILE.value, "Mobile telephone"),
                        (ContactKind.HOME_TELEPHONE.value, "Telephone at home"),
                        (ContactKind.WORK_TELEPHONE.value, "Telephone at work"),
                        (ContactKind.HOME_ADDRESS.value, "Postal address"),
                    ),
                ),
                Asked("value", "Number or address", Kind.WORDS),
            ),
            ends=True,
        ),
        Beside(
            "qualification",
            "Qualification",
            Qualification,
            (
                Asked("title", "Qualification", Kind.WORDS),
                Asked("subject", "Subject", Kind.WORDS, required=False),
                Asked("provider", "Awarded by", Kind.WORDS, required=False),
                Asked("awarded_on", "Day of the award", Kind.DATE, required=False),
            ),
            ends=False,
        ),
        Beside(
            "training",
            "Training",
            TrainingRecord,
            (
                Asked(
                    "programme",
                    "Programme",
                    Kind.CHOICE,
                    choices=(
                        (ProgrammeKind.PROVIDER_LED.value, "Provider-led"),
                        (ProgrammeKind.SCHOOL_LED.value, "School-led"),
                        (ProgrammeKind.UNKNOWN.value, "Not known"),
                    ),
                ),
                Asked("lead_provider", "Lead provider", Kind.WORDS, required=False),
                Asked("delivery_partner", "Delivery partner", Kind.WORDS, required=False),
                Asked("starts_on", "First day", Kind.DATE, required=False),
                Asked("completed_on", "Completed on", Kind.DATE, required=False),
            ),
            ends=False,
        ),
    )
}


def rows_of(session: Session, induction: Induction, today: date) -> dict[str, list[Row]]:
    """What stands today, by list."""
    found: dict[str, list[Row]] = {}
    for key, beside in LISTS.items():
        model: Any = beside.model
        chosen = sa.select(model)
        if model is TrainingRecord:
            chosen = chosen.where(TrainingRecord.induction_id == induction.id)
        else:
            chosen = chosen.where(model.person_id == induction.person_id)
        if beside.ends:
            chosen = chosen.where(sa.or_(model.until.is_(None), model.until >= today))
        found[key] = list(session.scalars(chosen.order_by(model.id)))
    return found


def add(
    session: Session,
    induction: Induction,
    beside: Beside,
    written: Mapping[str, str | None],
    actor: Actor,
    now: datetime,
    *,
    source: Source = Source.PERSON,
    submission_id: uuid.UUID | None = None,
) -> Row:
    """Add to a list. Raises `Wrong` with the title of what is missing or wrong."""
    values = {one.key: _value(one, written.get(one.key)) for one in beside.asked}
    row = beside.model(id=uuid.uuid4(), **values)
    if isinstance(row, TrainingRecord):
        row.induction_id = induction.id
    else:
        row.person_id = induction.person_id
    if isinstance(row, PersonAddress):
        row.address, row.since = address_key(row.address), local_day(now)
        holder = person_of_address(session, row.address, now)
        if holder is not None and holder.id != induction.person_id:
            raise Wrong("Email address: somebody else on record has this one, and it would no longer open their account")
    else:
        row.source, row.source_submission_id, row.recorded_at = source, submission_id, now
    session.add(row)
    session.flush()
    _note(session, induction, beside, row, "fact_added", actor, now)
    return row


def take_out(
    session: Session, induction: Induction, beside: Beside, row_id: str, why: str, actor: Actor, now: datetime
) -> None:
    """Take something out of a list. History keeps what it said. Raises `Wrong`."""
    if not why.strip():
        raise Wrong("Say why it is taken out")
    today = local_day(now)
    row = next((one for one in rows_of(session, induction, today)[beside.key] if str(one.id) == row_id), None)
    if row is None:
        return
    _note(session, induction, beside, row, "fact_removed", actor, now, why=why.strip())
    if isinstance(row, PersonAddress | PersonContact):
        row.until = date.fromordinal(today.toordinal() - 1)
    else:
        session.delete(row)
    session.flush()


def said(beside: Beside, row: Row) -> str:
    """A row in one line."""
    spoken = []
    for one in beside.asked:
        value = getattr(row, one.key)
        if value is not None:
            spoken.append(dict(one.choices).get(str(value), str(value)))
    return ", ".join(spoken)


def _value(one: Asked, written: str | None) -> Any:
    try:
        text = written_form(one.kind, written, one.choices)
    except Wrong as wrong:
        message = f"{one.title}: {wrong}"
        raise Wrong(message) from None
    if text is None and one.required:
        message = f"Enter: {one.title}"
        raise Wrong(message)
    if text is not None and len(text) > LONGEST:
        message = f"{one.title}: use {LONGEST} characters or fewer"
        raise Wrong(message)
    return iso_date(text) if text is not None and one.kind is Kind.DATE else text


def _note(
    session: Session,
    induction: Induction,
    beside: Beside,
    row: Row,
    kind: str,
    actor: Actor,
    now: datetime,
    why: str | None = None,
) -> None:
    detail = {"fact": beside.key, "said": said(beside, row)} | ({"why": why} if why else {})
    record(session, kind, row, actor, now, detail=detail, induction_id=induction.id)
