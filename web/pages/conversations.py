"""Noting what was said: a telephone call, a meeting, a letter or a note about an ECT, a school or somebody there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from starlette.responses import Response

from records import communications
from records.access import visibilities
from records.models.communications import CommunicationChannel, Direction, Visibility
from records.models.inductions import Induction
from records.models.people import Person
from records.models.schools import School
from records.values import LONDON, Wrong
from web import words
from web.forms import Faults, asked_date, asked_text, spread_date, typed_date
from web.pages import people
from web.pages.ects import found
from web.visit import Missing, Visit

WAYS: dict[str, tuple[CommunicationChannel, Direction, str]] = {
    "call_in": (CommunicationChannel.TELEPHONE, Direction.IN, "They called us"),
    "call_out": (CommunicationChannel.TELEPHONE, Direction.OUT, "We called them"),
    "meeting": (CommunicationChannel.MEETING, Direction.INTERNAL, "A meeting"),
    "letter_in": (CommunicationChannel.POST, Direction.IN, "A letter from them"),
    "letter_out": (CommunicationChannel.POST, Direction.OUT, "A letter to them"),
    "note": (CommunicationChannel.NOTE, Direction.INTERNAL, "A note for the file"),
}


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what a note is about, and the page to go back to."""

    name: str
    back: str
    person: Person | None = None
    school: School | None = None
    induction: Induction | None = None


def show(visit: Visit) -> Response:
    return _page(visit, _ect(visit))


def note(visit: Visit) -> Response:
    return _note(visit, _ect(visit))


def show_school(visit: Visit) -> Response:
    return _page(visit, _school(visit))


def note_school(visit: Visit) -> Response:
    return _note(visit, _school(visit))


def show_person(visit: Visit) -> Response:
    return _page(visit, _person(visit))


def note_person(visit: Visit) -> Response:
    return _note(visit, _person(visit))


def _ect(visit: Visit) -> About:
    induction = found(visit)
    return About(induction.person.full_name, f"/ects/{induction.id}", induction.person, induction=induction)


def _school(visit: Visit) -> About:
    school = visit.session.get(School, visit.id)
    if school is None:
        raise Missing
    return About(school.name, f"/schools/{school.id}", school=school)


def _person(visit: Visit) -> About:
    person = people.found(visit)
    return About(person.full_name, f"/people/{person.id}", person)


def _note(visit: Visit, about: About) -> Response:
    written, faults = visit.written, Faults()
    way = WAYS.get(written.text("way"))
    if way is None:
        faults.add("way", "Choose what it was")
    day = asked_date(written, "when", "Date", faults, latest=visit.today)
    happened_at = _moment(day, written.text("time"), faults)
    body = asked_text(written, "body", "Write down what was said", faults, 20_000)
    visible = next((one for one in visible_to(visit, about) if one.value == written.text("visibility")), None)
    if visible is None:
        faults.add("visibility", "Choose who may see it")
    if faults or way is None or happened_at is None or visible is None:
        return _page(visit, about, faults)
    try:
        communications.log_call(
            visit.session,
            channel=way[0],
            direction=way[1],
            happened_at=happened_at,
            body=body,
            actor=visit.actor,
            now=visit.now,
            person=about.person,
            school=about.school,
            other_party=written.text("who"),
            summary=written.text("summary")[:300],
            visibility=visible,
        )
    except Wrong as wrong:
        faults.add("time", str(wrong))
        return _page(visit, about, faults)
    return visit.go(about.back, "Noted")


def visible_to(visit: Visit, about: About) -> list[Visibility]:
    """The choices: nobody can hide a note from themselves, and only an ECT has a named contact or reads what is theirs."""
    seen = visibilities(visit.viewer, about.induction)
    if about.induction is None:
        seen &= {Visibility.BODY}
    return [one for one in Visibility if one in seen and one in words.VISIBILITY]


def _moment(day: date | None, clock: str, faults: Faults) -> datetime | None:
    """London time, as people say it: "14:05", "2.05pm", "9am"."""
    fit = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?", clock.casefold())
    if fit is None or (fit[2] is None and fit[3] is None):
        faults.add("time", "Enter a time, like 14:05 or 2:05pm")
        return None
    hour, minute = int(fit[1]), int(fit[2] or 0)
    if fit[3]:
        if not 1 <= hour <= 12:
            hour = 99
        hour = hour % 12 + (12 if fit[3] == "pm" else 0) if hour != 99 else hour
    if hour > 23 or minute > 59:
        faults.add("time", "Enter a real time, like 14:05 or 2:05pm")
        return None
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC) if day else None


def _page(visit: Visit, about: About, faults: Faults | None = None) -> Response:
    written = visit.written
    return visit.page(
        "note.html",
        422 if faults else 200,
        about=about,
        ways=[(key, text) for key, (_channel, _direction, text) in WAYS.items()],
        seen_by=[(one.value, words.VISIBILITY[one]) for one in visible_to(visit, about)],
        when=typed_date(written, "when") if "when-day" in written else spread_date(visit.today),
        typed={name: written.text(name) for name in ("way", "time", "who", "summary", "body")},
        visibility=written.text("visibility") or Visibility.BODY.value,
        faults=faults,
    )
