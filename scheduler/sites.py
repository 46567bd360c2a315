"""A backup site: a place that keeps files whole or not at all. It knows nothing of what they mean."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_UNFINISHED = "unfinished"


class SiteFault(Exception):  # noqa: N818
    """The site cannot be used now. The message says why, in words for whoever runs the service."""


class Missing(SiteFault):
    """There is no such file at the site."""


class Arriving(Protocol):
    """A file on its way to a site. Leaving the block without `keep` discards it."""

    size: int

    @property
    def sha256(self) -> str: ...

    def write(self, chunk: bytes, /) -> None: ...

    def keep(self, path: str) -> None:
        """From here on it is safe at the site under this path, in place of what was there."""
        ...


class Site(Protocol):
    """The port: a folder today, an object store another day. Paths are relative, with `/`. All raise `SiteFault`."""

    @property
    def name(self) -> str: ...

    def writing(self) -> AbstractContextManager[Arriving]: ...

    def reading(self, path: str) -> AbstractContextManager[BinaryIO]: ...

    def files(self, folder: str) -> list[str]:
        """Paths of all files under a folder, in order; none where there is no such folder."""
        ...

    def remove(self, path: str) -> None:
        """Removing what is gone already is no fault."""
        ...

    def sweep(self) -> None:
        """Remove what a dead run left unfinished. Only while no other run is at work."""
        ...

    def device(self) -> int:
        """What the site shares its fate with: two sites on one device count as one."""
        ...


class FolderSite:
    """A folder, best on a disk or a share of its own. Written to a temporary name, fsynced, renamed, folder fsynced."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def name(self) -> str:
        return str(self.root)

    @contextmanager
    def writing(self) -> Iterator[Arriving]:
        with _in_words(self.name):
            folder = self.root / _UNFINISHED
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            arriving = _ArrivingFile(self.root, folder / secrets.token_hex(16))
            try:
                yield arriving
            finally:
                arriving.discard()

    @contextmanager
    def reading(self, path: str) -> Iterator[BinaryIO]:
        with _in_words(f"{self.name}/{path}"), (self.root / path).open("rb") as file:
            # What was written a moment ago is to come from the disk and not from memory.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            yield file

    def files(self, folder: str) -> list[str]:
        with _in_words(f"{self.name}/{folder}"):
            if not self.root.is_dir():
                raise FileNotFoundError(errno.ENOENT, "the folder is not there", self.name)
            found: list[str] = []
            for place, _folders, names in os.walk(self.root / folder, onerror=_unless_missing):
                found += [str((Path(place) / name).relative_to(self.root)) for name in names]
            return sorted(found)

    def remove(self, path: str) -> None:
        with _in_words(f"{self.name}/{path}"), suppress(FileNotFoundError):
            (self.root / path).unlink()
            _sync_folder((self.root / path).parent)

    def sweep(self) -> None:
        for path in self.files(_UNFINISHED):
            self.remove(path)

    def device(self) -> int:
        with _in_words(self.name):
            return self.root.stat().st_dev


class _ArrivingFile:
    """Hashes what is written."""

    def __init__(self, root: Path, path: Path) -> None:
        self._root, self._path = root, path
        self._file = path.open("xb", buffering=0)
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, chunk: bytes, /) -> None:
        view = memoryview(chunk)
        while view:
            view = view[self._file.write(view) :]
        self._hash.update(chunk)
        self.size += len(chunk)

    def keep(self, path: str) -> None:
        os.fsync(self._file.fileno())
        target = self._root / path
        _make_folders(self._root, target.parent)
        self._path.rename(target)
        _sync_folder(target.parent)

    def discard(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


def _make_folders(root: Path, folder: Path) -> None:
    """Make what is missing below the root, each safe in its parent."""
    if folder != root and not folder.is_dir():
        _make_folders(root, folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unless_missing(fault: OSError) -> None:
    if fault.errno != errno.ENOENT:
        raise fault


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    """A fault of the disk as a sentence."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _NO_ROOM:
            message = f"the disk is full ({what})"
            raise SiteFault(message) from fault
        if fault.errno == errno.ENOENT:
            message = f"{what} is missing"
            raise Missing(message) from fault
        message = f"{what} cannot be used: {fault.strerror or fault}"
        raise SiteFault(message) from fault
