"""Finding people by name and number."""

from datetime import date

import pytest

from records import inductions, people
from records.db import Database
from records.models.people import AddressKind, Role
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, a_school, an_ect


def test_ects_are_found_by_any_part_of_their_name_or_by_trn(database: Database) -> None:
    with database.writing() as session:
        school = a_school(session)
        one = an_ect(session, school, name=("Şebnem Ada", "Çelik-Holt"))
        other = an_ect(session, school, trn="7654321", name=("Tom", "Holt"))
        assert people.search_ects(session, "sebnem") == [one]
        assert people.search_ects(session, "ada celik") == [one]
        assert people.search_ects(session, "HOLT") == [one, other]
        assert people.search_ects(session, "the TRN 7654321, Celik") == [other]
        assert people.search_ects(session, "%") == people.search_ects(session, "") != []
        assert people.search_ects(session, "nobody") == []


def test_a_former_name_finds_too(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        people.rename(session, induction.person, "Amara", "Holt", LATER)
        assert people.search_ects(session, "quillfeather") == [induction]


def test_one_trn_is_one_person_and_one_open_induction(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        with pytest.raises(Wrong, match="teacher reference number"):
            people.register_person(session, first_name="X", last_name="Y", trn="1234567", now=NOW)
        with pytest.raises(Wrong, match="open induction"):
            inductions.start_induction(
                session, induction.person, induction.posts[0].school, starts_on=date(2026, 1, 1), actor=MACHINE, now=NOW
            )


def test_a_role_counts_between_its_dates(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school = a_school(session)
        head = people.register_person(session, first_name="Jo", last_name="Pell", now=NOW)
        role = people.add_membership(session, head, school, Role.HEADTEACHER, date(2025, 1, 1))
        assert people.holders(session, school, Role.HEADTEACHER, date(2026, 1, 1)) == [head]
        assert people.holders(session, school, Role.HEADTEACHER, date(2024, 12, 31)) == []
        role.until = date(2025, 6, 30)
        session.flush()
        assert people.holders(session, school, Role.HEADTEACHER, date(2026, 1, 1)) == []


def test_a_work_address_goes_before_a_personal_one_and_a_failing_one_is_left_out(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = people.register_person(session, first_name="Jo", last_name="Pell", now=NOW)
        people.add_address(session, person, "a@home.example", NOW, AddressKind.PERSONAL)
        work = people.add_address(session, person, "z@school.example", NOW)
        session.refresh(person, ["addresses"])
        today = NOW.date()
        assert people.current_address(person, today) == "z@school.example"
        work.failing_since = NOW
        assert people.current_address(person, today) == "a@home.example"
