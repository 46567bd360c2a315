"""The history: chained, checkable, and erasable in its details without breaking."""

from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import events
from records.db import Database
from records.models.base import utc_text
from records.models.events import Event, EventDetail
from tests.support.builders import LATER, MACHINE, NOW, a_message


def _three(database: Database) -> None:
    with database.writing() as session:
        message = a_message(session)
        for number in range(3):
            events.record(session, "looked", message, MACHINE, NOW, detail={"number": number})


def _drop(session: Session, trigger: str) -> None:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    session.execute(sa.text(f"DROP TRIGGER {trigger}{' ON event' if on_postgresql else ''}"))


def test_sealing_numbers_events_from_one_without_gaps(database: Database) -> None:
    _three(database)
    with database.writing() as session:
        assert events.seal(session, limit=2) == 2
        assert events.seal(session) == 1
        assert events.seal(session) == 0
    with database.reading() as session:
        assert session.scalars(sa.select(Event.number).order_by(Event.number)).all() == [1, 2, 3]
        found = events.verify(session)
    assert (found.sound, found.checked, found.unsealed) == (True, 3, 0)


def test_unsealed_events_are_counted_not_checked(database: Database) -> None:
    _three(database)
    with database.reading() as session:
        assert (events.verify(session).checked, events.verify(session).unsealed) == (0, 3)


def test_an_altered_detail_is_found(database: Database) -> None:
    _three(database)
    with database.writing() as session:
        events.seal(session)
        victim = session.scalars(sa.select(EventDetail)).first()
        assert victim is not None
        victim.detail = {"number": 99}
    with database.reading() as session:
        found = events.verify(session)
    assert not found.sound
    assert found.wrong_details == (victim.event_id,)


def test_erased_details_leave_the_chain_sound(database: Database) -> None:
    _three(database)
    with database.writing() as session:
        events.seal(session)
        session.execute(sa.delete(EventDetail))
    with database.reading() as session:
        assert events.verify(session).sound


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'forged'",
        "happened_at = '2020-02-29 12:00:00.000000'",
        "actor_kind = 'person'",
        "actor_id = 'somebody else'",
        "subject_kind = 'person'",
        "subject_id = '0123456789abcdef0123456789abcdef'",
        "induction_id = '0123456789abcdef0123456789abcdef'",
        "digest = chain",
        "number = 4",
    ],
)
def test_a_changed_event_breaks_the_chain_where_it_stands(database: Database, change: str) -> None:
    _three(database)
    with database.writing() as session:
        events.seal(session)
    with database.writing() as session:
        # Somebody with the database in hand can drop the trigger; the chain still tells.
        _drop(session, "event_is_sealed_once")
        session.execute(sa.text(f"UPDATE event SET {change} WHERE number = 2"))
    with database.reading() as session:
        assert events.verify(session).broken_at == 2


def test_events_that_changed_places_break_the_chain(database: Database) -> None:
    _three(database)
    with database.writing() as session:
        events.seal(session)
    with database.writing() as session:
        _drop(session, "event_is_sealed_once")
        for old, new in ((2, 9), (3, 2), (9, 3)):
            session.execute(sa.text(f"UPDATE event SET number = {new} WHERE number = {old}"))
    with database.reading() as session:
        assert events.verify(session).broken_at == 2


def test_a_removed_event_breaks_the_chain(database: Database) -> None:
    _three(database)
    with database.writing() as session:
        events.seal(session)
        session.execute(sa.delete(EventDetail))
    with database.writing() as session:
        _drop(session, "event_stays")
        session.execute(sa.text("DELETE FROM event WHERE number = 2"))
    with database.reading() as session:
        assert events.verify(session).broken_at == 2


def test_an_event_holds_no_detail_itself(sqlite: Database) -> None:
    with sqlite.writing() as session:
        events.record(session, "looked", a_message(session), MACHINE, LATER, detail={"name": "Zebedee Marchbanks"})
        row = session.execute(sa.text("SELECT * FROM event")).one()
    assert "Marchbanks" not in " ".join(map(str, row))


def test_a_moment_is_hashed_as_the_same_text_wherever_it_is_stored(database: Database) -> None:
    moment = datetime(2026, 7, 1, 0, 30, 0, 120, tzinfo=timezone(timedelta(hours=1)))
    with database.writing() as session:
        events.record(session, "looked", a_message(session), MACHINE, moment)
        session.flush()
        assert session.scalars(sa.select(utc_text(Event.happened_at))).all() == ["2026-06-30 23:30:00.000120"]
