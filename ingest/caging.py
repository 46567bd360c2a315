"""The far side of a conversion: a fresh process that locks itself in and then becomes other people's program.

`ingest.converting` starts it and kills it. It has one thread and an empty environment, and never looks into a document.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from pathlib import Path

from parsers import confine

_NEW_MOUNTS, _NEW_IPC, _NEW_USER = 0x00020000, 0x08000000, 0x10000000
_NEW_PROCESSES, _NEW_NETWORK = 0x20000000, 0x40000000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_READABLE = (
    "/usr",
    "/bin",
    "/lib",
    "/lib64",
    "/etc/libreoffice",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/dev/urandom",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/version",
    "/sys/devices/system/cpu",
)
_TMP = Path("/tmp")  # noqa: S108 - in the cage it is the working folder itself
_NOT_STARTED = 120


def become(words: list[str], folder: Path, limits: dict[str, int]) -> None:
    """Run `words` in the cage, and end as it ends. Without words, print which locks hold.

    `folder` is all that stays writable; in the words it is written `{folder}`, because the cage may know it by another name.
    """
    for name, amount in limits.items():
        _lower(getattr(resource, name), amount)
    confine.die_with_parent()
    inside = _apart(folder)
    locks = _locks(words[0] if words else "/usr", inside or folder, apart=inside is not None)
    if not words:
        sys.stdout.write(json.dumps(locks))
        return
    _run([word.replace("{folder}", str(inside or folder)) for word in words], inside or folder)


def _lower(what: int, amount: int) -> None:
    hard = resource.getrlimit(what)[1]
    ceiling = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(what, (ceiling, ceiling))


def _apart(folder: Path) -> Path | None:
    """A network without any line, processes that all end with the first one, and `folder` in the place of /tmp.

    None where the machine does not allow it, as many containers do not.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    if libc.unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC | _NEW_PROCESSES | _NEW_MOUNTS) != 0:
        return None
    if libc.mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None) != 0:
        return None
    return _TMP if libc.mount(bytes(folder), bytes(_TMP), None, _BIND, None) == 0 else None


def _locks(program: str, folder: Path, *, apart: bool) -> dict[str, bool]:
    """Put on every lock that this machine has, and say which ones hold."""
    running = [Path(program).resolve().parent.parent, *(Path(entry) for entry in _READABLE)]
    # LibreOffice will not start without a socket of its own in /tmp, which it makes anew when it restarts itself. Where
    # that is the shared one, it may also remove there what belongs to this user: the kernel grants no less.
    talking = [] if folder == _TMP else [_TMP]
    landlock = confine.Landlock.around_program(running, [folder, Path("/dev/null")], talking)
    return {
        "namespaces": apart,
        "no new privileges": confine.lock_privileges(),
        "files": landlock.put_on(),
        "network": confine.forbid_network() or apart,
    }


def _run(words: list[str], folder: Path) -> None:
    # A new process space begins with the next child; the kernel ends everything in there when that one goes.
    child = os.fork()
    if child == 0:
        try:
            confine.die_with_parent()
            os.chdir(folder)
            environment = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
            os.execve(words[0], words, environment)  # noqa: S606 - our own words; the document is only named in them
        finally:
            os._exit(_NOT_STARTED)
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
