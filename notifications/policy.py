"""Whether a letter may go out now. Pure: facts in, verdict out; asked again at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from notifications.kinds import Audience, Category, NoticeKind


class Verdict(StrEnum):
    SEND = "send"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict, and why in words where the letter is withheld."""

    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is true at the moment of sending."""

    registered: bool
    """The address belongs, today, to a school, to a person at one, or to the body's own staff (by the kind's audience)."""
    answers_automatic: str | None = None
    """Why the message that it answers counts as automatic; None for a person's letter or where it answers none."""
    answers_nobody: bool = False
    """The message that it answers had an empty envelope sender."""
    answers_import: bool = False
    """The message that it answers was taken in from a file, perhaps from an archive of years ago."""
    answers_forged: bool = False
    """The message that it answers failed the checks of its sender."""
    address_failing: bool = False
    """Mail to the address bounced for good."""
    restricted: bool = False
    """The person it is about is under a restriction: storage only."""
    submission_state: str | None = None
    owes_nothing: bool = False
    """Everything that the letter would remind of is in."""
    sent_lately: int = 0
    """Letters of this kind to this address within the kind's window."""
    consented: bool = False
    """The receiver's last choice about marketing is a yes."""


def may_send(kind: NoticeKind, now_true: Circumstances) -> Answer:
    """The first reason against it counts."""
    for reason in _against(kind, now_true):
        return Answer(Verdict.WITHHOLD, reason)
    return Answer(Verdict.SEND)


def _against(kind: NoticeKind, now_true: Circumstances) -> list[str]:
    whom = "a school" if kind.audience is Audience.SCHOOL else "a member of staff"
    checks = (
        (not now_true.registered, f"The address is not registered for {whom}."),
        (kind.automatic_answer and now_true.answers_automatic is not None, "It would answer automatic mail."),
        (kind.automatic_answer and now_true.answers_nobody, "It would answer mail without a sender."),
        (kind.automatic_answer and now_true.answers_import, "It would answer mail that was taken in from a file."),
        (kind.automatic_answer and now_true.answers_forged, "The sender of the mail that it answers could not be confirmed."),
        (now_true.address_failing, "Mail to the address has come back before."),
        (now_true.restricted, "The record that it is about may only be stored."),
        (
            kind.while_submission is not None and now_true.submission_state != kind.while_submission,
            "The form has moved on since the letter was asked for.",
        ),
        (kind.while_owed and now_true.owes_nothing, "Everything that it would remind of is in."),
        (now_true.sent_lately >= kind.repeat.most, "The address got too many letters of this kind lately."),
        (kind.category is Category.MARKETING and not now_true.consented, "The receiver has not agreed to such letters."),
    )
    return [reason for holds, reason in checks if holds]
