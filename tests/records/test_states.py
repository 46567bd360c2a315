"""Moves: only along edges, only by the right actor, only by whoever holds the latest version."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from records.db import Database
from records.events import Actor
from records.models.events import Event, EventDetail
from records.models.post import StoredMessage
from records.models.submissions import Submission
from records.states import (
    CLAIMED,
    EDGES,
    LONGEST,
    PERSON_ONLY,
    AttachmentState,
    Claim,
    MessageState,
    NotAllowed,
    NoticeState,
    Overtaken,
    SubmissionState,
    claim_next,
    move,
    release_expired,
)
from tests.support.builders import LATER, MACHINE, NOW, a_message, a_submission, an_administrator
from tests.support.databases import sqlite_database

OPEN = (MessageState.RECEIVED, MessageState.OPENING)


def test_every_state_has_its_edges() -> None:
    every = [*MessageState, *AttachmentState, *SubmissionState, *NoticeState]
    assert set(EDGES) == set(every)
    assert set().union(*EDGES.values()) <= set(every)


def test_every_claimed_state_has_a_longest_stay_and_a_way_back() -> None:
    for state in CLAIMED:
        assert state in LONGEST
        assert len(EDGES[state]) > 1


def test_a_move_writes_the_state_the_version_and_an_event(database: Database) -> None:
    with database.writing() as session:
        message = a_message(session)
        move(session, message, MessageState.OPENING, MACHINE, "because", LATER, claim=Claim("w", LATER))
        assert (message.state, message.version, message.attempts, message.claimed_by) == (MessageState.OPENING, 1, 1, "w")
        event = session.scalars(sa.select(Event)).one()
        detail = session.get_one(EventDetail, event.id).detail
    assert (event.kind, event.subject_id, event.happened_at) == ("message_opening", message.id, LATER)
    assert detail == {"from": "received", "to": "opening", "why": "because"}


def test_a_move_that_is_no_edge_is_refused_and_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        message = a_message(session)
        with pytest.raises(NotAllowed):
            move(session, message, MessageState.OPENED, MACHINE, "", NOW)
        assert session.scalar(sa.select(StoredMessage.state)) is MessageState.RECEIVED
        assert session.scalars(sa.select(Event)).all() == []


def test_a_stale_holder_loses_after_the_item_was_taken_back_and_claimed_again(database: Database) -> None:
    with database.writing() as session:
        a_message(session)
    with database.writing() as session:
        stale = claim_next(session, StoredMessage, OPEN, Claim("slow", NOW), NOW)
        assert stale is not None
    with database.writing() as session:
        assert release_expired(session, StoredMessage, OPEN[::-1], LATER) == [stale.id]
        fresh = claim_next(session, StoredMessage, OPEN, Claim("quick", LATER + timedelta(hours=1)), LATER)
        assert fresh is not None
        assert fresh.attempts == 2
    with database.writing() as session:
        with pytest.raises(Overtaken):
            move(session, stale, MessageState.OPENED, Actor.machine("slow"), "", LATER)
        mine = session.get_one(StoredMessage, fresh.id)
        move(session, mine, MessageState.OPENED, Actor.machine("quick"), "", LATER)
        assert mine.claimed_by is None


@pytest.mark.parametrize("to", sorted(PERSON_ONLY))
def test_only_a_person_decides_about_a_person(sqlite: Database, to: SubmissionState) -> None:
    with sqlite.writing() as session:
        submission = a_submission(session)
        with pytest.raises(NotAllowed, match="only a person"):
            move(session, submission, to, MACHINE, "", NOW)
        move(session, submission, to, an_administrator(session), "", NOW)
        assert submission.state is to


def test_a_claim_goes_with_claimed_states_and_with_no_other(sqlite: Database) -> None:
    with sqlite.writing() as session:
        message = a_message(session)
        with pytest.raises(NotAllowed, match="needs a claim"):
            move(session, message, MessageState.OPENING, MACHINE, "", NOW)
        submission = a_submission(session)
        with pytest.raises(NotAllowed, match="takes no claim"):
            move(session, submission, SubmissionState.SUPERSEDED, MACHINE, "", NOW, claim=Claim("w", NOW))


def test_two_workers_never_claim_the_same_item(database: Database) -> None:
    with database.writing() as session:
        for number in range(12):
            a_message(session, b"%d" % number)
    claimed: list[object] = []

    def work(name: str) -> None:
        while True:
            with database.writing() as session:
                item = claim_next(session, StoredMessage, OPEN, Claim(name, LATER), NOW)
            if item is None:
                return
            claimed.append(item.id)

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(claimed) == len(set(claimed)) == 12


def test_only_claims_that_ran_out_are_taken_back(database: Database) -> None:
    with database.writing() as session:
        for number in range(2):
            a_message(session, b"%d" % number)
        claim_next(session, StoredMessage, OPEN, Claim("dead", NOW), NOW)
        alive = claim_next(session, StoredMessage, OPEN, Claim("alive", LATER + timedelta(hours=1)), NOW)
        assert alive is not None
        released = release_expired(session, StoredMessage, OPEN[::-1], LATER)
        assert len(released) == 1
        assert alive.id not in released
        assert alive.state is MessageState.OPENING


@given(st.data())
def test_a_random_walk_never_leaves_the_edges(sqlite_walk: Database, data: st.DataObject) -> None:
    with sqlite_walk.writing() as session:
        submission = a_submission(session, body=data.draw(st.binary(min_size=1, max_size=8)))
        person = Actor.person(submission.id)
        for _step in range(6):
            to = data.draw(st.sampled_from(list(SubmissionState)))
            before = submission.state
            if to in EDGES[before]:
                move(session, submission, to, person, "", NOW)
                assert submission.state is to
            else:
                with pytest.raises(NotAllowed):
                    move(session, submission, to, person, "", NOW)
                assert session.scalar(sa.select(Submission.state).where(Submission.id == submission.id)) is before
        session.rollback()


@pytest.fixture(scope="module")
def sqlite_walk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sqlite_database(sqlite_template, tmp_path_factory.mktemp("walk")) as database:
        yield database
