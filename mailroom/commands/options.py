"""What several commands share: the option that names the configuration, and opening it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailroom import config, logs
from mailroom.config import Settings

Config = Annotated[Path, typer.Option("--config", "-c", envvar="MAILROOM_CONFIG", help="The settings file.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON to stdout, for programs.")]
DEFAULT_CONFIG = Path("config.toml")


def settings_of(path: Path, *, agreeing: bool = True) -> Settings:
    """The settings, with the log set up as they say. Raises `BadConfiguration`."""
    settings = config.load(path, agreeing=agreeing)
    logs.set_up(settings)
    return settings
