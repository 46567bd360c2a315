"""What somebody chose about announcements, in words for the pages that tell of a person."""

from __future__ import annotations

from records.models.notices import MarketingChoice
from records.models.people import Person
from records.people import current_address
from records.preferences import last_choice
from web.visit import Visit

CHOICE: dict[MarketingChoice | None, str] = {
    MarketingChoice.CONSENTED: "Agreed to announcements",
    MarketingChoice.OPTED_OUT: "Opted out of announcements: gets none",
}


def marketing_words(visit: Visit, person: Person) -> str:
    """Where a person stands. Empty where the installation sends no announcements at all."""
    terms = visit.house.settings.marketing
    if terms is None:
        return ""
    chosen = last_choice(visit.session, person.id, current_address(person, visit.today) or "", terms.key)
    if chosen is not None:
        return CHOICE[chosen]
    return "Has not agreed to announcements: gets none" if terms.needs_consent else "Gets announcements, and never opted out"
