"""How an induction ends: pass, fail, release and extension, each on pages of its own, with a page to check before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from starlette.responses import Response

from records import outcomes
from records.access import Act
from records.models.inductions import Induction, Outcome
from records.values import Wrong, decimal
from web.forms import Faults, asked_date, spread_date, typed_date
from web.pages.ects import found
from web.visit import Missing, Visit


@dataclass(frozen=True, slots=True)
class Ending:
    """One way, in the words of its pages."""

    outcome: Outcome | None
    """None: the induction goes on for longer."""
    title: str
    told: str
    button: str
    done: str


ENDINGS = {
    "pass": Ending(
        Outcome.PASS,
        "Pass induction",
        "The ECT has met the Teachers’ Standards and has completed the induction period.",
        "Pass induction",
        "The induction is passed",
    ),
    "fail": Ending(
        Outcome.FAIL,
        "Fail induction",
        "The ECT has not met the Teachers’ Standards. Tell them in writing before you record it. Induction can be taken only once.",
        "Fail induction",
        "The induction is failed",
    ),
    "release": Ending(
        Outcome.RELEASE,
        "Record that the ECT left",
        "The ECT leaves this appropriate body before completing. The next body can claim them once the DfE knows of it.",
        "Record that the ECT left",
        "The ECT has left",
    ),
    "extension": Ending(
        None,
        "Extend induction",
        "The ECT needs more time to meet the Teachers’ Standards. They can appeal against this decision too.",
        "Extend induction",
        "The induction is extended",
    ),
}
NOTICE = "I have sent the ECT written notice of this decision. It tells them of their right of appeal, where to send it, and that it must be made within 20 working days"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was written on the form, in order."""

    terms: Decimal
    on: date | None = None
    notice_sent_on: date | None = None
    note: str = ""


def choose(visit: Visit) -> Response:
    """The four ways, and for each what still stands in the way."""
    induction = _found(visit)
    ways = [(key, one, outcomes.obstacles(induction, one.outcome)) for key, one in ENDINGS.items()]
    return visit.page("endings.html", induction=induction, ways=ways)


def show(visit: Visit) -> Response:
    return _form(visit, _found(visit), _ending(visit))


def record(visit: Visit) -> Response:
    """First the form, then everything to check, and only with that second press it counts."""
    induction, ending = _found(visit), _ending(visit)
    if outcomes.obstacles(induction, ending.outcome):
        return _form(visit, induction, ending, status=422)
    faults = Faults()
    answers = _answers(visit, ending, faults)
    if answers is None:
        return _form(visit, induction, ending, faults)
    if visit.written.text("checked") != "yes":
        return visit.page("ending_check.html", induction=induction, ending=ending, answers=answers, NOTICE=NOTICE)
    try:
        _carry_out(visit, induction, ending, answers)
    except Wrong as wrong:
        faults.add("terms" if "terms" in str(wrong) else "on-day", str(wrong))
        # Half of what was done before it was refused goes with the transaction: the answer is a refusal.
        return _form(visit, induction, ending, faults)
    return visit.go(f"/ects/{induction.id}", ending.done)


def _carry_out(visit: Visit, induction: Induction, ending: Ending, answers: Answers) -> None:
    session, actor, now = visit.session, visit.actor, visit.now
    if ending.outcome is None:
        outcomes.extend(session, induction, terms=answers.terms, note=answers.note, actor=actor, now=now)
        return
    assert answers.on is not None
    if ending.outcome is Outcome.RELEASE:
        outcomes.release(session, induction, on=answers.on, terms=answers.terms, actor=actor, now=now)
        return
    outcomes.conclude(
        session,
        induction,
        ending.outcome,
        on=answers.on,
        terms=answers.terms,
        notice_sent_on=answers.notice_sent_on,
        actor=actor,
        now=now,
    )


def _answers(visit: Visit, ending: Ending, faults: Faults) -> Answers | None:
    written = visit.written
    on = asked_date(written, "on", "End of the induction", faults, latest=visit.today) if ending.outcome else None
    terms = _terms(written.text("terms"), ending, faults)
    sent_on = None
    if ending.outcome is Outcome.FAIL:
        sent_on = asked_date(written, "notice", "Date of the written notice", faults, latest=visit.today)
        if sent_on is not None and on is not None and sent_on < on:
            faults.add("notice-day", "The notice cannot have gone before the induction ended")
        if "told" not in written:
            faults.add("told", "Confirm that you have sent the written notice: a fail cannot be recorded before")
    if faults or terms is None:
        return None
    return Answers(terms, on, sent_on, written.text("note")[:2000])


def _terms(typed: str, ending: Ending, faults: Faults) -> Decimal | None:
    """The DfE takes one decimal at most; what is exact here is rounded only in the export."""
    if not typed:
        faults.add("terms", "Enter the number of terms")
        return None
    try:
        terms = decimal(typed)
    except Wrong:
        faults.add("terms", "Number of terms must be a number, like 6 or 5.5")
        return None
    lowest = Decimal("0.1") if ending.outcome is None else Decimal(0)
    if not lowest <= terms <= 16:
        faults.add("terms", f"Number of terms must be between {lowest} and 16")
        return None
    return terms


def _found(visit: Visit) -> Induction:
    induction = found(visit)
    visit.require(Act.CONCLUDE, induction)
    return induction


def _ending(visit: Visit) -> Ending:
    ending = ENDINGS.get(visit.parts["ending"])
    if ending is None:
        raise Missing
    return ending


def _form(visit: Visit, induction: Induction, ending: Ending, faults: Faults | None = None, *, status: int = 200) -> Response:
    written = visit.written
    fresh = "terms" not in written
    return visit.page(
        "ending.html",
        422 if faults else status,
        induction=induction,
        ending=ending,
        obstacles=outcomes.obstacles(induction, ending.outcome),
        on=spread_date(None) if fresh else typed_date(written, "on"),
        notice=spread_date(None) if fresh else typed_date(written, "notice"),
        typed={name: written.raw(name) for name in ("terms", "note")},
        told=written.all("told"),
        NOTICE=NOTICE,
        faults=faults,
    )
