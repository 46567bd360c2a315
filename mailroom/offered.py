"""Which commands there are, and where each lives. A command's module is imported when it is called, not for the list of help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("setting_up", "Make an installation: config.toml, keys, database, and a first administrator."),
    "check-config": ("setting_up", "Say everything that is wrong with the settings."),
    "doctor": ("setting_up", "Look whether everything that the service needs is there and works."),
    "serve": ("running", "Run everything in one process: post, letters, the clock and the pages."),
    "receive": ("running", "Only take post in."),
    "work": ("running", "Only open and read post, send letters and keep the clock."),
    "web": ("running", "Only serve the pages."),
    "healthcheck": ("health", "Ask the service that serves the pages here whether it is alive."),
    "ingest": ("post", "Take messages in from files, as if they had come by email."),
    "verify": ("verify", "Check that the history and every stored paper are whole."),
    "read": ("papers", "Read papers and say what stands on them."),
    "announce": ("announce", "Send an announcement."),
    "demo": ("demo", "Start the service, post invented forms, and say what became of each."),
    "account": ("accounts", "Accounts of the body's staff."),
    "backup": ("backup", "Backups, and getting them back."),
    "db": ("database", "The schema of the database."),
    "layouts": ("layouts", "What accepted papers have taught about forms: places, never values."),
    "mailbox": ("mailboxes", "Try the mailboxes that forms come from."),
    "reminders": ("due", "Reminders of what is due."),
    "calendar": ("due", "The terms that say when papers are due."),
    "export": ("export", "Files for the DfE, the register, and everything."),
    "import": ("importing", "Take records in from files."),
    "retention": ("retention", "Letting data go when their time is up."),
}
"""By name: the module in `mailroom.commands`, and what the list of commands says of it."""


class _Offered(Mapping[str, Any]):
    """The commands by name, each made when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        module, _words = COMMANDS[name]
        return _commands_of(module)[name]

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Rooms(TyperGroup):
    """The whole command line: it knows its commands by name, and imports what one needs when that one is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast("MutableMapping[str, Any]", _Offered())

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the library's own signature
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the library's own signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_module, words) in COMMANDS.items()])


@cache
def _commands_of(module: str) -> dict[str, Any]:
    room = typer.Typer(rich_markup_mode=None)
    # Without a callback, a room with one command would be that command.
    room.callback()(_nothing)
    import_module(f"mailroom.commands.{module}").add_to(room)
    group = typer.main.get_command(room)
    assert isinstance(group, TyperGroup)
    return dict(group.commands)


def _nothing() -> None:
    """Has nothing to do."""
