"""How much processor time a program has used with all that it started, told by the kernel's list of processes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
# Places in /proc/PID/stat behind the name (proc(5)), counted from the state.
_STATE, _SESSION = 0, 3
_USER, _SYSTEM, _REAPED_USER, _REAPED_SYSTEM = 11, 12, 13, 14


def spent(session: int) -> float:
    """Seconds of processor that the living processes of a session have used, with the children that they have reaped."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            facts = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(facts[_SESSION]) == session and facts[_STATE] not in "ZX":
                ticks += sum(int(facts[place]) for place in (_USER, _SYSTEM, _REAPED_USER, _REAPED_SYSTEM))
    return ticks / _TICKS
