"""Reminders of cases to their owners: one letter a day to each, on the same ladder as reminders to schools."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from notifications.kinds import CASE_REMINDER
from notifications.reminders import Rung, rung
from records import cases
from records.models.cases import Case, CaseKind
from records.notices import ask, initials
from records.people import current_address

CASES = {
    CaseKind.REPRESENTATION: "Representations",
    CaseKind.APPEAL: "Appeal",
    CaseKind.DISPUTE: "Dispute",
    CaseKind.CONCERN: "Concern",
    CaseKind.NOTICE: "Notice that did not arrive",
}


@dataclass(frozen=True, slots=True)
class CaseLetter:
    """One letter to one owner for one day."""

    person_id: uuid.UUID
    address: str
    on: date
    lines: tuple[tuple[Rung, Case], ...]

    @property
    def key(self) -> str:
        return f"{CASE_REMINDER.name}:{self.on.isoformat()}:{self.person_id}"

    def content(self) -> dict[str, Any]:
        """An ECT is named by initials: the letter says where to look, not what is in the case."""
        return {
            "items": [
                {
                    "rung": step.value,
                    "case": CASES[case.kind],
                    "initials": initials(case.induction.person.full_name),
                    "due_on": case.due_on.isoformat(),
                }
                for step, case in self.lines
            ]
        }


def plan(session: Session, today: date) -> list[CaseLetter]:
    """What owners should hear today. Owners without an address see their cases on the list only."""
    lines: dict[uuid.UUID, list[tuple[Rung, Case]]] = {}
    addresses: dict[uuid.UUID, str] = {}
    for case in cases.listed(session, cases.Shown.OPEN, None):
        step = rung(case.due_on, today)
        address = current_address(case.owner.person, today) if case.owner and case.owner.closed_at is None else None
        if step is None or case.owner is None or address is None:
            continue
        lines.setdefault(case.owner.person_id, []).append((step, case))
        addresses[case.owner.person_id] = address
    return [CaseLetter(person_id, addresses[person_id], today, tuple(found)) for person_id, found in sorted(lines.items())]


def ask_for(session: Session, today: date, now: datetime) -> int:
    """Ask for the day's letters; asking again the same day adds nothing. Returns how many are planned."""
    planned = plan(session, today)
    for letter in planned:
        ask(
            session,
            kind=CASE_REMINDER.name,
            key=letter.key,
            to_address=letter.address,
            now=now,
            content=letter.content(),
            to_person_id=letter.person_id,
        )
    return len(planned)
