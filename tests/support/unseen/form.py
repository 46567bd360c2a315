"""One unseen form while it is drawn: the wordings of its layout, a writer's answers, and the truth that both amount to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from tests.support.papers_fill import Filling
from tests.support.papers_model import Cell, P, Piece, Run, Tick, a, cell, p
from tests.support.papers_people import Person
from tests.support.unseen.people import NOTHING, Others

Words = Mapping[str, tuple[str, ...]]
_MAY_SAY_NOTHING = {"ect_former_name", "next_school", "leaving_date", "national_insurance_number"}


class Form(Filling):
    """A filling whose labels are the layout's own."""

    facts: Others

    def __init__(self, layout: str, template: Random, copy: Random, kind: str, words: Words) -> None:
        super().__init__(layout, template, copy, kind)
        self.facts = Others(copy)
        self._words = {key: template.choice(some) for key, some in words.items()}
        self._colon = template.random() < 0.5
        self._roles = True
        self.bold_labels = template.random() < 0.5

    def answer(self, key: str, *, blank: float = 0.08) -> Run:
        """As in every filling; a place that does not apply may say so."""
        run = super().answer(key, blank=blank)
        if not run.text and not self.blank and key in _MAY_SAY_NOTHING and self.c.random() < 0.5:
            return a(self.c.choice(NOTHING))
        return run

    def words(self, *options: str) -> str:
        return self.t.choice(options)

    def surname_first(self, key: str, who: Person) -> Run:
        """A name written "Surname, Forename"; names are kept as they are written."""
        if self.blank:
            self.sketch.truth[key] = None
            return a("")
        self.sketch.truth[key] = f"{who.last}, {who.first}"
        return a(f"{who.last}, {who.first}")

    def person(self, key: str, who: Person) -> Run:
        """A person's name that is always there."""
        self.sketch.truth[key] = None if self.blank else who.name
        return a("" if self.blank else self.facts.written_name(who.name))

    def noted(self, text: str) -> Run:
        """An answer that no field asks for."""
        return a("" if self.blank else text)

    def day(self, day: date) -> str:
        return self.facts.written_date(day)

    def chosen(self, key: str, options: Sequence[tuple[str, str | bool]], value: str | bool) -> list[tuple[str, bool]]:
        """The words of a choice, each with whether it is chosen; the truth is noted."""
        self.sketch.truth[key] = value
        return [(text, one == value and not self.blank) for text, one in options]

    def said(self, key: str, *, yes: float = 0.85, words: tuple[str, str] = ("Yes", "No")) -> Run:
        """A yes/no question answered in words."""
        value = self.c.random() < yes
        self.sketch.truth[key] = None if self.blank else value
        return a("" if self.blank else words[0] if value else words[1])

    def outcome(self, options: tuple[tuple[str, str], ...]) -> list[tuple[str, bool]]:
        """The statements of a judgement, mostly the first of them chosen."""
        values = [value for value, _ in options]
        value = self.c.choices(values, [8, *([1] * (len(values) - 1))])[0]
        return self.chosen("judgement", [(text, one) for one, text in options], value)

    def lines(self, options: list[tuple[str, bool]], mechanic: str = "glyph") -> list[P]:
        """A choice with one option a line."""
        return [p(*mark(chosen, mechanic), f" {text}") for text, chosen in options]


def mark(chosen: bool, mechanic: str) -> tuple[Piece, ...]:
    """One place to tick: a box, brackets, a radio button, or a line for a typed cross."""
    if mechanic == "bracket":
        return (Run("[" + ("x" if chosen else " ") + "]", answer=False),)
    if mechanic == "radio":
        return (Run("●" if chosen else "○"),)
    if mechanic == "typed":
        return (Run("X" if chosen else "", answer=True),)
    return (Tick(chosen, mechanic),)


def left(form: Form, *keys: str, span: int = 1, shaded: bool = True) -> tuple[Cell, ...]:
    """Label cells with their value cells to the right."""
    made: list[Cell] = []
    for key in keys:
        made += [cell(form.label(key), shaded=shaded), cell(p(form.answer(key)), span=span)]
    return tuple(made)


def under(form: Form, key: str, span: int = 1) -> Cell:
    """A cell with the label on its first line and the value on the second."""
    return cell(p(form.label(key), bold=form.bold_labels), p(form.answer(key)), span=span)
