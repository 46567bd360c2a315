"""What the records say of backups: rows of runs, comparing them with what is found at a site, and how each site stands."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.backups import GOOD, BackupOutcome, BackupRun
from records.models.clock import Setting

LATE_AFTER = timedelta(hours=7)
"""Backups are made every six hours; an hour more is nobody's fault."""
ROWS_KEPT = timedelta(days=90)
_THERE = GOOD | {BackupOutcome.DAMAGED}
_DIED = "The run did not come to its end: its process died or the machine stopped."


@dataclass(frozen=True, slots=True)
class Standing:
    """How a site stands."""

    site: str
    last: BackupRun
    last_good: BackupRun | None
    there: int
    """How many whole backups the records know there."""
    damaged: int
    late: bool


def installation(session: Session, now: datetime) -> str:
    """The random name of this installation. A site belongs to one."""
    setting = session.get(Setting, "installation")
    if setting is None:
        setting = Setting(name="installation", value={"id": uuid.uuid4().hex}, changed_at=now)
        session.add(setting)
        session.flush()
    return str(setting.value["id"])


def begin(session: Session, name: str, sites: Iterable[str], now: datetime) -> None:
    """A row for each site. Rows that still run belong to a process that died: the caller alone may make backups now."""
    session.execute(
        sa.update(BackupRun)
        .where(BackupRun.outcome == BackupOutcome.RUNNING)
        .values(outcome=BackupOutcome.FAILED, ended_at=now, reason=_DIED)
    )
    session.add_all(BackupRun(id=uuid.uuid4(), name=name, site=site, started_at=now) for site in sites)
    session.flush()


def row(session: Session, name: str, site: str) -> BackupRun | None:
    return session.scalar(sa.select(BackupRun).where(BackupRun.name == name, BackupRun.site == site))


def expects(session: Session, site: str) -> bool:
    """Whether backups are known to be at a site, so that an empty folder there is a disk that is not mounted."""
    return session.scalar(_at(site).limit(1)) is not None


def begin_again(session: Session, sites: Collection[str]) -> None:
    """A person says that the disks of these sites are new, and nothing is to be looked for there."""
    session.execute(
        sa.update(BackupRun)
        .where(BackupRun.site.in_(sites), BackupRun.outcome.in_(_THERE))
        .values(outcome=BackupOutcome.LOST, reason="The site was begun again.")
    )


def compare(session: Session, site: str, found: Mapping[str, str | None], own: str) -> list[str]:
    """Bring the rows in line with what is at a site: each backup there by name, with what is wrong with it.

    Returns what nobody has been told yet. Backups without a row were made before a restore; they get one.
    """
    rows = {run.name: run for run in session.scalars(_at(site)) if run.name != own}
    told: list[str] = []
    for name, run in rows.items():
        told += _compare_one(run, name in found, found.get(name))
    for name in sorted(set(found) - set(rows) - {own}):
        wrong = found[name]
        told += _compare_one(_come_to_light(session, name, site), True, wrong)
    session.flush()
    return told


def prune(session: Session, site: str, names: Collection[str], now: datetime) -> None:
    """Say that backups go before they go: a stop in between must not look like a loss."""
    session.execute(
        sa.update(BackupRun)
        .where(BackupRun.site == site, BackupRun.name.in_(names))
        .values(outcome=BackupOutcome.PRUNED, ended_at=sa.func.coalesce(BackupRun.ended_at, now))
    )
    session.execute(
        sa.delete(BackupRun).where(
            BackupRun.site == site, BackupRun.started_at < now - ROWS_KEPT, BackupRun.outcome.not_in(_THERE)
        )
    )


def settle_restored(session: Session, name: str, site: str, now: datetime) -> None:
    """In records that came out of a backup: the row of that very backup, which was still running when they were copied."""
    for run in session.scalars(sa.select(BackupRun).where(BackupRun.outcome == BackupOutcome.RUNNING)):
        if (run.name, run.site) == (name, site):
            run.outcome, run.ended_at = BackupOutcome.VERIFIED, now
        else:
            run.outcome, run.ended_at, run.reason = BackupOutcome.FAILED, now, "It had not ended when this copy was made."
    session.flush()


def standing(session: Session, now: datetime) -> list[Standing]:
    """How the sites of the newest run stand. Empty where no backup was ever begun."""
    newest = session.scalar(sa.select(sa.func.max(BackupRun.name)).where(BackupRun.started_at == _newest_start()))
    last = session.scalars(sa.select(BackupRun).where(BackupRun.name == newest).order_by(BackupRun.site)).all()
    return [_standing_of(run, session.scalars(_at(run.site)).all(), now) for run in last]


def _standing_of(last: BackupRun, there: Sequence[BackupRun], now: datetime) -> Standing:
    good = [run for run in there if run.outcome in GOOD]
    newest = max(good, key=lambda run: run.name, default=None)
    late = newest is None or now - newest.started_at > LATE_AFTER
    return Standing(last.site, last, newest, len(good), len(there) - len(good), late)


def _newest_start() -> sa.ScalarSelect[datetime]:
    return sa.select(sa.func.max(BackupRun.started_at)).scalar_subquery()


def _at(site: str) -> sa.Select[BackupRun]:
    return sa.select(BackupRun).where(BackupRun.site == site, BackupRun.outcome.in_(_THERE)).order_by(BackupRun.name)


def _come_to_light(session: Session, name: str, site: str) -> BackupRun:
    """The row of a backup that is there although the records knew of none, or of one that was lost or had failed."""
    run = row(session, name, site)
    if run is None:
        run = BackupRun(id=uuid.uuid4(), name=name, site=site, started_at=_moment(name))
        session.add(run)
    run.outcome, run.reason = BackupOutcome.VERIFIED, None
    return run


def _compare_one(run: BackupRun, there: bool, wrong: str | None) -> list[str]:
    if not there:
        run.outcome, run.reason = BackupOutcome.LOST, "It is gone from the site, and nobody pruned it."
        return [f"the backup {run.name} is gone: its manifest is missing"]
    if wrong is None:
        if run.outcome is BackupOutcome.DAMAGED:
            run.outcome, run.reason = BackupOutcome.VERIFIED, None
        return []
    if run.outcome is BackupOutcome.DAMAGED:
        return []
    run.outcome, run.reason = BackupOutcome.DAMAGED, wrong
    return [f"the backup {run.name} is damaged: {wrong}"]


def _moment(name: str) -> datetime:
    return datetime.strptime(f"{name[:15]}+0000", "%Y%m%dT%H%M%S%z")
