"""The log of communications: everything once, linked to whom it concerns, shown only to whom it may."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from records import communications
from records.db import Database
from records.models.communications import Communication, CommunicationChannel, Direction, Visibility
from records.models.people import Person
from records.notices import ask
from records.values import Wrong
from tests.support.builders import LATER, NOW, a_message, a_submission, an_administrator, an_ect


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
        assert communications.history_of(session, induction.person, [Visibility.BODY]) == [entry]


def test_a_complaint_for_the_named_contact_never_shows_to_the_school(database: Database) -> None:
    with database.writing() as session:
        person = an_ect(session).person
        open_one = _call(session, person, visibility=Visibility.SCHOOL)
        secret = _call(session, person, visibility=Visibility.NAMED_CONTACT, happened_at=NOW - timedelta(days=1))
        assert communications.history_of(session, person, [Visibility.SCHOOL, Visibility.ECT]) == [open_one]
        assert communications.history_of(session, person, list(Visibility)) == [open_one, secret]


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
        assert communications.history_of(session, person, [Visibility.BODY]) == [entry]
