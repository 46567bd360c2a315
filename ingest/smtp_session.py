"""One SMTP conversation: aiosmtpd's, hardened. It takes a delivery in, has it kept, and answers; it never looks inside.

What differs from aiosmtpd 1.4.6, and why: the command loop and DATA are ours, because the stock ones grow without bound on
bytes without line ends, answer an unexpected error with a permanent 500 and the error's text, cancel work when the client
half-closes, refuse long lines, and stop the clock only between commands.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import traceback
from pathlib import Path
from typing import Protocol, cast

from aiosmtpd.smtp import SMTP, TLSSetupException

from ingest.answers import Answers
from ingest.dots import DotReader
from ingest.keeping import MEMORY_BYTES, Arrival, Keeper, NotKeeping, Postmark
from ingest.limits import (
    FULL,
    IDLE,
    NOT_KEEPING,
    TOO_MUCH_TALK,
    TRY_LATER,
    ListenerSettings,
    MessageLimits,
    Rules,
)
from records.blobs import StoreFull
from records.models.post import Channel

CHUNK = 64 * 1024
"""Read at once. The stream stops reading from the socket at twice this, so one connection holds little."""

LONGEST_COMMAND = 2048
_BEFORE_TLS = frozenset({"EHLO", "NOOP", "QUIT", "STARTTLS"})
_COMMANDS = _BEFORE_TLS | {"HELO", "MAIL", "RCPT", "DATA", "RSET", "VRFY"}
_PLAIN_ADDRESS = re.compile(r"<([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+)>(?:\s+(.*))?\Z")

log = logging.getLogger(__name__)


class Door(Protocol):
    """Who may come in; the listener is one."""

    def admit(self, session: PostSession, peer: object) -> str | None:
        """None, or the reply with which the connection is closed."""

    def leave(self, session: PostSession) -> None: ...

    @property
    def answers(self) -> Answers: ...


class PostSession(SMTP):  # type: ignore[misc]  # aiosmtpd is untyped
    """A conversation with one client. It lives in the event loop; disks are touched in the keeper's threads only."""

    line_length_limit = CHUNK
    _timeout_handle: asyncio.TimerHandle | None

    def __init__(self, settings: ListenerSettings, keeper: Keeper, door: Door, tls: ssl.SSLContext | None) -> None:
        super().__init__(
            Rules(settings, keeper),
            data_size_limit=settings.max_bytes,
            hostname=settings.hostname,
            tls_context=tls,
            require_starttls=settings.require_tls,
            timeout=settings.idle_seconds,
            loop=asyncio.get_running_loop(),
        )
        self._settings = settings
        self._keeper = keeper
        self._door = door
        self._unread = b""
        """Bytes that came and were not looked at yet."""
        self._leaving = False
        self._receiving_since: float | None = None
        self._keeping = False
        self._heard = 0.0

    # ---- the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # After STARTTLS this is called a second time, with the encrypted transport.
        if self._original_transport is None:
            refusal = self._door.admit(self, transport.get_extra_info("peername"))
            if refusal is not None:
                _turn_away(transport, refusal)
                return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._door.leave(self)
        super().connection_lost(error)

    def eof_received(self) -> bool:
        """A client may send everything at once and close its side: what it sent is still heard and answered."""
        self._reader.feed_eof()
        return self._tls_protocol is None

    def retire(self) -> None:
        """Leave at once, or after the delivery in progress."""
        self._leaving = True
        if not self.busy and self.transport is not None:
            self._hang_up(NOT_KEEPING)

    @property
    def busy(self) -> bool:
        return self._receiving_since is not None

    def _hang_up(self, words: str) -> None:
        transport = self.transport
        transport.write(words.encode() + b"\r\n")
        transport.close()
        # A client that does not read would keep the connection open for ever.
        self.loop.call_later(self._settings.linger_seconds, transport.abort)

    # ---- the clock: one timer per connection that looks when it was last heard, instead of a new timer per command

    def _reset_timeout(self, duration: float | None = None) -> None:
        self._heard = self.loop.time()
        if self._timeout_handle is None:
            self._timeout_handle = self.loop.call_later(duration or self._timeout_duration, self._timeout_cb)

    def _timeout_cb(self) -> None:
        now = self.loop.time()
        left = self._timeout_duration - (now - self._heard)
        if self._receiving_since is not None:
            left = min(left, self._settings.message_seconds - (now - self._receiving_since))
        if self._keeping:
            # Nobody is waiting for the client; a slow disk is not its fault.
            left = self._timeout_duration
        if left > 0:
            self._timeout_handle = self.loop.call_later(left, self._timeout_cb)
        elif self.transport is not None:
            self._hang_up(IDLE)

    # ---- commands

    async def _handle_client(self) -> None:
        try:
            await self.push(f"220 {self.hostname} ESMTP")
            await self._converse()
        except ConnectionError:
            pass
        except TLSSetupException as error:
            # asyncio tells nobody that this connection has ended.
            self._original_transport.abort()
            self.connection_lost(error)
        finally:
            if self.transport is not None:
                self.transport.close()

    async def _converse(self) -> None:
        fruitless = 0
        while not self._leaving:
            line = await self._line()
            if line is None:
                return
            fruitless += 1
            if fruitless > self._settings.max_commands_per_message:
                await self.push(TOO_MUCH_TALK)
                return
            try:
                if await self._obey(line):
                    fruitless = 0
            except (ConnectionError, TLSSetupException):
                raise
            except Exception as error:  # noqa: BLE001  # whatever it was, the sender is told to come back
                _note(error)
                self._set_rset_state()
                await self.push(TRY_LATER)

    async def _line(self) -> bytes | None:
        """The next command without its line end, None at the end. One that is too long comes back cut, to be refused."""
        overlong = b""
        while (end := self._unread.find(b"\n")) < 0:
            if len(self._unread) > LONGEST_COMMAND:
                overlong, self._unread = self._unread[: LONGEST_COMMAND + 1], b""
            chunk = await self._reader.read(CHUNK)
            if not chunk:
                return None
            self._unread += chunk
        # Heard is a whole line: one that drips in by the byte is silence.
        self._heard = self.loop.time()
        line, self._unread = self._unread[:end], self._unread[end + 1 :]
        return (overlong or line).rstrip(b"\r")

    async def _read(self) -> bytes:
        """More of a message, as it comes."""
        chunk: bytes = await self._reader.read(CHUNK)
        if not chunk:
            raise ConnectionAbortedError
        self._heard = self.loop.time()
        return chunk

    async def _obey(self, line: bytes) -> bool:
        """Carry out one command; True when it brought a message."""
        if len(line) > LONGEST_COMMAND:
            await self.push("500 5.5.2 That line is too long")
            return False
        word, _, rest = line.partition(b" ")
        try:
            command, argument = word.decode("ascii").upper(), rest.decode("ascii").strip()
        except UnicodeDecodeError:
            await self.push("500 5.5.2 Only plain ASCII is understood in commands")
            return False
        if command not in _COMMANDS:
            await self.push("500 5.5.1 That command is not known here")
        elif self.require_starttls and not self._tls_protocol and command not in _BEFORE_TLS:
            await self.push("530 5.7.0 Must issue a STARTTLS command first")
        elif command == "DATA":
            return await self._receive(argument)
        elif not argument.isprintable():
            await self.push("501 5.5.2 Control characters are not allowed")
        else:
            await self._smtp_methods[command](argument or None)
        return False

    async def smtp_EHLO(self, hostname: str | None) -> None:  # noqa: N802
        if not hostname:
            await self.push("501 5.5.4 Syntax: EHLO hostname")
            return
        self._set_rset_state()
        self.session.extended_smtp = True
        self.session.host_name = hostname
        offers = [self.hostname, f"SIZE {self._settings.max_bytes}", "8BITMIME", "PIPELINING"]
        if self.tls_context and not self._tls_protocol:
            offers.append("STARTTLS")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        await self.push("\r\n".join(lines))

    async def smtp_VRFY(self, argument: str | None) -> None:  # noqa: ARG002, N802
        await self.push("252 2.1.5 Send the message and see")

    async def smtp_QUIT(self, argument: str | None) -> None:  # noqa: ARG002, N802
        self._leaving = True
        await self.push("221 2.0.0 Goodbye")

    async def smtp_STARTTLS(self, argument: str | None) -> None:  # noqa: N802
        if self._tls_protocol is not None:
            await self.push("503 5.5.1 The connection is encrypted already")
            return
        # Whatever was sent before the handshake could have been put there by anybody (CVE-2024-34083).
        self._unread = b""
        await super().smtp_STARTTLS(argument)
        if self.tls_context and not argument and self.session.ssl is None:
            # asyncio reports a client that left during the handshake as a handshake that went well.
            raise TLSSetupException

    def _getaddr(self, argument: str) -> tuple[str | None, str | None]:
        """The address and what follows it. Most are plain; the email package, forty times slower, reads the odd ones."""
        plain = _PLAIN_ADDRESS.match(argument.strip())
        if plain:
            return plain[1], plain[2] or ""
        try:
            address, rest = super()._getaddr(argument)
        except Exception:  # noqa: BLE001  # the parser raises a dozen kinds on malformed input
            return None, None
        return address, rest

    # ---- the message

    async def _receive(self, argument: str) -> bool:
        if not self.session.host_name or not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Say MAIL and RCPT first")
            return False
        if argument:
            await self.push("501 5.5.4 DATA takes no parameter")
            return False
        self._receiving_since = self.loop.time()
        try:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            reply = await self._take()
            self._set_post_data_state()
            await self.push(reply)
        except Exception:
            # Half a message may still be on its way, and must never be taken for commands.
            self._leaving = True
            raise
        finally:
            self._receiving_since = None
        return reply.startswith("250")

    async def _take(self) -> str:
        """Read to the final dot whatever comes, and only then say what became of it."""
        dots, arrival, limits = DotReader(), self._keeper.arrival(), MessageLimits(self._settings)
        refusal: str | None = None
        try:
            while not dots.ended:
                chunk, self._unread = self._unread or await self._read(), b""
                piece = dots.feed(chunk)
                if refusal is None:
                    refusal = limits.breached_by(piece) or await self._store(arrival, piece)
                    if refusal is not None:
                        self._keeper.drop(arrival)
            self._unread = dots.rest
            return refusal or await self._keep(arrival)
        finally:
            if not self._keeping:
                self._keeper.drop(arrival)
            self._keeping = False

    async def _store(self, arrival: Arrival, piece: bytes) -> str | None:
        arrival.add(piece)
        if arrival.in_memory >= MEMORY_BYTES:
            try:
                await self.loop.run_in_executor(self._keeper.pool, arrival.spill)
            except Exception as error:  # noqa: BLE001  # the rest must be read all the same, or it would pass for commands
                return _refusal(error)
        return None

    async def _keep(self, arrival: Arrival) -> str:
        """Wait for the keeper. Should the client hang up now, this wait ends and the keeping goes on undisturbed."""
        try:
            outcome = self._keeper.submit(arrival, self._postmark())
            self._keeping = True
            receipt = await self._door.answers.expect(outcome)
        except Exception as error:  # noqa: BLE001  # whatever it was, the sender is told to come back
            return _refusal(error)
        return f"250 2.0.0 Kept as {receipt.message_id}"

    def _postmark(self) -> Postmark:
        envelope, session = self.envelope, self.session
        return Postmark(
            channel=Channel.SMTP,
            envelope_from="" if envelope.mail_from == "<>" else envelope.mail_from,
            envelope_to=tuple(envelope.rcpt_tos),
            peer=str(session.peer[0]) if session.peer else None,
            authentication={"helo": session.host_name[:255], "tls": self._tls_version()},
        )

    def _tls_version(self) -> str | None:
        channel = self.transport.get_extra_info("ssl_object") if self.transport is not None else None
        return channel.version() if channel is not None else None


def _turn_away(transport: asyncio.BaseTransport, words: str) -> None:
    stream = cast("asyncio.Transport", transport)
    stream.set_protocol(asyncio.Protocol())
    stream.write(words.encode() + b"\r\n")
    stream.close()


def _refusal(error: Exception) -> str:
    if isinstance(error, StoreFull):
        return FULL
    if not isinstance(error, NotKeeping):
        _note(error)
    return TRY_LATER


def _note(error: Exception) -> None:
    """The kind of error and the place of it. Its words may hold addresses, so they are not written down."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("a delivery failed: %s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)
