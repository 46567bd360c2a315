"""When data must go: policies as data, the anchor each date counts from, and the plan for a day. Erasing is in `erasing`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.inductions import Induction, Outcome
from records.models.post import Attachment, StoredMessage
from records.models.retention import Hold
from records.models.submissions import Submission
from records.states import AttachmentState, MessageState, SubmissionState
from records.values import local_day


class Scope(StrEnum):
    """What goes."""

    KEEP_STATUS = "keep_status"
    """Copies of assessments and all papers go; who it was and how it ended stays."""
    EVERYTHING = "everything"
    RAW_POST = "raw_post"
    """The message as it came; its papers stay with their ECTs."""
    UNMATCHED_POST = "unmatched_post"
    """A message that never found an ECT, with all in it."""


class Anchor(StrEnum):
    """The day from which the years count."""

    COMPLETED = "completed"
    """The last day of the induction."""
    DECIDED = "decided"
    """The day of the decision."""
    PERSON = "person"
    """No rule: a person looks at it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One body's retention. Guidance (April 2024, 2.77 and 5.11) recommends six years at least; from which day it does not say."""

    name: str
    scope: Scope
    years: int = 6
    anchors: tuple[tuple[Outcome, Anchor], ...] = (
        (Outcome.PASS, Anchor.COMPLETED),
        (Outcome.FAIL, Anchor.DECIDED),
        (Outcome.RELEASE, Anchor.PERSON),
    )
    raw_post_days: int = 30
    """After all its papers are decided."""
    unmatched_post_days: int = 365
    """After it came, where nothing in it waits for a decision."""


PRESETS: dict[str, Policy] = {
    "status-kept": Policy("status-kept", Scope.KEEP_STATUS),
    "deleted": Policy("deleted", Scope.EVERYTHING),
}
"""The two policies that bodies publish."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One thing that goes on a day: an induction with its person, or a message."""

    scope: Scope
    subject_id: uuid.UUID
    person_id: uuid.UUID | None
    anchor: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Question:
    """An induction that a person must look at, and why no date can be told."""

    induction_id: uuid.UUID
    person_id: uuid.UUID
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes on a day, what is held back, and what a person must look at."""

    policy: str
    on: date
    departures: tuple[Departure, ...]
    held: tuple[Departure, ...]
    questions: tuple[Question, ...]


def plan(session: Session, policy: Policy, now: datetime) -> Plan:
    """The plan for today. Nothing is changed."""
    today = local_day(now)
    held_people = set(session.scalars(sa.select(Hold.person_id).where(Hold.lifted_at.is_(None))))
    departures: list[Departure] = []
    questions: list[Question] = []
    for induction in session.scalars(sa.select(Induction).order_by(Induction.id)):
        found = _of_induction(induction, policy, today)
        if isinstance(found, Question):
            questions.append(found)
        elif found is not None and induction.let_go_on is None:
            departures.append(found)
    departures += _raw_post(session, policy, now)
    departures += _unmatched_post(session, policy, now)
    held = tuple(one for one in departures if one.person_id in held_people or _holds_message(session, one, held_people))
    return Plan(policy.name, today, tuple(one for one in departures if one not in held), held, tuple(questions))


def anchor_of(induction: Induction, policy: Policy) -> date | str | None:
    """The day the years count from; words where no day is known; None while the induction runs."""
    if induction.outcome is None:
        return None
    rule = dict(policy.anchors)[induction.outcome]
    day = {Anchor.COMPLETED: induction.completed_on, Anchor.DECIDED: induction.outcome_on, Anchor.PERSON: None}[rule]
    if day is not None:
        return day
    if rule is Anchor.PERSON:
        return "The ECT left before completing; the policy names no day for leavers"
    return "The day of the outcome is not on record"


def years_after(day: date, years: int) -> date:
    """The same day some years later; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _of_induction(induction: Induction, policy: Policy, today: date) -> Departure | Question | None:
    anchor = anchor_of(induction, policy)
    if anchor is None:
        return None
    if isinstance(anchor, str):
        return Question(induction.id, induction.person_id, anchor)
    due_on = years_after(anchor, policy.years)
    if due_on > today:
        return None
    return Departure(policy.scope, induction.id, induction.person_id, anchor, due_on)


def _raw_post(session: Session, policy: Policy, now: datetime) -> Iterator[Departure]:
    """Messages whose papers were all decided long enough ago."""
    waiting = (
        sa.select(Submission.id)
        .where(
            Submission.message_id == StoredMessage.id,
            sa.or_(
                Submission.state.in_([SubmissionState.IN_REVIEW, SubmissionState.RETURNED]),
                Submission.decided_at > now - timedelta(days=policy.raw_post_days),
            ),
        )
        .exists()
    )
    decided = sa.select(Submission.id).where(Submission.message_id == StoredMessage.id).exists()
    rows = session.scalars(
        sa.select(StoredMessage)
        .where(
            StoredMessage.blob_sha256.is_not(None),
            StoredMessage.state == MessageState.OPENED,
            StoredMessage.received_at < now - timedelta(days=policy.raw_post_days),
            decided,
            ~waiting,
            ~_waits_for_a_person(),
        )
        .order_by(StoredMessage.id)
    )
    for message in rows:
        day = local_day(message.received_at)
        yield Departure(Scope.RAW_POST, message.id, None, day, day + timedelta(days=policy.raw_post_days))


def _waits_for_a_person() -> sa.ColumnElement[bool]:
    """Whether something in the message was not read and nobody has filed it: a locked archive as much as a paper."""
    return (
        sa.select(Attachment.id)
        .where(
            Attachment.message_id == StoredMessage.id,
            Attachment.filed_as.is_(None),
            Attachment.state.in_([AttachmentState.WAITING, AttachmentState.READING, AttachmentState.UNREADABLE]),
        )
        .exists()
    )


def _unmatched_post(session: Session, policy: Policy, now: datetime) -> Iterator[Departure]:
    """Messages that never found an ECT and in which nothing waits."""
    kept = (
        sa.select(Submission.id)
        .where(
            Submission.message_id == StoredMessage.id,
            sa.or_(Submission.induction_id.is_not(None), Submission.state == SubmissionState.IN_REVIEW),
        )
        .exists()
    )
    filed = (
        sa.select(Attachment.id).where(Attachment.message_id == StoredMessage.id, Attachment.filed_for_id.is_not(None)).exists()
    )
    rows = session.scalars(
        sa.select(StoredMessage)
        .where(
            StoredMessage.received_at < now - timedelta(days=policy.unmatched_post_days),
            StoredMessage.state.not_in([MessageState.RECEIVED, MessageState.OPENING]),
            ~kept,
            ~filed,
            ~_waits_for_a_person(),
        )
        .order_by(StoredMessage.id)
    )
    for message in rows:
        day = local_day(message.received_at)
        yield Departure(Scope.UNMATCHED_POST, message.id, None, day, day + timedelta(days=policy.unmatched_post_days))


def _holds_message(session: Session, departure: Departure, held_people: set[uuid.UUID]) -> bool:
    """Whether somebody under a hold has a paper in a message that would go, or would lose its words and raw bytes."""
    if not held_people:
        return False
    messages: sa.Select[Any] = sa.select(StoredMessage.id).where(StoredMessage.id == departure.subject_id)
    if departure.person_id is not None:
        messages = sa.select(Submission.message_id).where(Submission.induction_id == departure.subject_id)
    people = session.scalars(
        sa.select(Induction.person_id)
        .join(Submission, Submission.induction_id == Induction.id)
        .where(Submission.message_id.in_(messages))
    )
    return not held_people.isdisjoint(people)
