"""Restoring: a new data folder out of a backup, checked against its manifest, without anybody who was erased since.

The folder gets its name only at the end, so that half a restore is never taken for a whole one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from records import backup_runs, ledger, migrate, restored
from records.blobs import FolderBlobs
from records.db import Database, connect
from records.events import Actor
from records.migrate import Schema
from records.models.clock import Lease
from records.values import counted
from scheduler import letting_go, snapshot, unpacking
from scheduler.manifest import Manifest
from scheduler.sealing import Identity
from scheduler.sites import Site, SiteFault
from scheduler.snapshot import SQLITE, SnapshotFault
from scheduler.unpacking import Shelf, Unusable

ACTOR = Actor.machine("restore")
DATABASE, BLOBS = "mailroom.db", "blobs"


@dataclass(frozen=True)
class Order:
    """What is to be restored, whereto, and with what."""

    sites: tuple[Site, ...]
    target: Path
    identity: Identity
    signer: str | None
    """Who must have signed. None: whoever; only where the signer's key is lost too."""
    at: datetime | None = None
    """The newest backup of this moment or earlier; None: the newest."""
    database_url: str | None = None
    """An empty PostgreSQL database, for a backup of one."""
    pg_restore: str = "pg_restore"
    incomplete: bool = False
    """Go on without papers that no site can give any more."""


@dataclass
class Outcome:
    """What was restored."""

    site: str
    manifest: Manifest
    papers: int = 0
    missing: list[str] = field(default_factory=list)
    """sha256 of papers that the records name and that could not be had."""
    erased_again: int = 0
    remaining: list[str] = field(default_factory=list)
    """Random ids of people who had been erased and are needed in the older state: a person must look."""
    notes: list[str] = field(default_factory=list)


def restore(order: Order, now: datetime, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """Restore, or raise `Unusable`, `SiteFault` or `SnapshotFault` and leave no folder behind."""
    if order.target.exists() and any(order.target.iterdir()):
        message = f"{order.target} is not empty; a restore makes a new folder"
        raise Unusable(message)
    shelves, notes = _shelves(order)
    folder = order.target.with_name(f".{order.target.name}.unfinished")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        outcome = _Restore(order, folder, shelves, now).carry_out(progress)
        if order.target.exists():
            order.target.rmdir()
        folder.rename(order.target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    outcome.notes += notes
    return outcome


def choose(shelves: Sequence[Shelf], at: datetime | None) -> str:
    """The name of the newest backup that is not later than `at`. Raises `Unusable`."""
    every = (one for shelf in shelves for one in shelf.condition.manifests.values())
    names = {one.name for one in every if at is None or one.made_at <= at}
    if not names:
        raise Unusable("there is no backup of that time, or none that can be read and trusted")
    return max(names)


def _shelves(order: Order) -> tuple[list[Shelf], list[str]]:
    shelves, notes = [], []
    for site in order.sites:
        try:
            shelf = Shelf.of(site, order.signer)
        except SiteFault as fault:
            notes.append(str(fault))
            continue
        shelves.append(shelf)
        if shelf.condition.ledger_fault:
            notes.append(f"{site.name}: the ledger of erasures: {shelf.condition.ledger_fault}")
        notes += [f"{site.name}: the manifest {name}: {why}" for name, why in sorted(shelf.condition.unreadable.items())]
    if not shelves:
        raise SiteFault("; ".join(notes) or "no site is named")
    return shelves, notes


class _Restore:
    """One restore, in a folder without its name."""

    def __init__(self, order: Order, folder: Path, shelves: list[Shelf], now: datetime) -> None:
        self._order, self._folder, self._shelves, self._now = order, folder, shelves, now
        self._blobs = FolderBlobs(folder / BLOBS)

    def carry_out(self, progress: Callable[[int, int], None] | None) -> Outcome:
        outcome = self._database()
        database = connect(self._order.database_url or f"sqlite:///{self._folder / DATABASE}")
        try:
            _bring_up_to_date(database, outcome.manifest)
            self._papers(database, outcome, progress)
            self._begin_restored_mode(database, outcome)
            self._erase_again(database, outcome)
        finally:
            database.close()
        return outcome

    def _database(self) -> Outcome:
        """From the first site that gives it whole."""
        name = choose(self._shelves, self._order.at)
        faults = []
        for shelf in self._shelves:
            manifest = shelf.condition.manifests.get(name)
            if manifest is None:
                continue
            try:
                self._one_database(shelf, manifest)
            except (Unusable, SnapshotFault) as fault:
                faults.append(str(fault))
            else:
                return Outcome(shelf.site.name, manifest, notes=faults)
        raise Unusable("; ".join(faults))

    def _one_database(self, shelf: Shelf, manifest: Manifest) -> None:
        sqlite = manifest.database.engine == SQLITE
        if sqlite == (self._order.database_url is not None):
            raise Unusable(_OTHER_ENGINE[sqlite])
        file = self._folder / (DATABASE if sqlite else "database.pgdump")
        unpacking.database(shelf, manifest, self._order.identity, file)
        if sqlite:
            snapshot.check_sqlite(file)
            with snapshot.opened(file) as session:
                unpacking.check_facts(session, manifest)
            return
        database = connect(self._order.database_url or "")
        try:
            snapshot.put_back_postgresql(file, database, self._order.pg_restore)
            with database.reading() as session:
                unpacking.check_facts(session, manifest)
        finally:
            database.close()
            file.unlink()

    def _papers(self, database: Database, outcome: Outcome, progress: Callable[[int, int], None] | None) -> None:
        faults = []
        papers = outcome.manifest.papers
        for number, sealed in enumerate(papers, 1):
            try:
                self._blobs.put(unpacking.paper(self._shelves, sealed, self._order.identity))
            except Unusable as fault:
                faults.append(str(fault))
            if progress is not None:
                progress(number, len(papers))
        with database.reading() as session:
            named = snapshot.named_papers(session)
        outcome.missing = [sha256 for sha256 in named if not self._blobs.exists(sha256)]
        outcome.papers = len(papers) - len(faults)
        outcome.notes += faults
        if set(outcome.missing) - set(outcome.manifest.absent) and not self._order.incomplete:
            message = f"{counted(len(outcome.missing), 'paper is', 'papers are')} at no site any more: {'; '.join(faults[:3]) or outcome.missing[0]}"
            raise Unusable(message)

    def _begin_restored_mode(self, database: Database, outcome: Outcome) -> None:
        with database.writing() as session:
            # Whoever held a lease when the copy was made is not at work here.
            session.execute(sa.delete(Lease))
            backup_runs.settle_restored(session, outcome.manifest.name, outcome.site, self._now)
            restored.mark(session, outcome.manifest.made_at, self._now, ACTOR)

    def _erase_again(self, database: Database, outcome: Outcome) -> None:
        """The newest ledger of all sites, not of the backup: somebody may have been erased after it was made."""
        with database.reading() as session:
            lines = ledger.unknown(session, ledger.merged(shelf.condition.ledger for shelf in self._shelves))
        for line in lines:
            with database.writing() as session:
                ledger.erase_again(session, line, self._now)
        with database.reading() as session:
            outcome.remaining = [str(one) for one in ledger.still_there(session, lines)]
        outcome.erased_again = len(lines)
        letting_go.unlink_marked(database, self._blobs, self._now)
        letting_go.forget_freed_pages(database)


_OTHER_ENGINE = {
    True: "this backup is of an SQLite database and needs no other; leave --database-url-file out",
    False: "this backup is of a PostgreSQL database; name an empty one with --database-url-file",
}


def _bring_up_to_date(database: Database, manifest: Manifest) -> None:
    """What was erased can only be erased again in records of this version."""
    if migrate.schema(database) is Schema.NEWER:
        message = f"a later version of the mail room made this backup (schema {manifest.schema}); install that one first"
        raise Unusable(message)
    migrate.upgrade(database)
