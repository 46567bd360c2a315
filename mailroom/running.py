"""Running: threads that take one step after another, servers in one event loop, and stopping all of them cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import structlog
import uvicorn

from mailroom.notify import ServiceManager

LONGEST_PAUSE = 60.0
"""How long a loop rests at most after a step that failed, in seconds."""
LONGEST_STEP = 900.0
"""A step that takes longer than this many seconds has got stuck, where nothing else is said."""

_log = structlog.get_logger(__name__)


class Part(Protocol):
    """Something that runs beside the event loop."""

    name: str

    def start(self) -> None: ...

    def stop(self) -> None:
        """Take on nothing new. Returns at once."""
        ...

    def wait(self, seconds: float) -> bool:
        """Whether what was begun has come to its end within so many seconds."""
        ...

    def stalled(self) -> bool:
        """Whether it has ended by itself or makes no progress, so that only starting anew helps."""
        ...


class Loop:
    """Takes one step after another in a thread. Rests when a step says that there is nothing to do, until it is woken.

    A step that takes longer than `longest_seconds` counts as stuck.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], bool],
        rest_seconds: float,
        wake: threading.Event | None = None,
        longest_seconds: float = LONGEST_STEP,
    ) -> None:
        self.name = name
        self._step = step
        self._rest = rest_seconds
        self._wake = wake or threading.Event()
        self._longest = longest_seconds
        self._begun: float | None = None
        """When the step that runs was begun; None while it rests."""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    def wait(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stalled(self) -> bool:
        begun = self._begun
        return not self._thread.is_alive() or (begun is not None and time.monotonic() - begun > self._longest)

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._begun = time.monotonic()
            try:
                busy = self._step()
            except Exception:  # noqa: BLE001 - a step that fails is retried: what it held comes back by the sweep
                failures += 1
                self._begun = None
                _log.exception("step_failed", loop=self.name, failures=failures)
                self._stopping.wait(min(LONGEST_PAUSE, 0.5 * 2**failures))
                continue
            failures = 0
            self._begun = None
            if not busy:
                self._wake.wait(self._rest)
                if not self._stopping.is_set():
                    self._wake.clear()


class Server(Protocol):
    """Something in the event loop that others connect to."""

    name: str

    @property
    def asked_for(self) -> str:
        """The address that `open` tries to have, and which settings choose it."""
        ...

    async def open(self) -> str:
        """Begin to accept, and say at which address. Raises `OSError` when the address cannot be had."""
        ...

    async def close(self, seconds: float) -> None:
        """Accept no more, and give what runs so many seconds to end."""
        ...

    def stalled(self) -> bool:
        """Whether it has ended by itself, so that only starting anew helps. That the event loop goes is seen otherwise."""
        ...


class Pages:
    """The web application on uvicorn, in our own event loop."""

    name = "web"

    def __init__(self, application: Callable[[str], Any], host: str, port: int, trusted_proxies: Sequence[str]) -> None:
        """`application` makes the application for the address that it turns out to be served at."""
        self._application = application
        self._host, self._port = host, port
        self._proxies = list(trusted_proxies)
        self._uvicorn: _Uvicorn | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def asked_for(self) -> str:
        return f"{self._host}:{self._port} (web.host and web.port in the settings)"

    async def open(self) -> str:
        listening = _bound(self._host, self._port)
        host = f"[{self._host}]" if ":" in self._host else self._host
        address = f"http://{host}:{listening.getsockname()[1]}"
        self._uvicorn = _Uvicorn(self._configured(address))
        self._running = asyncio.create_task(self._uvicorn.serve(sockets=[listening]), name=self.name)
        while not self._uvicorn.started:
            if self._running.done():
                await self._running
            await asyncio.sleep(0.01)
        return address

    async def close(self, seconds: float) -> None:
        if self._uvicorn is not None and self._running is not None:
            self._uvicorn.should_exit = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._running, seconds)

    def stalled(self) -> bool:
        return self._running is None or self._running.done()

    def _configured(self, address: str) -> uvicorn.Config:
        return uvicorn.Config(
            self._application(address),
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=bool(self._proxies),
            forwarded_allow_ips=self._proxies,
            timeout_graceful_shutdown=10,
        )


class _Uvicorn(uvicorn.Server):
    """Signals are for the whole service, so uvicorn leaves them alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _bound(host: str, port: int) -> socket.socket:
    """Bound before anything starts, so that an address that is taken is told at once."""
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
    except OSError:
        sock.close()
        raise
    sock.setblocking(False)
    return sock


class CannotOpen(Exception):  # noqa: N818
    """An address cannot be had: it is taken, or this user may not open it. The message names the server."""


def stalled(servers: Sequence[Server], parts: Sequence[Part]) -> list[str]:
    """The names of those that make no progress any more."""
    return [part.name for part in parts if part.stalled()] + [server.name for server in servers if server.stalled()]


async def run(
    servers: Sequence[Server],
    parts: Sequence[Part],
    *,
    stop_seconds: float,
    opened: Callable[[dict[str, str]], None],
    stop: asyncio.Event | None = None,
    manager: ServiceManager | None = None,
) -> bool:
    """Run until SIGTERM, SIGINT or `stop`; then accept nothing new, and let what runs come to its end.

    `opened` is told the address of each server, `manager` how the service is. Returns whether everything ended in time.
    Raises `CannotOpen`.
    """
    stop = stop or asyncio.Event()
    manager = manager or ServiceManager()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(number, stop.set)
    open_servers: list[Server] = []
    started: list[Part] = []
    try:
        for part in parts:
            part.start()
            started.append(part)
        addresses = {}
        for server in servers:
            try:
                addresses[server.name] = await server.open()
            except OSError as fault:
                message = f"{server.name} cannot be opened at {server.asked_for}: {_reason(fault)}"
                raise CannotOpen(message) from fault
            open_servers.append(server)
        _log.info("started", parts=[part.name for part in parts], **addresses)
        opened(addresses)
        manager.ready(", ".join(addresses.values()))
        await _alive_until(stop, manager, lambda: stalled(servers, parts))
    finally:
        manager.stopping()
        ended = await _stopped(open_servers, started, stop_seconds)
    return ended


def _reason(fault: OSError) -> str:
    """The system's own words: the event loop's would say the address once more."""
    return os.strerror(fault.errno) if fault.errno and fault.errno > 0 else fault.strerror or str(fault)


async def _alive_until(stop: asyncio.Event, manager: ServiceManager, stuck: Callable[[], list[str]]) -> None:
    """Give signs of life while everything makes progress. Where something does not, the manager is left to start us anew."""
    if manager.watchdog_seconds is None:
        await stop.wait()
        return
    told: list[str] = []
    while not stop.is_set():
        found = stuck()
        if not found:
            manager.alive()
        if found != told:
            _log.error("stalled", parts=found) if found else _log.info("going_on")
            manager.status(f"Stuck: {', '.join(found)}" if found else "Going on")
            told = found
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), manager.watchdog_seconds / 3)


async def _stopped(servers: Sequence[Server], parts: Sequence[Part], seconds: float) -> bool:
    """Doors first, then the work behind them: nothing comes in that nobody would take on."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    _log.info("stopping")
    await asyncio.gather(*(server.close(max(0.1, deadline - loop.time())) for server in servers))
    for part in parts:
        part.stop()
    late = [part.name for part in parts if not await asyncio.to_thread(part.wait, max(0.1, deadline - loop.time()))]
    if late:
        # Whatever they hold comes back by the sweep when its claim runs out.
        _log.warning("not_ended_in_time", parts=late)
    else:
        _log.info("stopped")
    return not late
