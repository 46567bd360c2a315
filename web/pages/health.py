"""For machines that watch this one: whether it is alive, whether it is ready, and its numbers. No personal data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.responses import PlainTextResponse, Response

from records import backup_runs, inbox, migrate, restored, vitals
from records.blobs import StoreFailed, StoreFull
from records.mailboxes import Standing, conditions
from records.migrate import Schema
from records.models.clock import JobOutcome
from records.values import spoken_moment
from web import measures
from web.visit import Visit

_PROBE = b"Can this be written?"
_SCHEMA = {
    Schema.EMPTY: "The database is empty: run `mailroom db upgrade`.",
    Schema.OLD: "The database has an older schema: run `mailroom db upgrade`.",
    Schema.NEWER: "The database was written by a later version of the mail room.",
}


def alive(visit: Visit) -> Response:
    """Liveness: 503 only where starting the process anew would help."""
    return _told(visit, [f"Stuck: {name}." for name in visit.house.pulse.stalled()])


def ready(visit: Visit) -> Response:
    """Readiness: 503 while post cannot be taken in and worked on, or pages cannot be served; and what a person should see to.

    Reasons are told only to those who may see numbers.
    """
    reasons = [f"Stuck: {name}." for name in visit.house.pulse.stalled()]
    reasons += visit.house.pulse.troubles()
    reasons += _store(visit)
    remarks: list[str] = []
    try:
        schema = migrate.schema(visit.house.db)
        if schema is Schema.CURRENT:
            with visit.house.db.reading() as session:
                reasons += _clock(session, visit)
                remarks += _remarks(session, visit)
        else:
            reasons.append(_SCHEMA[schema])
    except SQLAlchemyError:
        reasons.append("The database does not answer.")
    return _told(visit, reasons, remarks)


def metrics(visit: Visit) -> Response:
    """Numbers in Prometheus' text format."""
    if not _may_see_numbers(visit):
        return PlainTextResponse("Numbers are told only on the networks that web.metrics_networks names.\n", 403)
    numbers = measures.of_machine(visit.house.blobs, visit.house.settings.version, len(visit.house.pulse.stalled()))
    try:
        with visit.house.db.reading() as session:
            numbers += measures.of_records(session, visit.now)
        answers = True
    except SQLAlchemyError:
        answers = False
    return Response(measures.written([*numbers, measures.database_up(answers)]), media_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_see_numbers(visit: Visit) -> bool:
    return visit.house.settings.may_see_numbers(visit.client, forwarded=visit.forwarded)


def _told(visit: Visit, reasons: Sequence[str], remarks: Sequence[str] = ()) -> Response:
    lines = ["not ok" if reasons else "ok"]
    if _may_see_numbers(visit):
        lines += [f"wrong: {reason}" for reason in reasons] + [f"remark: {remark}" for remark in remarks]
    return PlainTextResponse("\n".join(lines) + "\n", 503 if reasons else 200)


def _store(visit: Visit) -> Iterator[str]:
    """By writing, because a disk that went read-only says nothing before."""
    try:
        probe = visit.house.blobs.incoming()
        try:
            probe.write(_PROBE)
        finally:
            probe.discard()
    except StoreFull:
        yield "The disk is nearly full: less than records.reserve_bytes is free, so no post is taken in."
    except (OSError, StoreFailed):
        yield "The folder of papers cannot be written."


def _clock(session: Session, visit: Visit) -> Iterator[str]:
    last = vitals.clock_last_ran(session)
    if last is None:
        yield "The clock has not yet run: `mailroom work` or `mailroom serve` keeps it."
    elif visit.now - last > vitals.CLOCK_SILENT_AFTER:
        yield f"The clock stands still: its last job was due on {spoken_moment(last)}."


def _remarks(session: Session, visit: Visit) -> Iterator[str]:
    """What a person should see to, although everything else goes on meanwhile."""
    for run in inbox.last_runs(session):
        if run.outcome is JobOutcome.FAILED:
            yield f"The job {run.job} of {spoken_moment(run.scheduled_for)} failed."
    for one in inbox.overstayed(session, visit.now):
        yield f"{one.number} {one.what} {one.state} for too long, since {spoken_moment(one.since)}."
    for box in conditions(session):
        if box.standing is not Standing.WATCHED:
            yield f"The mailbox {box.name} is not watched: {box.standing.value.replace('_', ' ')}."
    for site in backup_runs.standing(session, visit.now):
        if site.late or site.damaged:
            faults = [
                words for words, so in (("the last good one is too old", site.late), ("one is damaged", site.damaged)) if so
            ]
            yield f"Backups at {site.site}: {' and '.join(faults)}."
    if (waits := restored.waiting(session)) is not None:
        yield f"{waits.words}."
