"""Signing in: by password, by a one-time link, and choosing the first password. Signing out is in `account`."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from records import accounts, identities, passwords, tries
from records.events import Actor
from records.models.accounts import LinkPurpose
from records.values import Wrong
from web.entry import let_in, own_address
from web.forms import Faults
from web.visit import Visit

REFUSED = (
    "The user name or password is not right. After several wrong attempts an account is locked for some minutes: "
    "wait, or ask your administrator for a sign-in link"
)
"""One answer for every reason, so that nobody learns which user names exist."""
SLOWLY = "Many wrong passwords came from your network. Wait ten seconds and try again"


def show(visit: Visit) -> Response:
    if visit.viewer is not None:
        return RedirectResponse("/", 303)
    return visit.page("sign_in.html", onwards=own_address(visit.query.get("next", "")))


def sign_in(visit: Visit) -> Response:
    """Look up, check the password with no transaction open, then write what came of it."""
    db = visit.house.db
    user_name, password = visit.written.text("user-name"), visit.written.raw("password")
    onwards, place = own_address(visit.written.text("next")), visit.client or ""
    faults = Faults()
    if not user_name:
        faults.add("user-name", "Enter your user name")
    if not password:
        faults.add("password", "Enter your password")
    with db.reading() as session:
        if not faults and tries.must_wait(session, tries.PASSWORDS, place, visit.now):
            faults.add("user-name", SLOWLY)
        candidate = accounts.look_up(session, user_name, visit.now)
    if not faults:
        right = passwords.check(candidate.password_hash, password)
        with db.writing() as session:
            account = accounts.settle(session, candidate, right=right, now=visit.now)
            if account is not None:
                return let_in(visit, session, account, onwards)
            tries.note(session, tries.PASSWORDS, place, visit.now)
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
    return let_in(visit, visit.session, account)


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
        # Whoever needs a new password may have lost the account to somebody who connected their own.
        identities.disconnect(session, used, Actor.person(used.id), visit.now)
        return let_in(visit, session, used)


def new_password_faults(password: str, again: str, user_name: str) -> Faults:
    faults = Faults()
    try:
        passwords.check_quality(password, user_name)
    except Wrong as wrong:
        faults.add("password", str(wrong))
    if password != again:
        faults.add("again", "Type the same password again")
    return faults
