"""The outbox: takes one asked-for notice at a time to the postman. No database session is open while a letter travels.

A crash between sending and noting it sends the letter again, with the Message-ID that was fixed when it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from notifications import circumstances
from notifications.compose import CannotCompose, Composer, Letterhead, Task
from notifications.kinds import KINDS, Category, NoticeKind
from notifications.letters import Letter
from notifications.policy import Verdict, may_send
from notifications.postman import Postman, Refused, Sent
from notifications.unsubscribe import MarketingTerms
from records import restored
from records.communications import log_notice
from records.db import Database
from records.events import Actor
from records.models.notices import Notice
from records.models.post import StoredMessage
from records.serving import not_served
from records.states import Claim, NoticeState, Overtaken, State, claim_next, move, release_expired

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 45, 60, 60))
"""How long a letter waits after each attempt that failed for now: ten attempts in about four hours."""

_ACTOR = Actor.machine("outbox")
_AWAITED = Notice.kind.in_([kind.name for kind in KINDS.values() if kind.secret])
"""Letters for which somebody sits and waits: they go before all others, and are not slowed by a morning of reminders."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OutboxSettings:
    """Who writes, and how fast."""

    letterhead: Letterhead
    null_sender: bool = True
    """Whether automatic answers have an empty envelope sender (RFC 3834)."""
    max_per_minute: int = 20
    claim: timedelta = timedelta(minutes=10)
    marketing: MarketingTerms | None = None
    """None: no marketing goes out."""


@dataclass(frozen=True, slots=True)
class _InHand:
    """A claimed notice while no session is open. `version` tells whether it is still ours afterwards."""

    notice: Notice
    kind: NoticeKind
    answered: str | None
    """The Message-ID of the letter that it answers."""
    content: dict[str, Any]


class Outbox:
    """Sends what was asked for. Any number may run, on any number of hosts."""

    def __init__(
        self, database: Database, postman: Postman, clock: Callable[[], datetime], settings: OutboxSettings, worker: str
    ) -> None:
        self._database = database
        self._postman = postman
        self._clock = clock
        self._settings = settings
        self._composer = Composer(settings.letterhead)
        self._worker = worker
        self._told = False

    def step(self) -> bool:
        """Do one step with one notice. False when nothing is due or the rate is used up."""
        notice = self._claim()
        if notice is None:
            return False
        try:
            self._carry(notice)
        except Overtaken:
            # The claim ran out while the letter travelled, and whoever has it now sends it with the same Message-ID; or its
            # decision was taken back before it was handed over, and nobody sends it.
            _log.warning("notice_overtaken", notice=str(notice.id))
        return True

    def take_back_own(self) -> int:
        """Put back what an earlier process of the same name held when it died, without waiting for its claims to run out."""
        now = self._clock()
        with self._database.writing() as session:
            held = sa.select(Notice).where(Notice.state == NoticeState.SENDING, Notice.claimed_by == self._worker)
            notices = session.scalars(held.with_for_update()).all()
            for notice in notices:
                move(session, notice, NoticeState.ASKED, _ACTOR, "its process died", now)
            return len(notices)

    def _claim(self) -> Notice | None:
        now = self._clock()
        with self._database.reading() as session:
            if not _due(session, now) or self._silent(session):
                return None
            used_up = self._used_up(session, now)
        with self._database.writing() as session:
            return self._claim_one(session, now, _AWAITED) or (None if used_up else self._claim_one(session, now))

    def _claim_one(self, session: Session, now: datetime, *also: sa.ColumnElement[bool]) -> Notice | None:
        claim = Claim(self._worker, now + self._settings.claim)
        states = (NoticeState.ASKED, NoticeState.SENDING)
        return claim_next(session, Notice, states, claim, now, Notice.not_before <= now, *also)

    def _silent(self, session: Session) -> bool:
        """Whether this installation came out of a backup and nobody has said yet that it may write to people."""
        waits = restored.waiting(session)
        if waits is not None and not self._told:
            _log.warning("letters_wait", why=waits.words)
        self._told = waits is not None
        return self._told

    def _used_up(self, session: Session, now: datetime) -> bool:
        """Whether this minute's letters are sent, counted over all hosts with those on their way."""
        recent = sa.or_(Notice.sent_at > now - timedelta(minutes=1), Notice.state == NoticeState.SENDING)
        count = session.scalar(sa.select(sa.func.count()).select_from(Notice).where(recent)) or 0
        return count >= self._settings.max_per_minute

    def _carry(self, notice: Notice) -> None:
        kind = KINDS.get(notice.kind)
        if kind is None:
            self._settle(notice, NoticeState.FAILED, "There is no such kind of letter.")
            return
        if notice.attempts > len(RETRY_AFTER) + 1:
            self._settle(notice, NoticeState.FAILED, "It was tried too often without an end being noted.")
            return
        with self._database.reading() as session:
            answer = may_send(kind, circumstances.of(session, notice, kind, self._clock(), self._settings.marketing))
            answered = session.get(StoredMessage, notice.message_id) if notice.message_id else None
            content = circumstances.content_now(session, notice, kind)
            in_hand = _InHand(notice, kind, answered.message_id if answered else None, content)
        if answer.verdict is Verdict.WITHHOLD:
            self._settle(notice, NoticeState.WITHHELD, answer.why)
            return
        self._send(in_hand)

    def _send(self, in_hand: _InHand) -> None:
        """While the letter is written, and from its handing over to the answer of the other side, no session is open."""
        notice = in_hand.notice
        try:
            letter = self._composer.compose(self._task(in_hand), self._clock())
        except CannotCompose as fault:
            self._settle(notice, NoticeState.FAILED, f"The letter could not be written: {fault}")
            return
        self._hand_over(notice)
        answer = self._postman.send(letter)
        if isinstance(answer, Sent):
            self._settle(notice, NoticeState.SENT, answer.said, letter=letter)
        else:
            self._refused(notice, answer)

    def _hand_over(self, held: Notice) -> None:
        """The last look before it travels. Raises `Overtaken` where its decision was taken back since it was claimed.

        Whoever takes a decision back later finds the letter handed over, and cannot do so before its end is noted.
        """
        with self._database.writing() as session:
            self._ours(session, held).handed_over_at = self._clock()

    def _ours(self, session: Session, held: Notice) -> Notice:
        """The notice, locked, if it is still the one that was claimed."""
        notice = session.get_one(Notice, held.id, with_for_update=True)
        if (notice.version, notice.claimed_by) != (held.version, self._worker):
            message = f"notice {held.id} is no longer ours"
            raise Overtaken(message)
        return notice

    def _task(self, in_hand: _InHand) -> Task:
        notice, kind = in_hand.notice, in_hand.kind
        return Task(
            kind=kind,
            letter_id=notice.letter_id,
            to=notice.to_address,
            content=in_hand.content,
            null_sender=kind.automatic_answer and self._settings.null_sender,
            in_reply_to=in_hand.answered,
            unsubscribe_url=self._way_out(notice, kind),
        )

    def _way_out(self, notice: Notice, kind: NoticeKind) -> str | None:
        marketing = self._settings.marketing
        if kind.category is not Category.MARKETING or marketing is None or notice.to_person_id is None:
            return None
        return marketing.link(notice.to_person_id)

    def _refused(self, notice: Notice, answer: Refused) -> None:
        if answer.permanent or notice.attempts > len(RETRY_AFTER):
            self._settle(notice, NoticeState.FAILED, answer.why)
        else:
            later = self._clock() + RETRY_AFTER[notice.attempts - 1]
            self._settle(notice, NoticeState.ASKED, answer.why, not_before=later)

    def _settle(
        self, held: Notice, to: State, why: str, *, letter: Letter | None = None, not_before: datetime | None = None
    ) -> None:
        """Note how it ended, if the notice is still the one that was claimed."""
        now = self._clock()
        with self._database.writing() as session:
            notice = self._ours(session, held)
            move(session, notice, to, _ACTOR, _reason(to), now)
            notice.outcome = why[:2000]
            if not_before is not None:
                # It was refused, so it is here again.
                notice.not_before, notice.handed_over_at = not_before, None
            if letter is not None:
                _note_sent(session, notice, letter, now)
            elif to in {NoticeState.FAILED, NoticeState.WITHHELD}:
                not_served(session, notice, _ACTOR, now)
        _log.info(f"notice_{to}", notice=str(held.id), kind=held.kind, attempt=held.attempts)


def _due(session: Session, now: datetime) -> bool:
    """Looked at without the write lock: most of the time there is nothing."""
    waiting = sa.select(Notice.id).where(Notice.state == NoticeState.ASKED, Notice.not_before <= now).limit(1)
    return session.scalar(waiting) is not None


def _reason(to: State) -> str:
    """Named in the history. What a server said may hold an address, so it stands in the notice only."""
    return {NoticeState.SENT: "the next server took it", NoticeState.WITHHELD: "the rules said no"}.get(
        NoticeState(to), "it was not taken"
    )


def _note_sent(session: Session, notice: Notice, letter: Letter, now: datetime) -> None:
    notice.sent_at = now
    notice.subject = letter.subject
    if KINDS[notice.kind].secret:
        notice.content = {}
    else:
        notice.text = letter.text
    session.flush()
    log_notice(session, notice, now)


def sweep(database: Database, now: datetime) -> int:
    """Put notices back whose sender died or was too slow. Returns how many."""
    with database.writing() as session:
        return len(release_expired(session, Notice, (NoticeState.SENDING, NoticeState.ASKED), now))
