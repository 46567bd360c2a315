"""Correcting the tutor and the mentor of a post: who can be, what history keeps, and what it does to access."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import colleagues
from records.db import Database
from records.models.events import Event, EventDetail
from records.models.inductions import Outcome, Post
from records.models.people import Person, Role
from records.people import add_membership, holders, register_person
from records.values import Wrong, local_day
from tests.support.builders import LATER, NOW, an_administrator, an_ect

TODAY = local_day(NOW)


def lena(session: Session, post: Post, role: Role = Role.INDUCTION_TUTOR) -> Person:
    person = register_person(session, first_name="Lena", last_name="Larkspur", address="lena@harrowgill.example", now=NOW)
    add_membership(session, person, post.school, role)
    return person


def told(session: Session) -> list[dict[str, Any]]:
    chosen = sa.select(EventDetail.detail).join(Event, Event.id == EventDetail.event_id)
    return list(session.scalars(chosen.where(Event.kind == "colleague_corrected")))


def test_history_keeps_who_it_was_who_it_is_and_why(database: Database) -> None:
    with database.writing() as session:
        [post], actor = an_ect(session).posts, an_administrator(session)
        person = lena(session, post)
        colleagues.correct(session, post, {"induction_tutor": person, "mentor": None}, "A slip", actor, NOW)
        colleagues.correct(session, post, {"induction_tutor": None, "mentor": person}, "It was the mentor", actor, LATER)
        assert (post.tutor, post.mentor) == (None, person)
        by_why = {one["why"]: one["changes"] for one in told(session)}
        assert by_why == {
            "A slip": {"induction_tutor": [None, "Lena Larkspur"]},
            "It was the mentor": {"induction_tutor": ["Lena Larkspur", None], "mentor": [None, "Lena Larkspur"]},
        }
        assert holders(session, post.school, Role.MENTOR, TODAY) == [person], "whoever is chosen has the role at the school"


def test_a_post_that_has_ended_gives_nobody_a_role_at_its_school(database: Database) -> None:
    with database.writing() as session:
        [post], actor = an_ect(session).posts, an_administrator(session)
        post.ends_on = TODAY - timedelta(days=1)
        person = register_person(session, first_name="Lena", last_name="Larkspur", now=NOW)
        assert colleagues.correct(session, post, {"induction_tutor": person}, "A slip", actor, NOW)
        assert post.tutor == person
        assert holders(session, post.school, Role.INDUCTION_TUTOR, TODAY) == []


def test_what_stays_the_same_is_no_correction(database: Database) -> None:
    with database.writing() as session:
        [post], actor = an_ect(session).posts, an_administrator(session)
        assert colleagues.correct(session, post, {"induction_tutor": None, "mentor": None}, "Nothing", actor, NOW) == {}
        assert told(session) == []


def test_nobody_is_their_own_tutor_and_a_reason_is_needed(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        [post] = induction.posts
        with pytest.raises(Wrong, match="own"):
            colleagues.correct(session, post, {"mentor": induction.person}, "A slip", actor, NOW)
        with pytest.raises(Wrong, match="why"):
            colleagues.correct(session, post, {"mentor": None}, " ", actor, NOW)
        induction.outcome = Outcome.PASS
        with pytest.raises(Wrong, match="outcome"):
            colleagues.correct(session, post, {"mentor": None}, "A slip", actor, NOW)


def test_the_choices_are_the_staff_of_the_school_without_ects_and_governors(database: Database) -> None:
    with database.writing() as session:
        [post] = an_ect(session).posts
        person = lena(session, post, Role.HEADTEACHER)
        other = register_person(session, first_name="Gus", last_name="Grove", now=NOW)
        add_membership(session, other, post.school, Role.GOVERNOR)
        an_ect(session, post.school, trn="7654321", name=("Tom", "Holt"))
        assert colleagues.choices(session, post, TODAY) == [person]
