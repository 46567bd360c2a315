"""Who fills in the layouts of the group `coming`, and how: other people, other habits of writing, longer texts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.support.papers_model import Cell, P, Run, Tick, a, cell, p
from tests.support.papers_people import Person, plain
from tests.support.unseen.form import Form, Words
from tests.support.unseen.people import Others

_FIRST = (
    "Adaeze", "Alistair", "Bethan", "Callum", "Chloe", "Danielle", "Emeka", "Freya", "Gethin", "Hollie", "Imogen", "Jakub", "Katarzyna", "Lauren",
    "Mohammed", "Niamh", "Olu", "Poppy", "Rebecca-Louise", "Sanjay", "Tegan", "Vikram", "Wei Ting", "Zara",
)  # fmt: skip
_LAST = (
    "Atkinson", "Begum", "Cartwright", "Dhillon", "Ellis-Brown", "Fairfax", "Grimshaw", "Hargreaves", "Igwe", "Kowalczyk", "Lister", "MacLeod",
    "Nightingale", "Okonkwo", "Partridge", "Rahman", "Sutcliffe", "Tomlinson", "Uddin", "Walker", "Wren", "Ng",
)  # fmt: skip
_SCHOOLS = (
    "Thornhill Community Academy", "St Cuthbert’s Catholic Primary School, Hexley", "The Mulberry Bush Infant School", "Ferndale High", "Wainwright Academy (Ribble Learning Trust)",
    "Holy Trinity CofE Junior School", "Stonebridge Studio School", "Park View Primary", "Ermine Street Middle School", "Longmeadow School & Sixth Form",
    "Queensmead College", "Castle Hill J&I School", "King Edward VII School", "Sandal Magna Primary Academy",
)  # fmt: skip
_BODIES = (
    "Calder Vale Teaching School Hub", "Mercia Appropriate Body", "Eastshire County Council", "Red Rose Induction Service", "Five Boroughs TSH",
)  # fmt: skip
_PROSE = (
    "{n} has made a very positive start and has quickly become a valued member of the {s} team.",
    "Lesson observations on 9th October and 20th November both evidenced strong modelling and clear success criteria (TS1, TS4).",
    "TS7: expectations are explicit, and low-level disruption is dealt with swiftly.",
    "Retrieval quizzes at the start of lessons show that knowledge is being retained over time.",
    "Data from the December assessment point shows 78% of the class at or above age related expectations.",
    "With support from the SENDCo, {n} has trialled task boards for two pupils with autism.",
    "There have been some inconsistencies in the use of live marking, which was discussed in the mentor meeting.",
    "{n} seeks advice and acts on it straight away; this is a real strength.",
    "By February half term: visit the parallel class twice and note how the teacher scaffolds independent writing.",
    "In {s}, vocabulary is pre-taught and displayed on the working wall.",
    "To continue to develop adaptive teaching so that the most able are stretched from the outset.",
    "Parents’ evening feedback was overwhelmingly positive.",
    "Action: {n} to shadow the data manager during the spring collection (TS6).",
    "Teaching assistants are briefed before each lesson and deployed well.",
    "{n} completed the Level 1 safeguarding refresher and understands the school’s reporting procedure.",
    "Behaviour: no removals since half term.",
    "The ECT file contains weekly mentor notes, three drop-in records and pupil voice from Year 5.",
    "Subject knowledge in {s} is secure, though the sequence of the unit on rivers needed a second look.",
    "{n} led an assembly on kindness in week 6 and runs a lunchtime chess club for 12 pupils.",
    "Next term the focus will move from behaviour routines to assessment for learning.",
    "Marking is up to date and pupils are given time to respond to it.",
    "Absence for three days in November was well managed, with cover work set each morning.",
)  # fmt: skip
_OWN = (
    "My mentor has been brilliant and our meetings on a Thursday keep me going.",
    "I agree that I now need to look at stretching the more able.",
    "I have valued the chance to watch {s} being taught by colleagues in other year groups.",
    "Report writing took longer than I expected but I had help from my phase leader.",
    "I am enjoying the role and feel that my confidence has grown since September.",
    "I am happy with this review and have no concerns to raise.",
    "The training sessions do not always match what I need, which I have told my tutor.",
)  # fmt: skip
_SUBJECTS = ("guided reading", "art and design", "Key Stage 3 maths", "RE", "science", "food technology", "Year 2 writing")


class Latest(Others):
    """Facts of the group: further names and schools, notes behind numbers, full-timers who write 1.0."""

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        r = rng
        people: list[Person] = []
        while len(people) < 4:
            one = Person(r.choice(_FIRST), r.choice(_LAST))
            if one.name not in {other.name for other in people}:
                people.append(one)
        self.ect, self.tutor, self.mentor, self.head = people
        self.former = r.choice(_LAST) if r.random() < 0.3 else None
        self.school, self.next_school = r.sample(_SCHOOLS, 2)
        self.body = r.choice(_BODIES)
        self.absent = Decimal(r.choice(["0", "0", "2", "3", "1.5", "6", "14"]))
        self.absent_total = self.absent + r.randint(0, 8)
        self.email, self.tutor_email = self._address(self.ect), self._address(self.tutor)
        self.mentor_email, self.head_email = self._address(self.mentor), self._address(self.head)
        self.signing = self.end + timedelta(days=r.randint(-3, 6))
        self._style = r.randrange(9)

    def _address(self, who: Person) -> str:
        first, last = ("".join(ch for ch in one.lower() if ch.isalpha()) for one in (who.first, who.last))
        return self.rng.choice([f"{first}.{last}", f"{first[0]}{last}", f"{last}{first[0]}"]) + "@thornhill.example"

    def written_date(self, day: date) -> str:
        month = day.strftime("%B")
        suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        sept = "Sept" if day.month == 9 else month[:3]
        return (
            f"{day:%d/%m/%Y}", f"{day.day} {sept} {day.year}", f"{day.day}/{day.month}/{day:%y}", f"{day.day}{suffix} {month} {day.year}",
            f"{day:%d.%m.%Y}", f"{day:%A} {day.day} {month} {day.year}", f"{day:%d-%m-%y}", f"{day.day} {month} {day.year}", f"{day:%d/%m/%Y}",
        )[self._style]  # fmt: skip

    def written_trn(self) -> str:
        trn = self.trn
        return self.rng.choice(
            [trn, trn, trn, trn, f"{trn[:2]}/{trn[2:]}", f"{trn[:2]} {trn[2:4]} {trn[4:]}", f"RP{trn[:2]}/{trn[2:]}"]
        )

    def written_days(self, days: Decimal) -> str:
        if days == 0:
            return self.rng.choice(["0", "0", "None", "nil", "0 days"])
        text = plain(days)
        return self.rng.choice([text, text, text, f"{text} days", f"{text} (sickness)", f"{text} – flu"])

    def written_fte(self) -> str:
        share = self.fte
        if share == 1:
            return self.rng.choice(["1.0", "1", "100%", "1.0 FTE"])
        return self.rng.choice([f"{share}", f"{share}", f"{share * 100:.0f}%", f"{share} ({share * 5:g} days)", f"{share}FTE"])

    def school_number(self) -> tuple[str, str]:
        value = f"{self.la}/{self.estab}"
        return self.rng.choice([value, f"{self.la}{self.estab}", f"{self.la} {self.estab}"]), value

    def _made(self, sentences: list[str], paragraphs: int) -> list[str]:
        r = self.rng
        own = paragraphs == 1 and "workload" in " ".join(sentences)
        pool, most = (_OWN, 4) if own else (_PROSE, 6)
        return [
            " ".join(one.format(n=self.ect.first, s=r.choice(_SUBJECTS)) for one in r.sample(pool, r.randint(1, most)))
            for _ in range(paragraphs)
        ]


class Paper(Form):
    """A form of the group."""

    facts: Latest

    def __init__(self, layout: str, template: Random, copy: Random, kind: str, words: Words) -> None:
        super().__init__(layout, template, copy, kind, words)
        self.facts = Latest(copy)
        self._roles = False

    def _value(self, key: str) -> tuple[str | None, str]:
        if key == "fte":
            return plain(self.facts.fte), self.facts.written_fte()
        return super()._value(key)

    def signed(self, who: str, *, blank: float = 0.1) -> tuple[Run, Run]:
        """Signed on a day about the end of the period."""
        name, day = super().signed(who, blank=blank)
        if self.sketch.truth.get(f"{who}_signed_on"):
            self.sketch.truth[f"{who}_signed_on"] = self.facts.signing.isoformat()
            day = a(self.facts.written_date(self.facts.signing))
        return name, day

    def columns(self, key: str, text: str, *, yes: float = 0.85, mechanic: str = "glyph") -> tuple[Cell, ...]:
        """A statement with a column for Yes and one for No."""
        value = self.c.random() < yes
        self.sketch.truth[key] = value
        return (cell(text), *self.pair(value, mechanic))

    def pair(self, value: bool, mechanic: str = "glyph") -> tuple[Cell, Cell]:
        """The two cells of a row in a table with columns for Yes and No."""
        return (marked(value and not self.blank, mechanic), marked(not value and not self.blank, mechanic))

    def long(self, key: str, paragraphs: int = 3) -> tuple[P, ...]:
        return self.text(key, paragraphs=paragraphs, blank=0.06)


def marked(chosen: bool, mechanic: str) -> Cell:
    """A cell to tick: with a box, or empty for a typed mark."""
    if mechanic == "glyph":
        return cell(p(Tick(chosen)))
    return cell(p(a(mechanic if chosen else "")))
