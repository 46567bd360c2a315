"""`mailroom init`, `check-config` and `doctor`: from nothing to an installation that is known to work."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

import mailroom
from mailroom import config as configuration
from mailroom import doctor as examination
from mailroom import house
from mailroom.commands.accounts import ACTOR, set_up_link
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.config_values import email_address
from mailroom.house import House
from mailroom.screen import FAILED, OK, USAGE, leave, put, put_json, say
from records import accounts, migrate
from records.accounts import SET_UP_LASTS
from records.migrate import Schema
from records.models.people import Role
from records.values import Wrong, spoken_moment

EXAMPLE = "config.example.toml"


def add_to(application: typer.Typer) -> None:
    application.command(
        epilog='Example: mailroom init --body "Example Appropriate Body" --address forms@body.example '
        "--user-name mjones --first-name Mair --last-name Jones"
    )(init)
    application.command(name="check-config", epilog="Example: mailroom check-config -c config.toml --json")(check_config)
    application.command(epilog="Example: mailroom doctor && mailroom serve")(doctor)


def init(
    folder: Annotated[Path, typer.Option(help="Where to put config.toml and the keys.")] = Path(),
    data: Annotated[Path, typer.Option(help="Where to keep the database and the papers, as seen from --folder.")] = Path(
        "data"
    ),
    body: Annotated[str, typer.Option(help="The name of the appropriate body.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="An address that forms are sent to. Several are possible.")] = None,
    public_url: Annotated[
        str,
        typer.Option(help="Where people will reach the pages: https://mailroom.body.example. Empty: only from this machine."),
    ] = "",
    user_name: Annotated[str, typer.Option(help="The first administrator's user name.")] = "",
    first_name: Annotated[str, typer.Option(help="The first administrator's first name.")] = "",
    last_name: Annotated[str, typer.Option(help="The first administrator's last name.")] = "",
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; fail where something is missing.")] = False,
) -> None:
    """Make an installation: config.toml, keys, database, and a first administrator with a one-time set-up link."""
    file = folder / "config.toml"
    if file.exists():
        leave(USAGE, f"{file} is there already and is left alone. `mailroom account add` adds an account.")
    ask = _Questions(no_input=no_input)
    body = ask(body, "--body", "Name of the appropriate body", _some_words)
    addresses = [ask(one, "--address", "Address that forms are sent to", _address) for one in address or [""]]
    names = (
        ask(user_name, "--user-name", "User name of the first administrator", accounts.user_name_key),
        ask(first_name, "--first-name", "Their first name", _some_words),
        ask(last_name, "--last-name", "Their last name", _some_words),
    )
    ask.complete()
    _write(file, {"name": body, "addresses": addresses, "data_folder": str(data), "public_url": public_url})
    try:
        link, until = _first_administrator(file, *names)
    except (Wrong, configuration.BadConfiguration) as wrong:
        # Nothing of a half-made installation stays in the way of the next try.
        file.unlink()
        problems = wrong.problems if isinstance(wrong, configuration.BadConfiguration) else [f"{wrong}."]
        leave(USAGE, "\n".join(problems))
    say(f"Written: {file}. Look through it, then run `mailroom doctor` and `mailroom serve`.")
    say("For backups: make a key with `mailroom backup new-key`, and name sites in the settings (docs/restore.md).")
    say(f"The first administrator chooses a password here, once, until {until}, while the service runs:")
    put(link)


def check_config(config: Config = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Say everything that is wrong with the settings. Exit status 2 when something is."""
    try:
        configuration.load(config)
    except configuration.BadConfiguration as wrong:
        if as_json:
            put_json({"problems": wrong.problems})
            raise typer.Exit(USAGE) from None
        raise
    if as_json:
        put_json({"problems": []})
    else:
        say("The configuration is good.")


def doctor(config: Config = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Look whether everything that the service needs is there and works. Exit status 1 when something is not."""
    findings = examination.examine(settings_of(config))
    if as_json:
        put_json([{"what": one.what, "state": one.state, "words": one.words} for one in findings])
    else:
        for one in findings:
            put(f"{one.state.upper():<7} {one.what}: {one.words}")
    failed = any(one.state is examination.State.FAILED for one in findings)
    raise typer.Exit(FAILED if failed else OK)


class _Questions:
    """Asks for what the call did not say, where somebody is there to answer; else collects what is missing or wrong.

    A check gives the value as it is kept, or raises `Wrong`: the question is then asked again.
    """

    def __init__(self, *, no_input: bool) -> None:
        self._silent = no_input or not sys.stdin.isatty()
        self._missing: list[str] = []
        self._wrong: list[str] = []

    def __call__(self, given: str, option: str, question: str, check: Callable[[str], str]) -> str:
        if given.strip():
            try:
                return check(given)
            except Wrong as wrong:
                if self._silent:
                    self._wrong.append(f"{option}: {wrong}.")
                    return ""
                say(f"{option}: {wrong}.")
        elif self._silent:
            self._missing.append(option)
            return ""
        return str(typer.prompt(question, value_proc=lambda answer: _checked(answer, check), err=True))

    def complete(self) -> None:
        if self._missing:
            self._wrong.append(f"Needed: {', '.join(self._missing)}.")
        if self._wrong:
            leave(USAGE, "\n".join(self._wrong))


def _checked(answer: str, check: Callable[[str], str]) -> str:
    """As a prompt takes it: what it raises is said, and the question is asked again."""
    try:
        return check(answer)
    except Wrong as wrong:
        message = f"{wrong}."
        raise typer.BadParameter(message) from None


def _some_words(written: str) -> str:
    if not written.strip():
        raise Wrong("It cannot be empty")
    return written.strip()


def _address(written: str) -> str:
    try:
        return email_address(written.strip())
    except ValueError as wrong:
        message = f"“{written.strip()}” {wrong}"
        raise Wrong(message) from None


def _write(file: Path, answers: Mapping[str, str | list[str]]) -> None:
    keys = file.parent / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    keys.chmod(0o700)
    key = keys / "mailroom.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    file.write_text(filled_in(example(), {**answers, "secret_key_file": "keys/mailroom.key"}), encoding="utf-8")


def example() -> str:
    """config.example.toml: beside the package when installed, one folder up in a checkout."""
    package = Path(mailroom.__path__[0])
    for place in (package, package.parent):
        if (place / EXAMPLE).is_file():
            return (place / EXAMPLE).read_text(encoding="utf-8")
    raise FileNotFoundError(2, "the example settings are missing from this installation", EXAMPLE)


def filled_in(text: str, answers: Mapping[str, str | list[str]]) -> str:
    """The example with what an installation must say itself. A JSON string is a TOML string."""
    lines = []
    for line in text.splitlines():
        key = line.partition(" = ")[0]
        lines.append(f"{key} = {json.dumps(answers[key], ensure_ascii=False)}" if key in answers else line)
    return "\n".join(lines) + "\n"


def _first_administrator(file: Path, user_name: str, first_name: str, last_name: str) -> tuple[str, str]:
    settings = configuration.load(file)
    with house.unlocked(settings) as open_house:
        if migrate.schema(open_house.database) is Schema.EMPTY:
            migrate.upgrade(open_house.database)
        house.prepare(open_house)
        return _administrator(open_house, user_name, first_name, last_name)


def _administrator(open_house: House, user_name: str, first_name: str, last_name: str) -> tuple[str, str]:
    with open_house.database.writing() as session:
        now = open_house.clock()
        account = accounts.add_account(
            session,
            user_name=user_name,
            first_name=first_name,
            last_name=last_name,
            roles=[Role.ADMINISTRATOR],
            now=now,
            actor=ACTOR,
        )
        return set_up_link(session, account, open_house.settings, now), spoken_moment(now + SET_UP_LASTS)
