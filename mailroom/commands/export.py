"""`mailroom export`: files for the DfE, the register, and everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from mailroom import house, sinks
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import OK, PARTLY, USAGE, counting, leave, put, put_json, say
from records import disclosures
from records.events import Actor
from records.evidence import pack
from records.exports import dfe
from records.exports.dfe_files import File
from records.exports.register import register_file
from records.inductions import latest_induction
from records.models.disclosures import DisclosureGround, DisclosureKind
from records.models.inductions import Induction
from records.moving import everything as exporting
from records.moving import transfer_out
from records.people import find_by_trn
from records.values import Wrong, counted, local_day

_group = typer.Typer(
    help="Files for the DfE, the register, and everything.",
    epilog="Example: mailroom export dfe --to ./for-the-dfe",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ACTOR = Actor.machine("command line")
To = Annotated[Path, typer.Option("--to", help="The folder to write to. It is made where it is missing.")]


def add_to(application: typer.Typer) -> None:
    application.add_typer(_group, name="export")


@_group.command("dfe", epilog="Example: mailroom export dfe --to ./for-the-dfe")
def for_the_dfe(
    to: To,
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    again: Annotated[bool, typer.Option("--again", help="Also what was exported before and has not changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the files, but do not note them as exported.")] = False,
) -> None:
    """Write claims and outcomes as the DfE's service takes them, and a list of what must be entered by hand and why."""
    with house.opened(settings_of(config)) as open_house, open_house.database.writing() as session:
        now = open_house.clock()
        told = dfe.to_tell(session, local_day(now), again=again)
        files = told.files()
        _write(to, files)
        if files and not dry_run:
            dfe.note_exported(session, told, ACTOR, now)
    counts = {"claims": len(told.claims), "outcomes": len(told.outcomes), "by_hand": len(told.by_hand)}
    if as_json:
        put_json({**counts, "files": [str(to / one.name) for one in files]})
        return
    for one in files:
        put(str(to / one.name))
    say(
        f"{counts['claims']} to claim, {counts['outcomes']} to conclude, {counts['by_hand']} to enter by hand."
        if files
        else "There is nothing new to tell the DfE."
    )


@_group.command(epilog="Example: mailroom export register --to ./register")
def register(to: To, config: Config = DEFAULT_CONFIG) -> None:
    """Write the register of all inductions as CSV: eight columns, and the number of assessment periods."""
    with house.opened(settings_of(config)) as open_house, open_house.database.reading() as session:
        _write(to, [register_file(session)])
    put(str(to / "register.csv"))


@_group.command(epilog="Example: mailroom export everything --to ./leaving.zip")
def everything(
    to: Annotated[Path, typer.Option("--to", help="A new folder, or a new file that ends with .zip.")],
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Write all that is on record as CSV, with every paper, message and letter: to leave, or to look at without this service."""
    if to.exists() and (to.is_file() or any(to.iterdir())):
        leave(USAGE, f"{to} is there already and is left alone: name a new folder or file.")
    with house.opened(settings_of(config)) as open_house:
        with sinks.opened(to) as sink, open_house.database.reading() as session, sinks.telling() as tell:
            done = exporting.export_everything(session, open_house.blobs, sink, open_house.clock(), tell)
        with open_house.database.writing() as session:
            exporting.note(session, done, ACTOR, open_house.clock())
    if as_json:
        put_json({"rows": done.rows, "files": done.files, "letters": done.letters, "problems": done.problems})
    for problem in done.problems:
        say(problem)
    say(
        f"Written to {to}: {counted(sum(done.rows.values()), 'row')}, {counted(done.files, 'file')}, {counted(done.letters, 'letter')}."
    )
    raise typer.Exit(PARTLY if done.problems else OK)


@_group.command(
    epilog='Example: mailroom export transfer 1234567 --to ./transfer.zip --recipient "Next Body" --ground new_body',
)
def transfer(
    trn: Annotated[str, typer.Argument(help="The ECT's teacher reference number.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="The new zip to write.")],
    recipient: Annotated[str, typer.Option("--recipient", help="Who gets it.")],
    ground: Annotated[DisclosureGround, typer.Option("--ground", help="Why it may be handed over.")],
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Write the bundle of an ECT who moves to another school or body: completed assessments only. Who got it is noted."""
    with _handing_over(config, trn, to) as leaving:
        packed = transfer_out.pack(leaving.session, leaving.open_house.blobs, leaving.induction, leaving.body, leaving.now)
        leaving.note(DisclosureKind.TRANSFER, disclosures.Recipient(recipient, ground), packed.manifest)
        leaving.write(packed.content)
    say(f"Written to {to}: {counted(len(packed.manifest['files']), 'file')}.")


@_group.command(
    epilog='Example: mailroom export evidence 1234567 --to ./evidence.pdf --recipient "Teaching Regulation Agency" --ground appeal',
)
def evidence(
    trn: Annotated[str, typer.Argument(help="The ECT's teacher reference number.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="The new PDF to write.")],
    recipient: Annotated[str, typer.Option("--recipient", help="Who gets it.")],
    ground: Annotated[DisclosureGround, typer.Option("--ground", help="Why it may be handed over.")],
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Write the evidence pack of an ECT as one PDF with an index, for an appeal or an inspector. Who got it is noted."""
    with _handing_over(config, trn, to) as leaving, counting("papers printed") as told:
        heading = pack.Heading(leaving.body, recipient, disclosures.GROUNDS[ground], "the command line")
        made = pack.make(
            leaving.session,
            leaving.open_house.blobs,
            leaving.induction,
            heading,
            leaving.now,
            progress=lambda done, _total: told(done),
        )
        leaving.note(DisclosureKind.EVIDENCE_PACK, disclosures.Recipient(recipient, ground), made.manifest)
        leaving.write(made.content)
    say(f"Written to {to}: {counted(made.pages, 'page')}.")


@dataclass(frozen=True, slots=True)
class _Leaving:
    """An induction whose papers are about to be handed over."""

    open_house: house.House
    session: Session
    induction: Induction
    body: str
    now: datetime
    to: Path

    def note(self, kind: DisclosureKind, asked: disclosures.Recipient, manifest: dict[str, Any]) -> None:
        disclosures.by_download(self.session, self.induction, kind, asked, manifest, ACTOR, self.now)

    def write(self, content: bytes) -> None:
        self.to.touch(mode=0o600)
        self.to.write_bytes(content)


@contextmanager
def _handing_over(config: Path, trn: str, to: Path) -> Iterator[_Leaving]:
    """The ECT with this TRN, whose papers may leave; leaves with the reason where they may not."""
    settings = settings_of(config)
    if to.exists():
        leave(USAGE, f"{to} is there already and is left alone.")
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        person = find_by_trn(session, trn)
        induction = latest_induction(session, person) if person is not None else None
        if induction is None:
            leave(USAGE, "There is no induction with this TRN.")
        try:
            disclosures.check(session, induction)
            yield _Leaving(open_house, session, induction, settings.body.name, open_house.clock(), to)
        except Wrong as wrong:
            leave(USAGE, f"{wrong}.")


def _write(to: Path, files: list[File]) -> None:
    """Files with personal data are for their owner alone."""
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in files:
        path = to / one.name
        path.touch(mode=0o600)
        path.write_bytes(one.content)
