"""Drafts: from what a paper said to a row in front of a person, matched and compared. Deciding is in `decisions`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.carrying import carry_over
from records.communications import link_message
from records.events import Actor, record
from records.fields import ASSESSMENT_KINDS
from records.matching import match_assessment, match_person
from records.models.inductions import Induction
from records.models.post import Attachment, Paper, PaperPart
from records.models.submissions import MatchCertainty, Submission, SubmissionValue
from records.states import SubmissionState, move
from records.values import local_day

CHOSEN = "A person chose this ECT"

OPEN = (SubmissionState.IN_REVIEW, SubmissionState.RETURNED)


@dataclass(frozen=True, slots=True)
class DraftValue:
    """One value as the paper said it, in the record's written form."""

    key: str
    value: str | None
    raw: str | None
    status: str
    reason: str | None = None
    evidence: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a paper said, in the record's words."""

    kind: str | None
    kind_status: str
    values: tuple[DraftValue, ...]
    kind_reason: str | None = None
    blank: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that a corrected form gives otherwise than the one before."""

    key: str
    before: str | None
    after: str | None


def draft(session: Session, paper: Paper, content: Draft, *, received_at: datetime, now: datetime) -> Submission:
    """Put a paper's draft in front of a person: matched to an ECT and an assessment, and linked to what it corrects."""
    submission = Submission(
        id=uuid.uuid4(),
        paper_id=paper.id,
        message_id=paper.message_id,
        received_at=received_at,
        kind=content.kind,
        kind_status=content.kind_status,
        kind_reason=content.kind_reason,
        blank=content.blank,
        warnings=list(content.warnings),
        state_since=now,
    )
    session.add(submission)
    session.flush()
    for position, one in enumerate(content.values):
        session.add(
            SubmissionValue(
                id=uuid.uuid4(),
                submission_id=submission.id,
                position=position,
                key=one.key,
                read_value=one.value,
                raw=one.raw,
                status=one.status,
                reason=one.reason,
                evidence=list(one.evidence),
                value=one.value,
            )
        )
    session.flush()
    rematch(session, submission)
    record(
        session,
        "submission_drafted",
        submission,
        Actor.machine("drafting"),
        now,
        detail={"kind": content.kind, "match": submission.match.value},
        induction_id=submission.induction_id,
    )
    return submission


def redraft(session: Session, before: Submission, paper: Paper, content: Draft, *, now: datetime) -> Submission:
    """A new reading of a paper takes the place of the draft of an older reading, with what people have put right in that.

    A draft that nobody decided on is superseded. A decided one stays as it is, and the new one is linked as its correction.
    """
    received_at = before.received_at
    if before.state in OPEN:
        move(session, before, SubmissionState.SUPERSEDED, Actor.machine("drafting"), "the paper was read again", now)
    submission = draft(session, paper, content, received_at=received_at, now=now)
    submission.replaces_id = before.id
    session.flush()
    if carry_over(session, before, submission, now):
        rematch(session, submission)
    return submission


def current_of(session: Session, attachment: Attachment, number: int | None = None) -> list[Submission]:
    """The drafts that count of an attachment's papers (not superseded), or of its `number`th paper only."""
    chosen = (
        sa.select(Submission)
        .join(Paper, Submission.paper_id == Paper.id)
        .join(PaperPart, PaperPart.paper_id == Paper.id)
        .where(PaperPart.attachment_id == attachment.id, Submission.state != SubmissionState.SUPERSEDED)
        .order_by(Paper.number)
    )
    if number is not None:
        chosen = chosen.where(Paper.number == number)
    return list(session.scalars(chosen).unique())


def values_of(submission: Submission) -> dict[str, str | None]:
    """What counts now, by key."""
    return {one.key: one.value for one in submission.values}


def rematch(session: Session, submission: Submission) -> None:
    """Match anew after a value changed, unless a person has chosen the ECT, or the form itself made the ECT's record."""
    session.refresh(submission, ["values"])
    values = values_of(submission)
    made_it = submission.induction is not None and submission.induction.source_submission_id == submission.id
    if submission.match is MatchCertainty.PERSON:
        submission.match_reasons = [CHOSEN]
    elif not made_it:
        found = match_person(session, values)
        submission.match = found.certainty
        submission.match_reasons = list(found.reasons)
        now = found.induction.id if found.induction else None
        if submission.induction_id != now:
            submission.induction_id, submission.assessment_said_by_id = now, None
        session.flush()
        session.refresh(submission, ["induction"])
    settle_assessment(session, submission, values)


def match_again(session: Session, submission: Submission) -> None:
    """Match anew where what was found may be no longer so.

    The ECT may have come on record since, the assessment may not be due any more, or one may have become due that was not.
    """
    if submission.match is MatchCertainty.NONE or (submission.assessment_said_by_id is None and _unplaced(submission)):
        rematch(session, submission)


def _unplaced(submission: Submission) -> bool:
    if submission.assessment is None:
        return submission.kind in ASSESSMENT_KINDS
    return submission.assessment.not_required is not None


def settle_assessment(session: Session, submission: Submission, values: Mapping[str, str | None]) -> None:
    """Find the predecessor for the ECT the submission has now, and the expected assessment unless a person chose it."""
    if submission.assessment_said_by_id is None:
        submission.assessment_id = None
    if submission.induction is not None:
        link_message(session, submission.message_id, submission.induction.person_id)
    if submission.induction is not None and submission.assessment_said_by_id is None:
        assessment, reason = match_assessment(
            session, submission.induction, values, submission.kind, local_day(submission.received_at)
        )
        submission.assessment_id = assessment.id if assessment else None
        submission.match_reasons = [*submission.match_reasons, reason]
    predecessor = _predecessor(session, submission)
    if predecessor is not None:
        submission.replaces_id = predecessor.id
    elif not _read_from_the_same_file(session, submission):
        # What an earlier match took for its predecessor may be somebody else's form.
        submission.replaces_id = None
    session.flush()
    session.refresh(submission, ["assessment"])


def _predecessor(session: Session, submission: Submission) -> Submission | None:
    """The latest earlier form for the same assessment that still counts."""
    if submission.induction_id is None or submission.kind not in ASSESSMENT_KINDS:
        return None
    return session.scalar(
        sa.select(Submission)
        .where(
            Submission.id != submission.id,
            Submission.induction_id == submission.induction_id,
            Submission.kind == submission.kind,
            Submission.assessment_id == submission.assessment_id
            if submission.assessment_id
            else Submission.assessment_id.is_(None),
            Submission.state.in_([SubmissionState.IN_REVIEW, SubmissionState.RETURNED, SubmissionState.ACCEPTED]),
            Submission.received_at <= submission.received_at,
            Submission.blank.is_(False),
            # Of two forms in one letter the later one replaces the earlier one, never each the other.
            Submission.replaces_id.is_distinct_from(submission.id),
        )
        .order_by(Submission.received_at.desc())
        .limit(1)
    )


def _read_from_the_same_file(session: Session, submission: Submission) -> bool:
    """Whether what it replaces is an older reading of its own paper: that stays so, whoever the paper is about."""
    before = session.get(Submission, submission.replaces_id) if submission.replaces_id else None
    if before is None or before.paper is None or submission.paper is None:
        return False
    files = {part.attachment_id for part in submission.paper.parts}
    return before.paper.replaced_at is not None and any(part.attachment_id in files for part in before.paper.parts)


def differences(session: Session, submission: Submission) -> list[Difference]:
    """What the submission says otherwise than the one it replaces, in the order of its own values."""
    if submission.replaces_id is None:
        return []
    before = session.get(Submission, submission.replaces_id)
    old = values_of(before) if before else {}
    new = values_of(submission)
    keys = [*new, *(key for key in old if key not in new)]
    return [Difference(key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def of_induction(session: Session, induction: Induction) -> list[Submission]:
    """Every submission of an ECT, newest first."""
    return list(
        session.scalars(
            sa.select(Submission).where(Submission.induction_id == induction.id).order_by(Submission.received_at.desc())
        )
    )
