"""Accounts, sessions and one-time links: who can sign in."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice
from records.models.people import Person


class Account(Keyed, Base):
    """A way to sign in for a person. The user name is not an email address; staff type their own, schools get a code."""

    __tablename__ = "account"
    retention = Retention.BODY_STAFF

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    user_name: Mapped[str] = mapped_column(sa.String(100), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    """argon2id; None until the set-up link was used."""
    totp_secret: Mapped[str | None] = mapped_column(sa.String(64))
    """Shared with the owner's authenticator app, which has confirmed it; until then it stays with the browser's session."""
    totp_since: Mapped[datetime | None] = mapped_column(UtcDateTime())
    totp_step: Mapped[int | None]
    """The time step of the last code that was used: none counts twice."""
    trained_on: Mapped[date | None]
    """The last training in data protection."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    last_signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Awaits(StrEnum):
    """What a browser with the right password must still do."""

    CODE = "code"
    """Type the code of the authenticator app."""
    SET_UP = "set_up"
    """Connect an authenticator app, because the body asks for one."""


class WebSession(Base):
    """A signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "web_session"
    retention = Retention.BODY_STAFF

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    notice: Mapped[str | None] = mapped_column(sa.Text)
    """A message to show once on the next page."""
    awaits: Mapped[Awaits | None] = mapped_column(choice(Awaits))
    """What is still missing before it opens anything; None for somebody signed in."""
    app_secret: Mapped[str | None] = mapped_column(sa.String(64))
    """Shown to this browser to connect an authenticator app with, and to no other: it goes when the session ends."""

    account: Mapped[Account] = relationship()


class LinkPurpose(StrEnum):
    SET_UP = "set_up"
    """Choose a password."""
    SIGN_IN = "sign_in"
    """Sign in once, without a password: the demo, and an administrator locked out."""


class OneTimeLink(Base):
    """A secret that works once and not for long. Only its hash is kept."""

    __tablename__ = "one_time_link"
    retention = Retention.BODY_STAFF

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    failures: Mapped[int] = mapped_column(default=0)


class SignInCode(Keyed, Base):
    """A code that a browser asked for by email. Neither the code nor the browser's own secret is kept, only hashes.

    An unknown address leaves the same row without an account, so that asking looks and counts the same for everybody.
    """

    __tablename__ = "sign_in_code"
    __table_args__ = (sa.Index("ix_sign_in_code_peer", "peer", "asked_at"),)
    retention = Retention.SCHOOL_STAFF

    browser_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    """Of the browser's secret together with the code: six digits alone could be tried out by whoever reads the table."""
    account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    peer: Mapped[str] = mapped_column(sa.String(100), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime())
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    failures: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Keyed, Base):
    """A code on paper that stands in for the authenticator app once. Only its hash is kept."""

    __tablename__ = "recovery_code"
    retention = Retention.BODY_STAFF

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Invitation(Keyed, Base):
    """A typed code by which somebody at a school signs in for the first time. Only its hash is kept."""

    __tablename__ = "invitation"
    retention = Retention.SCHOOL_STAFF

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    """Of the account's id together with the code."""
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    failures: Mapped[int] = mapped_column(default=0)


class Identity(Keyed, Base):
    """An account at a sign-in provider that opens an account here: issuer and subject, never an email address."""

    __tablename__ = "identity"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"), sa.UniqueConstraint("account_id", "issuer"))
    retention = Retention.BODY_STAFF

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    issuer: Mapped[str] = mapped_column(sa.String(300))
    subject: Mapped[str] = mapped_column(sa.String(300))
    connected_at: Mapped[datetime] = mapped_column(UtcDateTime())
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ProviderVisit(Base):
    """A browser on its way to the sign-in provider and back. The row goes when it comes back."""

    __tablename__ = "provider_visit"
    retention = Retention.BODY_STAFF

    state_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """Of the state in the address together with the browser's own secret."""
    nonce: Mapped[str] = mapped_column(sa.String(100))
    verifier: Mapped[str] = mapped_column(sa.String(100))
    account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    """Whose account is to be connected; None for signing in."""
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)


class Tries(Base):
    """How often something was tried in a window of time, by a hash of what and from where: rate limits that all hosts share."""

    __tablename__ = "tries"
    retention = Retention.BODY_STAFF

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime())
