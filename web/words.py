"""The words that pages use for states, statuses and values. Tables only: what follows from a state is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
