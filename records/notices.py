"""Asking for letters. Asking is a row in the transaction of the act that calls for it; sending comes later."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.models.notices import Notice
from records.states import NoticeState, move
from records.values import Wrong, address_key

LETTER_DOMAIN = "mailroom.invalid"
"""Right side of a Message-ID: it must be unique, not reachable, and must not tell where the service runs."""

NEVER_WENT = "The decision was taken back before the letter went."
MAY_HAVE_GONE = "The decision was taken back. The letter was handed over once before, and its sender broke off before the answer: it may have arrived."

_OF_DECISION = re.compile(r"outcome:([0-9a-f-]{36}):")


def ask(
    session: Session,
    *,
    kind: str,
    key: str,
    to_address: str,
    now: datetime,
    content: dict[str, Any] | None = None,
    to_person_id: uuid.UUID | None = None,
    about_person_id: uuid.UUID | None = None,
    school_id: uuid.UUID | None = None,
    submission_id: uuid.UUID | None = None,
    message_id: uuid.UUID | None = None,
    not_before: datetime | None = None,
) -> Notice:
    """Ask for a letter. Asking again with the same key gives the letter that was asked for first.

    `content` is JSON with what the template needs; it must hold no value read from a paper beyond initials.
    """
    known = session.scalar(sa.select(Notice).where(Notice.key == key))
    if known is not None:
        return known
    identity = uuid.uuid4()
    notice = Notice(
        id=identity,
        kind=kind,
        key=key,
        to_address=address_key(to_address),
        to_person_id=to_person_id,
        about_person_id=about_person_id,
        school_id=school_id,
        submission_id=submission_id,
        message_id=message_id,
        letter_id=f"<{identity}@{LETTER_DOMAIN}>",
        content=content or {},
        asked_at=now,
        not_before=not_before or now,
        state_since=now,
    )
    session.add(notice)
    session.flush()
    record(session, "notice_asked", notice, Actor.machine("notices"), now, detail={"kind": kind})
    return notice


def decision_key(decision: uuid.UUID) -> str:
    """How the keys of the letters that tell of a decision begin."""
    return f"outcome:{decision}:"


def decision_of(notice: Notice) -> uuid.UUID | None:
    """The decision that a letter tells of: the id of its extension, or of its event. None for every other letter."""
    told = _OF_DECISION.match(notice.key)
    return uuid.UUID(told[1]) if told else None


def withdraw_decision(session: Session, decision: uuid.UUID, actor: Actor, now: datetime) -> None:
    """A decision was taken back: its letters stay here, also those that the outbox has in hand and has not handed over.

    Raises `Wrong` while one is between the outbox and the next server: whether it goes out is not known then.
    """
    chosen = sa.select(Notice).where(
        Notice.key.startswith(decision_key(decision), autoescape=True),
        Notice.state.in_({NoticeState.ASKED, NoticeState.SENDING}),
    )
    for notice in session.scalars(chosen.with_for_update().execution_options(populate_existing=True)).all():
        if _travels(notice):
            raise Wrong("Its notice is being sent at this moment: look again in a minute whether it has gone")
        unanswered = notice.state is NoticeState.ASKED and notice.handed_over_at is not None
        move(session, notice, NoticeState.WITHHELD, actor, "the decision was taken back", now)
        notice.outcome = MAY_HAVE_GONE if unanswered else NEVER_WENT
    session.flush()


def _travels(notice: Notice) -> bool:
    """Whether it was handed over under the claim that holds it."""
    handed_over = notice.handed_over_at
    return notice.state is NoticeState.SENDING and handed_over is not None and handed_over >= notice.state_since


def initials(name: str | None) -> str:
    """How a letter names an ECT: the initials, never the name. "an ECT" where no name was read."""
    letters = [word[0].upper() for word in (name or "").replace("-", " ").split() if word[0].isalpha()]
    return "".join(letters) or "an ECT"
