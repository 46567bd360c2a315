"""Filing one backup at one site: the database, the papers that the site has not, the manifest last; each read back and opened.

The private key that opens it here is made for this one filing and forgotten with it (`sealing` says why).
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from records.blobs import Blobs
from scheduler.checking import Beat, Condition, whole_content
from scheduler.manifest import DatabaseCopy, Manifest, Sealed, database_path, name_of, paper_path
from scheduler.sealing import CannotOpen, Identity, Keys, seal, unseal
from scheduler.sites import Site, SiteFault
from scheduler.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be filed at every site."""

    installation: str
    made_at: datetime
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Filed:
    """What stands at the site now."""

    manifest: Manifest
    copied: int


def file_away(case: Case, site: Site, found: Condition, blobs: Blobs, keys: Keys, beat: Beat) -> Filed:
    """Returns only when all of it is safe, read back and opened. Raises `SiteFault`."""
    if name_of(case.made_at) in {*found.manifests, *found.unreadable}:
        raise SiteFault("there is a backup of this moment already")
    filing = _Filing(site, keys, Identity.new())
    database = filing.database(case)
    found.note(database.sealed)
    papers, absent, copied = [], [], 0
    for sha256 in case.snapshot.papers:
        beat()
        sealed = found.by_id.get(keys.name_of(sha256))
        if sealed is None:
            content = _from_store(blobs, sha256)
            if content is None:
                absent.append(sha256)
                continue
            sealed = filing.paper(sha256, content)
            found.note(sealed)
            copied += 1
        papers.append(sealed)
    manifest = _manifest(case, database, tuple(papers), tuple(absent))
    filing.manifest(manifest)
    found.manifests[manifest.name] = manifest
    return Filed(manifest, copied)


def write_whole(site: Site, path: str, content: bytes) -> None:
    """A small file, read back."""
    with site.writing() as arriving:
        arriving.write(content)
        arriving.keep(path)
    if whole_content(site, path) != content:
        message = f"{path} does not read back as it was written"
        raise SiteFault(message)


def opens_as(site: Site, sealed: Sealed, identity: Identity, sha256: str) -> None:
    """Open a sealed file as it lies at the site and compare what comes out. Raises `SiteFault`."""
    digest = _Digest()
    try:
        with site.reading(sealed.path) as file:
            unseal(file, digest, identity)
    except CannotOpen as fault:
        message = f"{sealed.path} cannot be opened: {fault}"
        raise SiteFault(message) from fault
    if digest.sha256 != sha256:
        message = f"{sealed.path} does not hold what was put into it"
        raise SiteFault(message)


class _Filing:
    """Seals to the recipients and to an identity of its own, with which it opens what it has sealed."""

    def __init__(self, site: Site, keys: Keys, own: Identity) -> None:
        self._site, self._keys, self._own = site, keys, own
        self._recipients = (*keys.recipients, *(one.to_public() for one in own.private))

    def database(self, case: Case) -> DatabaseCopy:
        copy = case.snapshot
        with copy.file.open("rb") as source, self._site.writing() as target:
            seal(source, target, self._recipients)
            path = database_path(name_of(case.made_at), copy.engine, target.sha256)
            target.keep(path)
            sealed = Sealed(path, target.size)
        opens_as(self._site, sealed, self._own, copy.sha256)
        return DatabaseCopy(sealed, copy.engine, copy.sha256, copy.size)

    def paper(self, sha256: str, content: bytes) -> Sealed:
        source: BinaryIO = io.BytesIO(content)
        with self._site.writing() as target:
            seal(source, target, self._recipients)
            path = paper_path(self._keys.name_of(sha256), target.sha256)
            target.keep(path)
            sealed = Sealed(path, target.size)
        opens_as(self._site, sealed, self._own, sha256)
        return sealed

    def manifest(self, manifest: Manifest) -> None:
        write_whole(self._site, manifest.path, manifest.written(self._keys))


class _Digest:
    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, chunk: bytes, /) -> None:
        self._hash.update(chunk)


def _manifest(case: Case, database: DatabaseCopy, papers: tuple[Sealed, ...], absent: tuple[str, ...]) -> Manifest:
    facts = case.snapshot.facts
    return Manifest(
        installation=case.installation,
        made_at=case.made_at,
        schema=facts.schema,
        database=database,
        rows=facts.rows,
        anchor=facts.anchor,
        papers=papers,
        absent=absent,
        ledger=case.snapshot.ledger,
    )


def _from_store(blobs: Blobs, sha256: str) -> bytes | None:
    """None when the store has lost it or cannot give it whole. The backup goes on: the other papers need it too."""
    try:
        return blobs.read(sha256)
    except (OSError, ValueError):
        return None
