"""A large body's records on both databases: finding people and schools, expecting everybody's assessments, checking history.

`python -m benchmarks scale` fills a database with 60,000 ECTs, 20,000 schools and 300,000 submissions, the same ones each
time, prints a table and ends with status 1 when a bar is missed. `--ects 6000` is quicker; everything else shrinks with it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from records import events, expectations, migrate, people, schools
from records.db import Database, connect
from records.events import Actor
from records.models.events import Event, EventDetail
from records.models.inductions import Assessment, FteSpell, Induction, Post
from records.models.people import Person
from records.models.schools import CalendarTerm, School
from records.models.submissions import Submission
from records.values import name_key
from tests.support import databases

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SEARCH_SECONDS = 0.05
EXPECT_SECONDS = 60.0
VERIFY_SECONDS = 2.0
EVENTS = 100_000
SEARCHES = 40
BATCH = 5_000
_SALT = "0123456789abcdef0123456789abcdef"
_FIRST = [
    "Ada",
    "Amina",
    "Beth",
    "Callum",
    "Chloë",
    "Dafydd",
    "Ewa",
    "Farah",
    "Gareth",
    "Hana",
    "Imran",
    "Jude",
    "Kofi",
    "Leila",
    "Mei",
    "Niamh",
    "Olu",
    "Priya",
    "Quinn",
    "Rosa",
    "Siân",
    "Tom",
]
_LAST = [
    "Abbott",
    "Bevan",
    "Çelik",
    "Davies",
    "Evans",
    "Farooq",
    "Green",
    "Hughes",
    "Iqbal",
    "Jones",
    "Kaur",
    "Łoś",
    "Moore",
    "Nowak",
    "O'Brien",
    "Patel",
    "Quigley",
    "Rees",
    "Shah",
    "Taylor",
]
_PLACES = [
    "Hill",
    "Vale",
    "Brook",
    "Mill",
    "Church",
    "Oak",
    "Elm",
    "Ash",
    "North",
    "South",
    "East",
    "West",
    "Park",
    "Lake",
    "Bridge",
    "Green",
    "Kings",
    "Queens",
    "Abbey",
    "Castle",
]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    database: str
    seconds: float
    bar: float


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale", description=__doc__)
    parser.add_argument("--ects", type=int, default=60_000)
    parser.add_argument("--events", type=int, default=EVENTS)
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    for name, opening in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with opening() as database:
            began = time.perf_counter()
            _fill(database, options.ects, Random(1))
            print(f"{name}: filled in {time.perf_counter() - began:.0f} s", flush=True)
            rows += _measure(name, database, options.ects, options.events)
    print(f"{'what':<44}{'database':<12}{'seconds':>10}{'bar':>8}")
    for row in rows:
        print(
            f"{row.what:<44}{row.database:<12}{row.seconds:>10.4f}{row.bar:>8.2f}{'' if row.seconds <= row.bar else '  MISSED'}"
        )
    return int(any(row.seconds > row.bar for row in rows))


@contextmanager
def _sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=".") as folder:
        database = connect(f"sqlite:///{Path(folder) / 'mailroom.db'}")
        migrate.upgrade(database)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def _postgresql() -> Iterator[Database]:
    with (
        databases.postgresql_server() as url,
        databases.postgresql_template(url) as template,
        databases.postgresql_database(url, template) as database,
    ):
        yield database


def _measure(name: str, database: Database, ects: int, count: int) -> list[Row]:
    chance = Random(2)
    numbers = [chance.randrange(ects) for _ in range(SEARCHES)]
    known = [_school(number) for number in range(ects // 3)]
    searches: dict[str, list[str]] = {
        "ECTs by a whole name": [" ".join(_name(number)) for number in numbers],
        "ECTs by the start of a last name": [_name(number)[1][:5] for number in numbers],
        "ECTs by TRN": [_trn(number) for number in numbers],
        "ECTs by a name that nobody has": [f"Zzyx{number}" for number in numbers],
        "ECTs by school": [known[number % len(known)]["name"] for number in numbers],
    }
    rows = [Row(what, name, _median(database, people.search_ects, words), SEARCH_SECONDS) for what, words in searches.items()]
    words = [known[number % len(known)]["name"] for number in numbers]
    rows.append(Row("schools by name", name, _median(database, schools.search, words), SEARCH_SECONDS))
    words = [known[number % len(known)]["urn"] for number in numbers]
    rows.append(Row("schools by URN", name, _median(database, schools.search, words), SEARCH_SECONDS))
    rows.append(Row("everybody's expected assessments", name, _expect(database), EXPECT_SECONDS))
    rows.append(Row("the same again, nothing changes", name, _expect(database), EXPECT_SECONDS))
    rows.append(Row(f"history of {count:,} events checked", name, _history(database, count), VERIFY_SECONDS))
    return rows


def _median(database: Database, search: Callable[..., list[Any]], words: list[str]) -> float:
    took = []
    for one in words:
        with database.reading() as session:
            began = time.perf_counter()
            search(session, one)
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def _expect(database: Database) -> float:
    began = time.perf_counter()
    with database.writing() as session:
        expectations.reschedule_all(session, Actor.machine("benchmark"), NOW)
    return time.perf_counter() - began


def _history(database: Database, count: int) -> float:
    subject = _id("person", 0)
    for start in range(0, count, BATCH):
        happened = [(_id("event", number), {"field": "trn", "after": number}) for number in range(start, start + BATCH)]
        _insert(database, Event, [_event(key, subject, detail) for key, detail in happened])
        _insert(database, EventDetail, [{"event_id": key, "salt": _SALT, "detail": detail} for key, detail in happened])
    while True:
        with database.writing() as session:
            if not events.seal(session, 5_000):
                break
    began = time.perf_counter()
    with database.reading() as session:
        assert events.verify(session).sound
    return time.perf_counter() - began


def _event(key: uuid.UUID, subject: uuid.UUID, detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": key,
        "kind": "corrected",
        "happened_at": NOW,
        "actor_kind": "machine",
        "actor_id": "benchmark",
        "subject_kind": "person",
        "subject_id": subject,
        "digest": events.digest_of(_SALT, detail),
    }


# ---- the records


def _fill(database: Database, ects: int, chance: Random) -> None:
    places = [_school(number) for number in range(ects // 3)]
    _insert(database, School, places)
    _insert(database, CalendarTerm, [_term(number) for number in range(3 * 14)])
    for start in range(0, ects, BATCH):
        rows: dict[type, list[dict[str, Any]]] = {}
        for number in range(start, min(ects, start + BATCH)):
            for table, row in _ect(number, places, chance):
                rows.setdefault(table, []).append(row)
        for table in (Person, Induction, Post, FteSpell, Assessment, Submission):
            _insert(database, table, rows.get(table, []))
    with database.writing() as session:
        session.execute(sa.text("ANALYZE"))


def _insert(database: Database, table: type, rows: list[dict[str, Any]]) -> None:
    with database.writing() as session:
        for start in range(0, len(rows), BATCH):
            session.execute(sa.insert(table), rows[start : start + BATCH])


def _id(kind: str, number: int) -> uuid.UUID:
    return uuid.UUID(int=Random(f"{kind}{number}").getrandbits(128), version=4)


def _name(number: int) -> tuple[str, str]:
    chance = Random(f"name{number}")
    last = chance.choice(_LAST)
    return chance.choice(_FIRST), f"{last}-{chance.choice(_LAST)}" if chance.random() < 0.4 else last


def _trn(number: int) -> str:
    return f"{1_000_000 + number * 7:07d}"


def _school(number: int) -> dict[str, Any]:
    chance = Random(f"school{number}")
    name = f"{chance.choice(_PLACES)} {chance.choice(_PLACES)} {chance.choice(['Primary School', 'Academy', 'High School'])} {number}"
    return {
        "id": _id("school", number),
        "name": name,
        "name_key": name_key(name),
        "urn": f"{100_000 + number}",
        "dfe_number": f"{2_000_000 + number}",
        "created_at": NOW,
    }


def _term(number: int) -> dict[str, Any]:
    year, which = 2014 + number // 3, number % 3
    begins = (date(year, 9, 2), date(year + 1, 1, 5), date(year + 1, 4, 20))[which]
    ends = (date(year, 12, 18), date(year + 1, 3, 31), date(year + 1, 7, 21))[which]
    return {"id": _id("term", number), "name": f"Term {number}", "starts_on": begins, "ends_on": ends}


def _ect(number: int, places: list[dict[str, Any]], chance: Random) -> Iterator[tuple[type, dict[str, Any]]]:
    first, last = _name(number)
    person, induction, post = _id("person", number), _id("induction", number), _id("post", number)
    began = date(2024 + chance.randrange(3), 9, 1)
    fact = {"source": "import", "certainty": "stated", "recorded_at": NOW}
    yield (
        Person,
        {
            "id": person,
            "first_name": first,
            "last_name": last,
            "first_key": name_key(first),
            "last_key": name_key(last),
            "trn": _trn(number),
            "date_of_birth": date(1990, 1, 1) + timedelta(days=chance.randrange(4_000)),
            "created_at": NOW,
        },
    )
    yield Induction, {"id": induction, "person_id": person, "starts_on": began, **fact}
    school = places[chance.randrange(len(places))]["id"]
    yield Post, {"id": post, "induction_id": induction, "school_id": school, "starts_on": began, **fact}
    yield FteSpell, {"id": _id("spell", number), "post_id": post, "starts_on": began, "fte": 1, **fact}
    for one in range(5):
        yield (
            Submission,
            {
                "id": _id("submission", number * 10 + one),
                "state": "accepted",
                "state_since": NOW,
                "received_at": NOW - timedelta(days=100 * one),
                "kind": "progress_review",
                "kind_status": "clear",
                "induction_id": induction,
                "match": "exact",
            },
        )
