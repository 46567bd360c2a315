"""The settings of an installation, read from a TOML file and the environment; everything that is wrong is told at once.

The tables stand in `config_tables`; what each key means, in config.example.toml. Rooms define the settings that they take
themselves; `build` hands these values on.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from mailroom import config_clock
from mailroom.config_clock import SchedulerTable
from mailroom.config_mailboxes import MailboxTable, contradictions
from mailroom.config_rules import RulesTable
from mailroom.config_tables import (
    BodyTable,
    Encryption,
    IngestTable,
    MailroomTable,
    NotificationsTable,
    ParsersTable,
    RecordsTable,
    WebTable,
    check_database_url,
)
from mailroom.config_values import Table

PREFIX = "MAILROOM_"


class BadConfiguration(Exception):  # noqa: N818
    """The configuration cannot be used as it stands. `problems` are sentences, each beginning with the path of its key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Everything that an installation can set. Paths are absolute once loaded."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    body: BodyTable
    ingest: IngestTable
    parsers: ParsersTable = ParsersTable()
    records: RecordsTable = RecordsTable()
    rules: RulesTable = RulesTable()
    notifications: NotificationsTable = NotificationsTable()
    scheduler: SchedulerTable = SchedulerTable()
    web: WebTable = WebTable()
    mailroom: MailroomTable = MailroomTable()

    @property
    def database_url(self) -> str:
        """The database of many hosts where one is configured, else a file in the data folder."""
        if self.records.database_url is not None:
            return self.records.database_url.get_secret_value()
        return f"sqlite:///{self.records.data_folder / 'mailroom.db'}"

    @property
    def public_url(self) -> str:
        """The address that links begin with."""
        return self.web.public_url or f"http://{self.web.host}:{self.web.port}"

    @property
    def mail_goes_out(self) -> bool:
        return bool(self.notifications.smarthost or self.notifications.capture_folder)

    @property
    def sender_address(self) -> str:
        """Whom letters come from."""
        return self.notifications.from_address or self.ingest.addresses[0]


def load(path: Path, least: dict[str, Any] | None = None, *, agreeing: bool = True) -> Settings:
    """The settings of `path`, overridden by the environment. Raises `BadConfiguration` with every problem found.

    `least` stands in for what neither says: for commands that need only some of the settings. Where the settings need not be
    `agreeing`, what does not go together is no problem: for commands that make what is missing.
    """
    written = _parse(path)
    problems = _secrets_in_file(written)
    try:
        settings = _with_file(path)(**(least or {}))
    except ValidationError as invalid:
        raise BadConfiguration(problems + _in_words(invalid)) from None
    except SettingsError as invalid:
        raise BadConfiguration([*problems, f"environment: {invalid}"]) from None
    settings = _anchored(settings, path.resolve().parent)
    settings, unread = _with_secrets(settings)
    problems += unread + (list(_contradictions(settings)) if agreeing else [])
    if problems:
        raise BadConfiguration(problems)
    return settings


def secret_names(table: type[BaseModel]) -> list[str]:
    """Keys that never stand in the file themselves, only as `…_file` or in the environment."""
    return [name for name in table.model_fields if f"{name}_file" in table.model_fields]


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        ways = "name yours with --config or in MAILROOM_CONFIG, or write a new one with `mailroom init`"
        raise BadConfiguration([f"{path.absolute()}: there is no such file; {ways}"]) from None
    except OSError as wrong:
        raise BadConfiguration([f"{path}: cannot be read ({wrong.strerror})"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadConfiguration([f"{path}: this is not TOML: {wrong}"]) from None


def _with_file(path: Path) -> type[Settings]:
    """The settings class reading this file. The environment goes before the file."""

    class _Loaded(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return env_settings, TomlConfigSettingsSource(settings_cls, toml_file=path), init_settings

    return _Loaded


def _tables() -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in Settings.model_fields.items():
        assert isinstance(field.annotation, type)
        assert issubclass(field.annotation, BaseModel)
        yield name, field.annotation


def _secrets_in_file(written: dict[str, Any]) -> list[str]:
    return [
        f"{'.'.join(path)}.{key}: a secret does not belong in this file; "
        f"use {key}_file or the environment variable {PREFIX + '__'.join((*path, key)).upper()}"
        for path, kind, table in _written_tables(written)
        for key in secret_names(kind)
        if table.get(key)
    ]


def _written_tables(written: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], type[BaseModel], dict[str, Any]]]:
    """Every table that stands in the file, with its path; what is no table is told by pydantic."""
    for name, kind in _tables():
        table = written.get(name)
        if isinstance(table, dict):
            yield (name,), kind, table
    ingest = written.get("ingest")
    mailboxes = ingest.get("mailboxes") if isinstance(ingest, dict) else None
    if isinstance(mailboxes, dict):
        for name, table in mailboxes.items():
            if isinstance(table, dict):
                yield ("ingest", "mailboxes", str(name)), MailboxTable, table


def _in_words(invalid: ValidationError) -> list[str]:
    return [_one_in_words(tuple(error["loc"]), error["type"], error["msg"]) for error in invalid.errors()]


def _one_in_words(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    path = ".".join(str(part) for part in loc)
    if kind == "missing":
        return f"{path}: is needed and not set"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(loc[-1]), _keys_beside(loc), n=1)
        return f"{path}: there is no such key" + (f"; did you mean {near[0]}?" if near else "")
    return f"{path}: {message.removeprefix('Value error, ')}"


def _keys_beside(loc: tuple[int | str, ...]) -> list[str]:
    tables = dict(_tables())
    if len(loc) == 1:
        return list(tables)
    table = MailboxTable if loc[:2] == ("ingest", "mailboxes") else tables.get(str(loc[0]))
    return list(table.model_fields) if table else []


_Kind = TypeVar("_Kind", bound=Table)


def _anchored(settings: Settings, folder: Path) -> Settings:
    """Relative paths are relative to the file that names them, wherever the program was started."""
    return _each_table(settings, lambda _path, table: _moved(table, folder))


def _moved(table: _Kind, folder: Path) -> _Kind:
    moved: dict[str, Any] = {key: folder / value for key, value in table if isinstance(value, Path)}
    moved |= {key: [folder / one for one in value] for key, value in table if _is_paths(value)}
    return table.model_copy(update=moved)


def _is_paths(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Path) for one in value)


def _with_secrets(settings: Settings) -> tuple[Settings, list[str]]:
    problems: list[str] = []

    def filled(path: str, table: Table) -> Table:
        found, unread = _secrets_of(path, table)
        problems.extend(unread)
        return table.model_copy(update=found)

    return _each_table(settings, filled), problems


def _each_table(settings: Settings, change: Callable[[str, Table], Table]) -> Settings:
    """The settings with every table changed, those of the mailboxes among them."""
    tables = {name: change(name, getattr(settings, name)) for name, _kind in _tables()}
    mailboxes = {name: change(f"ingest.mailboxes.{name}", box) for name, box in settings.ingest.mailboxes.items()}
    tables["ingest"] = tables["ingest"].model_copy(update={"mailboxes": mailboxes})
    return settings.model_copy(update=tables)


def _secrets_of(path: str, table: Table) -> tuple[dict[str, SecretStr], list[str]]:
    """The secrets that stand in files of their own, and what is wrong with those files."""
    found: dict[str, SecretStr] = {}
    problems: list[str] = []
    for key in secret_names(type(table)):
        file: Path | None = getattr(table, f"{key}_file")
        if file is None:
            continue
        if getattr(table, key) is not None:
            problems.append(f"{path}.{key}: given twice, in {key}_file and in the environment")
            continue
        try:
            found[key] = SecretStr(file.read_text(encoding="utf-8").strip("\r\n"))
            if key == "database_url":
                check_database_url(found[key])
        except (OSError, UnicodeDecodeError) as wrong:
            problems.append(f"{path}.{key}_file: {file} cannot be read ({getattr(wrong, 'strerror', 'not text')})")
        except ValueError as wrong:
            problems.append(f"{path}.{key}_file: {wrong}")
    return found, problems


def _contradictions(settings: Settings) -> Iterator[str]:
    yield from config_clock.contradictions(settings.scheduler, has_key=settings.mailroom.secret_key is not None)
    ingest, out = settings.ingest, settings.notifications
    if (ingest.certificate_file is None) != (ingest.certificate_key_file is None):
        yield "ingest.certificate_file: certificate_file and certificate_key_file go together"
    if ingest.require_tls and ingest.certificate_file is None:
        yield "ingest.require_tls: needs certificate_file and certificate_key_file"
    if out.smarthost and out.capture_folder:
        yield "notifications.capture_folder: letters are either sent by the smarthost or captured in a folder, not both"
    if out.user_name and out.password is None:
        yield "notifications.password_file: user_name needs a password"
    if out.user_name and out.encryption is Encryption.NONE:
        yield "notifications.encryption: a password is not sent over a line that is not encrypted"
    web = settings.web
    if web.provider_issuer and not (web.provider_client_id and web.provider_client_secret):
        yield "web.provider_issuer: needs provider_client_id and provider_client_secret_file"
    for name, box in ingest.mailboxes.items():
        yield from (f"ingest.mailboxes.{name}.{problem}" for problem in contradictions(box))
