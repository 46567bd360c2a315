"""One line to a mail server: each command under a deadline of our own, and a line that is in doubt is dropped.

aioimaplib 2.0.3 waits for ever in several situations (a server that closes during IDLE or a FETCH, an answer of more than
a thousand lines, a refused XOAUTH2), and after a command that timed out the next ones wait behind it. So each command here
is raced against the deadline and the end of the connection, and whoever uses a line makes a new one after any trouble.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Coroutine, Iterable, Iterator
from typing import Any, Self

from aioimaplib.aioimaplib import SELECTED, AioImapException, IMAP4ClientProtocol

from ingest import mailbox_answers as answers
from ingest.mailbox_answers import Folder, Lines
from ingest.mailbox_names import on_wire, quoted, sequence
from ingest.mailbox_settings import MailboxSettings, Password
from ingest.tokens_oauth import Tokens

AT_ONCE = 200
"""UIDs of one FETCH at most: an answer of about a thousand lines overflows the library's stack."""
MOVED_AT_ONCE = 100
HEADER_BYTES = 262_144
_CLOSING_SECONDS = 3.0


class Lost(Exception):  # noqa: N818
    """The line is of no use any more; make a new one later. The message says why, in words."""


class Refused(Exception):  # noqa: N818
    """The server does not let us in. Trying again soon will not help. The message says why, in words."""


class Declined(Exception):  # noqa: N818
    """The server would not do one thing; the line is sound. The message is what it said."""


class _Protocol(IMAP4ClientProtocol):  # type: ignore[misc]  # the library ships no types
    """The library's protocol, made to hear two things that it passes over.

    A server that refuses XOAUTH2 waits for an empty line before it says NO. And a server tells only once that a message
    has come: when it does so beside the answer to some command, nothing is said again during IDLE.
    """

    answered = False
    news = False
    """A message may have come since this was last cleared. A letter that holds these very words costs one look."""
    _before = b""

    def data_received(self, d: bytes) -> None:
        if b" EXISTS\r\n" in self._before + d:
            self.news = True
        self._before = d[-len(b" EXISTS\r") :]
        super().data_received(d)
        waiting = self.pending_sync_command
        if waiting is None or waiting.name != "AUTHENTICATE" or self.answered:
            return
        if any(line.startswith(b"+") for line in waiting.response.lines):
            self.answered = True
            self.transport.write(b"\r\n")


class Line:
    """An open line. Use it as a context manager; `Line.open` connects, `sign_in` comes next, then `open_folder`."""

    def __init__(self, settings: MailboxSettings, protocol: _Protocol, lost: asyncio.Future[None]) -> None:
        self._settings = settings
        self._protocol = protocol
        self._lost = lost

    @classmethod
    async def open(cls, settings: MailboxSettings) -> Self:
        """Connect and hear the greeting. Raises `Lost`."""
        # The library logs whole letters.
        logging.getLogger("aioimaplib").setLevel(logging.CRITICAL + 1)
        loop = asyncio.get_running_loop()
        lost: asyncio.Future[None] = loop.create_future()
        protocol = _Protocol(loop, lambda _reason: _done(lost))
        line = cls(settings, protocol, lost)
        try:
            async with asyncio.timeout(settings.command_seconds):
                await loop.create_connection(lambda: protocol, settings.host, settings.port, ssl=settings.tls())
        except (OSError, ssl.SSLError) as fault:
            await line.close()
            raise Lost(_why_not_connected(fault)) from None
        try:
            await line._ask(protocol.wait("AUTH|NONAUTH"))
        except BaseException:
            await line.close()
            raise
        return line

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Say goodbye if the server still listens, and hang up."""
        transport = self._protocol.transport
        if transport is None:
            return
        try:
            if not self._lost.done() and not self._protocol.pending_sync_command and not self._protocol.pending_async_commands:
                with contextlib.suppress(Lost):
                    await self._ask(self._protocol.logout(), _CLOSING_SECONDS)
        finally:
            # Also when somebody has no patience for the goodbye: a watcher that stops may be cancelled twice.
            self._hang_up()
        await asyncio.wait({self._lost}, timeout=_CLOSING_SECONDS)

    async def sign_in(self, tokens: Tokens | None) -> None:
        """Raises `Refused` when the server does not accept us, and what `tokens` raises. Learns what the server can do now."""
        sign_in = self._settings.sign_in
        if isinstance(sign_in, Password):
            trying = self._protocol.login(quoted(self._settings.user_name), sign_in.password)
        else:
            if tokens is None:
                raise ValueError("this way of signing in needs tokens")
            token = await asyncio.to_thread(tokens.token)
            trying = self._protocol.xoauth2(self._settings.user_name, token)
        result, lines = await self._ask(trying)
        if result != "OK":
            if answers.code(lines) in {"UNAVAILABLE", "INUSE", "LIMIT"}:
                # RFC 5530: the server cannot ask whoever knows the passwords; that says nothing about ours.
                message = f"The server cannot check the sign-in at the moment: {answers.words(lines)}"
                raise Lost(message)
            if tokens is not None:
                tokens.forget()
            message = f"The server does not accept the sign-in: {answers.words(lines) or 'no reason given'}"
            raise Refused(message)
        # Microsoft 365 says that it can MOVE only to those who have signed in.
        await self._ask(self._protocol.capability())

    def can(self, capability: str) -> bool:
        return capability in self._protocol.capabilities

    async def open_folder(self, name: str, *, read_only: bool = False) -> Folder:
        """Raises `Lost` when the folder cannot be opened: without it the line is of no use."""
        if read_only:
            result, lines = await self._ask(self._protocol.simple_command("EXAMINE", on_wire(name)))
        else:
            result, lines = await self._ask(self._protocol.select(on_wire(name)))
        found = answers.folder(lines)
        if result != "OK":
            message = f"The folder “{name}” cannot be opened: {answers.words(lines)}"
            raise Lost(message)
        if found is None:
            message = f"The server numbers the messages of “{name}” in no reliable way (no UIDVALIDITY)"
            raise Lost(message)
        if read_only:
            # The library knows the state only after SELECT.
            self._protocol.state = SELECTED
        return found

    async def search(self, after: int = 0, *, also: str = "") -> list[int]:
        """UIDs above `after`, whatever their flags. Without a charset: Exchange refuses any."""
        self._protocol.news = False
        which = [f"UID {after + 1}:*", *([also] if also else [])]
        lines = await self._must(self._protocol.search(*which, charset=None, by_uid=True))
        # "n:*" means the last message even where its UID is below n.
        return [uid for uid in answers.uids(lines) if uid > after]

    async def sizes(self, uids: Iterable[int]) -> dict[int, int]:
        """Sizes by UID, of at most `AT_ONCE` messages; a message that is gone by now is not in it."""
        lines = await self._must(self._fetch(sequence(uids), "(UID RFC822.SIZE)"))
        return {one.uid: one.size for one in answers.fetched(lines) if one.size is not None}

    async def letter(self, uid: int, size: int) -> bytes | None:
        """The bytes of a message, its flags untouched; None when it is gone. Raises `Declined`."""
        seconds = self._settings.command_seconds + size / self._settings.slowest_bytes_per_second
        return await self._content(uid, "BODY.PEEK[]", seconds)

    async def header(self, uid: int) -> bytes | None:
        """The header of a message, cut where it is very long; None when the message is gone. Raises `Declined`."""
        return await self._content(uid, f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>", self._settings.command_seconds)

    async def move(self, uids: Iterable[int], to_folder: str) -> None:
        """Move messages to a folder, which is made when it is not there. Raises `Declined`."""
        for some in batches(sorted(uids), MOVED_AT_ONCE):
            try:
                await self._move(sequence(some), on_wire(to_folder))
            except Declined:
                # Servers differ in how they say that the folder is missing. One that is there cannot be made again.
                result, _lines = await self._ask(self._protocol.simple_command("CREATE", on_wire(to_folder)))
                if result != "OK":
                    raise
                await self._move(sequence(some), on_wire(to_folder))

    @property
    def forgets_moved(self) -> bool:
        """Whether a moved message is out of the folder. Else it stays there, marked as deleted."""
        return self.can("MOVE") or self.can("UIDPLUS")

    async def wait(self, seconds: float) -> None:
        """Until the server has news or the time is up; then a NOOP, so that both sides know that the line lives."""
        if self._protocol.news:
            return
        if not self.can("IDLE") or not await self._idle(seconds):
            await self._until({self._lost}, seconds)
        await self._must(self._protocol.simple_command("NOOP"))

    async def folders(self) -> list[str]:
        return answers.folders(await self._must(self._protocol.simple_command("LIST", '""', '"*"')))

    async def count(self, folder: str) -> int | None:
        """How many messages a folder holds. None where the server does not say."""
        result, lines = await self._ask(self._protocol.simple_command("STATUS", on_wire(folder), "(MESSAGES)"))
        return answers.count(lines) if result == "OK" else None

    async def _content(self, uid: int, what: str, seconds: float) -> bytes | None:
        lines = await self._must(self._fetch(str(uid), f"(UID {what})"), seconds)
        found = [one.content for one in answers.fetched(lines) if one.uid == uid and one.content is not None]
        return found[-1] if found else None

    def _fetch(self, which: str, what: str) -> Coroutine[Any, Any, Any]:
        return self._protocol.fetch(which, what, by_uid=True, timeout=self._settings.command_seconds)  # type: ignore[no-any-return]

    async def _move(self, which: str, folder: str) -> None:
        if self.can("MOVE"):
            await self._must(self._protocol.move(which, folder, by_uid=True))
            return
        await self._must(self._protocol.copy(which, folder, by_uid=True))
        await self._must(self._protocol.store(which, "+FLAGS.SILENT", r"(\Deleted)", by_uid=True))
        if self.can("UIDPLUS"):
            # A plain EXPUNGE would also remove what other people have marked.
            await self._must(self._protocol.expunge(which, by_uid=True))

    async def _idle(self, seconds: float) -> bool:
        """False when the server will not have it."""
        idling = asyncio.ensure_future(self._protocol.idle())
        accepted = asyncio.ensure_future(self._protocol.wait_for_idle_response())
        news = asyncio.ensure_future(self._protocol.idle_queue.get())
        try:
            if not await self._until({idling, accepted, self._lost}, self._settings.command_seconds):
                raise self._dropped("The server did not answer in time")
            if idling.done():
                return False
            await self._until({idling, news, self._lost}, seconds)
            if not idling.done():
                self._protocol.idle_done()
            await self._ask(idling)
        finally:
            for task in (idling, accepted, news):
                task.cancel()
            await asyncio.wait({idling, accepted, news})
            if not idling.cancelled():
                idling.exception()
        return True

    async def _until(self, any_of: set[asyncio.Future[Any]], seconds: float) -> bool:
        """Whether one of these was done in time. Raises `Lost` when the connection ended."""
        done, _ = await asyncio.wait(any_of, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if self._lost.done():
            raise self._dropped("The server closed the connection")
        return bool(done)

    async def _must(self, command: Coroutine[Any, Any, Any], seconds: float | None = None) -> Lines:
        result, lines = await self._ask(command, seconds)
        if result != "OK":
            raise Declined(answers.words(lines) or "no reason given")
        found: Lines = lines
        return found

    async def _ask(self, command: Coroutine[Any, Any, Any] | asyncio.Future[Any], seconds: float | None = None) -> Any:
        """The answer to a command, or `Lost`."""
        task = asyncio.ensure_future(command)
        try:
            in_time = await asyncio.wait(
                {task, self._lost}, timeout=seconds or self._settings.command_seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if task.done():
                return task.result()
            raise self._dropped("The server closed the connection" if in_time[0] else "The server did not answer in time")
        except (AioImapException, OSError, ValueError, IndexError) as fault:
            message = f"The server and we do not understand each other ({type(fault).__name__})"
            raise self._dropped(message) from None
        except asyncio.CancelledError:
            # The library holds a lock while it greets; only the end of the connection makes it let go.
            self._hang_up()
            raise
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})

    def _dropped(self, why: str) -> Lost:
        self._hang_up()
        return Lost(why)

    def _hang_up(self) -> None:
        for task in list(self._protocol.tasks):
            task.cancel()
        if self._protocol.transport is not None:
            self._protocol.transport.abort()


def _done(lost: asyncio.Future[None]) -> None:
    if not lost.done():
        lost.set_result(None)


def batches(uids: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(uids), size):
        yield uids[start : start + size]


def _why_not_connected(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "The server did not answer in time"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"The server's certificate is not to be trusted: {fault.verify_message}"
    if isinstance(fault, ssl.SSLError):
        return "The server does not speak TLS at this port, or not as we do"
    return f"The server cannot be reached: {getattr(fault, 'strerror', None) or type(fault).__name__}"
