"""A small installation with papers and two sites to back up to, and ways to compare what came back."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect as open_sqlite
from typing import Any

from records import events, post
from records.blobs import FolderBlobs
from records.db import Database
from records.models.inductions import Induction
from records.models.post import BlobKind, Channel
from scheduler import restoring
from scheduler.restoring import Order, Outcome
from scheduler.sealing import Identity, Keys
from scheduler.sites import FolderSite
from scheduler.vault import Vault
from tests.support import builders

NOW = datetime.fromisoformat("2026-03-27T18:00:00+00:00")
SECRET = "a secret of the server"


@dataclass
class Clock:
    """Time that moves when told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Safe:
    """An installation with a vault, and the private key that is kept elsewhere."""

    vault: Vault
    identity: Identity
    clock: Clock
    folder: Path
    blobs: FolderBlobs
    papers: list[str] = field(default_factory=list)
    induction: Induction | None = None

    @property
    def database(self) -> Database:
        return self.vault.database

    def site(self, number: int) -> FolderSite:
        site = self.vault.sites[number]
        assert isinstance(site, FolderSite)
        return site

    def restored(self, name: str = "restored", *sites: int, **choice: Any) -> Outcome:
        """Restore into a folder beside, from the given sites."""
        chosen = tuple(self.vault.sites[number] for number in sites) if sites else self.vault.sites
        order = Order(chosen, self.folder / name, self.identity, self.vault.keys.public_signer, **choice)
        return restoring.restore(order, self.clock())


def safe(database: Database, folder: Path, *, sites: int = 2, **vault: Any) -> Safe:
    """With a school, an ECT and some papers."""
    identity, clock = Identity.new(), Clock()
    blobs = FolderBlobs(folder / "data" / "blobs")
    places = tuple(FolderSite(folder / f"site-{number}") for number in range(1, sites + 1))
    keys = Keys.of([identity.recipient], SECRET)
    made = Vault(database, blobs, clock, "host", places, keys, folder / "data" / "backup", **vault)
    found = Safe(made, identity, clock, folder, blobs)
    with database.writing() as session:
        found.induction = builders.an_ect(session, builders.a_school(session))
    for number in range(4):
        more_post(found, number)
    return found


def more_post(safe: Safe, number: int = 0) -> str:
    """Another message with a paper of its own. Returns the sha256 of the paper."""
    raw = safe.blobs.put(b"Subject: form\r\n\r\n" + secrets.token_hex(40).encode())
    paper = safe.blobs.put(f"paper {number} {secrets.token_hex(8)} ".encode() * 400)
    with safe.database.writing() as session:
        message = post.keep(session, post.Delivery(raw, Channel.SMTP, safe.clock(), envelope_from="office@harrowgill.example"))
        attachment = builders.an_attachment(session, message)
        attachment.blob_sha256 = paper.sha256
        post.note_blob(session, paper, BlobKind.ATTACHMENT, safe.clock())
        events.record(session, "came", message, builders.MACHINE, safe.clock())
        session.flush()
        events.seal(session)
    safe.papers += [paper.sha256, raw.sha256]
    return paper.sha256


def dump(file: Path) -> list[str]:
    """A SQLite file as SQL: the same words are the same records."""
    with closing(open_sqlite(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


def content_of(blobs: FolderBlobs) -> dict[str, str]:
    """Every blob by name, with what its bytes really are."""
    return {name: hashlib.sha256(blobs.path(name).read_bytes()).hexdigest() for name in blobs.names()}
