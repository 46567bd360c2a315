"""The inbox: every message and every attachment, with what happened to it and why.

Only letters for the named contact alone are left out, for everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from records import albums, communications, inbox
from records.models.inductions import Induction
from records.models.post import Attachment, AttachmentDecision, StoredMessage
from records.models.submissions import Submission
from records.papers import DOCUMENT_KINDS
from records.states import AttachmentState, MessageState, move
from web.forms import Slice, page_number
from web.visit import Missing, Visit
from web.words import ATTACHMENT, DECISION, Mark

FILTERS: dict[inbox.Filter, str] = {
    inbox.Filter.ALL: "Everything",
    inbox.Filter.PROBLEMS: "Could not be opened or read",
    inbox.Filter.WORKING: "Still being worked on",
    inbox.Filter.DUPLICATES: "Came more than once",
}
_READY = frozenset({AttachmentState.READ, AttachmentState.UNREADABLE, AttachmentState.SET_ASIDE})


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment with what was decided about it, what became of it, and what a person can do."""

    attachment: Attachment
    mark: Mark
    reasons: tuple[str, ...]
    submissions: tuple[Submission, ...]
    filed: str
    depth: int
    page: tuple[int, int] | None = None
    """Where it is a page of a paper of several pictures: which, and of how many."""

    @property
    def resting(self) -> bool:
        return self.attachment.state in _READY and self.attachment.decision is not AttachmentDecision.BODY


def show(visit: Visit) -> Response:
    chosen = _filter(visit.query.get("show", ""))
    size, eyes = 25, communications.eyes_of(visit.viewer)
    found = inbox.messages(visit.session, show=chosen, eyes=eyes, offset=(page_number(visit) - 1) * size, limit=size)
    part = Slice.asked(visit, found.total, size)
    if not found.rows and found.total:
        found = inbox.messages(visit.session, show=chosen, eyes=eyes, offset=(part.number - 1) * size, limit=size)
    rows = [(message, parts_of(visit, message)) for message in found.rows]
    return visit.page("inbox.html", rows=rows, slice=part, chosen=chosen, filters=FILTERS)


def message(visit: Visit) -> Response:
    one = found_message(visit)
    letters, repeats = inbox.letters_about(visit.session, one), inbox.repeats_of(visit.session, one)
    return visit.page("message.html", message=one, parts=parts_of(visit, one), letters=letters, repeats=repeats)


def open_again(visit: Visit) -> Response:
    """Have a message that could not be opened tried again."""
    one = found_message(visit)
    move(visit.session, one, MessageState.RECEIVED, visit.actor, "a person asked to open it again", visit.now)
    one.attempts = 0
    return visit.go(f"/inbox/{one.id}", "The message will be opened again")


def found_message(visit: Visit) -> StoredMessage:
    """The message that is asked for. One that is for somebody else alone is not there for the viewer at all."""
    one = inbox.message(visit.session, visit.id)
    if one is None or not communications.is_letter_shown(visit.session, one.id, communications.eyes_of(visit.viewer)):
        raise Missing
    return one


def parts_of(visit: Visit, message: StoredMessage) -> list[Part]:
    drafts = inbox.submissions_of(visit.session, [one.id for one in message.attachments])
    pages = albums.pages(visit.session, [one.id for one in message.attachments])
    return [_part(visit, one, drafts.get(one.id, []), pages.get(one.id)) for one in message.attachments]


def _part(visit: Visit, one: Attachment, drafts: list[Submission], page: tuple[int, int] | None) -> Part:
    reasons = tuple(text for text in (one.reason, one.problem) if text)
    filed = ""
    if one.filed_as:
        induction = visit.session.get(Induction, one.filed_for_id) if one.filed_for_id else None
        filed = DOCUMENT_KINDS.get(one.filed_as, one.filed_as)
        if induction is not None:
            filed = f"{filed}, for {induction.person.full_name}"
    return Part(one, _mark(one), reasons, tuple(drafts), filed, one.path.count(" > ") if one.parent_id else 0, page)


def _mark(one: Attachment) -> Mark:
    if one.decision in {AttachmentDecision.BODY, AttachmentDecision.CONTAINER}:
        return Mark(DECISION[one.decision], "govuk-tag--grey")
    if one.filed_as:
        return Mark("Filed", "govuk-tag--green")
    return ATTACHMENT[one.state]


def _filter(written: str) -> inbox.Filter:
    return next((one for one in inbox.Filter if one.value == written), inbox.Filter.ALL)
