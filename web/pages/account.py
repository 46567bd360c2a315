"""Your own account: sign out, sign out everywhere, change the password."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from records import accounts, identities, passwords, second_factor
from records.models.accounts import Account
from web.forms import Faults
from web.pages.sign_in import new_password_faults
from web.visit import Visit, signed_in, signed_out


def show(visit: Visit) -> Response:
    return _page(visit)


def sign_out(visit: Visit) -> Response:
    if visit.token:
        accounts.end_session(visit.session, visit.token)
    return signed_out(RedirectResponse("/sign-in", 303), visit.house.settings)


def sign_out_everywhere(visit: Visit) -> Response:
    assert visit.viewer is not None
    accounts.end_every_session(visit.session, visit.viewer.account_id)
    return signed_out(RedirectResponse("/sign-in", 303), visit.house.settings)


def change_password(visit: Visit) -> Response:
    """With the old password, so that an unlocked screen is not enough. Ends every other session."""
    assert visit.viewer is not None
    db, written = visit.house.db, visit.written
    with db.reading() as session:
        account = session.get_one(Account, visit.viewer.account_id)
        candidate = accounts.look_up(session, account.user_name, visit.now)
    faults = new_password_faults(written.raw("password"), written.raw("again"), account.user_name)
    right = passwords.check(candidate.password_hash, written.raw("current"))
    hashed = passwords.hash_password(written.raw("password")) if right and not faults else ""
    with db.writing() as session:
        known = accounts.settle(session, candidate, right=right, now=visit.now)
        if known is not None and not faults:
            # Who changes it is signed in already: no second code is asked for.
            accounts.set_password(session, known, hashed, visit.now)
            token = accounts.open_session(session, known, visit.now, visit.house.settings.times)
            return signed_in(RedirectResponse("/account?changed=yes", 303), visit.house.settings, token)
    if known is None:
        faults.add("current", "Your current password is not right")
    with db.reading() as session:
        visit.opened = session
        return _page(visit, faults)


def _page(visit: Visit, faults: Faults | None = None) -> Response:
    assert visit.viewer is not None
    account = visit.session.get_one(Account, visit.viewer.account_id)
    return visit.page(
        "account.html",
        422 if faults else 200,
        account=account,
        codes_left=second_factor.codes_left(visit.session, account.id),
        connected=bool(identities.of_account(visit.session, account.id)),
        faults=faults,
    )
