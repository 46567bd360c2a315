"""Signing in by the body's own sign-in provider, and connecting an account there with the account here."""

from __future__ import annotations

import logging

from starlette.responses import RedirectResponse, Response

from records import identities, sign_in_codes
from records.models.accounts import Account
from records.values import Wrong
from web import provider
from web.entry import let_in
from web.forms import Faults
from web.provider import ProviderFault
from web.visit import Notice, Visit

BACK = "/sign-in/provider/back"
NOT_CONNECTED = (
    "Your account there is not connected to an account here, or the account here is closed. Sign in with your user name, "
    "and connect it on the page of your account"
)
FAILED = "Signing in by the provider did not work. Try again, or sign in with your user name"

log = logging.getLogger(__name__)


def set_out(visit: Visit) -> Response:
    return _set_out(visit, None)


def connect(visit: Visit) -> Response:
    """From one's own account: whoever comes back is connected to it."""
    return _set_out(visit, visit.viewer.account_id if visit.viewer else None)


def come_back(visit: Visit) -> Response:
    """The provider sent the browser back. Nothing counts that this very browser did not ask for."""
    settings = visit.house.settings.provider
    if settings is None:
        return _home(visit)
    with visit.house.db.writing() as session:
        row = identities.come_back(session, visit.query.get("state", ""), visit.asking or "", visit.now)
    if row is None or not visit.query.get("code"):
        return _refused(visit, FAILED)
    try:
        subject = provider.who_came_back(
            settings, _back(visit), code=visit.query["code"], nonce=row.nonce, verifier=row.verifier, now=visit.now
        )
    except ProviderFault as fault:
        log.warning("signing in by the provider failed: %s", fault)
        return _refused(visit, FAILED)
    if row.account_id is not None:
        return _connected(visit, settings.issuer, subject)
    with visit.house.db.writing() as session:
        account = identities.sign_in(session, settings.issuer, subject, visit.now)
        if account is not None:
            # The provider asks for its own second factor.
            return let_in(visit, session, account, second=False)
    return _refused(visit, NOT_CONNECTED)


def disconnect(visit: Visit) -> Response:
    assert visit.viewer is not None
    account = visit.session.get_one(Account, visit.viewer.account_id)
    identities.disconnect(visit.session, account, visit.actor, visit.now)
    return visit.go("/account", "Your account at the provider no longer signs you in here")


def _connected(visit: Visit, issuer: str, subject: str) -> Response:
    if visit.viewer is None:
        return _refused(visit, FAILED)
    with visit.house.db.writing() as session:
        visit.opened = session
        try:
            identities.connect(session, session.get_one(Account, visit.viewer.account_id), issuer, subject, visit.now)
        except Wrong as wrong:
            return visit.go("/account", Notice(str(wrong), "important"))
        return visit.go("/account", "From now on you can sign in by the provider")


def _set_out(visit: Visit, account_id: object) -> Response:
    settings, browser = visit.house.settings.provider, sign_in_codes.new_browser_secret()
    if settings is None:
        return _home(visit)
    with visit.house.db.writing() as session:
        account = session.get(Account, account_id) if account_id else None
        journey = identities.set_out(session, browser, visit.now, account)
    try:
        there = provider.way_there(settings, _back(visit), state=journey.state, nonce=journey.nonce, verifier=journey.verifier)
    except ProviderFault as fault:
        log.warning("the way to the provider: %s", fault)
        return _refused(visit, FAILED)
    response, own = RedirectResponse(there, 303), visit.house.settings
    lasts = int(identities.UNDER_WAY.total_seconds())
    response.set_cookie(own.asking_cookie, browser, max_age=lasts, path="/", secure=own.secure, httponly=True, samesite="lax")
    return response


def _home(visit: Visit) -> Response:
    """The body has no provider."""
    return RedirectResponse("/account" if visit.viewer else "/sign-in", 303)


def _back(visit: Visit) -> str:
    return f"{visit.house.settings.origin}{BACK}"


def _refused(visit: Visit, why: str) -> Response:
    faults = Faults()
    faults.add("user-name", why)
    return visit.page("sign_in.html", 422, faults=faults, onwards="")
