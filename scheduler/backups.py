"""Making backups: one run copies the database once and files it at every site, each site on its own.

How a site is read back, filled and pruned stands in `checking`, `filing` and `pruning`; what a run leaves in the records, in
`records.backup_runs`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from records import backup_runs, restored
from records.models.backups import GOOD, BackupOutcome
from records.values import counted
from scheduler import letting_go, pruning, snapshot
from scheduler.checking import Condition, condition, wrong_anchors
from scheduler.filing import Case, Filed, file_away, opens_as
from scheduler.manifest import name_of
from scheduler.sites import Site, SiteFault
from scheduler.snapshot import SnapshotFault
from scheduler.vault import NotNow, Vault, at_work, lone_sites, reach, write_ledger

_log = structlog.get_logger(__name__)


@dataclass
class SiteReport:
    """What a run or a check came to at one site."""

    site: str
    name: str | None = None
    outcome: BackupOutcome = BackupOutcome.FAILED
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    papers: int = 0
    copied: int = 0
    size: int = 0
    pruned: int = 0
    opened: bool = False

    @property
    def good(self) -> bool:
        return self.outcome in GOOD


@dataclass
class Report:
    """What a run or a check came to."""

    name: str
    sites: list[SiteReport]

    @property
    def good(self) -> bool:
        """Whether there is a whole backup at one site at least."""
        return any(site.good for site in self.sites)

    @property
    def flawless(self) -> bool:
        return all(site.outcome is BackupOutcome.VERIFIED for site in self.sites)


def run(vault: Vault, begin_again: Sequence[str] = ()) -> Report:
    """Make a backup at every site. Raises `NotNow`; every other fault stands in the report and in the records.

    `begin_again` names sites whose disk was replaced: what was there before is not looked for.
    """
    with at_work(vault) as beat:
        _refuse_while_restored(vault)
        one = _Run(vault, beat)
        one.begin(begin_again)
        one.fill()
    unlinked = letting_go.unlink_marked(vault.database, vault.blobs, vault.clock())
    _log.info("backup_ended", backup=one.report.name, flawless=one.report.flawless, unlinked=unlinked)
    return one.report


def look_back(vault: Vault, site: Site, told: SiteReport, found: Condition) -> None:
    """Compare what is at a site with what the records say must be there, and tell what is new."""
    healed = [path for path in found.damaged if pruning.stands_again(path, found)]
    if healed:
        told.faults.append(
            f"{counted(len(healed), 'damaged file was', 'damaged files were')} written anew, {healed[0]} among them"
        )
    state: dict[str, str | None] = dict(found.unreadable)
    for name, manifest in found.manifests.items():
        holes = found.holes(manifest)
        state[name] = f"{len(holes)} of its files: {holes[0]}" if holes else None
    with vault.database.writing() as session:
        told.faults += backup_runs.compare(session, site.name, state, told.name or "")
        wrong = wrong_anchors(session, list(found.manifests.values()))
    if wrong:
        told.faults.append(f"history is not what it was when {', '.join(wrong)} was made: it was changed or cut since")


def _refuse_while_restored(vault: Vault) -> None:
    with vault.database.reading() as session:
        waits = restored.waiting(session)
    if waits is not None:
        message = f"{waits.words}. Until then no backup is made either: it would mix with those of the real installation"
        raise NotNow(message)


class _Run:
    """One run."""

    def __init__(self, vault: Vault, beat: Callable[[], None]) -> None:
        self._vault, self._beat = vault, beat
        self._made_at = vault.clock().replace(microsecond=0)
        self._installation = ""
        self._expected: dict[str, bool] = {}
        self.report = Report("", [])

    def begin(self, begin_again: Sequence[str]) -> None:
        names = [site.name for site in self._vault.sites]
        with self._vault.database.writing() as session:
            self._installation = backup_runs.installation(session, self._made_at)
            while any(backup_runs.row(session, name_of(self._made_at), name) for name in names):
                # A backup is called by its second, and this one has one already.
                self._made_at += timedelta(seconds=1)
            self.report = Report(name_of(self._made_at), [SiteReport(name, name_of(self._made_at)) for name in names])
            backup_runs.begin_again(session, begin_again)
            self._expected = {name: backup_runs.expects(session, name) for name in names}
            backup_runs.begin(session, self.report.name, names, self._made_at)

    def fill(self) -> None:
        try:
            copy = snapshot.take(self._vault.database, self._vault.work_folder, self._vault.pg_dump)
        except SnapshotFault as fault:
            for told in self.report.sites:
                told.faults.append(str(fault))
                self._end(told)
            return
        case = Case(self._installation, self._made_at, copy)
        for site, told in zip(self._vault.sites, self.report.sites, strict=True):
            self._at(site, told, case)
            told.remarks += filter(None, [lone_sites(self._vault.sites, self._vault.work_folder).get(site.name)])
            self._end(told)

    def _at(self, site: Site, told: SiteReport, case: Case) -> None:
        """One site. Whatever happens to it, the others get their turn."""
        try:
            reach(site, case.installation, expected=self._expected[site.name])
            site.sweep()
            found = condition(site, self._vault.keys.public_signer, self._beat)
            if found.ledger_fault:
                told.faults.append(f"the ledger of erasures could not be used ({found.ledger_fault}); it is written anew")
            filed = self._file(site, told, case, found)
            look_back(self._vault, site, told, found)
            if filed is not None:
                self._prune(site, told, found)
                told.outcome = BackupOutcome.PARTLY if told.faults else BackupOutcome.VERIFIED
        except SiteFault as fault:
            told.faults.append(str(fault))
        except Exception as fault:  # noqa: BLE001 - an unforeseen fault at one site must not cost the backup at the other
            _log.exception("backup_site_failed", backup=self.report.name)
            told.faults.append(f"an unforeseen fault: {type(fault).__name__}")

    def _file(self, site: Site, told: SiteReport, case: Case, found: Condition) -> Filed | None:
        try:
            write_ledger(site, self._vault.keys, case.snapshot.ledger)
            filed = file_away(case, site, found, self._vault.blobs, self._vault.keys, self._beat)
            if self._vault.identity is not None:
                opens_as(site, filed.manifest.database.sealed, self._vault.identity, filed.manifest.database.sha256)
                told.opened = True
        except SiteFault as fault:
            told.faults.append(str(fault))
            return None
        manifest = filed.manifest
        told.papers, told.copied, told.size = len(manifest.papers), filed.copied, manifest.size
        if manifest.absent:
            told.faults.append(
                f"{counted(len(manifest.absent), 'paper is', 'papers are')} lost or altered in the store; `mailroom verify` says which"
            )
        return filed

    def _prune(self, site: Site, told: SiteReport, found: Condition) -> None:
        """Only after the backup of this very run was verified, so that one good backup remains whatever the clock says."""
        names = [*found.manifests, *found.unreadable]
        if max(names) > self.report.name:
            told.faults.append(f"there is a backup of a later moment ({max(names)}): is the clock right? Nothing was pruned")
            return
        going = pruning.overdue(names, self.report.name, self._made_at, self._vault.keep)
        with self._vault.database.writing() as session:
            backup_runs.prune(session, site.name, going, self._made_at)
        pruning.remove_backups(site, going)
        for name in going:
            found.manifests.pop(name, None)
            found.unreadable.pop(name, None)
        pruning.remove_replaced(site, found)
        if not found.unreadable:
            # A manifest that cannot be read may name any file, so files wait until its own time is up.
            pruning.remove_unneeded(site, found, found.manifests.values())
        told.pruned = len(going)

    def _end(self, told: SiteReport) -> None:
        now = self._vault.clock()
        with self._vault.database.writing() as session:
            row = backup_runs.row(session, self.report.name, told.site)
            if row is not None:
                row.outcome, row.ended_at = told.outcome, now
                row.reason, row.remark = ". ".join(told.faults) or None, ". ".join(told.remarks) or None
                row.papers, row.copied, row.size = told.papers, told.copied, told.size
                row.opened_at = now if told.opened else None
