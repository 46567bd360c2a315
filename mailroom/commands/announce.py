"""`mailroom announce`: marketing to people at schools, for everybody who has not opted out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailroom import build, house
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import FAILED, USAGE, leave, put_json, say
from notifications.announcements import AUDIENCES, Announcement, readers
from notifications.announcements import announce as ask_for
from records.events import Actor
from records.preferences import agrees
from records.values import Wrong, counted

ACTOR = Actor.machine("command line")


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom announce --to coordinators --subject 'Training in June' training.txt")(
        announce
    )


def announce(
    file: Annotated[Path, typer.Argument(help="The text: plain, paragraphs separated by blank lines.")],
    subject: Annotated[str, typer.Option(help="The subject of the letter.")],
    to: Annotated[str, typer.Option(help=f"Whom it is for: {', '.join(AUDIENCES)}.")],
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count who would get it.")] = False,
) -> None:
    """Send an announcement. Whoever has opted out gets none; that is looked at again when each letter goes out."""
    settings = settings_of(config)
    terms = build.marketing_terms(settings)
    if terms is None or not settings.mail_goes_out:
        leave(USAGE, "Announcements need mailroom.secret_key_file and a way for letters to go out.")
    try:
        content = Announcement(subject, file.read_text(encoding="utf-8"))
        with house.opened(settings) as open_house, open_house.database.writing() as session:
            now = open_house.clock()
            asked = [] if dry_run else ask_for(session, content, to, ACTOR, now)
            people = readers(session, to, now)
            willing = sum(
                agrees(session, person.id, address, key=terms.key, needs_consent=terms.needs_consent)
                for person, address in people
            )
    except Wrong as wrong:
        leave(FAILED, f"{wrong}.")
    counts = {"readers": len(people), "willing": willing, "asked": len(asked)}
    if as_json:
        put_json(counts)
    else:
        say(
            f"{counted(len(people), 'person has', 'people have')} a part in it; {willing} of them {'has' if willing == 1 else 'have'} not opted out."
        )
        say("Nothing was sent." if dry_run else "The letters go out as fast as the settings allow.")
