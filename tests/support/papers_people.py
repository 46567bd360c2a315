"""Invented people, schools and facts, and the many ways in which they are written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from parsers.wordlists import spaced


def sentences(text: str) -> list[str]:
    return text.split("|")


_FIRST = spaced(
    "Amara Beth Ciaran Delphine Eoin Farah Gwen Hamish Isolde Jamal Kezia Leopold Maeve Nikhil Orla Piotr Quentin Rosalind Saoirse Tomasz Una Viktor Wilhelmina Xanthe Yusuf Zofia Anne-Marie"
)
_LAST = spaced(
    "Ashdown Bramwell Castellano Drinkwater Eastgate Fitzgerald Greenhalgh Hussain Ibrahimovic Jankowska Kirkbride Lovelace McAllister Ndiaye O'Connor Pemberton Quarshie Rosenthal Smith-Jones Thistlewood Underhill Vandenberg Whittaker Yardley Zielinski Head Day"
)
_PLACES = spaced(
    "Amberley Birchwood Castleford Dunmere Elmstead Fernhill Glenrock Hawthorn Ivybridge Juniper Kestrel Linden Meadowside Northgate Oakfield Priory Riverside"
)
_KINDS = [
    "Primary School",
    "Academy",
    "C of E Primary School",
    "High School",
    "Community College",
    "Infant and Nursery School",
    "RC Primary School",
    "Grammar School",
    "Junior School",
    "School",
]
_BODIES = [
    "Fenland Teaching School Hub",
    "Three Valleys TSH",
    "Severn Appropriate Body",
    "Northmoor County Council",
    "Coastline Alliance",
    "Borough of Elmstead",
]
_ROLES = [
    "Deputy Headteacher",
    "Assistant Head",
    "Head of Science",
    "Year 3 teacher",
    "SENCO",
    "KS2 Lead",
    "Subject Leader for Maths",
]
_SENTENCES = sentences(
    "{n} has built strong relationships with the class and routines are secure.|Behaviour is managed calmly and in line with school policy (TS7).|"
    "Planning shows clear sequencing, and misconceptions are addressed early.|Observations in weeks 4 and 9 showed good use of questioning.|"
    "Date for the next visit: to be agreed with the phase leader.|Assessment data is used to group pupils in {s}.|"
    "School trips have been organised well, with 28 pupils taking part.|Feedback is acted on promptly; see the book look of 12 November.|"
    "Further work is needed on adapting tasks for pupils with EAL.|{n} should now observe an experienced colleague teach {s}.|"
    "Targets from last term were met in full.|Full time support from the TA is in place for two pupils.|"
    "Name of text studied: Skellig, which the class enjoyed.|{n} takes part in training and reads widely around {s}.|"
    "Next, refine modelling so that explanations are shorter.|Marking and feedback follow the policy in all subjects seen.|"
    "The pace of lessons has improved and transitions are quick.|{n} contributed to the school production in March."
)
_COMMENTS = sentences(
    "I have found the weekly meetings with my mentor very useful.|I agree with the comments above and the targets set.|"
    "My workload has been manageable this term.|I would like more opportunities to observe {s}.|I feel well supported by the team.|"
    "The feedback I receive is clear and helps me to improve.|I have enjoyed working with Year 4."
)
_SUBJECTS = ["reading", "fractions", "phonics", "geography", "early number", "PE", "chemistry"]


@dataclass
class Person:
    first: str
    last: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


@dataclass
class Facts:
    """Everything a form may ask for, with the style in which this writer writes."""

    rng: Random
    ect: Person = field(init=False)
    tutor: Person = field(init=False)
    mentor: Person = field(init=False)
    head: Person = field(init=False)

    def __post_init__(self) -> None:
        r = self.rng
        self.ect, self.tutor, self.mentor, self.head = (Person(r.choice(_FIRST), r.choice(_LAST)) for _ in range(4))
        self.former = r.choice(_LAST) if r.random() < 0.3 else None
        self.born = date(r.randint(1970, 2001), r.randint(1, 12), r.randint(1, 28))
        self.trn = f"{r.randint(100000, 4999999):07d}"
        self.ni = "".join(r.choice("ABCEHJKLM") for _ in range(2)) + f"{r.randint(0, 999999):06d}" + r.choice("ABCD")
        self.year = r.randint(2021, 2025)
        self.start = date(self.year, 9, r.randint(1, 8))
        self.end = self.start + timedelta(days=r.randint(85, 105))
        self.induction = self.start - timedelta(days=r.choice([0, 0, 365, 240]))
        self.qts = date(self.induction.year, 7, r.randint(1, 28))
        self.leaving = self.end + timedelta(days=r.randint(0, 10))
        self.school = f"{r.choice(['', '', 'St Aidan’s ', 'The '])}{r.choice(_PLACES)} {r.choice(_KINDS)}"
        self.next_school = f"{r.choice(_PLACES)} {r.choice(_KINDS)}"
        self.la, self.estab, self.urn = r.randint(201, 938), r.randint(1000, 7999), str(r.randint(100000, 149999))
        self.body = r.choice(_BODIES)
        self.full_time = r.random() < 0.6
        self.fte = Decimal(1) if self.full_time else Decimal(r.choice(["0.4", "0.5", "0.6", "0.8"]))
        self.absent = Decimal(r.choice([0, 0, 1, 2, 3.5, 7, 12]))
        self.absent_total = self.absent + r.randint(0, 9)
        self.served = Decimal(r.randint(50, 68)) + r.choice((Decimal(0), Decimal("0.5")))
        self.terms = Decimal(r.choice(["1", "2", "3", "1.5", "4.2"]))
        self.term = r.choice(["1", "2", "4", "5"])
        self.email = (
            f"{self.ect.first[0].lower()}.{self.ect.last.lower().replace(chr(39), '')}@{r.choice(_PLACES).lower()}.example"
        )
        self.tutor_email = f"{self.tutor.last.lower().replace(chr(39), '')}@{r.choice(_PLACES).lower()}.example"
        self._date_style = r.randrange(7)
        self._capitals = r.random() < 0.15
        self._titles = r.random() < 0.15

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def written_date(self, day: date) -> str:
        month = day.strftime("%B")
        suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return (
            f"{day:%d/%m/%Y}", f"{day.day} {month} {day.year}", f"{day:%d.%m.%y}", f"{day.day}{suffix} {month} {day.year}",
            f"{day:%d-%m-%Y}", f"{day.day} {month[:3]} {day.year}", f"{day:%d} / {day:%m} / {day.year}",
        )[self._date_style]  # fmt: skip

    def written_name(self, name: str, *, role: bool = False) -> str:
        text = name.upper() if self._capitals else name
        if self._titles:
            text = f"{self.rng.choice(['Mr', 'Mrs', 'Ms', 'Miss', 'Dr'])} {text}"
        return f"{text}{self.rng.choice([', ', ' / ', ' - '])}{self.rng.choice(_ROLES)}" if role else text

    def written_trn(self) -> str:
        return self.rng.choice(
            [
                self.trn,
                self.trn,
                f"{self.trn[:2]}/{self.trn[2:]}",
                f"{self.trn[:2]} {self.trn[2:]}",
                f"RP{self.trn[:2]}/{self.trn[2:]}",
            ]
        )

    def written_ni(self) -> str:
        n = self.ni
        return self.rng.choice([n, f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:8]} {n[8]}", n.lower()])

    def written_days(self, days: Decimal) -> str:
        if days == 0:
            return self.rng.choice(["0", "Nil", "None", "0"])
        text = f"{days.normalize():f}"
        if text.endswith(".5") and self.chance(0.3):
            text = text.replace(".5", "½")
        return self.rng.choice([text, text, f"{text} days"])

    def written_fte(self) -> str:
        share = self.fte
        return self.rng.choice(
            [f"{share}", f"{share * 100:.0f}%", f"{share * 5:.0f} days a week" if share * 5 == int(share * 5) else f"{share}"]
        )

    def school_number(self) -> tuple[str, str]:
        """As written, and its value."""
        value = f"{self.la}/{self.estab}"
        return self.rng.choice([value, f"{self.la} / {self.estab}", f"{self.la} {self.estab}"]), value

    def prose(self, paragraphs: int) -> list[str]:
        return self._made(_SENTENCES, paragraphs)

    def comments(self, paragraphs: int = 1) -> list[str]:
        return self._made(_COMMENTS, paragraphs)

    def _made(self, sentences: list[str], paragraphs: int) -> list[str]:
        r = self.rng
        made = []
        for _ in range(paragraphs):
            chosen = r.sample(sentences, r.randint(1, 4))
            made.append(" ".join(one.format(n=self.ect.first, s=r.choice(_SUBJECTS)) for one in chosen))
        return made


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
