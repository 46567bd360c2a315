"""Accounts at a sign-in provider (OpenID Connect) that open accounts here. Keyed on issuer and subject: addresses change hands."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from records import accounts
from records.events import Actor, record
from records.models.accounts import Account, Identity, ProviderVisit
from records.values import Wrong

UNDER_WAY = timedelta(minutes=10)
"""How long a browser may be away at the provider."""


@dataclass(frozen=True, slots=True)
class Journey:
    """What a browser takes to the provider, and what is checked when it comes back."""

    state: str
    nonce: str
    verifier: str


def set_out(session: Session, browser: str, now: datetime, account: Account | None = None) -> Journey:
    """Begin a visit to the provider: to sign in, or to connect `account`."""
    journey = Journey(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    session.add(
        ProviderVisit(
            state_hash=_hashed(journey.state, browser),
            nonce=journey.nonce,
            verifier=journey.verifier,
            account_id=account.id if account else None,
            ends_at=now + UNDER_WAY,
        )
    )
    session.flush()
    return journey


def come_back(session: Session, state: str, browser: str, now: datetime) -> ProviderVisit | None:
    """The visit that this very browser set out on; it ends with the asking."""
    row = session.get(ProviderVisit, _hashed(state, browser), with_for_update=True)
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return row if row.ends_at > now else None


def connect(session: Session, account: Account, issuer: str, subject: str, now: datetime) -> Identity:
    """From now on this account at the provider signs in here. Raises `Wrong` where it opens another account."""
    known = _find(session, issuer, subject)
    if known is not None and known.account_id != account.id:
        raise Wrong("This account at the sign-in provider is connected to somebody else here")
    if known is not None:
        return known
    session.execute(sa.delete(Identity).where(Identity.account_id == account.id, Identity.issuer == issuer))
    row = Identity(id=uuid.uuid4(), account_id=account.id, issuer=issuer, subject=subject, connected_at=now)
    session.add(row)
    session.flush()
    record(session, "identity_connected", account, Actor.person(account.id), now)
    return row


def disconnect(session: Session, account: Account, actor: Actor, now: datetime) -> None:
    gone = session.execute(sa.delete(Identity).where(Identity.account_id == account.id))
    if gone.rowcount:  # type: ignore[attr-defined]  # CursorResult, not typed by execute
        record(session, "identity_disconnected", account, actor, now)


def of_account(session: Session, account_id: uuid.UUID) -> Sequence[Identity]:
    return session.scalars(sa.select(Identity).where(Identity.account_id == account_id)).all()


def sign_in(session: Session, issuer: str, subject: str, now: datetime) -> Account | None:
    """The account that the provider's word opens. None for one that is not connected, closed, locked or without a role."""
    row = _find(session, issuer, subject)
    if row is None:
        return None
    account = session.get_one(Account, row.account_id, options=[joinedload(Account.person)])
    locked = account.locked_until is not None and account.locked_until > now
    viewer = accounts.viewer_of(session, account, now)
    if locked or account.closed_at is not None or not (viewer.roles or viewer.places):
        return None
    row.used_at = now
    accounts.note_signed_in(session, account, "provider", now)
    return account


def _find(session: Session, issuer: str, subject: str) -> Identity | None:
    return session.scalar(sa.select(Identity).where(Identity.issuer == issuer, Identity.subject == subject))


def _hashed(state: str, browser: str) -> str:
    return hashlib.sha256(f"{browser}:{state}".encode()).hexdigest()
