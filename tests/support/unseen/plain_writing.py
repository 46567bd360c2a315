"""What the plain layouts share: long answers as schools write them, tables of signatures, choices within cells."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.support.papers_model import Cell, Gap, P, Piece, Run, Sketch, T, Tick, a, cell, p
from tests.support.unseen.form import Form, Words

_PARAGRAPHS = (
    "{n} sets high expectations and greets every pupil at the door. In the observation of 14 October the class was settled within two minutes and all pupils were on task.",
    "Subject knowledge in {s} is secure. {n} has completed the department’s reading and shares resources with the team.",
    "Planning is thorough: sequences build on prior learning and key vocabulary is taught explicitly.",
    "During the autumn term {n} was absent for three days with flu; cover work was set each time.",
    "Assessment: exit tickets are used at the end of most lessons and gaps are retaught the next day.",
    "Behaviour management has improved since the last review. The school’s policy is applied consistently and sanctions are logged.",
    "{n} works well with the teaching assistant, who knows what is expected in each part of the lesson.",
    "Relationships with parents are positive. Two meetings were led by {n} in the spring with support from the head of year.",
    "The mentor and induction tutor jointly observed a {s} lesson on 6 March 2025; notes are kept on file.",
    "Pupils make good progress from their starting points; end of unit data shows 78% at or above the expected standard.",
)
_LED = (
    "TS1: a purposeful climate for learning has been established.",
    "TS2 – progress is tracked half-termly and shared with the year team.",
    "TS3 Good subject and curriculum knowledge, particularly in {s}.",
    "TS4 & TS5: lessons are well structured; adaptations for pupils with SEND are becoming more routine.",
    "TS6 – live marking is used well.",
    "TS7: calm, consistent routines.",
    "Part 2: {n} is professional at all times.",
    "Next steps: observe a colleague teaching {s} before half term.",
    "Evidence: lesson observation 12/11/24, work scrutiny, planning file.",
    "Support: weekly mentor meeting (Tuesdays, 3.30 pm).",
    "Mentor meetings have taken place weekly.",
    "Timescale: by February half term.",
)
_OWN = (
    "I have had regular meetings with my mentor and feel that I can ask for help.",
    "I agree with the targets set and have started to work on adaptive teaching.",
    "The induction tutor has observed me twice this term and the feedback was useful.",
    "My 10% time has been protected, apart from one week in November.",
    "I would like to see {s} taught in another school.",
    "Thank you to everyone who has supported me this year.",
)
_SUBJECTS = ("early reading", "geometry", "chemistry", "Year 9 history", "music", "German")
_SIGNED = (("ect", "Early career teacher"), ("tutor", "Induction tutor"), ("head", "Headteacher / Principal"))


class Plain(Form):
    """A form whose long answers have several paragraphs, lists, and lines that look like labels."""

    def __init__(self, layout: str, template: Random, copy: Random, kind: str, words: Words) -> None:
        super().__init__(layout, template, copy, kind, words)
        if {"period_start", "period_end"} <= words.keys():
            place = words["period_start"].index(self._words["period_start"])
            self._words["period_end"] = words["period_end"][place]
        self._roles = any("role" in text for text in self._words.values())

    def long(self, key: str, *, blank: float = 0.06) -> tuple[P, ...]:
        """A long answer; the truth is noted."""
        if self.blank or self.c.random() < blank:
            self.sketch.truth[key] = None
            return (p(a("")),)
        own = key == "ect_comments"
        style = self.c.choice(("paragraphs", "paragraphs", "list", "led", "mixed"))
        if own:
            texts = self.c.sample(_OWN, self.c.randint(1, 3))
            lines = [" ".join(texts)] if style != "list" else texts
        else:
            paragraphs = self.c.sample(_PARAGRAPHS, self.c.randint(1, 4))
            led = self.c.sample(_LED, self.c.randint(2, 5))
            lines = {"paragraphs": paragraphs, "list": led, "led": led, "mixed": [*paragraphs[:2], *led[:3]]}[style]
        made = [one.format(n=self.facts.ect.first, s=self.c.choice(_SUBJECTS)) for one in lines]
        self.sketch.truth[key] = "\n".join(made)
        bullet = self.c.choice(("• ", "- ", "• ")) if style == "list" else ""
        return tuple(p(a(bullet + one)) for one in made)

    def box(self, key: str, *, least: float = 40.0, shaded: bool = True) -> T:
        """A heading row over its long answer."""
        return T(
            (1.0,), ((cell(self.label(key, colon=False), bold=True, shaded=shaded),), (cell(*self.long(key)),)), least=least
        )

    def beside(self, *keys: str, share: float = 0.3) -> T:
        """Questions on the left, long answers on the right."""
        return T(
            (share, 1 - share), tuple((cell(self.label(key, colon=False), shaded=True), cell(*self.long(key))) for key in keys)
        )

    def ticks(self, options: Sequence[tuple[str, bool]], *, behind: bool = False) -> tuple[Piece, ...]:
        """A choice on one line."""
        pieces: list[Piece] = []
        for text, chosen in options:
            pieces += [Run(f"{text} "), Tick(chosen), Gap()] if behind else [Tick(chosen), Run(f" {text}"), Gap()]
        return tuple(pieces[:-1])

    def signatures(self, heads: tuple[str, str, str, str], who: Sequence[tuple[str, str]] = _SIGNED) -> T:
        """A row for each signatory."""
        rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
        for one, role in who:
            name, day = self.signed(one)
            cells = {"role": cell(role), "name": cell(p(name)), "signature": cell(""), "date": cell(p(day))}
            order = ("role", "name", "signature", "date") if "ign" in heads[2] else ("role", "signature", "name", "date")
            rows.append(tuple(cells[part] for part in order))
        return T((0.25, 0.3, 0.25, 0.2), tuple(rows), least=22)

    def pages(self, header: str, footer: str) -> Sketch:
        """The sketch with the running lines of its body."""
        self.sketch.header, self.sketch.footer = header, footer
        return self.sketch
