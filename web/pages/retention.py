"""Retention: what goes when and how much of it, what a hold keeps back, what a person must look at; placing and lifting holds."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from records import holds, people
from records.access import Act
from records.belongings import belongings
from records.models.inductions import Induction
from records.models.people import Person
from records.models.retention import Hold
from records.retention import Anchor, Departure, Scope, plan
from records.values import Wrong
from web.forms import Faults, asked_date, asked_text, typed_date
from web.pages.ects import found
from web.visit import Missing, Visit
from web.words import OUTCOME

MOST_COUNTED = 200
"""Departures whose rows are counted one by one for the page; the command line counts them all."""
SCOPES = {
    Scope.KEEP_STATUS: "All papers and copies of assessments go; a basic record of how it ended stays",
    Scope.EVERYTHING: "Everything goes",
    Scope.RAW_POST: "The message as it came goes; its papers stay with their ECTs",
    Scope.UNMATCHED_POST: "A message that never found an ECT goes, with all in it",
}
ANCHORS = {
    Anchor.COMPLETED: "the last day of the induction",
    Anchor.DECIDED: "the day of the decision",
    Anchor.PERSON: "no fixed day: a person looks at it",
}
ROWS = {
    "blob": "files",
    "message": "messages",
    "attachment": "attachments",
    "paper": "papers",
    "submission": "forms",
    "assessment": "assessments",
    "communication": "conversations and letters in the log",
    "notice": "letters",
    "person": "people",
    "induction": "inductions",
}
"""The kinds of rows worth a name; the rest is added up."""


def show(visit: Visit) -> Response:
    policy = visit.house.settings.retention
    if policy is None:
        return visit.page("retention.html", policy=None, standing=holds.standing(visit.session), inductions={})
    planned = plan(visit.session, policy, visit.now)
    counts: Counter[str] = Counter()
    for one in planned.departures[:MOST_COUNTED]:
        counts.update(belongings(visit.session, one).counts())
    standing = holds.standing(visit.session)
    concerned = {one.person_id for one in (*planned.departures, *planned.held) if one.person_id}
    concerned |= {one.person_id for one in planned.questions}
    concerned |= {person.id for _hold, person in standing}
    return visit.page(
        "retention.html",
        policy=policy,
        anchors=[(OUTCOME[outcome].text, ANCHORS[anchor]) for outcome, anchor in policy.anchors],
        plan=planned,
        by_scope=[(SCOPES[scope], _of(planned.departures, scope)) for scope in Scope if _of(planned.departures, scope)],
        counts=_counted(counts),
        counted=min(len(planned.departures), MOST_COUNTED),
        held=[(one, SCOPES[one.scope]) for one in planned.held],
        people=people.by_id(visit.session, concerned),
        inductions=people.inductions_of(visit.session, concerned),
        standing=standing,
    )


def show_hold(visit: Visit) -> Response:
    return _page(visit, found(visit))


def place_hold(visit: Visit) -> Response:
    induction, written, faults = found(visit), visit.written, Faults()
    reason = asked_text(written, "reason", "Enter why the data must be kept", faults, 2000)
    review_on = asked_date(written, "review", "The day to look at it again", faults, required=False)
    if not faults:
        try:
            holds.place(
                visit.session,
                induction.person,
                reason=reason,
                restricts="restricts" in written,
                review_on=review_on,
                actor=visit.actor,
                now=visit.now,
            )
        except Wrong as wrong:
            faults.add("review-day", str(wrong))
    if faults:
        return _page(visit, induction, faults)
    return visit.go(f"/ects/{induction.id}/hold", f"The record of {induction.person.full_name} is on hold")


def lift_hold(visit: Visit) -> Response:
    hold = visit.session.get(Hold, visit.id)
    if hold is None:
        raise Missing
    holds.lift(visit.session, hold, visit.actor, visit.now)
    person = visit.session.get_one(Person, hold.person_id)
    return visit.go("/retention", f"The hold on the record of {person.full_name} is lifted")


def _of(departures: tuple[Departure, ...], scope: Scope) -> list[Departure]:
    return [one for one in departures if one.scope is scope]


def _counted(counts: Counter[str]) -> list[tuple[str, int]]:
    named = [(words, counts[name]) for name, words in ROWS.items() if counts[name]]
    rest = sum(number for name, number in counts.items() if name not in ROWS)
    return [*named, ("other rows", rest)] if rest else named


def _page(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    return visit.page(
        "hold.html",
        422 if faults else 200,
        induction=induction,
        standing=holds.holds_of(visit.session, induction.person_id),
        back=f"/ects/{induction.id}" if visit.may(Act.SEE_ECT) else "/retention",
        reason=visit.written.raw("reason"),
        restricts=visit.written.all("restricts"),
        review=typed_date(visit.written, "review"),
        faults=faults,
    )
