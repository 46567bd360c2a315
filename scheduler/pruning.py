"""Letting backups go whose time is up, and files that no backup needs any more. Only after a backup was verified."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from scheduler.checking import Condition
from scheduler.manifest import DATABASES, PAPERS, Manifest, moment_of, path_of
from scheduler.sites import Site


def overdue(names: Iterable[str], own: str, now: datetime, keep: timedelta) -> list[str]:
    """Backups to let go. Pure. The one that was verified a moment ago always stays, so one good backup remains."""
    return sorted(name for name in names if name != own and moment_of(name) <= now - keep)


def remove_backups(site: Site, names: Iterable[str]) -> None:
    """Manifests go before their files: a stop in between leaves files that nobody needs, never a backup with holes."""
    for name in names:
        site.remove(path_of(name))


def remove_unneeded(site: Site, found: Condition, kept: Iterable[Manifest]) -> int:
    """Files that no kept backup names. `kept` are all manifests that are at the site. Returns how many went."""
    needed = {file.path for manifest in kept for file in manifest.files}
    # A paper that a kept backup names in a damaged copy is needed in its sound copy.
    papers = {file.id for manifest in kept for file in manifest.papers}
    removed = 0
    for path in [*site.files(DATABASES), *site.files(PAPERS)]:
        spare = found.sound.get(path)
        if path in needed or (spare is not None and path.startswith(PAPERS) and spare.id in papers):
            continue
        site.remove(path)
        removed += 1
    return removed


def remove_replaced(site: Site, found: Condition) -> int:
    """Damaged files of papers that stand there in a sound copy too. Returns how many went."""
    replaced = [path for path in found.damaged if stands_again(path, found)]
    for path in replaced:
        site.remove(path)
    return len(replaced)


def stands_again(path: str, found: Condition) -> bool:
    return path.startswith(PAPERS) and path.rpartition("/")[2].partition("-")[0] in found.by_id
