"""Reminders: from what is owed and the day to one digest for each person. Rules first, then asking for the letters."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from notifications.kinds import REMINDER
from records.models.inductions import AssessmentKind, AssessmentPoint
from records.notices import ask
from records.owed import Owed, Part, owed, still_owed


class Rung(StrEnum):
    """Where on the ladder a day is. In the words of the letter: `WORDS`."""

    WEEK_BEFORE = "week_before"
    DAY_BEFORE = "day_before"
    ON_THE_DAY = "on_the_day"
    OVERDUE = "overdue"
    WEEKLY = "weekly"


WEEK = 7


def rung(due_on: date, today: date) -> Rung | None:
    """A week before, the day before, on the day, the day after, and then every week."""
    days = (today - due_on).days
    fixed = {-WEEK: Rung.WEEK_BEFORE, -1: Rung.DAY_BEFORE, 0: Rung.ON_THE_DAY, 1: Rung.OVERDUE}
    if days in fixed:
        return fixed[days]
    return Rung.WEEKLY if days > 1 and (days - 1) % WEEK == 0 else None


FORMS = {
    (AssessmentKind.PROGRESS_REVIEW, None): "Progress review",
    (AssessmentKind.FORMAL_ASSESSMENT, AssessmentPoint.FIRST): "First formal assessment",
    (AssessmentKind.FORMAL_ASSESSMENT, AssessmentPoint.SECOND): "Second formal assessment",
    (AssessmentKind.FORMAL_ASSESSMENT, AssessmentPoint.THIRD): "Third formal assessment",
    (AssessmentKind.FORMAL_ASSESSMENT, AssessmentPoint.FINAL): "Final formal assessment",
    (AssessmentKind.INTERIM_ASSESSMENT, None): "Interim assessment",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a digest."""

    assessment_id: uuid.UUID
    rung: Rung
    form: str
    due_on: date
    ect: str
    school: str
    part: Part

    def to_json(self) -> dict[str, Any]:
        return {
            "assessment": str(self.assessment_id),
            "rung": self.rung.value,
            "form": self.form,
            "due_on": self.due_on.isoformat(),
            "ect": self.ect,
            "school": self.school,
            "part": self.part.value,
        }


@dataclass(frozen=True, slots=True)
class Digest:
    """One letter to one person for one day."""

    person_id: uuid.UUID
    address: str
    on: date
    school_id: uuid.UUID | None
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        return f"{REMINDER.name}:{self.on.isoformat()}:{self.person_id}"

    def to_json(self) -> dict[str, Any]:
        return {
            "to": self.address,
            "person": str(self.person_id),
            "on": self.on.isoformat(),
            "items": [item.to_json() for item in self.items],
        }


def digests(facts: Iterable[Owed], today: date) -> list[Digest]:
    """One digest for each person who should hear of something today, each line once. Pure."""
    lines: dict[uuid.UUID, list[Item]] = {}
    first: dict[uuid.UUID, tuple[str, uuid.UUID | None]] = {}
    for one in facts:
        step = rung(one.due_on, today)
        if step is None:
            continue
        for party in one.parties:
            first.setdefault(party.person_id, (party.address, one.school_id))
            lines.setdefault(party.person_id, []).append(
                Item(one.assessment_id, step, _form(one), one.due_on, one.ect, one.school, party.part)
            )
    return [
        Digest(person_id, first[person_id][0], today, first[person_id][1], tuple(sorted(items, key=_urgency)))
        for person_id, items in sorted(lines.items())
    ]


def plan(session: Session, today: date) -> list[Digest]:
    """What is to be sent on a day. The same call makes the plan that people see and the letters that go out."""
    return digests(owed(session, today), today)


def without_parties(session: Session, today: date) -> list[Owed]:
    """Owed assessments of which nobody can be told: tasks for the body."""
    return [one for one in owed(session, today) if not one.parties]


def ask_for(session: Session, today: date, now: datetime) -> int:
    """Ask for the day's letters; asking again the same day adds nothing. Returns how many are planned."""
    planned = plan(session, today)
    for digest in planned:
        ask(
            session,
            kind=REMINDER.name,
            key=digest.key,
            to_address=digest.address,
            now=now,
            content={"items": [item.to_json() for item in digest.items]},
            to_person_id=digest.person_id,
            school_id=digest.school_id,
        )
    return len(planned)


def refreshed(session: Session, content: dict[str, Any]) -> dict[str, Any]:
    """The content of a reminder with only what is still owed at the moment of sending."""
    items = content.get("items", [])
    left = still_owed(session, [uuid.UUID(item["assessment"]) for item in items])
    return {**content, "items": [item for item in items if uuid.UUID(item["assessment"]) in left]}


def _form(one: Owed) -> str:
    return FORMS.get((one.kind, one.point)) or FORMS.get((one.kind, None)) or "Formal assessment"


def _urgency(item: Item) -> tuple[date, str, str]:
    return (item.due_on, item.ect, str(item.assessment_id))
