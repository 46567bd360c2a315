"""What a change of details and a leaver notice state once a person has accepted them; and who else a registration names.

Only what the form says and the record does not know yet is written, so that accepting twice writes nothing twice. Taking the
acceptance back leaves these facts: they are corrected, with a reason, on the ECT's own pages.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import entries, facts, facts_beside
from records.entry_forms import FORMS, Entry
from records.events import Actor, record
from records.facts_beside import LISTS
from records.matching import known_names, names_agree, written_name
from records.models.inductions import Induction, Post, Source
from records.models.people import Membership, Person, PersonAddress, PersonName, Role
from records.models.schools import School
from records.models.submissions import Submission
from records.people import add_address, add_membership, holders, register_person
from records.registering import known_school
from records.values import Wrong, address_key, decimal_text, local_day, name_key

Values = Mapping[str, str | None]
WHY = {"change_of_details": "a change of details was accepted", "leaver_notice": "a leaver notice was accepted"}


def change_details(session: Session, submission: Submission, values: Values, actor: Actor, now: datetime) -> None:
    """A new name, address, tutor, date of QTS, or hours. Raises `Wrong` where the form names another school."""
    induction = _induction(submission)
    post = _post(session, induction, values, _from_day(submission, values))
    _name(session, submission, induction, values, actor, now)
    if values.get("qts_date"):
        _fact(session, submission, induction.person, "qts_on", str(values["qts_date"]), actor, now)
    _address(session, induction, values, actor, now)
    colleagues(session, submission, post, values, actor, now)
    _hours(session, submission, induction, post, values, actor, now)


def leave(session: Session, submission: Submission, values: Values, actor: Actor, now: datetime) -> None:
    """The post ends on the day of leaving, and an interim assessment is expected where the rules ask for one."""
    induction = _induction(submission)
    if not values.get("leaving_date"):
        raise Wrong("Enter: Leaving date")
    day = date.fromisoformat(str(values["leaving_date"]))
    post = _post(session, induction, values, day)
    if post.ends_on != day:
        written = {key: text or "" for key, text in entries.written_of(post).items()}
        entries.correct(session, induction, post, {**written, "ends_on": day.isoformat()}, WHY["leaver_notice"], actor, now)
    detail = {"leaving_date": day.isoformat(), "next_school": values.get("next_school") or ""}
    record(session, "leaver_accepted", submission, actor, now, detail=detail, induction_id=induction.id)


def who_else(session: Session, submission: Submission, values: Values, actor: Actor, now: datetime) -> None:
    """The former name, the tutor and the mentor that a registration names."""
    induction = _induction(submission)
    former = values.get("ect_former_name")
    if former and not names_agree(former, known_names(induction.person)):
        words = former if " " in former else f"{induction.person.first_name} {former}"
        session.add(PersonName(id=uuid.uuid4(), person_id=induction.person_id, full_name=words, name_key=name_key(words)))
        session.flush()
        session.refresh(induction.person, ["former_names"])
    for post in induction.posts:
        colleagues(session, submission, post, values, actor, now)


def colleagues(session: Session, submission: Submission, post: Post, values: Values, actor: Actor, now: datetime) -> None:
    """The induction tutor and the mentor of a post, as a form names them: known at the school by name, or new there."""
    for which, role in (("induction_tutor", Role.INDUCTION_TUTOR), ("mentor", Role.MENTOR)):
        name = values.get(f"{which}_name")
        if not name:
            continue
        present = post.tutor if role is Role.INDUCTION_TUTOR else post.mentor
        if present is not None and names_agree(name, known_names(present)):
            continue
        person = _colleague(session, post.school, role, name, values.get(f"{which}_email"), now)
        if role is Role.INDUCTION_TUTOR:
            post.tutor_id = person.id
        else:
            post.mentor_id = person.id
        session.flush()
        session.refresh(post, ["tutor", "mentor"])
        detail = {"fact": which, "before": present.full_name if present else None, "after": person.full_name}
        detail |= {"why": "an accepted form names them", "submission": str(submission.id)}
        record(session, "colleague_set", post, actor, now, detail=detail, induction_id=post.induction_id)


def _induction(submission: Submission) -> Induction:
    assert submission.induction is not None
    return submission.induction


def _from_day(submission: Submission, values: Values) -> date:
    """From when a change holds: the day on the form, else the day it came."""
    written = values.get("period_start")
    return date.fromisoformat(written) if written else local_day(submission.received_at)


def _post(session: Session, induction: Induction, values: Values, day: date) -> Post:
    """The post at the school that the form names; without a known school, the one that runs, the lead one first."""
    session.refresh(induction, ["posts"])
    running = [one for one in induction.posts if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)]
    if not running:
        raise Wrong("There is no post on that day: correct the day, or enter the post on the ECT’s page")
    school = known_school(session, dict(values))
    if school is None:
        return max(running, key=lambda one: (one.lead, one.starts_on))
    here = [one for one in running if one.school_id == school.id]
    if not here:
        message = f"The ECT has no post at {school.name} on that day: correct the school, or enter the post on the ECT’s page"
        raise Wrong(message)
    return here[0]


def _name(session: Session, submission: Submission, induction: Induction, values: Values, actor: Actor, now: datetime) -> None:
    """A name that contradicts every known one is a change of name; a shorter way of writing it is none."""
    written, person = written_name(values), induction.person
    if not written or names_agree(written, known_names(person)):
        return
    first, _space, last = written.rpartition(" ")
    before = person.full_name
    if values.get("ect_first_name") and values.get("ect_last_name"):
        first, last = str(values["ect_first_name"]), str(values["ect_last_name"])
    _fact(session, submission, person, "last_name", last, actor, now)
    _fact(session, submission, person, "first_name", first or person.first_name, actor, now)
    session.add(
        PersonName(
            id=uuid.uuid4(),
            person_id=person.id,
            full_name=before,
            name_key=name_key(before),
            until=_from_day(submission, values),
        )
    )
    session.flush()
    session.refresh(person, ["former_names"])


def _fact(session: Session, submission: Submission, person: Person, key: str, text: str, actor: Actor, now: datetime) -> None:
    why = WHY.get(submission.kind or "", "a form was accepted")
    facts.correct(session, person, key, text, why, actor, now, source=Source.PAPER, submission_id=submission.id)


def _address(session: Session, induction: Induction, values: Values, actor: Actor, now: datetime) -> None:
    address = values.get("ect_email")
    if not address or address_key(address) in {one.address for one in induction.person.addresses if one.until is None}:
        return
    facts_beside.add(session, induction, LISTS["address"], {"address": address, "kind": "work"}, actor, now)
    session.refresh(induction.person, ["addresses"])


def _hours(
    session: Session,
    submission: Submission,
    induction: Induction,
    post: Post,
    values: Values,
    actor: Actor,
    now: datetime,
) -> None:
    share = values.get("fte") or ("1" if values.get("working_pattern") == "full_time" else None)
    if share is None:
        return
    day, wanted = _from_day(submission, values), Decimal(share).quantize(Decimal("0.001"))
    begun = [spell for spell in post.spells if spell.starts_on <= day]
    present = max(begun, key=lambda spell: spell.starts_on) if begun else None
    if present is not None and present.fte == wanted:
        return
    written = {"starts_on": day.isoformat(), "fte": decimal_text(wanted)}
    if present is not None and present.starts_on == day:
        entries.correct(session, induction, present, written, WHY["change_of_details"], actor, now)
        row = present
    else:
        row = entries.add(session, induction, FORMS[Entry.HOURS], {"post": str(post.id), **written}, actor, now)  # type: ignore[assignment]  # hours give hours
    row.source, row.source_submission_id = Source.PAPER, submission.id
    session.flush()


def _colleague(session: Session, school: School, role: Role, name: str, address: str | None, now: datetime) -> Person:
    today = local_day(now)
    for known in holders(session, school, role, today):
        if names_agree(name, known_names(known)):
            return known
    person = _at_school_with(session, school, name, address) or _newcomer(session, name, address, now)
    add_membership(session, person, school, role, today)
    return person


def _at_school_with(session: Session, school: School, name: str, address: str | None) -> Person | None:
    """Somebody of the school who has the address and the name: the coordinator may be the tutor as well."""
    if not address:
        return None
    rows = session.scalars(
        sa.select(Person)
        .join(PersonAddress, PersonAddress.person_id == Person.id)
        .where(
            PersonAddress.address == address_key(address),
            Person.id.in_(sa.select(Membership.person_id).where(Membership.school_id == school.id)),
        )
    ).all()
    return rows[0] if len(rows) == 1 and names_agree(name, known_names(rows[0])) else None


def _newcomer(session: Session, name: str, address: str | None, now: datetime) -> Person:
    first, _space, last = name.strip().rpartition(" ")
    person = register_person(session, first_name=first, last_name=last, now=now)
    if address:
        add_address(session, person, address, now)
    return person
