"""A watcher and a real Dovecot: what comes is kept first and moved then, whatever the line or the server does."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from ingest.mailbox_names import encoded
from ingest.mailbox_settings import Password
from records import backup_runs, leases, restored
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor
from records.mailboxes import Standing
from records.models.clock import Lease
from records.models.post import Channel
from records.states import MessageState
from tests.support.builders import an_administrator
from tests.support.dovecot import Dovecot, dovecot
from tests.support.letters import letter
from tests.support.mailboxes import Cable, now, rows, settings, watching
from tests.support.post_office import wait_for

WITHOUT_MOVE = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS IDLE\n"
WITHOUT_ANYTHING = "imap_capability = IMAP4rev1 SASL-IR\n"


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as one:
        yield one


def texts(*numbers: int) -> list[bytes]:
    return [letter(text=f"Letter {number}.", message_id=f"<{number}@hill.example>") for number in numbers]


def test_what_lies_there_is_kept_as_it_came_and_moved_unread(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    sent = texts(1, 2, 3)
    for one in sent:
        server.deliver(one)
    with watching(sqlite, blobs, settings(server.port)):
        wait_for(lambda: server.count("Processed") == 3 and server.count() == 0)
    kept = rows(sqlite)
    assert sorted(blobs.read(one.blob_sha256 or "") for one in kept) == sorted(sent)
    assert {one.channel for one in kept} == {Channel.MAILBOX}
    assert {one.state for one in kept} == {MessageState.RECEIVED}
    assert all((one.source or "").startswith("imap:forms:") for one in kept)
    assert len({one.source for one in kept}) == 3
    assert server.flags("Processed") == ["", "", ""]


def test_a_letter_that_comes_later_is_fetched_without_waiting_for_the_next_look(
    server: Dovecot, sqlite: Database, blobs: FolderBlobs
) -> None:
    with watching(sqlite, blobs, settings(server.port, poll_seconds=300)) as watch:
        wait_for(lambda: (found := watch.condition()) is not None and found.standing is Standing.WATCHED)
        for number in range(1, 4):
            server.deliver(texts(number)[0])
            wait_for(lambda number=number: server.count("Processed") == number)  # type: ignore[misc]
    assert len(rows(sqlite)) == 3


def test_a_server_that_cannot_idle_is_asked_again_and_again(sqlite: Database, blobs: FolderBlobs) -> None:
    with (
        dovecot(more=WITHOUT_ANYTHING + "mail_max_userip_connections = 1\n") as server,
        watching(sqlite, blobs, settings(server.port, poll_seconds=0.2)) as watch,
    ):
        wait_for(lambda: watch.condition() is not None)
        server.deliver(texts(1)[0])
        wait_for(lambda: server.flags("Processed") == [""])


def test_letters_that_somebody_has_read_are_fetched_too(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    for one in texts(1, 2):
        server.deliver(one)
    with server.session() as other:
        other.select()
        other.store("1:2", "+FLAGS", r"\Seen")
    with watching(sqlite, blobs, settings(server.port)):
        wait_for(lambda: server.count("Processed") == 2)
    assert len(rows(sqlite)) == 2


def test_where_move_is_missing_letters_are_copied_and_only_they_are_removed(sqlite: Database, blobs: FolderBlobs) -> None:
    with dovecot(more=WITHOUT_MOVE) as server, Cable(server.port) as cable:
        for one in texts(1, 2):
            server.deliver(one)
        with watching(sqlite, blobs, settings(cable.port)):
            wait_for(lambda: server.count("Processed") == 2 and server.count() == 0)
        # A plain EXPUNGE would also remove what other people have marked.
        assert b" EXPUNGE " in cable.said
        assert b" EXPUNGE\r\n" not in cable.said
        assert b"MOVE" not in cable.said
        assert server.flags("Processed") == ["", ""]
    assert len(rows(sqlite)) == 2


def test_where_nothing_can_be_removed_letters_are_copied_once(sqlite: Database, blobs: FolderBlobs) -> None:
    with dovecot(more=WITHOUT_ANYTHING) as server:
        for one in texts(1, 2):
            server.deliver(one)
        for _ in range(2):
            with watching(sqlite, blobs, settings(server.port, poll_seconds=0.1)) as watch:
                wait_for(lambda: server.count("Processed") == 2)
                looked = watch.condition()
                wait_for(lambda: watch.condition() != looked)  # noqa: B023
        assert (server.count("Processed"), server.count()) == (2, 2)
        assert server.flags() == ["T", "T"]
    assert len(rows(sqlite)) == 2


@pytest.mark.parametrize("name", ["Erledigt & geprüft", 'a "quoted" name', "back\\slash", "台北 forms", "100 % (done) *"])
def test_folders_may_have_odd_names(server: Dovecot, sqlite: Database, blobs: FolderBlobs, name: str) -> None:
    server.deliver(texts(1)[0])
    with watching(sqlite, blobs, settings(server.port, processed_folder=name)):
        wait_for(lambda: server.count(encoded(name)) == 1)
    # And such a folder can be watched.
    with sqlite.writing() as session:
        session.execute(sa.delete(Lease))
    with watching(sqlite, blobs, settings(server.port, name="odd", folder=name, processed_folder="Back")):
        wait_for(lambda: server.count("Back") == 1)
    assert len(rows(sqlite)) == 2


def test_a_move_that_fails_is_harmless_and_tried_again(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    server.deliver(texts(1)[0])
    impossible = "/".join(["x" * 250] * 3)
    with watching(sqlite, blobs, settings(server.port, processed_folder=impossible, poll_seconds=0.1)) as watch:
        wait_for(lambda: "cannot be moved" in watch.words())
        condition = watch.condition()
        assert condition is not None
        assert (condition.standing, condition.left_behind) == (Standing.WATCHED, 1)
    assert (len(rows(sqlite)), server.count()) == (1, 1)
    with watching(sqlite, blobs, settings(server.port)):
        wait_for(lambda: server.count("Processed") == 1)
    assert len(rows(sqlite)) == 1


def test_a_folder_that_counts_anew_loses_nothing_and_files_nothing_twice(
    server: Dovecot, sqlite: Database, blobs: FolderBlobs
) -> None:
    impossible = "/".join(["x" * 250] * 3)
    for one in texts(1, 2):
        server.deliver(one)
    with watching(sqlite, blobs, settings(server.port, processed_folder=impossible)) as watch:
        wait_for(lambda: "cannot be moved" in watch.words())
    server.kill()
    server.count_anew()
    server.start()
    server.deliver(texts(3)[0])
    with watching(sqlite, blobs, settings(server.port)):
        wait_for(lambda: server.count("Processed") == 3)
    firsts = [one for one in rows(sqlite) if one.duplicate_of_id is None]
    assert len({one.blob_sha256 for one in firsts}) == len(firsts) == 3
    # The two that were there before stand a second time, each linked to its first.
    assert len(rows(sqlite)) == 5


def test_an_old_number_on_another_letter_does_not_hide_it(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    server.deliver(texts(1)[0])
    with watching(sqlite, blobs, settings(server.port)):
        wait_for(lambda: server.count("Processed") == 1)
    (first,) = rows(sqlite)
    # Some servers give numbers again, and somebody may point the name at another mailbox whose numbers are alike.
    with sqlite.writing() as session:
        session.merge(first).source = (first.source or "").rpartition(":")[0] + ":2"
    server.deliver(texts(2)[0])
    with watching(sqlite, blobs, settings(server.port)):
        wait_for(lambda: server.count("Processed") == 2)
    assert len({one.blob_sha256 for one in rows(sqlite)}) == 2


def test_a_letter_that_is_too_large_is_put_aside_with_a_note(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    large = letter(text="x " * 40_000, subject="Very large")
    server.deliver(large)
    server.deliver(texts(1)[0])
    with watching(sqlite, blobs, settings(server.port, max_bytes=50_000)):
        wait_for(lambda: server.count("Too large") == 1 and server.count("Processed") == 1)
    assert server.letters("Too large") == [large]
    kept = [blobs.read(one.blob_sha256 or "") for one in rows(sqlite)]
    (note,) = [one for one in kept if b"Very large" in one]
    assert len(note) < 2_000
    assert "It was not fetched" in note.decode()


@pytest.mark.timeout(300)
def test_a_folder_of_thousands_is_taken_in(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    number = 1_300
    for one in range(number):
        server.deliver(b"Subject: form %d\r\n\r\nhello\r\n" % one)
    with watching(sqlite, blobs, settings(server.port)):
        wait_for(lambda: server.count("Processed") == number, 240)
    assert len({one.blob_sha256 for one in rows(sqlite)}) == len(rows(sqlite)) == number


def test_thousands_of_news_about_other_letters_do_not_stop_the_watcher(
    server: Dovecot, sqlite: Database, blobs: FolderBlobs
) -> None:
    """aioimaplib's stack overflows with an answer of about a thousand lines, whoever asked for it."""
    impossible = "/".join(["x" * 250] * 3)
    for one in range(1_300):
        server.deliver(b"Subject: form %d\r\n\r\nhello\r\n" % one)
    box = settings(server.port, processed_folder=impossible, max_bytes=1_000_000)
    with watching(sqlite, blobs, box) as watch:
        wait_for(lambda: "cannot be moved" in watch.words(), 90)
        with server.session() as other:
            other.select()
            other.store("1:*", "+FLAGS.SILENT", r"\Flagged")
        server.deliver(texts(1)[0])
        wait_for(lambda: len(rows(sqlite)) == 1_301, 60)


@pytest.mark.parametrize("after", [0, 40, 900, 1_400, 30_000, 70_000])
@pytest.mark.parametrize("how", ["cut_after_bytes", "silent_after_bytes"])
def test_a_line_that_ends_or_falls_silent_anywhere_is_made_anew(
    server: Dovecot, sqlite: Database, blobs: FolderBlobs, after: int, how: str
) -> None:
    """The greeting, the sign-in, the list of sizes, the middle of a literal: by bytes from the server."""
    sent = [letter(text=f"{number} " * 20_000) for number in range(2)]
    for one in sent:
        server.deliver(one)
    with Cable(server.port) as cable:
        setattr(cable, how, after)
        with watching(sqlite, blobs, settings(cable.port, command_seconds=0.5)):
            wait_for(lambda: server.count("Processed") == 2)
        assert cable.connections >= 2
    assert sorted(blobs.read(one.blob_sha256 or "") for one in rows(sqlite)) == sorted(sent)
    assert len(rows(sqlite)) == 2


def test_a_line_that_is_cut_while_idle_is_made_anew_at_once(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    with Cable(server.port) as cable, watching(sqlite, blobs, settings(cable.port, poll_seconds=300)) as watch:
        wait_for(lambda: b"IDLE" in cable.said)
        cable.cut()
        wait_for(lambda: cable.said.count(b" IDLE\r\n") == 2)
        server.deliver(texts(1)[0])
        wait_for(lambda: server.count("Processed") == 1)
        wait_for(lambda: watch.words() == "")


def test_a_server_process_that_dies_while_idle_is_followed_by_another(
    server: Dovecot, sqlite: Database, blobs: FolderBlobs
) -> None:
    with watching(sqlite, blobs, settings(server.port, poll_seconds=300)) as watch:
        wait_for(lambda: watch.condition() is not None and len(server.workers("imap")) == 1)
        os.kill(server.workers("imap")[0], signal.SIGKILL)
        server.deliver(texts(1)[0])
        wait_for(lambda: server.count("Processed") == 1)


def test_a_server_that_is_away_is_waited_for(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    server.deliver(texts(1)[0])
    server.kill()
    with watching(sqlite, blobs, settings(server.port)) as watch:
        wait_for(lambda: watch.words().startswith("The server cannot be reached"))
        condition = watch.condition()
        assert condition is not None
        assert condition.standing is Standing.IN_TROUBLE
        server.start()
        wait_for(lambda: server.count("Processed") == 1)
        wait_for(lambda: watch.words() == "")


def test_a_refused_password_is_told_and_not_hammered(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    box = settings(server.port, sign_in=Password("wrong"))
    with Cable(server.port) as cable, watching(sqlite, blobs, settings(cable.port, sign_in=box.sign_in)) as watch:
        wait_for(lambda: watch.words() != "")
        condition = watch.condition()
        assert condition is not None
        assert condition.standing is Standing.REFUSED
        assert condition.words.startswith("The server does not accept the sign-in: [AUTHENTICATIONFAILED]")
        assert "wrong" not in condition.words
        # The usual pause in these tests is a fraction of a second; after a refusal it is a minute.
        time.sleep(1)
        assert cable.connections == 1


def test_a_folder_that_is_not_there_is_told(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    with watching(sqlite, blobs, settings(server.port, folder="Forms")) as watch:
        wait_for(lambda: watch.words().startswith("The folder “Forms” cannot be opened: "))


def test_one_host_at_a_time_watches_and_another_follows_when_it_stops(
    server: Dovecot, sqlite: Database, blobs: FolderBlobs
) -> None:
    def held_until() -> datetime:
        with sqlite.reading() as session:
            return session.scalars(sa.select(Lease.held_until)).one()

    lasts = timedelta(seconds=4)
    with (
        Cable(server.port) as first_cable,
        Cable(server.port) as second_cable,
        watching(sqlite, blobs, settings(first_cable.port, lease_seconds=4), "host-1") as first,
    ):
        wait_for(lambda: first_cable.connections == 1)
        begun = held_until()
        with watching(sqlite, blobs, settings(second_cable.port, lease_seconds=4), "host-2"):
            # The first lease would have run out by now, and the second host has not even connected.
            wait_for(lambda: held_until() > begun + lasts)
            assert (first_cable.connections, second_cable.connections) == (1, 0)
            first.stop()
            wait_for(lambda: second_cable.connections == 1)
            server.deliver(texts(1)[0])
            wait_for(lambda: server.count("Processed") == 1)
    with sqlite.reading() as session:
        assert session.scalars(sa.select(Lease)).all() == []


def test_a_host_that_died_is_followed_when_its_lease_has_run_out(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    with sqlite.writing() as session:
        assert leases.take(session, "mailbox:forms", "a host that died", now(), timedelta(seconds=1))
    server.deliver(texts(1)[0])
    with watching(sqlite, blobs, settings(server.port, lease_seconds=1)):
        wait_for(lambda: server.count("Processed") == 1)


def test_a_host_that_lost_its_lease_lets_go_of_the_mailbox(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    with Cable(server.port) as cable, watching(sqlite, blobs, settings(cable.port, lease_seconds=1)):
        wait_for(lambda: b" IDLE\r\n" in cable.said)
        with sqlite.writing() as session:
            session.execute(sa.update(Lease).values(held_by="another host", held_until=now() + timedelta(minutes=5)))
        wait_for(lambda: server.workers("imap") == [])


def test_a_full_disk_leaves_the_letter_where_it_is(server: Dovecot, sqlite: Database, blobs: FolderBlobs) -> None:
    server.deliver(texts(1)[0])
    blobs.reserve_bytes = 1 << 60
    with watching(sqlite, blobs, settings(server.port)) as watch:
        wait_for(lambda: watch.words().startswith("There is no room"))
        assert (len(rows(sqlite)), server.count()) == (0, 1)
        blobs.reserve_bytes = 0
        wait_for(lambda: server.count("Processed") == 1)


def test_a_restored_copy_takes_no_letters_away_until_somebody_confirms(
    server: Dovecot, sqlite: Database, blobs: FolderBlobs
) -> None:
    with sqlite.writing() as session:
        administrator = an_administrator(session)
        backup_runs.begin(session, "the-last", ["cellar"], now())
        restored.mark(session, now() - timedelta(hours=6), now(), Actor.machine("restoring"))
    server.deliver(texts(1)[0])
    with Cable(server.port) as cable, watching(sqlite, blobs, settings(cable.port)) as watch:
        wait_for(lambda: "letters stay in the mailbox until an administrator confirms" in watch.words())
        assert (cable.connections, server.count()) == (0, 1)
        with sqlite.writing() as session:
            restored.confirm(session, administrator, now())
        wait_for(lambda: server.count("Processed") == 1)
