"""Taking the register in: repeatable, and people follow their school when it converts."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import schools
from records.db import Database
from records.models.events import Event
from records.models.inductions import Assessment, AssessmentKind
from records.models.people import Membership
from records.models.schools import School, SchoolLink, SchoolStatus
from records.moving.gias import link_rows, register_rows
from records.moving.schools_in import Taken, note_run, take_links, take_register
from tests.support.builders import MACHINE, NOW, an_ect
from tests.support.register import links_file, register_file

OLD = {"URN": "100001", "EstablishmentStatus (name)": "Closed", "CloseDate": "31-12-2025"}
NEW = {"URN": "200002", "EstablishmentName": "Harrowgill Academy", "TypeOfEstablishment (name)": "Academy converter"}
LINK = ("100001", "200002", "Successor", "01-01-2026")


def _take(session: Session, *changes: dict[str, str], links: tuple[tuple[str, str, str, str], ...] = ()) -> Taken:
    taken = take_register(session, register_rows(register_file(*changes)), NOW)
    take_links(session, link_rows(links_file(*links)), MACHINE, NOW, taken)
    return taken


def _with_an_ect(session: Session) -> School:
    _take(session, {})
    school = schools.by_name(session, "Harrowgill Primary School")
    assert school is not None
    schools.add_address(session, school, "office@harrowgill.example", NOW)
    an_ect(session, school)
    return school


def test_the_same_register_again_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        first = _take(session, {}, {"URN": "100002", "EstablishmentName": "Other"})
        second = _take(session, {}, {"URN": "100002", "EstablishmentName": "Other"})
        third = _take(session, {"Town": "Elsewhere"})
    assert (first.added, first.changed) == (2, 0)
    assert (second.added, second.changed) == (0, 0)
    assert (third.added, third.changed) == (0, 1)


def test_a_school_that_was_entered_by_hand_gets_its_urn(database: Database) -> None:
    with database.writing() as session:
        mine = schools.register_school(session, name="Harrowgill", dfe_number="8234001", now=NOW)
        assert _take(session, {}).added == 0
        session.refresh(mine)
        assert (mine.urn, mine.name) == ("100001", "Harrowgill Primary School")


def test_a_conversion_moves_people_without_a_leaver_or_an_interim(database: Database) -> None:
    with database.writing() as session:
        school = _with_an_ect(session)
        taken = _take(session, OLD, NEW, links=(LINK,))
        assert (taken.moved_posts, taken.moved_people) == (1, 1)
        successor = session.scalars(sa.select(School).where(School.urn == "200002")).one()
        membership = session.scalars(sa.select(Membership)).one()
        assert (membership.school_id, membership.until) == (successor.id, None)
        [post] = [one for one in session.scalars(sa.select(Event)) if one.kind == "post_moved_to_successor"]
        assert post.induction_id is not None
        kinds = set(session.scalars(sa.select(Assessment.kind)))
        assert AssessmentKind.INTERIM_ASSESSMENT not in kinds
        assert schools.school_of_address(session, "office@harrowgill.example", NOW) == successor
        assert session.get_one(School, school.id).status is SchoolStatus.CLOSED
        again = _take(session, OLD, NEW, links=(LINK,))
        assert (again.moved_posts, again.moved_people, again.links) == (0, 0, 0)
        assert session.scalar(sa.select(sa.func.count()).select_from(SchoolLink)) == 1


def test_nobody_is_moved_where_a_school_was_split_or_its_successor_has_yet_to_take_over(database: Database) -> None:
    for links in (
        (("100001", "200002", "Successor - Split School", ""),),
        (("100001", "200002", "Successor", "01-09-2026"),),
        (LINK, ("100001", "300003", "Successor", "")),
    ):
        with database.reading() as session:
            _with_an_ect(session)
            third = {"URN": "300003", "EstablishmentName": "Third"}
            assert _take(session, OLD, NEW, third, links=links).moved_posts == 0


def test_a_chain_of_conversions_is_followed_to_the_school_that_is_open(database: Database) -> None:
    with database.writing() as session:
        _with_an_ect(session)
        closed = {**NEW, "EstablishmentStatus (name)": "Closed", "CloseDate": "28-02-2026"}
        third = {"URN": "300003", "EstablishmentName": "Third"}
        assert _take(session, OLD, closed, third, links=(LINK, ("300003", "200002", "Predecessor", ""))).moved_posts == 1
        assert session.scalars(sa.select(School.urn).join(Membership)).all() == ["300003"]


def test_links_in_a_circle_end(database: Database) -> None:
    with database.writing() as session:
        _with_an_ect(session)
        closed = {**NEW, "EstablishmentStatus (name)": "Closed"}
        assert _take(session, OLD, closed, links=(LINK, ("200002", "100001", "Successor", ""))).moved_posts == 0


def test_what_was_taken_in_is_written_down(database: Database) -> None:
    with database.writing() as session:
        run = note_run(session, _take(session, {}), MACHINE, NOW)
        assert run.counts["added"] == 1
        assert date(2026, 3, 30) == run.made_at.date()
