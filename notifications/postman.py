"""The postman port: takes a letter and says what became of it. One walks to a smarthost, one puts letters into a folder."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import aiosmtplib

from notifications.letters import Letter


@dataclass(frozen=True, slots=True)
class Sent:
    """The next server has taken responsibility. `said` are its words."""

    said: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not taken. `permanent` means that trying again is pointless: the fault is the letter's or the address's."""

    permanent: bool
    why: str


class Postman(Protocol):
    """Sends one letter. Never raises because of the network or the other side."""

    def send(self, letter: Letter) -> Sent | Refused: ...


class Encryption(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Smarthost:
    """The server that takes our letters, and how to speak to it."""

    host: str
    port: int = 587
    encryption: Encryption = Encryption.STARTTLS
    authority_file: Path | None = None
    """Certificates to trust instead of the machine's own."""
    user_name: str = ""
    password: str = ""
    timeout_seconds: float = 60
    own_name: str | None = None
    """What we call ourselves; None for the machine's name."""

    def __repr__(self) -> str:
        return f"Smarthost({self.host}:{self.port})"


class SmtpPostman:
    """Walks to the smarthost with each letter: a connection for every one, because letters are few and lines go stale."""

    def __init__(self, smarthost: Smarthost) -> None:
        self._smarthost = smarthost

    def send(self, letter: Letter) -> Sent | Refused:
        try:
            return asyncio.run(self._walk(letter))
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as fault:
            return _refused(fault)
        except ValueError:
            return Refused(permanent=True, why="The address or the letter cannot be written as mail.")

    def reach(self) -> str:
        """Connect, encrypt and sign in without sending anything. Raises what the network raises."""
        return asyncio.run(self._knock())

    async def _walk(self, letter: Letter) -> Sent | Refused:
        host = self._smarthost
        async with asyncio.timeout(host.timeout_seconds * 2), self._line() as client:
            _, said = await client.sendmail(letter.envelope_sender, [letter.to], letter.to_bytes())
            return Sent(said)

    async def _knock(self) -> str:
        async with asyncio.timeout(self._smarthost.timeout_seconds), self._line() as client:
            return (await client.noop()).message

    @contextlib.asynccontextmanager
    async def _line(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """Connected, encrypted and signed in; hung up for certain at the end."""
        client = self._client()
        line: asyncio.BaseTransport | None = None
        try:
            async with client:
                line = client.transport
                await self._sign_in(client)
                yield client
        finally:
            if isinstance(line, asyncio.WriteTransport):
                # An encrypted line would wait for the server's own goodbye, longer than our loop lives.
                line.abort()
                await asyncio.sleep(0)

    def _client(self) -> aiosmtplib.SMTP:
        host = self._smarthost
        return aiosmtplib.SMTP(
            hostname=host.host,
            port=host.port,
            timeout=host.timeout_seconds,
            local_hostname=host.own_name,
            use_tls=host.encryption is Encryption.TLS,
            start_tls=host.encryption is Encryption.STARTTLS,
            tls_context=None if host.encryption is Encryption.NONE else self._trust(),
        )

    async def _sign_in(self, client: aiosmtplib.SMTP) -> None:
        if self._smarthost.user_name:
            await client.login(self._smarthost.user_name, self._smarthost.password)

    def _trust(self) -> ssl.SSLContext:
        authority = self._smarthost.authority_file
        return ssl.create_default_context(cafile=str(authority) if authority else None)


def _refused(fault: Exception) -> Refused:
    """Only what the server says about the receiver or the letter is for good.

    A wrong password or an unwelcome sender (also 5xx) is our own configuration: the letter waits until it is put right.
    """
    if isinstance(fault, aiosmtplib.SMTPRecipientsRefused):
        first = fault.recipients[0]
        return Refused(first.code >= 500, f"{first.code} {first.message}")
    if isinstance(fault, aiosmtplib.SMTPDataError):
        return Refused(fault.code >= 500, f"{fault.code} {fault.message}")
    if isinstance(fault, aiosmtplib.SMTPResponseException):
        return Refused(permanent=False, why=f"{fault.code} {fault.message}")
    return Refused(permanent=False, why=f"{type(fault).__name__}: {fault}")


class CapturePostman:
    """Writes each letter into a folder as an .eml file. A letter that comes again takes the place of its first copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: Letter) -> Sent | Refused:
        name = f"{letter.written_at:%Y%m%dT%H%M%S}-{hashlib.sha256(letter.letter_id.encode()).hexdigest()[:16]}"
        try:
            content = f"Return-Path: <{letter.envelope_sender}>\r\n".encode() + letter.to_bytes()
            self._folder.mkdir(parents=True, exist_ok=True)
            for earlier in self._folder.glob(f"*-{name.rpartition('-')[2]}.eml"):
                earlier.unlink()
            written = self._folder / f".{name}.part"
            written.write_bytes(content)
            written.replace(self._folder / f"{name}.eml")
        except ValueError:
            return Refused(permanent=True, why="The address or the letter cannot be written as mail.")
        except OSError as fault:
            return Refused(permanent=False, why=fault.strerror or "the folder cannot be written")
        return Sent(f"captured as {name}.eml")
