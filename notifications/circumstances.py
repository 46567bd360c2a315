"""What is true about a notice at the moment of sending: the questions behind `policy.may_send`. Decides nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from notifications.kinds import Audience, Category, NoticeKind
from notifications.policy import Circumstances
from notifications.reminders import refreshed
from notifications.unsubscribe import MarketingTerms
from records.models.notices import Notice
from records.models.people import BODY_ROLES, Membership, PersonAddress
from records.models.post import Channel, StoredMessage
from records.models.retention import Hold
from records.models.schools import SchoolAddress
from records.models.submissions import Submission
from records.preferences import agrees
from records.states import NoticeState
from records.values import address_key, local_day

FORGED = "failed"
"""The verdict of `ingest.authentication` on a letter whose sender's domain disowns it."""


def of(
    session: Session, notice: Notice, kind: NoticeKind, now: datetime, marketing: MarketingTerms | None = None
) -> Circumstances:
    message = session.get(StoredMessage, notice.message_id) if notice.message_id else None
    submission = session.get(Submission, notice.submission_id) if notice.submission_id else None
    address, today = address_key(notice.to_address), local_day(now)
    return Circumstances(
        registered=_registered(session, address, kind.audience, today)
        or _wrote(message, address, kind.audience)
        or (kind.audience is Audience.SCHOOL and _is_their_own(session, notice, address, today)),
        answers_automatic=message.automatic if message else None,
        answers_nobody=message is not None and message.channel is Channel.SMTP and not message.envelope_from.strip("<> "),
        answers_import=message is not None and message.channel is Channel.FILE,
        answers_forged=message is not None and message.authentication.get("verdict") == FORGED,
        address_failing=_failing(session, address),
        restricted=_restricted(session, notice),
        submission_state=submission.state if submission else None,
        owes_nothing=kind.while_owed and not content_now(session, notice, kind)["items"],
        sent_lately=_sent_lately(session, notice, kind, now),
        consented=kind.category is Category.MARKETING and _agrees(session, notice, marketing),
    )


def content_now(session: Session, notice: Notice, kind: NoticeKind) -> dict[str, Any]:
    """What the letter says at this moment: a reminder leaves out what has come in since it was asked for."""
    return refreshed(session, notice.content) if kind.while_owed else notice.content


def _registered(session: Session, address: str, audience: Audience, today: date) -> bool:
    if audience is Audience.SCHOOL and _of_a_school(session, address, today):
        return True
    of_the_body = sa.and_(Membership.school_id.is_(None), Membership.role.in_(BODY_ROLES))
    roles = of_the_body if audience is Audience.STAFF else Membership.school_id.is_not(None)
    return bool(
        session.scalar(
            sa.select(PersonAddress.id)
            .join(Membership, Membership.person_id == PersonAddress.person_id)
            .where(
                PersonAddress.address == address,
                _running(PersonAddress.since, PersonAddress.until, today),
                _running(Membership.since, Membership.until, today),
                roles,
            )
            .limit(1)
        )
    )


def _wrote(message: StoredMessage | None, address: str, audience: Audience) -> bool:
    """Whether the letter answers one from this very address."""
    written = message.authentication.get("from") if message is not None else None
    return audience is Audience.CORRESPONDENT and written is not None and address_key(written) == address


def _is_their_own(session: Session, notice: Notice, address: str, today: date) -> bool:
    """What is decided about somebody reaches them at an address of theirs, also after their post has ended."""
    if notice.to_person_id is None or notice.to_person_id != notice.about_person_id:
        return False
    return bool(
        session.scalar(
            sa.select(PersonAddress.id)
            .where(
                PersonAddress.person_id == notice.to_person_id,
                PersonAddress.address == address,
                _running(PersonAddress.since, PersonAddress.until, today),
            )
            .limit(1)
        )
    )


def _of_a_school(session: Session, address: str, today: date) -> bool:
    domain = address[address.rfind("@") :]
    return bool(
        session.scalar(
            sa.select(SchoolAddress.id)
            .where(SchoolAddress.address.in_({address, domain}), _running(SchoolAddress.since, SchoolAddress.until, today))
            .limit(1)
        )
    )


def _running(
    since: sa.orm.InstrumentedAttribute[date | None], until: sa.orm.InstrumentedAttribute[date | None], today: date
) -> sa.ColumnElement[bool]:
    return sa.and_(sa.or_(since.is_(None), since <= today), sa.or_(until.is_(None), until >= today))


def _failing(session: Session, address: str) -> bool:
    return bool(
        session.scalar(
            sa.select(PersonAddress.id)
            .where(PersonAddress.address == address, PersonAddress.failing_since.is_not(None))
            .limit(1)
        )
    )


def _restricted(session: Session, notice: Notice) -> bool:
    about = [one for one in (notice.about_person_id, notice.to_person_id) if one is not None]
    return bool(about) and bool(
        session.scalar(sa.select(Hold.id).where(Hold.person_id.in_(about), Hold.restricts, Hold.lifted_at.is_(None)).limit(1))
    )


def _sent_lately(session: Session, notice: Notice, kind: NoticeKind, now: datetime) -> int:
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Notice)
            .where(
                Notice.kind == kind.name,
                Notice.to_address == notice.to_address,
                Notice.state.in_({NoticeState.SENT, NoticeState.BOUNCED}),
                Notice.sent_at > now - kind.repeat.within,
            )
        )
        or 0
    )


def _agrees(session: Session, notice: Notice, marketing: MarketingTerms | None) -> bool:
    """Without terms, or without a person who could opt out again, nobody has agreed."""
    if marketing is None or notice.to_person_id is None:
        return False
    return agrees(session, notice.to_person_id, notice.to_address, key=marketing.key, needs_consent=marketing.needs_consent)
