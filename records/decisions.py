"""What a person does with a draft: correct, confirm, accept, send back, refuse, reopen. Only people come here."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from records import schools
from records.accepting import into_record, out_of_record
from records.events import Actor, record
from records.fields import BY_KEY, FORM_KINDS, REQUIRED
from records.inductions import concluded
from records.matching import conflicts, known_names, names_agree, written_name
from records.models.inductions import Assessment, Induction
from records.models.notices import Notice
from records.models.people import Role
from records.models.post import StoredMessage
from records.models.schools import School
from records.models.submissions import MatchCertainty, Submission, SubmissionValue
from records.notices import ask, initials
from records.people import current_address, current_post, find_by_trn, holders
from records.registering import is_own, known_school
from records.states import NotAllowed, SubmissionState, move
from records.submissions import CHOSEN, match_again, rematch, settle_assessment, values_of
from records.values import Wrong, local_day, spoken_date, written_form

REASONS: dict[str, str] = {
    "incomplete": "Some of the details on the form are missing",
    "not_signed": "The form is not signed by everyone who must sign it",
    "no_comments": "The ECT has not added their comments",
    "no_targets": "The targets for the next period are missing or too vague",
    "no_standards": "The evidence does not refer to the Teachers’ Standards",
    "not_copied": "The ECT or the induction tutor was not copied into the email",
    "wrong_details": "Some of the details do not agree with our record",
    "wrong_form": "This is not the form to use, or it is a version that is no longer in use",
    "unreadable": "We cannot read the copy that we received",
    "other": "Another reason, which we explain below",
}
"""Why a form is sent back, by code, in the words of the letter."""


def correct(
    session: Session, submission: Submission, key: str, written: str | None, actor: Actor, now: datetime
) -> SubmissionValue:
    """Write a value over what was read. Raises `values.Wrong` with words for the page. TRN, date of birth and names match anew."""
    _only_in_review(submission)
    field = BY_KEY[key]
    text = written_form(field.kind, written, field.choices)
    value = _value_of(session, submission, key)
    before = value.value
    value.value, value.corrected_by_id, value.corrected_at = text, actor.account_id, now
    value.confirmed_by_id = actor.account_id
    session.flush()
    record(
        session,
        "value_corrected",
        submission,
        actor,
        now,
        detail={"key": key, "before": before, "after": text},
        induction_id=submission.induction_id,
    )
    rematch(session, submission)
    return value


def correct_kind(session: Session, submission: Submission, kind: str, actor: Actor, now: datetime) -> None:
    """Say which kind of form it is."""
    _only_in_review(submission)
    if kind not in FORM_KINDS:
        raise Wrong("Choose one of the kinds of form")
    before, submission.kind, submission.kind_status = submission.kind, kind, "clear"
    submission.kind_said_by_id = actor.account_id
    submission.blank, submission.assessment_said_by_id = False, None
    record(session, "kind_corrected", submission, actor, now, detail={"before": before, "after": kind})
    rematch(session, submission)


def confirm(session: Session, submission: Submission, key: str, actor: Actor, now: datetime) -> None:
    """Say that a doubtful reading was looked at and is right."""
    _only_in_review(submission)
    _value_of(session, submission, key).confirmed_by_id = actor.account_id
    record(session, "value_confirmed", submission, actor, now, detail={"key": key}, induction_id=submission.induction_id)


def doubtful(submission: Submission) -> list[SubmissionValue]:
    """Readings that nobody has looked at yet although they are not sure."""
    return [one for one in submission.values if one.status == "check" and one.confirmed_by_id is None]


def assign(session: Session, submission: Submission, induction: Induction, actor: Actor, now: datetime) -> None:
    """A person says whose paper it is."""
    _only_in_review(submission)
    before = submission.induction_id
    submission.match, submission.induction_id = MatchCertainty.PERSON, induction.id
    submission.match_reasons, submission.assessment_said_by_id = [CHOSEN], None
    session.flush()
    session.refresh(submission, ["induction"])
    settle_assessment(session, submission, values_of(submission))
    record(
        session,
        "submission_assigned",
        submission,
        actor,
        now,
        detail={"before": str(before) if before else None, "after": str(induction.id)},
        induction_id=induction.id,
    )


def assign_assessment(
    session: Session, submission: Submission, assessment: Assessment | None, actor: Actor, now: datetime
) -> None:
    """A person says which expected assessment it answers; None adds a new one on acceptance."""
    _only_in_review(submission)
    if assessment is not None and assessment.induction_id != submission.induction_id:
        raise Wrong("That assessment belongs to somebody else")
    submission.assessment_id = assessment.id if assessment else None
    submission.assessment_said_by_id = actor.account_id
    session.flush()
    session.refresh(submission, ["assessment"])
    detail = {"assessment": str(assessment.id) if assessment else None}
    record(session, "assessment_chosen", submission, actor, now, detail=detail, induction_id=submission.induction_id)


def obstacles(session: Session, submission: Submission) -> list[str]:
    """Why the submission cannot be accepted yet, each in words. Empty: it can."""
    found = []
    if submission.kind is None:
        found.append("Say which kind of form it is")
    elif submission.kind_status != "clear":
        found.append("Look at: Kind of form. Save it, also where it is right")
    if submission.blank:
        found.append("The form is blank")
    registering = submission.kind == "registration" and submission.induction is None
    if submission.induction is None and not registering:
        found.append("Choose the ECT it belongs to")
    values = values_of(submission)
    late = comes_late(submission)
    missing = [] if late else [BY_KEY[key].title for key in REQUIRED.get(submission.kind or "", ()) if not values.get(key)]
    found += [f"Enter: {title}" for title in missing]
    if registering:
        found += _registration_obstacles(session, values)
    found += [f"Look at: {BY_KEY[one.key].title}" for one in doubtful(submission) if not late]
    # A registration that is decided anew may say otherwise than the record that it made.
    if submission.induction is not None and submission.match is not MatchCertainty.PERSON and not is_own(submission):
        found += _match_obstacles(submission, submission.induction, values)
    return found


def _match_obstacles(submission: Submission, induction: Induction, values: dict[str, str | None]) -> list[str]:
    clash = conflicts(values, induction)
    found = [
        f"{BY_KEY[key].title} does not agree: {words}. Correct it or choose the ECT by hand"
        for key, words in clash.items()
        if key in {"trn", "date_of_birth"}
    ]
    if submission.match is MatchCertainty.CONFLICT and not found:
        found.append("Confirm by hand which ECT it belongs to")
    return found


def comes_late(submission: Submission) -> bool:
    """Whether the induction was passed or failed before: accepting the form files it and changes nothing."""
    return submission.induction is not None and concluded(submission.induction)


def accept(session: Session, submission: Submission, actor: Actor, now: datetime) -> Assessment | None:
    """Take what the form says into the record. Raises `Wrong` while there are obstacles.

    What it replaces is superseded. Returns the assessment it completed, None for kinds that complete none.
    """
    in_the_way = obstacles(session, submission)
    if in_the_way:
        raise Wrong("; ".join(in_the_way))
    late = comes_late(submission)
    # A form that was reopened may be about somebody else now; what it stated before must not stay with the first ECT.
    out_of_record(session, submission, actor, now)
    assessment = into_record(session, submission, actor, now)
    decide(session, submission, SubmissionState.ACCEPTED, "accepted", actor, now)
    replaced = session.get(Submission, submission.replaces_id) if submission.replaces_id and not late else None
    if replaced is not None and replaced.state not in {SubmissionState.SUPERSEDED, SubmissionState.REJECTED}:
        move(session, replaced, SubmissionState.SUPERSEDED, actor, "a corrected form was accepted", now)
        out_of_record(session, replaced, actor, now)
    return assessment


def send_back(
    session: Session, submission: Submission, reasons: list[str], note: str, actor: Actor, now: datetime
) -> Notice | None:
    """Send the form back with reasons, and ask for the letter that says so.

    Returns the letter, None where nobody has a registered address to send it to; then a person must tell the school.
    """
    unknown = [code for code in reasons if code not in REASONS]
    if unknown or not reasons:
        raise Wrong("Choose at least one reason")
    if "other" in reasons and not note.strip():
        raise Wrong("Explain the other reason in the note")
    submission.decision_reasons, submission.decision_note = list(reasons), note.strip() or None
    decide(session, submission, SubmissionState.RETURNED, "; ".join(reasons), actor, now)
    out_of_record(session, submission, actor, now)
    to_address, school = _where_to_return(session, submission, now)
    if to_address is None:
        return None
    return ask(
        session,
        kind="sent_back",
        key=f"sent_back:{submission.id}:{submission.version}",
        to_address=to_address,
        now=now,
        content={
            "form": FORM_KINDS.get(submission.kind or "", "Form"),
            "initials": initials(written_name(values_of(submission))),
            "received_on": spoken_date(local_day(submission.received_at)),
            "reasons": [REASONS[code] for code in reasons],
            "note": note.strip(),
        },
        about_person_id=submission.induction.person_id if submission.induction else None,
        school_id=school.id if school else None,
        submission_id=submission.id,
        message_id=submission.message_id,
    )


def reject(session: Session, submission: Submission, note: str, actor: Actor, now: datetime) -> None:
    """It is not a valid form; it stays on file and nobody is told."""
    submission.decision_note = note.strip() or None
    decide(session, submission, SubmissionState.REJECTED, "not a valid form", actor, now)
    out_of_record(session, submission, actor, now)


def reopen(session: Session, submission: Submission, actor: Actor, now: datetime) -> None:
    """Take a decision back. The record keeps what was accepted until the form is decided anew.

    Raises `Wrong` where an outcome stands on what the form completed.
    """
    completed = submission.assessment is not None and submission.assessment.accepted_submission_id == submission.id
    if completed and comes_late(submission):
        raise Wrong("The induction has its outcome, which stands on this form: correct the outcome first")
    move(session, submission, SubmissionState.IN_REVIEW, actor, "reopened", now)
    submission.decided_at = submission.decided_by_id = None
    session.flush()


def open_for_review(session: Session, submission: Submission, actor: Actor, now: datetime) -> None:
    """Note who has the submission open: a soft claim that others see and may take over.

    What it was matched to may have changed since it came, so that is looked at once more.
    """
    submission.opened_by_id, submission.opened_at = actor.account_id, now
    session.flush()
    match_again(session, submission)


def decide(session: Session, submission: Submission, to: SubmissionState, why: str, actor: Actor, now: datetime) -> None:
    move(session, submission, to, actor, why, now)
    submission.decided_at, submission.decided_by_id = now, actor.account_id
    submission.opened_by_id = submission.opened_at = None
    session.flush()


def _only_in_review(submission: Submission) -> None:
    if submission.state is not SubmissionState.IN_REVIEW:
        raise NotAllowed("only a submission in review can be changed: reopen it first")


def _value_of(session: Session, submission: Submission, key: str) -> SubmissionValue:
    for value in submission.values:
        if value.key == key:
            return value
    value = SubmissionValue(
        id=uuid.uuid4(), submission_id=submission.id, position=len(submission.values), key=key, status="typed"
    )
    session.add(value)
    session.flush()
    session.refresh(submission, ["values"])
    return value


def _registration_obstacles(session: Session, values: dict[str, str | None]) -> list[str]:
    found = []
    if not written_name(values):
        found.append("Enter: Name of the ECT")
    if known_school(session, values) is None:
        found.append("The school is not known: register it first, or correct its name or URN")
    trn = values.get("trn")
    person = find_by_trn(session, trn) if trn else None
    if person is not None:
        born, name = values.get("date_of_birth"), written_name(values)
        other_day = born and person.date_of_birth and born != person.date_of_birth.isoformat()
        if other_day or (name and not names_agree(name, known_names(person))):
            found.append(f"The TRN is on the record of {person.full_name}, whose name or date of birth differs: correct it")
    return found


def _where_to_return(session: Session, submission: Submission, now: datetime) -> tuple[str | None, School | None]:
    """The sender if their address is registered for a school, else the coordinator, tutor or head on record."""
    message = session.get(StoredMessage, submission.message_id) if submission.message_id else None
    sender = _sender(message) if message is not None else None
    school = schools.school_of_address(session, sender, now) if sender else None
    if school is not None:
        return sender, school
    today = local_day(now)
    post = current_post(submission.induction, today) if submission.induction else None
    if post is None:
        return None, None
    people = [
        *holders(session, post.school, Role.INDUCTION_COORDINATOR, today),
        *([post.tutor] if post.tutor else []),
        *holders(session, post.school, Role.HEADTEACHER, today),
    ]
    addresses = [address for person in people if (address := current_address(person, today))]
    return (addresses[0], post.school) if addresses else (None, post.school)


def _sender(message: StoredMessage) -> str | None:
    """Whom to answer: the parsed From address, unless a machine wrote, or the sender's domain disowns the letter."""
    if message.automatic or message.authentication.get("verdict") == "failed":
        return None
    address = message.authentication.get("from") or message.envelope_from.strip("<> ")
    return str(address) or None
