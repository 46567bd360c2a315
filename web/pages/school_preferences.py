"""Which mail somebody at a school wants. Letters about induction itself are no matter of choice."""

from __future__ import annotations

from starlette.responses import Response

from records import people, preferences
from records.models.notices import MarketingChoice
from records.models.people import Person
from web.forms import Faults
from web.pages.school_home import viewer_of
from web.visit import Missing, Visit


def show(visit: Visit) -> Response:
    return _page(visit)


def choose(visit: Visit) -> Response:
    terms, faults = visit.house.settings.marketing, Faults()
    if terms is None:
        raise Missing
    choice = {"yes": MarketingChoice.CONSENTED, "no": MarketingChoice.OPTED_OUT}.get(visit.written.text("news"))
    if choice is None:
        faults.add("news", "Choose whether you want news and offers")
        return _page(visit, faults)
    person = visit.session.get_one(Person, viewer_of(visit).person_id)
    preferences.choose(visit.session, person, choice, how="page", key=terms.key, actor=visit.actor, now=visit.now)
    return visit.go("/school/preferences", "Your choice is kept")


def _page(visit: Visit, faults: Faults | None = None) -> Response:
    terms = visit.house.settings.marketing
    agreed = None
    if terms is not None:
        person = visit.session.get_one(Person, viewer_of(visit).person_id)
        agreed = preferences.agrees(
            visit.session,
            person.id,
            people.current_address(person, visit.today) or "",
            key=terms.key,
            needs_consent=terms.needs_consent,
        )
    return visit.page("school/preferences.html", 422 if faults else 200, agreed=agreed, faults=faults)
