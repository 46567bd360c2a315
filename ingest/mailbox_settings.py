"""What a mailbox watcher is told: where the mailbox is, how to sign in, and how patient to be. Nothing is done here."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Encryption(StrEnum):
    """How the line to the server is encrypted. There is no STARTTLS: aioimaplib has none, and port 993 is everywhere."""

    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Password:
    """Signs in with LOGIN. Neither Microsoft 365 nor Google Workspace takes passwords any more."""

    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Microsoft:
    """Signs in with XOAUTH2 as an application of a Microsoft 365 tenant: by a secret, or better by a certificate."""

    tenant: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    certificate_file: Path | None = None
    """PEM with the private key and the certificate that is registered for the application."""
    authority: str = "https://login.microsoftonline.com"
    scope: str = "https://outlook.office365.com/.default"


@dataclass(frozen=True, slots=True)
class Google:
    """Signs in with XOAUTH2 as a service account with domain-wide delegation."""

    account_file: Path
    """The JSON key file of the service account."""


SignIn = Password | Microsoft | Google


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """One mailbox. `name` is what the installation calls it; it stands in the source of every message that comes from it."""

    name: str
    host: str
    user_name: str
    sign_in: SignIn
    port: int = 993
    encryption: Encryption = Encryption.TLS
    authority_file: Path | None = None
    """PEM with the certificates to trust, for the mail server and the token server, instead of the machine's own."""
    folder: str = "INBOX"
    processed_folder: str = "Processed"
    too_large_folder: str = "Too large"
    max_bytes: int = 41_943_040
    """A larger message is not fetched: its header is kept with a note, and it is moved to `too_large_folder`."""
    poll_seconds: float = 90
    """A look into the folder after so many seconds at most, also where the server promises to call."""
    reconcile_seconds: float = 3600
    """How often the whole folder is compared with what is kept."""
    command_seconds: float = 60
    """After so long without an answer the line counts as dead."""
    slowest_bytes_per_second: int = 20_000
    """What a large message may take longer."""
    lease_seconds: float = 60
    """A host that dies is followed by another after this time."""
    first_pause_seconds: float = 1
    longest_pause_seconds: float = 60
    """Between attempts after trouble: doubled each time, up to this."""
    refused_pause_seconds: float = 60
    longest_refused_seconds: float = 1800
    """The same after a refused sign-in, which must not be hammered: accounts get locked for that."""

    def tls(self) -> ssl.SSLContext | None:
        """Raises OSError or ssl.SSLError when the authority file cannot be read."""
        if self.encryption is Encryption.NONE:
            return None
        return ssl.create_default_context(cafile=self.authority_file)
