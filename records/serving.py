"""Letters that did not arrive: what a bounce does to a letter and its address, and what it means for a decision's written notice.

A decision whose notice did not reach the ECT counts as not told: no day of receipt is deemed, and somebody must see to it.
"""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import cases
from records.events import Actor, record
from records.models.accounts import Account
from records.models.cases import CaseKind
from records.models.events import Event
from records.models.inductions import Extension, Induction, Outcome
from records.models.notices import Notice
from records.models.people import PersonAddress
from records.notices import decision_of
from records.outcomes import DECIDED
from records.states import NoticeState, move
from records.values import iso_date, local_day

_BOUNCES = Actor.machine("bounces")


def note_bounce(session: Session, letter_id: str, why: str, now: datetime, *, permanent: bool) -> Notice | None:
    """A sent letter came back. For good: its address counts as failing, so that nothing more is sent there.

    None where no such letter was sent, or where it is known already.
    """
    notice = session.scalar(sa.select(Notice).where(Notice.letter_id == letter_id, Notice.state == NoticeState.SENT))
    if notice is None:
        return None
    move(session, notice, NoticeState.BOUNCED, _BOUNCES, "it came back", now)
    notice.outcome = f"It came back: {why}"[:2000]
    if permanent:
        session.execute(
            sa.update(PersonAddress)
            .where(PersonAddress.address == notice.to_address, PersonAddress.failing_since.is_(None))
            .values(failing_since=now)
            .execution_options(synchronize_session="fetch")
        )
    session.flush()
    not_served(session, notice, _BOUNCES, now)
    return notice


def not_served(session: Session, notice: Notice, actor: Actor, now: datetime) -> None:
    """A letter ended without reaching anybody. Where it told of a decision that stands, its day is withdrawn and a case opened.

    A day that somebody wrote down since, of a letter by other post, stays. So does the day where a copy to the school came back.
    """
    found = _decision(session, notice)
    if found is None:
        return
    induction, told, owner = found
    to_ect = notice.to_person_id == notice.about_person_id
    sent_on = iso_date(notice.content["sent_on"])
    withdrawn = to_ect and told.notice_sent_on == sent_on
    if to_ect and not withdrawn:
        return
    if withdrawn:
        told.notice_sent_on = None
        session.flush()
        # What a server said may hold an address, so it stands with the letter and the case only.
        detail = {"changes": {"notice_sent_on": [sent_on.isoformat(), None]}, "why": "the letter did not arrive"}
        record(session, "notice_not_served", told, actor, now, detail=detail, induction_id=induction.id)
    whom = "to the ECT" if to_ect else "to the headteacher"
    cases.open_case(
        session,
        induction,
        CaseKind.NOTICE,
        summary=f"The written notice {whom} of the decision did not arrive: send it another way, and note the day",
        received_on=local_day(now),
        note=notice.outcome or "",
        owner=owner,
        actor=actor,
        now=now,
    )


def _decision(session: Session, notice: Notice) -> tuple[Induction, Induction | Extension, Account | None] | None:
    """The decision that a letter told of, while it stands, with who made it. None for every other letter."""
    identity = decision_of(notice)
    if identity is None:
        return None
    extension = session.get(Extension, identity, with_for_update={"key_share": True}, populate_existing=True)
    if extension is not None:
        made = session.scalar(
            sa.select(Event)
            .where(Event.induction_id == extension.induction_id, Event.kind == "induction_extended")
            .order_by(Event.happened_at.desc())
            .limit(1)
        )
        return extension.induction, extension, _maker(session, made)
    made = session.get(Event, identity)
    if made is None or made.induction_id is None:
        return None
    induction = session.get_one(Induction, made.induction_id, with_for_update={"key_share": True}, populate_existing=True)
    last = session.scalar(
        sa.select(Event.id)
        .where(Event.induction_id == induction.id, Event.kind.in_(DECIDED.values()))
        .order_by(Event.happened_at.desc())
        .limit(1)
    )
    if induction.outcome not in {Outcome.PASS, Outcome.FAIL} or last != identity:
        return None
    return induction, induction, _maker(session, made)


def _maker(session: Session, made: Event | None) -> Account | None:
    if made is None or made.actor_kind != "person":
        return None
    account = session.get(Account, uuid.UUID(made.actor_id))
    return account if account is not None and account.closed_at is None else None
