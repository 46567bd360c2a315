"""Entering and correcting what is known of an induction: absences, leave, reductions, posts, hours, periods elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from records import entries
from records.access import Act
from records.entry_forms import FORMS, Asked, Entry, Form, Row
from records.models.inductions import FteSpell, Induction
from records.values import Kind, Wrong
from web.forms import Faults, date_of, spread_date, typed_date
from web.pages.ects import found
from web.visit import Missing, Visit


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked, with what stands in it."""

    asked: Asked
    value: Any
    """Text; for a date its three parts."""
    options: tuple[tuple[str, str], ...]


def show_new(visit: Visit) -> Response:
    induction, form = _induction(visit), _form(visit)
    return _page(visit, induction, form, None)


def add(visit: Visit) -> Response:
    induction, form = _induction(visit), _form(visit)
    faults = Faults()
    written = _written(visit, entries.asked_of(form, None), faults)
    if faults:
        return _page(visit, induction, form, None, faults)
    try:
        # A refusal leaves the record as it was, and the page shows that record.
        with visit.session.begin_nested():
            entries.add(visit.session, induction, form, written, visit.actor, visit.now)
    except entries.Refused as refused:
        return _refused(visit, induction, form, None, refused)
    return visit.go(f"/ects/{induction.id}#course", f"Entered: {form.title[0].lower()}{form.title[1:]}")


def show(visit: Visit) -> Response:
    row, induction, form = _row(visit)
    return _page(visit, induction, form, row)


def correct(visit: Visit) -> Response:
    row, induction, form = _row(visit)
    faults = Faults()
    written = _written(visit, entries.asked_of(form, row), faults)
    if not visit.written.text("why"):
        faults.add("why", "Say why it is corrected")
    if faults:
        return _page(visit, induction, form, row, faults)
    try:
        with visit.session.begin_nested():
            entries.correct(visit.session, induction, row, written, visit.written.text("why")[:2000], visit.actor, visit.now)
    except entries.Refused as refused:
        return _refused(visit, induction, form, row, refused)
    return visit.go(f"/ects/{induction.id}#course", f"Corrected: {form.title[0].lower()}{form.title[1:]}")


def withdraw(visit: Visit) -> Response:
    row, induction, form = _row(visit)
    try:
        with visit.session.begin_nested():
            entries.withdraw(visit.session, induction, row, visit.written.text("why-withdrawn")[:2000], visit.actor, visit.now)
    except entries.Refused as refused:
        faults = Faults()
        for message in refused.faults.values():
            faults.add("why-withdrawn", message)
        return _page(visit, induction, form, row, faults)
    return visit.go(f"/ects/{induction.id}#course", f"Taken back: {form.title[0].lower()}{form.title[1:]}")


def _induction(visit: Visit) -> Induction:
    induction = found(visit)
    visit.require(Act.CORRECT, induction)
    return induction


def _form(visit: Visit) -> Form:
    try:
        return FORMS[Entry(visit.parts["entry"])]
    except ValueError:
        raise Missing from None


def _row(visit: Visit) -> tuple[Row, Induction, Form]:
    form = _form(visit)
    row = visit.session.get(form.model, visit.id)
    if row is None:
        raise Missing
    assert isinstance(row, Row)
    induction = row.post.induction if isinstance(row, FteSpell) else row.induction
    visit.require(Act.CORRECT, induction)
    return row, induction, form


def _written(visit: Visit, asked: tuple[Asked, ...], faults: Faults) -> dict[str, str]:
    """What was typed, each date in one piece."""
    texts = {}
    for one in asked:
        if one.kind is not Kind.DATE:
            texts[one.key] = visit.written.text(one.key)[:4000]
            continue
        try:
            day = date_of(typed_date(visit.written, one.key), one.title)
            texts[one.key] = day.isoformat() if day else ""
        except Wrong as wrong:
            faults.add(f"{one.key}-day", str(wrong))
    return texts


def _refused(visit: Visit, induction: Induction, form: Form, row: Row | None, refused: entries.Refused) -> Response:
    faults = Faults()
    asked = {one.key: one for one in form.asked}
    for key, message in refused.faults.items():
        one = asked.get(key)
        place = f"{key}-day" if one is not None and one.kind is Kind.DATE else key or form.asked[0].key
        faults.add(place, message)
    return _page(visit, induction, form, row, faults)


def _page(visit: Visit, induction: Induction, form: Form, row: Row | None, faults: Faults | None = None) -> Response:
    return visit.page(
        "entry.html",
        422 if faults else 200,
        induction=induction,
        form=form,
        row=row,
        fields=[_field(visit, induction, one, row) for one in entries.asked_of(form, row)],
        why=visit.written.text("why"),
        why_withdrawn=visit.written.text("why-withdrawn"),
        faults=faults,
    )


def _field(visit: Visit, induction: Induction, one: Asked, row: Row | None) -> Field:
    """As typed, else as it stands."""
    options = one.choices
    if one.key == "post":
        options = tuple((str(post.id), post.school.name) for post in induction.posts)
    typed = any(name.startswith(one.key) for name in visit.written.fields)
    stands = entries.written_of(row)[one.key] if row is not None else None
    if one.kind is Kind.DATE:
        known = date.fromisoformat(stands) if stands else None
        return Field(one, typed_date(visit.written, one.key) if typed else spread_date(known), options)
    return Field(one, visit.written.text(one.key) if typed else stands or "", options)
