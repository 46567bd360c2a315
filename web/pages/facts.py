"""What is known of an ECT or a school, where it came from, and correcting it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from records import facts, facts_beside
from records.access import Act
from records.facts import INDUCTION_FACTS, NI_NUMBER, PERSON_FACTS, SCHOOL_FACTS, FactSpec, Subject
from records.facts_beside import LISTS
from records.models.inductions import Certainty, Induction, Source
from records.models.people import Person
from records.models.schools import School
from records.values import Kind, Wrong, iso_date, spoken_date
from web.forms import Faults, date_of, spread_date, typed_date
from web.pages.ects import found
from web.visit import Missing, Visit

SOURCES = {
    Source.PAPER: "from a form",
    Source.PERSON: "entered by a person",
    Source.IMPORT: "from another system",
    Source.RULE: "reckoned",
}
CERTAINTIES = {Certainty.STATED: "stated", Certainty.COMPUTED: "reckoned", Certainty.UNKNOWN: "not known"}


def show(visit: Visit) -> Response:
    return _list(visit, found(visit))


def show_one(visit: Visit) -> Response:
    induction = found(visit)
    subject, spec = _ect_fact(visit, induction)
    return _one(visit, subject, spec, f"/ects/{induction.id}/facts", induction.person.full_name)


def correct(visit: Visit) -> Response:
    induction = _open(visit)
    subject, spec = _ect_fact(visit, induction)
    return _correct(visit, subject, spec, f"/ects/{induction.id}/facts", induction.person.full_name)


def show_school(visit: Visit) -> Response:
    school, spec = _school_fact(visit)
    return _one(visit, school, spec, f"/schools/{school.id}", school.name)


def correct_school(visit: Visit) -> Response:
    school, spec = _school_fact(visit)
    return _correct(visit, school, spec, f"/schools/{school.id}", school.name)


def add(visit: Visit) -> Response:
    """Add a qualification, a number, an address, or training."""
    induction, beside = _open(visit), LISTS.get(str(visit.parts["list"]))
    if beside is None:
        raise Missing
    written: dict[str, str | None] = {}
    faults = Faults()
    for one in beside.asked:
        place = f"{beside.key}-{one.key}"
        try:
            written[one.key] = _date(visit, place, one.title) if one.kind is Kind.DATE else visit.written.raw(place)
        except Wrong as wrong:
            faults.add(f"{place}-day", str(wrong))
    if not faults:
        try:
            facts_beside.add(visit.session, induction, beside, written, visit.actor, visit.now)
        except Wrong as wrong:
            faults.add(f"{beside.key}-{beside.asked[0].key}", str(wrong))
    if faults:
        return _list(visit, induction, faults)
    return visit.go(f"/ects/{induction.id}/facts", f"Added: {beside.title[0].lower()}{beside.title[1:]}")


def take_out(visit: Visit) -> Response:
    induction, beside = _open(visit), LISTS.get(str(visit.parts["list"]))
    if beside is None:
        raise Missing
    row, why, faults = visit.written.text("row"), visit.written.text("why"), Faults()
    try:
        facts_beside.take_out(visit.session, induction, beside, row, why, visit.actor, visit.now)
    except Wrong as wrong:
        faults.add(f"why-{row}", str(wrong))
        return _list(visit, induction, faults)
    return visit.go(f"/ects/{induction.id}/facts", "Taken out")


def _open(visit: Visit) -> Induction:
    induction = found(visit)
    visit.require(Act.CORRECT, induction)
    return induction


def _ect_fact(visit: Visit, induction: Induction) -> tuple[Person | Induction, FactSpec]:
    key = str(visit.parts["fact"])
    if key == NI_NUMBER and not visit.house.settings.keep_ni_numbers:
        raise Missing
    if key in PERSON_FACTS:
        return induction.person, PERSON_FACTS[key]
    if key in INDUCTION_FACTS:
        return induction, INDUCTION_FACTS[key]
    raise Missing


def _school_fact(visit: Visit) -> tuple[School, FactSpec]:
    school, spec = visit.session.get(School, visit.id), SCHOOL_FACTS.get(str(visit.parts["school_fact"]))
    if school is None or spec is None:
        raise Missing
    return school, spec


def _correct(visit: Visit, subject: Subject, spec: FactSpec, back: str, whose: str) -> Response:
    faults, written = Faults(), visit.written
    try:
        text = _date(visit, "value", spec.title) if spec.kind is Kind.DATE else written.raw("value")
    except Wrong as wrong:
        faults.add("value-day", str(wrong))
        return _one(visit, subject, spec, back, whose, faults)
    if not written.text("why"):
        faults.add("why", "Say why it is corrected")
        return _one(visit, subject, spec, back, whose, faults)
    try:
        changed = written.text("changed") == "yes"
        facts.correct(visit.session, subject, spec.key, text, written.text("why"), visit.actor, visit.now, changed=changed)
    except Wrong as wrong:
        faults.add("value-day" if spec.kind is Kind.DATE else "value", str(wrong))
        return _one(visit, subject, spec, back, whose, faults)
    return visit.go(back, f"Corrected: {spec.title[0].lower()}{spec.title[1:]}")


def _one(visit: Visit, subject: Subject, spec: FactSpec, back: str, whose: str, faults: Faults | None = None) -> Response:
    value = facts.value_of(subject, spec.key)
    typed: Any = visit.written.raw("value") if faults else value or ""
    if spec.kind is Kind.DATE:
        typed = typed_date(visit.written, "value") if faults else spread_date(iso_date(value) if value else None)
    return visit.page(
        "fact.html",
        422 if faults else 200,
        spec=spec,
        whose=whose,
        back=back,
        here=visit.path,
        typed=typed,
        is_date=spec.kind is Kind.DATE,
        is_name=spec.kind is Kind.NAME,
        why=visit.written.raw("why"),
        faults=faults,
    )


def _list(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    rows = []
    for subject, specs in ((induction.person, PERSON_FACTS), (induction, INDUCTION_FACTS)):
        known = facts.stated(visit.session, subject)
        for spec in specs.values():
            if spec.key == NI_NUMBER and not visit.house.settings.keep_ni_numbers:
                continue
            fact = known.get(spec.key)
            source = SOURCES[fact.source if fact else induction.source]
            rows.append(
                (spec, _spoken(spec, facts.value_of(subject, spec.key)), source, CERTAINTIES[fact.certainty] if fact else "")
            )
    beside = facts_beside.rows_of(visit.session, induction, visit.today)
    return visit.page(
        "facts.html",
        422 if faults else 200,
        induction=induction,
        person=induction.person,
        rows=rows,
        lists=[(one, [(row, facts_beside.said(one, row)) for row in beside[one.key]]) for one in LISTS.values()],
        written=visit.written,
        typed_day=lambda name: typed_date(visit.written, name),
        date_kind=Kind.DATE,
        choice_kind=Kind.CHOICE,
        faults=faults,
    )


def _spoken(spec: FactSpec, value: str | None) -> str:
    if value is None:
        return "Not known"
    return spoken_date(iso_date(value)) if spec.kind is Kind.DATE else str(facts.words_of(spec, value))


def _date(visit: Visit, name: str, title: str) -> str | None:
    day = date_of(typed_date(visit.written, name), title)
    return day.isoformat() if day else None
