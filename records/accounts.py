"""Accounts: who can sign in, with which password, session or one-time link. What they may do is in `access`.

Hashing a password takes memory and time, so it happens between transactions: look up, check the password with no
transaction open, then write what came of it.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from records import interests
from records.access import SCHOOL_ROLES, Place, Viewer
from records.events import Actor, record
from records.models.accounts import (
    Account,
    Awaits,
    Invitation,
    LinkPurpose,
    OneTimeLink,
    ProviderVisit,
    SignInCode,
    Tries,
    WebSession,
)
from records.models.people import BODY_ROLES, Membership, Person, Role
from records.values import Wrong, local_day, name_key

SET_UP_LASTS = timedelta(days=7)
SIGN_IN_LASTS = timedelta(hours=1)
FREE_FAILURES = 5
"""Wrong passwords in a row before an account is locked for a while."""
LONGEST_LOCK = timedelta(minutes=30)
CODES_KEPT = timedelta(days=1)
AWAITED = timedelta(minutes=15)
"""How long a browser with the right password may take to show the second thing."""
TOUCH_EVERY = timedelta(minutes=1)
"""A session's last use is written at most this often: a page with ten pictures is one use."""


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """How long a signed-in browser stays so: without a click, and at all."""

    idle: timedelta = timedelta(hours=2)
    absolute: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What signing in needs to know before the password is checked. Unknown and locked accounts look the same."""

    account_id: uuid.UUID | None
    password_hash: str | None


def add_account(
    session: Session,
    *,
    user_name: str,
    first_name: str,
    last_name: str,
    roles: Iterable[Role],
    now: datetime,
    actor: Actor,
) -> Account:
    """A new account of the body's staff, without a password: make a set-up link for it. Raises `Wrong`."""
    name = user_name_key(user_name)
    wanted = frozenset(roles)
    if not wanted or not wanted <= BODY_ROLES:
        raise Wrong("Choose at least one role at the body")
    if not first_name.strip() or not last_name.strip():
        raise Wrong("Enter a first name and a last name")
    if session.scalar(sa.select(Account.id).where(Account.user_name == name)) is not None:
        raise Wrong("That user name is taken: choose another")
    person = Person(
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        first_key=name_key(first_name),
        last_key=name_key(last_name),
        created_at=now,
    )
    person.memberships = [
        Membership(role=role, since=local_day(now), authorised_at=now, authorised_by_id=actor.account_id)
        for role in sorted(wanted)
    ]
    account = Account(id=uuid.uuid4(), person=person, user_name=name, created_at=now)
    session.add_all([person, account])
    session.flush()
    record(session, "account_added", account, actor, now, detail={"roles": sorted(wanted)})
    return account


def user_name_key(written: str) -> str:
    """A user name as it is kept: lower case, without spaces around. Raises `Wrong`."""
    name = written.strip().casefold()
    if not 2 <= len(name) <= 100 or any(character.isspace() or not character.isprintable() for character in name):
        raise Wrong("A user name has 2 to 100 characters and no spaces")
    return name


def find_account(session: Session, user_name: str) -> Account | None:
    return session.scalar(
        sa.select(Account).where(Account.user_name == user_name.strip().casefold()).options(joinedload(Account.person))
    )


def all_accounts(session: Session) -> list[Account]:
    """The accounts of the body's staff, former staff included; people at schools are on the pages of their schools."""
    staff = Account.person.has(Person.memberships.any(Membership.school_id.is_(None)))
    return list(
        session.scalars(sa.select(Account).where(staff).options(joinedload(Account.person)).order_by(Account.user_name))
    )


def roles_of(session: Session, person_id: uuid.UUID, today: date) -> frozenset[Role]:
    """The roles at the body that a person has today."""
    rows = session.scalars(
        sa.select(Membership.role).where(
            Membership.person_id == person_id,
            Membership.school_id.is_(None),
            sa.or_(Membership.since.is_(None), Membership.since <= today),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
        )
    )
    return frozenset(rows) & BODY_ROLES


def places_of(session: Session, person_id: uuid.UUID, today: date) -> frozenset[Place]:
    """Where at schools a person may sign in today, and as what. A coordinator counts once the body has authorised them."""
    rows = session.execute(
        sa.select(Membership.role, Membership.school_id).where(
            Membership.person_id == person_id,
            Membership.school_id.is_not(None),
            Membership.role.in_(SCHOOL_ROLES),
            sa.or_(Membership.role != Role.INDUCTION_COORDINATOR, Membership.authorised_at.is_not(None)),
            sa.or_(Membership.since.is_(None), Membership.since <= today),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
        )
    )
    return frozenset(Place(role, school_id) for role, school_id in rows if school_id is not None)


def viewer_of(session: Session, account: Account, now: datetime) -> Viewer:
    today = local_day(now)
    roles = roles_of(session, account.person_id, today)
    places = frozenset() if roles else places_of(session, account.person_id, today)
    held_back = interests.schools_of(session, account.id) if roles else frozenset()
    return Viewer(account.id, account.person_id, account.person.full_name, roles, places, held_back)


def school_account(session: Session, person: Person, now: datetime, actor: Actor) -> Account:
    """The account of somebody at a school, made where there is none. They sign in by code, so nobody types its user name."""
    known = session.scalar(sa.select(Account).where(Account.person_id == person.id))
    if known is not None:
        return known
    account = Account(id=uuid.uuid4(), person=person, user_name=f"school-{uuid.uuid4().hex}", created_at=now)
    session.add(account)
    session.flush()
    record(session, "account_added", account, actor, now)
    return account


def close_account(session: Session, account: Account, actor: Actor, now: datetime) -> None:
    """Nobody signs in with it any more; its history stays."""
    account.closed_at = now
    end_every_session(session, account.id)
    _spend_links(session, account.id, now)
    record(session, "account_closed", account, actor, now)


# Signing in with a password: `look_up`, then `passwords.check` without a transaction, then `settle`.


def look_up(session: Session, user_name: str, now: datetime) -> Candidate:
    """Whom a user name means. Nothing is said about why nobody is meant."""
    account = find_account(session, user_name)
    if account is None or account.closed_at is not None or (account.locked_until is not None and account.locked_until > now):
        return Candidate(None, None)
    return Candidate(account.id, account.password_hash)


def settle(session: Session, candidate: Candidate, *, right: bool, now: datetime) -> Account | None:
    """Write what came of checking a password: the account where it was right, else one more failure.

    After `FREE_FAILURES` the account itself is locked, for one minute, then two, four, up to `LONGEST_LOCK`. Only the
    account: colleagues behind the same address are never locked out with it.
    """
    if candidate.account_id is None:
        return None
    account = session.get(
        Account, candidate.account_id, with_for_update=True, options=[joinedload(Account.person, innerjoin=True)]
    )
    if account is None or account.closed_at is not None or account.password_hash != candidate.password_hash:
        return None
    if account.locked_until is not None and account.locked_until > now:
        # Guesses that were on their way when the lock fell must not count as an answer.
        return None
    if right:
        if account.totp_since is None:
            note_signed_in(session, account, "password", now)
        # Else the failures stay until the second code is right: a known password must not give new tries at it.
        return account
    note_failure(session, account, now)
    return None


def note_signed_in(session: Session, account: Account, how: str, now: datetime) -> None:
    account.failures, account.locked_until, account.last_signed_in_at = 0, None, now
    record(session, "account_signed_in", account, Actor.person(account.id), now, detail={"how": how})


def note_failure(session: Session, account: Account, now: datetime) -> None:
    account.failures += 1
    if account.failures >= FREE_FAILURES:
        account.locked_until = now + min(timedelta(minutes=2 ** min(account.failures - FREE_FAILURES, 10)), LONGEST_LOCK)
        record(session, "account_locked", account, Actor.machine("sign-in"), now, detail={"failures": account.failures})


def set_password(session: Session, account: Account, password_hash: str, now: datetime) -> None:
    """Takes effect at once: every other session and every unused link of the account ends."""
    account.password_hash, account.failures, account.locked_until = password_hash, 0, None
    end_every_session(session, account.id)
    _spend_links(session, account.id, now)
    record(session, "account_password_set", account, Actor.person(account.id), now)


# Sessions. The browser holds a random token, the table only its hash.


def open_session(session: Session, account: Account, now: datetime, times: SessionTimes, awaits: Awaits | None = None) -> str:
    """A new session and its token, which is shown to nobody else. Signing in always makes a new one.

    One that still awaits something lasts for `AWAITED` only.
    """
    token = secrets.token_urlsafe(32)
    ends_at = now + (times.absolute if awaits is None else AWAITED)
    session.add(
        WebSession(
            token_hash=_hashed(token), account_id=account.id, created_at=now, seen_at=now, ends_at=ends_at, awaits=awaits
        )
    )
    session.flush()
    return token


def find_session(session: Session, token: str, now: datetime, times: SessionTimes) -> WebSession | None:
    """The session of a token while it lasts."""
    found = session.get(WebSession, _hashed(token), options=[joinedload(WebSession.account).joinedload(Account.person)])
    if found is None or found.ends_at <= now or found.seen_at + times.idle <= now or found.account.closed_at is not None:
        return None
    return found


def end_session(session: Session, token: str) -> None:
    session.execute(sa.delete(WebSession).where(WebSession.token_hash == _hashed(token)))


def end_every_session(session: Session, account_id: uuid.UUID) -> None:
    """Sign out everywhere."""
    session.execute(sa.delete(WebSession).where(WebSession.account_id == account_id))


def purge(session: Session, now: datetime, times: SessionTimes) -> int:
    """Remove sessions and links that can no longer be used. The answer is how many sessions went."""
    gone = sa.delete(WebSession).where(sa.or_(WebSession.ends_at <= now, WebSession.seen_at <= now - times.idle))
    ended = session.execute(gone)
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.ends_at <= now))
    session.execute(sa.delete(SignInCode).where(SignInCode.asked_at <= now - CODES_KEPT))
    session.execute(sa.delete(Invitation).where(Invitation.ends_at <= now))
    session.execute(sa.delete(ProviderVisit).where(ProviderVisit.ends_at <= now))
    session.execute(sa.delete(Tries).where(Tries.last_at <= now - CODES_KEPT))
    return int(ended.rowcount)  # type: ignore[attr-defined]  # CursorResult, not typed by execute


# One-time links. Fetching one changes nothing, because mail scanners fetch; only the button on its page uses it.


def make_link(session: Session, account: Account, purpose: LinkPurpose, now: datetime, lasts: timedelta | None = None) -> str:
    """The token of a new link; an earlier unused one for the same purpose stops working."""
    session.execute(
        sa.update(OneTimeLink)
        .where(OneTimeLink.account_id == account.id, OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
    )
    token = secrets.token_urlsafe(32)
    ends_at = now + (lasts or (SET_UP_LASTS if purpose is LinkPurpose.SET_UP else SIGN_IN_LASTS))
    session.add(OneTimeLink(token_hash=_hashed(token), account_id=account.id, purpose=purpose, created_at=now, ends_at=ends_at))
    session.flush()
    return token


def link_account(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> Account | None:
    """Whose link it is, while it works. Looking does not use it."""
    link = session.get(OneTimeLink, _hashed(token))
    if link is None or link.purpose is not purpose or link.used_at is not None or link.ends_at <= now:
        return None
    account = session.get(Account, link.account_id, options=[joinedload(Account.person)])
    return account if account is not None and account.closed_at is None else None


def use_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> Account | None:
    """Use a link up. Of two at the same time one gets the account."""
    account = link_account(session, token, purpose, now)
    if account is None:
        return None
    used = session.execute(
        sa.update(OneTimeLink)
        .where(OneTimeLink.token_hash == _hashed(token), OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # CursorResult, not typed by execute
        return None
    if purpose is LinkPurpose.SIGN_IN and account.totp_since is None:
        account.last_signed_in_at = now
        record(session, "account_signed_in", account, Actor.person(account.id), now, detail={"how": "link"})
    return account


def _spend_links(session: Session, account_id: uuid.UUID, now: datetime) -> None:
    session.execute(
        sa.update(OneTimeLink)
        .where(OneTimeLink.account_id == account_id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
