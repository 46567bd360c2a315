"""Running: loops that rest, are woken and survive a failed step; servers that close before the work behind them stops."""

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mailroom.running import CannotOpen, Loop, Pages, run
from tests.support.installation import eventually
from tests.support.visitor import Visitor


class Steps:
    """Work that is there in portions."""

    def __init__(self, *portions: bool | Exception) -> None:
        self.left = list(portions)
        self.taken = 0

    def __call__(self) -> bool:
        self.taken += 1
        one = self.left.pop(0) if self.left else False
        if isinstance(one, Exception):
            raise one
        return one


def stopped(loop: Loop) -> None:
    loop.stop()
    assert loop.wait(10)


def test_a_loop_goes_on_while_there_is_work_and_rests_then() -> None:
    steps = Steps(True, True, True)
    loop = Loop("work", steps, rest_seconds=3600)
    loop.start()
    eventually(lambda: steps.taken == 4, "three portions and one look")
    stopped(loop)
    assert steps.taken == 4


def test_a_resting_loop_is_woken() -> None:
    wake, steps = threading.Event(), Steps()
    loop = Loop("work", steps, 3600, wake)
    loop.start()
    eventually(lambda: steps.taken == 1, "the first look")
    wake.set()
    eventually(lambda: steps.taken == 2, "the look after waking")
    stopped(loop)


def test_a_step_that_fails_does_not_end_the_loop() -> None:
    steps = Steps(ValueError("x"), True)
    loop = Loop("work", steps, 3600)
    loop.start()
    eventually(lambda: steps.taken == 3, "the failed step, the next one and the look after it")
    stopped(loop)


def test_a_loop_that_is_in_a_step_finishes_it_before_it_stops() -> None:
    begun, finish, ended = threading.Event(), threading.Event(), []

    def step() -> bool:
        begun.set()
        finish.wait(10)
        ended.append(True)
        return True

    loop = Loop("work", step, 3600)
    loop.start()
    assert begun.wait(10)
    loop.stop()
    assert not loop.wait(0.05)
    finish.set()
    assert loop.wait(10)
    assert ended == [True]


def test_a_step_that_does_not_end_is_stalled_and_resting_for_long_is_not() -> None:
    begun, finish = threading.Event(), threading.Event()

    def step() -> bool:
        begun.set()
        return not finish.wait(10)

    loop = Loop("work", step, rest_seconds=3600, longest_seconds=0.05)
    loop.start()
    assert begun.wait(10)
    eventually(loop.stalled, "the step takes longer than it may")
    finish.set()
    eventually(lambda: not loop.stalled(), "it rests")
    stopped(loop)


def test_a_loop_whose_thread_has_ended_is_stalled() -> None:
    loop = Loop("work", Steps(), 3600)
    loop.start()
    assert not loop.stalled()
    stopped(loop)
    assert loop.stalled()


def test_a_loop_that_pauses_after_a_failed_step_is_not_stalled() -> None:
    steps = Steps(ValueError("x"))
    loop = Loop("work", steps, 3600, longest_seconds=0)
    loop.start()
    eventually(lambda: steps.taken == 1 and not loop.stalled(), "it pauses")
    stopped(loop)


class Door:
    """A server that writes down what happens to it."""

    def __init__(self, diary: list[str], name: str = "door", *, blocked: bool = False) -> None:
        self.name, self._diary, self._blocked = name, diary, blocked
        self.stuck = False

    def stalled(self) -> bool:
        return self.stuck

    @property
    def asked_for(self) -> str:
        return f"here ({self.name}.port)"

    async def open(self) -> str:
        if self._blocked:
            raise OSError(98, "Address already in use")
        self._diary.append(f"{self.name} opened")
        return f"{self.name}://here"

    async def close(self, seconds: float) -> None:
        assert seconds > 0
        self._diary.append(f"{self.name} closed")


class Work:
    """A part that writes down what happens to it."""

    def __init__(self, diary: list[str], *, ends: bool = True) -> None:
        self.name, self._diary, self._ends = "work", diary, ends
        self.stuck = False

    def stalled(self) -> bool:
        return self.stuck

    def start(self) -> None:
        self._diary.append("work started")

    def stop(self) -> None:
        self._diary.append("work stopped")

    def wait(self, seconds: float) -> bool:
        assert seconds > 0
        return self._ends


def ran(doors: Sequence[Door], works: Sequence[Work], opened: list[dict[str, str]], *, by_signal: bool = False) -> bool:
    async def briefly() -> bool:
        stop = asyncio.Event()

        def told(addresses: dict[str, str]) -> None:
            opened.append(addresses)
            if by_signal:
                os.kill(os.getpid(), signal.SIGTERM)
            else:
                stop.set()

        return await asyncio.wait_for(run(doors, works, stop_seconds=1, opened=told, stop=stop), 10)

    return asyncio.run(briefly())


@pytest.mark.parametrize("by_signal", [False, True])
def test_doors_close_before_the_work_behind_them_stops(by_signal: bool) -> None:
    diary: list[str] = []
    opened: list[dict[str, str]] = []
    assert ran([Door(diary)], [Work(diary)], opened, by_signal=by_signal)
    assert opened == [{"door": "door://here"}]
    assert diary == ["work started", "door opened", "door closed", "work stopped"]


def test_an_address_that_is_taken_stops_everything_in_order() -> None:
    diary: list[str] = []
    opened: list[dict[str, str]] = []
    with pytest.raises(CannotOpen, match=r"second cannot be opened at here \(second\.port\): Address already in use"):
        ran([Door(diary, "first"), Door(diary, "second", blocked=True)], [Work(diary)], opened)
    assert opened == []
    assert diary == ["work started", "first opened", "first closed", "work stopped"]


def test_work_that_does_not_end_in_time_is_told() -> None:
    assert not ran([], [Work([], ends=False)], [])


def test_pages_are_served_at_the_address_they_name_and_no_more_after_closing(tmp_path: Path) -> None:
    made: list[str] = []

    def application(address: str) -> Starlette:
        made.append(address)
        return Starlette(routes=[Route("/", lambda _request: PlainTextResponse("good morning"))])

    async def visit() -> str:
        pages = Pages(application, "127.0.0.1", 0, [])
        address = await pages.open()
        words = await asyncio.to_thread(lambda: Visitor(address).go("/"))
        await pages.close(5)
        with pytest.raises(OSError, match="refused"):
            await asyncio.to_thread(lambda: Visitor(address).go("/"))
        assert made == [address]
        return words

    assert asyncio.run(visit()) == "good morning"


def test_a_port_that_is_taken_is_told_at_once() -> None:
    async def twice() -> None:
        first = Pages(lambda _address: Starlette(), "127.0.0.1", 0, [])
        address = await first.open()
        try:
            second = Pages(lambda _address: Starlette(), "127.0.0.1", int(address.rsplit(":", 1)[1]), [])
            with pytest.raises(OSError, match="in use"):
                await second.open()
        finally:
            await first.close(5)

    asyncio.run(twice())
