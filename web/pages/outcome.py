"""After an outcome: the day of its written notice, and taking back what was entered wrongly."""

from __future__ import annotations

import uuid

from starlette.responses import Response

from records import outcome_corrections, outcomes
from records.access import Act
from records.models.inductions import Extension, ExtensionKind, Induction
from records.values import Wrong
from web.forms import Faults, asked_date, spread_date, typed_date
from web.pages.ects import found
from web.visit import Visit


def show(visit: Visit) -> Response:
    return _page(visit, _found(visit))


def take_back(visit: Visit) -> Response:
    """The outcome, or one extension."""
    induction, faults = _found(visit), Faults()
    extension, why = _extension(visit, induction), visit.written.text("why")[:2000]
    try:
        with visit.session.begin_nested():
            if extension is None:
                outcome_corrections.take_back(visit.session, induction, why, visit.actor, visit.now)
            else:
                outcome_corrections.take_extension_back(visit.session, induction, extension, why, visit.actor, visit.now)
    except Wrong as wrong:
        faults.add("why", str(wrong))
        return _page(visit, induction, faults)
    return visit.go(f"/ects/{induction.id}", "It was taken back. Where the DfE has been told already, correct it there too")


def note_notice(visit: Visit) -> Response:
    """When the written notice went."""
    induction, faults = _found(visit), Faults()
    sent_on = asked_date(visit.written, "notice", "Date of the written notice", faults, latest=visit.today)
    if sent_on is None or faults:
        return _page(visit, induction, faults)
    extension = _extension(visit, induction)
    try:
        outcomes.record_notice(visit.session, induction, sent_on, visit.actor, visit.now, extension=extension)
    except Wrong as wrong:
        faults.add("notice-day", str(wrong))
        return _page(visit, induction, faults)
    return visit.go(f"/ects/{induction.id}", "The day of the written notice is noted")


def _found(visit: Visit) -> Induction:
    induction = found(visit)
    visit.require(Act.CONCLUDE, induction)
    return induction


def _extension(visit: Visit, induction: Induction) -> Extension | None:
    """The decision to extend that the form is about; None where it is about the outcome."""
    try:
        chosen = uuid.UUID(visit.written.text("extension"))
    except ValueError:
        return None
    return next((one for one in _decisions(induction) if one.id == chosen), None)


def _decisions(induction: Induction) -> list[Extension]:
    return [one for one in induction.extensions if one.kind is ExtensionKind.DECISION]


def _page(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    written = visit.written
    return visit.page(
        "outcome.html",
        422 if faults else 200,
        induction=induction,
        extensions=_decisions(induction)[-1:],
        notice=typed_date(written, "notice") if "notice-day" in written else spread_date(None),
        why=written.text("why"),
        faults=faults,
    )
