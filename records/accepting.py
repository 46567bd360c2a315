"""Taking an accepted form into the record: one function for each kind of form. Called by `decisions.accept` alone."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import schools
from records.events import Actor, record
from records.expectations import reschedule
from records.fields import ASSESSMENT_KINDS
from records.inductions import expect, open_induction, start_induction
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
from records.models.schools import School
from records.models.submissions import Submission
from records.people import add_address, find_by_trn, register_person
from records.values import Wrong, local_day

_SIGNATURES = {"ect": "ect_signed", "induction_tutor": "tutor_signed", "headteacher": "head_signed"}


def into_record(session: Session, submission: Submission, actor: Actor, now: datetime) -> Assessment | None:
    """State the facts of the form. Returns the assessment it completed."""
    values = {one.key: one.value for one in submission.values}
    if submission.kind == "registration" and submission.induction is None:
        _register(session, submission, values, actor, now)
        return None
    if submission.induction is None:
        raise Wrong("Choose the ECT it belongs to")
    if submission.kind in ASSESSMENT_KINDS:
        return _complete(session, submission, submission.induction, values, actor, now)
    _file(session, submission)
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


def out_of_record(session: Session, submission: Submission) -> None:
    """Take back what an accepted form stated, after it was reopened and decided otherwise. History keeps that it was so."""
    for assessment in session.scalars(sa.select(Assessment).where(Assessment.accepted_submission_id == submission.id)):
        assessment.accepted_at = assessment.accepted_submission_id = assessment.received_on = None
        assessment.terms_completed = assessment.days_served = assessment.days_absent = None
        assessment.on_track = assessment.judgement = None
        assessment.values = {}
        session.execute(sa.delete(SignOff).where(SignOff.assessment_id == assessment.id))
    if submission.kind not in ASSESSMENT_KINDS:
        for attachment in _files_of(session, submission):
            if attachment.filed_as == submission.kind:
                attachment.filed_as = attachment.filed_for_id = None
    session.flush()


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


def _register(session: Session, submission: Submission, values: dict[str, str | None], actor: Actor, now: datetime) -> None:
    school = known_school(session, values)
    starts_on, trn = _day(values.get("induction_start")), values.get("trn")
    if school is None or starts_on is None or trn is None:
        raise Wrong("The school, the TRN and the start of induction are needed to register an ECT")
    first, last = _two_names(values)
    person = find_by_trn(session, trn) or register_person(
        session, first_name=first, last_name=last, trn=trn, date_of_birth=_day(values.get("date_of_birth")), now=now
    )
    if open_induction(session, person):
        raise Wrong("This person has an open induction already")
    person.qts_on = _day(values.get("qts_date")) or person.qts_on
    if values.get("ect_email") and values["ect_email"] not in {row.address for row in person.addresses}:
        add_address(session, person, str(values["ect_email"]), now)
    induction = start_induction(
        session,
        person,
        school,
        starts_on=starts_on,
        fte=_amount(values.get("fte")) or Decimal(1),
        actor=actor,
        now=now,
        source=Source.PAPER,
        submission_id=submission.id,
    )
    submission.induction_id = induction.id
    session.flush()
    session.refresh(submission, ["induction"])
    reschedule(session, induction, actor, now)


def known_school(session: Session, values: dict[str, str | None]) -> School | None:
    """The known school that a form names, by URN or by its exact name."""
    urn, name = values.get("school_urn"), values.get("school_name")
    known = session.scalar(sa.select(School).where(School.urn == urn)) if urn else None
    return known or (schools.by_name(session, name) if name else None)


def _file(session: Session, submission: Submission) -> None:
    """A form that completes nothing is filed with the ECT; its facts are entered by a person."""
    for attachment in _files_of(session, submission):
        attachment.filed_as, attachment.filed_for_id = submission.kind, submission.induction_id
    session.flush()


def _files_of(session: Session, submission: Submission) -> list[Attachment]:
    return list(
        session.scalars(
            sa.select(Attachment)
            .join(PaperPart, PaperPart.attachment_id == Attachment.id)
            .where(PaperPart.paper_id == submission.paper_id)
        )
    )


def _two_names(values: dict[str, str | None]) -> tuple[str, str]:
    if values.get("ect_first_name") and values.get("ect_last_name"):
        return str(values["ect_first_name"]), str(values["ect_last_name"])
    words = (values.get("ect_name") or values.get("ect_last_name") or "").split()
    return " ".join(words[:-1]), words[-1] if words else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _amount(text: str | None) -> Decimal | None:
    """Kept to three decimals, as the record stores amounts."""
    return Decimal(text).quantize(Decimal("0.001")) if text else None
