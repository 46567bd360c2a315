"""`mailroom db`: the schema of the database."""

from __future__ import annotations

import typer

from mailroom import house
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import FAILED, leave, put, put_json, say
from records import migrate
from records.migrate import Schema

_group = typer.Typer(
    help="The schema of the database.", epilog="Example: mailroom db current", no_args_is_help=True, rich_markup_mode=None
)


def add_to(application: typer.Typer) -> None:
    application.add_typer(_group, name="db")


@_group.command(epilog="Example: mailroom db upgrade -c /etc/mailroom/config.toml")
def upgrade(config: Config = DEFAULT_CONFIG) -> None:
    """Bring the database to the schema of this version. Twice is harmless."""
    with house.unlocked(settings_of(config)) as open_house:
        if migrate.schema(open_house.database) is Schema.NEWER:
            leave(FAILED, "A later version has written this database. Nothing was changed.")
        if open_house.database.is_sqlite:
            copy = house.prepare(open_house)
            if copy is not None:
                say(f"A copy of the database as it was: {copy}")
        else:
            migrate.upgrade(open_house.database)
        say(f"The database has schema {migrate.current(open_house.database)}.")


@_group.command(epilog="Example: mailroom db current --json")
def current(config: Config = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Say which schema the database has, and which this version needs."""
    with house.unlocked(settings_of(config)) as open_house:
        has, needs = migrate.current(open_house.database), migrate.head()
        if as_json:
            put_json({"schema": has, "needed": needs, "state": migrate.schema(open_house.database)})
        else:
            put(f"{has or 'empty'} (this version needs {needs})")
