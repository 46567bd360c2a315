"""Keeping post: one row for every delivery, repeats linked to the first, and the same source never twice."""

import hashlib
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from records import post
from records.blobs import Kept
from records.db import Database
from records.models.post import Blob, BlobKind, Channel, StoredMessage
from records.states import MessageState

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def delivery(content: bytes, *, source: str | None = None, sender: str = "tutor@school.example") -> post.Delivery:
    kept = Kept(hashlib.sha256(content).hexdigest(), len(content))
    return post.Delivery(
        kept, Channel.SMTP, NOW, envelope_from=sender, envelope_to=("forms@body.example",), source=source, peer="192.0.2.7"
    )


def rows(database: Database) -> list[StoredMessage]:
    with database.reading() as session:
        found = list(session.scalars(sa.select(StoredMessage)))
        session.expunge_all()
        return found


@pytest.mark.parametrize("in_a_group", [False, True])
def test_a_delivery_becomes_a_row_with_its_envelope(database: Database, in_a_group: bool) -> None:
    with database.writing() as session:
        if in_a_group:
            post.keep_all(session, [delivery(b"a form")])
        else:
            post.keep(session, delivery(b"a form"))
    (row,) = rows(database)
    assert row.state is MessageState.RECEIVED
    assert (row.envelope_from, row.envelope_to, row.peer) == ("tutor@school.example", ["forms@body.example"], "192.0.2.7")
    assert (row.received_at, row.state_since, row.size, row.version, row.attempts) == (NOW, NOW, 6, 0, 0)
    assert row.blob_sha256 == row.first_of_bytes == hashlib.sha256(b"a form").hexdigest()
    assert row.duplicate_of_id is None
    assert row.remarks == []
    with database.reading() as session:
        assert session.scalars(sa.select(Blob.kind)).all() == [BlobKind.MESSAGE]


@pytest.mark.parametrize("groups", [[3], [1, 2], [2, 1], [1, 1, 1]])
def test_a_repeat_gets_its_own_row_linked_to_the_first(database: Database, groups: list[int]) -> None:
    ids = []
    for size in groups:
        with database.writing() as session:
            ids += post.keep_all(session, [delivery(b"a form")] * size)
    found = {row.id: row for row in rows(database)}
    assert len(found) == 3
    assert found[ids[0]].duplicate_of_id is None
    assert [found[one].duplicate_of_id for one in ids[1:]] == [ids[0], ids[0]]
    assert [found[one].first_of_bytes for one in ids[1:]] == [None, None]


def test_the_same_source_is_the_same_delivery(database: Database) -> None:
    with database.writing() as session:
        first, again, other = post.keep_all(
            session, [delivery(b"a", source="m/1/1"), delivery(b"a", source="m/1/1"), delivery(b"b", source="m/1/2")]
        )
    with database.writing() as session:
        later = post.keep_all(session, [delivery(b"a", source="m/1/1"), delivery(b"c")])
        assert post.keep(session, delivery(b"b", source="m/1/2")).id == other
    assert first == again == later[0]
    assert len(rows(database)) == 3


def test_a_group_keeps_the_order_of_its_deliveries(database: Database) -> None:
    contents = [str(number).encode() for number in range(50)]
    with database.writing() as session:
        ids = post.keep_all(session, [delivery(content) for content in contents])
    found = {row.id: row.blob_sha256 for row in rows(database)}
    assert [found[one] for one in ids] == [hashlib.sha256(content).hexdigest() for content in contents]


@pytest.mark.parametrize("in_a_group", [False, True])
def test_bytes_that_another_host_is_keeping_in_this_moment(database: Database, in_a_group: bool) -> None:
    """Kept alone they are linked to the other's row; a group is refused whole, and its keeper goes on one by one."""
    if database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time: there is no such moment")

    def ours() -> uuid.UUID | None:
        with database.writing() as session:
            if in_a_group:
                post.keep_all(session, [delivery(b"a form")])
            return post.keep(session, delivery(b"a form")).duplicate_of_id

    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            first = post.keep(session, delivery(b"a form")).id
            outcome = pool.submit(ours)
            wait_until_somebody_waits(database)
        if in_a_group:
            with pytest.raises(IntegrityError):
                outcome.result(10)
        else:
            assert outcome.result(10) == first
    assert len(rows(database)) == (1 if in_a_group else 2)


def wait_until_somebody_waits(database: Database) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with database.reading() as session:
            if session.scalar(sa.text("select count(*) from pg_locks where not granted")):
                return
        time.sleep(0.01)
    pytest.fail("nobody waits for the lock")


def test_characters_that_no_database_stores_do_not_lose_the_letter(database: Database) -> None:
    with database.writing() as session:
        post.keep_all(session, [delivery(b"a form", sender="a\0b\udcff@school.example" + "x" * 2000)])
    assert rows(database)[0].envelope_from.startswith("a?b?@school.example")


def test_whether_a_delivery_or_its_bytes_came_before_is_known(database: Database) -> None:
    first, other = delivery(b"a form", source="a"), delivery(b"another form", source="b")
    with database.writing() as session:
        post.keep(session, first)
    with database.reading() as session:
        assert post.before(session, "a", first.kept.sha256) is post.Before.DELIVERY
        assert post.before(session, "c", first.kept.sha256) is post.Before.BYTES
        assert post.before(session, "b", other.kept.sha256) is None
