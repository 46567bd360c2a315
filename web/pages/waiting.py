"""The review queue: forms that wait for a person, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from records import inbox
from records.matching import written_name
from records.models.accounts import Account
from records.models.submissions import Submission
from records.submissions import values_of
from web import readings
from web.forms import Slice, page_number
from web.visit import Visit

CLAIM_LASTS = timedelta(minutes=30)
"""After this long without a click somebody's claim on a form no longer shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A form in the queue."""

    submission: Submission
    name: str
    point: str | None
    doubtful: int
    conflicts: int
    reviewer: str | None


def show(visit: Visit) -> Response:
    size = 25
    rows, total = inbox.queue(visit.session, offset=(page_number(visit) - 1) * size, limit=size)
    part = Slice.asked(visit, total, size)
    if not rows and total:
        rows, total = inbox.queue(visit.session, offset=(part.number - 1) * size, limit=size)
    lines = [_line(visit, one) for one in rows]
    return visit.page("queue.html", lines=lines, slice=part, counts=inbox.counts(visit.session))


def claimed_by(visit: Visit, submission: Submission) -> tuple[str, datetime] | None:
    """Who else has the form open, and since when; None where nobody has, or the viewer themselves."""
    if submission.opened_by_id is None or submission.opened_at is None or visit.viewer is None:
        return None
    if submission.opened_by_id == visit.viewer.account_id or submission.opened_at + CLAIM_LASTS <= visit.now:
        return None
    account = visit.session.get(Account, submission.opened_by_id)
    return (account.person.full_name, submission.opened_at) if account else None


def name_of(submission: Submission) -> str:
    """The ECT as the record has them, else as the paper has them."""
    if submission.induction is not None:
        return submission.induction.person.full_name
    return written_name(values_of(submission)) or "Name not found"


def _line(visit: Visit, submission: Submission) -> Line:
    claim = claimed_by(visit, submission)
    looks = list(readings.looks(submission).values())
    return Line(
        submission=submission,
        name=name_of(submission),
        point=values_of(submission).get("assessment_point"),
        doubtful=sum(1 for look in looks if look == "check"),
        conflicts=looks.count("conflict"),
        reviewer=claim[0] if claim else None,
    )
