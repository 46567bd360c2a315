"""The demo's backup: made at two sites, one of them restored, and the two installations compared row by row and byte by byte."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mailroom import safe_keeping
from mailroom.house import House
from records.blobs import FolderBlobs
from records.db import connect
from records.models.base import Base, Retention
from records.models.events import Event, EventDetail
from records.models.tables import metadata
from scheduler import backups, restoring
from scheduler.restoring import BLOBS, DATABASE, Order
from scheduler.vault import NotNow, Vault

TRIES = 5
"""The service works on while its backup is made; only a backup of a quiet moment can be compared with today."""

LONGEST_WAIT = 120.0
"""Seconds for a backup that runs already."""

Digests = dict[str, str]


def identity_file(folder: Path) -> Path:
    """Where the demo keeps the private key. A real installation keeps it elsewhere."""
    return folder / "backup-identity.txt"


def _run_when_free(vault: Vault) -> backups.Report:
    """The service's own clock may be making a backup at this very moment."""
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return backups.run(vault)
        except NotNow:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def backed_up_and_compared(house: House, folder: Path) -> tuple[list[str], list[str]]:
    """What was done, in sentences, and what was not as it had to be."""
    for _try in range(TRIES):
        before = digests(house)
        made = safe_keeping.vault(house)
        assert made is not None
        report = _run_when_free(made)
        if before == digests(house):
            break
    else:
        return [], ["the records never stood still for a backup that could be compared"]
    wrong = [f"backup at {site.site}: {'; '.join(site.faults)}" for site in report.sites if site.faults]
    key = safe_keeping.identity(identity_file(folder))
    target = folder / "restored"
    outcome = restoring.restore(Order(made.sites[1:], target, key, key.signer), house.clock())
    after = _restored(target)
    wrong += [
        f"{name} is not what it was" for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)
    ]
    papers = _papers(FolderBlobs(target / BLOBS))
    lost = [name for name, content in papers.items() if name != content]
    if lost or len(papers) != outcome.papers:
        wrong.append(f"{len(papers)} papers came back, {len(lost)} of them altered, and {outcome.papers} were expected")
    remarks = [f"{site.site}: {remark}" for site in report.sites for remark in site.remarks]
    done = [
        f"backup {report.name} is whole at {sum(site.good for site in report.sites)} sites",
        *remarks,
        f"restored from {outcome.site}: {len(after)} tables and {len(papers)} papers compared",
    ]
    return done, wrong


def digests(house: House) -> Digests:
    """A digest of every table that holds more than the running of the service itself."""
    with house.database.reading() as session:
        return _digests(session)


def _restored(folder: Path) -> Digests:
    database = connect(f"sqlite:///{folder / DATABASE}")
    try:
        with database.reading() as session:
            # The restore notes itself in the history; everything else must be as it was.
            return _digests(session, leave_out=sa.select(Event.id).where(Event.kind == "restored").scalar_subquery())
    finally:
        database.close()


def _digests(session: Session, leave_out: sa.ScalarSelect[uuid.UUID] | None = None) -> Digests:
    found = {}
    kept = {
        mapper.local_table.name  # type: ignore[attr-defined]  # every mapper of ours has a table of its own
        for mapper in Base.registry.mappers
        if mapper.class_.retention is not Retention.OPERATION
    }
    for table in metadata.sorted_tables:
        if table.name not in kept:
            continue
        rows = sa.select(table)
        if leave_out is not None and table.name == Event.__tablename__:
            rows = rows.where(table.c.id.not_in(leave_out))
        if leave_out is not None and table.name == EventDetail.__tablename__:
            rows = rows.where(table.c.event_id.not_in(leave_out))
        lines = sorted(json.dumps([str(value) for value in row]) for row in session.execute(rows))
        found[table.name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


def _papers(blobs: FolderBlobs) -> dict[str, str]:
    return {name: hashlib.sha256(blobs.path(name).read_bytes()).hexdigest() for name in blobs.names()}
