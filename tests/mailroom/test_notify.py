"""Telling systemd: over a real datagram socket, only when asked, and no sign of life once something is stuck."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailroom.notify import ServiceManager, service_manager
from mailroom.running import CannotOpen, run
from tests.mailroom.test_running import Door, Work


class Listener:
    """systemd's side of the socket."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self.socket.settimeout(10)

    def hear(self) -> str:
        return self.socket.recv(4096).decode()

    def heard(self) -> list[str]:
        """Everything that has come until now."""
        said = []
        self.socket.setblocking(False)
        try:
            while True:
                said.append(self.hear())
        except BlockingIOError:
            return said


@pytest.fixture(params=["path", "abstract"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "path" else f"@mailroom-test-{os.getpid()}-{tmp_path.name}"


@pytest.fixture
def systemd(address: str) -> Iterator[Listener]:
    listener = Listener(address)
    yield listener
    listener.socket.close()


def test_words_arrive_at_the_socket_that_the_environment_names(systemd: Listener, address: str) -> None:
    manager = service_manager({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "1500000", "WATCHDOG_PID": str(os.getpid())})
    assert manager.watchdog_seconds == 1.5
    manager.ready("http://127.0.0.1:8080")
    manager.alive()
    manager.stopping()
    said = [systemd.hear() for _ in range(3)]
    assert said[:2] == ["READY=1\nSTATUS=http://127.0.0.1:8080", "WATCHDOG=1"]
    assert said[2].startswith("STOPPING=1\n")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"NOTIFY_SOCKET": ""},
        {"NOTIFY_SOCKET": "vsock:2:1"},
    ],
)
def test_without_a_socket_nothing_is_said(environment: dict[str, str]) -> None:
    manager = service_manager({**environment, "WATCHDOG_USEC": "1000000"})
    assert manager == ServiceManager(None, None)
    manager.ready("nobody hears this")


@pytest.mark.parametrize("changes", [{"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_PID": "1"}])
def test_a_watchdog_that_is_off_or_waits_for_another_process_gets_no_signs(changes: dict[str, str]) -> None:
    asked = {"NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": str(os.getpid())}
    assert service_manager({**asked, **changes}).watchdog_seconds is None


def test_a_manager_that_does_not_listen_stops_nobody(tmp_path: Path) -> None:
    ServiceManager(str(tmp_path / "nowhere")).alive()


async def _until(heard: list[str], systemd: Listener, wanted: str) -> None:
    async with asyncio.timeout(10):
        while not any(wanted in one for one in heard):
            heard += systemd.heard()
            await asyncio.sleep(0.01)


def test_signs_of_life_stop_while_a_part_is_stuck_and_come_again_when_it_goes_on(systemd: Listener, address: str) -> None:
    door, work = Door([]), Work([])

    async def running() -> list[str]:
        stop, heard = asyncio.Event(), list[str]()
        manager = ServiceManager(address, watchdog_seconds=0.15)
        task = asyncio.create_task(run([door], [work], stop_seconds=1, opened=lambda _: None, stop=stop, manager=manager))
        await _until(heard, systemd, "WATCHDOG=1")
        assert heard[0] == "READY=1\nSTATUS=door://here"
        work.stuck = True
        heard.clear()
        await _until(heard, systemd, "STATUS=Stuck: work")
        heard.clear()
        await asyncio.sleep(0.3)
        assert systemd.heard() == [], "no sign of life while something is stuck"
        work.stuck, door.stuck = False, True
        await _until(heard, systemd, "STATUS=Stuck: door")
        door.stuck = False
        heard.clear()
        await _until(heard, systemd, "WATCHDOG=1")
        stop.set()
        assert await asyncio.wait_for(task, 10)
        return systemd.heard()

    assert any(one.startswith("STOPPING=1") for one in asyncio.run(running()))


def test_ready_is_not_said_when_a_door_cannot_be_opened(systemd: Listener, address: str) -> None:
    with pytest.raises(CannotOpen, match="in use"):
        asyncio.run(run([Door([], blocked=True)], [], stop_seconds=1, opened=lambda _: None, manager=ServiceManager(address)))
    assert not any("READY" in one for one in systemd.heard())
