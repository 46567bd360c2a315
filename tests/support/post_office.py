"""A listener with its keeper in a thread of the test's own process, and raw conversations with it over a real socket."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

import pytest
import sqlalchemy as sa
import uvloop

from ingest import listener
from ingest.keeping import Keeper
from ingest.limits import ListenerSettings
from records.blobs import Blobs, FolderBlobs
from records.db import Database
from records.models.post import StoredMessage

ADDRESS = "forms@body.example"
SETTINGS = ListenerSettings(addresses=frozenset({ADDRESS}), listen_on=(("127.0.0.1", 0),), closing_seconds=10)
LETTER = b"From: tutor@school.example\r\nSubject: a form\r\n\r\nHere it is.\r\n"
PATIENCE = 90
"""Seconds after which a test has certainly failed."""


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class PostOffice:
    """Where it listens, and what it kept."""

    host: str
    port: int
    keeper: Keeper
    database: Database
    close: Callable[[], None]

    def rows(self) -> list[StoredMessage]:
        with self.database.reading() as session:
            found = list(session.scalars(sa.select(StoredMessage).order_by(StoredMessage.received_at)))
            session.expunge_all()
            return found

    def call(self) -> Conversation:
        return Conversation(self.host, self.port)


@contextmanager
def post_office(
    database: Database, blobs: Blobs, settings: ListenerSettings = SETTINGS, **changes: object
) -> Iterator[PostOffice]:
    with Keeper(database, blobs, now) as keeper, listening(keeper, replace(settings, **changes)) as (bound, close):  # type: ignore[arg-type]
        yield PostOffice(*bound[0], keeper, database, close)


@contextmanager
def listening(keeper: Keeper, settings: ListenerSettings) -> Iterator[tuple[list[tuple[str, int]], Callable[[], None]]]:
    """A listener in a loop in a thread: where it is bound, and what closes it early."""
    loop = uvloop.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        opened = asyncio.run_coroutine_threadsafe(listener.start(settings, keeper), loop).result(PATIENCE)

        def close() -> None:
            asyncio.run_coroutine_threadsafe(opened.close(), loop).result(PATIENCE)

        try:
            yield opened.bound, close
        finally:
            close()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


class Conversation:
    """SMTP by hand, so that a test decides about every byte and every pause."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), timeout=PATIENCE)
        self._heard = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, raw: bytes) -> None:
        self.socket.sendall(raw)

    def reply(self) -> str:
        """The next whole reply, of one line or several. Empty when the server has closed."""
        lines: list[str] = []
        while True:
            while b"\r\n" not in self._heard:
                try:
                    chunk = self.socket.recv(65536)
                except ConnectionResetError:
                    chunk = b""
                if not chunk:
                    return ""
                self._heard += chunk
            line, self._heard = self._heard.split(b"\r\n", 1)
            lines.append(line.decode())
            if line[3:4] != b"-":
                return "\n".join(lines)

    def say(self, line: str | bytes) -> str:
        self.send((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return self.reply()

    def greet(self) -> Self:
        assert self.reply().startswith("220 ")
        assert self.say("EHLO school.example").startswith("250-")
        return self

    def address(self, sender: str = "tutor@school.example", to: str = ADDRESS) -> Self:
        assert self.say(f"MAIL FROM:<{sender}>").startswith("250 ")
        assert self.say(f"RCPT TO:<{to}>").startswith("250 ")
        return self

    def begin(self) -> Self:
        """As far as 354: the next byte is content."""
        self.greet().address()
        assert self.say("DATA").startswith("354 ")
        return self

    def deliver(self, content: bytes) -> str:
        """One message, dots stuffed, on a conversation that has been greeted."""
        self.address()
        assert self.say("DATA").startswith("354 ")
        self.send(stuffed(content) + b".\r\n")
        return self.reply()

    def at_end(self) -> bool:
        """Whether the server has closed the connection."""
        return self.reply() == ""


def stuffed(content: bytes) -> bytes:
    """Content as it goes over the wire: dots doubled where a line begins, a line end last."""
    lines = content.split(b"\r\n")
    wire = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return wire if wire.endswith(b"\r\n") else wire + b"\r\n"


def only_blob(blobs: FolderBlobs) -> bytes:
    (name,) = blobs.names()
    return blobs.read(name)


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Until it is so; a test in which it never becomes so fails."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            pytest.fail("that never came")
        time.sleep(0.005)
