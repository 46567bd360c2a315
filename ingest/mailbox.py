"""The mailbox watcher: one host at a time watches a folder, and comes back after any trouble. A pass is in `mailbox_collecting`."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError

from ingest.keeping import Keeper, NotKeeping
from ingest.mailbox_collecting import Collector
from ingest.mailbox_line import Line, Lost, Refused
from ingest.mailbox_settings import MailboxSettings
from ingest.tokens_oauth import TokenRefused, TokensAway, certificate_ends, tokens_for
from records import leases, mailboxes, restored
from records.blobs import StoreFailed, StoreFull
from records.db import Database
from records.mailboxes import Condition, Standing
from records.values import spoken_moment

LONGEST_IDLE_SECONDS = 300.0
"""Servers and the boxes between forget a line that is silent for longer, and nobody is told."""
_CERTIFICATE_WARNING = timedelta(days=30)

log = logging.getLogger(__name__)


class NotYet(Exception):  # noqa: N818
    """This installation must not touch the mailbox for now. The message says why, in words."""


class Watcher:
    """Watches one mailbox until `run` is cancelled. `holder` is this process's own name while it lives."""

    def __init__(
        self, settings: MailboxSettings, keeper: Keeper, db: Database, clock: Callable[[], datetime], holder: str
    ) -> None:
        self._settings = settings
        self._keeper = keeper
        self._db = db
        self._clock = clock
        self._holder = holder
        self._tokens = tokens_for(settings, clock)
        self._collector = Collector(settings, keeper, db)
        self._compared_at: float | None = None
        self._failures = 0
        self._kept = 0

    async def run(self) -> None:
        """Wait for the lease, watch while it is held, and give it back at the end."""
        beat = self._settings.lease_seconds / 3
        try:
            while True:
                if await self._take_lease():
                    # Another host may have been here since.
                    self._compared_at = None
                    await self._watch_while_held(beat)
                else:
                    await asyncio.sleep(_jittered(beat))
        finally:
            await asyncio.shield(asyncio.to_thread(self._let_go))

    async def _watch_while_held(self, beat: float) -> None:
        watching = asyncio.create_task(self._watch(), name=f"mailbox {self._settings.name}")
        holding = asyncio.create_task(self._hold_lease(beat), name=f"lease of {self._settings.name}")
        try:
            await asyncio.wait({watching, holding}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (watching, holding):
                task.cancel()
            await asyncio.gather(watching, holding, return_exceptions=True)

    async def _watch(self) -> None:
        """One line after another, for ever."""
        while True:
            try:
                await self._watch_over_one_line()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the post must be looked at again
                await self._report_trouble(fault)
                await asyncio.sleep(self._pause(fault))

    async def _watch_over_one_line(self) -> None:
        await asyncio.to_thread(self._may_watch)
        async with await Line.open(self._settings) as line:
            await line.sign_in(self._tokens)
            self._collector.begin(await line.open_folder(self._settings.folder))
            while True:
                await self._look(line)
                self._failures = 0
                await self._report_well()
                await line.wait(min(self._settings.poll_seconds, LONGEST_IDLE_SECONDS))

    def _may_watch(self) -> None:
        """A copy that came out of a backup would take the letters away from the installation that is at work."""
        with self._db.reading() as session:
            waits = restored.waiting(session)
        if waits is not None:
            message = (
                f"Restored on {spoken_moment(waits.restored_at)}: letters stay in the mailbox until an administrator confirms."
            )
            raise NotYet(message)

    async def _look(self, line: Line) -> None:
        now = time.monotonic()
        if self._compared_at is None or now - self._compared_at >= self._settings.reconcile_seconds:
            self._collector.start_over()
            self._compared_at = now
        await self._collector.look(line)

    def _pause(self, fault: Exception) -> float:
        """Seconds until the next attempt, doubled each time; long after a refusal, because accounts get locked."""
        settings = self._settings
        refused = isinstance(fault, Refused | TokenRefused)
        first = settings.refused_pause_seconds if refused else settings.first_pause_seconds
        longest = settings.longest_refused_seconds if refused else settings.longest_pause_seconds
        if self._collector.seen.kept != self._kept:
            # A line that breaks again and again, but brings letters each time, is doing its best.
            self._kept, self._failures = self._collector.seen.kept, 0
        self._failures = min(self._failures + 1, 20)
        return _jittered(min(longest, first * 2.0 ** (self._failures - 1)))

    async def _report_trouble(self, fault: Exception) -> None:
        refused = isinstance(fault, Refused | TokenRefused)
        log.warning("mailbox %s: %s (%d in a row)", self._settings.name, type(fault).__name__, self._failures + 1)
        words = _words(fault)
        standing = Standing.REFUSED if refused else Standing.IN_TROUBLE
        await self._note(Condition(self._settings.name, standing, words, None, self._collector.seen.left_behind))

    async def _report_well(self) -> None:
        seen = self._collector.seen
        words = " ".join(sentence for sentence in (seen.words, self._certificate_words()) if sentence)
        await self._note(Condition(self._settings.name, Standing.WATCHED, words, self._clock(), seen.left_behind))

    def _certificate_words(self) -> str:
        ends = certificate_ends(self._settings)
        if ends is None or ends - self._clock() > _CERTIFICATE_WARNING:
            return ""
        return f"The certificate that we sign in with ends on {ends:%d.%m.%Y}; register a new one before."

    async def _note(self, condition: Condition) -> None:
        """That a note cannot be written must not stop the post; the database's own troubles are told elsewhere."""
        with contextlib.suppress(DBAPIError):
            await asyncio.to_thread(self._write_note, condition)

    def _write_note(self, condition: Condition) -> None:
        with self._db.writing() as session:
            mailboxes.note(session, condition, self._clock())

    async def _hold_lease(self, beat: float) -> None:
        """Prolong the lease again and again; return when it is lost, or may be lost without our knowing."""
        held_until = time.monotonic() + self._settings.lease_seconds
        while True:
            await asyncio.sleep(beat)
            now = time.monotonic()
            try:
                if not await asyncio.to_thread(self._prolong_lease):
                    return
            except DBAPIError:
                if time.monotonic() >= held_until - beat:
                    return
            else:
                held_until = now + self._settings.lease_seconds

    async def _take_lease(self) -> bool:
        try:
            return await asyncio.to_thread(self._prolong_lease)
        except DBAPIError as fault:
            log.warning("mailbox %s: the lease cannot be asked for (%s)", self._settings.name, type(fault).__name__)
            return False

    def _prolong_lease(self) -> bool:
        lasts = timedelta(seconds=self._settings.lease_seconds)
        with self._db.writing() as session:
            return leases.take(session, self._lease, self._holder, self._clock(), lasts)

    def _let_go(self) -> None:
        with contextlib.suppress(DBAPIError), self._db.writing() as session:
            leases.let_go(session, self._lease, self._holder)

    @property
    def _lease(self) -> str:
        return f"mailbox:{self._settings.name}"


def _jittered(seconds: float) -> float:
    """Up to a fifth more or less, so that several mailboxes do not come back in one moment."""
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311 - a pause is no secret


def _words(fault: Exception) -> str:
    if isinstance(fault, Lost | Refused | TokenRefused | TokensAway | NotYet):
        return str(fault)
    if isinstance(fault, StoreFull):
        return "There is no room for more post; it waits in the mailbox."
    if isinstance(fault, StoreFailed | NotKeeping):
        return "The service takes no more post until it is started anew; it waits in the mailbox."
    return f"Something went wrong here ({type(fault).__name__}); the post waits in the mailbox."
