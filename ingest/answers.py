"""The bridge from the keeper's threads into the event loop."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress

from ingest.keeping import Receipt


class Answers:
    """Brings what the keeper's threads have to say into the event loop, all of one moment in one go."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._came: deque[tuple[asyncio.Future[Receipt], Future[Receipt]]] = deque()
        self._called = False

    def expect(self, outcome: Future[Receipt]) -> asyncio.Future[Receipt]:
        expected: asyncio.Future[Receipt] = self._loop.create_future()
        outcome.add_done_callback(lambda done: self._bring(expected, done))
        return expected

    def _bring(self, expected: asyncio.Future[Receipt], done: Future[Receipt]) -> None:
        self._came.append((expected, done))
        if not self._called:
            self._called = True
            # A loop that has closed has nobody waiting in it.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._hand_out)

    def _hand_out(self) -> None:
        # First, so that whatever comes from now on calls again.
        self._called = False
        while self._came:
            expected, done = self._came.popleft()
            if expected.done():
                # Its client has hung up.
                continue
            error = done.exception()
            if error is None:
                expected.set_result(done.result())
            else:
                expected.set_exception(error)
