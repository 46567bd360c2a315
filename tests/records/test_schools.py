"""Schools are recognised by the addresses registered for them, and by nothing else."""

from datetime import date

import pytest

from records import people, schools
from records.db import Database
from records.values import Wrong
from tests.support.builders import NOW, a_school


def test_an_address_or_its_domain_names_the_school(database: Database) -> None:
    with database.writing() as session:
        school = schools.register_school(session, name="Eastmoor School", addresses=["@eastmoor.example"], now=NOW)
        assert schools.school_of_address(session, "Head@Eastmoor.Example", NOW) == school
        assert schools.school_of_address(session, "head@eastmoor.example.evil", NOW) is None
        assert schools.school_of_address(session, "", NOW) is None


def test_an_address_of_two_schools_names_neither(sqlite: Database) -> None:
    with sqlite.writing() as session:
        a_school(session, "One", "office@trust.example")
        a_school(session, "Two", "office@trust.example")
        assert schools.school_of_address(session, "office@trust.example", NOW) is None


def test_an_address_counts_only_between_its_dates(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school = a_school(session)
        row = schools.add_address(session, school, "old@harrowgill.example", NOW)
        row.until = date(2026, 1, 1)
        session.flush()
        assert schools.school_of_address(session, "old@harrowgill.example", NOW) is None


def test_one_urn_is_one_school(sqlite: Database) -> None:
    with sqlite.writing() as session:
        schools.register_school(session, name="A", urn="123456", now=NOW)
        with pytest.raises(Wrong, match="URN"):
            schools.register_school(session, name="B", urn="123456", now=NOW)


def test_schools_are_found_by_the_beginning_of_the_name_or_by_number(database: Database) -> None:
    with database.writing() as session:
        school = schools.register_school(session, name="St Wulfram’s", urn="123456", dfe_number="8234001", now=NOW)
        for words in ("st wulf", "123456", "823/4001"):
            assert schools.search(session, words) == [school]
        assert schools.search(session, "%") == [school]
        assert schools.search(session, "wulf%x") == []
        assert schools.by_name(session, "st wulframs") == school


def test_a_person_is_found_by_an_address_of_their_own_only(sqlite: Database) -> None:
    with sqlite.writing() as session:
        one = people.register_person(session, first_name="A", last_name="B", address="ab@x.example", now=NOW)
        assert schools.person_of_address(session, "AB@x.example", NOW) == one
        people.register_person(session, first_name="C", last_name="D", address="ab@x.example", now=NOW)
        assert schools.person_of_address(session, "ab@x.example", NOW) is None
