"""`mailroom reminders` and `mailroom calendar`: what is due when, and who is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mailroom import house
from mailroom.commands import days
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import FAILED, leave, put, put_json, say
from notifications import reminders as rules
from records.events import Actor
from records.expectations import import_terms
from records.values import Wrong, counted, local_day, spoken_date

_reminders = typer.Typer(
    help="Reminders of what is due.",
    epilog="Example: mailroom reminders plan --on 2026-12-04",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_calendar = typer.Typer(
    help="The terms that say when papers are due.",
    epilog="Example: mailroom calendar import terms-2026.csv",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ACTOR = Actor.machine("command line")


def add_to(application: typer.Typer) -> None:
    application.add_typer(_reminders, name="reminders")
    application.add_typer(_calendar, name="calendar")


@_reminders.command(epilog="Example: mailroom reminders plan --on 2026-12-04 --json")
def plan(
    on: Annotated[
        date | None,
        typer.Option("--on", parser=days.day, metavar="DAY", help=f"The day ({days.DAY}); today where none is given."),
    ] = None,
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Show which reminders go out on a day, as things stand now. Sends nothing."""
    with house.opened(settings_of(config)) as open_house, open_house.database.reading() as session:
        day = on or local_day(open_house.clock())
        digests = rules.plan(session, day)
        silent = rules.without_parties(session, day)
    if as_json:
        put_json([digest.to_json() for digest in digests])
        return
    put(f"{spoken_date(day)}: {counted(len(digests), 'letter')}")
    for digest in digests:
        put(f"  {digest.address}: {', '.join(f'{item.form}, due {spoken_date(item.due_on)}' for item in digest.items)}")
    if silent:
        say(f"{counted(len(silent), 'assessment is', 'assessments are')} owed by ECTs of whom nobody has a working address.")


@_calendar.command("import", epilog="Example: mailroom calendar import terms-2026.csv")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV: name,starts_on,ends_on,review_due_on,school_urn")],
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Take terms from a CSV file, and work out anew what is due when. Terms of a school go before the body's own."""
    text = file.read_text(encoding="utf-8-sig")
    with house.opened(settings_of(config)) as open_house, open_house.database.writing() as session:
        try:
            number = import_terms(session, text, ACTOR, open_house.clock())
        except Wrong as wrong:
            leave(FAILED, f"Nothing was taken.\n{wrong}")
    say(f"{counted(number, 'term')} taken.")
