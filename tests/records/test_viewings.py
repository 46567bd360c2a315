"""Who opened an ECT's record, on both databases."""

import uuid
from datetime import timedelta

import sqlalchemy as sa

from records import accounts, viewings
from records.access import Viewer
from records.db import Database
from records.models.inductions import Induction
from records.models.interests import Viewing
from records.models.people import Person, Role
from records.values import local_day
from records.viewings import Thing
from tests.support import builders
from tests.support.builders import NOW


def two(database: Database) -> tuple[Viewer, Induction]:
    with database.writing() as session:
        account = accounts.add_account(
            session,
            user_name="rosa",
            first_name="Rosa",
            last_name="Tester",
            roles=[Role.ASSESSOR],
            now=NOW,
            actor=builders.MACHINE,
        )
        return accounts.viewer_of(session, account, NOW), builders.an_ect(session)


def test_each_thing_is_noted_once_a_day(database: Database) -> None:
    viewer, induction = two(database)
    form = Thing(induction.id, "Progress review", uuid.uuid4())
    with database.writing() as session:
        for thing in (Thing(induction.id), form, form, Thing(induction.id)):
            viewings.note(session, viewer, thing, "Assessor", NOW)
        assert viewings.is_noted(session, viewer, form, local_day(NOW))
        viewings.note(session, viewer, form, "Assessor", NOW + timedelta(days=1))
        assert not viewings.is_noted(session, viewer, form, local_day(NOW + timedelta(days=2)))
    with database.reading() as session:
        found = viewings.of_induction(session, session.get_one(Induction, induction.id))
    assert [one.what for one in found[:1]] == ["Progress review"]
    assert sorted(one.what for one in found) == ["Progress review", "Progress review", "The record"]
    assert {one.name for one in found} == {"Rosa Tester"}


def test_an_ect_who_looks_at_themselves_is_not_noted(sqlite: Database) -> None:
    _viewer, induction = two(sqlite)
    with sqlite.writing() as session:
        person = session.get_one(Person, induction.person_id)
        own = accounts.viewer_of(session, accounts.school_account(session, person, NOW, builders.MACHINE), NOW)
        viewings.note(session, own, Thing(induction.id), "ECT", NOW)
        assert viewings.of_induction(session, session.get_one(Induction, induction.id)) == []


def test_an_unknown_induction_is_nothing_to_note(sqlite: Database) -> None:
    viewer, _induction = two(sqlite)
    with sqlite.writing() as session:
        viewings.note(session, viewer, Thing(uuid.uuid4()), "Assessor", NOW)


def test_the_line_stays_when_the_account_is_gone(sqlite: Database) -> None:
    viewer, induction = two(sqlite)
    with sqlite.writing() as session:
        viewings.note(session, viewer, Thing(induction.id), "Assessor", NOW)
        row = session.scalars(sa.select(Viewing)).one()
        row.account_id = None
        session.flush()
        assert [one.name for one in viewings.of_induction(session, session.get_one(Induction, induction.id))] == [""]
