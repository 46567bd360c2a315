"""Telling systemd how the service is: ready, alive, stopping (sd_notify(3)). Says nothing where nobody asked to be told."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceManager:
    """Whoever started us and wants to know. The words are those of sd_notify(3)."""

    address: str | None = None
    """Path of a datagram socket, an abstract one with "@" in front; None: nobody wants to know."""
    watchdog_seconds: float | None = None
    """How long it waits for a sign of life before it ends us; None: for ever."""

    def ready(self, status: str) -> None:
        self._say(f"READY=1\nSTATUS={status}")

    def alive(self) -> None:
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        self._say("STOPPING=1\nSTATUS=Finishing what was begun")

    def status(self, words: str) -> None:
        """A line that `systemctl status` shows."""
        self._say(f"STATUS={words}")

    def _say(self, words: str) -> None:
        """Whether it listens is its own affair: a service must not stop because nobody hears that it is well."""
        if self.address is None:
            return
        address = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line,
        ):
            # A full socket must not hold up the event loop.
            line.setblocking(False)
            line.connect(address)
            line.sendall(words.encode())


def service_manager(environment: Mapping[str, str]) -> ServiceManager:
    """By the variables that systemd sets for a service of `Type=notify`."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return ServiceManager()
    return ServiceManager(address, _watchdog_seconds(environment))


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    microseconds = environment.get("WATCHDOG_USEC", "")
    meant_for = environment.get("WATCHDOG_PID", "")
    if not microseconds.isdigit() or not int(microseconds) or meant_for not in {"", str(os.getpid())}:
        return None
    return int(microseconds) / 1_000_000
