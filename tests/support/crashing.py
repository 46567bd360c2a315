"""Killing the service while post is coming in, and afterwards looking for every letter that it said it had kept."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from records.blobs import FolderBlobs
from records.db import connect
from records.models.post import Attachment, StoredMessage
from records.states import AttachmentState, MessageState
from tests.support import letters
from tests.support.post_office import ADDRESS, Conversation

ROOT = Path(__file__).parents[2]
SENDERS = 10
START_SECONDS = 60
REST_SECONDS = 300
_RESTING: dict[type[StoredMessage | Attachment], set[MessageState | AttachmentState]] = {
    StoredMessage: {MessageState.OPENED, MessageState.UNOPENABLE},
    Attachment: {AttachmentState.READ, AttachmentState.UNREADABLE, AttachmentState.SET_ASIDE},
}


class Service:
    """A service on SQLite in a folder, started as a process as often as the test likes."""

    def __init__(self, folder: Path, mutant: str = "", data: Path | None = None) -> None:
        self.data = data or folder / "data"
        self._config, self._ready = folder / "config.toml", folder / "ready.json"
        self._config.write_text(
            f'[body]\nname = "Example Body"\n[ingest]\naddresses = ["{ADDRESS}"]\nport = 0\nhostname = "mx.body.example"\n'
            f'[records]\ndata_folder = "{self.data}"\nreserve_bytes = 0\n'
        )
        self._mutant = mutant
        self._log = (folder / "service.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        self.port: int | None = None
        """Where it listens, None while it is down."""

    def begin(self) -> None:
        """Start the process without waiting for it."""
        self._ready.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.support.service_to_kill", str(self._config), str(self._ready), self._mutant]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=self._log, stderr=self._log)

    def wait_until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        assert self._process is not None
        while not self._ready.exists():
            if self._process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the service did not start: {self.log()}")
            time.sleep(0.01)
        self.port = int(json.loads(self._ready.read_text())["smtp"].rpartition(":")[2])

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.port = None

    def stop(self) -> int:
        """End it as an administrator does; its exit status."""
        assert self._process is not None
        self.port = None
        self._process.terminate()
        return self._process.wait(60)

    def gone(self) -> None:
        """Leave nothing running, whatever became of the test."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        self._log.close()

    def log(self) -> str:
        return Path(self._log.name).read_text()[-2000:]


@contextmanager
def service(folder: Path, mutant: str = "", data: Path | None = None) -> Iterator[Service]:
    one = Service(folder, mutant, data)
    try:
        yield one
    finally:
        one.gone()


@dataclass
class Senders:
    """Clients that deliver until told to stop, and write down what was acknowledged. Like a mail server, they send again."""

    target: Service
    sent: dict[str, bytes] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    """The sha256 of the bytes sent, once for each 250."""
    refused: Counter[str] = field(default_factory=Counter)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._send, args=(number,)) for number in range(SENDERS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, count: int) -> None:
        until = time.monotonic() + REST_SECONDS
        while len(self.acknowledged) < count:
            if time.monotonic() > until:
                pytest.fail(f"only {len(self.acknowledged)} of {count} were taken; refused: {self.refused}")
            time.sleep(0.001)

    def _send(self, sender: int) -> None:
        number = 0
        while not self._stopping.is_set():
            content = _letter(sender, number)
            name = hashlib.sha256(content).hexdigest()
            self.sent[name] = content
            while not self._stopping.is_set():
                if self._delivered(content):
                    self.acknowledged.append(name)
                    break
                time.sleep(0.01)
            number += 1

    def _delivered(self, content: bytes) -> bool:
        port = self.target.port
        if port is None:
            return False
        try:
            with Conversation("127.0.0.1", port) as call:
                reply = call.greet().deliver(content)
        except (OSError, AssertionError):
            # The service died in the middle; whether it kept the letter is unknown, so it is sent again.
            return False
        if not reply.startswith("250 "):
            self.refused[reply[:9]] += 1
        return reply.startswith("250 ")


def _letter(sender: int, number: int) -> bytes:
    """Most are short and plain; some carry a file, and a few are large enough to go to disk in stretches."""
    files: list[tuple[str, bytes]] = []
    if number % 10 == 3:
        files.append(("form.pdf", letters.PDF + str(number).encode()))
    if number % 25 == 7:
        files.append(("notes.bin", random.Random(number).randbytes(700_000)))
    return letters.letter(
        *files, subject=f"{sender}/{number}", message_id=f"<{sender}.{number}@hill.example>", text=".\r\n..dots\r\n"
    )


def killed_at_random(target: Service, senders: Senders, kills: int, deliveries: int, chance: random.Random) -> None:
    """Kill the service so many times while so many letters are acknowledged, and leave it running."""
    target.begin()
    senders.start()
    for kill in range(kills):
        if chance.random() < 0.1:
            # In the middle of starting, too: it recovers what it left behind there.
            time.sleep(chance.uniform(0.05, 2))
            target.kill()
            target.begin()
        target.wait_until_ready()
        aim = deliveries * (kill + 1) // (kills + 1)
        senders.wait_for(min(aim, len(senders.acknowledged) + 1))
        senders.wait_for(aim)
        time.sleep(chance.uniform(0, 0.05))
        target.kill()
        target.begin()
    target.wait_until_ready()
    senders.wait_for(deliveries)
    senders.stop()


def faults(data: Path, sent: dict[str, bytes], acknowledged: list[str]) -> list[str]:
    """What is wrong with what was kept. Empty when every acknowledged letter is there once, unaltered, and nothing is torn."""
    database, blobs = connect(f"sqlite:///{data / 'mailroom.db'}"), FolderBlobs(data / "blobs")
    with database.reading() as session:
        rows = session.execute(sa.select(StoredMessage.blob_sha256, StoredMessage.duplicate_of_id)).all()
    database.close()
    originals = Counter(row.blob_sha256 for row in rows if row.duplicate_of_id is None)
    found = [
        f"{name[:12]} has {originals[name]} rows that are no repeats" for name in set(acknowledged) if originals[name] != 1
    ]
    for name in {row.blob_sha256 for row in rows}:
        if name not in sent:
            found.append(f"{name[:12]} was never sent")
            continue
        try:
            if blobs.read(name) != sent[name]:
                found.append(f"{name[:12]} is altered")
        except (FileNotFoundError, ValueError) as error:
            found.append(f"{name[:12]} {type(error).__name__}")
    return found


def restless(data: Path) -> list[str]:
    """What has not come to a resting state."""
    database = connect(f"sqlite:///{data / 'mailroom.db'}")
    found = []
    with database.reading() as session:
        for kind, resting in _RESTING.items():
            for state, count in session.execute(sa.select(kind.state, sa.func.count()).group_by(kind.state)):
                if state not in resting:
                    found.append(f"{count} {kind.__tablename__} {state}")
    database.close()
    return found


def wait_until_all_rest(data: Path) -> None:
    until = time.monotonic() + REST_SECONDS
    while restless(data):
        if time.monotonic() > until:
            pytest.fail(f"not at rest: {restless(data)}")
        time.sleep(0.2)


def seed() -> int:
    """Another one each time; said when the test fails, so that the run can be had again."""
    return int.from_bytes(os.urandom(4), "big")
