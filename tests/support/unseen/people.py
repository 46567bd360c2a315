"""Other invented people and other habits of writing than those of the first family of generated papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from tests.support.papers_people import Facts, Person, plain

_FIRST = (
    "Abigail", "Bilal", "Catrin", "Dominic", "Ewa", "Fergus", "Grace", "Harpreet", "Iona", "José", "Kirsty", "Liam", "Mary Jane", "Noémie",
    "Oliver", "Priya", "Rhys", "Siân", "Tariq", "Ursula", "Will", "Zoë", "Jean-Luc", "Chidi",
)  # fmt: skip
_LAST = (
    "Abbott", "Banks", "de Souza", "Edwards", "French", "Goldsmith", "Holt", "Iqbal", "James", "King", "Lloyd-Price", "Mensah", "Newbold",
    "O’Neill", "Patel", "Rowntree", "St John", "Turner", "Upton", "van der Berg", "Warden", "Young", "McDonagh", "Teacher", "March",
)  # fmt: skip
_SCHOOLS = (
    "All Saints’ CE (VA) Primary School", "Ashgrove Infants", "Bishop Wulfstan’s RC High", "Brook Lane Nursery & Pre-School", "Copperfield Academy",
    "Dale House Special School", "Edge Hill Free School", "Forest Gate UTC", "Great Marling Primary", "Hope Valley College", "Kings Court Junior",
    "Lower Wick First School", "Mill Street PRU", "New Road Primary and Nursery School", "Our Lady of Lourdes Catholic Academy",
    "Queen Anne’s Grammar", "Ridgeway Sixth Form College", "Saltmarsh Federation", "The Date Tree School", "Westbury-on-Sea C.E. School",
)  # fmt: skip
_BODIES = (
    "Wessex Edge TSH", "Pennine Appropriate Body Service", "Tidewater Teaching School Hub", "Marl Valley Council", "Lodestar Induction",
    "Harbour Teaching Alliance AB", "North Downs Appropriate Body",
)  # fmt: skip
_ROLES = (
    "Vice Principal",
    "Asst Headteacher",
    "Phase Leader",
    "Head of Maths",
    "Deputy Head",
    "EYFS lead",
    "Director of English",
)
_PROSE = (
    "{n} plans lessons that build on what pupils already know (TS2, TS4).",
    "Book looks in October and November showed careful marking.",
    "Routines at the start of the day are calm; pupils know what to do.",
    "The next step is to check understanding before independent work begins.",
    "A visit to the {s} lead is arranged for 14 January at 9.30.",
    "Learning walks (3 in the term) all noted warm relationships.",
    "Date of the parents’ evening: this was rearranged, and {n} prepared well.",
    "Pupils in receipt of the pupil premium made good gains in {s}.",
    "{n} reads pupils’ EHCPs and adapts the work set.",
    "Transitions between activities lose time, and {n} is working on this with the mentor.",
    "We agreed that two lessons in {s} will be filmed and talked through.",
    "Cover was needed on 4 days in November, when {n} was ill.",
    "School policy on homework is followed.",
    "Name badges and seating plans are used to good effect with new groups.",
    "Attendance of the form group rose from 91% to 95%.",
    "Term 2 will start with a focus on questioning, especially of quieter pupils.",
    "Evidence from the mentor’s notes supports this.",
    "There are no concerns about conduct; expectations are met in full.",
    "Part time staff in the department value {n}’s clear handovers.",
    "{n} keeps up to date with safeguarding and attended the update on 2 September.",
)
_OWN = (
    "Thank you to the {s} team for all their help.",
    "I am pleased with how my class has settled.",
    "I have read this report and it is a fair account.",
    "My mentor time has been protected every week.",
    "I would like to visit another school to see {s} taught.",
    "The workload at data points is heavy, but I am learning to plan ahead.",
    "I feel more sure of myself in front of parents now.",
)
_SUBJECTS = ("phonics", "maths mastery", "history", "Spanish", "computing", "drama", "year 6 writing")
NOTHING = ("N/A", "n/a", "-", "Not applicable", "none")


class Others(Facts):
    """Facts in which people, schools, sentences and ways of writing differ from those that the readers were first tried on."""

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        r = rng
        people: list[Person] = []
        while len(people) < 4:
            one = Person(r.choice(_FIRST), r.choice(_LAST))
            if one.name not in {other.name for other in people}:
                people.append(one)
        self.ect, self.tutor, self.mentor, self.head = people
        self.former = r.choice(_LAST) if r.random() < 0.35 else None
        self.school, self.next_school = r.sample(_SCHOOLS, 2)
        self.body = r.choice(_BODIES)
        self.absent = Decimal(r.choice(["0", "0", "1", "2.5", "4", "11", "0.5"]))
        self.absent_total = self.absent + r.randint(1, 12)
        self.fte = Decimal(1) if self.full_time else Decimal(r.choice(["0.4", "0.5", "0.6", "0.7", "0.8", "0.9"]))
        self.email = self._address(self.ect)
        self.tutor_email = self._address(self.tutor)
        self.mentor_email = self._address(self.mentor)
        self.head_email = self._address(self.head)
        self._date = r.randrange(12)
        self._lower = r.random() < 0.05
        self._polite = r.random() < 0.2

    def _address(self, who: Person) -> str:
        plain_name = "".join(ch for ch in f"{who.first[0]}{who.last}".lower() if ch.isascii() and ch.isalpha())
        return f"{plain_name}@{self.rng.choice(('ashgrove', 'copperfield', 'millstreet'))}.sch.example"

    def written_date(self, day: date) -> str:
        month, short, weekday = day.strftime("%B"), day.strftime("%b"), day.strftime("%A")
        suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return (
            f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m/%y}", f"{weekday} {day.day}{suffix} {month} {day.year}", f"{day:%d}-{short}-{day.year}",
            f"{day.day}.{day.month}.{day.year}", f"{day.day}{suffix} {short} {day:%y}", f"{weekday[:3]} {day.day} {short} {day.year}", f"{day:%Y-%m-%d}",
            f"{day.day} {month}, {day.year}", f"{day:%d %m %Y}", f"{day.day}{suffix} of {month} {day.year}", f"{day:%d/%m/%Y}",
        )[self._date]  # fmt: skip

    def written_name(self, name: str, *, role: bool = False) -> str:
        text = name.lower() if self._lower else name
        if self._polite:
            text = f"{self.rng.choice(['Mr', 'Mrs', 'Ms', 'Miss', 'Dr', 'Mx', 'Mr.'])} {text}"
        return f"{text}{self.rng.choice([', ', ' – ', ' ('])}{self.rng.choice(_ROLES)}" if role else text

    def written_trn(self) -> str:
        trn = self.trn
        return self.rng.choice(
            [trn, trn, trn, f"{trn[:2]}/{trn[2:]}", f"{trn[:3]} {trn[3:]}", f"TRN {trn}", f"RP {trn[:2]}/{trn[2:]}"]
        )

    def written_days(self, days: Decimal) -> str:
        if days == 0:
            return self.rng.choice(["0", "0", "nil", "None", "0 days", "zero"])
        text = plain(days)
        return self.rng.choice([text, text, text, f"{text} days" if days != 1 else "1 day"])

    def written_fte(self) -> str:
        share = self.fte
        return self.rng.choice([f"{share}", f"{share}", f"{share * 100:.0f}%", f"{share} FTE", f"{share:.2f}"])

    def _made(self, sentences: list[str], paragraphs: int) -> list[str]:
        r = self.rng
        pool = _OWN if paragraphs == 1 and "workload" in " ".join(sentences) else _PROSE
        return [
            " ".join(one.format(n=self.ect.first, s=r.choice(_SUBJECTS)) for one in r.sample(pool, r.randint(1, 5)))
            for _ in range(paragraphs)
        ]
