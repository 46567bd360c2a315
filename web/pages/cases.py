"""Cases: the list with what is due when, opening one, and seeing to it until it has an outcome."""

from __future__ import annotations

from starlette.responses import Response

from records import cases
from records.access import Act
from records.models.accounts import Account
from records.models.cases import Case, CaseKind, CaseOutcome
from records.models.inductions import Induction
from records.values import Wrong, spoken_date
from web import words
from web.forms import Faults, Slice, asked_date, asked_text, spread_date, typed_date
from web.pages.ects import found
from web.visit import Missing, Visit
from web.words import Mark

SHOWN = {cases.Shown.OPEN: "Open", cases.Shown.MINE: "Mine", cases.Shown.CLOSED: "Closed"}


def show(visit: Visit) -> Response:
    """The list, without the cases of ECTs about whom the viewer may not decide."""
    asked = visit.query.get("show", "open")
    shown = next((one for one in SHOWN if one.value == asked), cases.Shown.OPEN)
    account_id = visit.viewer.account_id if visit.viewer else None
    rows = [one for one in cases.listed(visit.session, shown, account_id) if visit.may(Act.CONCLUDE, one.induction)]
    slice_ = Slice.asked(visit, len(rows))
    return visit.page(
        "cases.html",
        rows=[(one, standing(visit, one)) for one in rows[(slice_.number - 1) * slice_.size : slice_.number * slice_.size]],
        slice=slice_,
        shown=shown,
        choices=list(SHOWN.items()),
        address=f"/cases?show={shown.value}",
    )


def show_new(visit: Visit) -> Response:
    return _new_page(visit, _induction(visit))


def add(visit: Visit) -> Response:
    induction, written, faults = _induction(visit), visit.written, Faults()
    kind = next((kind for kind in CaseKind if kind.value == written.text("kind")), None)
    if kind is None:
        faults.add("kind", "Choose what it is")
    summary = asked_text(written, "summary", "Say in a line what it is about", faults)
    received_on = asked_date(written, "received", "Day on which it came", faults, latest=visit.today)
    if faults or kind is None or received_on is None:
        return _new_page(visit, induction, faults)
    case = cases.open_case(
        visit.session,
        induction,
        kind,
        summary=summary,
        received_on=received_on,
        raised_by=written.text("raised-by")[:300],
        note=written.text("note")[:10000],
        owner=_owner(visit),
        actor=visit.actor,
        now=visit.now,
    )
    return visit.go(f"/cases/{case.id}", f"The case is open and due on {spoken_date(case.due_on)}")


def one(visit: Visit) -> Response:
    return _page(visit, _case(visit))


def change(visit: Visit) -> Response:
    case, written, faults = _case(visit), visit.written, Faults()
    summary = asked_text(written, "summary", "Say in a line what it is about", faults)
    due_on = asked_date(written, "due", "Day on which it is due", faults)
    if faults or due_on is None:
        return _page(visit, case, faults)
    try:
        cases.change(
            visit.session,
            case,
            summary=summary,
            note=written.text("note")[:10000],
            owner=_owner(visit),
            due_on=due_on,
            why=written.text("why")[:2000],
            actor=visit.actor,
            now=visit.now,
        )
    except Wrong as wrong:
        faults.add("why" if "why" in str(wrong) else "due-day", str(wrong))
        return _page(visit, case, faults)
    return visit.go(f"/cases/{case.id}", "The case is changed")


def add_paper(visit: Visit) -> Response:
    case, faults = _case(visit), Faults()
    chosen = [one for one in cases.papers_to_add(visit.session, case) if str(one.id) == visit.written.text("paper")]
    if not chosen:
        faults.add("paper", "Choose one of the ECT’s documents")
        return _page(visit, case, faults)
    cases.add_paper(visit.session, case, chosen[0], visit.actor, visit.now)
    return visit.go(f"/cases/{case.id}", "The document is with the case")


def close(visit: Visit) -> Response:
    case, written, faults = _case(visit), visit.written, Faults()
    outcome = next((one for one in CaseOutcome if one.value == written.text("outcome")), None)
    if outcome is None:
        faults.add("outcome", "Choose how it ended")
    on = asked_date(written, "closed", "Day on which it ended", faults, latest=visit.today)
    note = asked_text(written, "outcome-note", "Say in a sentence how it ended", faults, longest=10000)
    if faults or outcome is None or on is None:
        return _page(visit, case, faults)
    try:
        cases.close(visit.session, case, outcome, on=on, note=note, actor=visit.actor, now=visit.now)
    except Wrong as wrong:
        faults.add("closed-day", str(wrong))
        return _page(visit, case, faults)
    return visit.go(f"/cases/{case.id}", "The case is closed")


def reopen(visit: Visit) -> Response:
    case, faults = _case(visit), Faults()
    try:
        cases.reopen(visit.session, case, visit.written.text("why-reopened")[:2000], visit.actor, visit.now)
    except Wrong as wrong:
        faults.add("why-reopened", str(wrong))
        return _page(visit, case, faults)
    return visit.go(f"/cases/{case.id}", "The case is open again")


def standing(visit: Visit, case: Case) -> Mark:
    """Where a case stands today."""
    if case.outcome is not None:
        return Mark(words.CASE_OUTCOME[case.outcome], "govuk-tag--grey")
    if case.due_on < visit.today:
        return Mark("Overdue", "govuk-tag--red")
    return Mark("Due today", "govuk-tag--orange") if case.due_on == visit.today else Mark("Open", "govuk-tag--blue")


def _induction(visit: Visit) -> Induction:
    induction = found(visit)
    visit.require(Act.CONCLUDE, induction)
    return induction


def _case(visit: Visit) -> Case:
    case = visit.session.get(Case, visit.id)
    if case is None:
        raise Missing
    visit.require(Act.CONCLUDE, case.induction)
    return case


def _owner(visit: Visit) -> Account | None:
    """The one chosen, where they may own a case."""
    chosen = visit.written.text("owner")
    return next((one for one in cases.owners(visit.session, visit.today) if str(one.id) == chosen), None)


def _owners(visit: Visit) -> list[tuple[str, str]]:
    return [(str(one.id), one.person.full_name) for one in cases.owners(visit.session, visit.today)]


def _new_page(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    written = visit.written
    own = str(visit.viewer.account_id) if visit.viewer else ""
    return visit.page(
        "case_new.html",
        422 if faults else 200,
        induction=induction,
        kinds=[(kind.value, words.CASE[kind]) for kind in CaseKind],
        owners=_owners(visit),
        received=typed_date(written, "received") if written.fields else spread_date(visit.today),
        typed={name: written.text(name) for name in ("kind", "summary", "raised-by", "note")},
        owner=written.text("owner") or own,
        faults=faults,
    )


def _page(visit: Visit, case: Case, faults: Faults | None = None) -> Response:
    written = visit.written
    changing, closing = "due-day" in written, "closed-day" in written
    return visit.page(
        "case.html",
        422 if faults else 200,
        case=case,
        induction=case.induction,
        standing=standing(visit, case),
        owners=_owners(visit),
        owner=written.text("owner") if changing else str(case.owner_id or ""),
        due=typed_date(written, "due") if changing else spread_date(case.due_on),
        summary=written.text("summary") if changing else case.summary,
        note=written.raw("note") if changing else case.note or "",
        why=written.text("why"),
        outcomes=[(outcome.value, text) for outcome, text in words.CASE_OUTCOME.items()],
        outcome=written.text("outcome"),
        outcome_note=written.raw("outcome-note"),
        closed=typed_date(written, "closed") if closing else spread_date(visit.today),
        why_reopened=written.text("why-reopened"),
        papers_to_add=[(str(row.id), row.name or "(no name)") for row in cases.papers_to_add(visit.session, case)],
        faults=faults,
    )
