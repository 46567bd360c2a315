"""Signing in by the body's own sign-in provider, and connecting an account there with the account here."""

from __future__ import annotations

import logging
import uuid

from starlette.responses import RedirectResponse, Response

from records import identities, sign_in_codes
from records.models.accounts import Account
from records.values import Wrong
from web import provider
from web.entry import let_in, proved
from web.forms import Faults
from web.provider import ProviderFault, ProviderSettings
from web.visit import Notice, Visit

BACK = "/sign-in/provider/back"
NOT_CONNECTED = (
    "Your account there is not connected to an account here, or the account here is closed. Sign in with your user name, "
    "and connect it on the page of your account"
)
FAILED = "Signing in by the provider did not work. Try again, or sign in with your user name"

NOT_PROVED = "That is not right, or the account is locked for some minutes. A code counts once: if you have just used one, wait for the next"
AWAY = "The provider does not answer. Try again later"

log = logging.getLogger(__name__)


def set_out(visit: Visit) -> Response:
    """To sign in there."""
    settings = visit.house.settings.provider
    if settings is None:
        return _home(visit)
    try:
        there, browser = _journey(visit, settings, None)
    except ProviderFault as fault:
        log.warning("the way to the provider: %s", fault)
        return _refused(visit, FAILED)
    return _remembered(visit, RedirectResponse(there, 303), browser)


def show_connect(visit: Visit) -> Response:
    return _home(visit) if visit.house.settings.provider is None else _connect_page(visit)


def connect(visit: Visit) -> Response:
    """From one's own account, with the password or a code of the app: an unlocked screen is not enough.

    The answer is a page with a link, because browsers refuse a form that leads to another site.
    """
    settings = visit.house.settings.provider
    if settings is None:
        return _home(visit)
    account, faults = proved(visit, visit.written.raw("proof")), Faults()
    if account is None:
        faults.add("proof", NOT_PROVED)
        return _connect_page(visit, faults)
    try:
        there, browser = _journey(visit, settings, account)
    except ProviderFault as fault:
        log.warning("the way to the provider: %s", fault)
        faults.add("proof", AWAY)
        return _connect_page(visit, faults)
    return _remembered(visit, visit.page("connect_provider.html", there=there), browser)


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
        return _connected(visit, row.account_id, settings.issuer, subject)
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


def _connected(visit: Visit, account_id: uuid.UUID, issuer: str, subject: str) -> Response:
    """Only for the one who set out: meanwhile somebody else may have signed in with the same browser."""
    if visit.viewer is None or visit.viewer.account_id != account_id:
        return _refused(visit, FAILED)
    with visit.house.db.writing() as session:
        visit.opened = session
        try:
            identities.connect(session, session.get_one(Account, account_id), issuer, subject, visit.now)
        except Wrong as wrong:
            return visit.go("/account", Notice(str(wrong), "important"))
        return visit.go("/account", "From now on you can sign in by the provider")


def _journey(visit: Visit, settings: ProviderSettings, account: Account | None) -> tuple[str, str]:
    """The address at the provider, and the secret that this browser comes back with. Raises `ProviderFault`."""
    browser = sign_in_codes.new_browser_secret()
    with visit.house.db.writing() as session:
        journey = identities.set_out(session, browser, visit.now, account)
    there = provider.way_there(settings, _back(visit), state=journey.state, nonce=journey.nonce, verifier=journey.verifier)
    return there, browser


def _remembered(visit: Visit, response: Response, browser: str) -> Response:
    own, lasts = visit.house.settings, int(identities.UNDER_WAY.total_seconds())
    response.set_cookie(own.asking_cookie, browser, max_age=lasts, path="/", secure=own.secure, httponly=True, samesite="lax")
    return response


def _connect_page(visit: Visit, faults: Faults | None = None) -> Response:
    assert visit.web_session is not None
    by_app = visit.web_session.account.totp_since is not None
    return visit.page("connect_provider.html", 422 if faults else 200, by_app=by_app, faults=faults)


def _home(visit: Visit) -> Response:
    """The body has no provider."""
    return RedirectResponse("/account" if visit.viewer else "/sign-in", 303)


def _back(visit: Visit) -> str:
    return f"{visit.house.settings.origin}{BACK}"


def _refused(visit: Visit, why: str) -> Response:
    faults = Faults()
    faults.add("user-name", why)
    return visit.page("sign_in.html", 422, faults=faults, onwards="")
