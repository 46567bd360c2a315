"""The SMTP listener as a server of the running service, in an event loop and a thread of its own.

So a page that takes long keeps no letter waiting. The loop is uvloop's: it takes a fifth off the cost of a letter.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

from ingest.keeping import Keeper
from ingest.listener import Listener, ListenerSettings

LONGEST_SILENCE = 60.0
"""An event loop that has not come round for so many seconds has got stuck."""
_BEAT_SECONDS = 5.0
_END_SECONDS = 5.0
"""What a loop may take to end once nobody is in it any more."""

T = TypeVar("T")


class PostDoor:
    """Open, it takes post in; closed, it can be opened again."""

    name = "smtp"

    def __init__(self, settings: ListenerSettings, keeper: Keeper) -> None:
        self._settings, self._keeper = settings, keeper
        self._loop: asyncio.AbstractEventLoop | None = None
        self._beaten = 0.0

    @property
    def asked_for(self) -> str:
        host, port = self._settings.listen_on[0]
        return f"{host}:{port} (ingest.host and ingest.port in the settings)"

    async def open(self) -> str:
        self._listener = Listener(self._settings, self._keeper)
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(self._loop,), name=self.name, daemon=True)
        self._thread.start()
        try:
            await self._there(self._listener.open())
        except BaseException:
            await self._end(_END_SECONDS)
            raise
        host, port = self._listener.bound[0]
        return f"smtp://{host}:{port}"

    async def close(self, seconds: float) -> None:
        """The listener itself cuts off what takes longer than its own `closing_seconds`."""
        if self._loop is None or self._loop.is_closed():
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._there(self._listener.close()), seconds + 1)
        await self._end(_END_SECONDS)

    def stalled(self) -> bool:
        if self._loop is None or not self._thread.is_alive():
            return True
        return self._keeper.stalled or time.monotonic() - self._beaten > LONGEST_SILENCE

    async def _there(self, work: Coroutine[Any, Any, T]) -> T:
        assert self._loop is not None
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _end(self, seconds: float) -> None:
        """A loop that has got stuck is left behind: it must not keep the service from ending."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join, seconds)
        self._loop = None

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        self._beat(loop)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(_given_up(asyncio.all_tasks(loop)))
            loop.close()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        self._beaten = time.monotonic()
        loop.call_later(_BEAT_SECONDS, self._beat, loop)


async def _given_up(tasks: set[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
