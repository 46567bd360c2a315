"""What every drawn layout uses: a template's wordings, a writer's answers, and the truth that both amount to."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.support.papers_model import Cell, Gap, P, Piece, Run, Sketch, Tick, a, cell, p
from tests.support.papers_people import Facts, plain
from tests.support.papers_words import JUDGEMENTS, POINTS, WORDINGS

_TYPED = {"strengths", "areas_for_development", "evidence", "targets", "support_plan", "ect_comments"}


class Copy(Random):
    """The dice of one copy; a blank copy is the template as a body hands it out."""

    blank = False


class Filling:
    """One form while it is drawn."""

    def __init__(self, layout: str, template: Random, copy: Random, kind: str) -> None:
        self.t, self.c = template, copy
        self.blank = isinstance(copy, Copy) and copy.blank
        self.facts = Facts(copy)
        self.sketch = Sketch(layout, {"form_kind": kind})
        self._words = {key: template.choice(words) for key, words in WORDINGS.items()}
        self._colon = template.random() < 0.4
        self._roles = template.random() < 0.3
        self._judgements = template.choice(JUDGEMENTS)
        self._points = template.choice(POINTS)

    def label(self, key: str, *, colon: bool | None = None) -> str:
        text = self._words[key]
        wants = self._colon if colon is None else colon
        return f"{text}:" if wants and not text.endswith(("?", ":")) else text

    def answer(self, key: str, *, blank: float = 0.08) -> Run:
        """The written answer of a short field; the truth is noted."""
        value, text = self._value(key)
        if value is None or self.blank or self.c.random() < blank:
            self.sketch.truth[key] = None
            return a("")
        self.sketch.truth[key] = value
        return a(text)

    def join_names(self) -> None:
        """A form with first and last name apart says the full name too."""
        first, last = self.sketch.truth["ect_first_name"], self.sketch.truth["ect_last_name"]
        if first and last:
            self.sketch.truth["ect_name"] = f"{first} {last}"

    def _value(self, key: str) -> tuple[str | None, str]:
        f = self.facts
        if key in _DATES:
            day = getattr(f, _DATES[key])
            return day.isoformat(), f.written_date(day)
        if key in _AMOUNTS:
            amount: Decimal = getattr(f, _AMOUNTS[key])
            return plain(amount), f.written_days(amount) if key != "terms_completed" else plain(amount)
        if key in _PEOPLE:
            name = getattr(f, _PEOPLE[key]).name
            return name, f.written_name(name, role=self._roles and "role" in self._words.get(key, ""))
        if key == "trn":
            return f.trn, f.written_trn()
        if key == "national_insurance_number":
            return f.ni, f.written_ni()
        if key == "school_dfe_number":
            written, value = f.school_number()
            return value, written
        if key == "fte":
            return (None, "") if f.full_time else (plain(f.fte), f.written_fte())
        plain_texts = {
            "ect_first_name": f.ect.first, "ect_last_name": f.ect.last, "ect_former_name": f.former, "school_name": f.school,
            "next_school": f.next_school, "school_urn": f.urn, "appropriate_body": f.body, "ect_email": f.email,
            "induction_tutor_email": f.tutor_email, "term_number": f.term,
        }  # fmt: skip
        text = plain_texts[key]
        return text, text or ""

    def text(self, key: str, *, paragraphs: int = 2, blank: float = 0.08) -> tuple[P, ...]:
        """A long answer, as paragraphs; the truth is noted."""
        if self.blank or self.c.random() < blank:
            self.sketch.truth[key] = None
            return (p(a("")),)
        made = self.facts.comments(1) if key == "ect_comments" else self.facts.prose(self.c.randint(1, paragraphs))
        self.sketch.truth[key] = "\n".join(made)
        bullets = self.c.random() < 0.25
        return tuple(p(a(f"• {one}" if bullets and len(made) > 1 else one)) for one in made)

    def yes_no(self, key: str, value: bool, mechanic: str) -> tuple[Piece, ...]:
        """Yes and No, one of them chosen; the truth is noted."""
        self.sketch.truth[key] = value
        return choice([("Yes", value and not self.blank), ("No", not value and not self.blank)], mechanic, blank=self.blank)

    def pattern(self, mechanic: str, words: tuple[str, str] = ("Full time", "Part time")) -> tuple[Piece, ...]:
        full = self.facts.full_time
        self.sketch.truth["working_pattern"] = "full_time" if full else "part_time"
        return choice(
            [(words[0], full and not self.blank), (words[1], not full and not self.blank)], mechanic, blank=self.blank
        )

    def judgement(self) -> list[tuple[str, bool]]:
        """The statements of the form with the one that is chosen."""
        value = self.c.choices(["satisfactory", "unsatisfactory", "extension"], [8, 1, 1])[0]
        if value not in dict(self._judgements):
            value = "satisfactory"
        self.sketch.truth["judgement"] = value
        return [(text, one == value and not self.blank) for one, text in self._judgements]

    def point(self) -> list[tuple[str, bool]]:
        value = self.c.choice([one for one, _ in self._points if one != "interim"])
        self.sketch.truth["assessment_point"] = value
        return [(text, one == value and not self.blank) for one, text in self._points]

    def signed(self, who: str, *, blank: float = 0.1) -> tuple[Run, Run]:
        """Typed name and date of a signatory; the truth is noted."""
        person = {"ect": self.facts.ect, "tutor": self.facts.tutor, "head": self.facts.head}[who]
        day = self.facts.end
        name = a(self.facts.written_name(person.name))
        if self.blank:
            return a(""), a("")
        self.sketch.truth[f"{who}_signed_name"] = person.name
        if self.c.random() < blank:
            self.sketch.truth[f"{who}_signed_on"] = None
            return name, a("")
        self.sketch.truth[f"{who}_signed_on"] = day.isoformat()
        return name, a(self.facts.written_date(day))


_DATES = {
    "date_of_birth": "born",
    "qts_date": "qts",
    "induction_start": "induction",
    "period_start": "start",
    "period_end": "end",
    "leaving_date": "leaving",
}
_AMOUNTS = {"terms_completed": "terms", "days_served": "served", "days_absent": "absent", "days_absent_total": "absent_total"}
_PEOPLE = {"ect_name": "ect", "induction_tutor_name": "tutor", "mentor_name": "mentor", "headteacher_name": "head"}


def choice(options: list[tuple[str, bool]], mechanic: str, *, blank: bool = False) -> tuple[Piece, ...]:
    """Options on one line: boxes before or behind the words, or words that are struck, highlighted or set off."""
    pieces: list[Piece] = []
    for number, (text, chosen) in enumerate(options):
        if mechanic == "before":
            pieces += [Tick(chosen), Run(f" {text}"), Gap()]
        elif mechanic == "behind":
            pieces += [Run(f"{text} "), Tick(chosen), Gap()]
        else:
            if number:
                pieces.append(Run(" / "))
            look = {
                "strike": Run(text, struck=not chosen and not blank),
                "highlight": Run(text, highlighted=chosen),
                "bold": Run(text, bold=chosen, underlined=chosen),
            }
            pieces.append(look[mechanic])
    while pieces and isinstance(pieces[-1], Gap):
        pieces.pop()
    return tuple(pieces)


def pair_row(filling: Filling, *keys: str, bold: bool = False) -> tuple[Cell, ...]:
    """Label and value cells side by side."""
    cells: list[Cell] = []
    for key in keys:
        cells += [cell(filling.label(key), bold=bold, shaded=True), cell(p(filling.answer(key)))]
    return tuple(cells)
