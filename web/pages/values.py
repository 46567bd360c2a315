"""Changing what was read: one value, its confirmation, or the kind of form. Each act returns to the value's own place."""

from __future__ import annotations

from starlette.responses import Response

from records import decisions
from records.access import Act
from records.fields import BY_KEY, FieldSpec
from records.values import Kind, Wrong
from web.forms import Faults, date_of, typed_date
from web.pages.review import address, changeable, render
from web.visit import Missing, Visit


def correct(visit: Visit) -> Response:
    submission = changeable(visit, Act.CORRECT)
    spec = _spec(visit)
    typed = {"value": visit.written.raw("value"), **typed_date(visit.written, "value")}
    try:
        written = _written(visit, spec)
        decisions.correct(visit.session, submission, spec.key, written, visit.actor, visit.now)
    except Wrong as wrong:
        faults = Faults()
        faults.add(f"v-{spec.key}-day" if spec.kind is Kind.DATE else f"v-{spec.key}", str(wrong))
        return render(visit, submission, faults=faults, refused={spec.key: typed})
    return visit.go(address(submission, f"value-{spec.key}"))


def confirm(visit: Visit) -> Response:
    submission = changeable(visit, Act.CORRECT)
    spec = _spec(visit)
    if all(one.key != spec.key for one in submission.values):
        raise Missing
    decisions.confirm(visit.session, submission, spec.key, visit.actor, visit.now)
    return visit.go(address(submission, f"value-{spec.key}"))


def correct_kind(visit: Visit) -> Response:
    submission = changeable(visit, Act.CORRECT)
    try:
        decisions.correct_kind(visit.session, submission, visit.written.text("kind"), visit.actor, visit.now)
    except Wrong as wrong:
        faults = Faults()
        faults.add("kind", str(wrong))
        return render(visit, submission, faults=faults)
    return visit.go(address(submission))


def _spec(visit: Visit) -> FieldSpec:
    spec = BY_KEY.get(visit.parts["key"])
    if spec is None:
        raise Missing
    return spec


def _written(visit: Visit, spec: FieldSpec) -> str | None:
    """What was typed, as the record's acts take it."""
    if spec.kind is Kind.DATE:
        day = date_of(typed_date(visit.written, "value"), spec.title)
        return day.isoformat() if day else None
    return visit.written.raw("value")
