"""Who and what the demo is about: invented schools, ECTs and terms, and what their forms say. Knows no file formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FORMS_ADDRESS = "forms@mailroom.example"
BODY = "Example Teaching School Hub"


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    name: str
    urn: str
    address: str
    tutor: str
    tutor_address: str
    head: str


HILLSIDE = SchoolFacts(
    "Hillside Primary School", "199001", "office@hillside.example", "Gareth Pike", "g.pike@hillside.example", "Nadia Osei"
)
RIVERMEAD = SchoolFacts(
    "Rivermead Academy", "199002", "office@rivermead.example", "Helen Tranter", "h.tranter@rivermead.example", "Colin Mabey"
)
SCHOOLS = (HILLSIDE, RIVERMEAD)


@dataclass(frozen=True, slots=True)
class EctFacts:
    """An ECT and how many terms before the reported one they started."""

    first_name: str
    last_name: str
    trn: str
    born: date
    school: SchoolFacts
    terms_before: int

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


AMINA = EctFacts("Amina", "Farrow", "2190417", date(1998, 3, 14), HILLSIDE, 0)
TOMASZ = EctFacts("Tomasz", "Wilde", "2190425", date(1996, 11, 2), HILLSIDE, 2)
GRACE = EctFacts("Grace", "Hollins", "2190433", date(1999, 7, 21), RIVERMEAD, 1)
DEVAN = EctFacts("Devan", "Marlowe", "2190441", date(1997, 1, 9), RIVERMEAD, 2)
ISLA = EctFacts("Isla", "Penhale", "2190458", date(1995, 5, 30), HILLSIDE, 1)
OWEN = EctFacts("Owen", "Castell", "2190466", date(1998, 9, 17), HILLSIDE, 0)
ECTS = (AMINA, TOMASZ, GRACE, DEVAN, ISLA, OWEN)


@dataclass(frozen=True, slots=True)
class TermFacts:
    name: str
    starts_on: date
    ends_on: date


def terms_around(today: date) -> list[TermFacts]:
    """Three terms a year, from three years before to two after: enough for every induction of the cast."""
    found = []
    for year in range(today.year - 3, today.year + 3):
        found += [
            TermFacts(f"Spring {year}", date(year, 1, 6), date(year, 4, 1)),
            TermFacts(f"Summer {year}", date(year, 4, 20), date(year, 7, 21)),
            TermFacts(f"Autumn {year}", date(year, 9, 2), date(year, 12, 18)),
        ]
    return found


def reported_term(today: date) -> TermFacts:
    """The last term that has ended: the one the forms are about."""
    return [term for term in terms_around(today) if term.ends_on < today][-1]


def started_on(ect: EctFacts, today: date) -> date:
    terms = terms_around(today)
    return terms[terms.index(reported_term(today)) - ect.terms_before].starts_on


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What one form says."""

    kind: str
    ect: EctFacts
    period_start: date
    period_end: date
    signed_on: date
    days_absent: str
    strengths: str
    targets: str
    comments: str
    point: str | None = None
    """Of a formal assessment."""


def form_of(ect: EctFacts, today: date, *, days_absent: str = "0") -> FormFacts:
    """The form that is expected of an ECT for the reported term."""
    term = reported_term(today)
    formal = ect.terms_before == 2
    return FormFacts(
        kind="formal_assessment" if formal else "progress_review",
        ect=ect,
        period_start=term.starts_on,
        period_end=term.ends_on,
        signed_on=term.ends_on - timedelta(days=4),
        days_absent=days_absent,
        strengths=f"{ect.first_name} plans lessons that build on what pupils know already, and routines are calm and clear.",
        targets="Use questions to check understanding before moving on. Observe a colleague teaching reading.",
        comments="I have found the weekly meetings with my mentor very helpful.",
        point="first" if formal else None,
    )


def written(day: date) -> str:
    """As a school writes a date."""
    return f"{day:%d/%m/%Y}"
