"""The written notice of a decision on its way: what happens where it does not arrive, or its decision is taken back."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from notifications import outcome_letters
from notifications.compose import Letterhead
from notifications.delivery import Outbox, OutboxSettings
from notifications.letters import Letter
from notifications.postman import Refused, Sent
from records import guidance, outcomes
from records.db import Database
from records.models.cases import Case, CaseKind
from records.models.inductions import Extension
from records.models.notices import Notice
from records.people import add_address
from records.states import NoticeState
from tests.support.builders import NOW, an_administrator, an_ect

TODAY = date(2026, 3, 30)
SETTINGS = OutboxSettings(Letterhead("Example Body", "forms@body.example"), max_per_minute=1000)


class Postbag:
    """Keeps the letters, does what a test wants while one is with it, and answers as it was told."""

    def __init__(self, answer: Sent | Refused, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.letters: list[Letter] = []
        self.answer, self.meanwhile = answer, meanwhile

    def send(self, letter: Letter) -> Sent | Refused:
        self.letters.append(letter)
        self.meanwhile()
        return self.answer


TAKEN, REFUSED = Sent("250 taken"), Refused(permanent=True, why="550 no such user")


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


def outbox(database: Database, bag: Postbag, now: datetime = NOW) -> Outbox:
    return Outbox(database, bag, lambda: now, SETTINGS, "one")


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
