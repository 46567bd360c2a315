"""What became of each letter of the demo, read from the record and compared with what had to become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mailroom.demo.cast import FormFacts
from mailroom.demo.post import Enclosed, Sample
from records import inbox
from records.fields import FORM_KINDS
from records.models.notices import Notice
from records.models.post import Attachment, StoredMessage
from records.models.submissions import MatchCertainty, Submission
from records.states import AttachmentState, MessageState, NoticeState, SubmissionState
from records.submissions import values_of
from records.values import spoken_date

_AT_WORK = {AttachmentState.WAITING, AttachmentState.READING}
_RESTING = {NoticeState.SENT, NoticeState.FAILED, NoticeState.WITHHELD}


@dataclass
class Outcome:
    """What was seen of a sample. `wrong` lists, in words, what is not as it had to be; empty means that all is well."""

    sample: Sample
    resting: bool = False
    arrived: str = "not yet"
    files: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    receipt: str = "none"
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return self.resting and not self.wrong


def look(session: Session, sample: Sample) -> Outcome:
    """Where the sample is now."""
    outcome = Outcome(sample)
    message = session.scalar(sa.select(StoredMessage).where(StoredMessage.message_id == sample.message_id))
    if message is None:
        outcome.wrong.append("it has not been opened")
        return outcome
    outcome.arrived = message.state
    attachments = [one for one in message.attachments if one.decision != "body"]
    letters = list(inbox.letters_about(session, message))
    outcome.resting = _at_rest(message, attachments, letters)
    if message.state is not MessageState.OPENED:
        outcome.wrong.append(f"the letter is {message.state}")
    _files(session, outcome, attachments)
    _receipts(outcome, letters, message)
    return outcome


def _at_rest(message: StoredMessage, attachments: list[Attachment], letters: list[Notice]) -> bool:
    """A receipt is asked for in the transaction in which the last paper comes to rest, so none is still to come then."""
    if message.state not in {MessageState.OPENED, MessageState.UNOPENABLE}:
        return False
    return not any(one.state in _AT_WORK for one in attachments) and all(one.state in _RESTING for one in letters)


def _files(session: Session, outcome: Outcome, attachments: list[Attachment]) -> None:
    named = {one.name: one for one in attachments}
    submissions = inbox.submissions_of(session, [one.id for one in attachments])
    if len(attachments) != len(outcome.sample.enclosed):
        outcome.wrong.append(f"{len(attachments)} files found instead of {len(outcome.sample.enclosed)}")
    for wanted in outcome.sample.enclosed:
        found = named.get(wanted.name)
        if found is None:
            outcome.wrong.append(f"{wanted.name} was not found")
            continue
        _file(outcome, wanted, found, submissions.get(found.id, []))


def _file(outcome: Outcome, wanted: Enclosed, found: Attachment, drafts: list[Submission]) -> None:
    outcome.files.append(f"{found.name} ({found.size:,} bytes): {found.state.replace('_', ' ')}")
    if found.problem:
        outcome.read.append(found.problem)
    if found.state != wanted.state:
        outcome.wrong.append(f"{wanted.name} is {found.state} instead of {wanted.state}")
    if found.state is AttachmentState.UNREADABLE:
        outcome.waits.append("Somebody can ask for a new copy or type it in")
    if wanted.form is None:
        if drafts:
            outcome.wrong.append(f"{wanted.name} was taken for a form")
        return
    if len(drafts) != 1:
        outcome.wrong.append(f"{wanted.name} gave {len(drafts)} drafts instead of 1")
        return
    _draft(outcome, wanted.form, drafts[0])


def _draft(outcome: Outcome, form: FormFacts, draft: Submission) -> None:
    values = values_of(draft)
    doubtful = sum(one.status == "check" for one in draft.values)
    kind = FORM_KINDS.get(draft.kind or "", "a form of an unknown kind")
    sure = "all clear" if not doubtful else f"{doubtful} to check"
    outcome.read.append(f"{kind}: {len([one for one in draft.values if one.value])} values, {sure}")
    whom = draft.induction.person.full_name if draft.induction else "nobody yet"
    due = f", due {spoken_date(draft.assessment.due_on)}" if draft.assessment and draft.assessment.due_on else ""
    outcome.waits.append(f"Decide about the form of {whom}{due}")
    wanted = {
        "kind": (draft.kind, form.kind),
        "state": (draft.state, SubmissionState.IN_REVIEW),
        "match": (draft.match, MatchCertainty.EXACT),
        "ECT": (whom, form.ect.name),
        "TRN": (values.get("trn"), form.ect.trn),
        "date of birth": (values.get("date_of_birth"), form.ect.born.isoformat()),
        "end of the period": (values.get("period_end"), form.period_end.isoformat()),
        "days absent": (values.get("days_absent"), form.days_absent),
        "expected assessment": (draft.assessment is not None, True),
    }
    # Evidence for a person at the screen: the demo's people are invented, so their values may be shown.
    outcome.wrong += [f"{what} is {got}, not {due_value}" for what, (got, due_value) in wanted.items() if got != due_value]


def _receipts(outcome: Outcome, letters: list[Notice], message: StoredMessage) -> None:
    sent = [one for one in letters if one.kind == "receipt" and one.state is NoticeState.SENT]
    if sent:
        outcome.receipt = f"to {sent[0].to_address}"
    elif message.automatic:
        outcome.receipt = "none: automatic mail is not answered"
    if bool(sent) != outcome.sample.answered:
        outcome.wrong.append("a receipt went out" if sent else "no receipt went out")


def captured(folder: Path) -> list[Path]:
    """The letters that went out."""
    return sorted(folder.glob("*.eml"))
