"""The body's part on a school's page: who there may sign in as coordinator or headteacher."""

from __future__ import annotations

from starlette.responses import Response

from records import school_people, school_side
from records.models.people import Role
from records.models.schools import School
from records.values import Wrong
from web.forms import Faults
from web.pages.school_users import newcomer_of
from web.pages.schools import said_of, shown
from web.visit import Missing, Visit


def authorise(visit: Visit) -> Response:
    school, faults = _found(visit), Faults()
    newcomer = newcomer_of(visit, faults)
    role = next((one for one in (Role.INDUCTION_COORDINATOR, Role.HEADTEACHER) if one == visit.written.text("role")), None)
    if role is None:
        faults.add("role", "Choose what they are at the school")
    if not faults and role is not None:
        try:
            row = school_people.authorise(visit.session, school, newcomer, role=role, actor=visit.actor, now=visit.now)
        except Wrong as wrong:
            faults.add("person-address", str(wrong))
        else:
            return visit.go(f"/schools/{school.id}", f"{row.person.full_name} can now sign in for {school.name}")
    return visit.page(
        "school.html",
        422,
        **shown(visit, school),
        newcomer={
            name: visit.written.raw(name) for name in ("person-first-name", "person-last-name", "person-address", "role")
        },
        said=said_of(visit, school),
        typed="",
        faults=faults,
    )


def end(visit: Visit) -> Response:
    school = _found(visit)
    rows = {str(one.id): one for one in school_side.people_at(visit.session, school)}
    row = rows.get(visit.written.text("membership"))
    if row is None:
        # Somebody else ended it, or it is of another school: either way there is nothing to end here.
        return visit.go(f"/schools/{school.id}")
    if row.until is None or row.until >= visit.today:
        school_people.end_role(visit.session, row, visit.actor, visit.now)
    return visit.go(f"/schools/{school.id}", f"{row.person.full_name} can no longer sign in for {school.name}")


def _found(visit: Visit) -> School:
    school = visit.session.get(School, visit.id)
    if school is None:
        raise Missing
    return school
