"""The kinds of letter that the service sends: one table. What a letter says stands in its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Category(StrEnum):
    """Why a letter is sent, and so whether anybody can choose not to get it."""

    STATUTORY = "statutory"
    """The induction regulations ask for it. Nobody can opt out."""
    SERVICE = "service"
    """It answers something that the receiver did or asked for. Neutral, and only what is needed."""
    MARKETING = "marketing"
    """Anything else. Needs consent, and a way out in every letter."""


class Audience(StrEnum):
    """To whom a kind of letter may go."""

    SCHOOL = "school"
    """Addresses registered for a school or for a person there."""
    CORRESPONDENT = "correspondent"
    """Whoever wrote the letter that it answers, because a person decided to answer."""
    STAFF = "staff"
    """The body's own people, at an address that an administrator gave."""


@dataclass(frozen=True, slots=True)
class RepeatWindow:
    """At most so many letters of a kind to one address in so much time: the last stop for machines answering each other."""

    most: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of letter. `template` names the files in templates/."""

    name: str
    category: Category
    template: str
    audience: Audience
    repeat: RepeatWindow
    automatic_answer: bool = False
    """A machine's answer to a letter, sent without a person having decided anything."""
    while_submission: str | None = None
    """The state in which its submission must still be when the letter goes out; None when that does not matter."""
    while_owed: bool = False
    """Only what is still owed when the letter goes out stands in it; nothing owed, no letter."""
    secret: bool = False
    """The letter opens a door: its words are not kept once it is sent."""


RECEIPT = NoticeKind(
    name="receipt",
    category=Category.SERVICE,
    template="receipt",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=50, within=timedelta(hours=24)),
    automatic_answer=True,
)
SENT_BACK = NoticeKind(
    name="sent_back",
    category=Category.SERVICE,
    template="sent_back",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=50, within=timedelta(hours=24)),
    while_submission="returned",
)
SET_UP_LINK = NoticeKind(
    name="set_up_link",
    category=Category.SERVICE,
    template="set_up_link",
    audience=Audience.STAFF,
    repeat=RepeatWindow(most=5, within=timedelta(hours=24)),
    secret=True,
)

REMINDER = NoticeKind(
    name="reminder",
    category=Category.STATUTORY,
    template="reminder",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=2, within=timedelta(hours=20)),
    while_owed=True,
)

CASE_REMINDER = NoticeKind(
    name="case_reminder",
    category=Category.SERVICE,
    template="case_reminder",
    audience=Audience.STAFF,
    repeat=RepeatWindow(most=2, within=timedelta(hours=20)),
)

OUTCOME = NoticeKind(
    name="outcome",
    category=Category.STATUTORY,
    template="outcome",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=50, within=timedelta(hours=24)),
)

ANNOUNCEMENT = NoticeKind(
    name="announcement",
    category=Category.MARKETING,
    template="announcement",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=2, within=timedelta(hours=24)),
)

SIGN_IN_CODE = NoticeKind(
    name="sign_in_code",
    category=Category.SERVICE,
    template="sign_in_code",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=12, within=timedelta(hours=1)),
    secret=True,
)

INVITATION = NoticeKind(
    name="invitation",
    category=Category.SERVICE,
    template="invitation",
    audience=Audience.SCHOOL,
    repeat=RepeatWindow(most=5, within=timedelta(hours=24)),
    secret=True,
)

ANSWER = NoticeKind(
    name="answer",
    category=Category.SERVICE,
    template="answer",
    audience=Audience.CORRESPONDENT,
    repeat=RepeatWindow(most=30, within=timedelta(hours=24)),
)

TRAINING_REMINDER = NoticeKind(
    name="training_reminder",
    category=Category.SERVICE,
    template="training_reminder",
    audience=Audience.STAFF,
    repeat=RepeatWindow(most=1, within=timedelta(days=6)),
)

KINDS: dict[str, NoticeKind] = {
    kind.name: kind
    for kind in (
        RECEIPT,
        SENT_BACK,
        SET_UP_LINK,
        REMINDER,
        CASE_REMINDER,
        OUTCOME,
        ANNOUNCEMENT,
        SIGN_IN_CODE,
        INVITATION,
        ANSWER,
        TRAINING_REMINDER,
    )
}
"""Every kind by name. A notice of another kind is never sent."""
