"""Who fills in the layouts of the group `ahead`, and the habits that they share: questions left open, places that do not apply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import ClassVar

from tests.support.papers_model import Cell, Gap, Line, P, Piece, Run, T, Tick, a, cell, p
from tests.support.papers_people import plain
from tests.support.unseen.form import Words
from tests.support.unseen.further_words import Found, Leaf
from tests.support.unseen.people import NOTHING

_FIRST = (
    "Aoife", "Barnaby", "Carys", "Daniel", "Elif", "Francesca", "Gwendolyn", "Hannah-Mae", "Ishaan", "Joanna", "Krystian", "Leila", "Marie-Claire", "Natalia",
    "Oisín", "Petra", "Rory", "Sunita", "Theo", "Uzma", "Violet", "Wojciech", "Xin Yi", "Yaw", "Mai", "Ffion", "D’Arcy",
)  # fmt: skip
_LAST = (
    "Al-Masri", "Bannister", "Cho", "D’Souza", "Elphick", "Fernandes", "Garside", "Hussain-Shah", "Jolly", "Kaur", "Lomax", "Mac Giolla", "Nolan", "O’Dowd",
    "Pickersgill", "Quayle", "Ravenscroft", "St Clair", "Thackray", "Usman", "van Dijk", "de la Cruz", "Whitehouse", "Zhou", "Best", "Long", "Von Thal", "Hope",
)  # fmt: skip
_SCHOOLS = (
    "Aldwark Community Primary School", "The Grange School, Market Harling", "St Hilda’s Church of England High School", "Nene Bank Academy", "Little Acorns Nursery School",
    "Holy Rood RC Voluntary Aided Primary School", "Skelwith Bridge School", "Wharf Road Pupil Referral Unit", "Northern Star Free School", "Ouseburn Junior & Infant School",
    "Lady Margaret Foxley Grammar School", "Cherry Tree Federation (Lower Site)", "Priory Fields 3–16 School", "All Hallows’ Catholic Sixth Form", "SS Peter and Paul Primary",
    "Fens Learning Trust: Drovers Way Academy",
)  # fmt: skip
_BODIES = (
    "Ouse Valley Teaching School Hub", "Cleaveshire County Council", "Peakshire Diocesan Board of Education", "Fens Learning Trust Appropriate Body", "Marches Induction Partnership",
)  # fmt: skip
_POSTS = ("Deputy Headteacher", "Assistant Principal", "KS1 Leader", "Head of Humanities", "SENDCo", "Year 6 teacher")
_PARAGRAPHS = (
    "{n} has made a confident start and is well regarded by pupils, parents and colleagues. Lessons in {s} begin promptly and learning time is rarely lost.",
    "Formal observations took place on 9 October and 20 November; in both, explanations were clear and misconceptions were picked up during the lesson.",
    "Planning shows a secure grasp of the scheme of work. {n} adapts published materials so that pupils with English as an additional language can take part.",
    "Since the last report {n} has worked hard on transitions, and the mentor’s notes record far fewer low-level interruptions.",
    "Data from the December assessments show that 22 of 29 pupils are on course for their target in {s}.",
    "Marking is up to date. Pupils were able to tell the headteacher what they needed to do next in order to improve.",
    "{n} attended all training sessions apart from that of 5 November, which fell on a day of illness.",
    "There is more to do to make sure that the most able are stretched; tasks in {s} can be completed too quickly.",
    "Pupils enjoy {n}’s lessons. The head of department described the classroom as calm, orderly and friendly.",
    "A parent wrote in February to thank {n} for the care taken over a difficult move to a new school.",
    "Use of teaching assistants has improved: each now has a copy of the plan the day before, and knows which pupils to support.",
    "{n} understands the duty to safeguard pupils and has completed the annual training, including the Prevent module.",
    "Whole-class feedback has replaced some written marking and appears to be saving time without loss of quality.",
)
_POINTS = (
    "TS1: high expectations of presentation; rewards used well",
    "TS2 – uses end-of-unit quizzes to plan the next unit",
    "TS3: subject knowledge in {s} strong",
    "TS4 – homework set weekly (Satchel One)",
    "TS5: makes some use of pupil passports",
    "TS6: moderation meeting attended 17/01",
    "TS7 Consistent use of the behaviour ladder",
    "TS8: took part in the Year 7 settling-in evening",
    "Sources: book looks, drop-ins, mentor meeting log",
    "Targets of the last review were met, apart from the one on {s}",
    "Part 2 – punctual, well presented, loyal to the ethos of the school",
)
_PLANS = (
    "By the end of the spring term {n} will plan for the most able in every unit of {s}, so that they have a harder task ready (TS2, TS5).",
    "{n} will observe {s} taught by the lead practitioner before Easter and try out one of the strategies seen.",
    "Weekly planning time with the head of department will be protected until half term.",
    "To reduce the time lost to transitions: fewer than three reminders in any lesson, as seen in drop-ins by the tutor.",
    "The SENDCo will go through the provision map with {n} and look at two plans each week.",
)
_STEPS = (
    "Observe {s} taught by the lead practitioner before Easter",
    "Plan one enquiry for the top set each fortnight",
    "Meet the SENDCo to go through the provision map (by 30 November)",
    "Target: fewer than three reminders in any lesson",
    "Support: release for half a day to visit another school",
    "School: to arrange cover for the visit",
    "TS6 – use exit questions in {s} and re-teach the next day",
    "Lead one phonics workshop for parents (date to be agreed)",
)
_OWN = (
    "My mentor has been generous with her time and I have learnt a great deal from watching her teach.",
    "I agree with this report.",
    "I am pleased that my work on behaviour has been noticed, and I know that I need to stretch my most able pupils.",
    "Thank you to everyone in the {s} team.",
    "Next term I should like to shadow the head of year for a morning.",
    "My release time has been given each week except when the timetable changed in October.",
    "The online modules take longer than the hours set aside for them.",
    "I find parents’ evenings easier now that I have sat in on two.",
)
_SUBJECTS = ("Spanish", "phonics", "Key Stage 4 physics", "mathematics", "Year 5 writing", "geography", "Reception")


class Met(Found):
    """Facts of the group, with further ways of writing dates, absences and shares."""

    firsts: ClassVar[Sequence[str]] = _FIRST
    lasts: ClassVar[Sequence[str]] = _LAST
    schools: ClassVar[Sequence[str]] = _SCHOOLS
    bodies: ClassVar[Sequence[str]] = _BODIES
    host = "fenslearning.example"

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self._pen = rng.randrange(9)

    def whole_year(self) -> None:
        """The period is a school year, and not a term."""
        self.end = date(self.start.year + 1, 7, self.rng.randint(8, 22))
        self.signing = self.end - timedelta(days=self.rng.randint(2, 20))
        self.leaving = self.end + timedelta(days=self.rng.randint(0, 30))

    def prose(self, paragraphs: int) -> list[str]:
        r = self.rng
        return [
            " ".join(one.format(n=self.ect.first, s=r.choice(_SUBJECTS)) for one in r.sample(_PARAGRAPHS, r.randint(1, 2)))
            for _ in range(paragraphs)
        ]

    def written_date(self, day: date) -> str:
        month = day.strftime("%B")
        short = "Sept" if day.month == 9 else month[:3]
        suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return (
            f"{day:%d/%m/%Y}", f"{day.day} {month} {day.year}", f"{day:%d.%m.%Y}", f"{day.day}{suffix} {month} {day.year}", f"{day:%d/%m/%y}",
            f"{day.day} {short} {day.year}", f"{day.day}-{month[:3]}-{day:%y}", f"{day:%A} {day.day}{suffix} {month} {day.year}", f"{day:%d/%m/%Y}",
        )[self._pen]  # fmt: skip

    def written_name(self, name: str, *, role: bool = False) -> str:
        text = super().written_name(name)
        return f"{text}{self.rng.choice((', ', ' – ', ' / '))}{self.rng.choice(_POSTS)}" if role else text

    def written_days(self, days: Decimal) -> str:
        if days == 0:
            return self.rng.choice(["0", "0", "None", "Nil", "0 days"])
        text = plain(days)
        reason = f"{text} (sickness)" if days <= self.absent_total else text
        return self.rng.choice([text, text, text, f"{text} days" if days != 1 else "1 day", reason])

    def written_fte(self) -> str:
        share = self.fte
        if share == 1:
            return self.rng.choice(["1.0", "1.0", "1", "100%"])
        return self.rng.choice(
            [f"{share}", f"{share}", f"{share * 100:.0f}%", f"{share} FTE", f"{plain(share * 5)} days per week"]
        )


class Draft(Leaf):
    """A form of the group."""

    facts: Met
    found: ClassVar[type[Found]] = Met
    own: ClassVar[Sequence[str]] = _OWN
    subjects: ClassVar[Sequence[str]] = _SUBJECTS

    def __init__(self, layout: str, template: Random, copy: Random, kind: str, words: Words) -> None:
        super().__init__(layout, template, copy, kind, words)
        self._roles = True

    def asked(self, key: str, *, yes: float = 0.88) -> bool | None:
        """What is answered to a question, now and then nothing; the truth is noted."""
        value = None if self.blank or self.c.random() < 0.04 else self.c.random() < yes
        self.sketch.truth[key] = value
        return value

    def either(self, value: bool | None, look: str, words: tuple[str, str] = ("Yes", "No")) -> tuple[Piece, ...]:
        """Two words on one line with the answer marked, or neither."""
        return self.options(((words[0], value is True), (words[1], value is False)), look)

    def pools(self, key: str) -> tuple[Sequence[str], Sequence[str]]:
        """What lies ahead is planned; all else looks back."""
        return (_PLANS, _STEPS) if key in {"targets", "support_plan"} else (_PARAGRAPHS, _POINTS)

    def options(self, some: Sequence[tuple[str, bool]], look: str) -> tuple[Piece, ...]:
        """As in every form of the family; nothing is struck out where nothing was chosen."""
        return super().options(some, look if any(one for _, one in some) or look != "strike" else "ring")

    def outcome(self, options: tuple[tuple[str, str], ...]) -> list[tuple[str, bool]]:
        """As in every form; now and then nobody has chosen."""
        chosen = super().outcome(options)
        if self.c.random() >= 0.03:
            return chosen
        self.sketch.truth["judgement"] = None
        return [(text, False) for text, _ in chosen]

    def columns(self, value: bool | None, mechanic: str) -> tuple[Cell, Cell]:
        """The cells under Yes and No: boxes, or places for a typed mark."""
        if mechanic == "glyph":
            return cell(p(Tick(value is True))), cell(p(Tick(value is False)))
        return cell(p(a(mechanic if value is True else ""))), cell(p(a(mechanic if value is False else "")))

    def stage(self, *options: tuple[str, str]) -> list[tuple[str, bool]]:
        """The stages of induction that a form may report, one of them chosen; the truth is noted."""
        value = None if self.blank else self.c.choice([one for _, one in options])
        self.sketch.truth["assessment_point"] = value
        return [(text, one == value) for text, one in options]

    def untouched(self, key: str) -> tuple[P, ...]:
        """A place that does not apply to this teacher, left empty or said so."""
        self.sketch.truth[key] = None
        return (p(a("" if self.blank or self.c.random() < 0.7 else self.c.choice(NOTHING))),)

    def rows_of(self, keys: Sequence[str], share: float, *, shaded: bool = True) -> T:
        """Labels on the left, answers on the right."""
        rows = tuple((cell(self.label(key), bold=self.bold_labels, shaded=shaded), cell(p(self.answer(key)))) for key in keys)
        return T((share, 1 - share), rows)

    def box(self, key: str, hint: str = "", *, most: int = 3) -> T:
        """A shaded heading, with words of help behind it, over a long answer and the room that it leaves."""
        heading: list[Piece | str] = [Run(self.label(key, colon=False), bold=True)]
        if hint:
            heading.append(Run(f" {hint}"))
        return T((1.0,), ((cell(p(*heading), shaded=True),), (cell(*self.long(key, most=most), p(""), p("")),)))

    def signed(self, who: str, *, blank: float = 0.1) -> tuple[Run, Run]:
        """Typed name and date; each signs on the day of the one before or soon after, and one now and then has not signed."""
        if blank and self.c.random() < 0.04:
            self.sketch.truth |= {f"{who}_signed_name": None, f"{who}_signed_on": None}
            return a(""), a("")
        self.facts.signing += timedelta(days=self.c.choice((0, 0, 1, 2)))
        return super().signed(who, blank=blank)

    def signing(self, who: Sequence[tuple[str, str]], heads: tuple[str, str, str, str]) -> T:
        """A row for each signatory: role, name, an empty place for the signature, date."""
        rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
        for one, role in who:
            name, day = self.signed(one)
            rows.append((cell(role), cell(p(name)), cell(""), cell(p(day))))
        return T((0.24, 0.32, 0.24, 0.2), tuple(rows), least=20)

    def sign_line(self, who: str, text: str) -> P:
        """A line to sign on with the name in print and the date."""
        name, day = self.signed(who)
        return p(f"{text} ", Line(80), Gap(200.0), "Name: ", name, Gap(370.0), "Date: ", day)
