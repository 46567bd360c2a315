"""How much of the machine one paper may use, and how a reader asks for more while it makes progress.

Only figures and the kernel's resource limits live here; what a child may touch is `confine`, who kills it is `child`.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. Times in seconds, sizes in bytes.

    `patience` is how long a reader may work without a sign of progress. It is short, because a file that is made
    to hang must end as a row within five seconds; a reader that has honest work ahead says so page by page, with `allow`
    where a page may take long by itself, with `earn` where only their number does.
    """

    patience: float = 4.0
    longest: float = 180.0
    """However often a reader asks for more."""
    memory: int = 1536 * MEBIBYTE
    """Address space. A page of a scan needs about 200 MiB on top of the 450 MiB of the readers themselves."""
    answer: int = 64 * MEBIBYTE
    open_files: int = 64

    def __post_init__(self) -> None:
        if min(self.patience, self.longest, self.memory, self.answer, self.open_files) <= 0:
            raise ValueError("every limit is more than nothing")

    def to_json(self) -> dict[str, float]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Plea:
    """What a reader asks of whoever waits for it."""

    seconds: float
    on_top: bool
    """Whether they come on top of what was granted before; else they count from now."""


_STARVED = 3
"""How many times the patience is added at most for a child that waits for the processor."""
_LOOK_SECONDS = 0.25


class Grant:
    """How long one child may still read: what it was granted, by the clock, but half of that at the processor.

    All times in seconds; `lived` counts from the child's beginning, `waited` is how much of that others had the processor.
    """

    def __init__(self, own: Limits) -> None:
        self._own = own
        self._granted = own.patience

    @property
    def seconds(self) -> float:
        """What was granted from the beginning on."""
        return min(self._granted, self._own.longest)

    def hear(self, plea: Plea, lived: float) -> None:
        since = self._granted if plea.on_top else lived
        self._granted = max(self._granted, since + plea.seconds)

    def left(self, lived: float, waited: Callable[[], float]) -> float:
        """For how many seconds more to wait before asking again; 0 where the time is up. `waited` is asked for only then."""
        if (left := self.seconds - lived) > 0:
            return left
        last = min(self._granted + _STARVED * self._own.patience, self._own.longest)
        return _LOOK_SECONDS if lived < last and lived - waited() < self._granted / 2 else 0


_ask: ContextVar[Callable[[Plea], None] | None] = ContextVar("ask", default=None)


def allow(seconds: float) -> None:
    """Say that honest work lies ahead which may take `seconds` from now.

    Readers call it before each page of work. It means nothing outside the isolated child; inside, it moves the
    moment at which the child is killed, never beyond `Limits.longest`.
    """
    _plead(Plea(seconds, on_top=False))


def earn(seconds: float) -> None:
    """As `allow`, for one of many pages that take little: `seconds` more for the file as a whole, however long a page took."""
    _plead(Plea(seconds, on_top=True))


def _plead(plea: Plea) -> None:
    ask = _ask.get()
    if ask is not None:
        ask(plea)


@contextmanager
def asking(ask: Callable[[Plea], None]) -> Iterator[None]:
    """Within this block `allow` and `earn` reach whoever waits for the reader."""
    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)


def impose(limits: Limits) -> None:
    """Set the kernel's limits on this process for good. File writes get no byte at all."""
    # One second of processor time above `longest` is for the case that nobody is left to watch the clock.
    seconds = int(limits.longest) + 1
    for what, amount in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _lower(what, amount)


def _lower(what: int, amount: int) -> None:
    _, hard = resource.getrlimit(what)
    ceiling = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(what, (ceiling, ceiling))
