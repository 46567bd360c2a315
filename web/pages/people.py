"""Anybody on record: their parts, their addresses, and what they chose about announcements."""

from __future__ import annotations

from starlette.responses import Response

from records import communications, preferences
from records.access import Act
from records.models.notices import MarketingChoice
from records.models.people import BODY_ROLES, Person
from records.people import inductions_of
from web.forms import Faults
from web.marketing import CHOICE, marketing_words
from web.visit import Missing, Visit


def show(visit: Visit) -> Response:
    return _page(visit, found(visit))


def set_marketing(visit: Visit) -> Response:
    """Write down what somebody told us, for example by telephone. The last choice counts, whoever wrote it down."""
    person, faults = found(visit), Faults()
    terms = visit.house.settings.marketing
    choice = next((one for one in MarketingChoice if one.value == visit.written.text("marketing")), None)
    if choice is None or terms is None:
        faults.add("marketing", "Choose what the person told you")
        return _page(visit, person, faults)
    preferences.choose(visit.session, person, choice, how="staff", key=terms.key, actor=visit.actor, now=visit.now)
    return visit.go(f"/people/{person.id}", CHOICE[choice])


def found(visit: Visit) -> Person:
    person = visit.session.get(Person, visit.id)
    if person is None or any(one.role in BODY_ROLES for one in person.memberships):
        # The body's own staff have their page under Staff, for administrators.
        raise Missing
    return person


def _said(visit: Visit, person: Person) -> list[communications.Entry]:
    wanted = communications.Search(person_id=person.id)
    return communications.search(visit.session, wanted, communications.eyes_of(visit.viewer))[0]


def _page(visit: Visit, person: Person, faults: Faults | None = None) -> Response:
    terms = visit.house.settings.marketing
    return visit.page(
        "person.html",
        422 if faults else 200,
        person=person,
        induction_id=inductions_of(visit.session, {person.id}).get(person.id),
        said=_said(visit, person),
        parts=[one for one in person.memberships if one.school is not None and (one.until is None or one.until >= visit.today)],
        addresses=[one for one in person.addresses if one.until is None or one.until >= visit.today],
        stands=marketing_words(visit, person),
        choices=[("opted_out", "They want no announcements"), ("consented", "They want announcements")],
        may_set=terms is not None and visit.may(Act.SET_MARKETING, person),
        faults=faults,
    )
