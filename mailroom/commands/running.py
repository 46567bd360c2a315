"""`mailroom serve`, and its roles apart: `receive`, `work` and `web`."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from mailroom import build, house, notify, running
from mailroom.build import ALL, Role
from mailroom.commands.options import DEFAULT_CONFIG, Config, settings_of
from mailroom.config import Settings
from mailroom.config_tables import LogFormat
from mailroom.screen import FAILED, OK, say

ReadyFile = Annotated[
    Path | None, typer.Option(help="Write the addresses that are served here as JSON, once all of them are open.")
]


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom serve -c /etc/mailroom/config.toml")(serve)
    application.command(epilog="Example: mailroom receive -c /etc/mailroom/config.toml")(receive)
    application.command(epilog="Example: mailroom work -c /etc/mailroom/config.toml")(work)
    application.command(epilog="Example: mailroom web -c /etc/mailroom/config.toml")(web)


def serve(config: Config = DEFAULT_CONFIG, ready_file: ReadyFile = None) -> None:
    """Run everything in one process: take post in, read it, send letters, keep the clock, serve the pages."""
    _run(settings_of(config), ALL, ready_file)


def receive(config: Config = DEFAULT_CONFIG, ready_file: ReadyFile = None) -> None:
    """Only take post in."""
    _run(settings_of(config), {Role.RECEIVE}, ready_file)


def work(config: Config = DEFAULT_CONFIG, ready_file: ReadyFile = None) -> None:
    """Only open and read post, send letters and keep the clock. Any number of these may run."""
    _run(settings_of(config), {Role.WORK}, ready_file)


def web(config: Config = DEFAULT_CONFIG, ready_file: ReadyFile = None) -> None:
    """Only serve the pages."""
    _run(settings_of(config), {Role.WEB}, ready_file)


def _run(settings: Settings, roles: Collection[Role], ready_file: Path | None) -> None:
    with house.opened(settings) as open_house:
        built = build.build(open_house, roles)
        with built.closing:
            ended = asyncio.run(
                running.run(
                    built.servers,
                    built.parts,
                    stop_seconds=settings.mailroom.stop_seconds,
                    opened=partial(_tell, ready_file, settings.mailroom.log_format),
                    manager=notify.service_manager(os.environ),
                )
            )
    raise typer.Exit(OK if ended else FAILED)


def _tell(ready_file: Path | None, log_format: LogFormat, addresses: dict[str, str]) -> None:
    if log_format is LogFormat.CONSOLE:
        # A program that reads the log finds the same in its "started" line.
        for name, address in addresses.items():
            say(f"{name}: {address}")
    if ready_file is not None:
        # Written beside and renamed, so that whoever waits for it never reads half of it.
        beside = ready_file.with_name(ready_file.name + ".part")
        beside.write_text(json.dumps(addresses), encoding="utf-8")
        beside.replace(ready_file)
