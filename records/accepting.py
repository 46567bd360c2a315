"""Taking an accepted form into the record: one function for each kind of form. Called by `decisions.accept` alone."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import changes
from records.events import Actor, record
from records.expectations import reschedule
from records.fields import ASSESSMENT_KINDS
from records.inductions import concluded, expect
from records.models.inductions import (
    Assessment,
    AssessmentKind,
    AssessmentPoint,
    Induction,
    SignOff,
    SignOffHow,
    Source,
)
from records.models.post import Attachment, PaperPart
from records.models.submissions import Submission
from records.registering import is_own, register, register_again
from records.values import Wrong, local_day

LATE = "late_form"
"""As what a form is filed that came after the outcome."""
_SIGNATURES = {"ect": "ect_signed", "induction_tutor": "tutor_signed", "headteacher": "head_signed"}


def into_record(session: Session, submission: Submission, actor: Actor, now: datetime) -> Assessment | None:
    """State the facts of the form. Returns the assessment it completed."""
    values = {one.key: one.value for one in submission.values}
    if submission.kind == "registration" and submission.induction is None:
        register(session, submission, values, actor, now)
        changes.who_else(session, submission, values, actor, now)
        return None
    if submission.induction is None:
        raise Wrong("Choose the ECT it belongs to")
    if concluded(submission.induction):
        _file(session, submission, LATE)
        record(session, "late_form_filed", submission, actor, now, induction_id=submission.induction_id)
        return None
    if submission.kind == "registration" and is_own(submission):
        register_again(session, submission, values, actor, now)
        return None
    if submission.kind in ASSESSMENT_KINDS:
        return _complete(session, submission, submission.induction, values, actor, now)
    if submission.kind == "change_of_details":
        changes.change_details(session, submission, values, actor, now)
    elif submission.kind == "leaver_notice":
        changes.leave(session, submission, values, actor, now)
    _file(session, submission, submission.kind)
    return None


def _complete(
    session: Session, submission: Submission, induction: Induction, values: dict[str, str | None], actor: Actor, now: datetime
) -> Assessment:
    kind = AssessmentKind(str(submission.kind))
    written_point = values.get("assessment_point")
    point = AssessmentPoint(written_point) if written_point else None
    assessment = submission.assessment or expect(
        session, induction, kind, due_on=None, point=point, now=now, source=Source.PAPER
    )
    if submission.assessment is not None:
        assessment.before = _what_stands(assessment)
    assessment.accepted_at, assessment.accepted_submission_id = now, submission.id
    assessment.received_on = local_day(submission.received_at)
    assessment.period_start = _day(values.get("period_start")) or assessment.period_start
    assessment.period_end = _day(values.get("period_end")) or assessment.period_end
    assessment.terms_completed = _amount(values.get("terms_completed"))
    assessment.days_served = _amount(values.get("days_served"))
    assessment.days_absent = _amount(values.get("days_absent"))
    assessment.on_track = {"true": True, "false": False}.get(values.get("on_track") or "")
    assessment.judgement = values.get("judgement")
    assessment.values = {key: value for key, value in values.items() if value is not None}
    assessment.source, assessment.source_submission_id = Source.PAPER, submission.id
    submission.assessment_id = assessment.id
    session.flush()
    _sign_off(session, assessment, values)
    record(session, "assessment_accepted", assessment, actor, now, detail={"kind": kind.value}, induction_id=induction.id)
    return assessment


def out_of_record(session: Session, submission: Submission, actor: Actor, now: datetime) -> None:
    """Take back what an accepted form stated, after it was reopened and decided otherwise. History keeps that it was so.

    What was expected before stands there again; an assessment that only this form brought goes.
    """
    for assessment in session.scalars(sa.select(Assessment).where(Assessment.accepted_submission_id == submission.id)).all():
        session.execute(sa.delete(SignOff).where(SignOff.assessment_id == assessment.id))
        induction = assessment.induction
        if assessment.before is None:
            submission.assessment_id = None
            session.flush()
            session.delete(assessment)
        else:
            _put_back(assessment, assessment.before)
        session.flush()
        session.refresh(submission, ["assessment"])
        reschedule(session, induction, actor, now)
    for attachment in _files_of(session, submission):
        if attachment.filed_as in {submission.kind, LATE}:
            attachment.filed_as = attachment.filed_for_id = None
    session.flush()


def _what_stands(assessment: Assessment) -> dict[str, str | None]:
    spoken = {"period_start": assessment.period_start, "period_end": assessment.period_end}
    source_id = assessment.source_submission_id
    return {
        **{key: day.isoformat() if day else None for key, day in spoken.items()},
        "source": assessment.source.value,
        "source_submission_id": str(source_id) if source_id else None,
    }


def _put_back(assessment: Assessment, before: dict[str, str | None]) -> None:
    source_id = before["source_submission_id"]
    assessment.accepted_at = assessment.accepted_submission_id = assessment.received_on = None
    assessment.terms_completed = assessment.days_served = assessment.days_absent = None
    assessment.on_track = assessment.judgement = assessment.before = None
    assessment.values = {}
    assessment.period_start, assessment.period_end = _day(before["period_start"]), _day(before["period_end"])
    assessment.source = Source(str(before["source"]))
    assessment.source_submission_id = uuid.UUID(source_id) if source_id else None


def _sign_off(session: Session, assessment: Assessment, values: dict[str, str | None]) -> None:
    """A typed name is a typed sign-off; a date without a name means that somebody signed by hand."""
    session.execute(sa.delete(SignOff).where(SignOff.assessment_id == assessment.id))
    for role, prefix in _SIGNATURES.items():
        name, signed_on = values.get(f"{prefix}_name"), _day(values.get(f"{prefix}_on"))
        if name or signed_on:
            how = SignOffHow.TYPED if name else SignOffHow.SIGNED
            session.add(
                SignOff(id=uuid.uuid4(), assessment_id=assessment.id, role=role, how=how, name=name, signed_on=signed_on)
            )
    session.flush()


def _file(session: Session, submission: Submission, filed_as: str | None) -> None:
    """A form that completes nothing is filed with the ECT."""
    for attachment in _files_of(session, submission):
        attachment.filed_as, attachment.filed_for_id = filed_as, submission.induction_id
    session.flush()


def _files_of(session: Session, submission: Submission) -> list[Attachment]:
    return list(
        session.scalars(
            sa.select(Attachment)
            .join(PaperPart, PaperPart.attachment_id == Attachment.id)
            .where(PaperPart.paper_id == submission.paper_id)
        )
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _amount(text: str | None) -> Decimal | None:
    """Kept to three decimals, as the record stores amounts."""
    return Decimal(text).quantize(Decimal("0.001")) if text else None
