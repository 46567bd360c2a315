"""Composing: every kind has its words, and no content can break out of them."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest

from notifications.compose import CannotCompose, Composer, Letterhead, Task
from notifications.kinds import KINDS, RECEIPT, SENT_BACK, Category, NoticeKind

NOON = datetime(2026, 6, 4, 8, 32, tzinfo=UTC)
HEAD = Letterhead("Example Body", "forms@body.example", "help@body.example", "01234 567890")
LINE = {"form": "Progress review", "initials": "AB", "blank": False, "missing": ["Teacher reference number (TRN)"]}
CONTENT: dict[str, dict[str, Any]] = {
    "receipt": {"received_at": NOON.isoformat(), "forms": [LINE], "problems": []},
    "sent_back": {
        "form": "Progress review",
        "initials": "AB",
        "received_on": "4 June 2026",
        "reasons": ["Not signed"],
        "note": "",
    },
    "set_up_link": {"user_name": "ann", "link": "https://mailroom.body.example/set-up/x", "ends_at": NOON.isoformat()},
    "invitation": {"code": "ABCD-2345", "role": "governor", "school": "Harrowgill Primary School", "ends_at": NOON.isoformat()},
    "answer": {"subject": "Re: A question", "text": "Thank you for asking."},
    "training_reminder": {"trained_on": "2025-03-01"},
    "sign_in_code": {"code": "204917", "ends_at": NOON.isoformat()},
    "case_reminder": {"items": [{"rung": "overdue", "case": "Appeal", "initials": "AQ", "due_on": "2026-06-03"}]},
    "outcome": {
        "outcome": "fail",
        "initials": "AQ",
        "ect": "Amara Quillfeather",
        "trn": "1234567",
        "school": "Harrowgill School",
        "to_ect": True,
        "decided_on": "2026-07-30",
        "sent_on": "2026-07-31",
        "ended_on": "2026-07-20",
        "terms": "6",
        "reason": "The standards for behaviour are not met.",
        "appeal_address": "An agency, Coventry",
        "appeal_days": 20,
        "received_on": "2026-08-02",
        "appeal_until": "2026-08-28",
    },
    "announcement": {"subject": "Training in June", "text": "We offer two days of training."},
    "reminder": {
        "items": [
            {
                "assessment": "00000000-0000-0000-0000-000000000001",
                "rung": "overdue",
                "form": "Progress review",
                "due_on": "2026-06-03",
                "ect": "Amara Quillfeather",
                "school": "Harrowgill School",
                "part": "tutor",
            }
        ]
    },
}


def task(kind: NoticeKind, **changes: Any) -> Task:
    way_out = "https://mailroom.body.example/unsubscribe/x" if kind.category is Category.MARKETING else None
    content = {**CONTENT[kind.name], **changes}
    return Task(kind, "<1@mailroom.invalid>", "office@school.example", content, null_sender=True, unsubscribe_url=way_out)


def test_there_is_content_for_every_kind_in_these_tests() -> None:
    assert set(CONTENT) == set(KINDS)


class Outline(HTMLParser):
    """What a screen reader would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.language: str | None = None
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "html":
            self.language = dict(attrs).get("lang")

    def handle_data(self, data: str) -> None:
        self.words += f" {data}"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_of_letter_is_a_whole_letter(kind: NoticeKind) -> None:
    letter = Composer(HEAD).compose(task(kind), NOON)
    message = message_from_bytes(letter.to_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Auto-Submitted"] in {"auto-replied", "auto-generated"}
    assert message["X-Auto-Response-Suppress"] == "All"
    assert ("List-Unsubscribe" in message) == (kind.category is Category.MARKETING), "nobody opts out of a service letter"
    assert letter.subject
    assert "help@body.example" in letter.text
    outline = Outline()
    outline.feed(letter.html)
    assert outline.language == "en"
    assert "img" not in outline.tags
    for word in letter.text.split():
        assert word.strip("-") in outline.words or word == "-"


def test_a_receipt_names_the_form_the_initials_and_what_is_missing() -> None:
    letter = Composer(HEAD).compose(task(RECEIPT), NOON)
    assert "Progress review for AB" in letter.text
    assert "Teacher reference number (TRN)" in letter.text
    assert "4 June 2026 at 9:32am" in letter.text, "London time"
    assert letter.envelope_sender == ""


def test_a_receipt_for_a_letter_without_forms_says_so() -> None:
    letter = Composer(HEAD).compose(task(RECEIPT, forms=[], problems=["The file is locked with a password."]), NOON)
    assert "We did not find a form in it" in letter.text
    assert "locked with a password" in letter.text


def test_a_blank_form_is_called_blank_and_its_empty_places_are_not_listed() -> None:
    letter = Composer(HEAD).compose(task(RECEIPT, forms=[{**LINE, "blank": True}]), NOON)
    assert "this form is blank" in letter.text
    assert "TRN" not in letter.text


def test_a_sent_back_letter_holds_the_reasons_and_the_note() -> None:
    letter = Composer(HEAD).compose(
        task(SENT_BACK, reasons=["Not signed", "No targets"], note="Please ring us.\nThank you."), NOON
    )
    assert "- Not signed\n- No targets" in letter.text
    assert "Please ring us.\nThank you." in letter.text
    assert "send the whole form again to forms@body.example" in letter.text


def test_words_from_outside_cannot_add_a_header_or_a_tag() -> None:
    letter = Composer(HEAD).compose(
        task(SENT_BACK, initials="AB\r\nBcc: spy@elsewhere.example", note="<script>alert(1)</script>"), NOON
    )
    message = message_from_bytes(letter.to_bytes(), policy=policy.default)
    assert message["Bcc"] is None
    assert "<script>" not in letter.html
    assert "&lt;script&gt;" in letter.html


def test_an_answer_is_threaded_under_the_letter_that_it_answers() -> None:
    answered = Composer(HEAD).compose(
        Task(RECEIPT, "<1@x>", "a@b.example", CONTENT["receipt"], in_reply_to="<their-id@school.example>"), NOON
    )
    assert ("In-Reply-To", "<their-id@school.example>") in answered.headers
    assert ("References", "<their-id@school.example>") in answered.headers


@pytest.mark.parametrize("written", [None, "", "no brackets", "<a b>", "<x\r\nBcc: spy@elsewhere.example>", f"<{'x' * 400}@y>"])
def test_a_message_id_that_is_none_is_not_repeated(written: str | None) -> None:
    letter = Composer(HEAD).compose(Task(RECEIPT, "<1@x>", "a@b.example", CONTENT["receipt"], in_reply_to=written), NOON)
    assert not [value for name, value in letter.headers if name == "In-Reply-To"]


def test_content_that_does_not_fit_is_an_expected_failure() -> None:
    with pytest.raises(CannotCompose, match="receipt"):
        Composer(HEAD).compose(Task(RECEIPT, "<1@x>", "a@b.example", {"forms": []}), NOON)
