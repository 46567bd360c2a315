"""Watching mailboxes in tests: watchers in a loop in a thread, and a cable to the server that can be cut or go dead."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

import sqlalchemy as sa

from ingest.keeping import Keeper
from ingest.mailbox import Watcher
from ingest.mailbox_settings import Encryption, MailboxSettings, Password
from records import mailboxes
from records.blobs import Blobs
from records.db import Database
from records.mailboxes import Condition
from records.models.post import StoredMessage
from tests.support.dovecot import PASSWORD, USER

PATIENCE = 20.0


def now() -> datetime:
    return datetime.now(UTC)


def settings(port: int, **changes: object) -> MailboxSettings:
    """A mailbox on loopback and a watcher without much patience."""
    usual: dict[str, object] = {
        "name": "forms",
        "host": "127.0.0.1",
        "user_name": USER,
        "sign_in": Password(PASSWORD),
        "port": port,
        "encryption": Encryption.NONE,
        "poll_seconds": 1,
        "command_seconds": 5,
        "first_pause_seconds": 0.05,
        "longest_pause_seconds": 0.2,
    }
    return MailboxSettings(**(usual | changes))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Watch:
    """A running watcher, and what is on record."""

    watcher: Watcher
    database: Database
    stop: Callable[[], None]

    def condition(self) -> Condition | None:
        with self.database.reading() as session:
            found = mailboxes.conditions(session)
        return found[0] if found else None

    def words(self) -> str:
        condition = self.condition()
        return condition.words if condition else ""


def rows(database: Database) -> list[StoredMessage]:
    with database.reading() as session:
        return list(session.scalars(sa.select(StoredMessage).order_by(StoredMessage.received_at, StoredMessage.source)))


@contextmanager
def watching(database: Database, blobs: Blobs, settings: MailboxSettings, holder: str = "host-1") -> Iterator[Watch]:
    """A watcher with a keeper of its own, cancelled at the end as the running service does."""
    with Keeper(database, blobs, now) as keeper:
        watcher = Watcher(settings, keeper, database, now, holder)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name=f"watching {settings.name}")
        thread.start()
        running = asyncio.run_coroutine_threadsafe(watcher.run(), loop)

        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            running.cancel()
            asyncio.run_coroutine_threadsafe(_ended(), loop).result(PATIENCE)

        try:
            yield Watch(watcher, database, stop)
            # A watcher never ends by itself, whatever happened to it.
            assert stopped.is_set() or not running.done()
        finally:
            stop()
            loop.call_soon_threadsafe(loop.stop)
            thread.join(PATIENCE)
            loop.close()


async def _ended() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    outcomes = await asyncio.gather(*rest, return_exceptions=True)
    wrong = [one for one in outcomes if isinstance(one, Exception)]
    if wrong:
        raise wrong[0]


@dataclass
class Cable:
    """A relay on loopback in front of a server. Start it as a context manager."""

    to_port: int
    cut_after_bytes: int | None = None
    """The next connection is cut after so many bytes from the server; those after it are whole."""
    silent_after_bytes: int | None = None
    """The same, but nothing is closed: not a byte comes through any more."""
    connections: int = 0
    said: bytes = b""
    """What the client said, over all connections."""
    _open: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, name="cable")]
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()
        for thread in self._threads:
            thread.join(PATIENCE)

    @property
    def port(self) -> int:
        return int(self._server.getsockname()[1])

    def cut(self) -> None:
        """Close every connection there is now."""
        _hang_up(*self._open)
        for one in self._open:
            one.close()
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            try:
                far = socket.create_connection(("127.0.0.1", self.to_port), timeout=PATIENCE)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            self._open += [near, far]
            limit = self.cut_after_bytes if self.cut_after_bytes is not None else self.silent_after_bytes
            closes = self.silent_after_bytes is None
            self.cut_after_bytes = self.silent_after_bytes = None
            for work in ((self._carry, far, near, limit, closes), (self._hear, near, far)):
                thread = threading.Thread(target=work[0], args=work[1:], name="cable")
                self._threads.append(thread)
                thread.start()

    def _carry(self, source: socket.socket, sink: socket.socket, limit: int | None, closes: bool) -> None:
        """From the server to the client, to the end or up to the limit."""
        carried = 0
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                passed = chunk if limit is None else chunk[: limit - carried]
                sink.sendall(passed)
                carried += len(passed)
                if carried == limit:
                    break
        if closes or carried != limit:
            _hang_up(source, sink)

    def _hear(self, source: socket.socket, sink: socket.socket) -> None:
        """From the client to the server."""
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                self.said += chunk
                sink.sendall(chunk)
        _hang_up(source, sink)


def _hang_up(*ends: socket.socket) -> None:
    for one in ends:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
