"""`mailroom mailbox check` and `mailroom mailbox trial`: trying a mailbox without changing anything in it or in the records."""

from __future__ import annotations

import asyncio
import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ingest import trial
from ingest.mailbox_line import Declined, Line, Lost, Refused
from ingest.mailbox_settings import MailboxSettings
from ingest.reading import IsolatedReader
from ingest.tokens_oauth import TokenRefused, Tokens, TokensAway, certificate_ends, tokens_for
from ingest.trial import Report, Trial
from mailroom import config, logs
from mailroom.build import limits, sorting_settings
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json
from mailroom.config import Settings
from mailroom.house import clock
from mailroom.mailboxes import mailbox_settings
from mailroom.screen import FAILED, TEMPORARY, USAGE, console, leave, put, put_json
from records.values import counted

Name = Annotated[str, typer.Argument(help="The mailbox's name in the settings.", show_default=False)]

_OUTCOMES = {
    trial.WITH_FORM: "hold a form",
    trial.WITHOUT_FORM: "hold none",
    trial.AUTOMATIC: "are automatic mail without one",
    trial.COPY: "are copies of others",
    trial.UNOPENABLE: "cannot be opened",
    trial.TOO_LARGE: "are too large to be taken",
    trial.NOT_FETCHED: "were not handed out by the server",
}


def add_to(application: typer.Typer) -> None:
    mailbox = typer.Typer(
        help="Try the mailboxes that forms come from.", epilog="Example: mailroom mailbox check forms", no_args_is_help=True
    )
    mailbox.command(epilog="Example: mailroom mailbox check forms")(check)
    mailbox.command("trial", epilog="Example: mailroom mailbox trial forms --limit 200")(try_out)
    application.add_typer(mailbox, name="mailbox")


def check(name: Name, config: Config = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Sign in to a mailbox and say what is there. Nothing in it changes."""
    _settings, box = _of(config, name)
    with _in_words():
        found = asyncio.run(_looked_at(box, tokens_for(box, clock)))
    ends = certificate_ends(box)
    if as_json:
        put_json({"mailbox": name, **dataclasses.asdict(found), "certificate_ends": ends.isoformat() if ends else None})
        return
    put(f"Signed in to {box.host} as {box.user_name}.")
    for folder, count in found.counts.items():
        put(f"“{folder}”: {'is not there yet; it is made when it is needed' if count is None else counted(count, 'message')}")
    put("The server calls when something comes." if found.idle else f"The server is asked every {box.poll_seconds} seconds.")
    if not found.removes:
        put("The server can neither move nor remove single messages: they are copied, and stay here marked as deleted.")
    if ends is not None:
        put(f"The certificate that we sign in with ends on {ends:%d.%m.%Y}.")
    put(f"Folders: {', '.join(found.folders)}")


def try_out(
    name: Name,
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many of the newest letters.", show_default=False)] = None,
) -> None:
    """Read what lies in a mailbox and report how many forms would need no typing.

    Nothing is moved, marked, answered, sent or kept: everything happens in a folder that is removed at the end (TMPDIR says
    where; it needs room for the letters).
    """
    settings, box = _of(config, name)
    with (
        _in_words(),
        tempfile.TemporaryDirectory(prefix="mailroom-trial-") as folder,
        IsolatedReader(settings.ingest.workers, limits(settings)) as reader,
        _shown_progress() as progress,
    ):
        report = Trial(
            settings=box,
            tokens=tokens_for(box, clock),
            reader=reader,
            clock=clock,
            folder=Path(folder),
            sorting=sorting_settings(settings),
            workers=settings.ingest.workers,
            limit=limit,
        ).run(progress)
    if as_json:
        put_json(report.to_json())
        return
    for line in _told(report):
        put(line)


def _of(path: Path, name: str) -> tuple[Settings, MailboxSettings]:
    """Only the mailbox and the reader need to be configured yet."""
    least = {"body": {"name": "-"}, "ingest": {"addresses": ["trial@localhost"]}}
    settings = config.load(path, least)
    logs.set_up(settings)
    known = ", ".join(settings.ingest.mailboxes) or "none"
    if name not in settings.ingest.mailboxes:
        leave(USAGE, f"There is no mailbox {name} under [ingest.mailboxes]; there is: {known}.")
    return settings, mailbox_settings(settings, name)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (Refused, TokenRefused) as fault:
        leave(FAILED, str(fault))
    except (Lost, TokensAway) as fault:
        leave(TEMPORARY, str(fault))
    except Declined as fault:
        leave(FAILED, f"The server will not do that: {fault}")


@dataclass(frozen=True)
class _Looked:
    """What a look at a mailbox found; a count is None for a folder that is not there."""

    counts: dict[str, int | None]
    folders: list[str]
    idle: bool
    removes: bool


async def _looked_at(box: MailboxSettings, tokens: Tokens | None) -> _Looked:
    async with await Line.open(box) as line:
        await line.sign_in(tokens)
        counts = {name: await line.count(name) for name in (box.folder, box.processed_folder, box.too_large_folder)}
        folders = await line.folders()
        await line.open_folder(box.folder, read_only=True)
        return _Looked(counts, folders, line.can("IDLE"), line.forgets_moved)


@contextmanager
def _shown_progress() -> Iterator[trial.Progress]:
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console(),
        disable=not console().is_terminal,
    )
    tasks = {}

    def show(what: str, done: int, known: int) -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(what)
        bars.update(tasks[what], completed=done, total=known)

    with bars:
        yield show


def _told(report: Report) -> Iterator[str]:
    yield f"Of {counted(report.in_folder, 'message')} in the folder, {counted(len(report.letters), 'was', 'were')} looked at."
    outcomes = report.outcomes()
    yield from _lines(Counter({words: outcomes[outcome] for outcome, words in _OUTCOMES.items() if outcomes[outcome]}))
    yield ""
    blank = f" {counted(report.blank, 'more is', 'more are')} blank." if report.blank else ""
    yield f"{counted(report.forms, 'form was', 'forms were')} read.{blank}"
    if report.forms:
        yield f"{report.no_typing} of them ({report.no_typing / report.forms:.0%}) need no typing."
    if report.needs():
        yield "What the others need, and how often:"
        yield from _lines(report.needs())
    if report.problems():
        yield "Files that cannot be read:"
        yield from _lines(report.problems())


def _lines(counted: Counter[str]) -> Iterator[str]:
    for words, count in counted.most_common():
        yield f"  {count:6}  {words}"
