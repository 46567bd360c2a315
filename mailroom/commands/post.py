"""`mailroom ingest` and `mailroom verify`: taking post in from files, and looking whether all that is kept is whole."""

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
from mailroom.screen import FAILED, OK, PARTLY, console, put, put_json, say
from records import soundness
from records.models.post import Channel
from records.soundness import Soundness


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom ingest archive.mbox Maildir/ letter.eml")(ingest)
    application.command(epilog="Example: mailroom verify --json")(verify)


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


def verify(config: Config = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Check the chain of history, every stored paper against its sha256, and every row against its bytes."""
    with (
        house.opened(settings_of(config)) as open_house,
        console().status("Reading everything that is kept"),
        open_house.database.reading() as session,
    ):
        found = soundness.check(session, open_house.blobs)
    if as_json:
        put_json(_as_json(found))
    else:
        for line in _in_words(found):
            put(line)
    raise typer.Exit(OK if found.sound else FAILED)


def _as_json(found: Soundness) -> dict[str, object]:
    return {
        "sound": found.sound,
        "events": found.events,
        "head": found.head,
        "unsealed": found.unsealed,
        "broken_at": found.broken_at,
        "wrong_details": [str(one) for one in found.wrong_details],
        "blobs": found.blobs,
        "altered": found.altered,
        "missing": [{"table": table, "row": row, "sha256": sha256} for table, row, sha256 in found.missing],
        "unknown": found.unknown,
    }


def _in_words(found: Soundness) -> Iterator[str]:
    yield f"History: {found.events} events in the chain, {found.unsealed} not yet in it; it ends with {found.head[:16]}."
    if found.broken_at is not None:
        yield f"BROKEN: the chain does not hold at event {found.broken_at}. It has been changed from there on."
    for detail in found.wrong_details:
        yield f"ALTERED: the detail of event {detail} is not what was written."
    yield f"Papers: {found.blobs} stored, {len(found.unknown)} of them named by no row."
    for name in found.altered:
        yield f"ALTERED: the bytes of {name} are not what was stored."
    for table, row, sha256 in found.missing:
        yield f"MISSING: {table} {row} needs {sha256}, which is not there."
    yield "All is whole." if found.sound else "Not everything is whole. Restore from a backup what is altered or missing."
