"""The isolated reader's far side: a small warm supervisor that forks one confined child per paper.

It is executed as a program of its own (`ingest.reading` starts it), never forked from the service: it has an empty
environment, one thread, no secret and no open file but one socket. The supervisor itself never looks into a document.

Talk over the socket: a request is a length (8 bytes), a JSON object of that length, a length, and the document. An answer is
a length and a JSON object: `{"read": …}`, `{"unreadable": …}`, `{"pictures": …}` where the file holds pictures of paper
and this supervisor does not know how to read those, `{"lesson": …}` or, to a probe, `{"locks": …}`.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, NoReturn, Protocol, cast

from parsers import confine, limits
from parsers.forms import NeedsPictures, ReadFile, Shot, Unreadable
from parsers.learned import Layouts
from parsers.learning import learn
from parsers.tokens import Sheet

_LENGTH = struct.Struct(">Q")
_SIGN = struct.Struct(">cQ")
_MORE, _ON_TOP, _DONE = b"m", b"t", b"d"
_CHUNK = 1 << 20
_LARGEST_REQUEST = 512 * limits.MEBIBYTE
_HEADER_SHARE = 64 * limits.MEBIBYTE
_HIGHEST_DESCRIPTOR = 1024
_MANY_OBJECTS = 50_000
"""A child looks for garbage in cycles only when it made far more objects than the paper of any form needs, and then ends anyway."""

TOO_LONG = "Reading this file took far longer than any form does and was stopped. The file may be damaged; a copy saved anew as PDF or Word usually helps."
TOO_BUSY = "This file could not be read in the time allowed because the machine was busy."
TOO_MUCH = (
    "Reading this file needs far more memory than any form does and was stopped. The file may be damaged or made to do harm."
)
CRASHED = "The reader broke down on this file. The file may be damaged; a copy saved anew as PDF or Word usually helps."
TOO_DEEP = "This file is nested far deeper than any form is, so it was not read."
NEEDS_PICTURES = b'{"pictures": true}'
TOO_LARGE_ANSWER = "This file holds far more than any form does, so it was not read."


class Readers(Protocol):
    """A module that reads: what the supervisor lets its children call."""

    def warm(self) -> None:
        """Read something harmless, so that no child has to build what reading needs: called once, before the first fork."""
        ...

    def read(self, data: bytes, name: str, layouts: str | None, *, shown: bool) -> ReadFile | Unreadable:
        """May raise `NeedsPictures`."""
        ...

    def read_together(self, shots: Sequence[Shot], layouts: str | None, *, shown: bool) -> ReadFile | Unreadable:
        """Asked only of modules that read pictures."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """One document to read, or with `probe` the question what a child can still reach."""

    name: str
    layouts: str | None
    limits: limits.Limits
    probe: bool = False
    shown: bool = True
    """Whether a person will look at the file: then the answer holds the sheet and the pictures too."""
    values: dict[str, str | bool | None] | None = None
    """What a person accepted: then the document is the sheet of a paper, and the answer what it teaches about its layout."""
    album: tuple[tuple[str, int], ...] = ()
    """Names and sizes of pictures that are read together: then the document is their bytes, one after the other."""

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "layouts": self.layouts,
            "limits": self.limits.to_json(),
            "probe": self.probe,
            "shown": self.shown,
            "values": self.values,
            "album": self.album,
        }

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> Request:
        own = limits.Limits(**packed["limits"])
        album = tuple((name, size) for name, size in packed["album"])
        return cls(packed["name"], packed["layouts"], own, packed["probe"], packed["shown"], packed["values"], album)


def supervise(descriptor: int, reading: str) -> None:
    """Serve requests on the socket until the other side closes it. `reading` is the module that reads (`Readers`)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C is for the service, which then closes the socket.
    _silence()
    readers = cast("Readers", importlib.import_module(reading))
    readers.warm()
    # What was made so far is never looked at by a child's collector, and pages that it does not touch stay shared.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MANY_OBJECTS)
    locks = _Locks(
        confine.Landlock.reading_only(confine.readable_paths(Path(__file__).parent)), confine.CallFilter.of_readers()
    )
    with socket.socket(fileno=descriptor) as line, contextlib.suppress(EOFError, OSError):
        while True:
            request, document = _next_request(line)
            _unpack(request.layouts)
            answer = _Attempt(request, document, readers, locks, line.fileno()).outcome()
            line.sendall(_LENGTH.pack(len(answer)) + answer)


def _unpack(layouts: str | None) -> None:
    """Take the layouts in before the fork, so that they are unpacked once and not by every child. They are our own words."""
    with contextlib.suppress(ValueError):
        Layouts.from_json(layouts)


def _silence() -> None:
    """Libraries print to the standard streams, and what they print may come from a document."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    os.close(nothing)


def _next_request(line: socket.socket) -> tuple[Request, bytes]:
    header = _received(line, _bounded(line, _HEADER_SHARE))
    return Request.from_json(json.loads(header)), _received(line, _bounded(line, _LARGEST_REQUEST))


def _bounded(line: socket.socket, most: int) -> int:
    size: int = _LENGTH.unpack(_received(line, _LENGTH.size))[0]
    if size > most:
        raise EOFError
    return size


def _received(line: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        part = line.recv(min(_CHUNK, size - len(content)))
        if not part:
            raise EOFError
        content += part
    return bytes(content)


@dataclass(frozen=True, slots=True)
class _Locks:
    """What every child puts on: made once, before the first fork."""

    files: confine.Landlock
    calls: confine.CallFilter

    def put_on(self) -> dict[str, bool]:
        return {
            "no new privileges": confine.lock_privileges(),
            "landlock": self.files.put_on(),
            "seccomp": self.calls.put_on(),
        }


class _Attempt:
    """One fork: the child reads, the parent of it waits, listens and kills."""

    def __init__(self, request: Request, document: bytes, readers: Readers, locks: _Locks, line: int) -> None:
        self._request, self._document, self._readers = request, document, readers
        self._locks, self._line = locks, line
        self._heard = bytearray()
        self._grant = limits.Grant(request.limits)

    def outcome(self) -> bytes:
        """The answer as JSON. Whatever the document did to the child, there is one."""
        ear, mouth = os.pipe()
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            os.close(ear)
            self._be_the_child(mouth)
        os.close(mouth)
        try:
            answer = self._listen(ear, child, begun)
        finally:
            os.close(ear)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            _, status, usage = os.wait4(child, 0)
        if isinstance(answer, bytes):
            return answer
        return _packed(answer or _obituary(status, usage, self._grant.seconds, self._request.limits.memory))

    def _listen(self, ear: int, child: int, begun: float) -> bytes | Unreadable | None:
        """The child's answer, why there is none, or None when it only ended or ran out of time."""
        while (left := self._grant.left(time.monotonic() - begun, lambda: _waited(child))) > 0:
            ready, _, _ = select.select([ear, self._line], [], [], left)
            if self._line in ready:
                raise EOFError  # Nobody asks twice at once: the service has gone.
            if not ready:
                continue
            part = os.read(ear, _CHUNK)
            if not part:
                return None
            self._heard += part
            while len(self._heard) >= _SIGN.size:
                sign, amount = _SIGN.unpack_from(self._heard)
                if sign in {_MORE, _ON_TOP}:
                    del self._heard[: _SIGN.size]
                    self._grant.hear(limits.Plea(amount / 1000, on_top=sign == _ON_TOP), time.monotonic() - begun)
                    continue
                if amount > self._request.limits.answer:
                    return Unreadable(TOO_LARGE_ANSWER)
                if len(self._heard) < _SIGN.size + amount:
                    break
                return bytes(self._heard[_SIGN.size : _SIGN.size + amount])
        return None

    def _be_the_child(self, mouth: int) -> NoReturn:
        """Read the document in this process and leave it."""
        code = 1
        try:
            confine.die_with_parent()
            _keep_only(mouth, self._locks)
            os.nice(5)
            limits.impose(self._request.limits)
            put_on = self._locks.put_on()
            # The rule set is shared with the children to come: this one must not be able to widen it.
            os.closerange(3, mouth)
            os.closerange(mouth + 1, _HIGHEST_DESCRIPTOR)
            with limits.asking(
                lambda plea: _say(mouth, _SIGN.pack(_ON_TOP if plea.on_top else _MORE, int(plea.seconds * 1000)))
            ):
                answer = json.dumps({"locks": put_on | _reachable()}).encode() if self._request.probe else self._reading()
            _say(mouth, _SIGN.pack(_DONE, len(answer)) + answer)
            code = 0
        finally:
            os._exit(code)

    def _read(self, request: Request) -> ReadFile | Unreadable:
        if request.album:
            return self._readers.read_together(_cut(self._document, request.album), request.layouts, shown=request.shown)
        return self._readers.read(self._document, request.name, request.layouts, shown=request.shown)

    def _reading(self) -> bytes:
        try:
            request = self._request
            if request.values is not None:
                return _lesson(self._document, request.values, request.layouts)
            return _packed(self._read(request))
        except NeedsPictures:
            return NEEDS_PICTURES
        except MemoryError:
            # The frames of the failed reader are gone by now, and with them what they held.
            return _packed(Unreadable(TOO_MUCH))
        except RecursionError:
            return _packed(Unreadable(TOO_DEEP))
        except Exception as fault:  # noqa: BLE001 - whatever a library raises on a hostile file is an expected outcome here
            return _packed(Unreadable(f"{CRASHED} ({type(fault).__name__})"))


def _waited(child: int) -> float:
    """Seconds for which a child could have worked, but others had the processor; 0 where the kernel does not tell."""
    try:
        return int(Path(f"/proc/{child}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0


def _cut(document: bytes, album: Sequence[tuple[str, int]]) -> list[Shot]:
    ends = list(accumulate(size for _, size in album))
    return [Shot(name, document[end - size : end]) for (name, size), end in zip(album, ends, strict=True)]


def _obituary(status: int, usage: resource.struct_rusage, granted: float, memory: int) -> Unreadable:
    """Why a child that gave no answer ended. It may have been killed a moment ago, by us, for being late."""
    ended_by = os.waitstatus_to_exitcode(status)
    if ended_by == -signal.SIGKILL:
        worked = usage.ru_utime + usage.ru_stime
        # A child that hardly got the processor is the machine's fault, not the file's, and may be tried again.
        return Unreadable(TOO_LONG) if worked > granted / 3 else Unreadable(TOO_BUSY, passing=True)
    if ended_by == -signal.SIGXCPU:
        return Unreadable(TOO_LONG)
    # Native code does not raise MemoryError, it falls over; how far it had grown tells.
    return Unreadable(TOO_MUCH if usage.ru_maxrss * 1024 > memory / 2 else CRASHED)


def _keep_only(mouth: int, locks: _Locks) -> None:
    """Close what the supervisor had open, above all its socket: a child can answer for its own document only."""
    kept = sorted({mouth, *([locks.files.descriptor] if locks.files.descriptor is not None else [])})
    start = 3
    for descriptor in kept:
        os.closerange(start, descriptor)
        start = descriptor + 1
    os.closerange(start, max(start, _HIGHEST_DESCRIPTOR))


def _say(mouth: int, words: bytes) -> None:
    left = memoryview(words)
    while left:
        left = left[os.write(mouth, left[:_CHUNK]) :]


def _packed(outcome: ReadFile | Unreadable) -> bytes:
    """JSON in UTF-8. Half characters, which a damaged file can hold and no database takes, become question marks."""
    kind = "unreadable" if isinstance(outcome, Unreadable) else "read"
    return json.dumps({kind: outcome.to_json()}, ensure_ascii=False).encode("utf-8", "replace")


def _lesson(sheet: bytes, values: dict[str, str | bool | None], layouts: str | None) -> bytes:
    lesson = learn(Sheet.from_json(json.loads(sheet)), values, Layouts.from_json(layouts))
    return json.dumps({"lesson": lesson.to_json() if lesson is not None else None}).encode()


def _reachable() -> dict[str, bool]:
    """Try what a document that had taken over the child would try. True: it was refused."""
    return {refused: _refused(attempt) for refused, attempt in _ATTEMPTS.items()}


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as fault:
        return fault.errno in {errno.EPERM, errno.EACCES, errno.EFBIG}
    return False


def _connect() -> None:
    with socket.socket() as outwards:
        outwards.settimeout(0.2)
        outwards.connect(("127.0.0.1", 9))


def _start_program() -> None:
    child = os.fork()
    if child == 0:
        with contextlib.suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-c", ""])  # noqa: S606 - it is meant to fail
        os._exit(errno.EACCES)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == errno.EACCES:
        raise PermissionError(errno.EACCES, sys.executable)


_ATTEMPTS: dict[str, Callable[[], object]] = {
    "reading other files": lambda: Path("/etc/passwd").read_bytes(),
    "writing files": lambda: Path("/tmp", f"mailroom-probe-{os.getpid()}").write_bytes(b"x"),  # noqa: S108 - it is meant to fail
    "opening connections": _connect,
    "starting programs": _start_program,
}
