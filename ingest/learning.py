"""A step of work after a decision: an accepted paper teaches its layout where the fields stand.

Doing it twice is harmless, and a crash at any point loses nothing: a form counts as taught only in the transaction that keeps
what it taught. What a paper is about is never kept, only places.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from parsers.learned import Layout, Layouts
from parsers.learning import Lesson, Proof, grow
from records import layouts
from records.events import Actor

ACTOR = Actor.machine("learning")


def layouts_of(session: Session) -> Layouts:
    """The layouts on record, as reading takes them."""
    return Layouts(tuple(Layout.from_json(layouts.packed(row)) for row in layouts.every(session)))


def learn_from(session: Session, lesson: Lesson, learnt_from: uuid.UUID | None, actor: Actor, now: datetime) -> Layout:
    """Keep what a paper has taught, on top of what is known now."""
    row = layouts.find(session, lesson.layout.id, lock=True)
    grown = grow(Layout.from_json(layouts.packed(row)) if row is not None else None, lesson)
    # The way over JSON gives exactly what the readers will be handed.
    layouts.keep(session, json.loads(json.dumps(grown.to_json())), learnt_from, actor, now)
    return grown


def said_again(lesson: Lesson) -> Lesson:
    """The lesson of a form that has taught before and was decided anew: it may contradict, but not confirm itself."""
    proofs = {key: Proof.SILENT if proof is Proof.AGREES else proof for key, proof in lesson.proofs.items()}
    return replace(lesson, proofs=proofs)


class Extract:
    """The extract of layouts that goes to the reader with each document, made anew only when a layout has changed."""

    def __init__(self) -> None:
        self._stamp: tuple[int, datetime | None] | None = None
        self._text: str | None = None

    def of(self, session: Session) -> str | None:
        """The extract as JSON; None while nothing was learnt."""
        current = layouts.stamp(session)
        if current != self._stamp:
            self._text = layouts_of(session).to_json() if current[0] else None
            self._stamp = current
        return self._text
