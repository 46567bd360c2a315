"""`mailroom backup`: making, listing and verifying backups, and restoring one. What a restore says stands in `restore`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from mailroom import house, safe_keeping
from mailroom.commands import restore
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.house import House
from mailroom.screen import FAILED, OK, PARTLY, TEMPORARY, USAGE, console, leave, put, put_json, say
from records import backup_runs
from records.values import counted, spoken_moment
from scheduler import backups
from scheduler.backups import SiteReport
from scheduler.checking import Condition, read_manifests
from scheduler.manifest import moment_of
from scheduler.sealing import Identity, Keys
from scheduler.sites import Site, SiteFault
from scheduler.vault import NotNow, Vault
from scheduler.verifying import verify as verify_sites

_group = typer.Typer(
    help="Backups, and getting them back.", epilog="Example: mailroom backup run", no_args_is_help=True, rich_markup_mode=None
)
SiteOption = Annotated[Path | None, typer.Option("--site", help="Only this site: its folder. Every site where none is given.")]
IdentityOption = Annotated[
    Path | None, typer.Option("--identity", help="The file with the private key. scheduler.backup_identity_file otherwise.")
]


def add_to(application: typer.Typer) -> None:
    restore.add_to(_group)
    application.add_typer(_group, name="backup")


@_group.command(epilog="Example: mailroom backup run")
def run(
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    begin_again: Annotated[
        list[Path] | None, typer.Option(help="The disk of this site was replaced: do not look for what was there.")
    ] = None,
) -> None:
    """Make a backup at every site now. Exit status 3 when something was wrong and a whole backup was made all the same."""
    with house.opened(settings_of(config)) as open_house:
        vault = _vault(open_house)
        names = {site.name for site in vault.sites}
        if unknown := {str(folder.resolve()) for folder in begin_again or []} - names:
            leave(USAGE, f"Not a site: {', '.join(sorted(unknown))}. Sites: {', '.join(sorted(names))}.")
        with console().status("Backing up"):
            try:
                report = backups.run(vault, [str(folder.resolve()) for folder in begin_again or []])
            except NotNow as why:
                leave(TEMPORARY, f"No backup now: {why}.")
    _tell(report.sites, as_json)
    raise typer.Exit(OK if report.flawless else PARTLY if report.good else FAILED)


@_group.command("list", epilog="Example: mailroom backup list --json")
def list_(config: Config = DEFAULT_CONFIG, as_json: Json = False, site: SiteOption = None) -> None:
    """List the backups at every site, as their manifests say. `verify` looks whether they are whole."""
    with house.opened(settings_of(config)) as open_house:
        vault = _vault(open_house)
        listed = [_listed(one, vault, open_house) for one in _chosen(vault, site)]
    if as_json:
        put_json(listed)
    else:
        for one in listed:
            put(f"{one['site']}{': ' + one['problem'] if one['problem'] else ''}")
            for backup in one["backups"]:
                size = (
                    f"{counted(backup['papers'], 'paper')}, {counted(backup['bytes'], 'byte')}"
                    if backup["problem"] is None
                    else backup["problem"]
                )
                put(
                    f"  {backup['name']}  {spoken_moment(moment_of(backup['name']))}  {size}  {backup['outcome'] or ''}".rstrip()
                )
    raise typer.Exit(FAILED if any(one["problem"] for one in listed) else OK)


@_group.command(epilog="Example: mailroom backup verify --identity /media/key/backup-identity.txt")
def verify(
    config: Config = DEFAULT_CONFIG, as_json: Json = False, site: SiteOption = None, identity: IdentityOption = None
) -> None:
    """Read every file at every site back. With the private key, also open the newest backup of each and check all of it."""
    settings = settings_of(config)
    with house.opened(settings) as open_house:
        vault = _vault(open_house)
        key = safe_keeping.identity(identity) if identity else vault.identity
        with console().status("Reading what is at the sites"):
            try:
                told = verify_sites(vault, _chosen(vault, site), key)
            except NotNow as why:
                leave(TEMPORARY, f"Not now: {why}.")
    _tell(told, as_json)
    if key is None:
        say("Nothing was opened: that needs the private key (--identity).")
    sound = [not one.faults for one in told]
    raise typer.Exit(OK if all(sound) else PARTLY if any(sound) else FAILED)


@_group.command("new-key", epilog="Example: mailroom backup new-key --save /media/key/backup-identity.txt")
def new_key(
    config: Config = DEFAULT_CONFIG,
    save: Annotated[Path | None, typer.Option(help="Write the private key to this new file instead of printing it.")] = None,
) -> None:
    """Make a pair of keys. The private one is shown once and kept nowhere: without it no backup can be opened."""
    made = Identity.new()
    signer = Keys((), safe_keeping.secret(settings_of(config, agreeing=False)).encode()).public_signer
    if save is None:
        put(made.written(signer).rstrip())
    else:
        try:
            write_private(save, made.written(signer))
        except FileExistsError:
            leave(
                USAGE, f"{save} is there already and is left alone: an older key may still open older backups. Name a new file."
            )
        say(f"The private key is in {save}. Put it in two safe places away from this machine.")
    say("Add this to scheduler.backup_recipients in the settings:")
    say(f'  "{made.recipient}"')


def write_private(file: Path, text: str) -> None:
    """A new file that nobody else can read. Raises `FileExistsError`: an older key may still open older backups."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
        target.write(text)


def _vault(open_house: House) -> Vault:
    vault = safe_keeping.vault(open_house)
    if vault is None:
        leave(USAGE, "No backup site is named: scheduler.backup_sites is empty.")
    return vault


def _chosen(vault: Vault, folder: Path | None) -> list[Site]:
    if folder is None:
        return list(vault.sites)
    chosen = [site for site in vault.sites if site.name == str(folder.resolve())]
    if not chosen:
        leave(USAGE, f"{folder} is not a site. Sites: {', '.join(site.name for site in vault.sites)}.")
    return chosen


def _listed(site: Site, vault: Vault, open_house: House) -> dict[str, Any]:
    found = Condition()
    try:
        read_manifests(site, vault.keys.public_signer, found)
    except SiteFault as fault:
        return {"site": site.name, "problem": str(fault), "backups": []}
    with open_house.database.reading() as session:
        rows = {name: backup_runs.row(session, name, site.name) for name in {*found.manifests, *found.unreadable}}
    lines = []
    for name, row in sorted(rows.items()):
        manifest = found.manifests.get(name)
        line = {"name": name, "outcome": row.outcome.value if row else None, "problem": found.unreadable.get(name)}
        lines.append({**line, "papers": len(manifest.papers), "bytes": manifest.size} if manifest else line)
    return {"site": site.name, "problem": None, "backups": lines}


def _tell(sites: list[SiteReport], as_json: bool) -> None:
    if as_json:
        put_json([_as_json(site) for site in sites])
        return
    for site in sites:
        put(f"{site.outcome.value.upper():<8} {site.site}: {_what(site)}")
        for fault in site.faults:
            put(f"         wrong: {fault}")
        for remark in site.remarks:
            put(f"         note: {remark}")


def _what(site: SiteReport) -> str:
    if not site.good:
        return "no whole backup"
    opened = ", opened with the private key" if site.opened else ""
    return f"{site.name}, {counted(site.papers, 'paper')} ({site.copied} new), {counted(site.size, 'byte')}, {counted(site.pruned, 'older one')} let go{opened}"


def _as_json(site: SiteReport) -> dict[str, Any]:
    return {
        "site": site.site,
        "backup": site.name,
        "outcome": site.outcome.value,
        "faults": site.faults,
        "remarks": site.remarks,
        "papers": site.papers,
        "copied": site.copied,
        "bytes": site.size,
        "pruned": site.pruned,
        "opened": site.opened,
    }
