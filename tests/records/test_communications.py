"""The log of communications: everything once, linked to whom it concerns, shown only to whom it may."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from records import communications
from records.communications import EVERYTHING, Eyes
from records.db import Database
from records.models.communications import Communication, CommunicationChannel, Direction, Visibility
from records.models.people import Person
from records.notices import ask
from records.values import Wrong
from tests.support.builders import LATER, NOW, a_message, a_submission, an_administrator, an_ect

STAFF = Eyes(frozenset({Visibility.BODY, Visibility.SCHOOL, Visibility.ECT}))


def _call(
    session: Session,
    person: Person,
    *,
    happened_at: datetime = NOW,
    body: str = "Asked about the deadline.",
    visibility: Visibility = Visibility.BODY,
) -> Communication:
    return communications.log_call(
        session,
        channel=CommunicationChannel.TELEPHONE,
        direction=Direction.IN,
        actor=an_administrator(session, f"{visibility}"),
        now=LATER,
        person=person,
        happened_at=happened_at,
        body=body,
        visibility=visibility,
    )


def test_a_message_is_logged_once_and_linked_to_the_ects_of_its_papers(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        message = a_message(session, b"mail")
        entry = communications.log_message(session, message, NOW)
        assert communications.log_message(session, message, NOW) == entry
        a_submission(session, body=b"mail2")
        communications.link_message(session, message.id, induction.person_id)
        communications.link_message(session, message.id, induction.person_id)
        assert communications.history_of(session, induction.person, STAFF) == [entry]


def test_a_complaint_for_the_named_contact_never_shows_to_the_school(database: Database) -> None:
    with database.writing() as session:
        person = an_ect(session).person
        open_one = _call(session, person, visibility=Visibility.SCHOOL)
        secret = _call(session, person, visibility=Visibility.NAMED_CONTACT, happened_at=NOW - timedelta(days=1))
        assert communications.history_of(session, person, Eyes(frozenset({Visibility.SCHOOL, Visibility.ECT}))) == [open_one]
        assert communications.history_of(session, person, EVERYTHING) == [open_one, secret]


def test_an_empty_or_future_call_is_refused(sqlite: Database) -> None:
    with sqlite.writing() as session:
        person = an_ect(session).person
        with pytest.raises(Wrong, match="what was said"):
            _call(session, person, body=" ")
        with pytest.raises(Wrong, match="in the past"):
            _call(session, person, happened_at=LATER + timedelta(days=1), visibility=Visibility.ECT)


def test_a_letter_is_logged_once_for_whom_it_is_about_and_to(database: Database) -> None:
    with database.writing() as session:
        person = an_ect(session).person
        notice = ask(session, kind="receipt", key="k", to_address="A@School.example", now=NOW, about_person_id=person.id)
        entry = communications.log_notice(session, notice, LATER)
        assert communications.log_notice(session, notice, LATER) == entry
        assert (entry.other_party, entry.direction) == ("a@school.example", Direction.OUT)
        assert communications.history_of(session, person, STAFF) == [entry]


def test_a_link_to_a_hidden_entry_stays_hidden_and_shows_on_no_page(database: Database) -> None:
    with database.writing() as session:
        first = an_ect(session)
        second = an_ect(session, first.posts[0].school, trn="7654321", name=("Beth", "Holt"))
        message = a_message(session, b"mail")
        entry = communications.log_message(session, message, NOW)
        communications.link(session, entry, person_id=first.person_id, visibility=Visibility.NAMED_CONTACT)
        communications.link_message(session, message.id, second.person_id)
        session.refresh(entry, ["links"])
        assert {one.visibility for one in entry.links} == {Visibility.NAMED_CONTACT}
        assert communications.history_of(session, second.person, STAFF) == []
        assert not communications.is_letter_shown(session, message.id, STAFF)
        assert communications.is_letter_shown(session, message.id, EVERYTHING)
        again = a_message(session, b"the same mail again")
        again.duplicate_of_id = message.id
        session.flush()
        assert not communications.is_letter_shown(session, again.id, STAFF)


def test_what_is_about_several_ects_or_nobody_is_not_shared(sqlite: Database) -> None:
    with sqlite.writing() as session:
        first, actor = an_ect(session), an_administrator(session)
        second = an_ect(session, first.posts[0].school, trn="7654321", name=("Beth", "Holt"))
        entry = communications.log_message(session, a_message(session, b"mail"), NOW)
        with pytest.raises(Wrong, match="not linked"):
            communications.set_visibility(session, entry, Visibility.NAMED_CONTACT, actor, NOW)
        for one in (first, second):
            communications.link(session, entry, person_id=one.person_id)
        session.refresh(entry, ["links"])
        for wide in (Visibility.SCHOOL, Visibility.ECT):
            with pytest.raises(Wrong, match="several ECTs"):
                communications.set_visibility(session, entry, wide, actor, NOW)
        communications.set_visibility(session, entry, Visibility.NAMED_CONTACT, actor, NOW)
        assert communications.history_of(session, first.person, STAFF) == []
