"""The written notice of how an induction ended: its facts, who gets it, and the letter as text or as a Word file."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import docx
from sqlalchemy.orm import Session

from notifications.compose import Composer, Letterhead, Task
from notifications.kinds import OUTCOME
from notifications.letters import Letter
from records import working_days
from records.guidance import Guidance
from records.models.inductions import Induction, Outcome
from records.models.people import Role
from records.notices import ask, decision_key, initials
from records.people import current_address, current_post, holders
from records.values import decimal_text


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as its notice tells it."""

    outcome: Outcome | None
    """None: an extension."""
    decided_on: date
    sent_on: date
    terms: Decimal
    ended_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who gets the notice: the ECT, or a headteacher of the school."""

    person_id: uuid.UUID
    name: str
    address: str
    is_ect: bool


def receivers(session: Session, induction: Induction, today: date) -> list[Receiver]:
    """The ECT and the headteachers of the school with an address on record (reg 11(7)). An employer apart is told by hand."""
    post = current_post(induction, today)
    people = [(induction.person, True)]
    people += [(one, False) for one in holders(session, post.school, Role.HEADTEACHER, today)] if post else []
    return [
        Receiver(person.id, person.full_name, address, is_ect)
        for person, is_ect in people
        if (address := current_address(person, today))
    ]


def content(induction: Induction, told: Told, guidance: Guidance, *, to_ect: bool) -> dict[str, Any]:
    """What the template needs. The time for an appeal counts from the day on which the notice is sent."""
    post = current_post(induction, told.decided_on)
    return {
        "outcome": told.outcome.value if told.outcome else "extension",
        "initials": initials(induction.person.full_name),
        "ect": induction.person.full_name,
        "trn": induction.person.trn,
        "school": post.school.name if post else "",
        "to_ect": to_ect,
        "decided_on": told.decided_on.isoformat(),
        "sent_on": told.sent_on.isoformat(),
        "ended_on": told.ended_on.isoformat() if told.ended_on else None,
        "terms": decimal_text(told.terms),
        "reason": told.reason.strip(),
        "appeal_address": guidance.appeal_address,
        "appeal_days": guidance.appeal_days,
        "received_on": working_days.deemed_received(told.sent_on, guidance).isoformat(),
        "appeal_until": working_days.appeal_due(told.sent_on, guidance).due_on.isoformat(),
    }


def ask_for(
    session: Session,
    induction: Induction,
    decision: uuid.UUID,
    told: Told,
    to: list[Receiver],
    guidance: Guidance,
    now: datetime,
) -> int:
    """Ask for the letters, each once for a decision: the id of its extension, or of its event. Returns how many."""
    post = current_post(induction, told.decided_on)
    for one in to:
        ask(
            session,
            kind=OUTCOME.name,
            key=f"{decision_key(decision)}{one.person_id}",
            to_address=one.address,
            now=now,
            content=content(induction, told, guidance, to_ect=one.is_ect),
            to_person_id=one.person_id,
            about_person_id=induction.person_id,
            school_id=post.school_id if post else None,
        )
    return len(to)


def letter(induction: Induction, told: Told, guidance: Guidance, head: Letterhead, now: datetime) -> Letter:
    """The notice to the ECT as it would go, to be read before anything is decided, or to be sent by other post."""
    words = content(induction, told, guidance, to_ect=True)
    return Composer(head).compose(Task(OUTCOME, "<preview@mailroom.invalid>", "", words), now)


def as_word(written: Letter) -> bytes:
    """The letter as a Word file, for the body's own paper and signature."""
    document = docx.Document()
    for paragraph in written.text.strip().split("\n\n"):
        document.add_paragraph(paragraph)
    document.core_properties.title, document.core_properties.author = written.subject, written.sender_name
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
