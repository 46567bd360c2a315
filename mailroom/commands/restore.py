"""`mailroom backup restore` and `confirm-restored`: a new data folder out of a backup, and letting it write to people again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.progress import Progress

from mailroom import house, safe_keeping
from mailroom.commands import days
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.config import BadConfiguration, Settings
from mailroom.config_tables import check_database_url
from mailroom.screen import FAILED, OK, PARTLY, USAGE, console, leave, put_json, say
from records import restored
from records.events import Actor
from records.values import counted, spoken_moment
from scheduler import restoring
from scheduler.manifest import moment_of
from scheduler.restoring import Order, Outcome
from scheduler.sealing import Identity
from scheduler.sites import FolderSite, SiteFault
from scheduler.snapshot import SnapshotFault
from scheduler.unpacking import Unusable

ACTOR = Actor.machine("command line")


def add_to(group: typer.Typer) -> None:
    group.command(epilog="Example: mailroom backup restore --to /srv/mailroom/data.new --identity /media/key/identity.txt")(
        restore
    )
    group.command("confirm-restored", epilog="Example: mailroom backup confirm-restored --yes")(confirm_restored)


def restore(
    to: Annotated[Path, typer.Option(help="The new data folder. It must not be there yet, or be empty.")],
    identity: Annotated[Path | None, typer.Option(help="The file with the private key.")] = None,
    site: Annotated[
        list[Path] | None,
        typer.Option(help="The folder of a site; all sites of the settings otherwise. No settings are needed then."),
    ] = None,
    at: Annotated[
        str,
        typer.Option(
            help="The newest backup up to this London time (30/03/2026, 2026-03-30 or 2026-03-30T18:00), or its name."
        ),
    ] = "",
    database_url_file: Annotated[
        Path | None, typer.Option(help="For a backup of PostgreSQL: a file with the URL of an empty database.")
    ] = None,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Go on without papers that no site can give any more.")
    ] = False,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Believe manifests unchecked, where the key that signed them is lost.")
    ] = False,
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Restore a backup into a new folder and check all of it. The running installation is not touched."""
    settings = settings_of(config) if config.exists() or not site else None
    order = _order(settings, to, identity, site or [], _moment(at), unsigned)
    if database_url_file is not None:
        order = _for_postgresql(order, settings, database_url_file)
    if incomplete:
        order = replace(order, incomplete=True)
    try:
        with Progress(console=console(), transient=True, disable=not console().is_terminal) as bar:
            task = bar.add_task("Opening papers", total=None)
            outcome = restoring.restore(
                order, house.clock(), lambda done, all_of_it: bar.update(task, completed=done, total=all_of_it)
            )
    except (Unusable, SiteFault, SnapshotFault) as fault:
        leave(FAILED, f"Nothing was restored: {fault}.")
    _tell(outcome, to, as_json)
    raise typer.Exit(PARTLY if outcome.missing or outcome.remaining else OK)


def confirm_restored(
    config: Config = DEFAULT_CONFIG,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let an installation that was restored send letters again."""
    with house.opened(settings_of(config)) as open_house:
        with open_house.database.reading() as session:
            waits, letters = restored.waiting(session), restored.letters_waiting(session)
        if waits is None:
            leave(OK, "This installation is not waiting for that.")
        say(f"{waits.words}.")
        say(
            f"{counted(letters, 'letter waits', 'letters wait')}. What goes out then may have been sent before, after the backup was made."
        )
        if not yes:
            typer.confirm("Is this the real installation, and may it write to people again?", abort=True, err=True)
        with open_house.database.writing() as session:
            restored.confirm(session, ACTOR, open_house.clock())
        say("It may send again.")


def _order(
    settings: Settings | None, to: Path, identity: Path | None, folders: list[Path], at: datetime | None, unsigned: bool
) -> Order:
    named = identity or (settings.scheduler.backup_identity_file if settings else None)
    if named is None:
        leave(USAGE, "Needed: --identity, the file with the private key.")
    key = safe_keeping.identity(named)
    signer = None if unsigned else _signer(settings, key)
    if signer is None and not unsigned:
        leave(
            USAGE,
            "Nobody knows who must have signed the backups: neither the identity file nor the settings say. See --unsigned.",
        )
    known = settings.scheduler.backup_sites if settings else []
    sites = tuple(FolderSite(folder.resolve()) for folder in folders or known)
    if not sites:
        leave(USAGE, "No backup site is named: neither --site nor scheduler.backup_sites.")
    return Order(sites, to.resolve(), key, signer, at)


def _signer(settings: Settings | None, key: Identity) -> str | None:
    if key.signer is not None or settings is None or settings.mailroom.secret_key is None:
        return key.signer
    return safe_keeping.keys(settings).public_signer


def _for_postgresql(order: Order, settings: Settings | None, file: Path) -> Order:
    try:
        url = check_database_url(SecretStr(file.read_text(encoding="utf-8").strip()))
    except ValueError as wrong:
        raise BadConfiguration([f"{file}: {wrong}"]) from None
    assert url is not None
    program = Path(settings.scheduler.pg_dump_program if settings else "pg_dump")
    return replace(order, database_url=url.get_secret_value(), pg_restore=str(program.with_name("pg_restore")))


def _moment(written: str) -> datetime | None:
    """A day means its end, so that `--at` of a day gives the last backup made on it."""
    if not written:
        return None
    try:
        return moment_of(written)
    except ValueError:
        pass
    try:
        return days.moment(written).astimezone(UTC)
    except typer.BadParameter:
        leave(USAGE, f"{written} is no moment: write 30/03/2026, 2026-03-30, 2026-03-30T18:00 or the name of a backup.")


def _tell(outcome: Outcome, to: Path, as_json: bool) -> None:
    manifest = outcome.manifest
    if as_json:
        put_json(
            {
                "folder": str(to),
                "site": outcome.site,
                "backup": manifest.name,
                "rows": sum(manifest.rows.values()),
                "papers": outcome.papers,
                "missing": outcome.missing,
                "erased_again": outcome.erased_again,
                "remaining": outcome.remaining,
                "notes": outcome.notes,
            }
        )
        return
    say(f"Restored into {to}: the backup of {spoken_moment(manifest.made_at)} from {outcome.site}.")
    say(
        f"{counted(sum(manifest.rows.values()), 'row')} and {counted(outcome.papers, 'paper')}, compared with what the manifest says."
    )
    say(
        f"{counted(outcome.erased_again, 'erasure that came after the backup was', 'erasures that came after the backup were')} carried out again."
    )
    for sha256 in outcome.missing:
        say(f"MISSING: the paper {sha256}.")
    for person in outcome.remaining:
        say(f"LOOK AT: person {person} had been erased and is needed by others in these records.")
    for note in outcome.notes:
        say(f"Note: {note}.")
    say("It sends nothing until `mailroom backup confirm-restored`. docs/restore.md says how to put it in place.")
