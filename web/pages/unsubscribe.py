"""The way out of announcements: a page behind the link of every one, a button, and the one click of mail providers."""

from __future__ import annotations

from starlette.responses import Response

from notifications import unsubscribe
from records.events import Actor
from records.models.notices import MarketingChoice
from records.models.people import Person
from records.people import current_address
from records.preferences import choose, last_choice
from web.visit import Visit

ACTOR = Actor.machine("unsubscribe link")
"""Whoever holds the link. They are not signed in, and need not be."""
ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail provider posts (RFC 8058, 3.1). Our own button sends the same."""


def show(visit: Visit) -> Response:
    """A page with a button. Looking at it changes nothing: scanners and previews open links."""
    person = _person(visit)
    if person is None:
        return _no_such_link(visit)
    return visit.page("unsubscribe.html", token=visit.parts["token"], out=_is_out(visit, person))


def opt_out(visit: Visit) -> Response:
    """No more announcements. Doing it again changes nothing."""
    person = _person(visit)
    if person is None:
        return _no_such_link(visit)
    name, value = ONE_CLICK
    if visit.written.text(name) != value:
        return visit.page("unsubscribe.html", 422, token=visit.parts["token"], out=_is_out(visit, person))
    if not _is_out(visit, person):
        _write_down(visit, person, MarketingChoice.OPTED_OUT)
    return visit.page("unsubscribe.html", token=visit.parts["token"], out=True)


def opt_in(visit: Visit) -> Response:
    """Announcements again. Only from our own page: a provider's click never signs anybody up."""
    person = _person(visit)
    if person is None:
        return _no_such_link(visit)
    if _is_out(visit, person):
        _write_down(visit, person, MarketingChoice.CONSENTED)
    return visit.page("unsubscribe.html", token=visit.parts["token"], out=False, again=True)


def _person(visit: Visit) -> Person | None:
    terms = visit.house.settings.marketing
    found = unsubscribe.person_of(terms.key, visit.parts["token"]) if terms else None
    return visit.session.get(Person, found) if found else None


def _is_out(visit: Visit, person: Person) -> bool:
    terms = visit.house.settings.marketing
    assert terms is not None
    address = current_address(person, visit.today) or ""
    return last_choice(visit.session, person.id, address, terms.key) is MarketingChoice.OPTED_OUT


def _write_down(visit: Visit, person: Person, choice: MarketingChoice) -> None:
    terms = visit.house.settings.marketing
    assert terms is not None
    choose(visit.session, person, choice, how="link", key=terms.key, actor=ACTOR, now=visit.now)


def _no_such_link(visit: Visit) -> Response:
    """The same for a link that was never ours and for a person who is no longer on record: neither gets announcements."""
    return visit.page("unsubscribe.html", 410, token=None, out=True)
