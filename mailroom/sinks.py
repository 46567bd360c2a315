"""Where an export of everything goes: a folder, or one zip. Readable by its owner only."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn

from mailroom.screen import console
from records.moving.everything import Sink


@contextmanager
def opened(to: Path) -> Iterator[Sink]:
    """A folder, or a zip where the name says so. A zip that was not finished is removed."""
    if to.suffix.lower() != ".zip":
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield _Folder(to)
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    to.touch(mode=0o600)
    try:
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            yield _Zip(archive)
    except BaseException:
        to.unlink()
        raise


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """Shows what is being written, where somebody watches."""
    screen = console()
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=screen, disable=not screen.is_terminal) as bar:
        task = bar.add_task("Writing")
        yield lambda words: bar.update(task, description=words)


class _Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(chunks)


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        with self._archive.open(name, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk)
