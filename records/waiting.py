"""Forms that came before the ECT whom they are about was on record."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.people import Person
from records.models.submissions import MatchCertainty, Submission, SubmissionValue
from records.submissions import OPEN, rematch


def match_waiting(session: Session, person: Person) -> None:
    """Match the undecided forms that fitted nobody and name this person's TRN or date of birth.

    To be called when a person has come on record with an induction, or what they are known by has changed.
    """
    known = {"trn": person.trn, "date_of_birth": person.date_of_birth and person.date_of_birth.isoformat()}
    named = [sa.and_(SubmissionValue.key == key, SubmissionValue.value == value) for key, value in known.items() if value]
    if not named:
        return
    waiting = sa.select(Submission).where(
        Submission.state.in_(OPEN),
        Submission.match == MatchCertainty.NONE,
        sa.exists().where(SubmissionValue.submission_id == Submission.id, sa.or_(*named)),
    )
    for submission in session.scalars(waiting.order_by(Submission.received_at)).all():
        rematch(session, submission)
