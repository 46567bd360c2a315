"""What the SMTP listener accepts, and in which words it refuses: settings, replies, the rules before and during a message."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import MISSING, SMTP

from ingest.keeping import Keeper

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope, Session

TRY_LATER = "451 4.3.0 Something went wrong here, not with your message; please try again later"
FULL = "452 4.3.1 There is no room to keep mail at the moment; please try again later"
NOT_KEEPING = "421 4.3.2 This service is not taking mail at the moment; please try again later"
TOO_MANY = "421 4.7.0 Too many connections; please try again later"
TOO_MUCH_TALK = "421 4.7.0 Too many commands without a message; goodbye"
IDLE = "421 4.4.2 Nothing was heard for too long; goodbye"
UNKNOWN = "550 5.1.1 There is no such address here"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients for one message; send it again for the others"
LONG_HEADER = "552 5.3.4 The header of the message is too long"

_HEADER_END = re.compile(rb"\n\r?\n")


@dataclass(frozen=True, slots=True)
class ListenerSettings:
    """What the listener accepts, from whom, and how much of it."""

    addresses: frozenset[str]
    """The addresses that exist here, in any case; `name+anything@…` is known where `name@…` is."""
    listen_on: tuple[tuple[str, int], ...] = (("127.0.0.1", 2525),)
    """Pairs of host and port; port 0 takes a free one."""
    hostname: str = "localhost"
    max_bytes: int = 40 * 1024 * 1024
    max_header_bytes: int = 4 * 1024 * 1024
    max_recipients: int = 100
    max_connections: int = 100
    max_connections_per_host: int = 25
    max_commands_per_message: int = 300
    idle_seconds: float = 120
    """Without a byte from the client."""
    message_seconds: float = 3600
    """For one message, however busily it drips in."""
    linger_seconds: float = 5
    """For a client to fetch our last words before the connection is cut."""
    closing_seconds: float = 30
    """For deliveries in progress when the service stops."""
    certificate_file: Path | None = None
    key_file: Path | None = None
    require_tls: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "addresses", frozenset(address.casefold() for address in self.addresses))

    def knows(self, address: str) -> bool:
        local, at, domain = address.casefold().rpartition("@")
        return bool(at) and (f"{local}@{domain}" in self.addresses or f"{local.split('+')[0]}@{domain}" in self.addresses)

    def tls(self) -> ssl.SSLContext | None:
        if self.certificate_file is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate_file, self.key_file)
        return context


class Rules:
    """aiosmtpd's hooks: what is refused before a message is sent."""

    def __init__(self, settings: ListenerSettings, keeper: Keeper) -> None:
        self._settings = settings
        self._keeper = keeper

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]
    ) -> Any:
        if not self._keeper.accepting:
            return TRY_LATER
        return MISSING if self._keeper.has_room() else FULL

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> Any:  # noqa: N802
        if not self._settings.knows(address):
            return UNKNOWN
        return TOO_MANY_RECIPIENTS if len(envelope.rcpt_tos) >= self._settings.max_recipients else MISSING


class MessageLimits:
    """Counts what came of one message."""

    def __init__(self, settings: ListenerSettings) -> None:
        self._settings = settings
        self._size = 0
        self._header_open = True
        self._last = b"\n"

    def breached_by(self, piece: bytes) -> str | None:
        before, self._size = self._size, self._size + len(piece)
        if self._size > self._settings.max_bytes:
            megabytes = self._settings.max_bytes / 1024 / 1024
            return f"552 5.3.4 The message is larger than {megabytes:.3g} MB; please send the forms in several messages"
        if self._header_open and self._header_so_far(piece, before) > self._settings.max_header_bytes:
            return LONG_HEADER
        return None

    def _header_so_far(self, piece: bytes, before: int) -> int:
        # The end may lie across two pieces, so the last bytes of the one before are looked at again.
        window = self._last + piece
        end = _HEADER_END.search(window)
        if end is None:
            self._last = window[-2:]
            return self._size
        self._header_open = False
        return before + end.start() - len(self._last)
