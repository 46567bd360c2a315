"""Schools: finding them, adding one by hand, and the addresses registered for each."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response

from records import communications, inbox, school_side, schools
from records.facts import SCHOOL_FACTS, value_of, words_of
from records.models.schools import School
from records.values import Kind, Wrong, written_form
from web.forms import Faults, asked_text
from web.visit import Missing, Visit

MOST_FOUND = 100


def show(visit: Visit) -> Response:
    return _list(visit, "")


def search(visit: Visit) -> Response:
    return _list(visit, visit.written.text("search"))


def one(visit: Visit) -> Response:
    return _page(visit, _found(visit))


def show_new(visit: Visit) -> Response:
    return visit.page("add_school.html", typed={})


def add(visit: Visit) -> Response:
    written, faults = visit.written, Faults()
    name = asked_text(written, "name", "Enter the name of the school", faults)
    urn, dfe_number = written.text("urn"), re.sub(r"[\s/]", "", written.text("dfe-number"))
    if urn and not re.fullmatch(r"\d{5,6}", urn):
        faults.add("urn", "A URN has 5 or 6 digits")
    if dfe_number and not re.fullmatch(r"\d{7}", dfe_number):
        faults.add("dfe-number", "A DfE number has 7 digits, like 823/4001")
    addresses = []
    for line in written.text("addresses").split():
        try:
            addresses.append(checked_address(line))
        except Wrong as wrong:
            faults.add("addresses", f"{line}: {str(wrong)[0].lower()}{str(wrong)[1:]}")
    if not faults:
        try:
            school = schools.register_school(
                visit.session, name=name, urn=urn or None, dfe_number=dfe_number or None, addresses=addresses, now=visit.now
            )
        except Wrong as wrong:
            faults.add("urn", str(wrong))
        else:
            return visit.go(f"/schools/{school.id}", f"{school.name} is on record")
    typed = {key: written.raw(key) for key in ("name", "urn", "dfe-number", "addresses")}
    return visit.page("add_school.html", 422, typed=typed, faults=faults)


def add_address(visit: Visit) -> Response:
    school, faults = _found(visit), Faults()
    try:
        address = checked_address(visit.written.text("address"))
    except Wrong as wrong:
        faults.add("address", str(wrong))
        return _page(visit, school, faults)
    if address in {row.address for row in school.addresses}:
        faults.add("address", "This address is registered for the school already")
        return _page(visit, school, faults)
    schools.add_address(visit.session, school, address, visit.now)
    return visit.go(f"/schools/{school.id}", "The address is registered")


def checked_address(written: str) -> str:
    """An address, or a whole domain written as "@school.example". Raises `Wrong`."""
    if not written:
        raise Wrong("Enter an email address")
    if written.startswith("@"):
        written_form(Kind.EMAIL, f"office{written}")
        return written.casefold()
    return (written_form(Kind.EMAIL, written) or "").casefold()


def _found(visit: Visit) -> School:
    school = visit.session.get(School, visit.id)
    if school is None:
        raise Missing
    return school


def said_of(visit: Visit, school: School) -> list[communications.Entry]:
    """What was said with a school, as far as the viewer may see it."""
    return communications.search(
        visit.session, communications.Search(school_id=school.id), communications.eyes_of(visit.viewer)
    )[0]


def _list(visit: Visit, searched: str) -> Response:
    found = schools.search(visit.session, searched, MOST_FOUND)
    return visit.page("schools.html", found=found, searched=searched, most=MOST_FOUND)


def shown(visit: Visit, school: School) -> dict[str, Any]:
    """What a school's page shows of it, whoever answers with the page."""
    before, after = schools.neighbours(visit.session, school)
    return {
        "school": school,
        "facts": [(spec, words_of(spec, value_of(school, spec.key))) for spec in SCHOOL_FACTS.values()],
        "before": before,
        "after": after,
        "inductions": inbox.inductions_at(visit.session, school),
        "people": school_side.people_at(visit.session, school),
    }


def _page(visit: Visit, school: School, faults: Faults | None = None) -> Response:
    return visit.page(
        "school.html",
        422 if faults else 200,
        **shown(visit, school),
        newcomer={},
        said=said_of(visit, school),
        typed=visit.written.raw("address"),
        faults=faults,
    )
