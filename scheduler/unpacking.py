"""Taking backups out of sites with the private key: which there are, the database of one, its papers one by one.

Every sealed file is compared with the sha256 that the signed manifest names for it, then with what must come out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from scheduler import snapshot
from scheduler.checking import Condition, read_ledger, read_manifests
from scheduler.manifest import DATABASES, PAPERS, Manifest, Sealed, parts_of
from scheduler.sealing import CannotOpen, Identity, Readable, Writable, unseal
from scheduler.sites import Site, SiteFault


class Unusable(Exception):  # noqa: N818
    """A backup, or a file of one, that cannot be used. The message says why."""


@dataclass
class Shelf:
    """A site as it lies there, believed until a file is opened."""

    site: Site
    condition: Condition = field(default_factory=Condition)
    by_id: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, site: Site, signer: str | None) -> Shelf:
        """Raises `SiteFault`."""
        shelf = cls(site)
        read_manifests(site, signer, shelf.condition)
        read_ledger(site, signer, shelf.condition)
        for path in [*site.files(DATABASES), *site.files(PAPERS)]:
            try:
                shelf.by_id.setdefault(parts_of(path)[0], []).append(path)
            except ValueError:
                continue
        return shelf


def database(shelf: Shelf, manifest: Manifest, identity: Identity, file: Path) -> None:
    """The database of a backup as a file: byte for byte what was copied. Raises `Unusable`."""
    try:
        with file.open("wb") as target:
            _open(shelf.site, manifest.database.sealed.path, identity, target)
    except (SiteFault, CannotOpen) as fault:
        message = f"the database of {manifest.name} at {shelf.site.name}: {fault}"
        raise Unusable(message) from fault
    if snapshot.fingerprint(file) != (manifest.database.sha256, manifest.database.size):
        message = f"the database of {manifest.name} at {shelf.site.name} is not what was copied"
        raise Unusable(message)


def check_facts(session: Session, manifest: Manifest) -> None:
    """Whether a database has the schema, the rows and the history that the manifest says. Raises `Unusable`."""
    found = snapshot.facts(session)
    if found.schema != manifest.schema:
        message = f"the schema is {found.schema} and should be {manifest.schema}"
        raise Unusable(message)
    wrong = [
        f"{table} has {found.rows.get(table, 0)} rows and should have {manifest.rows.get(table, 0)}"
        for table in sorted(found.rows.keys() | manifest.rows.keys())
        if found.rows.get(table, 0) != manifest.rows.get(table, 0)
    ]
    if wrong:
        raise Unusable("; ".join(wrong))
    if found.anchor != manifest.anchor:
        raise Unusable("the history does not end as it should")


def paper(shelves: Sequence[Shelf], sealed: Sealed, identity: Identity) -> bytes:
    """A paper, from the first site that gives it whole. Raises `Unusable`."""
    faults = []
    for shelf, path in _copies(shelves, sealed):
        target = _Gathered()
        try:
            _open(shelf.site, path, identity, target)
        except (SiteFault, CannotOpen) as fault:
            faults.append(f"{shelf.site.name}: {fault}")
        else:
            return b"".join(target.parts)
    raise Unusable("; ".join(faults) or f"{sealed.path} is at no site")


def _copies(shelves: Sequence[Shelf], sealed: Sealed) -> Iterator[tuple[Shelf, str]]:
    """Where a paper may be found: under its own path first, then in other copies of it."""
    for shelf in shelves:
        paths = shelf.by_id.get(sealed.id, [])
        yield from ((shelf, path) for path in sorted(paths, key=lambda path: path != sealed.path))


def _open(site: Site, path: str, identity: Identity, target: Writable) -> None:
    """Raises `SiteFault` and `CannotOpen`."""
    with site.reading(path) as file:
        source = _Watched(file)
        unseal(source, target, identity)
        # Nothing may stand behind what was opened either.
        source.read(1)
    if source.sha256 != parts_of(path)[1]:
        raise CannotOpen("it is not what its name says")


class _Watched:
    """Hashes what is read."""

    def __init__(self, file: Readable) -> None:
        self._file, self._hash = file, hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def read(self, size: int, /) -> bytes:
        chunk = self._file.read(size)
        self._hash.update(chunk)
        return chunk


class _Gathered:
    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, chunk: bytes, /) -> None:
        self.parts.append(chunk)
