"""Letting somebody in whose password, link or provider was right: at once, or after the code of their authenticator app."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from records import accounts, passwords, second_factor
from records.models.accounts import Account, Awaits
from web.settings import WebSettings
from web.visit import Visit, signed_in

_NEXT = {Awaits.CODE: "/sign-in/code", Awaits.SET_UP: "/sign-in/app"}


def let_in(visit: Visit, session: Session, account: Account, onwards: str = "", *, second: bool = True) -> Response:
    """A new session for the browser. With `second` it opens nothing yet where a second thing is to be shown."""
    awaits = _awaited(visit.house.settings, account) if second else None
    if visit.token:
        accounts.end_session(session, visit.token)
    token = accounts.open_session(session, account, visit.now, visit.house.settings.times, awaits)
    where = onwards or "/"
    if awaits is not None:
        where = f"{_NEXT[awaits]}?next={onwards}" if onwards else _NEXT[awaits]
    return signed_in(RedirectResponse(where, 303), visit.house.settings, token)


def proved(visit: Visit, typed: str) -> Account | None:
    """The viewer's account, where a code of its app was typed, or its password while it has no app. Failures are counted.

    It opens its own transactions: checking a password is slow work.
    """
    assert visit.viewer is not None
    db = visit.house.db
    with db.reading() as session:
        account = session.get_one(Account, visit.viewer.account_id)
        candidate = accounts.look_up(session, account.user_name, visit.now)
    if account.totp_since is not None:
        with db.writing() as session:
            return second_factor.use(session, account.id, typed, visit.now)
    right = passwords.check(candidate.password_hash, typed)
    with db.writing() as session:
        return accounts.settle(session, candidate, right=right, now=visit.now)


def own_address(address: str) -> str:
    """Where to go after signing in: an address of our own and nothing else."""
    return address if re.fullmatch(r"/[a-z][a-z0-9/-]{0,200}", address) else ""


def _awaited(settings: WebSettings, account: Account) -> Awaits | None:
    if account.totp_since is not None:
        return Awaits.CODE
    return Awaits.SET_UP if settings.second_factor else None
