"""What people put right on a draft goes over to the draft of a new reading: nobody's work is lost by reading a paper again."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from records.events import Actor, record
from records.models.submissions import MatchCertainty, Submission, SubmissionValue

DIFFERS = "a person had put in “{before}”; the paper now reads “{now}”"


def carry_over(session: Session, before: Submission, submission: Submission, now: datetime) -> list[str]:
    """Take corrections, confirmations, the kind and the chosen ECT from one draft to another of the same paper.

    Returns the fields that were taken over. Where the new reading says something that neither the old one nor the person said,
    the person's value stays and somebody has to look at it.
    """
    new = {one.key: one for one in submission.values}
    carried = [old.key for old in before.values if _carry(session, old, new.get(old.key), submission)]
    if _kind_was_said(before):
        submission.kind, submission.kind_status, submission.kind_reason = before.kind, "clear", None
        carried.append("form_kind")
    if before.match is MatchCertainty.PERSON:
        submission.match, submission.match_reasons = before.match, list(before.match_reasons)
        submission.induction_id, submission.assessment_id = before.induction_id, before.assessment_id
    if before.assessment_said_by_id is not None and submission.induction_id == before.induction_id:
        submission.assessment_id, submission.assessment_said_by_id = before.assessment_id, before.assessment_said_by_id
    session.flush()
    session.refresh(submission, ["values", "induction", "assessment"])
    if carried:
        actor = Actor.machine("drafting")
        record(
            session, "corrections_kept", submission, actor, now, detail={"keys": carried}, induction_id=submission.induction_id
        )
    return carried


def _carry(session: Session, old: SubmissionValue, new: SubmissionValue | None, submission: Submission) -> bool:
    if old.confirmed_by_id is None and old.corrected_by_id is None:
        return False
    if new is None:
        if old.value is None:
            return False
        new = SubmissionValue(
            id=uuid.uuid4(),
            submission_id=submission.id,
            position=len(submission.values) + old.position,
            key=old.key,
            status="typed",
        )
        session.add(new)
    read = new.read_value
    new.value, new.corrected_by_id, new.corrected_at = old.value, old.corrected_by_id, old.corrected_at
    if read is None or read in {old.read_value, old.value}:
        new.confirmed_by_id = old.confirmed_by_id
    else:
        new.status, new.reason = "check", DIFFERS.format(before=old.value or "nothing", now=read)
    return True


def _kind_was_said(before: Submission) -> bool:
    """Whether a person saved the kind of form: the reader's own words on it are then gone or answered."""
    return before.kind is not None and before.kind_said_by_id is not None
