"""One step of work: open a message, or read a paper and draft what it says. Crash-safe at every point.

A step claims one item (or the pictures that are read together) in a short transaction, does the slow work with no session open, and writes the outcome in one
transaction that is fenced by the version of the claim. Bytes are in the store before a row names them. So a process may
die anywhere: the claim runs out, the sweep gives the item back, and whoever takes it next comes to the same end.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ingest.drafting import KeptReading, keep_reading
from ingest.learning import ACTOR as LEARNING
from ingest.learning import Extract, learn_from, said_again
from ingest.opening import Opened, Unopenable, envelope_sender, look_inside, open_message
from ingest.outcome import write_read
from ingest.reading import Learner, Reader
from ingest.receipts import ask_when_done
from ingest.sweeping import MOST_ATTEMPTS, give_back, sweep
from parsers.forms import Shot, Unreadable
from records.albums import claim_rest, claimable
from records.blobs import Blobs, StoreFull, must_be_there
from records.db import Database
from records.layouts import accepted_values, next_to_teach, note_attempt, note_taught
from records.models.post import Attachment, StoredMessage
from records.models.submissions import Submission
from records.states import AttachmentState, Claim, MessageState, Overtaken, State, claim_next

log = logging.getLogger(__name__)

BYTES_GONE = "The bytes are missing from the store, or have been altered. Please restore them from a backup."

_Item = TypeVar("_Item", StoredMessage, Attachment)


@dataclass(frozen=True, slots=True)
class SortingSettings:
    """How a worker works. `trusted_servers` are those whose Authentication-Results count."""

    trusted_servers: tuple[str, ...] = ()
    opening_seconds: int = 120
    """How long a message may be held while it is opened."""
    reading_seconds: int = 300
    """How long a paper may be held while it is read; longer than the reader's own limit."""
    most_attempts: int = MOST_ATTEMPTS
    sweep_seconds: int = 30
    idle_seconds: float = 2.0
    ni_numbers: bool = False


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A form that a person accepted and that has not taught its layout yet."""

    id: uuid.UUID
    taught_at: datetime | None
    sheet: str
    values: dict[str, str | bool | None]


class Sorter:
    """A worker. `step` does one thing and says whether there was one; several may work side by side, in any processes."""

    def __init__(
        self,
        db: Database,
        blobs: Blobs,
        reader: Reader,
        clock: Callable[[], datetime],
        worker_name: str,
        settings: SortingSettings | None = None,
        learner: Learner | None = None,
    ) -> None:
        """`worker_name` is this worker's alone while it lives: what is claimed under it at the start was left behind.

        Without a `learner` accepted papers teach nothing.
        """
        self._db = db
        self._blobs = blobs
        self._reader = reader
        self._clock = clock
        self._name = worker_name
        self._settings = settings or SortingSettings()
        self._learner = learner
        self._extract = Extract()
        self._swept_at: datetime | None = None

    def step(self) -> bool:
        """Do one step of work. False when there is nothing to do, or no room to do it."""
        self._sweep_when_due()
        # Before anything is claimed: a full disk must not use up an item's attempts.
        if not self._blobs.has_room():
            return False
        return self._open_one() or self._read_one() or self._learn_one()

    def run(self, stop: threading.Event, wake: threading.Event | None = None) -> None:
        """Work until told to stop. `wake` ends an idle wait early and is cleared here; whoever sets `stop` sets it too."""
        self.take_back_own()
        while not stop.is_set():
            try:
                busy = self.step()
            except Exception as fault:  # noqa: BLE001 - the database may be away for a moment, and comes back
                log.error("a step of work failed: %s", type(fault).__name__)  # noqa: TRY400 - a trace may hold what a letter says
                busy = False
            if not busy:
                (wake or stop).wait(self._settings.idle_seconds)
                if wake is not None:
                    wake.clear()

    def take_back_own(self) -> int:
        """Give back what an earlier process of the same name held when it died, without waiting for its claims to run out."""
        with self._db.writing() as session:
            return sweep(session, self._clock(), most_attempts=self._settings.most_attempts, held_by=self._name)

    def _sweep_when_due(self) -> None:
        now = self._clock()
        if self._swept_at is None or now - self._swept_at >= timedelta(seconds=self._settings.sweep_seconds):
            with self._db.writing() as session:
                sweep(session, now, most_attempts=self._settings.most_attempts)
            self._swept_at = now

    def _open_one(self) -> bool:
        seconds = self._settings.opening_seconds
        claimed = self._claim(StoredMessage, (MessageState.RECEIVED, MessageState.OPENING), seconds, _not_behind_its_first())
        if not claimed:
            return False
        try:
            opened = self._look_inside(claimed[0])
            self._write(claimed, lambda session, rows, now: _write_opening(session, rows[0], opened, now), opened)
        except Exception as fault:  # noqa: BLE001 - one letter must not stop the post behind it
            self._failed(claimed, fault)
        return True

    def _read_one(self) -> bool:
        states, seconds = (AttachmentState.WAITING, AttachmentState.READING), self._settings.reading_seconds
        claimed = self._claim(Attachment, states, seconds, claimable(), rest=claim_rest)
        if not claimed:
            return False
        try:
            reading = self._read(claimed)
            self._write(claimed, lambda session, rows, now: self._write_read(session, rows, reading, now), reading)
        except Exception as fault:  # noqa: BLE001 - one paper must not stop the post behind it
            self._failed(claimed, fault)
        return True

    def _learn_one(self) -> bool:
        """Let one accepted paper teach its layout. A fault costs an attempt and stops nothing else."""
        if self._learner is None:
            return False
        with self._db.reading() as session:
            if next_to_teach(session) is None:
                return False
        with self._db.writing() as session:
            submission = next_to_teach(session)
            if submission is None or not note_attempt(session, submission):
                return True
            lesson = _accepted(submission)
            layouts = self._extract.of(session)
        try:
            self._learn(lesson, layouts)
        except Exception as fault:  # noqa: BLE001 - one paper must not stop the post behind it
            log.error("learning from submission %s failed: %s", lesson.id, type(fault).__name__)  # noqa: TRY400 - as above
        return True

    def _learn(self, accepted: _Accepted, layouts: str | None) -> None:
        assert self._learner is not None
        try:
            sheet = self._blobs.read(accepted.sheet)
        except (FileNotFoundError, ValueError):
            lesson = None
        else:
            taught = self._learner.learn(sheet, accepted.values, layouts)
            if isinstance(taught, Unreadable):
                log.info("submission %s teaches nothing: %s", accepted.id, taught.reason)
            lesson = None if isinstance(taught, Unreadable) else taught
            if isinstance(taught, Unreadable) and taught.passing:
                return
        now = self._clock()
        with self._db.writing() as session:
            if note_taught(session, accepted.id, accepted.taught_at, now) and lesson is not None:
                learn_from(session, said_again(lesson) if accepted.taught_at else lesson, accepted.id, LEARNING, now)

    def _look_inside(self, message: StoredMessage) -> Opened | Unopenable:
        try:
            raw = self._blobs.read(message.blob_sha256 or "")
        except (FileNotFoundError, ValueError):
            return Unopenable(BYTES_GONE)
        sender = envelope_sender(message)
        return look_inside(raw, self._blobs.put, envelope_from=sender, trusted=self._settings.trusted_servers)

    def _read(self, attachments: Sequence[Attachment]) -> KeptReading | Unreadable:
        try:
            shots = [Shot(one.name, self._blobs.read(one.blob_sha256 or "")) for one in attachments]
        except (FileNotFoundError, ValueError):
            return Unreadable(BYTES_GONE)
        with self._db.reading() as session:
            layouts = self._extract.of(session)
        if len(shots) > 1:
            read = self._reader.read_together(shots, layouts)
        else:
            read = self._reader.read(shots[0].data, shots[0].name, layouts)
        return read if isinstance(read, Unreadable) else keep_reading(read, self._blobs.put)

    def _write_read(
        self, session: Session, rows: Sequence[Attachment], reading: KeptReading | Unreadable, now: datetime
    ) -> None:
        most, ni_numbers = self._settings.most_attempts, self._settings.ni_numbers
        write_read(session, rows, reading, now, most_attempts=most, ni_numbers=ni_numbers)

    def _claim(
        self,
        kind: type[_Item],
        states: tuple[State, State],
        seconds: int,
        also: sa.ColumnElement[bool],
        *,
        rest: Callable[[Session, _Item, Claim, datetime], tuple[_Item, ...]] | None = None,
    ) -> tuple[_Item, ...]:
        """Claim the oldest item, with `rest` those that belong with it; nothing where there is none."""
        # Looking first keeps an idle worker from taking SQLite's write lock.
        with self._db.reading() as session:
            if session.scalar(sa.select(kind.id).where(kind.state == states[0], also).limit(1)) is None:
                return ()
        now = self._clock()
        claim = Claim(self._name, now + timedelta(seconds=seconds))
        with self._db.writing() as session:
            first = claim_next(session, kind, states, claim, now, also)
            if first is None:
                return ()
            return rest(session, first, claim, now) if rest is not None else (first,)

    def _write(
        self,
        claimed: Sequence[_Item],
        act: Callable[[Session, Sequence[_Item], datetime], None],
        found: Opened | Unopenable | KeptReading | Unreadable,
    ) -> None:
        """Write an outcome if the claim still holds; else another worker has the item, and this work is dropped."""
        with self._db.writing() as session:
            rows = [row for one in claimed if (row := self._held(session, one)) is not None]
            if len(rows) < len(claimed):
                return
            act(session, rows, self._clock())
            if isinstance(found, Opened | KeptReading):
                must_be_there(self._blobs, found.kept)
        for row in rows:
            log.info("%s %s is %s", row.__tablename__, row.id, row.state)

    def _held(self, session: Session, claimed: _Item) -> _Item | None:
        row = session.get(type(claimed), claimed.id, with_for_update=True)
        if row is None or row.version != claimed.version:
            log.info("%s %s was taken back before its work was done", claimed.__tablename__, claimed.id)
            return None
        return row

    def _failed(self, claimed: Sequence[_Item], fault: Exception) -> None:
        """Our own fault, or the disk's: the items go back and are tried again, until they have been tried often enough."""
        if isinstance(fault, Overtaken):
            return
        log.error("work on %s %s failed: %s", claimed[0].__tablename__, claimed[0].id, type(fault).__name__)
        with self._db.writing() as session:
            for row in [self._held(session, one) for one in claimed]:
                if row is not None:
                    most = self._settings.most_attempts
                    give_back(session, row, type(fault).__name__, self._clock(), most_attempts=most)
                    if isinstance(fault, StoreFull) and row.attempts > 0:
                        # That the disk is full says nothing about the item.
                        row.attempts -= 1


def _accepted(submission: Submission) -> _Accepted:
    sheet = submission.paper.sheet_sha256 if submission.paper is not None else None
    return _Accepted(submission.id, submission.taught_at, sheet or "", accepted_values(submission))


def _write_opening(session: Session, message: StoredMessage, opened: Opened | Unopenable, now: datetime) -> None:
    open_message(session, message, opened, now)
    ask_when_done(session, message, now)


def _not_behind_its_first() -> sa.ColumnElement[bool]:
    """A repeat waits until the message that it repeats is opened, so that its papers are known."""
    first = aliased(StoredMessage)
    unopened = [MessageState.RECEIVED, MessageState.OPENING]
    return ~sa.exists().where(first.id == StoredMessage.duplicate_of_id, first.state.in_(unopened))
