"""The settings of one mailbox that forms come from: a table of its own for each, under [ingest.mailboxes]."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mailroom.config_values import OptionalPath, OptionalSecret, Port, Table


class MailboxEncryption(StrEnum):
    TLS = "tls"
    NONE = "none"


class SignInBy(StrEnum):
    PASSWORD = "password"  # noqa: S105 - a way of signing in, not a secret
    MICROSOFT = "microsoft"
    GOOGLE = "google"


class MailboxTable(Table):
    """Where a mailbox is, and how to sign in to it."""

    host: Annotated[str, Field(min_length=1)]
    port: Port = 993
    encryption: MailboxEncryption = MailboxEncryption.TLS
    certificate_authority_file: OptionalPath = None
    user_name: Annotated[str, Field(min_length=1)]
    sign_in: SignInBy = SignInBy.PASSWORD
    password: OptionalSecret = None
    password_file: OptionalPath = None
    tenant: str = ""
    client_id: str = ""
    client_secret: OptionalSecret = None
    client_secret_file: OptionalPath = None
    client_certificate_file: OptionalPath = None
    token_authority: Annotated[str, Field(pattern=r"^https://[^/\s]+$")] = "https://login.microsoftonline.com"  # noqa: S105 - an address, not a secret
    token_scope: str = "https://outlook.office365.com/.default"  # noqa: S105 - a name, not a secret
    service_account_file: OptionalPath = None
    folder: Annotated[str, Field(min_length=1)] = "INBOX"
    processed_folder: Annotated[str, Field(min_length=1)] = "Processed"
    too_large_folder: Annotated[str, Field(min_length=1)] = "Too large"
    poll_seconds: Annotated[int, Field(ge=10, le=300)] = 90


def contradictions(box: MailboxTable) -> Iterator[str]:
    """What does not go together, each beginning with its key."""
    if box.encryption is MailboxEncryption.NONE and not _own_machine(box.host):
        yield "encryption: without encryption only a server on this machine may be asked (127.0.0.1)"
    if box.sign_in is SignInBy.PASSWORD and box.password is None:
        yield "password_file: signing in by password needs one"
    if box.sign_in is SignInBy.MICROSOFT:
        yield from (f"{key}: signing in with Microsoft needs it" for key in ("tenant", "client_id") if not getattr(box, key))
        if (box.client_secret is None) == (box.client_certificate_file is None):
            yield "client_certificate_file: signing in with Microsoft needs either this or client_secret_file"
    if box.sign_in is SignInBy.GOOGLE and box.service_account_file is None:
        yield "service_account_file: signing in with Google needs it"
    if len({box.folder, box.processed_folder, box.too_large_folder}) < 3:
        yield "processed_folder: folder, processed_folder and too_large_folder are three different ones"


def _own_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
