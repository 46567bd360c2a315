"""Mailboxes as parts of the running service: settings turned into watchers, and a watcher as a server. Holds no rules."""

from __future__ import annotations

import asyncio
import contextlib
import uuid

from ingest.keeping import Keeper
from ingest.mailbox import Watcher
from ingest.mailbox_settings import Encryption, Google, MailboxSettings, Microsoft, Password, SignIn
from mailroom.config import Settings
from mailroom.config_mailboxes import MailboxTable, SignInBy
from mailroom.house import House


def mailbox_settings(settings: Settings, name: str) -> MailboxSettings:
    """Raises KeyError for a mailbox that is not configured."""
    box = settings.ingest.mailboxes[name]
    return MailboxSettings(
        name=name,
        host=box.host,
        port=box.port,
        encryption=Encryption(box.encryption),
        authority_file=box.certificate_authority_file,
        user_name=box.user_name,
        sign_in=_sign_in(box),
        folder=box.folder,
        processed_folder=box.processed_folder,
        too_large_folder=box.too_large_folder,
        max_bytes=settings.ingest.max_bytes,
        poll_seconds=box.poll_seconds,
    )


def _sign_in(box: MailboxTable) -> SignIn:
    if box.sign_in is SignInBy.GOOGLE and box.service_account_file is not None:
        return Google(box.service_account_file)
    if box.sign_in is SignInBy.MICROSOFT:
        return Microsoft(
            tenant=box.tenant,
            client_id=box.client_id,
            client_secret=box.client_secret.get_secret_value() if box.client_secret else "",
            certificate_file=box.client_certificate_file,
            authority=box.token_authority,
            scope=box.token_scope,
        )
    return Password(box.password.get_secret_value() if box.password else "")


def watched(house: House, keeper: Keeper) -> list[WatchedMailbox]:
    """A watcher for each configured mailbox, not yet started."""
    holder = str(uuid.uuid4())
    return [
        WatchedMailbox(mailbox_settings(house.settings, name), house, keeper, holder)
        for name in house.settings.ingest.mailboxes
    ]


class WatchedMailbox:
    """A watcher as a server of the running service. That its mail server is away is no reason not to start."""

    def __init__(self, settings: MailboxSettings, house: House, keeper: Keeper, holder: str) -> None:
        self.name = f"mailbox {settings.name}"
        self._settings = settings
        self._watcher = Watcher(settings, keeper, house.database, house.clock, holder)
        self._watching: asyncio.Task[None] | None = None

    @property
    def asked_for(self) -> str:
        return f"{self._settings.host}:{self._settings.port} (ingest.mailboxes.{self._settings.name} in the settings)"

    async def open(self) -> str:
        self._watching = asyncio.create_task(self._watcher.run(), name=self.name)
        return f"imap://{self._settings.host}:{self._settings.port}"

    async def close(self, seconds: float) -> None:
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._watching, seconds)

    def stalled(self) -> bool:
        """A watcher comes back after any trouble; one that has ended does not."""
        return self._watching is None or self._watching.done()
