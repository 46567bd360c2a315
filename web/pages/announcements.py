"""Announcements: write one, choose whom it is for, see how many would get it, and send it."""

from __future__ import annotations

import uuid

from starlette.responses import Response

from notifications.announcements import AUDIENCES, Announcement, announce, readers
from records import inbox
from records.preferences import agrees
from records.values import counted
from web.forms import Faults, asked_text
from web.visit import Visit

TITLES = {
    "coordinators": "Induction coordinators",
    "tutors": "Induction tutors",
    "headteachers": "Headteachers",
    "ects": "ECTs",
    "everybody": "Everybody: coordinators, tutors, headteachers and ECTs",
}


def show(visit: Visit) -> Response:
    return _page(visit)


def send(visit: Visit) -> Response:
    """First the count, and only with the second press the letters are asked for; pressing that twice asks once."""
    terms, written, faults = visit.house.settings.marketing, visit.written, Faults()
    subject = asked_text(written, "subject", "Enter a subject", faults, 150)
    text = asked_text(written, "text", "Enter what you want to say", faults, 20_000)
    audience = written.text("audience")
    if audience not in AUDIENCES:
        faults.add("audience", "Choose whom it is for")
    if faults or terms is None or not visit.house.settings.mail_goes_out:
        return _page(visit, faults, 422)
    batch = _batch(written.text("batch"))
    if batch is not None and written.text("checked") == "yes":
        asked = announce(visit.session, Announcement(subject, text), audience, visit.actor, visit.now, batch)
        told = (
            f"{counted(len(asked), 'letter was', 'letters were')} asked for. Letters go out as fast as the settings allow"
            if asked
            else "Nothing was sent"
        )
        return visit.go("/announcements", told)
    found = readers(visit.session, audience, visit.now)
    willing = sum(
        agrees(visit.session, person.id, address, key=terms.key, needs_consent=terms.needs_consent) for person, address in found
    )
    return visit.page(
        "announcement_check.html",
        subject=" ".join(subject.split()),
        text=text,
        audience=audience,
        title=TITLES[audience],
        readers=len(found),
        willing=willing,
        needs_consent=terms.needs_consent,
        batch=uuid.uuid4(),
    )


def _batch(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None


def _page(visit: Visit, faults: Faults | None = None, status: int = 200) -> Response:
    settings = visit.house.settings
    return visit.page(
        "announcements.html",
        status,
        ready=settings.marketing is not None and settings.mail_goes_out,
        audiences=[(key, TITLES[key]) for key in AUDIENCES],
        typed={name: visit.written.raw(name) for name in ("subject", "text", "audience")},
        titles=TITLES,
        earlier=inbox.latest(visit.session, "announced"),
        faults=faults,
    )
