"""When data must go: neither a day too early nor too late, and never of somebody under a hold."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from records import decisions
from records.belongings import belongings
from records.db import Database
from records.models.inductions import Induction, Outcome
from records.models.post import AttachmentDecision, StoredMessage
from records.models.retention import Hold
from records.models.submissions import Submission
from records.papers import file_document
from records.retention import PRESETS, Anchor, Policy, Scope, anchor_of, plan, years_after
from records.states import AttachmentState, MessageState
from records.submissions import draft
from tests.support.builders import NOW, a_draft, a_message, a_paper, a_submission, an_administrator, an_attachment, an_ect

DELETED = PRESETS["deleted"]


def _ended(session: Session, outcome: Outcome, on: date | None) -> Induction:
    induction = an_ect(session)
    induction.outcome, induction.completed_on, induction.outcome_on = outcome, on, on
    session.flush()
    return induction


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
def test_a_passed_ect_goes_six_years_to_the_day_after_completion(database: Database, policy: Policy) -> None:
    with database.writing() as session:
        induction = _ended(session, Outcome.PASS, date(2020, 7, 17))
        assert plan(session, policy, _noon(date(2026, 7, 16))).departures == ()
        found = plan(session, policy, _noon(date(2026, 7, 17))).departures
    assert [(one.subject_id, one.scope, one.due_on) for one in found] == [(induction.id, policy.scope, date(2026, 7, 17))]


def test_an_induction_that_runs_is_never_in_the_plan(sqlite: Database) -> None:
    with sqlite.writing() as session:
        an_ect(session)
        found = plan(session, DELETED, _noon(date(2099, 1, 1)))
    assert (found.departures, found.questions) == ((), ())


@pytest.mark.parametrize(("outcome", "on"), [(Outcome.RELEASE, date(2010, 1, 1)), (Outcome.PASS, None), (Outcome.FAIL, None)])
def test_where_no_anchor_is_known_a_person_is_asked(sqlite: Database, outcome: Outcome, on: date | None) -> None:
    with sqlite.writing() as session:
        induction = _ended(session, outcome, on)
        found = plan(session, DELETED, _noon(date(2099, 1, 1)))
    assert found.departures == ()
    assert [(one.induction_id, bool(one.why)) for one in found.questions] == [(induction.id, True)]


def test_a_hold_keeps_somebody_back_until_it_is_lifted(database: Database) -> None:
    with database.writing() as session:
        induction = _ended(session, Outcome.PASS, date(2019, 7, 17))
        hold = Hold(person_id=induction.person_id, reason="appeal", placed_at=NOW)
        session.add(hold)
        session.flush()
        found = plan(session, DELETED, NOW)
        assert (found.departures, [one.subject_id for one in found.held]) == ((), [induction.id])
        hold.lifted_at = NOW
        session.flush()
        assert [one.subject_id for one in plan(session, DELETED, NOW).departures] == [induction.id]


def _opened(session: Session, submission: Submission) -> None:
    stored = session.get_one(StoredMessage, submission.message_id)
    stored.state = MessageState.OPENED
    for attachment in stored.attachments:
        attachment.state = AttachmentState.READ
    session.flush()


def test_raw_post_goes_some_days_after_all_its_papers_are_decided(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        submission = a_submission(session)
        _opened(session, submission)
        session.expire_all()
        late = NOW + timedelta(days=200)
        assert plan(session, DELETED, late).departures == ()
        decisions.reject(session, submission, "", an_administrator(session), NOW)
        assert plan(session, DELETED, NOW + timedelta(days=29)).departures == ()
        found = plan(session, DELETED, NOW + timedelta(days=31)).departures
    assert [(one.scope, one.subject_id) for one in found] == [(Scope.RAW_POST, submission.message_id)]


def test_post_that_never_found_anybody_goes_after_a_year_unless_it_waits(sqlite: Database) -> None:
    with sqlite.writing() as session:
        submission = a_submission(session, a_draft(trn=None))
        _opened(session, submission)
        year_later = NOW + timedelta(days=366)
        assert plan(session, DELETED, year_later).departures == ()
        decisions.reject(session, submission, "", an_administrator(session), NOW)
        found = plan(session, DELETED, year_later).departures
    assert Scope.UNMATCHED_POST in {one.scope for one in found}


@pytest.mark.parametrize("state", [AttachmentState.WAITING, AttachmentState.UNREADABLE])
def test_post_in_which_something_was_not_read_waits_until_a_person_files_it(sqlite: Database, state: AttachmentState) -> None:
    with sqlite.writing() as session:
        message = a_message(session)
        message.state = MessageState.OPENED
        attachment = an_attachment(session, message)
        attachment.state = state
        session.flush()
        year_later = NOW + timedelta(days=366)
        assert plan(session, DELETED, year_later).departures == ()
        file_document(session, attachment, None, "other", an_administrator(session), NOW)
        assert [one.subject_id for one in plan(session, DELETED, year_later).departures] == [message.id]


def test_post_that_was_never_opened_does_not_go(sqlite: Database) -> None:
    with sqlite.writing() as session:
        a_message(session)
        assert plan(session, DELETED, NOW + timedelta(days=366)).departures == ()


def test_raw_post_waits_for_a_locked_archive_beside_the_decided_form(sqlite: Database) -> None:
    with sqlite.writing() as session:
        an_ect(session)
        submission = a_submission(session)
        _opened(session, submission)
        locked = an_attachment(session, session.get_one(StoredMessage, submission.message_id), "locked.zip")
        locked.decision, locked.state = AttachmentDecision.CONTAINER, AttachmentState.UNREADABLE
        session.flush()
        actor = an_administrator(session)
        decisions.reject(session, submission, "", actor, NOW)
        assert plan(session, DELETED, NOW + timedelta(days=31)).departures == ()
        file_document(session, locked, None, "other", actor, NOW)
        assert [one.scope for one in plan(session, DELETED, NOW + timedelta(days=31)).departures] == [Scope.RAW_POST]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12))
def test_the_same_day_years_later_is_never_early(day: date, years: int) -> None:
    later = years_after(day, years)
    assert later.year == day.year + years
    assert (later.month, later.day) >= (day.month, day.day)
    assert later - date(day.year + years, day.month, min(day.day, 28)) <= timedelta(days=3)


def test_every_outcome_has_an_anchor_in_every_preset() -> None:
    for policy in PRESETS.values():
        assert {outcome for outcome, _anchor in policy.anchors} == set(Outcome)
        assert policy.years == 6


def test_the_anchor_is_a_setting_of_the_body() -> None:
    leaver = Induction(outcome=Outcome.RELEASE, completed_on=None, outcome_on=date(2020, 1, 1), required_terms=Decimal(6))
    assert isinstance(anchor_of(leaver, DELETED), str)
    own = Policy("own", Scope.EVERYTHING, anchors=((Outcome.RELEASE, Anchor.DECIDED),))
    assert anchor_of(leaver, own) == date(2020, 1, 1)


def test_a_hold_on_one_keeps_back_the_other_whose_paper_came_in_the_same_letter(sqlite: Database) -> None:
    with sqlite.writing() as session:
        gone = _ended(session, Outcome.PASS, date(2015, 7, 17))
        held = an_ect(session, gone.posts[0].school, trn="7654321", name=("Tom", "Holt"))
        mine = a_submission(session, body=b"shared")
        message = session.get_one(StoredMessage, mine.message_id)
        theirs = draft(
            session,
            a_paper(session, message),
            a_draft(said={"trn": "7654321", "ect_name": "Tom Holt"}),
            received_at=NOW,
            now=NOW,
        )
        assert (mine.induction_id, theirs.induction_id) == (gone.id, held.id)
        session.add(Hold(person_id=held.person_id, reason="appeal", placed_at=NOW))
        session.flush()
        found = plan(session, DELETED, NOW)
    assert [one.subject_id for one in found.held] == [gone.id]
    assert found.departures == ()


def test_a_repeat_of_a_letter_has_a_year_of_its_own(sqlite: Database) -> None:
    with sqlite.writing() as session:
        first = a_message(session, b"one")
        first.state = MessageState.OPENED
        repeat = a_message(session, b"one", received_at=NOW + timedelta(days=365))
        repeat.state = MessageState.OPENED
        session.flush()
        found = plan(session, DELETED, NOW + timedelta(days=366)).departures
        assert [one.subject_id for one in found] == [first.id]
        assert belongings(session, found[0]).of(StoredMessage) == {first.id}
