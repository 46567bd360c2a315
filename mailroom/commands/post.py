"""`mailroom ingest`: taking post in from files."""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from ingest.keeping import Keeper, Postmark
from mailroom import house
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import FAILED, OK, PARTLY, console, put_json, say
from records.models.post import Channel


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom ingest archive.mbox Maildir/ letter.eml")(ingest)


@dataclass(frozen=True, slots=True)
class Found:
    """One message in a file: its bytes, or why there are none."""

    file: Path
    number: int
    """Counts the messages of a file from 1."""
    content: bytes = b""
    problem: str | None = None

    @property
    def source(self) -> str:
        """The same message of the same file twice is one delivery, so that an import can be run again after a stop."""
        mark = f"{self.file.resolve()}#{self.number}#".encode() + hashlib.sha256(self.content).digest()
        return f"file:{hashlib.sha256(mark).hexdigest()}"


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files (.eml), mbox files, Maildirs, or folders.", show_default=False),
    ],
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken in.")] = False,
) -> None:
    """Take messages in from files, as if they had come by email. Nobody is sent a receipt for them."""
    settings = settings_of(config)
    taken = refused = 0
    with house.opened(settings) as open_house, Keeper(open_house.database, open_house.blobs, open_house.clock) as keeper:
        for found in track(messages(paths), "Taking in", total=None, console=console(), disable=not console().is_terminal):
            problem = found.problem or _unfit(found, settings.ingest.max_bytes)
            kept = None
            if problem is None and not dry_run:
                kept = keeper.keep_bytes(found.content, Postmark(Channel.FILE, source=found.source))
            taken, refused = taken + (problem is None), refused + (problem is not None)
            if as_json:
                line = {"file": str(found.file), "number": found.number, "message": str(kept.message_id) if kept else None}
                put_json({**line, "problem": problem})
            elif problem is not None:
                say(f"{found.file}: {problem}")
    say(f"{taken} {'would be ' if dry_run else ''}taken in, {refused} not.")
    raise typer.Exit(OK if not refused else PARTLY if taken else FAILED)


def messages(paths: Iterable[Path]) -> Iterator[Found]:
    """Every message of the paths, one after another, so that an archive need not fit into memory at once."""
    for path in paths:
        yield from _messages_of(path)


def _messages_of(path: Path) -> Iterator[Found]:
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif _is_mbox(path):
            with closing(mailbox.mbox(path, create=False)) as archive:
                for number, key in enumerate(archive.iterkeys(), 1):
                    yield Found(path, number, archive.get_bytes(key))
        else:
            yield Found(path, 1, path.read_bytes())
    except (OSError, mailbox.Error) as fault:
        yield Found(path, 1, problem=getattr(fault, "strerror", None) or "cannot be read")


def _in_folder(folder: Path) -> Iterator[Found]:
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        files = [file for part in ("cur", "new") for file in sorted((folder / part).iterdir())]
    else:
        files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in {".eml", ".mbox"})
    if not files:
        yield Found(folder, 1, problem="no messages in this folder")
    for file in files:
        yield from _messages_of(file)


def _is_mbox(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(5) == b"From "


def _unfit(found: Found, max_bytes: int) -> str | None:
    if not found.content.strip():
        return "the file is empty"
    if len(found.content) > max_bytes:
        return f"larger than ingest.max_bytes ({max_bytes})"
    return None
