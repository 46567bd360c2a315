"""The keeper: durable before it answers, groups that do not sink together, and a plain no when there is no room."""

import errno
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.keeping import MEMORY_BYTES, Keeper, NotKeeping, Postmark, Receipt
from records import blob_removal
from records.blobs import ABANDONED_SECONDS, FolderBlobs, Kept, StoreFailed, StoreFull, Unlinked
from records.db import Database
from records.models.post import BlobRemoval, Channel, StoredMessage
from tests.records.test_blobs import files, largest_file
from tests.support.post_office import now, wait_for

MARK = Postmark(Channel.FILE, source=None, envelope_to=("forms@body.example",))


def messages(database: Database) -> list[StoredMessage]:
    with database.reading() as session:
        found = list(session.scalars(sa.select(StoredMessage)))
        session.expunge_all()
        return found


def test_bytes_and_row_are_there_when_the_call_returns(database: Database, blobs: FolderBlobs) -> None:
    with Keeper(database, blobs, now) as keeper:
        receipt = keeper.keep_bytes(b"a form", MARK)
        (row,) = messages(database)
        assert (row.id, row.blob_sha256) == (receipt.message_id, receipt.kept.sha256)
        assert blobs.read(receipt.kept.sha256) == b"a form"


def test_many_at_once_share_commits_and_each_gets_its_own_row(database: Database, blobs: FolderBlobs) -> None:
    commits: list[sa.Connection] = []
    sa.event.listen(database.engine, "commit", commits.append)
    told: list[int] = []
    with Keeper(database, blobs, now, on_kept=lambda: told.append(1)) as keeper, ThreadPoolExecutor(40) as pool:
        with database.writing():
            # While this transaction holds the database (SQLite), or is open (PostgreSQL), deliveries pile up.
            outcomes = [pool.submit(keeper.keep_bytes, str(number).encode(), MARK) for number in range(200)]
            wait_for(lambda: len(list(blobs.names())) >= 40)
        receipts = [outcome.result(20) for outcome in outcomes]
    assert len({receipt.message_id for receipt in receipts}) == 200
    assert {row.id: row.blob_sha256 for row in messages(database)} == {
        receipt.message_id: receipt.kept.sha256 for receipt in receipts
    }
    assert [blobs.read(receipt.kept.sha256) for receipt in receipts] == [str(number).encode() for number in range(200)]
    assert 0 < len(told) <= 200
    if database.is_sqlite:
        assert len(commits) < 100, "a group shares one commit"


def test_one_bad_row_does_not_take_its_group_with_it(database: Database, blobs: FolderBlobs) -> None:
    bad = Postmark(Channel.FILE, authentication={"not JSON": object()})
    with Keeper(database, blobs, now) as keeper, ThreadPoolExecutor(20) as pool:
        with database.writing():
            good = [pool.submit(keeper.keep_bytes, str(number).encode(), MARK) for number in range(10)]
            wrong = pool.submit(keeper.keep_bytes, b"wrong", bad)
            wait_for(lambda: len(list(blobs.names())) == 11)
        assert all(isinstance(outcome.result(20), Receipt) for outcome in good)
        with pytest.raises(Exception, match="not JSON serializable"):
            wrong.result(20)
    assert len(messages(database)) == 10


def test_the_same_source_again_brings_the_same_receipt(database: Database, blobs: FolderBlobs) -> None:
    mark = Postmark(Channel.MAILBOX, source="box/7/42")
    with Keeper(database, blobs, now) as keeper:
        assert keeper.keep_bytes(b"a form", mark) == keeper.keep_bytes(b"a form", mark)
    assert len(messages(database)) == 1


def test_a_long_delivery_goes_to_its_file_in_stretches(sqlite: Database, blobs: FolderBlobs) -> None:
    content = os.urandom(3 * MEMORY_BYTES + 17)
    with Keeper(sqlite, blobs, now) as keeper:
        arrival = keeper.arrival()
        for at in range(0, len(content), MEMORY_BYTES):
            arrival.add(content[at : at + MEMORY_BYTES])
            arrival.spill()
            assert arrival.in_memory == 0
        assert sum(file.stat().st_size for file in files(blobs)) == len(content)
        receipt = keeper.submit(arrival, MARK).result(20)
        assert blobs.read(receipt.kept.sha256) == content


def test_what_is_dropped_midway_leaves_nothing_even_while_it_is_being_written(sqlite: Database, blobs: FolderBlobs) -> None:
    with Keeper(sqlite, blobs, now) as keeper:
        arrival = keeper.arrival()
        arrival.add(b"x" * (32 * MEMORY_BYTES))
        writing = threading.Thread(target=arrival.spill)
        writing.start()
        arrival.drop()
        writing.join()
        arrival.spill()
        assert files(blobs) == []
        with pytest.raises(ValueError, match="dropped"):
            keeper.submit(arrival, MARK).result(20)
    assert messages(sqlite) == []


def test_a_full_disk_is_said_and_nothing_is_kept(sqlite: Database, tmp_path: Path) -> None:
    full = FolderBlobs(tmp_path / "full", reserve_bytes=1 << 60)
    with Keeper(sqlite, full, now) as keeper:
        assert not keeper.has_room()
        with pytest.raises(StoreFull):
            keeper.keep_bytes(b"a form", MARK)
        assert keeper.accepting, "there may be room again in a moment"
    assert (messages(sqlite), files(full)) == ([], [])


def test_a_disk_that_fills_up_while_writing_is_full_for_that_delivery_only(sqlite: Database, blobs: FolderBlobs) -> None:
    with Keeper(sqlite, blobs, now) as keeper:
        with largest_file(8 << 20):
            with pytest.raises(StoreFull):
                keeper.keep_bytes(b"x" * (9 << 20), MARK)
            keeper.keep_bytes(b"a form", MARK)
        assert keeper.accepting
    assert len(messages(sqlite)) == 1
    assert len(files(blobs)) == 1


def test_a_full_database_is_full(sqlite: Database, blobs: FolderBlobs) -> None:
    with Keeper(sqlite, blobs, now) as keeper:
        keeper.keep_bytes(b"fits", MARK)

        @sa.event.listens_for(sqlite.engine, "begin")
        def no_more_pages(connection: sa.Connection) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count=1")

        bulky = Postmark(Channel.FILE, envelope_to=("x" * 1000,) * 5000)
        with pytest.raises(StoreFull):
            keeper.keep_bytes(b"does not fit", bulky)
        assert keeper.accepting
    assert len(messages(sqlite)) == 1


def test_a_failed_fsync_ends_keeping_for_good(sqlite: Database, blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    with Keeper(sqlite, blobs, now) as keeper:
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", fail)
            with pytest.raises(StoreFailed):
                keeper.keep_bytes(b"a form", MARK)
        # The disk says it is well again, which after a lost write means nothing.
        with pytest.raises(NotKeeping):
            keeper.keep_bytes(b"a form", MARK)
        assert not keeper.accepting
    assert messages(sqlite) == []


def test_a_database_that_is_away_refuses_and_recovers(sqlite: Database, blobs: FolderBlobs) -> None:
    with Keeper(sqlite, blobs, now) as keeper:
        with sqlite.engine.connect() as connection:
            connection.execute(sa.text("ALTER TABLE message RENAME TO gone"))
            connection.commit()
        with pytest.raises(sa.exc.OperationalError):
            keeper.keep_bytes(b"a form", MARK)
        with sqlite.engine.connect() as connection:
            connection.execute(sa.text("ALTER TABLE gone RENAME TO message"))
            connection.commit()
        keeper.keep_bytes(b"a form", MARK)
    assert len(messages(sqlite)) == 1


def test_closing_finishes_what_was_taken_and_takes_no_more(database: Database, blobs: FolderBlobs) -> None:
    keeper = Keeper(database, blobs, now)
    outcomes = []
    for number in range(50):
        arrival = keeper.arrival()
        arrival.add(str(number).encode())
        outcomes.append(keeper.submit(arrival, MARK))
    keeper.close()
    assert all(outcome.done() and outcome.exception() is None for outcome in outcomes)
    assert len(messages(database)) == 50
    with pytest.raises(NotKeeping):
        keeper.keep_bytes(b"late", MARK)


def test_the_row_is_committed_before_the_answer_and_the_bytes_are_safe_before_the_row(
    sqlite: Database, blobs: FolderBlobs
) -> None:
    """Seen from outside at each commit: the blob stands under its name; at the answer: another connection sees the row."""
    unsafe: list[str] = []

    @sa.event.listens_for(sqlite.engine, "before_cursor_execute")
    def look(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO message") and not list(blobs.names()):
            unsafe.append(statement)

    seen: list[int] = []
    with Keeper(sqlite, blobs, now) as keeper:
        arrival = keeper.arrival()
        arrival.add(b"a form")
        outcome = keeper.submit(arrival, MARK)
        outcome.add_done_callback(lambda _done: seen.append(len(messages(sqlite))))
        outcome.result(20)
        wait_for(lambda: bool(seen))
    assert (unsafe, seen) == ([], [1])


def test_starting_sweeps_what_an_earlier_process_left(sqlite: Database, blobs: FolderBlobs) -> None:
    litter = blobs.unfinished / "left"
    litter.write_bytes(b"half a message")
    old = time.time() - ABANDONED_SECONDS - 5
    os.utime(litter, (old, old))
    Keeper(sqlite, blobs, now).close()
    assert files(blobs) == []


def test_bytes_let_go_between_their_keeping_and_their_row_are_not_acknowledged(database: Database, blobs: FolderBlobs) -> None:
    """The same letter comes again while retention unlinks the first one's bytes: kept or refused, never a row without bytes."""
    marked = blobs.put(b"again").sha256
    with database.writing() as session:
        session.add(BlobRemoval(sha256=marked, asked_at=now()))

    def kept_then_let_go(content: bytes) -> Kept:
        kept = blobs.put(content)
        with database.writing() as session:
            assert blob_removal.settle(session, marked)
            blobs.remove(marked)
        return kept

    with Keeper(database, blobs, now) as keeper:
        arrival = keeper.arrival()
        arrival.keep = lambda: kept_then_let_go(b"again")  # type: ignore[method-assign]
        with pytest.raises(Unlinked):
            keeper.submit(arrival, MARK).result(20)
        assert messages(database) == []
        receipt = keeper.keep_bytes(b"again", MARK)
        assert blobs.read(receipt.kept.sha256) == b"again"


def test_bytes_that_come_again_while_they_are_to_be_let_go_stay(database: Database, blobs: FolderBlobs) -> None:
    """The unlinking transaction and the row's transaction wait for each other, so one of them sees what the other did."""
    marked = blobs.put(b"again").sha256
    with database.writing() as session:
        session.add(BlobRemoval(sha256=marked, asked_at=now()))
    with Keeper(database, blobs, now) as keeper, ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            assert blob_removal.settle(session, marked)
            outcome = pool.submit(keeper.keep_bytes, b"again", MARK)
            wait_for(lambda: keeper._waiting.empty() and keeper._unsafe == 0)
            with pytest.raises(TimeoutError):
                outcome.result(0.3)  # the row waits for the unlinking to end
            blobs.remove(marked)
        with pytest.raises(Unlinked):
            outcome.result(20)
    assert messages(database) == []
