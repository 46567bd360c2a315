"""A real SMTP server on loopback that plays the smarthost: takes letters, or refuses them as it was told to."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Taken:
    """A letter as the smarthost got it."""

    envelope_from: str
    envelope_to: list[str]
    content: bytes
    encrypted: bool
    user_name: str | None


@dataclass
class PlayedSmarthost:
    """Start it as a context manager. Replies that are set are given instead of the usual ones."""

    tls: ssl.SSLContext | None = None
    tls_from_first_byte: bool = False
    password: str | None = None
    mail_reply: str | None = None
    recipient_reply: str | None = None
    data_replies: list[str] = field(default_factory=list)
    """Given one after another to DATA, then letters are taken."""
    when_taken: Callable[[], None] | None = None
    """Called after a letter is taken and before the answer goes out."""
    taken: list[Taken] = field(default_factory=list)
    _user: str | None = None

    def __enter__(self) -> Self:
        options: dict[str, Any] = {}
        if self.tls is not None and not self.tls_from_first_byte:
            options |= {"tls_context": self.tls, "require_starttls": True}
        if self.password is not None:
            options |= {"authenticator": self._authenticate, "auth_required": True, "auth_require_tls": True}
        self._loop = asyncio.new_event_loop()
        context = self.tls if self.tls_from_first_byte else None
        opening = self._loop.create_server(lambda: SMTP(self, loop=self._loop, **options), "127.0.0.1", 0, ssl=context)
        self._server = self._loop.run_until_complete(opening)
        self._thread = threading.Thread(target=self._loop.run_forever, name="played smarthost")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _closed(self) -> None:
        self._server.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        # One more turn lets the transports of those sessions close.
        await asyncio.sleep(0)

    @property
    def port(self) -> int:
        return int(self._server.sockets[0].getsockname()[1])

    def _authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self._user = given.login.decode()
        # Only what is not "handled" gets the server's own refusal.
        return AuthResult(success=given.password.decode() == self.password, handled=False)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.mail_reply:
            return self.mail_reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.recipient_reply:
            return self.recipient_reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_replies:
            return self.data_replies.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        assert server.transport is not None
        encrypted = server.transport.get_extra_info("sslcontext") is not None
        self.taken.append(Taken(envelope.mail_from or "", list(envelope.rcpt_tos), content, encrypted, self._user))
        if self.when_taken is not None:
            self.when_taken()
        return "250 2.0.0 taken"
