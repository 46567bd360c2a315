"""Signing in: by password, by a one-time link, and choosing the first password. Signing out is in `account`."""

from __future__ import annotations

import re

from starlette.responses import RedirectResponse, Response

from records import accounts, passwords
from records.models.accounts import LinkPurpose
from records.values import Wrong
from web.forms import Faults
from web.visit import Visit, signed_in

REFUSED = (
    "The user name or password is not right. After several wrong attempts an account is locked for some minutes: "
    "wait, or ask your administrator for a sign-in link"
)
"""One answer for every reason, so that nobody learns which user names exist."""


def show(visit: Visit) -> Response:
    if visit.viewer is not None:
        return RedirectResponse("/", 303)
    return visit.page("sign_in.html", onwards=_onwards(visit.query.get("next", "")))


def sign_in(visit: Visit) -> Response:
    """Look up, check the password with no transaction open, then write what came of it."""
    db, times = visit.house.db, visit.house.settings.times
    user_name, password = visit.written.text("user-name"), visit.written.raw("password")
    onwards = _onwards(visit.written.text("next"))
    faults = Faults()
    if not user_name:
        faults.add("user-name", "Enter your user name")
    if not password:
        faults.add("password", "Enter your password")
    if not faults:
        with db.reading() as session:
            candidate = accounts.look_up(session, user_name, visit.now)
        right = passwords.check(candidate.password_hash, password)
        with db.writing() as session:
            account = accounts.settle(session, candidate, right=right, now=visit.now)
            if account is not None:
                if visit.token:
                    accounts.end_session(session, visit.token)
                token = accounts.open_session(session, account, visit.now, times)
                return signed_in(RedirectResponse(onwards or "/", 303), visit.house.settings, token)
        faults.add("user-name", REFUSED)
    return visit.page("sign_in.html", 422, faults=faults, onwards=onwards, user_name=user_name)


def show_link(visit: Visit) -> Response:
    """A page with a button: mail scanners fetch links, so fetching must not use one up."""
    account = accounts.link_account(visit.session, visit.parts["token"], LinkPurpose.SIGN_IN, visit.now)
    return visit.page("link.html", 200 if account else 410, account=account)


def use_link(visit: Visit) -> Response:
    account = accounts.use_link(visit.session, visit.parts["token"], LinkPurpose.SIGN_IN, visit.now)
    if account is None:
        return visit.page("link.html", 410, account=None)
    token = accounts.open_session(visit.session, account, visit.now, visit.house.settings.times)
    return signed_in(RedirectResponse("/", 303), visit.house.settings, token)


def show_set_up(visit: Visit) -> Response:
    account = accounts.link_account(visit.session, visit.parts["token"], LinkPurpose.SET_UP, visit.now)
    return visit.page("set_up.html", 200 if account else 410, account=account)


def set_up(visit: Visit) -> Response:
    """Choose the first password (or a new one) with a set-up link, and be signed in."""
    db, token = visit.house.db, visit.parts["token"]
    with db.reading() as session:
        account = accounts.link_account(session, token, LinkPurpose.SET_UP, visit.now)
    if account is None:
        return visit.page("set_up.html", 410, account=None)
    password = visit.written.raw("password")
    faults = new_password_faults(password, visit.written.raw("again"), account.user_name)
    if faults:
        return visit.page("set_up.html", 422, account=account, faults=faults)
    hashed = passwords.hash_password(password)
    with db.writing() as session:
        used = accounts.use_link(session, token, LinkPurpose.SET_UP, visit.now)
        if used is None:
            return visit.page("set_up.html", 410, account=None)
        accounts.set_password(session, used, hashed, visit.now)
        opened = accounts.open_session(session, used, visit.now, visit.house.settings.times)
    return signed_in(RedirectResponse("/", 303), visit.house.settings, opened)


def new_password_faults(password: str, again: str, user_name: str) -> Faults:
    faults = Faults()
    try:
        passwords.check_quality(password, user_name)
    except Wrong as wrong:
        faults.add("password", str(wrong))
    if password != again:
        faults.add("again", "Type the same password again")
    return faults


def _onwards(address: str) -> str:
    """Where to go after signing in: an address of our own and nothing else."""
    return address if re.fullmatch(r"/[a-z][a-z0-9/-]{0,200}", address) else ""
