"""The coordinator's page of the people at the school: setting them up, ending their access, and whose tutor somebody is."""

from __future__ import annotations

from starlette.responses import Response

from records import people, school_people, school_side
from records.access import Act
from records.school_people import Newcomer
from records.school_side import SET_UP_AT_SCHOOL
from records.values import Wrong
from web.forms import Faults, asked_text
from web.pages.school_home import viewer_of
from web.visit import Denied, Missing, Visit
from web.words import PART


def show(visit: Visit) -> Response:
    return _page(visit)


def add(visit: Visit) -> Response:
    """At one of the coordinator's own schools; any other is not found."""
    written, faults = visit.written, Faults()
    schools = school_side.managed_schools(visit.session, viewer_of(visit))
    school = next((one for one in schools if str(one.id) == written.text("school")), None)
    if school is None and written.text("school"):
        raise Missing
    if school is None:
        school = schools[0] if len(schools) == 1 else None
    if school is None:
        faults.add("school", "Choose the school")
    role = next((one for one in SET_UP_AT_SCHOOL if one == visit.written.text("role")), None)
    if role is None:
        faults.add("role", "Choose what they are at the school")
    newcomer = newcomer_of(visit, faults)
    if not faults and school is not None and role is not None:
        try:
            row = school_people.set_up(visit.session, school, newcomer, role=role, actor=visit.actor, now=visit.now)
        except Wrong as wrong:
            faults.add("person-address", str(wrong))
        else:
            return visit.go("/school/people", f"{row.person.full_name} can now sign in as {PART[role].lower()}")
    return _page(visit, faults)


def end(visit: Visit) -> Response:
    mine = viewer_of(visit)
    found = {
        one.id: one
        for one in school_side.users(
            visit.session, [school.id for school in school_side.managed_schools(visit.session, mine)], visit.today
        )
    }
    row = found.get(visit.id)
    if row is None:
        raise Missing
    school_people.end_role(visit.session, row, visit.actor, visit.now)
    return visit.go("/school/people", f"{row.person.full_name} is no longer {PART[row.role].lower()} here")


def set_tutor(visit: Visit) -> Response:
    """Choose the tutor of an ECT of one's own school."""
    viewer = viewer_of(visit)
    induction = school_side.find_induction(visit.session, viewer, visit.id, visit.today)
    if induction is None:
        raise Missing
    if not visit.may(Act.SCHOOL_PEOPLE, induction, near=school_side.near(viewer, induction, visit.today)):
        raise Denied
    schools = school_side.managed_schools(visit.session, viewer)
    school = next((one for one in schools if str(one.id) == visit.written.text("school")), None)
    if school is None:
        raise Missing
    chosen = visit.written.text("tutor")
    rows = school_side.tutors(visit.session, [school.id], visit.today)
    tutor = next((one for one in rows if str(one.id) == chosen), None)
    if chosen and tutor is None:
        raise Missing
    back = f"/school/ects/{induction.id}"
    try:
        school_people.set_tutor(visit.session, induction, school.id, tutor, actor=visit.actor, now=visit.now)
    except Wrong as wrong:
        return visit.go(back, str(wrong))
    return visit.go(back, "The induction tutor is changed")


def newcomer_of(visit: Visit, faults: Faults) -> Newcomer:
    """The three fields of a form that names somebody."""
    return Newcomer(
        asked_text(visit.written, "person-first-name", "Enter a first name", faults, 100),
        asked_text(visit.written, "person-last-name", "Enter a last name", faults, 100),
        asked_text(visit.written, "person-address", "Enter an email address", faults),
    )


def _page(visit: Visit, faults: Faults | None = None) -> Response:
    schools = school_side.managed_schools(visit.session, viewer_of(visit))
    rows = school_side.users(visit.session, [one.id for one in schools], visit.today)
    names = ("person-first-name", "person-last-name", "person-address", "school", "role")
    return visit.page(
        "school/users.html",
        422 if faults else 200,
        schools=schools,
        rows=[(one, people.current_address(one.person, visit.today)) for one in rows],
        roles=[(role.value, PART[role]) for role in SET_UP_AT_SCHOOL],
        typed={name: visit.written.raw(name) for name in names},
        faults=faults,
    )
