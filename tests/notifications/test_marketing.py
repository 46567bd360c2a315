"""Marketing goes to whoever has not opted out, by the state of things when it goes; service letters do not care."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from notifications import unsubscribe
from notifications.announcements import Announcement, announce, readers
from notifications.compose import CannotCompose, Composer, Letterhead, Task
from notifications.delivery import Outbox, OutboxSettings
from notifications.kinds import KINDS, Category
from notifications.letters import Letter
from notifications.postman import Sent
from notifications.unsubscribe import MarketingTerms
from records import people, preferences
from records.db import Database
from records.models.notices import MarketingChoice, Notice
from records.models.people import Membership, Person, Role
from records.notices import ask
from records.states import NoticeState
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, a_school

KEY = b"a key of this test"
TERMS = MarketingTerms(KEY, "https://mailroom.body.example")
TEMPLATES = Path(__file__).parents[2] / "notifications" / "templates"


@dataclass
class Postbag:
    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> Sent:
        self.letters.append(letter)
        return Sent("250 taken")


def _coordinator(session: Session, name: str = "Jo") -> Person:
    school = a_school(session, f"School of {name}", f"{name}@x.example".lower())
    person = people.register_person(session, first_name=name, last_name="Pell", address=f"{name}.pell@school.example", now=NOW)
    people.add_membership(session, person, school, Role.INDUCTION_COORDINATOR)
    session.refresh(person, ["addresses"])
    return person


def _choose(session: Session, person: Person, choice: MarketingChoice, later: int = 0) -> None:
    when = NOW + timedelta(minutes=later)
    preferences.choose(session, person, choice, how="page", key=KEY, actor=MACHINE, now=when)


def _deliver(database: Database, terms: MarketingTerms | None = TERMS) -> list[Letter]:
    bag = Postbag()
    settings = OutboxSettings(Letterhead("Example Body", "forms@body.example"), marketing=terms, max_per_minute=1000)
    outbox = Outbox(database, bag, lambda: LATER, settings, "outbox")
    while outbox.step():
        pass
    return bag.letters


NEWS = Announcement("Training in June", "We offer two days of training.\n\nPlaces are few.")


def test_marketing_notice_is_withheld_after_opt_out_and_service_letters_still_go(database: Database) -> None:
    with database.writing() as session:
        stays, leaves = _coordinator(session), _coordinator(session, "Ann")
        announce(session, NEWS, "coordinators", MACHINE, NOW)
        # The choice comes after the letter was asked for and before it goes out.
        _choose(session, leaves, MarketingChoice.OPTED_OUT)
        content = {"received_at": NOW.isoformat(), "forms": [], "problems": []}
        ask(session, kind="receipt", key="r", to_address="ann.pell@school.example", now=NOW, content=content)
    letters = _deliver(database)
    assert sorted((one.subject, one.to) for one in letters) == [
        ("Training in June", "jo.pell@school.example"),
        ("We have received your email", "ann.pell@school.example"),
    ]
    with database.reading() as session:
        withheld = session.scalars(sa.select(Notice).where(Notice.state == NoticeState.WITHHELD)).one()
    assert withheld.to_person_id == leaves.id != stays.id
    assert withheld.outcome == "The receiver has not agreed to such letters."


def test_the_last_choice_counts(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = _coordinator(session)
        _choose(session, person, MarketingChoice.OPTED_OUT)
        _choose(session, person, MarketingChoice.CONSENTED, later=1)
        announce(session, NEWS, "coordinators", MACHINE, NOW)
    assert len(_deliver(sqlite)) == 1


def test_an_address_that_opted_out_is_remembered_after_its_person_is_gone(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = _coordinator(session)
        _choose(session, person, MarketingChoice.OPTED_OUT)
        session.execute(sa.text("UPDATE marketing_preference SET person_id = NULL"))
        session.execute(sa.delete(Membership).where(Membership.person_id == person.id))
        newcomer = people.register_person(session, first_name="Jo", last_name="Pell", address="Jo.Pell@School.example", now=NOW)
        people.add_membership(session, newcomer, a_school(session), Role.INDUCTION_COORDINATOR)
        session.refresh(newcomer, ["addresses"])
        announce(session, NEWS, "coordinators", MACHINE, NOW)
    assert _deliver(sqlite) == []


@pytest.mark.parametrize(("consent", "letters"), [(False, 1), (True, 0)])
def test_a_body_that_needs_consent_sends_nothing_to_the_silent(sqlite: Database, consent: bool, letters: int) -> None:
    with sqlite.writing() as session:
        _coordinator(session)
        announce(session, NEWS, "coordinators", MACHINE, NOW)
    assert len(_deliver(sqlite, replace(TERMS, needs_consent=consent))) == letters


def test_without_a_key_no_marketing_goes_out(sqlite: Database) -> None:
    with sqlite.writing() as session:
        _coordinator(session)
        announce(session, NEWS, "coordinators", MACHINE, NOW)
    assert _deliver(sqlite, None) == []


def test_every_announcement_carries_its_way_out_in_text_and_headers(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = _coordinator(session)
        announce(session, NEWS, "coordinators", MACHINE, NOW)
    (letter,) = _deliver(sqlite)
    headers = dict(letter.headers)
    link = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in letter.text
    assert unsubscribe.person_of(KEY, link.rsplit("/", 1)[1]) == person.id
    assert "pell" not in link.lower()


def test_service_and_statutory_templates_cannot_carry_a_marketing_block() -> None:
    for kind in KINDS.values():
        words = (TEMPLATES / f"{kind.template}.txt").read_text(encoding="utf-8")
        assert ("unsubscribe_url" in words) == (kind.category is Category.MARKETING)


def test_a_marketing_letter_without_a_way_out_cannot_be_written() -> None:
    content = {"subject": "News", "text": "Words."}
    with pytest.raises(CannotCompose, match="way out"):
        Composer(Letterhead("B", "b@body.example")).compose(Task(KINDS["announcement"], "<1@x>", "a@b.example", content), NOW)


@given(st.text(max_size=60))
def test_a_link_that_we_did_not_make_opens_nothing(written: str) -> None:
    assert unsubscribe.person_of(KEY, written) is None


@given(st.uuids(), st.integers(0, 47))
def test_a_changed_link_opens_nothing(person_id: uuid.UUID, place: int) -> None:
    good = unsubscribe.token(KEY, person_id)
    assert unsubscribe.person_of(KEY, good) == person_id
    assert unsubscribe.person_of(b"another key", good) is None
    other = "A" if good[place] != "A" else "B"
    assert unsubscribe.person_of(KEY, good[:place] + other + good[place + 1 :]) is None


def test_readers_are_those_with_a_part_today_and_an_address(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = _coordinator(session)
        gone = _coordinator(session, "Old")
        session.scalars(sa.select(Membership).where(Membership.person_id == gone.id)).one().until = NOW.date() - timedelta(1)
        session.flush()
        assert [one.id for one, _address in readers(session, "everybody", NOW)] == [person.id]
        assert readers(session, "tutors", NOW) == []
        with pytest.raises(Wrong):
            readers(session, "nobody", NOW)


def test_an_empty_announcement_is_refused() -> None:
    with pytest.raises(Wrong):
        Announcement(" ", "text")
