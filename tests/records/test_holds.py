"""Holds: placed and lifted by people only, and what they keep back."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from records import holds
from records.db import Database
from records.models.inductions import Induction
from records.states import NotAllowed
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, a_school, an_administrator, an_ect


def test_a_hold_stands_until_it_is_lifted(database: Database) -> None:
    with database.writing() as session:
        person, actor = an_ect(session).person, an_administrator(session)
        hold = holds.place(session, person, reason=" appeal ", review_on=date(2026, 9, 1), actor=actor, now=NOW)
        assert (hold.reason, hold.placed_by_id) == ("appeal", actor.account_id)
        assert list(holds.holds_of(session, person.id)) == [hold]
        assert holds.standing(session) == [(hold, person)]
        holds.lift(session, hold, actor, LATER)
        holds.lift(session, hold, actor, LATER + timedelta(days=1))
        assert hold.lifted_at == LATER
        assert holds.standing(session) == []


def test_those_to_be_looked_at_first_stand_on_top(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        school = a_school(session)
        days = (None, date(2026, 12, 1), date(2026, 9, 1))
        for number, review_on in enumerate(days):
            person = an_ect(session, school, trn=f"111111{number}").person
            holds.place(session, person, reason="appeal", review_on=review_on, actor=actor, now=NOW)
        assert [hold.review_on for hold, _person in holds.standing(session)] == [days[2], days[1], None]


def test_only_a_restriction_restricts(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        restricted = sa.select(Induction.id).where(holds.restricted(Induction.id))
        holds.place(session, induction.person, reason="appeal", actor=actor, now=NOW)
        assert session.scalars(restricted).all() == []
        strict = holds.place(session, induction.person, reason="objection", restricts=True, actor=actor, now=NOW)
        assert session.scalars(restricted).all() == [induction.id]
        holds.lift(session, strict, actor, LATER)
        assert session.scalars(restricted).all() == []


def test_a_machine_neither_places_nor_lifts(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = an_ect(session).person
        with pytest.raises(NotAllowed):
            holds.place(session, person, reason="appeal", actor=MACHINE, now=NOW)
        hold = holds.place(session, person, reason="appeal", actor=an_administrator(session), now=NOW)
        with pytest.raises(NotAllowed):
            holds.lift(session, hold, MACHINE, NOW)
        assert hold.lifted_at is None


def test_a_hold_has_a_reason_and_a_day_to_come(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person, actor = an_ect(session).person, an_administrator(session)
        with pytest.raises(Wrong, match="why"):
            holds.place(session, person, reason="  ", actor=actor, now=NOW)
        with pytest.raises(Wrong, match="past"):
            holds.place(session, person, reason="appeal", review_on=date(2026, 3, 29), actor=actor, now=NOW)
