"""Signing in for people at schools: ask for a code by email, type it in the same browser. Staff sign in elsewhere."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from records import accounts, sign_in_codes
from records.values import Kind, Wrong, written_form
from web.forms import Faults
from web.visit import Visit, signed_in

REFUSED = "The code is not right or no longer works. Check the newest email from us, or ask for a new code"
"""One answer for every reason, so that nobody learns whose address is known or whose account is locked."""
SLOWLY = "Many people are signing in from your network. Wait ten seconds and try again"


def show(visit: Visit) -> Response:
    if visit.viewer is not None:
        return RedirectResponse("/", 303)
    return visit.page("school/sign_in.html", address="")


def ask(visit: Visit) -> Response:
    """The same page follows whether the address is known or not."""
    written, faults = visit.written.text("email"), Faults()
    try:
        address = (written_form(Kind.EMAIL, written) or "").casefold()
    except Wrong:
        address = ""
    if not address:
        faults.add("email", "Enter an email address in the correct format, like name@school.example")
    elif sign_in_codes.must_wait(visit.session, visit.client or "", visit.now):
        faults.add("email", SLOWLY)
    if faults:
        return visit.page("school/sign_in.html", 422, faults=faults, address=written)
    browser, settings = sign_in_codes.new_browser_secret(), visit.house.settings
    sign_in_codes.ask(visit.session, address, browser=browser, peer=visit.client or "", now=visit.now)
    response = RedirectResponse("/school/code", 303)
    lasts = int(sign_in_codes.LASTS.total_seconds())
    response.set_cookie(
        settings.asking_cookie, browser, max_age=lasts, path="/", secure=settings.secure, httponly=True, samesite="lax"
    )
    return response


def show_code(visit: Visit) -> Response:
    """Opening this page, by whatever machine, changes nothing."""
    if visit.viewer is not None:
        return RedirectResponse("/", 303)
    faults = Faults()
    if visit.query.get("again") == "yes":
        faults.add("code", REFUSED)
    return visit.page("school/code.html", faults=faults)


def sign_in(visit: Visit) -> Response:
    """A wrong code is counted, so the answer is no refusal to the transaction: it is kept."""
    typed, faults = visit.written.text("code"), Faults()
    if not typed:
        faults.add("code", "Enter the code from the email")
    elif sign_in_codes.must_wait(visit.session, visit.client or "", visit.now):
        faults.add("code", SLOWLY)
    if faults:
        return visit.page("school/code.html", 422, faults=faults)
    account = sign_in_codes.use(visit.session, typed, browser=visit.asking or "", now=visit.now) if visit.asking else None
    if account is None:
        return RedirectResponse("/school/code?again=yes", 303)
    if visit.token:
        accounts.end_session(visit.session, visit.token)
    token = accounts.open_session(visit.session, account, visit.now, visit.house.settings.times)
    response = signed_in(RedirectResponse("/school/home", 303), visit.house.settings, token)
    response.delete_cookie(visit.house.settings.asking_cookie, path="/", secure=visit.house.settings.secure, httponly=True)
    return response
