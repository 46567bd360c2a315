"""The reader port: a document's bytes in, what it says or why it cannot be read out.

`IsolatedReader` lets a confined child process read (its far side is `parsers.child`); `InProcessReader` reads here, for
files that one trusts. Both answer with values only: no document can make them raise or hang.
"""

from __future__ import annotations

import contextlib
import json
import queue
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import parsers
from ingest.converting import Converter, converted, find_office
from parsers import choose
from parsers.child import CRASHED, NEEDS_PICTURES, TOO_LARGE_ANSWER, Request
from parsers.filetypes import IMAGES, true_type
from parsers.forms import ReadFile, Shot, Unreadable
from parsers.learned import Layouts
from parsers.learning import Lesson, learn
from parsers.limits import Limits
from parsers.recall.finding import Values
from parsers.tokens import Sheet

_LENGTH = struct.Struct(">Q")
_CHUNK = 1 << 20
_START_SECONDS = 60.0
"""A cold disk may take long to import the readers; after that only the document's own limits count."""
_GRACE_SECONDS = 5.0
"""What the supervisor may take beyond the child's own limits before it is given up itself."""

_WITH_PICTURES = "parsers.choose"
"""What the children of the other supervisors read with."""

INTERRUPTED = "Reading was interrupted before it was finished."
CLOSED = "Reading stopped because the service is closing."

# Zero bytes and half characters inside JSON strings: no database takes them. An even number of backslashes before
# the escape belongs to the text.
_UNSTORABLE = re.compile(rb"(?<!\\)((?:\\\\)*)\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})")


class Reader(Protocol):
    """Reads one document. Thread-safe; never raises because of a document."""

    def read(self, data: bytes, name: str, layouts: str | None = None) -> ReadFile | Unreadable:
        """`name` is shown to people only, never used as a path. `layouts` is the extract of learned layouts."""
        ...

    def read_together(self, shots: Sequence[Shot], layouts: str | None = None) -> ReadFile | Unreadable:
        """Read pictures as pages of one paper. The answer says of each whether it is one, and which."""
        ...


class Learner(Protocol):
    """Finds out what an accepted paper teaches about its layout. Thread-safe; never raises because of a paper."""

    def learn(self, sheet: bytes, values: Values, layouts: str | None = None) -> Lesson | Unreadable | None:
        """`sheet` is the JSON of a paper's sheet, `values` what a person accepted; None where there is nothing to learn."""
        ...


class InProcessReader:
    """Reads in this process: no isolation, no limits. For papers that one made oneself."""

    def read(self, data: bytes, name: str, layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
        try:
            return choose.read(data, name, layouts, shown=shown)
        except Exception as fault:  # noqa: BLE001 - a library's complaint about a document is an expected outcome
            return Unreadable(f"{CRASHED} ({type(fault).__name__})")

    def read_together(self, shots: Sequence[Shot], layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
        try:
            return choose.read_together(shots, layouts, shown=shown)
        except Exception as fault:  # noqa: BLE001 - as in `read`
            return Unreadable(f"{CRASHED} ({type(fault).__name__})")

    def learn(self, sheet: bytes, values: Values, layouts: str | None = None) -> Lesson | Unreadable | None:
        try:
            return learn(Sheet.from_json(json.loads(sheet)), values, Layouts.from_json(layouts))
        except Exception as fault:  # noqa: BLE001 - as in `read`
            return Unreadable(f"{CRASHED} ({type(fault).__name__})")


class IsolatedReader:
    """Reads in confined child processes, at most `workers` documents at once.

    Each worker has two supervisors: one with the readers of text alone, whose children cost far less, and one with those of
    pictures too. They start with the first document that needs them and again whenever one has died. Close it, or use it as
    a context manager. A child may start no program, so old Word and RTF files are converted before they reach one.
    """

    def __init__(
        self,
        workers: int = 1,
        limits: Limits | None = None,
        reading: str = "parsers.digital",
        converter: Converter | None = None,
        picturing: str = _WITH_PICTURES,
    ) -> None:
        """`reading` names the module whose `read` the children call first, `picturing` that for files with pictures.

        `converter` is closed with the reader.
        """
        self._converter = converter or Converter(find_office(), workers)
        self._limits = limits or Limits()
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all = [_Worker(_Supervisor(reading), _Supervisor(picturing)) for _ in range(max(1, workers))]
        self._closed = False
        for worker in self._all:
            self._idle.put(worker)

    def read(self, data: bytes, name: str, layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
        """As in `Reader`; `shown=False` gives the fields alone, without what a person's screen needs."""
        kind = true_type(data)
        request = Request(name, layouts, self._limits, shown=shown)
        if not self._converter.takes(kind):
            return self._read(data, request)
        copy = self._converter.convert(data, kind)
        if isinstance(copy, Unreadable):
            return copy
        read = self._read(copy, request)
        return read if isinstance(read, Unreadable) else converted(read, kind)

    def read_together(self, shots: Sequence[Shot], layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
        """As in `Reader`; where the pictures together are too much for a child, those that alone are so are left out."""
        read = self._together(shots, layouts, shown=shown)
        if isinstance(read, ReadFile) or read.passing:
            return read
        sound = [place for place, one in enumerate(shots) if isinstance(self.read(one.data, one.name, shown=False), ReadFile)]
        if not 0 < len(sound) < len(shots):
            return read
        again = self._together([shots[place] for place in sound], layouts, shown=shown)
        if isinstance(again, Unreadable):
            return again
        origins = tuple(sound[one] for one in again.origins)
        return replace(again, origins=origins, left_out=tuple(place for place in range(len(shots)) if place not in origins))

    def _together(self, shots: Sequence[Shot], layouts: str | None, *, shown: bool) -> ReadFile | Unreadable:
        album = tuple((one.name, len(one.data)) for one in shots)
        request = Request("", layouts, self._limits, shown=shown, album=album)
        return self._read(b"".join(one.data for one in shots), request)

    def _read(self, data: bytes, request: Request) -> ReadFile | Unreadable:
        answer = self._ask(request, data, pictures=bool(request.album) or true_type(data) in IMAGES)
        read = answer if isinstance(answer, Unreadable) else _unpacked(answer)
        # A file by itself that is said to be left out of something would be read again for ever.
        if isinstance(read, ReadFile) and sorted((*read.origins, *read.left_out)) != list(range(len(request.album))):
            return Unreadable(CRASHED)
        return read

    def learn(self, sheet: bytes, values: Values, layouts: str | None = None) -> Lesson | Unreadable | None:
        answer = self._ask(Request("", layouts, self._limits, values=dict(values)), sheet)
        return answer if isinstance(answer, Unreadable) else _unpacked_lesson(answer)

    def protections(self) -> dict[str, bool]:
        """What a child cannot do, found out by a child that tries; empty where no child could be started."""
        answer = self._ask(Request("", None, replace(self._limits), probe=True), b"")
        if isinstance(answer, Unreadable):
            return {}
        locks = json.loads(answer).get("locks", {})
        return {str(lock): bool(held) for lock, held in locks.items()}

    def close(self) -> None:
        """End the supervisors; a document that is being read ends as unreadable for now."""
        self._closed = True
        self._converter.close()
        for worker in self._all:
            worker.text.retire()
            worker.pictures.retire()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _ask(self, request: Request, document: bytes, *, pictures: bool = False) -> bytes | Unreadable:
        worker = self._idle.get()
        try:
            answer = None if pictures else self._answer(worker.text, request, document)
            return self._answer(worker.pictures, request, document) if answer in {None, NEEDS_PICTURES} else answer
        finally:
            self._idle.put(worker)

    def _answer(self, supervisor: _Supervisor, request: Request, document: bytes) -> bytes | Unreadable:
        try:
            if self._closed:
                return Unreadable(CLOSED, passing=True)
            return supervisor.ask(request, document)
        except OSError:
            # The supervisor died or fell silent. It holds nothing, so a new one takes its place with the next document.
            supervisor.end()
            return Unreadable(CLOSED if self._closed else INTERRUPTED, passing=True)


def _unpacked(answer: bytes) -> ReadFile | Unreadable:
    """Believe nothing: a document that had taken over its child would write this."""
    try:
        packed: dict[str, Any] = json.loads(_UNSTORABLE.sub(rb"\1 ", answer))
        if "read" in packed:
            return ReadFile.from_json(packed["read"])
        return Unreadable.from_json(packed["unreadable"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, MemoryError):
        return Unreadable(CRASHED)


def _unpacked_lesson(answer: bytes) -> Lesson | Unreadable | None:
    try:
        packed: dict[str, Any] = json.loads(answer)
        if "lesson" in packed:
            return Lesson.from_json(packed["lesson"]) if packed["lesson"] is not None else None
        return Unreadable.from_json(packed["unreadable"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, MemoryError):
        return Unreadable(CRASHED)


@dataclass(frozen=True, slots=True)
class _Worker:
    """The supervisors that one document at a time is given to: `pictures` where `text` answers that it needs that one."""

    text: _Supervisor
    pictures: _Supervisor


class _Supervisor:
    """One supervisor process and the socket to it. `ask` is for one thread at a time, `end` for any."""

    def __init__(self, reading: str) -> None:
        self._reading = reading
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._retired = False

    def ask(self, request: Request, document: bytes) -> bytes | Unreadable:
        """Raises `OSError` when the supervisor cannot be started, dies or falls silent."""
        line, fresh = self._connected()
        seconds = request.limits.longest + _GRACE_SECONDS + (_START_SECONDS if fresh else 0)
        deadline = time.monotonic() + seconds
        header = json.dumps(request.to_json()).encode()
        for part in (header, document):
            _send(line, _LENGTH.pack(len(part)), deadline)
            _send(line, part, deadline)
        size: int = _LENGTH.unpack(_received(line, _LENGTH.size, deadline))[0]
        if size > request.limits.answer + _CHUNK:
            raise OSError(TOO_LARGE_ANSWER)
        return _received(line, size, deadline)

    def retire(self) -> None:
        """End, and never start again."""
        self._retired = True
        self.end()

    def end(self) -> None:
        with self._changing:
            if self._line is not None:
                # Shutting down wakes a thread that waits on the line, closing would not.
                with contextlib.suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)
                self._line.close()
                self._line = None
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                self._process = None

    def _connected(self) -> tuple[socket.socket, bool]:
        with self._changing:
            if self._line is not None and self._process is not None and self._process.poll() is None:
                return self._line, False
        self.end()
        with self._changing:
            if self._retired:
                raise OSError(CLOSED)
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                    [sys.executable, "-I", "-B", "-c", _program(theirs.fileno(), self._reading)],
                    env={"OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    close_fds=True,
                    pass_fds=(theirs.fileno(),),
                    cwd="/",
                )
            self._line = ours
            return ours, True


def _program(descriptor: int, reading: str) -> str:
    """The supervisor's first words. The search path is ours without the folder in which this program happened to start."""
    own = str(Path(parsers.__path__[0]).parent.resolve())
    path = [own, *(entry for entry in sys.path if entry and entry != own and Path(entry).is_absolute())]
    return f"import sys; sys.path[:] = {path!r}; from parsers.child import supervise; supervise({descriptor}, {reading!r})"


def _send(line: socket.socket, words: bytes, deadline: float) -> None:
    line.settimeout(_left(deadline))
    line.sendall(words)


def _received(line: socket.socket, size: int, deadline: float) -> bytes:
    content = bytearray()
    while len(content) < size:
        line.settimeout(_left(deadline))
        part = line.recv(min(_CHUNK, size - len(content)))
        if not part:
            raise OSError(INTERRUPTED)
        content += part
    return bytes(content)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
