"""Training in data protection."""

from datetime import date, timedelta

import pytest

from notifications import training as letters
from records import accounts, people, training
from records.db import Database
from records.models.notices import Notice
from records.models.people import Role
from records.values import Wrong, local_day
from tests.support import builders
from tests.support.builders import NOW

TODAY = local_day(NOW)


def test_training_is_due_again_after_its_days_and_a_letter_goes_once_a_week(database: Database) -> None:
    with database.writing() as session:
        rosa, ines = (
            accounts.add_account(
                session,
                user_name=name,
                first_name=name,
                last_name="Tester",
                roles=[Role.ASSESSOR],
                now=NOW,
                actor=builders.MACHINE,
            )
            for name in ("rosa", "ines")
        )
        people.add_address(session, rosa.person, "rosa@northmere.example", NOW)
        session.refresh(rosa.person)
        training.note(session, rosa, TODAY - timedelta(days=365), builders.MACHINE, NOW)
        training.note(session, ines, TODAY - timedelta(days=364), builders.MACHINE, NOW)
        assert [one.user_name for one in training.due(session, TODAY, 365)] == ["rosa"]
        assert training.due(session, TODAY, 0) == []
        assert [letters.ask_for(session, TODAY, 365, NOW) for _again in range(2)] == [1, 1]
        assert [one.to_address for one in session.query(Notice)] == ["rosa@northmere.example"]
        next_week = TODAY + timedelta(days=7)
        assert letters.ask_for(session, next_week, 365, NOW + timedelta(days=7)) == 1, "ines has no address"
        assert session.query(Notice).count() == 2
        accounts.close_account(session, rosa, builders.MACHINE, NOW)
        assert training.due(session, TODAY, 365) == []


def test_a_training_lies_in_the_past(sqlite: Database) -> None:
    with sqlite.writing() as session:
        rosa = accounts.add_account(
            session, user_name="rosa", first_name="R", last_name="T", roles=[Role.ASSESSOR], now=NOW, actor=builders.MACHINE
        )
        with pytest.raises(Wrong, match="past"):
            training.note(session, rosa, date(2030, 1, 1), builders.MACHINE, NOW)
