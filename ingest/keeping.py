"""Keeping what arrives: bytes made safe side by side, rows committed in groups by one writer. The wire is elsewhere."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Self

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from records import post
from records.blobs import Blobs, Incoming, Kept, StoreFailed, StoreFull, must_be_there
from records.db import Database
from records.models.post import Channel

MEMORY_BYTES = 512 * 1024
"""A delivery up to this size stays in memory until it is complete; a longer one goes to its file in stretches of this size."""

THREADS = 10
"""fsyncs that run side by side: the file system commits those of one moment together."""

GROUP = 64
"""Rows of one commit at most."""

GATHER_SECONDS = 0.003
"""How long a commit waits for deliveries whose bytes are being made safe in this moment. With none of those it waits not at all."""

_SQLITE_IO_ERROR, _SQLITE_FULL, _POSTGRESQL_DISK_FULL = 10, 13, "53100"

log = logging.getLogger(__name__)


class NotKeeping(Exception):  # noqa: N818
    """The keeper takes nothing more: it is closing, or the disk has failed. Try again later."""


@dataclass(frozen=True, slots=True)
class Postmark:
    """What is known of a delivery besides its bytes."""

    channel: Channel
    envelope_from: str = ""
    """Empty for the null sender."""
    envelope_to: tuple[str, ...] = ()
    peer: str | None = None
    source: str | None = None
    """Unique reference of the way in, where it has one; the same source twice is the same delivery."""
    authentication: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A delivery is ours: the row's id and the bytes' name."""

    message_id: uuid.UUID
    kept: Kept


class Arrival:
    """The bytes of one delivery on their way in. `spill`, `keep` and `drop` touch the disk and belong in a thread."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._pieces: list[bytes] = []
        self._incoming: Incoming | None = None
        # A connection that breaks drops its arrival while a thread may still be writing it.
        self._lock = threading.Lock()
        self._over = False
        self.in_memory = 0

    def add(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self.in_memory += len(piece)

    def spill(self) -> None:
        """Move what is in memory to the temporary file."""
        with self._lock:
            if not self._over:
                self._write()

    def keep(self) -> Kept:
        """Make the bytes safe; they are on the disk under their name when this returns."""
        with self._lock:
            if self._over:
                raise ValueError("this arrival was dropped or kept already")
            self._write()
            if self._incoming is None:
                raise AssertionError
            kept = self._incoming.keep()
            self._over = True
            return kept

    def drop(self) -> None:
        """Forget the bytes. Harmless after `keep`."""
        with self._lock:
            if not self._over:
                self._over = True
                self._pieces = []
                if self._incoming is not None:
                    self._incoming.discard()

    def _write(self) -> None:
        if self._incoming is None:
            self._incoming = self._blobs.incoming()
        pieces, self._pieces, self.in_memory = self._pieces, [], 0
        self._incoming.write(b"".join(pieces))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Safe bytes that wait for their row."""

    delivery: post.Delivery
    outcome: Future[Receipt]


class Keeper:
    """Takes deliveries from any thread and answers each when its bytes and its row are durable, or says why not.

    Bytes are made safe by a few threads; one writer thread commits the rows of all that are waiting in one transaction.
    `on_kept` is called after each commit, so that sleeping workers look.
    """

    def __init__(
        self,
        db: Database,
        blobs: Blobs,
        clock: Callable[[], datetime],
        *,
        on_kept: Callable[[], None] | None = None,
        threads: int = THREADS,
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._clock = clock
        self._on_kept = on_kept
        self._lock = threading.Lock()
        self._closing = False
        self.failed = False
        """The disk did not confirm a write. Nothing more is taken until a person has looked and started the service anew."""
        swept = blobs.sweep(clock().timestamp())
        if swept:
            log.info("removed %d unfinished deliveries that an earlier process left; their senders will send again", swept)
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="keeping")
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._unsafe = 0
        """Deliveries taken whose bytes are not safe yet."""
        self._writer = threading.Thread(target=self._write_rows, name="keeping-rows")
        self._writer.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def accepting(self) -> bool:
        return not (self._closing or self.failed)

    @property
    def stalled(self) -> bool:
        """Whether deliveries are taken that nobody would write down any more."""
        return self.accepting and not self._writer.is_alive()

    def has_room(self) -> bool:
        return self._blobs.has_room()

    def arrival(self) -> Arrival:
        return Arrival(self._blobs)

    def submit(self, arrival: Arrival, postmark: Postmark) -> Future[Receipt]:
        """Keep a complete arrival. The future cannot be cancelled: a sender who hangs up does not tear a commit.

        It raises `StoreFull`, `StoreFailed`, `Unlinked`, `NotKeeping` or the database's error; in each case the delivery is not ours.
        """
        outcome: Future[Receipt] = Future()
        outcome.set_running_or_notify_cancel()
        with self._lock:
            if not self.accepting:
                raise NotKeeping
            self.pool.submit(self._make_safe, arrival, postmark, outcome)
            self._unsafe += 1
        return outcome

    def drop(self, arrival: Arrival) -> None:
        """Forget an arrival that is not to be kept, in a thread; harmless when it was kept or dropped already."""
        try:
            self.pool.submit(arrival.drop)
        except RuntimeError:
            # The pool has shut down: the process is ending, and the next one sweeps.
            arrival.drop()

    def keep_bytes(self, content: bytes, postmark: Postmark) -> Receipt:
        """The way in for bytes that are complete: files, uploads, mailboxes. Returns when they are durable."""
        arrival = self.arrival()
        arrival.add(content)
        return self.submit(arrival, postmark).result()

    def close(self) -> None:
        """Take nothing more, finish what was taken, and stop."""
        with self._lock:
            self._closing = True
        self.pool.shutdown(wait=True)
        self._waiting.put(None)
        self._writer.join()

    def _make_safe(self, arrival: Arrival, postmark: Postmark, outcome: Future[Receipt]) -> None:
        try:
            if self.failed:
                raise NotKeeping  # noqa: TRY301  # the disk failed while this one was waiting for a thread
            delivery = post.Delivery(
                kept=arrival.keep(),
                channel=postmark.channel,
                received_at=self._clock(),
                envelope_from=postmark.envelope_from,
                envelope_to=postmark.envelope_to,
                peer=postmark.peer,
                source=postmark.source,
                authentication=postmark.authentication,
            )
        except BaseException as error:  # noqa: BLE001  # the sender waits for an answer whatever happened
            self._refuse(outcome, error)
            arrival.drop()
            with self._lock:
                self._unsafe -= 1
        else:
            # In one go, or the writer would see a delivery that is still to come and wait for it in vain.
            with self._lock:
                self._waiting.put(_Waiting(delivery, outcome))
                self._unsafe -= 1

    def _write_rows(self) -> None:
        closing = False
        while not closing and (first := self._waiting.get()) is not None:
            group = [first]
            until = time.monotonic() + GATHER_SECONDS
            while len(group) < GROUP:
                try:
                    another = self._waiting.get(timeout=max(0.0, until - time.monotonic()) if self._more_to_come() else 0)
                except Empty:
                    break
                if another is None:
                    closing = True
                    break
                group.append(another)
            self._commit(group)

    def _more_to_come(self) -> bool:
        with self._lock:
            return self._unsafe > 0

    def _commit(self, group: list[_Waiting]) -> None:
        try:
            with self._db.writing() as session:
                ids = post.keep_all(session, [one.delivery for one in group])
                must_be_there(self._blobs, (one.delivery.kept.sha256 for one in group))
        except (OperationalError, InterfaceError) as error:
            # The database is full, busy or away: trying the others one by one would only make them wait longer.
            for one in group:
                self._refuse(one.outcome, error)
        except Exception as error:  # noqa: BLE001  # one row of the group is at fault; the others must not suffer
            log.warning("a group of %d deliveries is kept one by one: %s", len(group), type(error).__name__)
            for one in group:
                self._commit_alone(one)
        else:
            for one, row_id in zip(group, ids, strict=True):
                self._answer(one, row_id)
            self._tell()

    def _commit_alone(self, one: _Waiting) -> None:
        try:
            with self._db.writing() as session:
                row_id = post.keep(session, one.delivery).id
                must_be_there(self._blobs, [one.delivery.kept.sha256])
        except Exception as error:  # noqa: BLE001  # the sender waits for an answer whatever happened
            self._refuse(one.outcome, error)
        else:
            self._answer(one, row_id)
            self._tell()

    def _answer(self, one: _Waiting, row_id: uuid.UUID) -> None:
        one.outcome.set_result(Receipt(row_id, one.delivery.kept))

    def _tell(self) -> None:
        if self._on_kept is not None:
            self._on_kept()

    def _refuse(self, outcome: Future[Receipt], error: BaseException) -> None:
        reason = _reason(error)
        if isinstance(reason, StoreFailed):
            self.failed = True
            log.critical("the disk did not confirm a write; nothing more is accepted until the service is started anew")
        outcome.set_exception(reason)


def _reason(error: BaseException) -> BaseException:
    """The database's "full" and "failed" in the same words as the blob store's."""
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code == _SQLITE_FULL or getattr(error.orig, "sqlstate", None) == _POSTGRESQL_DISK_FULL:
            return StoreFull("the database has no room")
        if code == _SQLITE_IO_ERROR:
            return StoreFailed("the database could not write")
    return error
