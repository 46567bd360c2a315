"""The second thing that staff sign in with: six digits of an authenticator app (RFC 6238), or a recovery code from paper."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from datetime import datetime

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import accounts, identities
from records.events import Actor, record
from records.models.accounts import Account, RecoveryCode, WebSession
from records.values import Wrong

STEP_SECONDS = 30
DRIFT = 1
"""Steps by which the clock of a telephone may be off, either way."""
RECOVERY_CODES = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without letters and digits that look alike on paper."""


def begin(session: Session, account: Account, browser: WebSession) -> str:
    """The secret to be put into an app. The same browser is shown the same one until a code of the app confirms it.

    Each browser has its own, so that whoever knows the password only never sees the one that the owner connects.
    Raises `Wrong` where an app is connected already.
    """
    if account.totp_since is not None:
        raise Wrong("An authenticator app is connected already")
    if browser.app_secret is None:
        browser.app_secret = pyotp.random_base32()
        session.flush()
    return browser.app_secret


def address(account: Account, secret: str, body_name: str) -> str:
    """What an app reads from a square code (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.user_name, issuer_name=f"ECT Mailroom, {body_name}")


def confirm(session: Session, account: Account, browser: WebSession, typed: str, now: datetime) -> list[str] | None:
    """Connect the app whose code was typed: the answer are the recovery codes, shown once. None where the code is wrong."""
    if account.totp_since is not None or browser.account_id != account.id:
        return None
    step = _step(browser.app_secret, typed, now)
    if step is None:
        return None
    account.totp_secret, account.totp_since, account.totp_step = browser.app_secret, now, step
    browser.app_secret = None
    record(session, "second_factor_connected", account, Actor.person(account.id), now)
    return new_recovery_codes(session, account, now)


def use(session: Session, account_id: uuid.UUID, typed: str, now: datetime) -> Account | None:
    """The account that a typed code signs in; None where it is wrong or the account is locked.

    A code counts once. Wrong ones count as failures of the account and lock it like wrong passwords.
    """
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.closed_at is not None or account.totp_since is None:
        return None
    if account.locked_until is not None and account.locked_until > now:
        return None
    step = _step(account.totp_secret, typed, now, after=account.totp_step)
    if step is not None:
        account.totp_step = step
    elif not _spend_recovery_code(session, account, typed, now):
        accounts.note_failure(session, account, now)
        return None
    accounts.note_signed_in(session, account, "password and app" if step is not None else "recovery code", now)
    return account


def new_recovery_codes(session: Session, account: Account, now: datetime) -> list[str]:
    """Ten codes for paper; earlier ones no longer work."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    session.add_all([RecoveryCode(id=uuid.uuid4(), account_id=account.id, code_hash=_hashed(account, one)) for one in codes])
    session.flush()
    record(session, "recovery_codes_made", account, Actor.person(account.id), now)
    return [f"{one[:5]}-{one[5:]}" for one in codes]


def codes_left(session: Session, account_id: uuid.UUID) -> int:
    chosen = sa.select(sa.func.count()).select_from(RecoveryCode)
    return session.scalar(chosen.where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))) or 0


def reset(session: Session, account: Account, actor: Actor, now: datetime) -> None:
    """Take the app and the recovery codes away: the owner connects an app anew. Ends every session of the account.

    An account at the sign-in provider, which stands in for the app, goes with it.
    """
    account.totp_secret = account.totp_since = account.totp_step = None
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    identities.disconnect(session, account, actor, now)
    accounts.end_every_session(session, account.id)
    record(session, "second_factor_reset", account, actor, now)


def _step(secret: str | None, typed: str, now: datetime, after: int | None = None) -> int | None:
    """The time step whose code was typed, where it is later than `after`, the last that was used."""
    digits = re.sub(r"\s", "", typed)
    if secret is None or not re.fullmatch(r"[0-9]{6}", digits):
        return None
    app, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    for step in range(here - DRIFT, here + DRIFT + 1):
        fits = hmac.compare_digest(app.at(step * STEP_SECONDS), digits)
        if fits and (after is None or step > after):
            return step
    return None


def _spend_recovery_code(session: Session, account: Account, typed: str, now: datetime) -> bool:
    spent = session.execute(
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == _hashed(account, re.sub(r"[^a-z0-9]", "", typed.casefold())),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(spent.rowcount == 1)  # type: ignore[attr-defined]  # CursorResult, not typed by execute


def _hashed(account: Account, code: str) -> str:
    """Fifty random bits need no slow hash."""
    return hashlib.sha256(f"{account.id}:{code}".encode()).hexdigest()
