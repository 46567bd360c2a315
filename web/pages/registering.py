"""Registering an ECT by hand: the person, the induction, and the post at a school that is on record."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from starlette.responses import Response

from records import inductions, people, schools
from records.expectations import reschedule
from records.models.people import Person, Role
from records.models.schools import School
from records.values import Kind, Wrong, trn, written_form
from records.waiting import match_waiting
from web.forms import Faults, asked_date, asked_text, typed_date
from web.visit import Visit

_TYPED = ("first-name", "last-name", "trn", "email", "school", "fte", "tutor-first", "tutor-last", "tutor-email")


def show(visit: Visit) -> Response:
    return _page(visit, {"school": _school_named(visit)})


def add(visit: Visit) -> Response:
    written, faults = visit.written, Faults()
    first = asked_text(written, "first-name", "Enter a first name", faults, 200)
    last = asked_text(written, "last-name", "Enter a last name", faults, 200)
    number = _checked(faults, "trn", lambda: trn(written.text("trn")) if written.text("trn") else None)
    born = asked_date(written, "born", "Date of birth", faults, latest=visit.today)
    address = _checked(faults, "email", lambda: written_form(Kind.EMAIL, written.text("email")))
    starts_on = asked_date(written, "starts", "Start of induction", faults)
    fte = _checked(faults, "fte", lambda: written_form(Kind.FTE, written.text("fte"))) or "1"
    school = _school(visit, faults)
    tutor_address = _checked(faults, "tutor-email", lambda: written_form(Kind.EMAIL, written.text("tutor-email")))
    if bool(written.text("tutor-first")) != bool(written.text("tutor-last")):
        faults.add("tutor-last", "Enter the tutor’s first name and last name")
    if faults or school is None or starts_on is None:
        return _page(visit, _typed(visit), faults)
    try:
        person = people.register_person(
            visit.session, first_name=first, last_name=last, trn=number, date_of_birth=born, address=address, now=visit.now
        )
    except Wrong as wrong:
        faults.add("trn", str(wrong))
        return _page(visit, _typed(visit), faults)
    tutor = _tutor(visit, school, tutor_address)
    induction = inductions.start_induction(
        visit.session, person, school, starts_on=starts_on, fte=Decimal(fte), tutor=tutor, actor=visit.actor, now=visit.now
    )
    reschedule(visit.session, induction, visit.actor, visit.now)
    match_waiting(visit.session, person)
    return visit.go(f"/ects/{induction.id}", f"{person.full_name} is registered")


def _checked(faults: Faults, place: str, check: Callable[[], str | None]) -> str | None:
    try:
        return check()
    except Wrong as wrong:
        faults.add(place, str(wrong))
        return None


def _school(visit: Visit, faults: Faults) -> School | None:
    """The one school that the words name. A school must be on record before its ECTs."""
    written = visit.written.text("school")
    if not written:
        faults.add("school", "Enter the name or URN of the school")
        return None
    fitting = schools.search(visit.session, written, 2)
    exact = schools.by_name(visit.session, written) or (fitting[0] if len(fitting) == 1 else None)
    if exact is None:
        none = "No school on record has this name or URN: add the school first"
        faults.add("school", "More than one school fits: enter its URN" if fitting else none)
    return exact


def _tutor(visit: Visit, school: School, address: str | None) -> Person | None:
    """The induction tutor: known at the school by this name, or a new person, whom starting the induction makes tutor there."""
    first, last = visit.written.text("tutor-first"), visit.written.text("tutor-last")
    if not last:
        return None
    for known in people.holders(visit.session, school, Role.INDUCTION_TUTOR, visit.today):
        if known.full_name.casefold() == f"{first} {last}".casefold():
            return known
    return people.register_person(visit.session, first_name=first, last_name=last, address=address, now=visit.now)


def _school_named(visit: Visit) -> str:
    """The school whose page the person came from."""
    known = schools.search(visit.session, visit.query.get("school", ""), 1) if visit.query.get("school", "").isdecimal() else []
    return known[0].name if known else ""


def _typed(visit: Visit) -> dict[str, str]:
    return {name: visit.written.text(name) for name in _TYPED}


def _page(visit: Visit, typed: dict[str, str], faults: Faults | None = None) -> Response:
    return visit.page(
        "register_ect.html",
        422 if faults else 200,
        typed={name: typed.get(name, "") for name in _TYPED},
        born=typed_date(visit.written, "born"),
        starts=typed_date(visit.written, "starts"),
        faults=faults,
    )
