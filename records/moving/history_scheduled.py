"""What is expected of inductions that came in with a history: what lies ahead, never what was due before they came."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.events import Actor
from records.expectations import reschedule_some
from records.models.inductions import Assessment, Induction, Source
from records.values import local_day

BEFORE_IT_CAME = "due before the history came in from another system"
BATCH = 500
MOST_DAYS_APART = 45


def expect_from_now_on(session: Session, inductions: Iterable[uuid.UUID], actor: Actor, now: datetime) -> None:
    """Work out what is expected. Points that an imported assessment answers, or that are past, ask nobody for anything."""
    ids = list(inductions)
    reschedule_some(session, ids, actor, now)
    for start in range(0, len(ids), BATCH):
        loaded = session.scalars(
            sa.select(Induction)
            .where(Induction.id.in_(ids[start : start + BATCH]))
            .options(selectinload(Induction.assessments))
        )
        for induction in loaded:
            _leave_out_what_came(session, induction, local_day(now))
        session.flush()
    session.expire_all()


def _leave_out_what_came(session: Session, induction: Induction, today: date) -> None:
    came = [one for one in induction.assessments if one.accepted_at is not None]
    waiting = [one for one in induction.assessments if one.accepted_at is None and one.not_required is None]
    for one in waiting:
        answer = next((form for form in came if form.kind is one.kind and form.sequence is None and _same(form, one)), None)
        if answer is not None:
            # The imported form takes the place of the point that it answers.
            answer.sequence, answer.due_on = one.sequence, one.due_on
            session.delete(one)
        elif one.due_on is not None and one.due_on < today:
            one.not_required, one.source = BEFORE_IT_CAME, Source.IMPORT


def _same(form: Assessment, expected: Assessment) -> bool:
    """Whether a form's period ends within the time of an expected point."""
    if form.period_end is None or expected.due_on is None:
        return False
    begun = expected.period_start is None or form.period_end > expected.period_start
    return begun and abs((form.period_end - expected.due_on).days) <= MOST_DAYS_APART
