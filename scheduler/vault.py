"""The vault: what backups are made from, with and to; being alone at work on it; and reaching its sites."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from records import leases, ledger
from records.blob_removal import BACKUP
from records.blobs import Blobs
from records.db import Database
from scheduler.checking import Condition, marker, read_ledger
from scheduler.filing import write_whole
from scheduler.manifest import FORMAT, LEDGER, MARKER, ledger_written
from scheduler.sealing import Identity, Keys
from scheduler.sites import Site, SiteFault

LEASE = timedelta(hours=3)
"""How long blobs stay protected by a run that says nothing any more. A living run prolongs it."""
PROLONG_EVERY = timedelta(minutes=5)

_log = structlog.get_logger(__name__)


class NotNow(Exception):  # noqa: N818
    """No backup is made now; those that were made stand as they stood. The message says why."""


@dataclass(frozen=True)
class Vault:
    """What backups are made from, with and to."""

    database: Database
    blobs: Blobs
    clock: Callable[[], datetime]
    host: str
    sites: tuple[Site, ...]
    keys: Keys
    work_folder: Path
    """For the copy of the database while a run lasts."""
    keep: timedelta = timedelta(days=14)
    pg_dump: str = "pg_dump"
    identity: Identity | None = None
    """Only where an installation keeps its private key within reach: then each run is opened with it too."""


@contextmanager
def at_work(vault: Vault) -> Iterator[Callable[[], None]]:
    """Alone on this machine (a lock that dies with the process) and among all hosts (a lease). Raises `NotNow`.

    What is yielded is to be called now and then: it keeps the lease. While that is held, no blob is unlinked.
    """
    vault.work_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (vault.work_folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotNow("another backup is at work on this machine") from None
        beat = _Beat(vault)
        try:
            # A run that died has left its copy of the database behind.
            _clear(vault.work_folder)
            yield beat
        finally:
            _clear(vault.work_folder)
            beat.let_go()


def reach(site: Site, installation: str, *, expected: bool) -> None:
    """Make sure that the site is there and ours. A new one is marked. Raises `SiteFault`."""
    said = marker(site, MARKER)
    if said is None and expected:
        message = f"{site.name} does not hold the backups that were made there: is its disk mounted?"
        raise SiteFault(message)
    if said is None:
        with site.writing() as arriving:
            arriving.write(f'{{"format": {FORMAT}, "installation": "{installation}"}}\n'.encode())
            arriving.keep(MARKER)
    elif said["installation"] != installation:
        message = f"{site.name} holds the backups of another installation"
        raise SiteFault(message)


def share_ledger(vault: Vault) -> int:
    """Bring the ledger of what was erased to every site that can be reached. Returns at how many it had to be renewed."""
    with vault.database.reading() as session:
        lines = ledger.lines(session)
    renewed = 0
    for site in vault.sites:
        try:
            if marker(site, MARKER) is not None:
                renewed += write_ledger(site, vault.keys, lines)
        except SiteFault as fault:
            _log.warning("ledger_not_shared", fault=str(fault))
    return renewed


def write_ledger(site: Site, keys: Keys, lines: tuple[ledger.Line, ...]) -> bool:
    """A ledger only grows, so what the site knows already stays. False where it knew everything."""
    found = Condition()
    read_ledger(site, keys.public_signer, found)
    union = ledger.merged((found.ledger, lines))
    if union == found.ledger and found.ledger_fault is None:
        return False
    write_whole(site, LEDGER, ledger_written(union, keys))
    return True


def lone_sites(sites: Sequence[Site], data_folder: Path) -> dict[str, str]:
    """Sites that do not count as one of their own, and why. Sites that cannot be reached are not among them."""
    devices: dict[int, str] = {data_folder.stat().st_dev: "the data"}
    shared: dict[str, str] = {}
    for site in sites:
        try:
            device = site.device()
        except SiteFault:
            continue
        if device in devices:
            shared[site.name] = f"it is on the same disk as {devices[device]}, so the two count as one"
        devices.setdefault(device, f"the site {site.name}")
    return shared


class _Beat:
    """Holds the lease. A new process on the same host takes it back at once: the lock says that the old one is dead."""

    def __init__(self, vault: Vault) -> None:
        self._vault, self._holder = vault, f"{vault.host[:80]}/backup"
        self._taken_at = vault.clock()
        if not self._take():
            raise NotNow("another host is making a backup")

    def __call__(self) -> None:
        if self._vault.clock() - self._taken_at >= PROLONG_EVERY:
            if not self._take():
                raise SiteFault("another host has taken over, because this one was silent for too long")
            self._taken_at = self._vault.clock()

    def let_go(self) -> None:
        with self._vault.database.writing() as session:
            leases.let_go(session, BACKUP, self._holder)

    def _take(self) -> bool:
        with self._vault.database.writing() as session:
            return leases.take(session, BACKUP, self._holder, self._vault.clock(), LEASE)


def _clear(folder: Path) -> None:
    for file in folder.iterdir():
        if file.name != "lock":
            file.unlink()
