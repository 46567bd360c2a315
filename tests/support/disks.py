"""Disks of a test's own: a file mounted as ext4, which can lose its power, and can be as small as one likes. Needs root."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SHUTDOWN = 0x8004587D
_WITHOUT_FLUSH = 2
"""EXT4_IOC_SHUTDOWN and EXT4_GOING_FLAGS_NOLOGFLUSH of linux/ext4.h."""


class Disk:
    """A mounted file system in a file."""

    def __init__(self, folder: Path, size: int) -> None:
        self._image, self.path = folder / "disk.img", folder / "disk"
        self.path.mkdir()
        with self._image.open("wb") as image:
            image.truncate(size)

    def make(self) -> None:
        _run("mkfs.ext4", "-q", "-F", "-m", "0", str(self._image))
        self.mount()

    def mount(self) -> None:
        _run("mount", "-o", "loop", str(self._image), str(self.path))

    def unmount(self) -> None:
        _run("umount", str(self.path))

    def cut_power(self) -> None:
        """From now on nothing reaches the disk, and what had not reached it is lost. Processes see an input/output error."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", _WITHOUT_FLUSH))
        finally:
            os.close(handle)

    def power_up(self) -> None:
        """What a start of the machine does: the journal is replayed.

        From a copy of the bytes: a process with mounts of its own (a caged conversion in another test, say) still holds the
        dead file system, and mounting the same file again would give that one back.
        """
        self.unmount()
        dead, self._image = self._image, self._image.with_name(f"{self._image.name}~")
        _run("cp", "--sparse=always", str(dead), str(self._image))
        dead.unlink()
        self.mount()


@contextmanager
def disk(folder: Path, size: int) -> Iterator[Disk]:
    """A fresh disk, unmounted at the end. Skips the test where that cannot be had."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a disk of its own")
    one = Disk(folder, size)
    try:
        one.make()
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk can be made and mounted here: {error}")
    try:
        yield one
    finally:
        if os.path.ismount(one.path):
            # Lazily, so that a process which still has a file open does not keep the disk.
            _run("umount", "--lazy", str(one.path))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
