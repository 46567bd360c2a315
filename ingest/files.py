"""Letters that lie in files: `.eml`, maildir and mbox. What is found is handed to the keeper like any other delivery."""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.keeping import Postmark
from records.models.post import Channel

_SINGLE = frozenset({".eml", ".msg", ".mht"})
_MANY = frozenset({".mbox", ".mbx"})
_MBOX_START = b"From "

MISSING = "There is no such file or folder."
UNREADABLE = "It cannot be read: {reason}."
NOTHING = "There is no letter in it (.eml files, a maildir, or mbox files)."


@dataclass(frozen=True, slots=True)
class FoundLetter:
    """A letter in a file. `place` says where, for people."""

    raw: bytes
    place: str
    postmark: Postmark


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A path from which nothing was taken, and why in words."""

    place: str
    reason: str


def ingest_files(paths: Iterable[Path]) -> Iterator[FoundLetter | NotTaken]:
    """Every letter in these files and folders, one at a time. The same letter at the same place has the same source.

    So doing it twice is harmless: `records.post.keep` gives back the row that is there.
    """
    for path in paths:
        if not path.exists():
            yield NotTaken(str(path), MISSING)
            continue
        found = False
        for one in _in_folder(path) if path.is_dir() else _in_file(path):
            found = True
            yield one
        if not found:
            yield NotTaken(str(path), NOTHING)


def _in_folder(folder: Path) -> Iterator[FoundLetter | NotTaken]:
    if _is_maildir(folder):
        for box in ("new", "cur"):
            for file in sorted((folder / box).iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    # The name changes with the letter's flags, up to the colon it stays; and letters move from new to cur.
                    yield from _single(file, str(folder.resolve() / file.name.partition(":")[0]))
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and not (_is_maildir(folder) and inner.name in {"new", "cur", "tmp"}):
            yield from _in_folder(inner)
        elif inner.is_file() and inner.suffix.lower() in _SINGLE | _MANY:
            yield from _in_file(inner)


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _in_file(file: Path) -> Iterator[FoundLetter | NotTaken]:
    try:
        with file.open("rb") as opened:
            is_mbox = opened.read(len(_MBOX_START)) == _MBOX_START and file.suffix.lower() not in _SINGLE
    except OSError as fault:
        yield NotTaken(str(file), UNREADABLE.format(reason=fault.strerror))
        return
    yield from _in_mbox(file) if is_mbox else _single(file, str(file.resolve()))


def _single(file: Path, place: str) -> Iterator[FoundLetter | NotTaken]:
    try:
        raw = file.read_bytes()
    except OSError as fault:
        yield NotTaken(str(file), UNREADABLE.format(reason=fault.strerror))
        return
    yield _found(raw, place, str(file))


def _in_mbox(file: Path) -> Iterator[FoundLetter | NotTaken]:
    try:
        box = mailbox.mbox(file, create=False)
    except (OSError, mailbox.Error) as fault:
        yield NotTaken(str(file), UNREADABLE.format(reason=type(fault).__name__))
        return
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            yield _found(box.get_bytes(key), str(file.resolve()), f"{file}, letter {number}")
    finally:
        box.close()


def _found(raw: bytes, source: str, place: str) -> FoundLetter:
    where = hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    what = hashlib.sha256(raw).hexdigest()
    return FoundLetter(raw, place, Postmark(channel=Channel.FILE, source=f"file:{where}:{what}"))
