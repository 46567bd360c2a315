"""`mailroom healthcheck`: asks the running service how it is, for containers and for people at a terminal."""

from __future__ import annotations

import http.client
from typing import Annotated

import typer

from mailroom.asking import asked, host_here
from mailroom.commands.options import DEFAULT_CONFIG, Config, settings_of
from mailroom.screen import FAILED, OK, USAGE, leave, put


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom healthcheck --ready -c /etc/mailroom/config.toml")(healthcheck)


def healthcheck(
    config: Config = DEFAULT_CONFIG,
    ready: Annotated[bool, typer.Option("--ready", help="Also ask whether post is taken in and worked on.")] = False,
) -> None:
    """Ask the service that serves the pages here whether it is alive. Exit status 1 when it is not."""
    settings = settings_of(config)
    if settings.web.port == 0:
        leave(USAGE, "web.port is 0, so nobody knows where to ask.")
    try:
        status, words = asked(settings, "/readyz" if ready else "/healthz")
    except (OSError, http.client.HTTPException) as fault:
        leave(
            FAILED,
            f"no answer at {host_here(settings)}:{settings.web.port} ({fault}): "
            "`mailroom serve` (or `mailroom web`) serves the pages",
        )
    put(words.rstrip())
    raise typer.Exit(OK if status == http.client.OK else FAILED)
