"""Questions of whoever watches the machine: how much there is of everything, since when, and whether the clock goes.

Numbers and moments only. Nothing here is about a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.clock import JobOutcome, JobRun
from records.models.notices import Notice
from records.models.post import Attachment, StoredMessage
from records.models.submissions import Submission
from records.states import LONGEST, AttachmentState, MessageState, NoticeState, SubmissionState

CLOCK_SILENT_AFTER = timedelta(minutes=20)
"""The clock has something to do every five minutes; after this long without a run it stands still."""

_TABLES: Mapping[type[StrEnum], type[StoredMessage | Attachment | Submission | Notice]] = {
    MessageState: StoredMessage,
    AttachmentState: Attachment,
    SubmissionState: Submission,
    NoticeState: Notice,
}
WAITING: frozenset[StrEnum] = frozenset({*LONGEST, SubmissionState.IN_REVIEW})
"""States in which something waits, for a machine or for a person."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """All items in one state."""

    what: str
    state: StrEnum
    number: int
    since: datetime | None
    """When the one that has been in it longest came; None where there is none."""

    @property
    def waits(self) -> bool:
        return self.state in WAITING


def crowds(session: Session) -> Iterator[Crowd]:
    """Every state of everything, the empty ones too."""
    for states, table in _TABLES.items():
        rows = session.execute(sa.select(table.state, sa.func.count(), sa.func.min(table.state_since)).group_by(table.state))
        found = {state: (number, since) for state, number, since in rows}
        for state in states:
            number, since = found.get(state, (0, None))
            yield Crowd(table.__tablename__, state, number, since)


def clock_last_ran(session: Session) -> datetime | None:
    """The newest tick that any host has taken up; None before the very first."""
    return session.scalar(sa.select(sa.func.max(JobRun.scheduled_for)))


def last_successes(session: Session) -> dict[str, datetime]:
    """When each job last came to a good end."""
    done = sa.select(JobRun.job, sa.func.max(JobRun.ended_at)).where(JobRun.outcome == JobOutcome.DONE).group_by(JobRun.job)
    return {job: ended for job, ended in session.execute(done) if ended is not None}
