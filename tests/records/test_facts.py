"""Facts are corrected with before, after, who, when and why, and each says where it came from."""

import uuid
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import facts, facts_beside, schools
from records.db import Database
from records.facts_beside import LISTS
from records.models.events import Event, EventDetail
from records.models.facts import Qualification
from records.models.inductions import Certainty, ProgrammeKind, Source
from records.models.schools import SchoolStatus
from records.people import register_person
from records.values import Wrong
from tests.support.builders import NOW, a_school, an_administrator, an_ect


def _told(session: Session, kind: str) -> list[tuple[str, dict[str, Any]]]:
    found = (
        sa.select(Event.actor_id, EventDetail.detail)
        .join(EventDetail, EventDetail.event_id == Event.id)
        .where(Event.kind == kind)
    )
    return [(actor, detail) for actor, detail in session.execute(found)]


def test_a_correction_keeps_before_after_who_and_why_and_the_source(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        assert facts.correct(session, induction.person, "date_of_birth", "1998-05-17", "The certificate says so", actor, NOW)
        assert induction.person.date_of_birth == date(1998, 5, 17)
        stated = facts.stated(session, induction.person)["date_of_birth"]
        assert (stated.source, stated.certainty) == (Source.PERSON, Certainty.STATED)
        [(who, detail)] = _told(session, "fact_corrected")
        assert who == actor.id
        assert (detail["before"], detail["after"], detail["why"]) == ("1999-05-17", "1998-05-17", "The certificate says so")
        assert session.scalars(sa.select(Event.induction_id).where(Event.kind == "fact_corrected")).all() == [induction.id]


def test_the_same_value_again_is_no_correction(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        assert not facts.correct(session, induction.person, "trn", "12/34567", "why", actor, NOW)
        assert _told(session, "fact_corrected") == []


def test_a_change_of_name_keeps_the_former_one_and_a_misspelling_does_not(database: Database) -> None:
    with database.writing() as session:
        person, actor = an_ect(session).person, an_administrator(session)
        facts.correct(session, person, "last_name", "Quillfether", "typed wrong", actor, NOW)
        session.refresh(person)
        assert person.former_names == []
        facts.correct(session, person, "last_name", "Holt", "married", actor, NOW, changed=True)
        session.refresh(person)
        assert [one.full_name for one in person.former_names] == ["Amara Quillfether"]
        assert person.last_key == "holt"


@pytest.mark.parametrize(
    ("key", "written", "why"),
    [
        ("trn", "7654321", "Somebody else"),
        ("trn", "12", "7 digits"),
        ("first_name", "", "Enter first name"),
        ("date_of_birth", "2030-01-01", "today or in the past"),
        ("qts_on", "1899-12-30", "after 1930"),
        ("qts_provider", "x" * 201, "200 characters"),
    ],
)
def test_what_does_not_hold_is_refused_and_changes_nothing(database: Database, key: str, written: str, why: str) -> None:
    with database.writing() as session:
        person, actor = an_ect(session).person, an_administrator(session)
        register_person(session, first_name="Tom", last_name="Holt", trn="7654321", now=NOW)
        before = facts.value_of(person, key)
        with pytest.raises(Wrong, match=why):
            facts.correct(session, person, key, written, "why", actor, NOW)
        assert facts.value_of(person, key) == before
        with pytest.raises(Wrong, match="Say why"):
            facts.correct(session, person, "trn", "2222222", " ", actor, NOW)


def test_a_ni_number_stands_in_no_event(database: Database) -> None:
    with database.writing() as session:
        person, actor = an_ect(session).person, an_administrator(session)
        facts.correct(session, person, "ni_number", "AB 12 34 56 C", "asked for", actor, NOW)
        assert person.ni_number == "AB123456C"
        assert "AB123456C" not in str(_told(session, "fact_corrected"))


def test_programme_and_school_facts_are_corrected_too(database: Database) -> None:
    with database.writing() as session:
        school, actor = a_school(session), an_administrator(session)
        induction = an_ect(session, school)
        facts.correct(session, induction, "programme", "school_led", "the school says so", actor, NOW)
        assert induction.programme is ProgrammeKind.SCHOOL_LED
        facts.correct(session, school, "status", "closed", "it closed", actor, NOW)
        facts.correct(session, school, "name", "Harrowgill Academy", "converted", actor, NOW)
        assert (school.status, school.name_key) == (SchoolStatus.CLOSED, "harrowgill academy")
        a_school(session, "Other School").urn = "200002"
        session.flush()
        with pytest.raises(Wrong, match="URN already"):
            facts.correct(session, school, "urn", "200002", "why", actor, NOW)
        with pytest.raises(Wrong, match="5 or 6 digits"):
            facts.correct(session, school, "urn", "12", "why", actor, NOW)


WRITTEN = {
    "address": {"address": "Amara@Home.example", "kind": "personal"},
    "contact": {"kind": "mobile", "value": "07700 900123"},
    "qualification": {"title": "PGCE", "awarded_on": "2025-07-01"},
    "training": {"programme": "provider_led", "lead_provider": "Example Lead"},
}


@pytest.mark.parametrize("key", LISTS)
def test_what_is_added_to_a_list_and_taken_out_again_stays_in_the_history(database: Database, key: str) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        beside = LISTS[key]
        row = facts_beside.add(session, induction, beside, WRITTEN[key], actor, NOW)
        assert facts_beside.rows_of(session, induction, NOW.date())[key] == [row]
        said = facts_beside.said(beside, row)
        with pytest.raises(Wrong, match="Say why"):
            facts_beside.take_out(session, induction, beside, str(row.id), "", actor, NOW)
        facts_beside.take_out(session, induction, beside, str(row.id), "not hers", actor, NOW)
        facts_beside.take_out(session, induction, beside, str(uuid.uuid4()), "nothing there", actor, NOW)
        assert facts_beside.rows_of(session, induction, NOW.date())[key] == []
        [(_who, detail)] = _told(session, "fact_removed")
        assert (detail["said"], detail["why"]) == (said, "not hers")


def test_what_a_list_needs_is_asked_for_by_its_title(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        with pytest.raises(Wrong, match="Enter: Qualification"):
            facts_beside.add(session, induction, LISTS["qualification"], {}, actor, NOW)
        with pytest.raises(Wrong, match="Email address: "):
            facts_beside.add(session, induction, LISTS["address"], {"address": "x", "kind": "work"}, actor, NOW)
        assert session.scalars(sa.select(Qualification)).all() == []


def test_an_address_that_opens_somebody_elses_account_is_refused(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        head = register_person(session, first_name="Cora", last_name="Grey", address="cora@grey.example", now=NOW)
        written = {"address": " Cora@Grey.example", "kind": "work"}
        with pytest.raises(Wrong, match="somebody else on record has this one"):
            facts_beside.add(session, induction, LISTS["address"], written, actor, NOW)
        assert schools.person_of_address(session, "cora@grey.example", NOW) == head
        facts_beside.add(session, induction, LISTS["address"], {**written, "address": "own@grey.example"}, actor, NOW)
        facts_beside.add(session, induction, LISTS["address"], {"address": "own@grey.example", "kind": "personal"}, actor, NOW)
