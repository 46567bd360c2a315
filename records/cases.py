"""Cases: opening them with their clock, giving them an owner and papers, and closing them with an outcome."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records import guidance as numbers
from records import working_days
from records.events import Actor, record
from records.guidance import STANDARD, Guidance
from records.holds import restricted
from records.models.accounts import Account
from records.models.cases import Case, CaseKind, CaseOutcome, CasePaper
from records.models.inductions import AssessmentKind, AssessmentPoint, Induction
from records.models.people import Membership, Role
from records.models.post import Attachment, PaperPart
from records.models.submissions import Submission
from records.states import NotAllowed
from records.values import Wrong, local_day
from records.working_days import Clock, Counting

OWNERS = (Role.ADMINISTRATOR, Role.ASSESSOR)
"""Whose work cases are."""


class Shown(StrEnum):
    OPEN = "open"
    MINE = "mine"
    CLOSED = "closed"


def clock_of(kind: CaseKind, received_on: date, recommended_on: date | None, guidance: Guidance = STANDARD) -> Clock:
    """By when a case must be seen to, counted from the day it came. Pure.

    Representations are heard before the decision, whose clock runs from the recommendation (`recommended_on`), not anew.
    """
    if kind is CaseKind.REPRESENTATION:
        return working_days.decision_due(recommended_on or received_on, guidance)
    if kind is CaseKind.APPEAL:
        return working_days.appeal_reply_due(received_on, guidance)
    if kind is CaseKind.NOTICE:
        soon = working_days.last_day(received_on, 1, Counting.AFTER, guidance.extra_holidays)
        return Clock("Another notice", soon, "the next working day: regulation 11(7) counts from the decision")
    days = guidance.dispute_days if kind is CaseKind.DISPUTE else guidance.concern_days
    last = working_days.last_day(received_on, days, Counting.AFTER, guidance.extra_holidays)
    return Clock("An answer", last, f"{days} working days, by this body’s own rule")


def open_case(
    session: Session,
    induction: Induction,
    kind: CaseKind,
    *,
    summary: str,
    received_on: date,
    actor: Actor,
    now: datetime,
    raised_by: str = "",
    note: str = "",
    owner: Account | None = None,
) -> Case:
    """Write down that something has come that somebody must see to. Without an owner it belongs to who opens it."""
    if actor.account_id is None and kind is not CaseKind.NOTICE:
        raise NotAllowed("only a person opens a case")
    if received_on > local_day(now):
        raise Wrong("The day on which it came must be today or in the past")
    clock = clock_of(kind, received_on, recommended_on(induction), numbers.of(session))
    case = Case(
        id=uuid.uuid4(),
        induction_id=induction.id,
        kind=kind,
        summary=_said(summary),
        note=note.strip() or None,
        raised_by=raised_by.strip() or None,
        received_on=received_on,
        due_on=clock.due_on,
        clock=clock.rule,
        owner_id=owner.id if owner else actor.account_id,
        opened_at=now,
    )
    session.add(case)
    session.flush()
    _note(session, case, "case_opened", {"kind": kind.value, "summary": case.summary}, actor, now)
    return case


def change(
    session: Session,
    case: Case,
    *,
    summary: str,
    note: str,
    owner: Account | None,
    due_on: date,
    why: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Correct a case, hand it on, or give it another day. Another day needs a reason. History keeps before and after."""
    _still_open(case)
    if due_on != case.due_on and not why.strip():
        raise Wrong("Say why it is due on another day")
    if due_on < case.received_on:
        raise Wrong("It cannot be due before it came")
    wanted: dict[str, object] = {
        "summary": _said(summary),
        "note": note.strip() or None,
        "owner_id": owner.id if owner else None,
        "due_on": due_on,
    }
    changes = {key: [_text(getattr(case, key)), _text(value)] for key, value in wanted.items() if getattr(case, key) != value}
    for key, value in wanted.items():
        setattr(case, key, value)
    if "due_on" in changes:
        case.clock = f"set by hand: {why.strip()}"[:200]
    session.flush()
    if changes:
        session.refresh(case, ["owner"])
        _note(session, case, "case_changed", {"changes": changes, "why": why.strip()}, actor, now)


def add_paper(session: Session, case: Case, attachment: Attachment, actor: Actor, now: datetime) -> None:
    """Put a document of the ECT with the case. Doing it twice changes nothing."""
    if attachment.id not in {one.id for one in papers_to_add(session, case)}:
        raise Wrong("Choose one of the ECT’s documents")
    session.add(CasePaper(id=uuid.uuid4(), case_id=case.id, attachment_id=attachment.id))
    session.flush()
    session.refresh(case, ["papers"])
    _note(session, case, "case_paper_added", {"attachment": str(attachment.id)}, actor, now)


def close(session: Session, case: Case, outcome: CaseOutcome, *, on: date, note: str, actor: Actor, now: datetime) -> None:
    """How it ended, and what was said."""
    _still_open(case)
    if on > local_day(now):
        raise Wrong("The day must be today or in the past")
    if on < case.received_on:
        raise Wrong("It cannot have ended before it came")
    if not note.strip():
        raise Wrong("Say in a sentence how it ended")
    case.outcome, case.closed_on, case.outcome_note = outcome, on, note.strip()
    session.flush()
    _note(session, case, "case_closed", {"outcome": outcome.value, "on": on.isoformat(), "note": note.strip()}, actor, now)


def reopen(session: Session, case: Case, why: str, actor: Actor, now: datetime) -> None:
    """It was not over."""
    if case.closed_on is None:
        raise Wrong("The case is open")
    if not why.strip():
        raise Wrong("Say why it is opened again")
    before = {"outcome": [case.outcome.value if case.outcome else None, None], "closed_on": [case.closed_on.isoformat(), None]}
    case.outcome = case.closed_on = case.outcome_note = None
    session.flush()
    _note(session, case, "case_reopened", {"changes": before, "why": why.strip()}, actor, now)


def of_induction(session: Session, induction: Induction) -> Sequence[Case]:
    """Every case of an ECT, what is open first."""
    return session.scalars(
        sa.select(Case)
        .where(Case.induction_id == induction.id)
        .options(selectinload(Case.owner).selectinload(Account.person))
        .order_by(Case.closed_on.is_not(None), Case.due_on, Case.id)
    ).all()


def open_cases(session: Session, induction: Induction) -> list[Case]:
    return [case for case in of_induction(session, induction) if case.closed_on is None]


def listed(session: Session, shown: Shown, account_id: uuid.UUID | None) -> Sequence[Case]:
    """Cases for the list: what is due first at the top, of what is closed the latest. Data that may only be stored stays out."""
    chosen = (
        sa.select(Case)
        .where(~restricted(Case.induction_id))
        .options(
            selectinload(Case.induction).selectinload(Induction.person),
            selectinload(Case.owner).selectinload(Account.person),
        )
    )
    if shown is Shown.CLOSED:
        return session.scalars(chosen.where(Case.closed_on.is_not(None)).order_by(Case.closed_on.desc(), Case.id)).all()
    chosen = chosen.where(Case.closed_on.is_(None)).order_by(Case.due_on, Case.id)
    if shown is Shown.MINE:
        chosen = chosen.where(Case.owner_id == account_id)
    return session.scalars(chosen).all()


def owners(session: Session, today: date) -> Sequence[Account]:
    """Who may own a case."""
    return session.scalars(
        sa.select(Account)
        .join(Membership, Membership.person_id == Account.person_id)
        .where(
            Account.closed_at.is_(None),
            Membership.school_id.is_(None),
            Membership.role.in_(OWNERS),
            sa.or_(Membership.since.is_(None), Membership.since <= today),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
        )
        .options(selectinload(Account.person))
        .order_by(Account.user_name)
        .distinct()
    ).all()


def papers_to_add(session: Session, case: Case) -> Sequence[Attachment]:
    """Documents and forms of the ECT that are not with the case yet."""
    forms = (
        sa.select(PaperPart.attachment_id)
        .join(Submission, Submission.paper_id == PaperPart.paper_id)
        .where(Submission.induction_id == case.induction_id)
    )
    held = sa.select(CasePaper.attachment_id).where(CasePaper.case_id == case.id)
    return session.scalars(
        sa.select(Attachment)
        .where(
            sa.or_(Attachment.filed_for_id == case.induction_id, Attachment.id.in_(forms)),
            Attachment.id.not_in(held),
        )
        .order_by(Attachment.name, Attachment.id)
    ).all()


def recommended_on(induction: Induction) -> date | None:
    """When the head's recommendation came: with the final assessment."""
    found = [
        one.received_on
        for one in induction.assessments
        if one.kind is AssessmentKind.FORMAL_ASSESSMENT and one.point is AssessmentPoint.FINAL and one.accepted_at
    ]
    return max((day for day in found if day), default=None)


def _said(summary: str) -> str:
    text = " ".join(summary.split())
    if not text:
        raise Wrong("Say in a line what it is about")
    if len(text) > 300:
        raise Wrong("Use 300 characters or fewer")
    return text


def _still_open(case: Case) -> None:
    if case.closed_on is not None:
        raise Wrong("The case is closed: open it again first")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _note(session: Session, case: Case, kind: str, detail: dict[str, object], actor: Actor, now: datetime) -> None:
    record(session, kind, case, actor, now, detail=detail, induction_id=case.induction_id)
