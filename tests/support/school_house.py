"""Two schools with people of every kind, for tests of the school side. All invented."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from notifications.unsubscribe import MarketingTerms
from records import accounts, people, school_people, schools
from records.events import Actor
from records.models.inductions import Induction, Post, Source
from records.models.notices import Notice
from records.models.people import Membership, Person, Role
from records.models.schools import School
from records.school_people import Newcomer
from tests.support import builders
from tests.support.house import BASE, World

TERMS = MarketingTerms(b"a key of the tests", BASE)
MACHINE = Actor.machine("test")
WHO = (
    "coordinator",
    "unauthorised coordinator",
    "headteacher",
    "tutor",
    "other tutor",
    "ect",
    "school administrator",
    "governor",
    "mentor",
    "former coordinator",
    "former tutor",
    "coordinator elsewhere",
    "ect elsewhere",
    "moved ect",
)


@dataclass
class Sides:
    """What `two_schools` made: people, accounts and inductions by a word."""

    world: World
    people: dict[str, uuid.UUID] = field(default_factory=dict)
    inductions: dict[str, uuid.UUID] = field(default_factory=dict)
    """own (the tutor's), second (the other tutor's), other (at the other school), moved (from the own school to the other)"""
    schools: dict[str, uuid.UUID] = field(default_factory=dict)
    memberships: dict[str, uuid.UUID] = field(default_factory=dict)

    def client(self, who: str | None) -> TestClient:
        """A browser with a session of that person, opened behind the sign-in: the door itself has its own tests."""
        browser = self.world.client()
        if who is not None:
            with self.world.db.writing() as session:
                person = session.get_one(Person, self.people[who])
                account = accounts.school_account(session, person, self.world.now, MACHINE)
                token = accounts.open_session(session, account, self.world.now, self.world.settings.times)
            browser.cookies.set(self.world.settings.cookie, token)
        return browser

    def address(self, who: str) -> str:
        return f"{who.replace(' ', '-')}@harrowgill.example"

    def code_for(self, who: str) -> str:
        """The newest code asked for somebody, as it stands in the letter that is to be sent."""
        with self.world.db.reading() as session:
            notice = session.scalars(
                sa.select(Notice)
                .where(Notice.kind == "sign_in_code", Notice.to_address == self.address(who))
                .order_by(Notice.asked_at.desc())
            ).first()
            assert notice is not None
            return str(notice.content["code"])


def two_schools(world: World) -> Sides:
    """Also gives the installation a key, so that there is a choice about marketing."""
    world.settings, world.made = replace(world.settings, marketing=TERMS), None
    sides = Sides(world)
    with world.db.writing() as session:
        own = builders.a_school(session, "Marrowdale Academy", "office@marrowdale.example")
        other = builders.a_school(session, "Fennick Grammar School", "office@fennick.example")
        sides.schools = {"own": own.id, "other": other.id}
        _roles(session, sides, own, other)
        _inductions(session, sides, own, other)
    return sides


def _person(session: Session, sides: Sides, who: str) -> Person:
    person = people.register_person(
        session, first_name=who.title(), last_name="Larkspur", now=builders.NOW, address=sides.address(who)
    )
    sides.people[who] = person.id
    return person


def _roles(session: Session, sides: Sides, own: School, other: School) -> None:
    actor = Actor.person(sides.world.ids["administrator"])
    for who, school, role in (
        ("coordinator", own, Role.INDUCTION_COORDINATOR),
        ("former coordinator", own, Role.INDUCTION_COORDINATOR),
        ("coordinator elsewhere", other, Role.INDUCTION_COORDINATOR),
        ("headteacher", own, Role.HEADTEACHER),
    ):
        newcomer = Newcomer(who.title(), "Larkspur", sides.address(who))
        row = school_people.authorise(session, school, newcomer, role=role, actor=actor, now=builders.NOW)
        sides.people[who], sides.memberships[who] = row.person_id, row.id
    session.get_one(Membership, sides.memberships["former coordinator"]).until = builders.NOW.date() - timedelta(days=1)
    for who, role in (
        ("unauthorised coordinator", Role.INDUCTION_COORDINATOR),
        ("tutor", Role.INDUCTION_TUTOR),
        ("other tutor", Role.INDUCTION_TUTOR),
        ("former tutor", Role.INDUCTION_TUTOR),
        ("mentor", Role.MENTOR),
        ("school administrator", Role.SCHOOL_ADMINISTRATOR),
        ("governor", Role.GOVERNOR),
    ):
        sides.memberships[who] = people.add_membership(session, _person(session, sides, who), own, role).id
    session.get_one(Membership, sides.memberships["former tutor"]).until = builders.NOW.date() - timedelta(days=1)
    away = people.register_person(session, first_name="Una", last_name="Elsewhere", now=builders.NOW)
    sides.memberships["tutor elsewhere"] = people.add_membership(session, away, other, Role.INDUCTION_TUTOR).id


def _inductions(session: Session, sides: Sides, own: School, other: School) -> None:
    for word, who, school, trn in (
        ("own", "ect", own, "2000001"),
        ("second", "second ect", own, "2000002"),
        ("other", "ect elsewhere", other, "2000003"),
        ("moved", "moved ect", own, "2000004"),
    ):
        induction = builders.an_ect(session, school, trn=trn, name=(who.title(), "Larkspur"))
        people.add_address(session, induction.person, sides.address(who), builders.NOW)
        sides.people[who], sides.inductions[word] = induction.person_id, induction.id
        builders.expected(session, induction)
    for word, tutor in (("own", "tutor"), ("second", "other tutor"), ("moved", "tutor")):
        session.get_one(Induction, sides.inductions[word]).posts[0].tutor_id = sides.people[tutor]
    _move(session, session.get_one(Induction, sides.inductions["moved"]), other)


def _move(session: Session, induction: Induction, to: School) -> None:
    """The post at the first school ended yesterday, and one at the other began today."""
    today = builders.NOW.date()
    before = induction.posts[0]
    before.ends_on = today - timedelta(days=1)
    post = Post(id=uuid.uuid4(), induction_id=induction.id, school_id=to.id, starts_on=today)
    post.source, post.recorded_at = Source.PERSON, builders.NOW
    session.add(post)
    session.flush()
    session.expire(induction, ["posts"])


def register_address(session: Session, sides: Sides, address: str) -> None:
    """For tests whose letters must come from a registered school."""
    schools.add_address(session, session.get_one(School, sides.schools["own"]), address, sides.world.now)
