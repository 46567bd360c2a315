"""Every state and status has its words."""

import pytest

from ingest.authentication import Verdict
from records.fields import FIELDS
from records.models.communications import CommunicationChannel, Direction, Visibility
from records.models.inductions import AssessmentKind, AssessmentPoint, Outcome
from records.models.people import BODY_ROLES
from records.models.post import AttachmentDecision, Channel
from records.models.submissions import MatchCertainty
from records.states import AttachmentState, MessageState, NoticeState, SubmissionState
from web import history_words, words


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (words.MESSAGE, MessageState),
        (words.ATTACHMENT, AttachmentState),
        (words.SUBMISSION, SubmissionState),
        (words.NOTICE, NoticeState),
        (words.DECISION, AttachmentDecision),
        (words.CHANNEL, Channel),
        (words.ASSESSMENT, AssessmentKind),
        (words.POINT, AssessmentPoint),
        (words.OUTCOME, Outcome),
        (words.VISIBILITY, Visibility),
        (words.COMMUNICATION_ELSE, CommunicationChannel),
        (words.ROLE, BODY_ROLES),
    ],
)
def test_table_of_words_is_whole(table: dict[object, object], kinds: object) -> None:
    assert set(table) == set(kinds)  # type: ignore[call-overload]


def test_matches_have_words() -> None:
    assert set(words.MATCH) == {one.value for one in MatchCertainty}


def test_verdicts_about_senders_have_words() -> None:
    assert set(words.SENDER) == {one.value for one in Verdict}


def test_four_words_of_the_reading() -> None:
    told = {key: words.STATUS[key].text for key in ("clear", "check", "missing", "conflict")}
    assert told == {
        "clear": "Read clearly",
        "check": "Check this",
        "missing": "Not found",
        "conflict": "Conflicts with the record",
    }


def test_every_conversation_has_a_name() -> None:
    for channel in CommunicationChannel:
        for direction in Direction:
            assert words.communication_words(channel, direction)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("period_end", "2026-03-27", "27 March 2026"),
        ("period_end", "soon", "soon"),
        ("on_track", "true", "Yes"),
        ("judgement", "unsatisfactory", "Unsatisfactory"),
        ("days_absent", "2.5", "2.5"),
        ("unknown_key", "x", "x"),
        ("trn", None, ""),
    ],
)
def test_values_are_shown_as_people_read_them(key: str, value: str | None, shown: str) -> None:
    assert words.value_words(value, key) == shown


def test_every_choice_of_every_field_has_words() -> None:
    for spec in FIELDS:
        for value, text in spec.choices:
            assert words.value_words(value, spec.key) == text


def test_form_titles() -> None:
    assert words.form_title("formal_assessment", "first") == "First formal assessment"
    assert words.form_title("progress_review", "first") == "Progress review"
    assert words.form_title(None) == "Paper of no known kind"


def test_history_tells_both_sides_of_a_change() -> None:
    detail = {"key": "period_end", "before": "2026-03-27", "after": None}
    assert history_words.event_detail("value_corrected", detail) == "End of the period: “27 March 2026” became “nothing”"
    assert history_words.event_detail("submission_accepted", {}) == ""
    assert history_words.event_words("something_new") == "Something new"
