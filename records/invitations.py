"""Inviting somebody at a school: a letter with a code to type, good for seven days, that signs in for the first time."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from records import accounts, notices
from records.events import Actor, record
from records.models.accounts import Account, Invitation
from records.models.people import Membership
from records.people import current_address
from records.schools import person_of_address
from records.values import local_day

LASTS = timedelta(days=7)
MOST_FAILURES = 10
"""Wrong codes after which an invitation is worth nothing."""
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def invite(session: Session, account: Account, membership: Membership, *, actor: Actor, now: datetime) -> Invitation | None:
    """Ask for the letter. An earlier invitation no longer works. None where the person has no address, or signed in before."""
    to_address = current_address(membership.person, local_day(now))
    if to_address is None or account.last_signed_in_at is not None:
        return None
    _spend(session, account.id, now)
    code = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    row = Invitation(
        id=uuid.uuid4(), account_id=account.id, code_hash=_hashed(account.id, code), invited_at=now, ends_at=now + LASTS
    )
    session.add(row)
    session.flush()
    notices.ask(
        session,
        kind="invitation",
        key=f"invitation:{row.id}",
        to_address=to_address,
        now=now,
        content={
            "code": f"{code[:4]}-{code[4:]}",
            "role": membership.role.value.replace("_", " "),
            "school": membership.school.name if membership.school else "",
            "ends_at": row.ends_at.isoformat(),
        },
        to_person_id=membership.person_id,
        school_id=membership.school_id,
    )
    record(session, "invited", account, actor, now)
    return row


def use(session: Session, address: str, typed: str, now: datetime) -> Account | None:
    """The account that an invitation's code signs in, or None for every reason there is."""
    person = person_of_address(session, address, now)
    row = _open(session, person.id, now) if person is not None else None
    if row is None:
        return None
    account = session.get_one(
        Account, row.account_id, with_for_update=True, options=[joinedload(Account.person, innerjoin=True)]
    )
    code = re.sub(r"[^A-Z0-9]", "", typed.upper())
    locked = account.locked_until is not None and account.locked_until > now
    if locked or account.closed_at is not None or not accounts.viewer_of(session, account, now).places:
        return None
    if not hmac.compare_digest(row.code_hash, _hashed(account.id, code)):
        row.failures += 1
        return None
    row.used_at = now
    accounts.note_signed_in(session, account, "invitation", now)
    return account


def _open(session: Session, person_id: uuid.UUID, now: datetime) -> Invitation | None:
    return session.scalar(
        sa.select(Invitation)
        .join(Account, Invitation.account_id == Account.id)
        .where(
            Account.person_id == person_id,
            Invitation.used_at.is_(None),
            Invitation.ends_at > now,
            Invitation.failures < MOST_FAILURES,
        )
        .order_by(Invitation.invited_at.desc())
        .limit(1)
        .with_for_update(of=Invitation)
    )


def _spend(session: Session, account_id: uuid.UUID, now: datetime) -> None:
    session.execute(
        sa.update(Invitation).where(Invitation.account_id == account_id, Invitation.used_at.is_(None)).values(used_at=now)
    )


def _hashed(account_id: uuid.UUID, code: str) -> str:
    return hashlib.sha256(f"{account_id}:{code}".encode()).hexdigest()
