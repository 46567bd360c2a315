"""The written notice of a decision on its way: what happens where it does not arrive, or its decision is taken back."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from notifications import outcome_letters
from notifications.compose import Letterhead
from notifications.delivery import Outbox, OutboxSettings, sweep
from notifications.letters import Letter
from notifications.postman import Refused, Sent
from records import guidance, outcome_corrections, outcomes
from records.db import Database
from records.models.cases import Case, CaseKind
from records.models.inductions import Extension
from records.models.notices import Notice
from records.notices import MAY_HAVE_GONE, NEVER_WENT
from records.people import add_address
from records.states import NoticeState
from records.values import Wrong
from tests.support.builders import NOW, an_administrator, an_ect

TODAY = date(2026, 3, 30)
SETTINGS = OutboxSettings(Letterhead("Example Body", "forms@body.example"), max_per_minute=1000)
TAKEN, REFUSED = Sent("250 taken"), Refused(permanent=True, why="550 no such user")
BUSY = Refused(permanent=False, why="451 try later")


class Postbag:
    """Keeps the letters, does what a test wants while one is with it, and answers as it was told."""

    def __init__(self, answer: Sent | Refused = TAKEN, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.letters: list[Letter] = []
        self.answer, self.meanwhile = answer, meanwhile

    def send(self, letter: Letter) -> Sent | Refused:
        self.letters.append(letter)
        self.meanwhile()
        return self.answer


def extended(database: Database) -> uuid.UUID:
    """An ECT whose induction was extended today, and who is told by email."""
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        add_address(session, induction.person, "amara@home.example", NOW)
        row = outcomes.extend(session, induction, terms=Decimal(1), actor=actor, now=NOW, notice_sent_on=TODAY)
        told = outcome_letters.Told(None, TODAY, TODAY, Decimal(1))
        to = outcome_letters.receivers(session, induction, TODAY)
        assert outcome_letters.ask_for(session, induction, row.id, told, to, guidance.STANDARD, NOW) == 1
    return row.id


def take_back(database: Database, decision: uuid.UUID) -> None:
    with database.writing() as session:
        row = session.get_one(Extension, decision)
        actor = an_administrator(session, f"admin-{uuid.uuid4().hex[:6]}")
        outcome_corrections.take_extension_back(session, row.induction, row, "A slip", actor, NOW)


def outbox(database: Database, bag: Postbag, clock: Callable[[], datetime] = lambda: NOW) -> Outbox:
    return Outbox(database, bag, clock, SETTINGS, "one")


def state(database: Database) -> NoticeState:
    with database.reading() as session:
        return session.scalars(sa.select(Notice)).one().state


def outcome(database: Database) -> str | None:
    with database.reading() as session:
        return session.scalars(sa.select(Notice)).one().outcome


@pytest.mark.parametrize(("answer", "state", "cases"), [(TAKEN, NoticeState.SENT, 0), (REFUSED, NoticeState.FAILED, 1)])
def test_a_notice_that_cannot_be_sent_counts_as_not_sent_and_opens_a_case(
    database: Database, answer: Sent | Refused, state: NoticeState, cases: int
) -> None:
    decision = extended(database)
    assert outbox(database, Postbag(answer)).step()
    with database.reading() as session:
        assert session.scalars(sa.select(Notice)).one().state is state
        assert session.get_one(Extension, decision).notice_sent_on == (None if cases else TODAY)
        assert len(session.scalars(sa.select(Case).where(Case.kind == CaseKind.NOTICE)).all()) == cases


def test_a_queued_notice_of_a_decision_taken_back_never_goes(database: Database) -> None:
    take_back(database, extended(database))
    bag = Postbag()
    assert not outbox(database, bag).step()
    assert (bag.letters, state(database)) == ([], NoticeState.WITHHELD)


def test_a_notice_in_hand_does_not_go_once_its_decision_is_taken_back(database: Database) -> None:
    decision, bag = extended(database), Postbag()

    def clock() -> datetime:
        """Looked at between the claim and the handing over, too."""
        if state(database) is NoticeState.SENDING:
            take_back(database, decision)
        return NOW

    box = outbox(database, bag, clock)
    assert box.step()
    assert (bag.letters, state(database)) == ([], NoticeState.WITHHELD)
    assert not box.step()


@pytest.mark.parametrize(("answer", "became"), [(TAKEN, NoticeState.SENT), (BUSY, NoticeState.ASKED)])
def test_a_decision_cannot_be_taken_back_while_its_notice_is_with_the_next_server(
    database: Database, answer: Sent | Refused, became: NoticeState
) -> None:
    decision = extended(database)

    def meanwhile() -> None:
        with pytest.raises(Wrong, match="at this moment"):
            take_back(database, decision)

    bag = Postbag(answer, meanwhile)
    assert outbox(database, bag).step()
    assert (len(bag.letters), state(database)) == (1, became)
    take_back(database, decision)
    assert state(database) is (NoticeState.WITHHELD if became is NoticeState.ASKED else NoticeState.SENT)
    assert outcome(database) == ("250 taken" if became is NoticeState.SENT else NEVER_WENT)


def test_a_notice_whose_sender_died_holds_nobody_back_for_longer_than_its_claim(database: Database) -> None:
    decision = extended(database)

    def dies() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outbox(database, Postbag(TAKEN, dies)).step()
    with pytest.raises(Wrong, match="at this moment"):
        take_back(database, decision)
    assert sweep(database, NOW + timedelta(minutes=11)) == 1
    take_back(database, decision)
    assert (state(database), outcome(database)) == (NoticeState.WITHHELD, MAY_HAVE_GONE)
