"""The SMTP listener: binds, counts who is in, turns away who is too many, and closes without cutting a delivery off."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import Counter

from ingest.answers import Answers
from ingest.keeping import Keeper
from ingest.limits import NOT_KEEPING, TOO_MANY, ListenerSettings
from ingest.smtp_session import PostSession

__all__ = ["Listener", "ListenerSettings", "start"]

log = logging.getLogger(__name__)


async def start(settings: ListenerSettings, keeper: Keeper) -> Listener:
    """Listen in the running loop. Raises OSError when a port cannot be had, and for a certificate that cannot be read."""
    listener = Listener(settings, keeper)
    await listener.open()
    return listener


class Listener:
    """An open listener: `bound` says where, `close` ends it."""

    def __init__(self, settings: ListenerSettings, keeper: Keeper) -> None:
        # aiosmtpd logs addresses and commands, which are personal data.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        self._settings = settings
        self._keeper = keeper
        self._tls = settings.tls()
        self._servers: list[asyncio.Server] = []
        self._inside: dict[PostSession, str] = {}
        self._per_host: Counter[str] = Counter()
        self._empty = asyncio.Event()
        self._empty.set()
        self._closing = False
        self.answers: Answers

    @property
    def bound(self) -> list[tuple[str, int]]:
        """Host and port of each socket, in the order of the settings."""
        return [socket.getsockname()[:2] for server in self._servers for socket in server.sockets]

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self.answers = Answers(loop)
        try:
            for host, port in self._settings.listen_on:
                self._servers.append(await loop.create_server(self._session, host, port, backlog=256))
        except OSError:
            await self.close()
            raise

    async def close(self) -> None:
        """Take no new connection, let deliveries in progress finish, then close what is left."""
        self._closing = True
        for server in self._servers:
            server.close()
        for session in list(self._inside):
            session.retire()
        try:
            await asyncio.wait_for(self._empty.wait(), self._settings.closing_seconds)
        except TimeoutError:
            log.warning("%d connections did not finish in time and were cut off", len(self._inside))
            for session in list(self._inside):
                session.transport.abort()
            await self._empty.wait()

    def admit(self, session: PostSession, peer: object) -> str | None:
        """A place for a connection, or the reply that turns it away."""
        if self._closing or not self._keeper.accepting:
            return NOT_KEEPING
        host = _network(peer)
        full = len(self._inside) >= self._settings.max_connections
        if full or self._per_host[host] >= self._settings.max_connections_per_host:
            return TOO_MANY
        self._inside[session] = host
        self._per_host[host] += 1
        self._empty.clear()
        return None

    def leave(self, session: PostSession) -> None:
        host = self._inside.pop(session, None)
        if host is not None:
            self._per_host[host] -= 1
            if not self._per_host[host]:
                del self._per_host[host]
        if not self._inside:
            self._empty.set()

    def _session(self) -> PostSession:
        return PostSession(self._settings, self._keeper, self, self._tls)


def _network(peer: object) -> str:
    """Whom a connection counts against: an IPv4 address, or the /64 that one IPv6 customer commonly has."""
    if not isinstance(peer, tuple):
        return ""
    address = ipaddress.ip_address(str(peer[0]).partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
