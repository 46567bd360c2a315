"""The history: chained, checkable, and erasable in its details without breaking."""

import sqlalchemy as sa

from records import events
from records.db import Database
from records.models.events import Event, EventDetail
from tests.support.builders import LATER, MACHINE, NOW, a_message


def _three(database: Database) -> None:
    with database.writing() as session:
        message = a_message(session)
        for number in range(3):
            events.record(session, "looked", message, MACHINE, NOW, detail={"number": number})


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


def test_a_changed_event_breaks_the_chain_where_it_stands(sqlite: Database) -> None:
    _three(sqlite)
    with sqlite.writing() as session:
        events.seal(session)
        # Somebody with the file in hand can drop the trigger; the chain still tells.
        session.execute(sa.text("DROP TRIGGER event_is_sealed_once"))
        session.execute(sa.text("UPDATE event SET kind = 'forged' WHERE number = 2"))
    with sqlite.reading() as session:
        assert events.verify(session).broken_at == 2


def test_a_removed_event_breaks_the_chain(sqlite: Database) -> None:
    _three(sqlite)
    with sqlite.writing() as session:
        events.seal(session)
        session.execute(sa.delete(EventDetail))
        session.execute(sa.text("DROP TRIGGER event_stays"))
        session.execute(sa.text("DELETE FROM event WHERE number = 2"))
    with sqlite.reading() as session:
        assert events.verify(session).broken_at == 2


def test_an_event_holds_no_detail_itself(sqlite: Database) -> None:
    with sqlite.writing() as session:
        events.record(session, "looked", a_message(session), MACHINE, LATER, detail={"name": "Zebedee Marchbanks"})
        row = session.execute(sa.text("SELECT * FROM event")).one()
    assert "Marchbanks" not in " ".join(map(str, row))
