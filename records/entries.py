"""What people enter about an induction, and correct: absences, leave, reductions, posts, hours, periods elsewhere.

One table says what is asked for each. Every write keeps before, after, who, when and why, and brings the terms to serve and
what is due in step.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from records import entry_rules, periods
from records import guidance as numbers
from records.allowances import longer_by, settle, shorter_by
from records.entry_forms import FORMS, Asked, Entry, Form, Row
from records.events import Actor, record
from records.expectations import reschedule
from records.inductions import concluded
from records.models.inductions import (
    Certainty,
    Extension,
    ExtensionKind,
    FteSpell,
    Induction,
    InductionPeriod,
    Post,
    Source,
)
from records.terms import exact, terms_of_days
from records.values import Kind, Wrong, decimal, decimal_text, iso_date, local_day, written_form


class Refused(Wrong):
    """What was written does not hold. `faults` has a message by the key of the field; "" is about the whole."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = dict(faults)


def form_of(row: Row) -> Form:
    return next(form for form in FORMS.values() if isinstance(row, form.model))


def asked_of(form: Form, row: Row | None) -> tuple[Asked, ...]:
    """What is asked for a new entry (None), or when this one is corrected."""
    ours = isinstance(row, InductionPeriod) and row.body_name is None
    return tuple(one for one in form.asked if not (row is not None and one.only_new) and not (ours and one.key == "body_name"))


def add(session: Session, induction: Induction, form: Form, written: Mapping[str, str], actor: Actor, now: datetime) -> Row:
    """Enter something new. Raises `Refused`."""
    _open(session, induction)
    before = _allowance(induction)
    values = _typed(asked_of(form, None), written)
    row = form.model(id=uuid.uuid4(), source=Source.PERSON, recorded_at=now)
    fte = values.pop("fte", None) if form.entry is Entry.POST else None
    _attach(row, induction, values)
    _place(session, induction, row, values)
    session.add(row)
    session.flush()
    if isinstance(row, Post) and fte is not None:
        hours = FteSpell(
            id=uuid.uuid4(), post_id=row.id, starts_on=row.starts_on, fte=fte, source=Source.PERSON, recorded_at=now
        )
        session.add(hours)
    _finish(session, induction, form, row, now)
    shown = {one.key: [None, _shown(one, _of(row, one.key))] for one in asked_of(form, row)}
    _settle(session, induction, before, actor, now)
    _note(session, induction, f"{form.entry.value}_entered", row, {"changes": _told(shown)}, actor, now)
    return row


def correct(
    session: Session, induction: Induction, row: Row, written: Mapping[str, str], why: str, actor: Actor, now: datetime
) -> None:
    """Write other values over an entry. Raises `Refused`; nothing that is the same is noted."""
    form = form_of(row)
    _open(session, induction)
    if not why.strip():
        raise Refused({"why": "Say why it is corrected"})
    total, asked = _allowance(induction), asked_of(form, row)
    before = written_of(row)
    values = _typed(asked, written)
    _place(session, induction, row, values)
    _finish(session, induction, form, row, now)
    after = written_of(row)
    changed = {one.key: [before[one.key], after[one.key]] for one in asked if before[one.key] != after[one.key]}
    if not changed:
        return
    _settle(session, induction, total, actor, now)
    detail = {"changes": _told(changed, asked), "why": why.strip()}
    _note(session, induction, f"{form.entry.value}_corrected", row, detail, actor, now)


def withdraw(session: Session, induction: Induction, row: Row, why: str, actor: Actor, now: datetime) -> None:
    """Take back an entry that should never have been made. What it said stays in the history. Raises `Refused`."""
    form = form_of(row)
    _open(session, induction)
    if not why.strip():
        raise Refused({"why": "Say why it is taken back"})
    faults = entry_rules.withdrawable(session, induction, row)
    if faults:
        raise Refused(faults)
    total = _allowance(induction)
    before = {one.key: [text, None] for one in asked_of(form, row) if (text := written_of(row)[one.key]) is not None}
    detail = {"changes": _told(before, form.asked), "why": why.strip()}
    _note(session, induction, f"{form.entry.value}_withdrawn", row, detail, actor, now)
    entry_rules.remove(session, induction, row)
    session.flush()
    _settle(session, induction, total, actor, now)


def written_of(row: Row) -> dict[str, str | None]:
    """Every value of an entry in its written form, by key."""
    return {one.key: _shown(one, _of(row, one.key)) for one in asked_of(form_of(row), row)}


def _typed(asked: tuple[Asked, ...], written: Mapping[str, str]) -> dict[str, Any]:
    faults, values = {}, {}
    for one in asked:
        try:
            # Which posts there are is known to `_attach` alone.
            text = written.get("post") if one.key == "post" else written_form(one.kind, written.get(one.key), one.choices)
        except Wrong as wrong:
            faults[one.key] = str(wrong)
            continue
        if not text and one.required:
            faults[one.key] = f"Enter {one.title[0].lower()}{one.title[1:]}" if one.kind is not Kind.CHOICE else "Choose one"
            continue
        values[one.key] = _value(one, text)
    if faults:
        raise Refused(faults)
    return values


def _value(one: Asked, text: str | None) -> Any:
    if text is None:
        return None
    if one.kind is Kind.DATE:
        return iso_date(text)
    if one.kind in {Kind.DECIMAL, Kind.FTE}:
        return exact(decimal(text))
    if one.kind is Kind.YES_NO:
        return text == "true"
    return int(text) if one.key == "part" else text


def _attach(row: Row, induction: Induction, values: dict[str, Any]) -> None:
    if isinstance(row, FteSpell):
        chosen = [post for post in induction.posts if str(post.id) == values["post"]]
        if not chosen:
            raise Refused({"post": "Choose the post"})
        row.post_id = chosen[0].id
        return
    row.induction_id = induction.id
    if isinstance(row, Extension):
        row.kind = ExtensionKind.STATUTORY_LEAVE


def _place(session: Session, induction: Induction, row: Row, values: dict[str, Any]) -> None:
    faults = entry_rules.place(session, induction, row, values)
    if faults:
        raise Refused(faults)
    if isinstance(row, InductionPeriod):
        row.certainty = Certainty.UNKNOWN if row.ends_on is not None and row.terms is None else Certainty.STATED
    if isinstance(row, Extension) and row.days is not None:
        row.terms = terms_of_days(row.days, numbers.of(session))


def _finish(session: Session, induction: Induction, form: Form, row: Row, now: datetime) -> None:
    """Everything that must hold once the entry stands; a refusal undoes it with the transaction."""
    session.flush()
    session.refresh(induction, ["posts", "absences", "extensions", "reductions", "periods"])
    for post in induction.posts:
        session.refresh(post, ["spells"])
    faults = form.rule(session, induction, row, local_day(now))
    if faults:
        raise Refused(faults)


def _open(session: Session, induction: Induction) -> None:
    periods.lock(session, induction.person_id)
    session.refresh(induction)
    if concluded(induction):
        raise Refused({"": "The induction has its outcome: correct the outcome first"})


def _allowance(induction: Induction) -> Decimal:
    return longer_by(induction) - shorter_by(induction)


def _settle(session: Session, induction: Induction, before: Decimal, actor: Actor, now: datetime) -> None:
    """The terms to serve change by as much as the allowances do."""
    session.refresh(induction, ["absences", "extensions", "reductions", "assessments", "posts"])
    settle(session, induction, now)
    induction.required_terms += _allowance(induction) - before
    least = numbers.of(session).shortest_induction_terms
    if induction.reductions and induction.required_terms - longer_by(induction) < least:
        raise Refused({"terms": f"At least {decimal_text(least)} term of induction must remain (guidance 3.2)"})
    session.flush()
    reschedule(session, induction, actor, now)


def _of(row: Row, key: str) -> Any:
    if key == "school" and isinstance(row, Post):
        return row.school.urn or row.school.name
    return getattr(row, key)


def _shown(one: Asked, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if one.kind in {Kind.DECIMAL, Kind.FTE}:
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _told(changed: dict[str, list[str | None]], asked: tuple[Asked, ...] = ()) -> dict[str, list[str | None]]:
    """As history keeps it: of what is sensitive only that it changed."""
    hidden = {one.key for one in asked if one.sensitive} | {"health_note"}
    return {
        key: [text and "(kept apart)" for text in pair] if key in hidden else pair
        for key, pair in changed.items()
        if pair != [None, None]
    }


def _note(
    session: Session, induction: Induction, kind: str, row: Row, detail: dict[str, Any], actor: Actor, now: datetime
) -> None:
    record(session, kind, row, actor, now, detail=detail, induction_id=induction.id)
