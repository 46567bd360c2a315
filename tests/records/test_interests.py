"""Declaring and ending conflicts of interest, on both databases."""

import pytest
import sqlalchemy as sa

from records import accounts, interests
from records.access import Act, can, refusal
from records.db import Database
from records.events import Actor
from records.models.accounts import Account
from records.models.events import Event
from records.models.inductions import Induction
from records.models.interests import Interest, InterestKind
from records.models.people import Role
from records.values import Wrong
from tests.support import builders
from tests.support.builders import NOW


def assessor(database: Database, user_name: str = "rosa") -> Account:
    with database.writing() as session:
        return accounts.add_account(
            session,
            user_name=user_name,
            first_name="Rosa",
            last_name="Tester",
            roles=[Role.ASSESSOR],
            now=NOW,
            actor=builders.MACHINE,
        )


def ect(database: Database) -> Induction:
    with database.writing() as session:
        return builders.an_ect(session)


def test_a_declared_interest_binds_at_once_and_no_longer_once_a_colleague_ended_it(database: Database) -> None:
    rosa, colleague, induction = assessor(database), assessor(database, "ines"), ect(database)
    actor = Actor.person(rosa.id)
    with database.writing() as session:
        thing = session.get_one(Induction, induction.id)
        interests.declare(session, thing, InterestKind.STAFF, " her cousin ", actor=actor, now=NOW)
        assert "her cousin" in (refusal(accounts.viewer_of(session, rosa, NOW), Act.DECIDE, thing) or "")
        assert can(accounts.viewer_of(session, colleague, NOW), Act.DECIDE, thing)
    with database.writing() as session:
        row = session.scalars(sa.select(Interest)).one()
        with pytest.raises(Wrong, match="Somebody else"):
            interests.end(session, row, actor, NOW)
        interests.end(session, row, Actor.person(colleague.id), NOW)
    with database.reading() as session:
        assert can(accounts.viewer_of(session, rosa, NOW), Act.DECIDE, session.get_one(Induction, induction.id))
        kinds = session.scalars(sa.select(Event.kind).where(Event.induction_id == induction.id, Event.kind.like("interest%")))
        assert sorted(kinds) == ["interest_declared", "interest_ended"]


def test_an_interest_in_a_school_binds_for_its_ects_only(database: Database) -> None:
    rosa, induction = assessor(database), ect(database)
    with database.writing() as session:
        school = session.get_one(Induction, induction.id).posts[0].school
        elsewhere = builders.an_ect(session, builders.a_school(session, "Fennick Grammar School"), trn="7654321")
        interests.declare(session, school, InterestKind.STAFF, "I taught there", actor=Actor.person(rosa.id), now=NOW)
        viewer = accounts.viewer_of(session, rosa, NOW)
        assert not can(viewer, Act.CONCLUDE, session.get_one(Induction, induction.id))
        assert can(viewer, Act.CONCLUDE, elsewhere)
        assert [one.school for one in interests.around(session, session.get_one(Induction, induction.id))] == [school]


def test_the_bodys_own_interest_binds_everybody(sqlite: Database) -> None:
    rosa, colleague, induction = assessor(sqlite), assessor(sqlite, "ines"), ect(sqlite)
    with sqlite.writing() as session:
        thing = session.get_one(Induction, induction.id)
        interests.declare(session, thing, InterestKind.BODY_EMPLOYED, "2024 to 2025", actor=Actor.person(rosa.id), now=NOW)
        assert not any(can(accounts.viewer_of(session, one, NOW), Act.CONCLUDE, thing) for one in (rosa, colleague))


def test_what_is_declared_needs_a_reason_a_person_and_an_ect_and_counts_once(sqlite: Database) -> None:
    rosa, induction = assessor(sqlite), ect(sqlite)
    actor = Actor.person(rosa.id)
    with sqlite.writing() as session:
        thing = session.get_one(Induction, induction.id)
        with pytest.raises(Wrong, match="Say in up to"):
            interests.declare(session, thing, InterestKind.STAFF, "  ", actor=actor, now=NOW)
        with pytest.raises(Wrong, match="A person"):
            interests.declare(session, thing, InterestKind.STAFF, "known", actor=builders.MACHINE, now=NOW)
        with pytest.raises(Wrong, match="not a school"):
            interests.declare(session, thing.posts[0].school, InterestKind.BODY_TRAINED, "known", actor=actor, now=NOW)
        interests.declare(session, thing, InterestKind.STAFF, "known", actor=actor, now=NOW)
        with pytest.raises(Wrong, match="already"):
            interests.declare(session, thing, InterestKind.STAFF, "known again", actor=actor, now=NOW)


def test_the_record_itself_raises_the_suspicion(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = builders.an_ect(session)
        assert interests.suspected(induction, "Northmere Teaching Hub") is None
        induction.posts[0].employer = "Northmere  teaching hub"
        assert "employer" in (interests.suspected(induction, "Northmere Teaching Hub") or "")
        induction.posts[0].employer = None
        induction.person.qts_route = "PGCE, Northmere Teaching Hub"
        assert "QTS" in (interests.suspected(induction, "Northmere Teaching Hub") or "")
        assert interests.suspected(induction, "") is None
