"""Rate limits in the database, on both kinds."""

from datetime import timedelta

from records import tries
from records.db import Database
from records.models.accounts import Tries
from tests.support.builders import NOW

FEW = tries.Limit("few", 3, timedelta(minutes=10), timedelta(seconds=10))


def test_after_the_free_tries_a_place_waits_and_another_does_not(database: Database) -> None:
    for number in range(3):
        with database.writing() as session:
            assert not tries.must_wait(session, FEW, "192.0.2.7", NOW), number
            tries.note(session, FEW, "192.0.2.7", NOW)
    with database.reading() as session:
        assert tries.must_wait(session, FEW, "192.0.2.7", NOW + timedelta(seconds=9))
        assert not tries.must_wait(session, FEW, "192.0.2.7", NOW + timedelta(seconds=10)), "slowed, never locked"
        assert not tries.must_wait(session, FEW, "192.0.2.8", NOW)
        assert not tries.must_wait(session, tries.PASSWORDS, "192.0.2.7", NOW)
        assert "192.0.2.7" not in {row.key for row in session.query(Tries)}


def test_a_new_window_begins_after_the_old_one(database: Database) -> None:
    later = NOW + FEW.within
    with database.writing() as session:
        for _try in range(5):
            tries.note(session, FEW, "192.0.2.7", NOW)
        tries.note(session, FEW, "192.0.2.7", later)
        assert not tries.must_wait(session, FEW, "192.0.2.7", later + timedelta(seconds=1))


def test_nowhere_is_not_counted(sqlite: Database) -> None:
    with sqlite.writing() as session:
        tries.note(session, FEW, "", NOW)
        assert session.query(Tries).count() == 0
        assert not tries.must_wait(session, FEW, "", NOW)
