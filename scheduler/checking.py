"""Reading a site back: which backups are whole there, which files are not what their names say. Nothing is changed.

No private key is needed for that: each sealed file carries the sha256 of its sealed bytes in its name, and the signed
manifest says which files make a backup.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import ledger, restored
from records.ledger import Line
from records.models.events import Event
from scheduler.manifest import (
    DATABASES,
    FOLDER,
    LEDGER,
    PAPERS,
    BadManifest,
    Manifest,
    Sealed,
    ledger_read,
    moment_of,
    parts_of,
    path_of,
)
from scheduler.sealing import CHUNK
from scheduler.sites import Missing, Site, SiteFault

Beat = Callable[[], None]
"""Called between files of a long piece of work."""


def no_beat() -> None:
    """For whoever has nobody to tell."""


@dataclass
class Condition:
    """What a site holds."""

    manifests: dict[str, Manifest] = field(default_factory=dict)
    """Readable and signed, by name."""
    unreadable: dict[str, str] = field(default_factory=dict)
    """Manifests by name, and what is wrong with each."""
    sound: dict[str, Sealed] = field(default_factory=dict)
    """Sealed files that are what their names say, by path."""
    damaged: dict[str, str] = field(default_factory=dict)
    """Paths of those that are not, and why."""
    by_id: dict[str, Sealed] = field(default_factory=dict)
    """A sound file for each paper."""
    ledger: tuple[Line, ...] = ()
    ledger_fault: str | None = None

    def found_for(self, one: Sealed) -> Sealed | None:
        """The sound file that holds it: itself, or another copy of the same paper that was written later."""
        return self.sound.get(one.path) or (self.by_id.get(one.id) if one.path.startswith(PAPERS) else None)

    def holes(self, manifest: Manifest) -> list[str]:
        """What a backup needs and the site has not, each with the reason."""
        lost = [one for one in manifest.files if self.found_for(one) is None]
        return [f"{one.path} {self.damaged.get(one.path, 'is missing')}" for one in lost]

    def whole(self) -> list[Manifest]:
        """Backups that have all their files, oldest first."""
        return [manifest for _name, manifest in sorted(self.manifests.items()) if not self.holes(manifest)]

    def note(self, one: Sealed) -> None:
        """A file that is sound, or was written and read back just now."""
        self.sound[one.path] = one
        if one.path.startswith(PAPERS):
            self.by_id[one.id] = one


def condition(site: Site, signer: str | None, beat: Beat = no_beat) -> Condition:
    """Read everything at a site."""
    found = Condition()
    read_manifests(site, signer, found)
    for folder in (DATABASES, PAPERS):
        for path in site.files(folder):
            beat()
            _look_at(site, path, found)
    read_ledger(site, signer, found)
    return found


def whole_content(site: Site, path: str) -> bytes:
    """A small file."""
    with site.reading(path) as file:
        return file.read()


def wrong_anchors(session: Session, manifests: list[Manifest]) -> list[str]:
    """Backups whose end of history is not in today's history: somebody changed or cut it since."""
    back = restored.last(session)
    wrong = []
    for manifest in manifests:
        if manifest.anchor is None or (back and back.made_at < manifest.made_at <= back.restored_at):
            # Between the backup that was restored and the restore, history went another way.
            continue
        now = session.scalar(sa.select(Event.chain).where(Event.number == manifest.anchor.number))
        if now != manifest.anchor.chain:
            wrong.append(manifest.name)
    return wrong


@dataclass
class Anchors:
    """How history compares with its end as each backup wrote it down. `unread` says by site why it could not be asked."""

    compared: int = 0
    wrong: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)


def compare_anchors(session: Session, sites: Iterable[Site], signer: str | None) -> Anchors:
    """Ask the manifests of every site. They need no private key."""
    told, manifests = Anchors(), dict[str, Manifest]()
    for site in sites:
        found = Condition()
        try:
            read_manifests(site, signer, found)
        except SiteFault as fault:
            told.unread[site.name] = str(fault)
        manifests |= found.manifests
    told.compared = sum(one.anchor is not None for one in manifests.values())
    told.wrong = wrong_anchors(session, [manifest for _name, manifest in sorted(manifests.items())])
    return told


def marker(site: Site, path: str) -> dict[str, Any] | None:
    """What a site says of itself. None where it says nothing yet. Raises `SiteFault` when it cannot be read."""
    try:
        found = json.loads(whole_content(site, path))
    except Missing:
        return None
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("installation"), str):
        message = f"{site.name}/{path} is damaged: it should say whose backups these are"
        raise SiteFault(message)
    return found


def read_manifests(site: Site, signer: str | None, found: Condition) -> None:
    """The manifests only: what should be there."""
    for path in site.files(FOLDER):
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".manifest")
        try:
            moment_of(name)
        except ValueError:
            # Not of our making, and in nobody's way.
            continue
        try:
            manifest = Manifest.read(whole_content(site, path), signer)
        except (BadManifest, SiteFault) as fault:
            found.unreadable[name] = str(fault)
            continue
        if path == path_of(manifest.name):
            found.manifests[name] = manifest
        else:
            found.unreadable[name] = "it belongs to another moment"


def _look_at(site: Site, path: str, found: Condition) -> None:
    """Whether a sealed file is what its name says."""
    try:
        expected = parts_of(path)[1]
    except ValueError:
        found.damaged[path] = "is no file of ours"
        return
    digest, size = hashlib.sha256(), 0
    try:
        with site.reading(path) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except SiteFault as fault:
        found.damaged[path] = f"cannot be read: {fault}"
        return
    if digest.hexdigest() == expected:
        found.note(Sealed(path, size))
    else:
        found.damaged[path] = "is damaged"


def read_ledger(site: Site, signer: str | None, found: Condition) -> None:
    ledgers = [manifest.ledger for manifest in found.manifests.values()]
    try:
        ledgers.append(ledger_read(whole_content(site, LEDGER), signer))
    except Missing:
        pass
    except (SiteFault, BadManifest) as fault:
        found.ledger_fault = str(fault)
    found.ledger = ledger.merged(ledgers)
