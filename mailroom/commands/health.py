"""`mailroom healthcheck`: asks the running service how it is, for containers and for people at a terminal."""

from __future__ import annotations

import http.client
from typing import Annotated

import typer

from mailroom.commands.options import DEFAULT_CONFIG, Config, settings_of
from mailroom.config import Settings
from mailroom.screen import FAILED, OK, USAGE, leave, put

ANSWER_SECONDS = 10.0
ANYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what such an address is reached by, not bound to


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
        status, words = _asked(settings, "/readyz" if ready else "/healthz")
    except (OSError, http.client.HTTPException) as fault:
        leave(FAILED, f"no answer: {fault}")
    put(words)
    raise typer.Exit(OK if status == http.client.OK else FAILED)


def _asked(settings: Settings, path: str) -> tuple[int, str]:
    host = ANYWHERE.get(settings.web.host, settings.web.host)
    line = http.client.HTTPConnection(host, settings.web.port, timeout=ANSWER_SECONDS)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read(100_000).decode("utf-8", "replace")
    finally:
        line.close()
