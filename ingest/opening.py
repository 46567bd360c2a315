"""Opening a message: what was found in it becomes its rows. One act, in one transaction; twice is harmless.

Taking apart and keeping bytes come before, outside of any transaction (`contents`); who does when is `sorting`.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest.authentication import Verdict, read_results
from ingest.automatic import why_automatic
from ingest.bounces import Bounce, read_bounce
from ingest.contents import EMPTY, Contents, Listed, take_apart
from ingest.headers import Headers, addresses, moment
from records import albums, communications, conversations, school_side, schools, serving
from records.blobs import Kept
from records.events import Actor, record
from records.models.post import Attachment, AttachmentDecision, BlobKind, Channel, Paper, PaperPart, StoredMessage
from records.models.submissions import Submission
from records.post import note_blob
from records.states import AttachmentState, MessageState, SubmissionState, move
from records.values import counted, local_day

ACTOR = Actor.machine("opening")
_AT_ONCE = 8
_MOST_ANSWERED = 50
LARGEST = 200 * 1024 * 1024
TOO_LARGE = "The letter is larger than can be opened here. Please ask for the form by itself."

COPY_OF_A_LETTER = "This letter is a copy of one that came before. The file is read there."
WITH_OTHERS = "The same file came before. It is read again, together with the other pictures of this letter."
READ_ANEW = "The same file came before, but its form is neither on record nor before a person, so it is read again."
SAME_FILE = "The same file came before, and its form is on record or waits for a person there."


@dataclass(frozen=True, slots=True)
class Opened:
    """All that opening found out before a transaction began."""

    contents: Contents
    automatic: str | None
    authentication: dict[str, Any]
    same_mail_key: str | None
    bounce: Bounce | None = None
    """A report that letters of ours did not arrive."""
    answers: tuple[str, ...] = ()
    """The Message-IDs of the letters that it answers, the nearest first."""

    @property
    def kept(self) -> frozenset[str]:
        """The names of all its blobs."""
        return frozenset(line.kept.sha256 for line in self.contents.listed if line.kept)


@dataclass(frozen=True, slots=True)
class Unopenable:
    """Why a message cannot be opened, in words. An expected outcome."""

    reason: str


def look_inside(
    raw: bytes, keep: Callable[[bytes], Kept], *, envelope_from: str | None, trusted: Collection[str] = ()
) -> Opened | Unopenable:
    """Take a message apart and keep what it holds. `trusted` are the servers whose Authentication-Results count."""
    if not raw.strip():
        return Unopenable(EMPTY)
    if len(raw) > LARGEST:
        return Unopenable(TOO_LARGE)
    with _Keeping(keep) as keeping:
        contents = take_apart(raw, keeping.keep)
    headers = contents.headers
    return Opened(
        contents,
        why_automatic(headers, envelope_from),
        read_results(headers, trusted),
        _same_mail_key(headers, contents.digests),
        read_bounce(raw),
        _answers(headers),
    )


class _Keeping:
    """Keeps bytes beside the taking apart: each blob waits for the disk, and a letter may hold 500."""

    def __init__(self, keep: Callable[[bytes], Kept]) -> None:
        self._keep = keep
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="keeping")
        self._under_way: dict[str, Future[Kept]] = {}

    def keep(self, content: bytes) -> Kept:
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in self._under_way:
            self._under_way[sha256] = self._pool.submit(self._keep, content)
        return Kept(sha256, len(content))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.shutdown(wait=True, cancel_futures=fault is not None)
        if fault is None:
            # Whatever went wrong with the disk must be known before a row names the blob.
            for one in self._under_way.values():
                one.result()


def envelope_sender(message: StoredMessage) -> str | None:
    """The sender by the envelope; None for ways in that know none."""
    return message.envelope_from if message.channel is Channel.SMTP else message.envelope_from or None


def open_message(session: Session, message: StoredMessage, opened: Opened | Unopenable, now: datetime) -> None:
    """Write down what opening found, and move the message to where it rests. Raises `Overtaken` for a stale claim."""
    if isinstance(opened, Unopenable):
        give_up(session, message, opened.reason, now)
        return
    _fill_in(session, message, opened, now)
    _link_duplicate(session, message)
    _list_attachments(session, message, opened.contents.listed, now)
    move(session, message, MessageState.OPENED, ACTOR, f"{counted(len(opened.contents.listed), 'thing')} found", now)
    _note_bounces(session, opened.bounce, now)
    if message.duplicate_of_id is None:
        conversations.place(session, message, opened.answers, now)
        communications.log_message(session, message, now)


def _note_bounces(session: Session, bounce: Bounce | None, now: datetime) -> None:
    for letter_id in bounce.letter_ids if bounce else ():
        serving.note_bounce(session, letter_id, bounce.why if bounce else "", now, permanent=bool(bounce and bounce.permanent))


def _answers(headers: Headers) -> tuple[str, ...]:
    """In-Reply-To, then References from the end: the nearest letter of a thread stands last there."""
    written = [*_ids(headers.text("in-reply-to")), *reversed(_ids(headers.text("references")))]
    return tuple(dict.fromkeys(written))[:_MOST_ANSWERED]


def _ids(text: str | None) -> list[str]:
    return re.findall(r"<[^<>\s]{3,300}>", text or "")


def give_up(session: Session, message: StoredMessage, reason: str, now: datetime) -> None:
    """Let a message rest as unopenable, with the reason in words; it is kept for a person."""
    message.problem = reason
    move(session, message, MessageState.UNOPENABLE, ACTOR, reason, now)


def _same_mail_key(headers: Headers, digests: tuple[str, ...]) -> str | None:
    """Recognises the same letter by another road. A letter with neither id nor date is like no other."""
    message_id = _message_id(headers)
    date = headers.text("date")
    if not message_id and not date:
        return None
    sender = ",".join(address for _, address in addresses(headers.first("from")))
    return hashlib.sha256("\n".join([message_id or "", sender, date or "", *digests]).encode()).hexdigest()


def _message_id(headers: Headers) -> str | None:
    written = headers.text("message-id")
    return "".join(written.split())[:1000] or None if written else None


def _fill_in(session: Session, message: StoredMessage, opened: Opened, now: datetime) -> None:
    headers = opened.contents.headers
    message.message_id = _message_id(headers)
    message.header_from = _cut(headers.text("from"), 1000)
    message.header_to = headers.text("to")
    message.header_cc = headers.text("cc")
    message.subject = _cut(headers.text("subject"), 1000)
    message.written_at = moment(headers.first("date"))
    message.body_text = opened.contents.words
    message.automatic = opened.automatic
    written = [address for _, address in addresses(headers.first("from"))]
    message.authentication = {
        **message.authentication,
        **opened.authentication,
        "from": written[0][:320] if len(written) == 1 else None,
    }
    message.same_mail_key = opened.same_mail_key
    message.remarks = list(opened.contents.remarks)
    message.problem = None
    uploader = school_side.uploader(session, message)
    if uploader is not None:
        # Whoever uploads has signed in: nothing about the sender is a claim.
        message.authentication = {**message.authentication, "verdict": Verdict.VERIFIED.value, "server": "signed in"}
        message.sender_id = uploader.id
        message.school_id = school_side.only_school(session, uploader, local_day(message.received_at))
        session.flush()
        return
    for address in _senders(message):
        school = schools.school_of_address(session, address, now)
        person = schools.person_of_address(session, address, now)
        if school is not None or person is not None:
            message.school_id = school.id if school else None
            message.sender_id = person.id if person else None
            break
    session.flush()


def _senders(message: StoredMessage) -> list[str]:
    """Whom the letter may come from: its one From address, then the envelope's."""
    claimed = (from_address(message), message.envelope_from)
    return [address for address in claimed if address and "@" in address]


def from_address(message: StoredMessage) -> str | None:
    """The one address of the From field as it was parsed from the message's bytes.

    Never parse `header_from` again: it is decoded for people, and a display name may decode to something like an address.
    """
    return message.authentication.get("from")


def _cut(text: str | None, most: int) -> str | None:
    return None if text is None else text[:most]


def _link_duplicate(session: Session, message: StoredMessage) -> None:
    """The same letter by another road is linked to the one that came first, never dropped."""
    if message.duplicate_of_id is not None or message.same_mail_key is None:
        return
    message.duplicate_of_id = session.scalar(
        sa.select(StoredMessage.id)
        .where(
            StoredMessage.same_mail_key == message.same_mail_key,
            StoredMessage.id != message.id,
            StoredMessage.duplicate_of_id.is_(None),
        )
        .order_by(StoredMessage.received_at)
        .limit(1)
    )
    session.flush()


def _list_attachments(session: Session, message: StoredMessage, listed: tuple[Listed, ...], now: datetime) -> None:
    known = set(session.scalars(sa.select(Attachment.path).where(Attachment.message_id == message.id)))
    rows: dict[str, Attachment] = {}
    for position, line in enumerate(listed):
        if line.path in known:
            continue
        row = _row(message, position, line, rows, now)
        if row.blob_sha256 and row.state is AttachmentState.WAITING:
            _link_same(session, message, row)
        rows[line.path] = row
        if line.kept:
            note_blob(session, line.kept, BlobKind.ATTACHMENT, now)
        session.add(row)
        # Parents first, and each row before the next looks for its own bytes.
        session.flush()
        if row.state is not AttachmentState.WAITING:
            why = row.problem or row.reason
            record(session, f"attachment_{row.state}", row, ACTOR, now, detail={"to": row.state.value, "why": why})
    _bind_albums(session, [(rows[line.path], line) for line in listed if line.picture and line.path in rows], now)


def _bind_albums(session: Session, pictures: list[tuple[Attachment, Listed]], now: datetime) -> None:
    """Pictures that stand side by side in a letter or an archive are read together.

    One that came before is among them where another is new: a page that was taken again belongs with those that were not.
    """
    together: dict[str | None, list[Attachment]] = {}
    for row, line in pictures:
        together.setdefault(line.parent, []).append(row)
    for side_by_side in together.values():
        if not any(row.state is AttachmentState.WAITING for row in side_by_side):
            continue
        read = {row.blob_sha256 for row in side_by_side if row.state is AttachmentState.WAITING}
        for row in side_by_side:
            if row.same_as_id is not None and row.blob_sha256 not in read:
                read.add(row.blob_sha256)
                move(session, row, AttachmentState.WAITING, ACTOR, WITH_OTHERS, now)
                row.reason = WITH_OTHERS
        albums.bind([row for row in side_by_side if row.state is AttachmentState.WAITING])
    session.flush()


def _row(message: StoredMessage, position: int, line: Listed, rows: dict[str, Attachment], now: datetime) -> Attachment:
    parent = rows.get(line.parent) if line.parent else None
    return Attachment(
        id=uuid.uuid4(),
        state=_first_state(line),
        state_since=now,
        message_id=message.id,
        position=position,
        path=line.path,
        parent_id=parent.id if parent else None,
        name=line.name,
        declared_type=line.declared,
        sniffed_type=line.true_type,
        size=line.size,
        blob_sha256=line.kept.sha256 if line.kept else None,
        decision=line.decision,
        reason=line.reason,
        problem=line.problem,
    )


def _first_state(line: Listed) -> AttachmentState:
    """Where a new row begins; every later change goes through `move`."""
    if line.problem:
        return AttachmentState.UNREADABLE
    return AttachmentState.WAITING if line.decision is AttachmentDecision.PAPER else AttachmentState.SET_ASIDE


def _link_same(session: Session, message: StoredMessage, row: Attachment) -> None:
    """Link an attachment to an earlier one with the same bytes, say so, and do not read it where that gives nothing new."""
    same = session.scalar(
        sa.select(Attachment)
        .where(
            Attachment.blob_sha256 == row.blob_sha256,
            Attachment.decision == AttachmentDecision.PAPER,
            Attachment.same_as_id.is_(None),
        )
        .limit(1)
    )
    if same is None:
        return
    row.same_as_id = same.id
    if message.duplicate_of_id is not None:
        _set_aside(row, COPY_OF_A_LETTER)
    elif _still_counts(session, same):
        _set_aside(row, SAME_FILE)
    else:
        row.reason = READ_ANEW


def _set_aside(row: Attachment, reason: str) -> None:
    row.state, row.reason = AttachmentState.SET_ASIDE, reason


def _still_counts(session: Session, earlier: Attachment) -> bool:
    """Whether the earlier file waits to be read, or its form is before a person or accepted.

    A form that was sent back and comes again unchanged is read again, so that a person sees it.
    """
    if earlier.state in {AttachmentState.WAITING, AttachmentState.READING}:
        return True
    drafts = sa.select(Submission.id).join(Paper, Submission.paper_id == Paper.id).join(PaperPart)
    counting = [SubmissionState.IN_REVIEW, SubmissionState.ACCEPTED]
    found = drafts.where(PaperPart.attachment_id == earlier.id, Submission.state.in_(counting)).limit(1)
    return session.scalar(found) is not None
