"""Who can see an ECT's record, who opened it, and which conflicts of interest are declared. Declaring and ending one."""

from __future__ import annotations

from starlette.responses import Response

from records import interests, school_side, viewings
from records.access import Act
from records.models.accounts import Account
from records.models.inductions import Induction
from records.models.interests import Interest, InterestKind
from records.models.schools import School
from records.values import Wrong
from web.forms import Faults, asked_text
from web.pages.ects import found
from web.visit import Denied, Missing, Visit

WHOSE: dict[str, tuple[InterestKind, bool]] = {
    "mine": (InterestKind.STAFF, False),
    "mine_school": (InterestKind.STAFF, True),
    "employed": (InterestKind.BODY_EMPLOYED, False),
    "trained": (InterestKind.BODY_TRAINED, False),
}
"""The choices: the kind, and whether it is in the school rather than the ECT."""


def show(visit: Visit) -> Response:
    return _page(visit, found(visit))


def declare(visit: Visit) -> Response:
    induction, faults = found(visit), Faults()
    chosen = WHOSE.get(visit.written.text("whose"))
    reason = asked_text(visit.written, "reason", "Say what the interest is", faults, interests.LONGEST)
    if chosen is None:
        faults.add("whose", "Choose whose interest it is")
    school = _school(visit, induction) if chosen and chosen[1] else None
    if chosen and chosen[1] and school is None:
        faults.add("whose", "This ECT has no school on record: declare an interest in the ECT")
    if faults or chosen is None:
        return _page(visit, induction, faults)
    thing: Induction | School = school or induction
    try:
        interests.declare(visit.session, thing, chosen[0], reason, actor=visit.actor, now=visit.now)
    except Wrong as wrong:
        faults.add("whose", str(wrong))
        return _page(visit, induction, faults)
    return visit.go(f"/ects/{induction.id}/access", "The interest is declared")


def end(visit: Visit) -> Response:
    row = visit.session.get(Interest, visit.id)
    if row is None:
        raise Missing
    back = f"/ects/{row.induction_id}/access" if row.induction_id else f"/schools/{row.school_id}"
    try:
        interests.end(visit.session, row, visit.actor, visit.now)
    except Wrong as wrong:
        raise Denied(str(wrong)) from None
    return visit.go(back, "The interest has ended")


def _school(visit: Visit, induction: Induction) -> School | None:
    running = [post for post in induction.posts if post.ends_on is None or post.ends_on >= visit.today]
    return running[-1].school if running else None


def _page(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    rows = interests.around(visit.session, induction)
    school = _school(visit, induction)
    choices = [("mine", "I have an interest in this ECT")]
    if school is not None:
        choices.append(("mine_school", f"I have an interest in {school.name}"))
    body = visit.house.settings.body_name
    choices += [("employed", f"{body} employed the ECT"), ("trained", f"{body} trained the ECT, as their provider")]
    return visit.page(
        "access.html",
        422 if faults else 200,
        induction=induction,
        rows=[(row, visit.session.get(Account, row.account_id) if row.account_id else None) for row in rows],
        suspected=interests.suspected(induction, body) if not any(row.account_id is None for row in rows) else None,
        access=school_side.who_can_see(visit.session, induction, visit.today),
        opened=viewings.of_induction(visit.session, induction),
        choices=choices,
        chosen=visit.written.text("whose"),
        reason=visit.written.raw("reason"),
        may_declare=visit.may(Act.DECLARE_INTEREST),
        may_end=visit.may(Act.END_INTEREST),
        faults=faults,
    )
