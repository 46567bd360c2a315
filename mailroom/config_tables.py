"""The tables of the settings file: every key with its type, default and bounds. Reading the file is `config`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator

from mailroom.config_mailboxes import MailboxTable
from mailroom.config_values import Address, Network, OptionalAddress, OptionalPath, OptionalSecret, Port, Positive, Table


class BodyTable(Table):
    """Who runs the mail room, as letters and pages say it."""

    name: Annotated[str, Field(min_length=1)]
    contact_address: OptionalAddress = ""
    telephone: str = ""
    postal_address: str = ""
    data_protection_officer: str = ""


class IngestTable(Table):
    """Post that comes in."""

    addresses: Annotated[list[Address], Field(min_length=1)]
    host: str = "127.0.0.1"
    port: Port = 2525
    hostname: str = ""
    max_bytes: Annotated[int, Field(ge=100_000)] = 41_943_040
    max_header_bytes: Annotated[int, Field(ge=10_000)] = 4_194_304
    max_recipients: Positive = 100
    max_connections: Positive = 100
    max_connections_per_host: Positive = 25
    idle_seconds: Positive = 120
    message_seconds: Positive = 3600
    certificate_file: OptionalPath = None
    certificate_key_file: OptionalPath = None
    require_tls: bool = False
    trusted_servers: list[str] = Field(default_factory=list)
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    mailboxes: dict[Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")], MailboxTable] = Field(default_factory=dict)


class ParsersTable(Table):
    """Reading papers in a process of their own."""

    patience_seconds: Positive = 4
    max_seconds: Positive = 180
    max_memory_bytes: Annotated[int, Field(ge=600_000_000)] = 1_610_612_736


class RecordsTable(Table):
    """Where the record is kept."""

    data_folder: Path = Path("data")
    database_url: OptionalSecret = None
    database_url_file: OptionalPath = None
    reserve_bytes: Annotated[int, Field(ge=0)] = 536_870_912
    migration_copies: Positive = 3
    keep_ni_numbers: bool = False
    retention_policy: Annotated[str, Field(pattern=r"^(status-kept|deleted|)$")] = "status-kept"
    retention_years: Annotated[int, Field(ge=6, le=50)] = 6
    leavers_count_from_release: bool = False
    raw_post_days: Annotated[int, Field(ge=0)] = 30
    unmatched_post_days: Positive = 365

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr | None) -> SecretStr | None:
        return check_database_url(url)


def check_database_url(url: SecretStr | None) -> SecretStr | None:
    if url is not None and not url.get_secret_value().startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("starts with sqlite:/// or postgresql+psycopg://")
    return url


class Encryption(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class NotificationsTable(Table):
    """Post that goes out."""

    smarthost: str = ""
    port: Port = 587
    encryption: Encryption = Encryption.STARTTLS
    certificate_authority_file: OptionalPath = None
    user_name: str = ""
    password: OptionalSecret = None
    password_file: OptionalPath = None
    from_address: OptionalAddress = ""
    null_sender: bool = True
    timeout_seconds: Positive = 60
    max_per_minute: Positive = 20
    marketing_needs_consent: bool = False
    capture_folder: OptionalPath = None


class WebTable(Table):
    """The pages."""

    host: str = "127.0.0.1"
    port: Port = 8080
    public_url: Annotated[str, Field(pattern=r"^(https?://[^/\s]+)?$")] = ""
    session_idle_minutes: Positive = 120
    session_max_hours: Positive = 12
    trusted_proxies: list[str] = Field(default_factory=list)
    metrics_networks: list[Network] = Field(default_factory=lambda: ["127.0.0.0/8", "::1/128"])
    second_factor: bool = True
    training_days: Annotated[int, Field(ge=0)] = 365
    provider_issuer: Annotated[str, Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    provider_client_id: str = ""
    provider_client_secret: OptionalSecret = None
    provider_client_secret_file: OptionalPath = None
    provider_name: str = "your organisation’s account"
    demo: bool = False


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class MailroomTable(Table):
    """The process itself."""

    log_format: LogFormat = LogFormat.CONSOLE
    log_level: LogLevel = LogLevel.INFO
    secret_key: OptionalSecret = None
    secret_key_file: OptionalPath = None
    stop_seconds: Positive = 30
