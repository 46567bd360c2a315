"""The demo's service: `mailroom serve` in a process of its own, exactly as an installation runs it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60.0


class DidNotStart(Exception):  # noqa: N818
    """The service ended, or opened no ports in time. Its own words stand in its log."""


@dataclass(frozen=True)
class Running:
    """A service that is open."""

    process: subprocess.Popen[bytes]
    smtp_host: str
    smtp_port: int
    pages: str


def stopped(process: subprocess.Popen[bytes], seconds: float = 60) -> int:
    """Ask it to stop, and wait. Its exit status; -9 where it had to be killed."""
    process.terminate()
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """The service of the configuration in `folder`. It has stopped when the block ends. Raises `DidNotStart`."""
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    command = [sys.executable, "-m", "mailroom", "serve", "--config", str(folder / "config.toml"), "--ready-file", str(ready)]
    with (folder / "service.log").open("ab") as log:
        # It stays in our process group: what ends the whole group, a terminal or a timeout, ends it too.
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=_home()
        )
        try:
            addresses = _wait_for(ready, process)
            host, port = addresses["smtp"].removeprefix("smtp://").rsplit(":", 1)
            yield Running(process, host, int(port), addresses["web"])
        finally:
            if process.poll() is None:
                stopped(process)


def _home() -> Path:
    """Where our packages lie, so that `python -m mailroom` finds them from a checkout too."""
    return Path(__file__).resolve().parents[2]


def _wait_for(ready: Path, process: subprocess.Popen[bytes]) -> dict[str, str]:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if ready.exists():
            return dict(json.loads(ready.read_text(encoding="utf-8")))
        if process.poll() is not None:
            break
        time.sleep(0.05)
    message = f"The service did not start; see {ready.with_name('service.log')}."
    raise DidNotStart(message)
