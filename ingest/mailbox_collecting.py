"""Collecting: one pass through a folder. What lies in it is kept, and only then moved away. No connecting and no waiting here.

Crash-safe at every point: a message that is kept but not moved is found again, recognised by its source and its bytes,
and moved. Nothing is moved whose very bytes are not on record, whatever a server does with its numbers.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import Counter
from dataclasses import dataclass, field

from ingest.keeping import Keeper, Postmark
from ingest.mailbox_answers import Folder
from ingest.mailbox_line import AT_ONCE, Declined, Line, batches
from ingest.mailbox_settings import MailboxSettings
from ingest.mailbox_too_large import note_instead
from records import mailboxes
from records.db import Database
from records.models.post import Channel

MOST_ATTEMPTS = 5
"""A message that so often could not be fetched waits for the next comparison of the whole folder."""
_MOVED_AFTER = 50
"""Kept messages are moved in groups of this size, so that a long first pass does not begin anew after trouble."""
_SIDE_BY_SIDE = 16
_SIDE_BY_SIDE_BYTES = 16 * 1024 * 1024
"""So many fetched messages wait for the disk at once: the keeper makes them safe in one go."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seen:
    """What a watcher remembers of a folder between passes. All of it may be lost: a full pass finds everything again."""

    uid_validity: int | None = None
    last: int = 0
    unmoved: dict[str, set[int]] = field(default_factory=dict)
    """Kept and not yet moved, by the folder that they are to go to."""
    troubles: Counter[int] = field(default_factory=Counter)
    """Messages to come back to, with the attempts to fetch them. These are counted before they are made: a message may
    take the line down with it."""
    kept: int = 0
    """Letters so far, for telling whether there is progress."""
    words: str = ""
    """Why something was left behind, as the server said it."""

    @property
    def left_behind(self) -> int:
        return len(self.troubles) + sum(len(uids) for uids in self.unmoved.values())

    def begin(self, folder: Folder) -> bool:
        """Forget everything when the folder counts anew. Returns whether it does."""
        anew = self.uid_validity is not None and self.uid_validity != folder.uid_validity
        if self.uid_validity != folder.uid_validity:
            self.uid_validity, self.last = folder.uid_validity, 0
            self.unmoved.clear()
            self.troubles.clear()
        return anew


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message as fetched, and where it goes once it is kept."""

    uid: int
    content: bytes
    folder: str


class Collector:
    """Goes through one folder of one mailbox, again and again, over any number of lines."""

    def __init__(self, settings: MailboxSettings, keeper: Keeper, db: Database) -> None:
        self._settings = settings
        self._keeper = keeper
        self._db = db
        self.seen = Seen()

    def begin(self, folder: Folder) -> None:
        if self.seen.begin(folder):
            log.warning("mailbox %s counts its messages anew; all of them are compared with what is kept", self._settings.name)

    def start_over(self) -> None:
        """Let the next looks compare the whole folder with what is kept, and try again whatever was given up."""
        self.seen.troubles.clear()
        self.seen.unmoved.clear()
        self.seen.last = 0

    async def look(self, line: Line) -> None:
        """Keep and move what came since the last look. Raises `Lost`, and what keeping raises.

        A look that broke off is taken up by the next one where it stood, so that each gets further than the one before.
        """
        self.seen.words = ""
        # Where moved messages cannot be removed they lie there, marked as deleted, for ever.
        uids = await line.search(self.seen.last, also="" if line.forgets_moved else "UNDELETED")
        # Those that made trouble come last: one that takes the line down each time must not keep the others waiting.
        again = sorted(self.seen.troubles, key=lambda uid: self.seen.troubles[uid])
        fresh = [uid for uid in uids if uid not in self.seen.troubles]
        for some in batches(fresh + again, AT_ONCE):
            await self._take(line, some)
            self.seen.last = max(self.seen.last, *some)
        await self._move(line)

    async def _take(self, line: Line, uids: list[int]) -> None:
        hopeful = [uid for uid in uids if self.seen.troubles[uid] < MOST_ATTEMPTS]
        sizes = await line.sizes(hopeful) if hopeful else {}
        known = await asyncio.to_thread(self._known, list(sizes))
        for uid in set(hopeful) - sizes.keys():
            # Somebody has taken it away meanwhile.
            del self.seen.troubles[uid]
        group: list[_Letter] = []
        try:
            for uid in hopeful:
                letter = await self._fetch(line, uid, sizes[uid]) if uid in sizes else None
                if letter is not None:
                    group.append(letter)
                if len(group) >= _SIDE_BY_SIDE or sum(len(one.content) for one in group) >= _SIDE_BY_SIDE_BYTES:
                    await self._keep_group(group, known)
                    await self._move(line, _MOVED_AFTER)
        finally:
            # What is here already is kept also when the line has gone.
            await self._keep_group(group, known)

    async def _fetch(self, line: Line, uid: int, size: int) -> _Letter | None:
        too_large = size > self._settings.max_bytes
        self.seen.troubles[uid] += 1
        try:
            content = await line.header(uid) if too_large else await line.letter(uid, size)
        except Declined as said:
            self.seen.words = f"A message could not be fetched: {said}"
            return None
        del self.seen.troubles[uid]
        if content is None:
            return None
        if too_large:
            return _Letter(uid, note_instead(content, size, self._settings), self._settings.too_large_folder)
        return _Letter(uid, content, self._settings.processed_folder)

    async def _keep_group(self, group: list[_Letter], known: dict[str, str | None]) -> None:
        letters, group[:] = list(group), []
        # A letter that cannot be kept is not forgotten; nor is it the letter's fault.
        self.seen.troubles.update(dict.fromkeys((letter.uid for letter in letters), 0))
        outcomes = await asyncio.gather(*(self._keep(one, known) for one in letters), return_exceptions=True)
        for letter, outcome in zip(letters, outcomes, strict=True):
            if outcome is None:
                del self.seen.troubles[letter.uid]
                self.seen.kept += 1
                self.seen.unmoved.setdefault(letter.folder, set()).add(letter.uid)
        for outcome in outcomes:
            if outcome is not None:
                raise outcome

    async def _keep(self, letter: _Letter, known: dict[str, str | None]) -> None:
        source = self._source(letter.uid)
        if source in known:
            digest = hashlib.sha256(letter.content).hexdigest()
            if known[source] in {digest, None}:
                return
            # The server gave an old number to another message, or this mailbox's name stood for another one before.
            source = f"{source}:{digest[:16]}"
        arrival = self._keeper.arrival()
        arrival.add(letter.content)
        await asyncio.wrap_future(self._keeper.submit(arrival, Postmark(Channel.MAILBOX, source=source)))

    async def _move(self, line: Line, at_least: int = 1) -> None:
        """Moving may fail: the messages are safe, and the next look moves them."""
        if sum(len(uids) for uids in self.seen.unmoved.values()) < at_least:
            return
        for folder, uids in list(self.seen.unmoved.items()):
            try:
                await line.move(uids, folder)
            except Declined as said:
                self.seen.words = f"Messages that are kept cannot be moved to “{folder}”: {said}"
            else:
                del self.seen.unmoved[folder]

    def _known(self, uids: list[int]) -> dict[str, str | None]:
        with self._db.reading() as session:
            return mailboxes.kept_from(session, [self._source(uid) for uid in uids])

    def _source(self, uid: int) -> str:
        return f"imap:{self._settings.name}:{self.seen.uid_validity}:{uid}"
