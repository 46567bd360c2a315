"""The words that pages use for states, statuses and values. Tables only: what follows from a state is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from records.decisions import REASONS
from records.entry_forms import FORMS
from records.facts import INDUCTION_FACTS, PERSON_FACTS, SCHOOL_FACTS, words_of
from records.fields import BY_KEY, FORM_KINDS
from records.models.cases import CaseKind, CaseOutcome
from records.models.communications import CommunicationChannel, Direction, Visibility
from records.models.inductions import AssessmentKind, AssessmentPoint, Induction, Outcome
from records.models.interests import InterestKind
from records.models.people import Role
from records.models.post import AttachmentDecision, Channel
from records.papers import DOCUMENT_KINDS
from records.states import AttachmentState, MessageState, NoticeState, SubmissionState
from records.values import Kind, Wrong, iso_date, spoken_date


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with its colour: the class of a tag or of a value's status."""

    text: str
    look: str = ""


STATUS: dict[str, Mark] = {
    "clear": Mark("Read clearly", "clear"),
    "check": Mark("Check this", "check"),
    "missing": Mark("Not found", "missing"),
    "conflict": Mark("Conflicts with the record", "conflict"),
    "confirmed": Mark("Checked by a person", "person"),
    "corrected": Mark("Corrected by a person", "person"),
    "typed": Mark("Typed in by a person", "person"),
}
"""How sure a value is, in the four words of the reading and the three of people."""

MESSAGE: dict[MessageState, Mark] = {
    MessageState.RECEIVED: Mark("Waiting to be opened", "govuk-tag--grey"),
    MessageState.OPENING: Mark("Being opened", "govuk-tag--grey"),
    MessageState.OPENED: Mark("Opened", "govuk-tag--teal"),
    MessageState.UNOPENABLE: Mark("Could not be opened", "govuk-tag--red"),
}
ATTACHMENT: dict[AttachmentState, Mark] = {
    AttachmentState.WAITING: Mark("Waiting to be read", "govuk-tag--grey"),
    AttachmentState.READING: Mark("Being read", "govuk-tag--grey"),
    AttachmentState.READ: Mark("Read", "govuk-tag--teal"),
    AttachmentState.UNREADABLE: Mark("Could not be read", "govuk-tag--red"),
    AttachmentState.SET_ASIDE: Mark("Set aside", "govuk-tag--grey"),
}
SUBMISSION: dict[SubmissionState, Mark] = {
    SubmissionState.IN_REVIEW: Mark("To review", "govuk-tag--yellow"),
    SubmissionState.ACCEPTED: Mark("Accepted", "govuk-tag--green"),
    SubmissionState.RETURNED: Mark("Sent back", "govuk-tag--orange"),
    SubmissionState.REJECTED: Mark("Not a valid form", "govuk-tag--grey"),
    SubmissionState.SUPERSEDED: Mark("Replaced", "govuk-tag--grey"),
}
NOTICE: dict[NoticeState, Mark] = {
    NoticeState.ASKED: Mark("To be sent", "govuk-tag--grey"),
    NoticeState.SENDING: Mark("Being sent", "govuk-tag--grey"),
    NoticeState.SENT: Mark("Sent", "govuk-tag--green"),
    NoticeState.FAILED: Mark("Could not be sent", "govuk-tag--red"),
    NoticeState.WITHHELD: Mark("Held back", "govuk-tag--orange"),
    NoticeState.BOUNCED: Mark("Came back", "govuk-tag--red"),
}
STATES: dict[str, list[tuple[StrEnum, Mark]]] = {
    "message": list(MESSAGE.items()),
    "attachment": list(ATTACHMENT.items()),
    "submission": list(SUBMISSION.items()),
    "notice": list(NOTICE.items()),
}
"""The states of each table with their words, in the order of the status page."""
DECISION: dict[AttachmentDecision, str] = {
    AttachmentDecision.PAPER: "A paper",
    AttachmentDecision.BODY: "The letter itself",
    AttachmentDecision.SET_ASIDE: "Nothing to read",
    AttachmentDecision.CONTAINER: "Unpacked",
}
CHANNEL: dict[Channel, str] = {
    Channel.SMTP: "by email",
    Channel.MAILBOX: "from the mailbox",
    Channel.HISTORY: "with the history from another system",
    Channel.UPLOAD: "uploaded",
    Channel.FILE: "from a file",
}
ROLE: dict[Role, str] = {
    Role.ADMINISTRATOR: "Administrator",
    Role.ASSESSOR: "Assessor",
    Role.NAMED_CONTACT: "Named contact",
    Role.DATA_PROTECTION_OFFICER: "Data protection officer",
    Role.READ_ONLY: "Read only",
}
"""The roles that staff of the body have."""
PART: dict[Role, str] = {
    role: {Role.ECT: "ECT"}.get(role, role.value.replace("_", " ").capitalize()) for role in Role if role not in ROLE
}
"""The roles that people have at schools."""
ASSESSMENT: dict[AssessmentKind, str] = {kind: FORM_KINDS[kind.value] for kind in AssessmentKind}
POINT: dict[AssessmentPoint, str] = {point: point.value.capitalize() for point in AssessmentPoint}
OUTCOME: dict[Outcome, Mark] = {
    Outcome.PASS: Mark("Passed", "govuk-tag--green"),
    Outcome.FAIL: Mark("Failed", "govuk-tag--red"),
    Outcome.RELEASE: Mark("Left before completing", "govuk-tag--grey"),
}
COMMUNICATION: dict[tuple[CommunicationChannel, Direction], str] = {
    (CommunicationChannel.EMAIL, Direction.IN): "Email received",
    (CommunicationChannel.EMAIL, Direction.OUT): "Email sent",
    (CommunicationChannel.TELEPHONE, Direction.IN): "Telephone call received",
    (CommunicationChannel.TELEPHONE, Direction.OUT): "Telephone call made",
    (CommunicationChannel.POST, Direction.IN): "Letter received",
    (CommunicationChannel.POST, Direction.OUT): "Letter sent",
}
"""What happened, by way and direction; meetings and notes have no direction that matters."""
COMMUNICATION_ELSE: dict[CommunicationChannel, str] = {
    CommunicationChannel.EMAIL: "Email",
    CommunicationChannel.TELEPHONE: "Telephone call",
    CommunicationChannel.MEETING: "Meeting",
    CommunicationChannel.POST: "Letter",
    CommunicationChannel.NOTE: "Note",
}
VISIBILITY: dict[Visibility, str] = {
    Visibility.BODY: "Staff of the appropriate body",
    Visibility.NAMED_CONTACT: "Only the ECT’s named contact",
    Visibility.SCHOOL: "Staff, and people at the school",
    Visibility.ECT: "Staff, and the ECT",
}
INTEREST: dict[InterestKind, str] = {
    InterestKind.BODY_EMPLOYED: "The body employed the ECT",
    InterestKind.BODY_TRAINED: "The body trained the ECT",
    InterestKind.STAFF: "A member of staff",
}
CASE: dict[CaseKind, str] = {
    CaseKind.REPRESENTATION: "Representations",
    CaseKind.APPEAL: "Appeal",
    CaseKind.DISPUTE: "Dispute",
    CaseKind.CONCERN: "Concern",
    CaseKind.NOTICE: "Notice that did not arrive",
}
CASE_OUTCOME: dict[CaseOutcome, str] = {
    CaseOutcome.UPHELD: "Upheld",
    CaseOutcome.PARTLY_UPHELD: "Partly upheld",
    CaseOutcome.NOT_UPHELD: "Not upheld",
    CaseOutcome.WITHDRAWN: "Withdrawn",
    CaseOutcome.SETTLED: "Settled",
}
EVENT: dict[str, str] = {
    "communication_visibility_set": "Who may see a conversation was changed",
    "invited": "An invitation to sign in was sent",
    "second_factor_connected": "An authenticator app was connected",
    "second_factor_reset": "An authenticator app was taken away",
    "recovery_codes_made": "New recovery codes were made",
    "identity_connected": "An account at the sign-in provider was connected",
    "identity_disconnected": "An account at the sign-in provider was disconnected",
    "training_noted": "Training in data protection was noted",
    "interest_declared": "A conflict of interest was declared",
    "interest_ended": "A conflict of interest ended",
    "induction_started": "Induction registered",
    "submission_drafted": "A form was read",
    "submission_typed_in": "A form was typed in by hand",
    "submission_assigned": "A form was assigned to this ECT",
    "submission_in_review": "A decision was taken back",
    "submission_accepted": "A form was accepted",
    "submission_returned": "A form was sent back",
    "submission_rejected": "A form was marked as not valid",
    "submission_superseded": "A form was replaced by a later one",
    "assessment_accepted": "An assessment was completed",
    "late_form_filed": "A form that came after the outcome was filed",
    "registration_corrected": "The registration was corrected",
    "induction_pass": "The induction was passed",
    "induction_fail": "The induction was failed",
    "induction_released": "The ECT left before completing",
    "induction_extended": "The induction was extended",
    "hold_placed": "The record was put on hold",
    "hold_lifted": "The hold was lifted",
    **{
        f"{form.entry.value}_{done}": f"{form.title}: {told}"
        for form in FORMS.values()
        for done, told in (("entered", "entered"), ("corrected", "corrected"), ("withdrawn", "taken back"))
    },
    "outcome_taken_back": "The outcome was taken back",
    "extension_taken_back": "The extension was taken back",
    "notice_recorded": "The day of the written notice was noted",
    "notice_not_served": "The written notice did not arrive: its day counts no more",
    "case_opened": "A case was opened",
    "case_changed": "A case was changed",
    "case_paper_added": "A document was put with a case",
    "case_closed": "A case was closed",
    "case_reopened": "A case was opened again",
    "rescheduled": "What is expected was worked out anew",
    "notice_asked": "A letter was asked for",
    "assessment_chosen": "The assessment that a form answers was chosen",
    "value_corrected": "A value was corrected",
    "value_confirmed": "A value was confirmed",
    "kind_corrected": "The kind of form was corrected",
    "corrections_kept": "What people had put right went over to the new reading",
    "layout_learnt": "A form taught where its fields stand",
    "layout_forgotten": "What forms had taught was forgotten",
    "document_filed": "A document was filed",
    "communication_logged": "A conversation was noted",
    "tutor_set": "The induction tutor was changed by the school",
    "post_moved_to_successor": "The post moved to the school that took the place of one that closed",
    "role_moved_to_successor": "A role moved to the school that took the place of one that closed",
    "history_imported": "A history from another system was taken in",
    "ect_imported": "The record came in from another system",
    "papers_imported": "Papers came in from another system",
    "record_disclosed": "The record was handed over",
    "disclosure_offered": "A link to the record was made for somebody outside",
    "disclosure_withdrawn": "A link to the record was stopped",
    "transfer_taken_in": "The record came from another appropriate body",
    "fact_corrected": "A fact was corrected",
    "leaver_accepted": "The ECT leaves the school",
    "colleague_set": "A form named the tutor or the mentor",
    "colleague_corrected": "The induction tutor or the mentor was corrected",
    "fact_added": "A fact was added",
    "fact_removed": "A fact was taken out",
    "everything_exported": "Everything on record was written to files",
    "dfe_refused": "The DfE’s service sent a row back",
    "dfe_refusal_settled": "What the DfE sent back was dealt with",
    "schools_imported": "The register of schools was taken in",
}
"""History in words. A kind without a row is shown as its own name with spaces."""
CHANGED: dict[str, str] = {
    "trn": "TRN",
    "fte": "Full-time equivalent",
    "qts_on": "QTS awarded",
    **{asked.key: asked.title for form in FORMS.values() for asked in form.asked},
    "starts_on": "First day",
    "owner_id": "Owner",
    "notice_sent_on": "Written notice sent",
    "decided_on": "Decided",
    "completed_on": "Completed",
    "due_on": "Due",
}
"""Facts as a line of history names them; others by their own name."""
SENDER: dict[str, Mark] = {
    "verified": Mark("The address is the sender’s own", "clear"),
    "failed": Mark("Somebody else may have written under this address", "conflict"),
    "not known": Mark("Not known whether the address is the sender’s own", "missing"),
}
"""What the mail server that we trust found out about a sender, by the verdict of opening."""
MATCH: dict[str, Mark] = {
    "exact": Mark("Matches the record", "clear"),
    "conflict": Mark("Agrees only in part", "conflict"),
    "none": Mark("No ECT found", "check"),
    "person": Mark("Chosen by a person", "person"),
}
MACHINE = "the service"
"""Who acted where no person did."""


def form_title(kind: str | None, point: str | None = None) -> str:
    """What a form is called: "First formal assessment", "Progress review", "Paper of no known kind"."""
    name = FORM_KINDS.get(kind or "", "Paper of no known kind")
    return f"{point.capitalize()} {name[0].lower()}{name[1:]}" if point and kind == "formal_assessment" else name


def value_words(value: str | None, key: str) -> str:
    """A value as people read it: dates spelt out, choices and answers in words."""
    spec = BY_KEY.get(key)
    if value is None or spec is None:
        return value or ""
    if spec.kind is Kind.DATE:
        try:
            return spoken_date(iso_date(value))
        except Wrong:
            return value
    return dict(spec.choices).get(value, value)


FACTS = {**PERSON_FACTS, **INDUCTION_FACTS, **SCHOOL_FACTS}
"""What a correction in the history is about."""


def event_words(kind: str) -> str:
    return EVENT.get(kind) or kind.replace("_", " ").capitalize()


def event_detail(kind: str, detail: Mapping[str, Any]) -> str:
    """What changed, in one line: both the value before and the value after. Empty where the kind says it all."""
    if kind == "value_corrected":
        key = str(detail.get("key"))
        before, after = (value_words(detail.get(side), key) or "nothing" for side in ("before", "after"))
        return f"{field_title(key)}: “{before}” became “{after}”"
    if kind == "value_confirmed":
        return field_title(str(detail.get("key")))
    if kind == "kind_corrected":
        return f"“{form_title(detail.get('before'))}” became “{form_title(detail.get('after'))}”"
    if kind == "submission_returned":
        return ". ".join(REASONS.get(code, code) for code in str(detail.get("why", "")).split("; "))
    simple = _SIMPLE_DETAIL.get(kind)
    return simple(detail) if simple else ""


def _ending_words(detail: Mapping[str, Any]) -> str:
    """How an induction ended: the day, the terms, and the notice where there was one. Empty once it was erased."""
    said = []
    if detail.get("on"):
        said.append(f"on {spoken_date(iso_date(detail['on']))}")
    if detail.get("terms"):
        said.append(f"{detail['terms']} terms")
    if detail.get("notice_sent_on"):
        said.append(f"written notice sent on {spoken_date(iso_date(detail['notice_sent_on']))}")
    text = ", ".join(said)
    more = [f"Although: {'; '.join(detail['despite'])}"] if detail.get("despite") else []
    more += [f"Why: {detail['why']}"] if detail.get("why") else []
    return ". ".join([one for one in (text[:1].upper() + text[1:], *more) if one])


def _changes_words(detail: Mapping[str, Any]) -> str:
    """Each fact that was changed, before and after, and why."""
    said = [
        f"{CHANGED.get(key, key.replace('_', ' ').capitalize())}: “{before or 'nothing'}” became “{after or 'nothing'}”"
        for key, (before, after) in detail.get("changes", {}).items()
        if not key.endswith("_id")
    ]
    said += [f"{CHANGED[key]} changed" for key in detail.get("changes", {}) if key.endswith("_id")]
    return ". ".join([*said, *([f"Why: {detail['why']}"] if detail.get("why") else [])])


def _fact_words(detail: Mapping[str, Any]) -> str:
    """The value before and after, and why. Empty once it was erased."""
    spec = FACTS.get(str(detail.get("fact")))
    if spec is None:
        return ""
    before, after = (words_of(spec, detail.get(side)) or "not known" for side in ("before", "after"))
    return f"{spec.title}: “{before}” became “{after}”. {detail.get('why', '')}"


_SIMPLE_DETAIL: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "fact_corrected": _fact_words,
    "fact_added": lambda detail: str(detail.get("said", "")),
    "fact_removed": lambda detail: ". ".join(str(detail[key]) for key in ("said", "why") if detail.get(key)),
    "colleague_set": lambda detail: (
        f"{detail.get('before') or 'Nobody'} became {detail['after']}" if detail.get("after") else ""
    ),
    "leaver_accepted": lambda detail: (
        f"On {spoken_date(iso_date(detail['leaving_date']))}"
        + (f", to {detail['next_school']}" if detail.get("next_school") else "")
        if detail.get("leaving_date")
        else ""
    ),
    "record_disclosed": lambda detail: f"To {detail['recipient']}" if detail.get("recipient") else "",
    "disclosure_offered": lambda detail: f"For {detail['recipient']}" if detail.get("recipient") else "",
    "transfer_taken_in": lambda detail: f"From {detail['from']}" if detail.get("from") else "",
    "interest_declared": lambda detail: str(detail.get("reason", "")),
    "document_filed": lambda detail: document_kind(detail.get("filed_as")),
    "induction_pass": _ending_words,
    "induction_fail": _ending_words,
    "induction_released": _ending_words,
    "induction_extended": _ending_words,
    "registration_corrected": _changes_words,
    "case_changed": _changes_words,
    "tutor_set": _changes_words,
    "colleague_corrected": _changes_words,
    "outcome_taken_back": _changes_words,
    "extension_taken_back": _changes_words,
    "notice_recorded": _changes_words,
    "notice_not_served": _changes_words,
    "case_reopened": _changes_words,
    **{f"{entry.value}_{done}": _changes_words for entry in FORMS for done in ("entered", "corrected", "withdrawn")},
    "hold_placed": lambda detail: str(detail.get("reason", "")),
    "dfe_refused": lambda detail: str(detail.get("message", "")),
    "hold_lifted": lambda detail: str(detail.get("reason", "")),
}


def communication_words(channel: CommunicationChannel, direction: Direction) -> str:
    return COMMUNICATION.get((channel, direction)) or COMMUNICATION_ELSE[channel]


def field_title(key: str) -> str:
    spec = BY_KEY.get(key)
    return spec.title if spec else key


def form_kinds() -> list[tuple[str, str]]:
    return list(FORM_KINDS.items())


def state_words(table: str, state: str) -> str:
    """The state of a row of a table, by their names: "Waiting to be read"."""
    words = {known.value: mark.text for known, mark in STATES[table]}
    return words.get(state, state)


def document_kind(code: str | None) -> str:
    return DOCUMENT_KINDS.get(code or "", code or "")


def standing(induction: Induction) -> Mark:
    """Where an induction stands, for lists and the head of its page."""
    if induction.outcome is not None:
        return OUTCOME[induction.outcome]
    if induction.completed_on is not None:
        return Mark("Completed", "govuk-tag--teal")
    return Mark("In progress", "govuk-tag--blue")
