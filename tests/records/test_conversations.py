"""Conversations: threads, owner, answer, note, done; and who sees which entry. On both databases."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from records import communications, conversations
from records.access import Viewer
from records.communications import EVERYTHING, Eyes, Search, eyes_of
from records.db import Database
from records.models.communications import CommunicationChannel, Conversation, Direction, Visibility
from records.models.people import Role
from records.models.post import Attachment, AttachmentDecision, StoredMessage
from records.states import AttachmentState
from records.values import Wrong
from tests.support import builders
from tests.support.builders import LATER, NOW

BODY = Eyes(frozenset({Visibility.BODY, Visibility.SCHOOL, Visibility.ECT}))


def a_letter(
    session: Session, subject: str = "A question", *, answers: tuple[str, ...] = (), form: bool = False
) -> StoredMessage:
    message = builders.a_message(session, f"Subject: {subject}\r\n\r\n{uuid.uuid4()}".encode())
    message.subject, message.message_id = subject, f"<{uuid.uuid4()}@school.example>"
    message.authentication = {"from": "lena@harrowgill.example", "verdict": "not known"}
    if form:
        row = Attachment(
            id=uuid.uuid4(), message_id=message.id, position=0, path="1", name="form.docx", decision=AttachmentDecision.PAPER
        )
        row.state, row.state_since, row.blob_sha256 = AttachmentState.WAITING, NOW, "0" * 64
        session.add(row)
    session.flush()
    conversations.place(session, message, answers, NOW)
    communications.log_message(session, message, NOW)
    return message


def of(session: Session, message: StoredMessage) -> Conversation:
    return session.get_one(Conversation, message.conversation_id)


def test_a_letter_without_a_form_opens_a_conversation_and_one_with_a_form_does_not(database: Database) -> None:
    with database.writing() as session:
        asked, form = a_letter(session), a_letter(session, "Forms", form=True)
        assert of(session, asked).done_at is None
        assert of(session, form).done_at is not None
        assert [one.id for one in conversations.listed(session)] == [asked.conversation_id]


def test_automatic_mail_opens_nothing_and_joins_what_it_answers(database: Database) -> None:
    with database.writing() as session:
        asked = a_letter(session)
        alone, reply = builders.a_message(session, b"alone"), builders.a_message(session, b"reply")
        alone.automatic = reply.automatic = "It is a report of a mail server."
        assert conversations.place(session, alone, (), NOW) is None
        assert conversations.place(session, reply, ("<unknown@x.example>", asked.message_id or ""), NOW) is not None
        assert reply.conversation_id == asked.conversation_id


def test_a_reply_to_our_answer_comes_into_the_conversation_and_opens_it_again(database: Database) -> None:
    with database.writing() as session:
        asked, actor = a_letter(session), builders.an_administrator(session)
        row = of(session, asked)
        notice = conversations.answer(session, row, " Thank you ", actor, NOW)
        assert (notice.to_address, notice.content) == (
            "lena@harrowgill.example",
            {"subject": "Re: A question", "text": "Thank you"},
        )
        assert [one.id for one in conversations.waiting(session, row)] == [notice.id]
        notice.subject = "Re: A question"
        communications.log_notice(session, notice, LATER)
        assert conversations.waiting(session, row) == []
        conversations.finish(session, row, actor, LATER)
        again = a_letter(session, "Re: A question", answers=(notice.letter_id,))
        assert again.conversation_id == row.id
        assert row.done_at is None
        assert len(conversations.entries(session, row, EVERYTHING)) == 3


def test_a_machines_letter_and_an_empty_answer_are_refused(sqlite: Database) -> None:
    with sqlite.writing() as session:
        asked, actor = a_letter(session), builders.an_administrator(session)
        with pytest.raises(Wrong, match="Write an answer"):
            conversations.answer(session, of(session, asked), "  ", actor, NOW)
        asked.automatic = "It says so."
        with pytest.raises(Wrong, match="machine"):
            conversations.answer(session, of(session, asked), "Hello", actor, NOW)
        asked.automatic, asked.authentication = None, {"from": None}
        with pytest.raises(Wrong, match="one sender"):
            conversations.answer(session, of(session, asked), "Hello", actor, NOW)


def test_a_note_is_for_staff_and_never_for_more_than_the_letter_was(sqlite: Database) -> None:
    with sqlite.writing() as session:
        asked, actor = a_letter(session), builders.an_administrator(session)
        induction = builders.an_ect(session)
        [entry] = conversations.entries(session, of(session, asked), EVERYTHING)
        communications.link(session, entry, person_id=induction.person_id, visibility=Visibility.NAMED_CONTACT)
        noted = conversations.note(session, of(session, asked), "Rang her", actor, LATER)
        session.refresh(noted, ["links"])
        assert [one.visibility for one in noted.links] == [Visibility.NAMED_CONTACT]
        assert conversations.entries(session, of(session, asked), BODY) == []
        with pytest.raises(Wrong, match="Write the note"):
            conversations.note(session, of(session, asked), "", actor, LATER)


def test_an_owner_and_their_open_conversations(sqlite: Database) -> None:
    with sqlite.writing() as session:
        asked, actor = a_letter(session), builders.an_administrator(session)
        conversations.set_owner(session, of(session, asked), actor.account_id, actor, NOW)
        assert len(conversations.listed(session, owner_id=actor.account_id)) == 1
        assert conversations.listed(session, owner_id=uuid.uuid4()) == []
        conversations.finish(session, of(session, asked), actor, NOW)
        assert conversations.listed(session, owner_id=actor.account_id) == []
        assert len(conversations.listed(session, done=True)) == 1
        conversations.reopen(session, of(session, asked), actor, NOW)
        assert len(conversations.listed(session)) == 1


def test_the_log_is_searched_by_words_kind_day_person_and_school(database: Database) -> None:
    with database.writing() as session:
        actor, induction = builders.an_administrator(session), builders.an_ect(session)
        school = induction.posts[0].school
        for number, (body, channel) in enumerate(
            (("Her mentor is ill", CommunicationChannel.TELEPHONE), ("100% sure", CommunicationChannel.MEETING))
        ):
            communications.log_call(
                session,
                channel=channel,
                direction=Direction.IN,
                happened_at=NOW - timedelta(days=number),
                body=body,
                actor=actor,
                now=NOW,
                person=induction.person if number == 0 else None,
                school=school,
            )

        def found(wanted: Search) -> list[str | None]:
            return [one.communication.body for one in communications.search(session, wanted, BODY)[0]]

        assert found(Search()) == ["Her mentor is ill", "100% sure"]
        assert found(Search(words="MENTOR ill")) == ["Her mentor is ill"]
        assert found(Search(words="%")) == ["100% sure"]
        assert found(Search(channel=CommunicationChannel.MEETING)) == ["100% sure"]
        assert found(Search(direction=Direction.OUT)) == []
        assert found(Search(since=date(2026, 3, 30))) == ["Her mentor is ill"]
        assert found(Search(until=date(2026, 3, 29))) == ["100% sure"]
        assert found(Search(person_id=induction.person_id)) == ["Her mentor is ill"]
        assert len(found(Search(school_id=school.id))) == 2
        [entry] = communications.search(session, Search(words="mentor"), BODY)[0]
        assert (entry.people, entry.schools, entry.delivery) == (("Amara Quillfeather",), (school.name,), None)
        assert communications.search(session, Search(), BODY, limit=1)[1] == 2


def test_what_is_for_the_named_contact_shows_to_that_contact_alone(database: Database) -> None:
    with database.writing() as session:
        induction, actor = builders.an_ect(session), builders.an_administrator(session)
        contact, colleague, assessor = (
            Viewer(uuid.uuid4(), uuid.uuid4(), "Rosa Tester", frozenset({role}))
            for role in (Role.NAMED_CONTACT, Role.NAMED_CONTACT, Role.ASSESSOR)
        )
        communications.log_call(
            session,
            channel=CommunicationChannel.TELEPHONE,
            direction=Direction.IN,
            happened_at=NOW,
            body="About her tutor",
            actor=actor,
            now=NOW,
            person=induction.person,
            visibility=Visibility.NAMED_CONTACT,
        )

        def sees(viewer: Viewer) -> bool:
            return communications.search(session, Search(), eyes_of(viewer))[1] == 1

        assert [sees(one) for one in (contact, colleague, assessor)] == [True, True, False], "nobody is named yet"
        from records import people

        named = people.register_person(session, first_name="Rosa", last_name="Tester", now=NOW)
        induction.named_contact_id = named.id
        session.flush()
        theirs = Viewer(uuid.uuid4(), named.id, "Rosa Tester", frozenset({Role.NAMED_CONTACT}))
        assert [sees(one) for one in (theirs, colleague, assessor)] == [True, False, False]
        assert not sees(Viewer(uuid.uuid4(), uuid.uuid4(), "Nobody", frozenset()))


def test_keeping_a_conversation_for_the_named_contact_takes_its_earlier_entries_along(database: Database) -> None:
    with database.writing() as session:
        induction, actor = builders.an_ect(session), builders.an_administrator(session)
        row = of(session, a_letter(session, "About a tutor"))
        [letter] = conversations.entries(session, row, EVERYTHING)
        note = conversations.note(session, row, "Rang back", actor, LATER)
        communications.link(session, note, person_id=induction.person_id)
        session.refresh(note, ["links"])
        assert conversations.keep_together(session, note, Visibility.NAMED_CONTACT, actor, LATER) == 1
        assert not communications.is_shown(session, letter, BODY)
        assert communications.ects_of(session, letter) == {induction.person_id}
        assert communications.search(session, Search(), BODY) == ([], 0)
        assert conversations.keep_together(session, note, Visibility.BODY, actor, LATER) == 1
        assert communications.search(session, Search(), BODY)[1] == 2
        with pytest.raises(Wrong, match="for each entry"):
            conversations.keep_together(session, note, Visibility.SCHOOL, actor, LATER)


def test_answers_and_replies_to_a_confidence_are_one_too_whoever_writes_them(database: Database) -> None:
    with database.writing() as session:
        induction, actor = builders.an_ect(session), builders.an_administrator(session)
        asked = a_letter(session, "In confidence")
        row = of(session, asked)
        [entry] = conversations.entries(session, row, EVERYTHING)
        communications.link(session, entry, person_id=induction.person_id)
        session.refresh(entry, ["links"])
        communications.set_visibility(session, entry, Visibility.NAMED_CONTACT, actor, NOW)
        notice = conversations.answer(session, row, "An answer", actor, NOW)
        communications.log_notice(session, notice, LATER)
        a_letter(session, "Re: In confidence", answers=(notice.letter_id,))
        assert len(communications.history_of(session, induction.person, EVERYTHING)) == 3
        assert communications.history_of(session, induction.person, BODY) == []
        assert communications.search(session, Search(), BODY) == ([], 0)
