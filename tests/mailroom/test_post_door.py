"""The SMTP door of the running service: a loop of its own, that opens, closes and does not wait for the pages."""

import asyncio
import smtplib
import socket
import threading
from dataclasses import replace

import pytest

from ingest.keeping import Keeper
from mailroom import post_door
from mailroom.post_door import PostDoor
from records.blobs import FolderBlobs
from records.db import Database
from tests.support.letters import letter
from tests.support.post_office import SETTINGS, now


def doors() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == PostDoor.name]


def deliver(address: str) -> None:
    host, port = address.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port), timeout=60) as client:
        client.sendmail("tutor@hill.example", [next(iter(SETTINGS.addresses))], letter())


def test_letter_is_taken_while_the_pages_keep_their_loop_busy(sqlite: Database, blobs: FolderBlobs) -> None:
    async def visit(door: PostDoor) -> None:
        address = await door.open()
        assert not door.stalled()
        posting = threading.Thread(target=deliver, args=(address,))
        posting.start()
        posting.join()  # Nothing else goes on in this loop meanwhile.
        await door.close(10)

    with Keeper(sqlite, blobs, now) as keeper:
        asyncio.run(visit(PostDoor(SETTINGS, keeper)))
        assert keeper.accepting


def test_door_is_closed_for_good_and_can_be_opened_again(sqlite: Database, blobs: FolderBlobs) -> None:
    async def twice(door: PostDoor) -> None:
        for _ in range(2):
            address = await door.open()
            await asyncio.to_thread(deliver, address)
            await door.close(10)
            assert door.stalled()
            with pytest.raises(OSError, match="refused"):
                await asyncio.to_thread(deliver, address)

    with Keeper(sqlite, blobs, now) as keeper:
        asyncio.run(twice(PostDoor(SETTINGS, keeper)))


def test_door_whose_loop_has_got_stuck_is_left_behind(
    sqlite: Database, blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_door, "_END_SECONDS", 0.1)
    stuck, go_on = threading.Event(), threading.Event()

    def get_stuck() -> None:
        stuck.set()
        go_on.wait(60)

    async def visit(door: PostDoor) -> None:
        await door.open()
        [thread] = doors()
        asyncio.get_running_loop().call_later(30, go_on.set)
        assert door._loop is not None
        door._loop.call_soon_threadsafe(get_stuck)
        await asyncio.to_thread(stuck.wait)
        await door.close(0.1)
        assert thread.is_alive(), "nobody waited until it went on"
        assert door.stalled()
        go_on.set()
        await asyncio.to_thread(thread.join)

    with Keeper(sqlite, blobs, now) as keeper:
        asyncio.run(visit(PostDoor(SETTINGS, keeper)))


def test_port_that_is_taken_is_told_and_leaves_nothing_running(sqlite: Database, blobs: FolderBlobs) -> None:
    with Keeper(sqlite, blobs, now) as keeper, socket.create_server(("127.0.0.1", 0)) as taken:
        door = PostDoor(replace(SETTINGS, listen_on=(("127.0.0.1", taken.getsockname()[1]),)), keeper)
        with pytest.raises(OSError, match="in use"):
            asyncio.run(door.open())
        assert door.stalled()
    assert doors() == []
