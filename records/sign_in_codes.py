"""Signing in with a typed code by email: asking for one, and trying it. For people at schools, who have no password.

The code counts only together with a secret of the browser that asked, so a machine that opens letters can harm nothing,
and a code read by somebody else opens nothing. Whether an address is known shows neither in the answer nor in the work.
"""

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
from records.models.accounts import Account, SignInCode
from records.models.people import Person
from records.schools import person_of_address
from records.values import local_day

LASTS = timedelta(minutes=10)
MOST_FAILURES = 10
"""Wrong codes in a row before an account is locked."""
LOCKED = timedelta(minutes=30)
LONGEST_LOCK = timedelta(hours=24)
ASKS, ASKS_WITHIN = 5, timedelta(minutes=30)
"""So many codes go to one account in so much time."""
FREE_TRIES, TRIES_WITHIN, SLOW = 40, timedelta(minutes=10), timedelta(seconds=10)
"""After so many asks and wrong codes from one network address, one try in ten seconds: a whole school may sit behind it."""

_ACTOR = Actor.machine("sign-in")


def new_browser_secret() -> str:
    """What the browser that asks keeps in a cookie."""
    return secrets.token_urlsafe(32)


def must_wait(session: Session, peer: str, now: datetime) -> bool:
    """Whether a network address has used up its free tries and comes again too soon. It is slowed, never locked."""
    if not peer:
        return False
    asked, failed, last_asked, last_tried = session.execute(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(SignInCode.failures), 0),
            sa.func.max(SignInCode.asked_at),
            sa.func.max(SignInCode.tried_at),
        ).where(SignInCode.peer == peer, SignInCode.asked_at > now - TRIES_WITHIN)
    ).one()
    if asked + failed < FREE_TRIES:
        return False
    return any(moment is not None and moment > now - SLOW for moment in (last_asked, last_tried))


def ask(session: Session, address: str, *, browser: str, peer: str, now: datetime) -> None:
    """Ask for a code to an address. Where it belongs to nobody who may sign in, nothing is sent and all else is the same."""
    person = person_of_address(session, address, now)
    account = _account(session, person, now) if person is not None else None
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = SignInCode(
        id=uuid.uuid4(),
        browser_hash=_hashed(browser),
        code_hash=_hashed(f"{browser}:{code}"),
        account_id=account.id if account else None,
        peer=peer[:100],
        asked_at=now,
        ends_at=now + LASTS,
    )
    session.add(row)
    session.flush()
    if account is None or person is None:
        return
    notices.ask(
        session,
        kind="sign_in_code",
        key=f"sign_in_code:{row.id}",
        to_address=address,
        now=now,
        content={"code": code, "ends_at": row.ends_at.isoformat()},
        to_person_id=person.id,
    )


def use(session: Session, typed: str, *, browser: str, now: datetime) -> Account | None:
    """The account that a typed code signs in, or None for every reason there is. Of two at the same time one gets it."""
    row = session.scalar(sa.select(SignInCode).where(SignInCode.browser_hash == _hashed(browser)).with_for_update())
    if row is None or row.used_at is not None or row.ends_at <= now or row.failures >= MOST_FAILURES:
        return None
    account = _locked_row(session, row.account_id)
    right = hmac.compare_digest(row.code_hash, _hashed(f"{browser}:{re.sub(r'[^0-9]', '', typed)}"))
    row.tried_at = now
    if account is None or not _open(session, account, now):
        row.failures += 1
        return None
    if not right:
        row.failures += 1
        _note_failure(session, account, now)
        return None
    row.used_at = now
    account.failures, account.locked_until, account.last_signed_in_at = 0, None, now
    record(session, "account_signed_in", account, Actor.person(account.id), now, detail={"how": "code"})
    return account


def unlock(session: Session, account: Account, actor: Actor, now: datetime) -> None:
    """The body lets somebody try again at once."""
    account.failures, account.locked_until = 0, None
    record(session, "account_unlocked", account, actor, now)


def _account(session: Session, person: Person, now: datetime) -> Account | None:
    """Whom a code would sign in: somebody with a role at a school today, not locked, who did not ask too often.

    An ECT or a headteacher needs no one to set up their account: it is made when they first ask.
    """
    today = local_day(now)
    if accounts.roles_of(session, person.id, today) or not accounts.places_of(session, person.id, today):
        return None
    account = accounts.school_account(session, person, now, _ACTOR)
    recent = sa.select(sa.func.count()).where(SignInCode.account_id == account.id, SignInCode.asked_at > now - ASKS_WITHIN)
    if not _open(session, account, now) or (session.scalar(recent) or 0) >= ASKS:
        return None
    return account


def _open(session: Session, account: Account, now: datetime) -> bool:
    viewer = accounts.viewer_of(session, account, now)
    locked = account.locked_until is not None and account.locked_until > now
    return bool(viewer.places) and account.closed_at is None and not locked


def _locked_row(session: Session, account_id: uuid.UUID | None) -> Account | None:
    if account_id is None:
        return None
    return session.get(Account, account_id, with_for_update=True, options=[joinedload(Account.person, innerjoin=True)])


def _note_failure(session: Session, account: Account, now: datetime) -> None:
    """Every wrong code after the tenth locks for twice as long: guessing at leisure must not pay."""
    account.failures += 1
    if account.failures >= MOST_FAILURES:
        times = 2 ** min(account.failures - MOST_FAILURES, 10)
        account.locked_until = now + min(LOCKED * times, LONGEST_LOCK)
        record(session, "account_locked", account, _ACTOR, now, detail={"failures": account.failures})


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
