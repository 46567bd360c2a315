"""A line that is given up, at whatever moment: the socket is closed, and nobody waits for a goodbye that does not come."""

import asyncio

import pytest

from ingest.mailbox_line import Line
from tests.support.mailboxes import settings

GREETING = b"* OK [CAPABILITY IMAP4rev1] ready\r\n"


class Deaf(asyncio.Protocol):
    """A server that answers the question for its capabilities, and nothing else."""

    def __init__(self) -> None:
        self.heard = b""
        self.said_goodbye = asyncio.Event()
        self.gone = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self.heard += data
        if b"CAPABILITY" in data:
            self._transport.write(b"* CAPABILITY IMAP4rev1\r\n" + data.split()[0] + b" OK done\r\n")
        if b"LOGOUT" in data:
            self.said_goodbye.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set()


@pytest.mark.parametrize("cancellations", [0, 1, 2])
def test_closing_that_is_cancelled_again_and_again_still_hangs_up(cancellations: int) -> None:
    async def conversation() -> None:
        deaf = Deaf()
        server = await asyncio.get_running_loop().create_server(lambda: deaf, "127.0.0.1", 0)
        async with server:
            line = await Line.open(settings(server.sockets[0].getsockname()[1]))
            closing = asyncio.create_task(line.close())
            await deaf.said_goodbye.wait()
            for _ in range(cancellations):
                closing.cancel()
                await asyncio.sleep(0)
            await asyncio.wait({closing})
            assert closing.cancelled() == bool(cancellations)
            async with asyncio.timeout(30):
                await deaf.gone.wait()

    asyncio.run(conversation())


def test_opening_that_is_cancelled_hangs_up() -> None:
    async def conversation() -> None:
        mute = Deaf()
        mute.data_received = lambda data: mute.said_goodbye.set()  # type: ignore[method-assign]
        server = await asyncio.get_running_loop().create_server(lambda: mute, "127.0.0.1", 0)
        async with server:
            opening = asyncio.create_task(Line.open(settings(server.sockets[0].getsockname()[1])))
            await mute.said_goodbye.wait()
            opening.cancel()
            opening.cancel()
            await asyncio.wait({opening})
            assert opening.cancelled()
            async with asyncio.timeout(30):
                await mute.gone.wait()

    asyncio.run(conversation())
