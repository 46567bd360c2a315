"""`mailroom import`: the register of schools, transfer bundles, what the DfE sent back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailroom import house
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import OK, PARTLY, USAGE, counting, leave, put_json, say
from records.events import Actor
from records.exports import dfe_refusals
from records.moving import gias, schools_in, transfer_in
from records.values import Wrong, counted

group = typer.Typer(
    help="Take records in from files.",
    epilog="Example: mailroom import history ects.csv --dry-run",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ACTOR = Actor.machine("command line")
MOST_SAID = 20


def add_to(application: typer.Typer) -> None:
    """The group, with the commands that its second file gives it."""
    from mailroom.commands import importing_history  # noqa: PLC0415 - it takes the group from here

    importing_history.add_to(group)
    group.command("transfer", epilog="Example: mailroom import transfer transfer-Quillfeather.zip")(transfer)
    application.add_typer(group, name="import")


@group.command("schools", epilog="Example: mailroom import schools edubasealldata.csv --links links_edubasealldata.csv")
def schools(
    register: Annotated[Path, typer.Argument(help="The register as published (GIAS, CSV in ISO-8859-1).", show_default=False)],
    links: Annotated[Path | None, typer.Option("--links", help="The links file: who took whose place.")] = None,
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Take in the government's register of schools. People of a school that closed move to its successor.

    The same files again change nothing, so it may run every month.
    """
    with house.opened(settings_of(config)) as open_house:
        try:
            opened = open_house.database.reading if dry_run else open_house.database.writing
            with opened() as session, counting() as count:
                now = open_house.clock()
                with register.open("rb") as file:
                    taken = schools_in.take_register(session, gias.register_rows(file), now, count)
                if links is not None:
                    with links.open("rb") as file:
                        schools_in.take_links(session, gias.link_rows(file), ACTOR, now, taken)
                if not dry_run:
                    schools_in.note_run(session, taken, ACTOR, now)
        except Wrong as wrong:
            leave(USAGE, f"{wrong}. Nothing was taken in.")
    if as_json:
        put_json({**taken.counts(), "problems": taken.bad})
    _tell(taken, dry_run=dry_run)
    raise typer.Exit(PARTLY if taken.bad else OK)


@group.command("dfe-errors", epilog='Example: mailroom import dfe-errors "Errors for claims.csv"')
def dfe_errors(
    file: Annotated[Path, typer.Argument(help="The error file of the DfE's service.", show_default=False)],
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Attach the messages of the DfE's error file to ECTs by TRN, and offer their rows again. The same file again adds nothing."""
    with house.opened(settings_of(config)) as open_house:
        try:
            with open_house.database.writing() as session:
                taken = dfe_refusals.take_in(session, file.read_bytes(), file.name, ACTOR, open_house.clock())
        except Wrong as wrong:
            leave(USAGE, f"{wrong}. Nothing was taken in.")
    if as_json:
        unknown = [{"line": line, "trn": trn} for line, trn in taken.unknown]
        put_json({"kind": taken.kind, "attached": len(taken.attached), "known": taken.known_already, "unknown": unknown})
    say(f"{counted(len(taken.attached), 'message')} attached, {counted(taken.known_already, 'was', 'were')} here already.")
    for line, trn in taken.unknown:
        say(f"Line {line}: nobody here has the TRN {trn or '(none)'}")
    raise typer.Exit(PARTLY if taken.unknown else OK)


def transfer(
    file: Annotated[Path, typer.Argument(help="The bundle that the other body handed over.", show_default=False)],
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only look whether the bundle is whole, and say who it is.")
    ] = False,
) -> None:
    """Take in an ECT whom another appropriate body hands over: the record as they had it, with completed assessments."""
    try:
        bundle = transfer_in.opened(file.read_bytes())
        person = bundle.bundle.ect.person
        induction_id = None
        if not dry_run:
            with house.opened(settings_of(config)) as open_house:
                transfer_in.keep_papers(open_house.blobs, bundle)
                with open_house.database.writing() as session:
                    taken = transfer_in.take_in(session, open_house.blobs, bundle, ACTOR, open_house.clock())
                    induction_id = str(taken.id)
    except Wrong as wrong:
        leave(USAGE, f"{wrong}. Nothing was taken in.")
    completed = len(bundle.bundle.ect.induction.assessments)
    if as_json:
        put_json({"induction": induction_id, "from": bundle.bundle.from_body, "assessments": completed})
    done = "would come in" if dry_run else "came in"
    say(
        f"{person.first_name} {person.last_name} {done} from {bundle.bundle.from_body}, with {counted(completed, 'assessment')}."
    )


def _tell(taken: schools_in.Taken, *, dry_run: bool) -> None:
    for line in taken.bad[:MOST_SAID]:
        say(line)
    if len(taken.bad) > MOST_SAID:
        say(f"… and {counted(len(taken.bad) - MOST_SAID, 'more line that was', 'more lines that were')} left out.")
    would = "would be " if dry_run else ""
    say(
        f"{counted(taken.read, 'school')} read: {taken.added} {would}added, {taken.changed} {would}changed, {counted(taken.links, 'new link')}."
    )
    if taken.moved_posts or taken.moved_people:
        say(f"{counted(taken.moved_posts, 'post')} and {counted(taken.moved_people, 'role')} {would}moved to a successor.")
