"""The command line: which commands there are. Each lives with its kin in mailroom/commands/."""

from __future__ import annotations

import sys
from typing import Annotated

import sqlalchemy.exc
import typer
from rich.console import Console
from rich.markup import escape

from mailroom import VERSION
from mailroom.commands import (
    accounts,
    announce,
    backup,
    database,
    demo,
    due,
    export,
    health,
    importing,
    importing_history,
    layouts,
    mailboxes,
    papers,
    post,
    retention,
    running,
    setting_up,
    verify,
)
from mailroom.config import BadConfiguration
from mailroom.house import WrongSchema
from mailroom.running import CannotOpen
from mailroom.screen import FAILED, OK, TEMPORARY, USAGE, put, say
from records.blobs import StoreFull

application = typer.Typer(
    name="mailroom",
    help="The mail room of an appropriate body: forms come in by email, a person decides, the record is kept.",
    epilog="Exit status: 0 all well, 1 failed, 2 wrong call or configuration, 3 partly done, 75 try again later.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        put(VERSION)
        raise typer.Exit(OK)


@application.callback()
def _whole(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version.")] = False,
) -> None:
    """The mail room of an appropriate body: forms come in by email, a person decides, the record is kept."""


for room in (
    setting_up,
    running,
    health,
    accounts,
    backup,
    database,
    post,
    verify,
    papers,
    layouts,
    mailboxes,
    announce,
    due,
    export,
    importing,
    importing_history,
    retention,
    demo,
):
    room.add_to(application)


def main() -> None:
    """Run the command line; every expected failure ends in words and an exit status, never in a traceback."""
    try:
        application()
    except BadConfiguration as wrong:
        say("The configuration cannot be used:")
        for problem in wrong.problems:
            say(f"  {problem}")
        sys.exit(USAGE)
    except WrongSchema as wrong:
        say(str(wrong))
        sys.exit(USAGE)
    except CannotOpen as wrong:
        say(f"{wrong}.")
        sys.exit(FAILED)
    except StoreFull:
        say("The disk is nearly full. Make room, then try again.")
        sys.exit(TEMPORARY)
    except sqlalchemy.exc.OperationalError as fault:
        # The driver's own words are about the connection; SQLAlchemy's would repeat the statement with its values.
        Console(stderr=True).print(f"The database cannot be used now: {escape(str(fault.orig))}", highlight=False)
        sys.exit(TEMPORARY)
    except OSError as fault:
        say(f"{fault.filename or 'The machine'}: {fault.strerror}")
        sys.exit(FAILED)
