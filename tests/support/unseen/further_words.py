"""Who fills in the layouts of the group `further`, and how: long answers in paragraphs, lists and lines that begin like labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import ClassVar

from tests.support.papers_model import Cell, Gap, P, Piece, Run, Sketch, Tick, a, cell, p
from tests.support.papers_people import Person, plain
from tests.support.unseen.form import Form, Words
from tests.support.unseen.people import Others

_FIRST = (
    "Aaliyah", "Benedict", "Ceri", "Dilys", "Edmund", "Fatima", "Georgina", "Huw", "Ifeoma", "Jasmine", "Kwame", "Lucinda", "Marek", "Nadia", "Osian",
    "Phoebe", "Ruairí", "Sophie", "Thandi", "Umar", "Verity", "Winston", "Yasmin", "Anna Maria", "Tom", "Eve-Louise",
)  # fmt: skip
_LAST = (
    "Appleyard", "Bhatt", "Crossley", "Devereux", "Entwistle", "Farooq", "Gill", "Hollis", "Ingram", "Jarvis", "Khan", "Lockwood", "Mistry", "Norris",
    "O’Brien", "Popescu", "Quigley", "Redfern", "Salim", "Tandy", "Unwin", "Vaughan", "Wolstenholme", "Yates", "Price-Hughes", "Le Fevre",
)  # fmt: skip
_SCHOOLS = (
    "Brackenfield Special School", "St Oswald’s C of E (Aided) Primary", "Tudor Grange Lower School", "Hob Moor Federation of Schools", "The Willows Alternative Provision Academy",
    "Loxley Park High School", "St Teresa of Calcutta Catholic Voluntary Academy", "Gosford Lane Infant & Nursery School", "Marshland St James Primary and Nursery", "UTC Trentside",
    "Beechwood House (Independent) School", "Sir William Ashby Upper School", "Cawthorne Parochial School", "Northcote First School",
)  # fmt: skip
_BODIES = (
    "Trentside Teaching School Hub", "Woldshire University Partnership", "The Minster Federation Appropriate Body", "Holderness Council", "National Schools’ Induction Board",
)  # fmt: skip
_PARAGRAPHS = (
    "{n} has settled quickly into the {s} department and has formed good working relationships with colleagues and pupils alike.",
    "In the joint observation on 21 January, pupils moved from the starter to the main task without fuss and {n} used cold calling to check what had been understood.",
    "Assessment information is recorded after each unit. From this {n} has identified eight pupils who need further help, and small-group work began in week 5.",
    "Pupils with SEND are supported through visual timetables and pre-teaching; the SENDCo commented on this during her visit.",
    "There was a dip after the October break, when two difficult incidents knocked {n}’s confidence, but with support from the head of year routines were re-established.",
    "Questioning remains an area to refine: answers are sometimes accepted too readily, and {n} has begun to ask for fuller answers in {s}.",
    "The work sampled in books (Years 3 and 4) shows clear progression and a pride in presentation.",
    "{n} missed the second training event through illness and has since watched the recording.",
    "Homework is set weekly and is marked in line with the policy of the school.",
    "As a form tutor {n} has dealt sensitively with a safeguarding concern, recording it promptly and passing it to the designated lead.",
    "A wider range of strategies to challenge the higher attainers will be tried in the spring, beginning with the unit on {s}.",
    "Contributions to staff meetings are thoughtful, and {n} has offered to help to lead the eco council from September.",
)
_POINTS = (
    "TS1 – displays and seating promote a positive climate",
    "TS2: tracks progress half-termly; can explain next steps for each group",
    "TS3: good knowledge of {s}; to read the subject association’s journal",
    "TS4/TS6: retrieval starters in most lessons",
    "TS5 (SEND, EAL): task adapted in four of the five lessons seen",
    "TS7 – uses the school’s system of warnings and rewards",
    "TS8: ran a stall at the winter fair",
    "Lesson observations: 3 October, 14 November, 30 January",
    "Success criterion: at least 80% of pupils answer the exit question",
    "By whom: {n}, with the mentor; by when: end of March",
    "Visit to partner school (one day, supply cover agreed)",
    "Strength: modelling of writing",
    "Mentor: weekly meeting on Wednesday, period 4",
    "Review date: at the meeting after half term",
)
_OWN = (
    "I have found this first part of my induction challenging but rewarding.",
    "My mentor and I meet every Wednesday and the time is protected.",
    "I agree with what has been written and was given the chance to discuss it.",
    "I feel I have improved most in {s}, and I would like to learn more about assessment next.",
    "The workshops on behaviour were the most useful part of the training.",
    "Some weeks the reduced timetable was hard to take because of staff absence, although it was given back later.",
    "Thank you to the whole team for making me feel welcome.",
)
_SUBJECTS = (
    "Design and Technology",
    "early years maths",
    "A-level Biology",
    "reading",
    "Year 8 French",
    "PSHE",
    "physical education",
)


class Found(Others):
    """Facts of the group: further people, schools and ways of writing dates and amounts; those in full-time posts may write 1.0."""

    firsts: ClassVar[Sequence[str]] = _FIRST
    lasts: ClassVar[Sequence[str]] = _LAST
    schools: ClassVar[Sequence[str]] = _SCHOOLS
    bodies: ClassVar[Sequence[str]] = _BODIES
    host: ClassVar[str] = "trentside.example"

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        r = rng
        people: list[Person] = []
        while len(people) < 4:
            one = Person(r.choice(self.firsts), r.choice(self.lasts))
            if one.last not in {other.last for other in people}:
                people.append(one)
        self.ect, self.tutor, self.mentor, self.head = people
        self.former = r.choice(self.lasts) if r.random() < 0.3 else None
        self.school, self.next_school = r.sample(self.schools, 2)
        self.body = r.choice(self.bodies)
        self.absent = Decimal(r.choice(["0", "0", "1", "2", "4.5", "7", "10"]))
        self.absent_total = self.absent + r.randint(0, 9)
        self.email, self.tutor_email = self._address(self.ect), self._address(self.tutor)
        self.mentor_email, self.head_email = self._address(self.mentor), self._address(self.head)
        self.signing = self.end - timedelta(days=r.randint(0, 9))
        self._look = r.randrange(8)

    def _address(self, who: Person) -> str:
        first, last = ("".join(ch for ch in one.lower() if ch.isascii() and ch.isalpha()) for one in (who.first, who.last))
        return self.rng.choice([f"{first[0]}.{last}", f"{first}.{last}"]) + f"@{self.host}"

    def written_date(self, day: date) -> str:
        month = day.strftime("%B")
        suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return (
            f"{day:%d/%m/%Y}", f"{day.day} {month} {day.year}", f"{day:%d/%m/%y}", f"{day.day}{suffix} {month} {day.year}",
            f"{day.day}.{day.month}.{day:%y}", f"{day:%a} {day.day} {month} {day.year}", f"{day:%d %b %Y}", f"{day:%d/%m/%Y}",
        )[self._look]  # fmt: skip

    def written_days(self, days: Decimal) -> str:
        if days == 0:
            return self.rng.choice(["0", "0", "None", "Nil", "0 days"])
        text = plain(days)
        return self.rng.choice([text, text, f"{text} days", f"{text} (illness)"])

    def written_fte(self) -> str:
        share = self.fte
        if share == 1:
            return self.rng.choice(["1.0", "1.0", "1", "100%"])
        return self.rng.choice([f"{share}", f"{share}", f"{share * 100:.0f}%", f"{share} ({share * 5:g} days per week)"])


class Leaf(Form):
    """A form of the group."""

    facts: Found
    found: ClassVar[type[Found]] = Found
    own: ClassVar[Sequence[str]] = _OWN
    subjects: ClassVar[Sequence[str]] = _SUBJECTS

    def __init__(self, layout: str, template: Random, copy: Random, kind: str, words: Words) -> None:
        super().__init__(layout, template, copy, kind, words)
        self.facts = self.found(copy)
        self._roles = False
        if {"period_start", "period_end"} <= words.keys():
            place = words["period_start"].index(self._words["period_start"])
            self._words["period_end"] = words["period_end"][place]

    def _value(self, key: str) -> tuple[str | None, str]:
        if key == "fte":
            return plain(self.facts.fte), self.facts.written_fte()
        return super()._value(key)

    def pools(self, key: str) -> tuple[Sequence[str], Sequence[str]]:
        """The paragraphs and the points of which a long answer is made."""
        return _PARAGRAPHS, _POINTS

    def long(self, key: str, *, most: int = 4, blank: float = 0.06) -> tuple[P, ...]:
        """A long answer of several paragraphs, of points, or of both; the truth is noted."""
        if self.blank or self.c.random() < blank:
            self.sketch.truth[key] = None
            return (p(a("")),)
        style = self.c.choice(("prose", "prose", "points", "both"))
        if key == "ect_comments":
            some = self.c.sample(self.own, self.c.randint(1, 4))
            lines = some if style == "points" else [" ".join(some)]
        else:
            paragraphs, notes = self.pools(key)
            prose = self.c.sample(paragraphs, self.c.randint(1, most))
            points = self.c.sample(notes, self.c.randint(2, most))
            lines = {"prose": prose, "points": points, "both": [*prose[:2], *points[:3]]}[style]
        made = [one.format(n=self.facts.ect.first, s=self.c.choice(self.subjects)) for one in lines]
        self.sketch.truth[key] = "\n".join(made)
        bullet = self.c.choice(("• ", "- ", "")) if style == "points" and len(made) > 1 else ""
        return tuple(p(a(bullet + one)) for one in made)

    def signed(self, who: str, *, blank: float = 0.1) -> tuple[Run, Run]:
        """Typed name and date, signed in the days before the period ends."""
        name, day = super().signed(who, blank=blank)
        if self.sketch.truth.get(f"{who}_signed_on"):
            self.sketch.truth[f"{who}_signed_on"] = self.facts.signing.isoformat()
            day = a(self.facts.written_date(self.facts.signing))
        return name, day

    def page(self, header: str, footer: str, title: str) -> Sketch:
        """The sketch with its running lines and its title."""
        self.sketch.header, self.sketch.footer = header, footer
        self.sketch.add(p(title, heading=1))
        return self.sketch

    def options(self, some: Sequence[tuple[str, bool]], look: str) -> tuple[Piece, ...]:
        """Words on one line, of which one is ringed, crossed, ticked, or left when the others are struck out."""
        pieces: list[Piece] = []
        for number, (text, one) in enumerate(some):
            chosen = one and not self.blank
            if look == "tick":
                pieces += [Tick(chosen), Run(f" {text}"), Gap()]
            elif look == "behind":
                pieces += [Run(f"{text} "), Tick(chosen), Gap()]
            else:
                pieces += [Run(" / ")] if number else []
                pieces.append(
                    Run(text, ringed=look == "ring" and chosen, struck=look == "strike" and not chosen and not self.blank)
                )
        return tuple(pieces[:-1]) if isinstance(pieces[-1], Gap) else tuple(pieces)

    def over(self, *keys: str) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
        """A row of shaded labels and the row of their answers."""
        return (
            tuple(cell(self.label(key, colon=False), bold=True, shaded=True) for key in keys),
            tuple(cell(p(self.answer(key))) for key in keys),
        )

    def inside(self, key: str, span: int = 1) -> Cell:
        """Label and answer on one line of a cell."""
        return cell(p(Run(f"{self.label(key, colon=True)} ", bold=self.bold_labels), self.answer(key)), span=span)

    def cross(self, chosen: bool) -> Cell:
        """A cell for a typed cross."""
        return cell(p(a("X" if chosen and not self.blank else "")))
