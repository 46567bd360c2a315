"""The outbox on both databases: what is asked for is sent once, checked again at the last moment, and tried again in time."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from notifications import delivery
from notifications.compose import Letterhead
from notifications.delivery import RETRY_AFTER, Outbox, OutboxSettings
from notifications.letters import Letter
from notifications.postman import Encryption, Refused, Sent, Smarthost, SmtpPostman
from records import schools
from records.db import Database
from records.models.communications import Communication, Direction
from records.models.notices import Notice
from records.models.people import Person
from records.models.post import Channel, StoredMessage
from records.models.retention import Hold
from records.models.schools import School, SchoolAddress
from records.models.submissions import Submission
from records.notices import ask
from records.people import add_address, register_person
from records.states import NoticeState, SubmissionState
from tests.support.smarthost import PlayedSmarthost

NOON = datetime(2026, 6, 4, 12, 0, tzinfo=UTC)
OFFICE = "office@hillside.example"
SETTINGS = OutboxSettings(Letterhead("Example Body", "forms@body.example"), max_per_minute=1000)
CODE = {"code": "204917", "ends_at": NOON.isoformat()}
RECEIPT = {"received_at": NOON.isoformat(), "forms": [], "problems": ["The file is empty."]}


class Postbag:
    """A postman that keeps the letters, and refuses when it was told to."""

    def __init__(self, *answers: Refused) -> None:
        self.letters: list[Letter] = []
        self.answers = list(answers)

    def send(self, letter: Letter) -> Sent | Refused:
        self.letters.append(letter)
        return self.answers.pop(0) if self.answers else Sent("250 taken")


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def school(database: Database) -> uuid.UUID:
    with database.writing() as session:
        return schools.register_school(session, name="Hillside School", addresses=[OFFICE], now=NOON - timedelta(days=30)).id


def receipt(database: Database, to: str = OFFICE, key: str = "one", **more: Any) -> uuid.UUID:
    with database.writing() as session:
        return ask(session, kind="receipt", key=key, to_address=to, now=NOON, content=RECEIPT, **more).id


def came_in(database: Database, **more: Any) -> uuid.UUID:
    """A message that somebody sent us."""
    with database.writing() as session:
        values = {"channel": Channel.SMTP, "envelope_from": OFFICE, "message_id": "<their@hillside.example>", **more}
        message = StoredMessage(id=uuid.uuid4(), received_at=NOON, state_since=NOON, size=1, **values)
        session.add(message)
    return message.id


@contextmanager
def notice(database: Database, notice_id: uuid.UUID) -> Iterator[Notice]:
    with database.reading() as session:
        yield session.get_one(Notice, notice_id)


def outbox(database: Database, postman: Any, clock: Clock, settings: OutboxSettings = SETTINGS, worker: str = "one") -> Outbox:
    return Outbox(database, postman, clock, settings, worker)


def test_an_asked_for_letter_is_sent_once_and_logged(database: Database, clock: Clock, school: uuid.UUID) -> None:
    asked = receipt(database, school_id=school)
    bag = Postbag()
    box = outbox(database, bag, clock)
    assert [box.step(), box.step()] == [True, False]
    [letter] = bag.letters
    assert (letter.to, letter.envelope_sender) == (OFFICE, "")
    with notice(database, asked) as sent:
        assert (sent.state, sent.attempts, sent.sent_at) == (NoticeState.SENT, 1, NOON)
        assert sent.letter_id == letter.letter_id
        assert sent.text == letter.text
    with database.reading() as session:
        [entry] = session.scalars(sa.select(Communication))
        assert (entry.direction, entry.notice_id, entry.other_party) == (Direction.OUT, asked, OFFICE)
        assert [link.school_id for link in entry.links] == [school]


def test_no_database_session_is_open_while_a_letter_travels(sqlite: Database, clock: Clock) -> None:
    with sqlite.writing() as session:
        schools.register_school(session, name="Hillside School", addresses=[OFFICE], now=NOON)

    class Onlooker(Postbag):
        def send(self, letter: Letter) -> Sent | Refused:
            assert sqlite.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # of the pool that files have
            return super().send(letter)

    receipt(sqlite)
    bag = Onlooker()
    outbox(sqlite, bag, clock).step()
    assert len(bag.letters) == 1


def test_nothing_goes_out_before_its_time(database: Database, clock: Clock, school: uuid.UUID) -> None:
    receipt(database, not_before=NOON + timedelta(hours=1))
    bag = Postbag()
    box = outbox(database, bag, clock)
    assert not box.step()
    clock.later(hours=1)
    assert box.step()
    assert len(bag.letters) == 1


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({"automatic": "The header says so"}, "automatic"),
        ({"envelope_from": "<>"}, "without a sender"),
        ({"envelope_from": ""}, "without a sender"),
        ({"channel": Channel.FILE}, "from a file"),
        ({"authentication": {"verdict": "failed"}}, "confirmed"),
    ],
)
def test_a_receipt_never_answers_a_machine_nobody_or_a_forger(
    database: Database, clock: Clock, school: uuid.UUID, message: dict[str, Any], why: str
) -> None:
    asked = receipt(database, message_id=came_in(database, **message))
    bag = Postbag()
    outbox(database, bag, clock).step()
    assert bag.letters == []
    with notice(database, asked) as withheld:
        assert withheld.state is NoticeState.WITHHELD
        assert withheld.outcome is not None
        assert why in withheld.outcome


def test_a_receipt_answers_a_person_s_letter_in_its_thread(database: Database, clock: Clock, school: uuid.UUID) -> None:
    receipt(database, message_id=came_in(database))
    bag = Postbag()
    outbox(database, bag, clock).step()
    assert ("In-Reply-To", "<their@hillside.example>") in bag.letters[0].headers


@pytest.mark.parametrize("to", ["stranger@elsewhere.example", "office@hillside.example.evil.example"])
def test_an_address_that_is_not_registered_gets_nothing(database: Database, clock: Clock, school: uuid.UUID, to: str) -> None:
    asked = receipt(database, to=to)
    bag = Postbag()
    outbox(database, bag, clock).step()
    assert bag.letters == []
    with notice(database, asked) as withheld:
        assert withheld.state is NoticeState.WITHHELD


def test_the_rules_are_asked_again_at_the_moment_of_sending(database: Database, clock: Clock, school: uuid.UUID) -> None:
    asked = receipt(database)
    with database.writing() as session:
        session.execute(sa.update(SchoolAddress).values(until=date(2026, 6, 3)))
    bag = Postbag()
    outbox(database, bag, clock).step()
    assert bag.letters == []
    with notice(database, asked) as withheld:
        assert withheld.state is NoticeState.WITHHELD


def test_a_registered_domain_counts_for_every_mailbox_in_it(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        schools.register_school(session, name="Hillside School", addresses=["@hillside.example"], now=NOON)
    receipt(database, to="anybody@hillside.example")
    bag = Postbag()
    outbox(database, bag, clock).step()
    assert len(bag.letters) == 1


def test_nothing_goes_to_an_address_from_which_mail_came_back_or_about_somebody_under_restriction(
    database: Database, clock: Clock, school: uuid.UUID
) -> None:
    with database.writing() as session:
        person = register_person(session, first_name="Ann", last_name="Other", now=NOON)
        add_address(session, person, OFFICE, NOON).failing_since = NOON
        held = register_person(session, first_name="Una", last_name="Held", now=NOON)
        session.add(Hold(id=uuid.uuid4(), person_id=held.id, reason="asked for", restricts=True, placed_at=NOON))
        schools.add_address(session, session.get_one(School, school), "head@hillside.example", NOON)
    receipt(database, key="failing")
    receipt(database, to="head@hillside.example", key="restricted", about_person_id=held.id)
    bag = Postbag()
    box = outbox(database, bag, clock)
    assert [box.step(), box.step(), box.step()] == [True, True, False]
    assert bag.letters == []


def test_a_sent_back_letter_is_withheld_when_the_form_was_taken_up_again(
    database: Database, clock: Clock, school: uuid.UUID
) -> None:
    content = {"form": "Progress review", "initials": "AB", "received_on": "4 June 2026", "reasons": ["Not signed"], "note": ""}
    with database.writing() as session:
        for state in (SubmissionState.RETURNED, SubmissionState.IN_REVIEW):
            form = Submission(id=uuid.uuid4(), state=state, received_at=NOON, state_since=NOON)
            session.add(form)
            session.flush()
            ask(session, kind="sent_back", key=state, to_address=OFFICE, now=NOON, content=content, submission_id=form.id)
    bag = Postbag()
    box = outbox(database, bag, clock)
    assert [box.step(), box.step(), box.step()] == [True, True, False]
    assert len(bag.letters) == 1
    assert bag.letters[0].envelope_sender == "forms@body.example", "a person's letter can bounce"


def test_a_refusal_for_good_fails_and_is_not_tried_again(database: Database, clock: Clock, school: uuid.UUID) -> None:
    asked = receipt(database)
    bag = Postbag(Refused(permanent=True, why="550 no such address"))
    box = outbox(database, bag, clock)
    box.step()
    clock.later(days=1)
    assert not box.step()
    with notice(database, asked) as failed:
        assert (failed.state, failed.outcome) == (NoticeState.FAILED, "550 no such address")


def test_a_refusal_for_now_is_tried_ten_times_over_about_four_hours(
    database: Database, clock: Clock, school: uuid.UUID
) -> None:
    asked = receipt(database)
    bag = Postbag(*[Refused(permanent=False, why="451 later")] * 20)
    box = outbox(database, bag, clock)
    for wait in (*RETRY_AFTER, timedelta(days=1)):
        assert box.step()
        clock.now += wait - timedelta(seconds=1)
        assert not box.step(), "not before its time"
        clock.later(seconds=1)
    assert len(bag.letters) == 10
    assert len({letter.letter_id for letter in bag.letters}) == 1
    assert timedelta(hours=3) < sum(RETRY_AFTER, timedelta()) < timedelta(hours=5)
    with notice(database, asked) as failed:
        assert (failed.state, failed.outcome) == (NoticeState.FAILED, "451 later")


def test_a_letter_that_gets_through_later_is_sent_once(database: Database, clock: Clock, school: uuid.UUID) -> None:
    asked = receipt(database)
    bag = Postbag(Refused(permanent=False, why="451 later"))
    box = outbox(database, bag, clock)
    assert box.step()
    clock.later(minutes=2)
    assert [box.step(), box.step()] == [True, False]
    with notice(database, asked) as sent:
        assert (sent.state, sent.attempts) == (NoticeState.SENT, 2)


class Dies(Postbag):
    """Hands the letter over, and dies before it can say so."""

    def send(self, letter: Letter) -> Sent | Refused:
        super().send(letter)
        raise SystemExit


def test_a_crash_after_sending_sends_again_with_the_same_message_id(
    database: Database, clock: Clock, school: uuid.UUID
) -> None:
    asked = receipt(database)
    dying, bag = Dies(), Postbag()
    with pytest.raises(SystemExit):
        outbox(database, dying, clock, worker="dead").step()
    box = outbox(database, bag, clock)
    assert not box.step(), "the dead one's claim still holds"
    clock.later(minutes=11)
    assert delivery.sweep(database, clock.now) == 1
    assert box.step()
    assert [letter.letter_id for letter in dying.letters] == [letter.letter_id for letter in bag.letters]
    with notice(database, asked) as sent:
        assert (sent.state, sent.attempts) == (NoticeState.SENT, 2)


def test_a_process_that_starts_anew_takes_back_what_it_held(database: Database, clock: Clock, school: uuid.UUID) -> None:
    receipt(database)
    with pytest.raises(SystemExit):
        outbox(database, Dies(), clock).step()
    bag = Postbag()
    assert outbox(database, bag, clock, worker="other").take_back_own() == 0
    box = outbox(database, bag, clock)
    assert box.take_back_own() == 1
    assert box.step()
    assert len(bag.letters) == 1


def test_a_letter_that_kills_its_sender_every_time_is_given_up(database: Database, clock: Clock, school: uuid.UUID) -> None:
    asked = receipt(database)
    dying = Dies()
    for _ in range(20):
        box = outbox(database, dying, clock)
        box.take_back_own()
        try:
            busy = box.step()
        except SystemExit:
            continue
        assert busy
        break
    assert len(dying.letters) == 10
    with notice(database, asked) as failed:
        assert failed.state is NoticeState.FAILED


def test_a_sender_that_was_too_slow_does_not_overwrite_what_came_of_it(
    database: Database, clock: Clock, school: uuid.UUID
) -> None:
    asked = receipt(database)
    bag = Postbag()

    class Slow(Postbag):
        def send(self, letter: Letter) -> Sent | Refused:
            clock.later(minutes=11)
            delivery.sweep(database, clock.now)
            outbox(database, bag, clock, worker="second").step()
            return Refused(permanent=True, why="too late")

    assert outbox(database, Slow(), clock, worker="first").step()
    assert len(bag.letters) == 1
    with notice(database, asked) as sent:
        assert sent.state is NoticeState.SENT


def test_no_more_letters_go_out_in_a_minute_than_allowed_over_all_hosts(
    database: Database, clock: Clock, school: uuid.UUID
) -> None:
    for number in range(7):
        receipt(database, key=str(number))
    bag = Postbag()
    slow = replace(SETTINGS, max_per_minute=3)
    boxes = [outbox(database, bag, clock, slow, worker) for worker in ("one", "two")]
    for minute in range(1, 4):
        for _ in range(5):
            for box in boxes:
                box.step()
        assert len(bag.letters) == min(7, 3 * minute)
        clock.later(seconds=61)


def test_a_secret_letter_is_not_kept_in_words(database: Database, clock: Clock) -> None:
    from records import accounts
    from records.events import Actor
    from records.models.people import Role

    with database.writing() as session:
        account = accounts.add_account(
            session,
            user_name="ann",
            first_name="Ann",
            last_name="Other",
            roles=[Role.ASSESSOR],
            now=NOON,
            actor=Actor.machine("t"),
        )
        add_address(session, session.get_one(Person, account.person_id), "ann@body.example", NOON)
        content = {"user_name": "ann", "link": "https://mailroom.body.example/set-up/open-sesame", "ends_at": NOON.isoformat()}
        asked = ask(session, kind="set_up_link", key="link", to_address="ann@body.example", now=NOON, content=content).id
    bag = Postbag()
    outbox(database, bag, clock).step()
    assert "open-sesame" in bag.letters[0].text
    with notice(database, asked) as sent:
        assert sent.state is NoticeState.SENT
        assert (sent.text, sent.content) == (None, {})


@pytest.mark.parametrize(("kind", "content"), [("receipt", {"forms": 3}), ("no_such_kind", {})])
def test_a_notice_that_cannot_become_a_letter_fails_and_stops_nothing(
    database: Database, clock: Clock, school: uuid.UUID, kind: str, content: dict[str, Any]
) -> None:
    with database.writing() as session:
        bad = ask(session, kind=kind, key="bad", to_address=OFFICE, now=NOON, content=content).id
    receipt(database, key="good")
    bag = Postbag()
    box = outbox(database, bag, clock)
    assert [box.step(), box.step(), box.step()] == [True, True, False]
    assert len(bag.letters) == 1
    with notice(database, bad) as failed:
        assert failed.state is NoticeState.FAILED


def test_the_outbox_sends_through_a_real_server(sqlite: Database, clock: Clock) -> None:
    with sqlite.writing() as session:
        schools.register_school(session, name="Hillside School", addresses=[OFFICE], now=NOON)
    receipt(sqlite)
    with PlayedSmarthost(data_replies=["451 4.3.0 come again"]) as server:
        postman = SmtpPostman(Smarthost("127.0.0.1", server.port, Encryption.NONE, timeout_seconds=10))
        box = outbox(sqlite, postman, clock)
        assert box.step()
        assert server.taken == []
        clock.later(minutes=1)
        assert box.step()
        [taken] = server.taken
    assert taken.envelope_to == [OFFICE]
    assert b"Auto-Submitted: auto-replied" in taken.content


def test_a_sign_in_code_does_not_wait_behind_a_morning_of_reminders(sqlite: Database) -> None:
    clock, bag = Clock(), Postbag()
    with sqlite.writing() as session:
        schools.register_school(session, name="Hillside", addresses=[OFFICE], now=NOON)
        for number in range(3):
            ask(session, kind="receipt", key=f"r{number}", to_address=OFFICE, now=NOON, content=RECEIPT)
        ask(session, kind="sign_in_code", key="code", to_address=OFFICE, now=NOON, content=CODE)
    outbox = Outbox(sqlite, bag, clock, replace(SETTINGS, max_per_minute=2), "outbox")
    while outbox.step():
        pass
    assert len(bag.letters) == 2
    assert "code" in bag.letters[0].subject.lower()
    with sqlite.writing() as session:
        ask(session, kind="sign_in_code", key="another", to_address=OFFICE, now=NOON, content=CODE)
    assert outbox.step()
    assert "code" in bag.letters[2].subject.lower()
