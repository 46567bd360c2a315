"""Leases: one holder at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from records import leases
from records.db import Database

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def take(database: Database, holder: str, now: datetime = NOW) -> bool:
    with database.writing() as session:
        return leases.take(session, "mailbox", holder, now, MINUTE)


def test_a_lease_has_one_holder_until_it_runs_out(database: Database) -> None:
    assert take(database, "one")
    assert not take(database, "two")
    assert take(database, "one", NOW + MINUTE / 2), "the holder prolongs it"
    assert not take(database, "two", NOW + MINUTE), "prolonged"
    assert take(database, "two", NOW + 2 * MINUTE)


def test_a_lease_given_back_is_free_and_only_its_holder_gives_it_back(database: Database) -> None:
    assert take(database, "one")
    with database.writing() as session:
        leases.let_go(session, "mailbox", "two")
    assert not take(database, "two")
    with database.writing() as session:
        leases.let_go(session, "mailbox", "one")
    assert take(database, "two")


def test_of_many_hosts_at_once_one_gets_it(database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(lambda number: take(database, f"host {number}"), range(6)))
    assert got.count(True) == 1
