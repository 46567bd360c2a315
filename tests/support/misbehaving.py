"""A reader that does what a document made to do harm could make a real one do: the document is the order."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tesserocr

from parsers import limits
from parsers.forms import ReadFile, Shot, Unreadable
from parsers.scan.words import engine


def warm() -> None:
    """Nothing is kept warm: what a child does wrong, it does alone."""


def read(data: bytes, name: str, layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
    order, _, rest = data.decode().partition(" ")
    act = ACTS.get(order)
    if order == "page":
        return ReadFile(())
    return act(rest) if act else Unreadable(f"{name}: {order}, {layouts}")


def read_together(shots: Sequence[Shot], layouts: str | None = None, *, shown: bool = True) -> ReadFile | Unreadable:
    """Every picture is a page; one that is "" is left out. The harm that one does comes to all."""
    for shot in shots:
        if shot.data.partition(b" ")[0].decode() in ACTS:
            return read(shot.data, shot.name, layouts, shown=shown)
    pages = tuple(place for place, shot in enumerate(shots) if shot.data)
    left_out = tuple(place for place, shot in enumerate(shots) if not shot.data)
    lies = any(shot.data == b"lie" for shot in shots)
    return ReadFile(
        (), html=" ".join(shot.name for shot in shots), origins=(*pages, *pages) if lies else pages, left_out=left_out
    )


def _hang(rest: str) -> ReadFile | Unreadable:
    while True:
        pass


def _sleep(rest: str) -> ReadFile | Unreadable:
    time.sleep(600)
    return Unreadable("woke")


def _crash(rest: str) -> ReadFile | Unreadable:
    os.kill(os.getpid(), signal.SIGKILL) if rest == "kill" else os.abort()
    ctypes.string_at(0)
    return Unreadable("survived")


def _segfault(rest: str) -> ReadFile | Unreadable:
    ctypes.string_at(0)
    return Unreadable("survived")


def _exit(rest: str) -> ReadFile | Unreadable:
    os._exit(int(rest))


def _memory(rest: str) -> ReadFile | Unreadable:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def _answer(rest: str) -> ReadFile | Unreadable:
    return Unreadable("x" * int(rest))


def _fault(rest: str) -> ReadFile | Unreadable:
    raise KeyError("Aroha Example")


def _deep(rest: str) -> ReadFile | Unreadable:
    return _deep(rest)


def _honest(rest: str) -> ReadFile | Unreadable:
    """Works longer than anybody's patience, and says so page by page."""
    for _ in range(int(rest)):
        limits.allow(5.0)
        time.sleep(0.5)
    return Unreadable("honest work done")


def _asks_forever(rest: str) -> ReadFile | Unreadable:
    while True:
        limits.allow(60.0)
        time.sleep(0.05)


def _earns(rest: str) -> ReadFile | Unreadable:
    """Many pages, each soon done."""
    for _ in range(int(rest)):
        limits.earn(0.5)
    time.sleep(2.5)
    return Unreadable("many pages done")


def _slow_page(rest: str) -> ReadFile | Unreadable:
    """One page of few takes longer than all of them are given."""
    for _ in range(int(rest)):
        limits.earn(0.5)
        time.sleep(1)
    return Unreadable("slow pages done")


def _reach(rest: str) -> ReadFile | Unreadable:
    """What came of trying each thing that no reader needs."""
    outcomes = []
    for attempt in (
        lambda: Path("/etc/passwd").read_bytes(),
        lambda: Path(rest).read_bytes(),
        lambda: Path(f"{rest}.new").write_bytes(b"x"),
        socket.socket,
        lambda: socket.socket(type=socket.SOCK_DGRAM),
        lambda: subprocess.run([sys.executable, "-c", ""], check=False),
        lambda: os.fork() or os._exit(0),
        lambda: os.kill(os.getppid(), 0),
        _look_into_the_supervisor,
    ):
        try:
            attempt()
            outcomes.append("done")
        except OSError:
            outcomes.append("refused")
    return Unreadable(" ".join(outcomes))


def _look_into_the_supervisor() -> None:
    attach = 16
    if ctypes.CDLL(None, use_errno=True).ptrace(attach, os.getppid(), 0, 0) != 0:
        raise PermissionError


def _inherited(rest: str) -> ReadFile | Unreadable:
    """What the child was given: variables, open files, arguments."""
    opened = []
    for descriptor in range(3, 1024):
        try:
            os.fstat(descriptor)
            opened.append(descriptor)
        except OSError:
            continue
    names = sorted(os.environ)
    return Unreadable(f"{','.join(names)}|{len(opened)}|{Path.cwd()}")


def _half_characters(rest: str) -> ReadFile | Unreadable:
    return Unreadable("a\x00b\ud800c\\u0000d")


def _prints(rest: str) -> ReadFile | Unreadable:
    sys.stdout.write("this would end up inside the talk\n")
    sys.stdout.flush()
    os.write(1, b"and this")
    os.write(2, b"and this")
    return Unreadable("printed")


def _sliver(rest: str) -> ReadFile | Unreadable:
    """A line so thin that the engine complains about it in words of its own."""
    with engine() as reading:
        reading._recognised(np.array([[0, 255]] * 40, np.uint8), tesserocr.PSM.SINGLE_LINE)
    return ReadFile(())


def _leaves_itself_out(rest: str) -> ReadFile | Unreadable:
    return ReadFile((), left_out=(0,))


ACTS = {
    "leaves": _leaves_itself_out,
    "hang": _hang,
    "sleep": _sleep,
    "crash": _crash,
    "segfault": _segfault,
    "exit": _exit,
    "memory": _memory,
    "answer": _answer,
    "fault": _fault,
    "deep": _deep,
    "honest": _honest,
    "asks": _asks_forever,
    "earns": _earns,
    "slow-page": _slow_page,
    "reach": _reach,
    "inherited": _inherited,
    "half": _half_characters,
    "prints": _prints,
    "sliver": _sliver,
}
