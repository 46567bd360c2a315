"""Verifying sites at any time: every file against its name and every backup against the records, and with the private key
the newest backup of each site opened and checked as a restore would.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from records import backup_runs
from records.models.backups import BackupOutcome
from records.values import counted
from scheduler import snapshot, unpacking
from scheduler.backups import SiteReport, look_back
from scheduler.checking import Condition, condition
from scheduler.manifest import Manifest
from scheduler.sealing import Identity
from scheduler.sites import Site, SiteFault
from scheduler.snapshot import SQLITE, SnapshotFault
from scheduler.unpacking import Shelf, Unusable
from scheduler.vault import Vault, at_work, lone_sites, reach


def verify(vault: Vault, sites: Sequence[Site], identity: Identity | None = None) -> list[SiteReport]:
    """One report for each site. Nothing is repaired: the next run does that. Raises `NotNow`."""
    with at_work(vault) as beat:
        now = vault.clock()
        with vault.database.writing() as session:
            installation = backup_runs.installation(session, now)
            expected = {site.name: backup_runs.expects(session, site.name) for site in sites}
        reports = []
        for site in sites:
            told = SiteReport(site.name)
            reports.append(told)
            try:
                reach(site, installation, expected=expected[site.name])
                found = condition(site, vault.keys.public_signer, beat)
                _tell(vault, site, told, found)
                whole = found.whole()
                if whole:
                    _newest(vault, site, told, whole[-1], identity)
            except SiteFault as fault:
                told.faults.append(str(fault))
            told.remarks += filter(None, [lone_sites(vault.sites, vault.work_folder).get(site.name)])
        return reports


def _tell(vault: Vault, site: Site, told: SiteReport, found: Condition) -> None:
    told.faults += [f"{path} {wrong}" for path, wrong in sorted(found.damaged.items())]
    told.faults += [f"the manifest {name} cannot be used: {wrong}" for name, wrong in sorted(found.unreadable.items())]
    if found.ledger_fault:
        told.faults.append(f"the ledger of erasures cannot be used: {found.ledger_fault}")
    for name, manifest in sorted(found.manifests.items()):
        if holes := found.holes(manifest):
            told.faults.append(f"the backup {name} is not whole: {counted(len(holes), 'file')}, {holes[0]}")
    look_back(vault, site, told, found)
    if not found.whole():
        told.faults.append("there is no whole backup")


def _newest(vault: Vault, site: Site, told: SiteReport, manifest: Manifest, identity: Identity | None) -> None:
    told.name, told.papers, told.size = manifest.name, len(manifest.papers), manifest.size
    if identity is not None:
        try:
            _open(vault, site, manifest, identity)
            told.opened = True
        except (Unusable, SnapshotFault) as fault:
            told.faults.append(f"the backup {manifest.name} cannot be restored: {fault}")
            return
        with vault.database.writing() as session:
            row = backup_runs.row(session, manifest.name, site.name)
            if row is not None:
                row.opened_at = vault.clock()
    told.outcome = BackupOutcome.PARTLY if told.faults else BackupOutcome.VERIFIED


def _open(vault: Vault, site: Site, manifest: Manifest, identity: Identity) -> None:
    """Raises `Unusable` or `SnapshotFault`."""
    shelf = Shelf.of(site, vault.keys.public_signer)
    file = vault.work_folder / "opened"
    unpacking.database(shelf, manifest, identity, file)
    names = _checked(file, manifest)
    found = {hashlib.sha256(unpacking.paper([shelf], sealed, identity)).hexdigest() for sealed in manifest.papers}
    if names is not None and (lost := names - found - set(manifest.absent)):
        message = f"{counted(len(lost), 'paper that its database names is', 'papers that its database names are')} not in it"
        raise Unusable(message)
    if len(found) != len(manifest.papers):
        raise Unusable("two of its papers are the same")


def _checked(file: Path, manifest: Manifest) -> set[str] | None:
    """The papers that the database names. None for a PostgreSQL dump: only a server could say, and a restore asks one."""
    if manifest.database.engine != SQLITE:
        return None
    snapshot.check_sqlite(file)
    with snapshot.opened(file) as session:
        unpacking.check_facts(session, manifest)
        return set(snapshot.named_papers(session))
