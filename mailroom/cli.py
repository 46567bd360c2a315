"""The command line as a whole. Each command lives with its kin in mailroom/commands/; `mailroom.offered` lists them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mailroom import VERSION
from mailroom.offered import Rooms

application = typer.Typer(
    name="mailroom",
    cls=Rooms,
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
        typer.echo(VERSION)
        raise typer.Exit


@application.callback()
def _whole(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version.")] = False,
) -> None:
    """The mail room of an appropriate body: forms come in by email, a person decides, the record is kept."""


def main() -> None:
    """Run the command line; every expected failure ends in words and an exit status, never in a traceback."""
    try:
        application()
    except Exception as fault:
        from mailroom.endings import told  # noqa: PLC0415 - it loads the database, which help has no use for

        status = told(fault)
        if status is None:
            raise
        sys.exit(status)
