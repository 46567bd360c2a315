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
from records.post import Before, before


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
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def source(self) -> str:
        """The same message of the same file twice is one delivery, so that an import can be run again after a stop."""
        mark = f"{self.file.resolve()}#{self.number}#".encode() + bytes.fromhex(self.sha256)
        return f"file:{hashlib.sha256(mark).hexdigest()}"


@dataclass
class _Tally:
    """How many messages were taken in, how many of those repeat a letter that was here, were here themselves, or stay out."""

    taken: int = 0
    repeats: int = 0
    here: int = 0
    refused: int = 0

    def add(self, problem: str | None, before: Before | None) -> None:
        if problem is not None:
            self.refused += 1
        elif before is Before.DELIVERY:
            self.here += 1
        else:
            self.taken += 1
            self.repeats += before is Before.BYTES

    def words(self, *, dry_run: bool) -> str:
        said = [f"{self.taken} {'would be ' if dry_run else ''}taken in, {self.refused} not."]
        if self.repeats:
            one = self.repeats == 1
            said.append(
                f"{self.repeats} of those {'repeats' if one else 'repeat'} a letter that was here, and {'is' if one else 'are'} linked to it."
            )
        if self.here:
            said.append(f"{self.here} {'was' if self.here == 1 else 'were'} here already.")
        return " ".join(said)

    @property
    def status(self) -> int:
        if not self.refused:
            return OK
        return PARTLY if self.taken or self.here else FAILED


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
    tally = _Tally()
    with house.opened(settings) as open_house, Keeper(open_house.database, open_house.blobs, open_house.clock) as keeper:
        for found in track(messages(paths), "Taking in", total=None, console=console(), disable=not console().is_terminal):
            problem = found.problem or _unfit(found, settings.ingest.max_bytes)
            came_before = kept = None
            if problem is None:
                with open_house.database.reading() as session:
                    came_before = before(session, found.source, found.sha256)
                if not dry_run:
                    kept = keeper.keep_bytes(found.content, Postmark(Channel.FILE, source=found.source))
            tally.add(problem, came_before)
            if as_json:
                line = {"file": str(found.file), "number": found.number, "message": str(kept.message_id) if kept else None}
                put_json({**line, "here_already": came_before is Before.DELIVERY, "problem": problem})
            elif problem is not None:
                say(f"{found.file}: {problem}")
    say(tally.words(dry_run=dry_run))
    raise typer.Exit(tally.status)


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
