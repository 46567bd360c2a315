"""The blob store: bytes under their sha256, safe on the disk before anyone looks inside. Only this file touches it."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import secrets
import struct
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ABANDONED_SECONDS = 60
"""A temporary file older than this without a living owner's lock belongs to a process that died."""

_GET_FLAGS = 0x80006601 | struct.calcsize("l") << 16
_SET_FLAGS = 0x40006602 | struct.calcsize("l") << 16
_TOP_OF_TREE = 0x20000
"""FS_IOC_GETFLAGS, FS_IOC_SETFLAGS and FS_TOPDIR_FL of linux/fs.h."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_SHA256 = re.compile("[0-9a-f]{64}")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreFull(Exception):  # noqa: N818
    """There is no room, or not enough above the reserve, for these bytes. Try again later."""


class StoreFailed(Exception):  # noqa: N818
    """The disk did not confirm that bytes are safe. Accept nothing more until a person has looked at it.

    A failed fsync must not be tried again: the kernel may already have dropped the pages and then reports success.
    """


class Unlinked(Exception):  # noqa: N818
    """The same bytes were let go between being made safe and getting their row. Keep them again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are safe: their name and their size."""

    sha256: str
    size: int


class Incoming(Protocol):
    """Bytes on their way into the store. Nothing is kept until `keep`; leaving the block without it discards them."""

    size: int

    def write(self, chunk: bytes | bytearray | memoryview) -> None: ...

    def keep(self) -> Kept: ...

    def discard(self) -> None: ...


class Blobs(Protocol):
    """The port: a folder today, an object store for many hosts."""

    @property
    def reserve_bytes(self) -> int: ...

    def free_bytes(self) -> int | None:
        """None where nobody can say."""
        ...

    def incoming(self) -> Incoming: ...

    def put(self, content: bytes) -> Kept: ...

    def read(self, sha256: str) -> bytes: ...

    def exists(self, sha256: str) -> bool: ...

    def remove(self, sha256: str) -> None: ...

    def has_room(self) -> bool: ...

    def sweep(self, now: float) -> int: ...


def must_be_there(blobs: Blobs, names: Iterable[str]) -> None:
    """Raises `Unlinked` for bytes that have gone. Ask after the rows are written and before they are committed.

    `blob_removal.settle` looks for those rows under a lock, so what is there at this moment stays.
    """
    for sha256 in names:
        if not blobs.exists(sha256):
            raise Unlinked


class FolderBlobs:
    """Blobs as files: `ab/cd…` under the root, written to `tmp-…/` first.

    `keep` means: temporary file fsynced, moved under its name, and the folder fsynced. A power cut after it loses nothing.
    """

    def __init__(self, root: Path, *, reserve_bytes: int = 0) -> None:
        self.root = root
        self.reserve_bytes = reserve_bytes
        self._folders: dict[str, int] = {}
        """Open handles of the folders whose own names are safe, at most 256, to fsync them by."""
        self._lock = threading.Lock()
        weakref.finalize(self, _close_all, self._folders)
        root.mkdir(parents=True, exist_ok=True)
        self.unfinished = _folder_for_unfinished(root)
        _sync_folder(root)

    def incoming(self) -> IncomingFile:
        """A new temporary file. Use `with blobs.writing() as one` unless its life spans several calls."""
        if not self.has_room():
            raise StoreFull("the disk is nearly full")
        return IncomingFile(self)

    @contextmanager
    def writing(self) -> Iterator[IncomingFile]:
        """A temporary file that is discarded at the end of the block unless it was kept."""
        one = self.incoming()
        try:
            yield one
        finally:
            one.discard()

    def put(self, content: bytes) -> Kept:
        """Keep bytes that are in memory already."""
        with self.writing() as one:
            one.write(content)
            return one.keep()

    def path(self, sha256: str) -> Path:
        if _SHA256.fullmatch(sha256) is None:
            raise ValueError("that is no sha256")
        return self.root / sha256[:2] / sha256[2:]

    def read(self, sha256: str) -> bytes:
        """The bytes. Raises `FileNotFoundError` when they are gone and `ValueError` when they have been altered."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            message = f"blob {sha256} has been altered"
            raise ValueError(message)
        return content

    def exists(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """Let the bytes go. Removing what is gone already is no error."""
        path = self.path(sha256)
        path.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            _sync_folder(path.parent)

    def folder(self, sha256: str) -> int:
        """A handle of the folder for these bytes, whose own name is safe: another process may have made it just now."""
        name = sha256[:2]
        handle = self._folders.get(name)
        if handle is None:
            with self._lock:
                handle = self._folders.get(name)
                if handle is None:
                    (self.root / name).mkdir(exist_ok=True)
                    _sync_folder(self.root)
                    handle = self._folders[name] = os.open(self.root / name, _FOLDER)
        return handle

    def names(self) -> Iterator[str]:
        for folder in sorted(self.root.iterdir()):
            if folder.is_dir() and len(folder.name) == 2:
                for file in sorted(folder.iterdir()):
                    yield folder.name + file.name

    def has_room(self) -> bool:
        return not self.reserve_bytes or self.free_bytes() >= self.reserve_bytes

    def free_bytes(self) -> int:
        stats = os.statvfs(self.root)
        return stats.f_bavail * stats.f_frsize

    def sweep(self, now: float) -> int:
        """Remove temporary files that a dead process left; `now` in seconds since the epoch. Returns how many.

        A living owner holds a lock on its file, which the kernel lets go when the process ends in whatever way.
        """
        swept = 0
        for file in self.root.glob("tmp-*/*"):
            with suppress(FileNotFoundError, BlockingIOError):
                if now - file.stat().st_mtime > ABANDONED_SECONDS:
                    _unlink_unowned(file)
                    swept += 1
        return swept


class IncomingFile:
    """A temporary file that hashes what is written. One thread at a time.

    Every call to the system is one in which another thread may take the interpreter, so there are few of them.
    """

    def __init__(self, store: FolderBlobs) -> None:
        self._store = store
        self._path = store.unfinished / secrets.token_hex(16)
        with _room():
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        self._hash = hashlib.sha256()
        self._open = True
        self._locked = False
        self.size = 0

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        with _room():
            self._must_be_open()
            if self.size and not self._locked:
                # It is written in several stretches and may grow old on its way; the lock says that its owner lives.
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._locked = True
            self._hash.update(chunk)
            view = memoryview(chunk)
            while view:
                view = view[os.write(self._file, view) :]
            self.size += len(chunk)

    def keep(self) -> Kept:
        """fsync, move under the name, fsync the folder. The same bytes twice are one blob."""
        with _room():
            self._must_be_open()
            sha256 = self._hash.hexdigest()
            _sync(self._file)
            folder = self._store.folder(sha256)
            # The same bytes may be there already; whoever put them may not have reached their fsync yet. Ours are as good.
            self._path.replace(self._store.path(sha256))
            _sync(folder)
            self._open = False
            os.close(self._file)
        return Kept(sha256, self.size)

    def discard(self) -> None:
        if self._open:
            self._open = False
            self._path.unlink(missing_ok=True)
            os.close(self._file)

    def _must_be_open(self) -> None:
        if not self._open:
            raise ValueError("this file was kept or discarded already")


@contextmanager
def _room() -> Iterator[None]:
    """Say "full" in our own word when the disk, the quota or the process's limit has no room."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StoreFull("the disk has no room") from error
        raise


def _unlink_unowned(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink()
    finally:
        os.close(handle)


def _folder_for_unfinished(root: Path) -> Path:
    """Where files are written before they have their name: made once, under a name that decides its place on the disk.

    ext4 would put it beside the root, and looks at every file that was deleted there in the last half minute before it
    makes a new one: measured, 0.3 to 1 ms of processor for each delivery on a busy disk, against 0.02 ms in a quiet part.
    As "top of a tree" (`chattr +T`) the root has its folders spread over the whole disk, by their names.
    """
    for folder in sorted(root.glob("tmp-*")):
        return folder
    flags = bytearray(struct.calcsize("l"))
    handle = os.open(root, _FOLDER)
    # A hint, no more: another file system declines, and so does a folder that is not ours to change.
    with suppress(OSError):
        fcntl.ioctl(handle, _GET_FLAGS, flags)
        fcntl.ioctl(handle, _SET_FLAGS, struct.pack("l", struct.unpack("l", flags)[0] | _TOP_OF_TREE))
    os.close(handle)
    folder = root / f"tmp-{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


def _close_all(handles: dict[str, int]) -> None:
    while handles:
        os.close(handles.popitem()[1])


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, _FOLDER)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise
        raise StoreFailed("the disk did not confirm a write") from error
