"""The numbers that /metrics tells, in Prometheus' model: how much of everything, how old, how jobs went. No personal data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from records import backup_runs, inbox, mailboxes, restored, vitals
from records.blobs import Blobs
from records.mailboxes import Standing
from records.models.clock import JobOutcome

Numbers = list[Metric]


def written(numbers: Iterable[Metric]) -> bytes:
    """As text, with the numbers of the process itself. A registry of its own: nothing is left behind."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(list(numbers)))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Told(Collector):
    """Numbers that were taken already."""

    def __init__(self, numbers: Sequence[Metric]) -> None:
        self._numbers = numbers

    def collect(self) -> Iterable[Metric]:
        return self._numbers


def database_up(answers: bool) -> Metric:
    return _one("mailroom_database_up", "Whether the database answers.", float(answers))


def of_machine(blobs: Blobs, version: str, stalled: int) -> Numbers:
    build = GaugeMetricFamily("mailroom_build", "The version that runs; always 1.", labels=["version"])
    build.add_metric([version], 1)
    numbers: Numbers = [build, _one("mailroom_stalled_parts", "Parts of this process that make no progress.", stalled)]
    free = blobs.free_bytes()
    if free is not None:
        numbers.append(_one("mailroom_free_bytes", "Bytes free where papers are kept.", free))
        numbers.append(_one("mailroom_reserve_bytes", "With fewer bytes free no post is taken in.", blobs.reserve_bytes))
    return numbers


def of_records(session: Session, now: datetime) -> Numbers:
    return [
        *_crowds(session, now),
        *_overstayed(session, now),
        *_jobs(session),
        *_mailboxes(session),
        *_backups(session, now),
    ]


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _crowds(session: Session, now: datetime) -> Numbers:
    items = GaugeMetricFamily("mailroom_items", "Messages, files, forms and letters by state.", labels=["what", "state"])
    oldest = GaugeMetricFamily(
        "mailroom_oldest_seconds", "How long the oldest item in a waiting state has been in it.", labels=["what", "state"]
    )
    for crowd in vitals.crowds(session):
        labels = [crowd.what, crowd.state.value]
        items.add_metric(labels, crowd.number)
        if crowd.waits:
            oldest.add_metric(labels, (now - crowd.since).total_seconds() if crowd.since else 0)
    return [items, oldest]


def _overstayed(session: Session, now: datetime) -> Numbers:
    stuck = sum(one.number for one in inbox.overstayed(session, now))
    return [_one("mailroom_overstayed_items", "Items in a passing state for longer than it may last.", stuck)]


def _jobs(session: Session) -> Numbers:
    outcomes = GaugeMetricFamily("mailroom_job_outcome", "1 for the outcome of each job's last run.", labels=["job", "outcome"])
    for run in inbox.last_runs(session):
        for outcome in JobOutcome:
            outcomes.add_metric([run.job, outcome.value], float(run.outcome is outcome))
    good = GaugeMetricFamily("mailroom_job_success_timestamp_seconds", "When each job last came to a good end.", labels=["job"])
    for job, ended in vitals.last_successes(session).items():
        good.add_metric([job], ended.timestamp())
    ran = vitals.clock_last_ran(session)
    return [
        outcomes,
        good,
        _one("mailroom_clock_timestamp_seconds", "The newest tick that the clock took up.", ran.timestamp() if ran else 0),
    ]


def _mailboxes(session: Session) -> Numbers:
    standing = GaugeMetricFamily("mailroom_mailbox_standing", "1 for how each mailbox stands.", labels=["mailbox", "standing"])
    looked = GaugeMetricFamily(
        "mailroom_mailbox_looked_timestamp_seconds", "When each mailbox was last seen through to its end.", labels=["mailbox"]
    )
    left = GaugeMetricFamily(
        "mailroom_mailbox_left_behind", "Messages that lie in a mailbox and could not be taken.", labels=["mailbox"]
    )
    for box in mailboxes.conditions(session):
        for kind in Standing:
            standing.add_metric([box.name, kind.value], float(box.standing is kind))
        looked.add_metric([box.name], box.last_looked_at.timestamp() if box.last_looked_at else 0)
        left.add_metric([box.name], box.left_behind)
    return [standing, looked, left]


def _backups(session: Session, now: datetime) -> Numbers:
    good = GaugeMetricFamily(
        "mailroom_backup_good_timestamp_seconds", "When the newest whole backup at each site was begun.", labels=["site"]
    )
    there = GaugeMetricFamily("mailroom_backups", "Backups at each site by how they were found.", labels=["site", "found"])
    for site in backup_runs.standing(session, now):
        good.add_metric([site.site], site.last_good.started_at.timestamp() if site.last_good else 0)
        there.add_metric([site.site, "good"], site.there)
        there.add_metric([site.site, "damaged"], site.damaged)
    waits = restored.waiting(session) is not None
    return [good, there, _one("mailroom_restored", "1 while nothing is sent until a restore is confirmed.", float(waits))]
