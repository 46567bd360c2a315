"""Whether a letter may go out: each reason against it, and that nothing else is one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifications.kinds import KINDS, RECEIPT, SENT_BACK, SET_UP_LINK, Audience, Category, NoticeKind, RepeatWindow
from notifications.policy import Circumstances, Verdict, may_send

FINE = Circumstances(registered=True)
NEWSLETTER = NoticeKind(
    name="newsletter",
    category=Category.MARKETING,
    template="newsletter",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=1, within=timedelta(days=7)),
)


def verdict(kind: NoticeKind, now_true: Circumstances) -> Verdict:
    return may_send(kind, now_true).verdict


def test_a_receipt_to_a_registered_school_goes_out() -> None:
    assert verdict(RECEIPT, FINE) is Verdict.SEND


@pytest.mark.parametrize(
    ("against", "word"),
    [
        (replace(FINE, registered=False), "not registered"),
        (replace(FINE, answers_automatic="it says so"), "automatic"),
        (replace(FINE, answers_nobody=True), "without a sender"),
        (replace(FINE, answers_import=True), "from a file"),
        (replace(FINE, answers_forged=True), "could not be confirmed"),
        (replace(FINE, address_failing=True), "come back"),
        (replace(FINE, restricted=True), "only be stored"),
        (replace(FINE, sent_lately=50), "too many"),
    ],
)
def test_a_receipt_is_withheld_with_the_reason_in_words(against: Circumstances, word: str) -> None:
    answer = may_send(RECEIPT, against)
    assert answer.verdict is Verdict.WITHHOLD
    assert word in answer.why


def test_a_person_s_decision_is_told_even_where_the_form_came_by_automatic_mail() -> None:
    assert (
        verdict(SENT_BACK, Circumstances(registered=True, answers_automatic="a scanner", submission_state="returned"))
        is Verdict.SEND
    )


@pytest.mark.parametrize("state", ["in_review", "accepted", "superseded", None])
def test_a_sent_back_letter_is_withheld_when_the_form_has_moved_on(state: str | None) -> None:
    assert verdict(SENT_BACK, replace(FINE, submission_state=state)) is Verdict.WITHHOLD


def test_marketing_needs_consent_and_service_does_not() -> None:
    assert verdict(NEWSLETTER, FINE) is Verdict.WITHHOLD
    assert verdict(NEWSLETTER, replace(FINE, consented=True)) is Verdict.SEND
    assert verdict(SET_UP_LINK, replace(FINE, consented=False)) is Verdict.SEND


def test_one_letter_below_the_most_still_goes_out() -> None:
    assert verdict(RECEIPT, replace(FINE, sent_lately=RECEIPT.repeat.most - 1)) is Verdict.SEND


def test_every_kind_has_its_own_name_and_no_machine_answers_without_bound() -> None:
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.repeat.most > 0
        assert kind.repeat.within > timedelta(0)
