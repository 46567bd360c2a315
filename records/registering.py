"""Registrations: taking the facts of a form into the record, and correcting them when the form is decided anew."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import schools
from records.events import Actor, record
from records.expectations import reschedule
from records.inductions import open_induction, start_induction
from records.models.inductions import Induction, Source
from records.models.people import Membership, Person, Role
from records.models.schools import School
from records.models.submissions import Submission
from records.people import add_address, find_by_trn, register_person
from records.values import Wrong, name_key
from records.waiting import match_waiting

Values = dict[str, str | None]


def register(session: Session, submission: Submission, values: Values, actor: Actor, now: datetime) -> None:
    """Start the induction that a form registers. Raises `Wrong` while something is missing."""
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
    match_waiting(session, person)


def known_school(session: Session, values: Values) -> School | None:
    """The known school that a form names, by URN or by its exact name."""
    urn, name = values.get("school_urn"), values.get("school_name")
    known = session.scalar(sa.select(School).where(School.urn == urn)) if urn else None
    return known or (schools.by_name(session, name) if name else None)


def is_own(submission: Submission) -> bool:
    """Whether the submission is the registration that started the induction which it belongs to."""
    induction = submission.induction
    return submission.kind == "registration" and induction is not None and induction.source_submission_id == submission.id


def register_again(session: Session, submission: Submission, values: Values, actor: Actor, now: datetime) -> None:
    """A registration that was reopened and corrected corrects what it had stated. Before and after stay in the history.

    Raises `Wrong` once an assessment was accepted on it: then the facts are corrected on the ECT's own pages.
    """
    induction = submission.induction
    assert induction is not None
    school = known_school(session, values)
    starts_on, trn = _day(values.get("induction_start")), values.get("trn")
    if school is None or starts_on is None or trn is None:
        raise Wrong("The school, the TRN and the start of induction are needed to register an ECT")
    other = find_by_trn(session, trn)
    if other is not None and other.id != induction.person_id:
        raise Wrong("The TRN belongs to somebody else who is on record already: correct it, or choose that ECT by hand")
    before = _facts(session, induction)
    first, last = _two_names(values)
    wanted: dict[str, Any] = {
        "first_name": first,
        "last_name": last,
        "trn": trn,
        "date_of_birth": _day(values.get("date_of_birth")) or before["date_of_birth"],
        "qts_on": _day(values.get("qts_date")) or before["qts_on"],
        "starts_on": starts_on,
        "fte": _amount(values.get("fte")) or before["fte"],
        "school": school.name,
    }
    changed = {key: [_text(before[key]), _text(value)] for key, value in wanted.items() if before[key] != value}
    if not changed:
        return
    if any(one.accepted_at is not None for one in induction.assessments) or len(induction.posts) != 1:
        raise Wrong("The induction has gone on since it was registered: correct its facts on the page of the ECT")
    _correct_person(induction.person, wanted)
    _correct_induction(session, induction, school, wanted)
    record(session, "registration_corrected", induction, actor, now, detail={"changes": changed}, induction_id=induction.id)
    reschedule(session, induction, actor, now)
    match_waiting(session, induction.person)


def _facts(session: Session, induction: Induction) -> dict[str, Any]:
    session.refresh(induction, ["posts", "periods", "assessments"])
    person, post = induction.person, induction.posts[0]
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "trn": person.trn,
        "date_of_birth": person.date_of_birth,
        "qts_on": person.qts_on,
        "starts_on": induction.starts_on,
        "fte": post.spells[0].fte,
        "school": post.school.name,
    }


def _correct_person(person: Person, wanted: dict[str, Any]) -> None:
    """A name that was never theirs is no former name."""
    person.first_name, person.last_name = wanted["first_name"], wanted["last_name"]
    person.first_key, person.last_key = name_key(person.first_name), name_key(person.last_name)
    person.trn, person.date_of_birth, person.qts_on = wanted["trn"], wanted["date_of_birth"], wanted["qts_on"]


def _correct_induction(session: Session, induction: Induction, school: School, wanted: dict[str, Any]) -> None:
    post = induction.posts[0]
    membership = session.scalar(
        sa.select(Membership).where(
            Membership.person_id == induction.person_id,
            Membership.role == Role.ECT,
            Membership.school_id == post.school_id,
            Membership.since == post.starts_on,
        )
    )
    if membership is not None:
        membership.school_id, membership.since = school.id, wanted["starts_on"]
    if post.school_id != school.id:
        # The tutor belonged to the school that was taken for theirs.
        post.school_id, post.tutor_id = school.id, None
    induction.starts_on = post.starts_on = post.spells[0].starts_on = wanted["starts_on"]
    post.spells[0].fte = wanted["fte"]
    for period in induction.periods:
        if period.source_submission_id == induction.source_submission_id:
            period.starts_on = wanted["starts_on"]
    session.flush()
    session.refresh(post, ["school", "tutor"])


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


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
