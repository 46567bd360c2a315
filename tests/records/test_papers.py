"""Whatever became of its reading, a person can type a paper in, file it, or have it read again."""

import pytest

from records import decisions, papers
from records.db import Database
from records.models.submissions import Submission, SubmissionValue
from records.states import AttachmentState, Claim, SubmissionState, move
from records.submissions import current_of, draft, redraft, values_of
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, a_draft, a_message, a_paper, an_administrator, an_attachment, an_ect


def test_a_paper_that_was_not_read_can_be_typed_in_and_accepted(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        actor = an_administrator(session)
        attachment = an_attachment(session, a_message(session))
        submission = papers.type_in(session, attachment, "progress_review", actor, NOW)
        assert {one.status for one in submission.values} == {"typed"}
        for key, text in {"trn": "1234567", "date_of_birth": "1999-05-17", "on_track": "true"}.items():
            decisions.correct(session, submission, key, text, actor, LATER)
        assert decisions.obstacles(session, submission) == []
        assert decisions.accept(session, submission, actor, LATER) is not None


def test_a_paper_with_a_draft_is_not_typed_in_beside_it(sqlite: Database) -> None:
    with sqlite.writing() as session:
        actor = an_administrator(session)
        attachment = an_attachment(session, a_message(session))
        papers.type_in(session, attachment, "progress_review", actor, NOW)
        with pytest.raises(Wrong, match="already"):
            papers.type_in(session, attachment, "progress_review", actor, NOW)


def test_filing_closes_a_waiting_draft(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        message = a_message(session)
        attachment = an_attachment(session, message)
        submission = draft(session, a_paper(session, message, attachment), a_draft(), received_at=NOW, now=NOW)
        papers.file_document(session, attachment, induction, "letter", an_administrator(session), LATER)
        assert submission.state is SubmissionState.REJECTED
        assert (attachment.filed_as, attachment.filed_for_id) == ("letter", induction.id)
        with pytest.raises(Wrong):
            papers.file_document(session, attachment, induction, "nonsense", an_administrator(session, "b"), LATER)


def test_a_new_reading_takes_the_place_of_an_open_draft_only(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        an_ect(session)
        message = a_message(session)
        attachment = an_attachment(session, message)
        first = draft(session, a_paper(session, message, attachment), a_draft(trn=None), received_at=NOW, now=NOW)
        second = redraft(session, first, a_paper(session, message, attachment), a_draft(), now=LATER)
        assert first.state is SubmissionState.SUPERSEDED
        assert (second.replaces_id, second.received_at) == (first.id, NOW)
        assert values_of(second)["trn"] == "1234567"
        decisions.accept(session, second, actor, LATER)
        third = redraft(session, second, a_paper(session, message, attachment), a_draft(), now=LATER)
        assert (second.state, third.replaces_id) == (SubmissionState.ACCEPTED, second.id)
        assert set(current_of(session, attachment)) == {second, third}


def _value(submission: Submission, key: str) -> SubmissionValue:
    return next(one for one in submission.values if one.key == key)


def test_what_people_put_right_outlives_a_new_reading(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        an_ect(session)
        message = a_message(session)
        attachment = an_attachment(session, message)
        first = draft(session, a_paper(session, message, attachment), a_draft(trn="7654321"), received_at=NOW, now=NOW)
        decisions.correct(session, first, "trn", "1234567", actor, NOW)
        decisions.correct(session, first, "days_absent", "3.5", actor, NOW)
        decisions.correct_kind(session, first, "interim_assessment", actor, NOW)
        same = redraft(session, first, a_paper(session, message, attachment), a_draft(trn="7654321"), now=LATER)
        assert first.state is SubmissionState.SUPERSEDED
        assert (values_of(same)["trn"], values_of(same)["days_absent"], same.kind) == ("1234567", "3.5", "interim_assessment")
        assert _value(same, "trn").corrected_by_id == actor.account_id
        assert decisions.doubtful(same) == []
        assert same.induction_id is not None


def test_new_reading_that_says_something_else_asks_and_does_not_overwrite(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        message = a_message(session)
        attachment = an_attachment(session, message)
        first = draft(session, a_paper(session, message, attachment), a_draft(trn="7654321"), received_at=NOW, now=NOW)
        decisions.correct(session, first, "trn", "1234567", actor, NOW)
        other = redraft(session, first, a_paper(session, message, attachment), a_draft(trn="2222222"), now=LATER)
        trn = _value(other, "trn")
        assert (trn.value, trn.read_value, trn.status) == ("1234567", "2222222", "check")
        assert "1234567" in (trn.reason or "")
        assert "2222222" in (trn.reason or "")
        assert trn in decisions.doubtful(other)
        agreeing = redraft(session, other, a_paper(session, message, attachment), a_draft(trn="1234567"), now=LATER)
        assert trn_is_settled(agreeing)


def trn_is_settled(submission: Submission) -> bool:
    trn = _value(submission, "trn")
    return trn.value == "1234567" and trn not in decisions.doubtful(submission)


def test_untouched_values_are_those_of_the_new_reading(sqlite: Database) -> None:
    with sqlite.writing() as session:
        message = a_message(session)
        attachment = an_attachment(session, message)
        first = draft(session, a_paper(session, message, attachment), a_draft(trn="7654321"), received_at=NOW, now=NOW)
        second = redraft(session, first, a_paper(session, message, attachment), a_draft(trn="1234567"), now=LATER)
        assert values_of(second)["trn"] == "1234567"


def test_reading_again_starts_counting_anew(sqlite: Database) -> None:
    with sqlite.writing() as session:
        actor = an_administrator(session)
        attachment = an_attachment(session, a_message(session))
        move(session, attachment, AttachmentState.READING, MACHINE, "", NOW, claim=Claim("w", LATER))
        move(session, attachment, AttachmentState.UNREADABLE, MACHINE, "broken", NOW)
        papers.read_again(session, attachment, actor, LATER)
        assert (attachment.state, attachment.attempts) == (AttachmentState.WAITING, 0)
        attachment.blob_sha256 = None
        with pytest.raises(Wrong, match="let go"):
            papers.read_again(session, attachment, actor, LATER)
