"""An OpenID Connect provider of its own process on loopback, for tests of signing in elsewhere."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

PATIENCE_SECONDS = 60


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The provider's issuer, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "True"]
    with (folder / "provider.log").open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            _wait(issuer, process)
            yield issuer
        finally:
            process.terminate()


def _wait(issuer: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5) as answer:
                if answer.ok:
                    return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError("the provider did not begin to answer")
