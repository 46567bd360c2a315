"""The authenticator app: typing its code while signing in, connecting one, new recovery codes, and taking it away."""

from __future__ import annotations

import segno
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from records import second_factor, tries
from records.models.accounts import Account, Awaits, WebSession
from records.values import Wrong
from web.entry import let_in, own_address, proved
from web.forms import Faults
from web.visit import Missing, Visit

REFUSED = (
    "The code is not right, was used before, or the account is locked for some minutes. Wait for the next code and try again"
)
NOT_PROVED = "Your password is not right, or the account is locked for some minutes"
SLOWLY = "Many people are signing in from your network. Wait ten seconds and try again"


def show_code(visit: Visit) -> Response:
    if visit.awaiting is None or visit.awaiting.awaits is not Awaits.CODE:
        return RedirectResponse("/sign-in", 303)
    return visit.page("second_code.html", onwards=own_address(visit.query.get("next", "")))


def use_code(visit: Visit) -> Response:
    """A wrong code is counted, so the answer is no refusal to the transaction: it is kept."""
    waits = visit.awaiting
    if waits is None or waits.awaits is not Awaits.CODE:
        return RedirectResponse("/sign-in", 303)
    onwards, faults = own_address(visit.written.text("next")), Faults()
    with visit.house.db.writing() as session:
        place = visit.client or ""
        if tries.must_wait(session, tries.PASSWORDS, place, visit.now):
            faults.add("code", SLOWLY)
        else:
            account = second_factor.use(session, waits.account_id, visit.written.text("code"), visit.now)
            if account is not None:
                return let_in(visit, session, account, onwards, second=False)
            tries.note(session, tries.PASSWORDS, place, visit.now)
            faults.add("code", REFUSED)
    return visit.page("second_code.html", 422, faults=faults, onwards=onwards)


def show_app(visit: Visit) -> Response:
    """The square code to connect an app with, while signing in for the first time or from one's account."""
    if visit.viewer is None and visit.awaiting is None:
        return RedirectResponse("/sign-in", 303)
    account = _connecting(visit, visit.session)
    browser = _browser(visit, visit.session)
    if account is None or browser is None:
        return RedirectResponse("/account", 303)
    return _app_page(visit, visit.session, account, browser)


def connect_app(visit: Visit) -> Response:
    """From one's own account with the password too: an unlocked screen is not enough. On the way in it was asked for just now."""
    if visit.viewer is None and visit.awaiting is None:
        return RedirectResponse("/sign-in", 303)
    with visit.house.db.reading() as session:
        if _connecting(visit, session) is None:
            return RedirectResponse("/account", 303)
    faults = Faults()
    if visit.viewer is not None and proved(visit, visit.written.raw("password")) is None:
        faults.add("password", NOT_PROVED)
    with visit.house.db.writing() as session:
        visit.opened = session
        return _connect(visit, session, faults)


def _connect(visit: Visit, session: Session, faults: Faults) -> Response:
    account, browser = _connecting(visit, session), _browser(visit, session)
    if account is None or browser is None:
        return RedirectResponse("/account", 303)
    if faults:
        return _app_page(visit, session, account, browser, faults)
    if browser.app_secret is None:
        # The page was shown to an earlier session of this browser; the next one has a secret of its own.
        return RedirectResponse("/sign-in/app", 303)
    codes = second_factor.confirm(session, account, browser, visit.written.text("code"), visit.now)
    if codes is None:
        faults.add("code", "The code is not right. Check the clock of your telephone, wait for the next code and try again")
        return _app_page(visit, session, account, browser, faults)
    shown = visit.page("recovery_codes.html", codes=codes)
    if visit.awaiting is not None:
        entered = let_in(visit, session, account, second=False)
        shown.headers["set-cookie"] = entered.headers["set-cookie"]
    return shown


def new_codes(visit: Visit) -> Response:
    """New recovery codes, for a code of the app: an unlocked screen is not enough."""
    if visit.viewer is None:
        raise Missing
    with visit.house.db.writing() as session:
        account = second_factor.use(session, visit.viewer.account_id, visit.written.text("code"), visit.now)
        codes = second_factor.new_recovery_codes(session, account, visit.now) if account is not None else None
    if codes is None:
        return visit.page("second_code_again.html", 422, faults=_refused())
    return visit.page("recovery_codes.html", codes=codes)


def show_new_codes(visit: Visit) -> Response:
    return visit.page("second_code_again.html")


def _refused() -> Faults:
    faults = Faults()
    faults.add("code", REFUSED)
    return faults


def _connecting(visit: Visit, session: Session) -> Account | None:
    """Whose app is to be connected: of somebody on the way in, or of the viewer. None where one is connected."""
    account_id = visit.viewer.account_id if visit.viewer else visit.awaiting.account_id if visit.awaiting else None
    if account_id is None:
        raise Missing
    account = session.get_one(Account, account_id)
    return account if account.totp_since is None else None


def _browser(visit: Visit, session: Session) -> WebSession | None:
    """The session of this browser, which may have ended a moment ago."""
    known = visit.web_session or visit.awaiting
    return session.get(WebSession, known.token_hash) if known else None


def _app_page(visit: Visit, session: Session, account: Account, browser: WebSession, faults: Faults | None = None) -> Response:
    try:
        secret = second_factor.begin(session, account, browser)
    except Wrong:
        return RedirectResponse("/account", 303)
    address = second_factor.address(account, secret, visit.house.settings.body_name)
    square = segno.make(address, error="m").svg_inline(scale=5, border=3, dark="#0b0c0c", light="#ffffff", omitsize=False)
    key = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return visit.page(
        "connect_app.html", 422 if faults else 200, square=square, key=key, faults=faults, must=visit.awaiting is not None
    )
