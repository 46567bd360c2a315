"""Accounts of the body's staff: adding one, making a link for it, closing it."""

from __future__ import annotations

from starlette.responses import Response

from records import accounts
from records.models.accounts import Account, LinkPurpose
from records.values import Wrong
from web.forms import Faults
from web.visit import Denied, Missing, Visit
from web.words import ROLE


def show(visit: Visit) -> Response:
    rows = [
        (one, sorted(accounts.roles_of(visit.session, one.person_id, visit.today)))
        for one in accounts.all_accounts(visit.session)
    ]
    return visit.page("staff.html", rows=rows)


def show_new(visit: Visit) -> Response:
    return _new_page(visit)


def add(visit: Visit) -> Response:
    """A new account and its set-up link, which is shown once: it is stored only as a hash."""
    written, faults = visit.written, Faults()
    roles = [role for role in ROLE if role.value in written.all("roles")]
    for place, missing in (
        ("first-name", "Enter a first name"),
        ("last-name", "Enter a last name"),
        ("user-name", "Enter a user name"),
    ):
        if not written.text(place):
            faults.add(place, missing)
    if not roles:
        faults.add("roles", "Choose at least one role")
    if faults:
        return _new_page(visit, faults)
    try:
        account = accounts.add_account(
            visit.session,
            user_name=written.text("user-name"),
            first_name=written.text("first-name"),
            last_name=written.text("last-name"),
            roles=roles,
            now=visit.now,
            actor=visit.actor,
        )
    except Wrong as wrong:
        faults.add("user-name", str(wrong))
        return _new_page(visit, faults)
    return _link_page(visit, account, LinkPurpose.SET_UP)


def link(visit: Visit) -> Response:
    """A new link for somebody who forgot the password, or is locked out."""
    account = _found(visit)
    if account.closed_at is not None:
        raise Denied
    purpose = LinkPurpose.SIGN_IN if visit.written.text("purpose") == "sign_in" else LinkPurpose.SET_UP
    return _link_page(visit, account, purpose)


def close(visit: Visit) -> Response:
    account = _found(visit)
    if visit.viewer is None or account.id == visit.viewer.account_id:
        # An administrator who closes their own account may leave nobody who can open another.
        raise Denied
    accounts.close_account(visit.session, account, visit.actor, visit.now)
    return visit.go("/staff", f"The account of {account.person.full_name} is closed")


def _found(visit: Visit) -> Account:
    account = visit.session.get(Account, visit.id)
    if account is None:
        raise Missing
    return account


def _link_page(visit: Visit, account: Account, purpose: LinkPurpose) -> Response:
    token = accounts.make_link(visit.session, account, purpose, visit.now)
    folder = "set-up" if purpose is LinkPurpose.SET_UP else "link"
    address = f"{visit.house.settings.origin}/{folder}/{token}"
    return visit.page("staff_link.html", account=account, address=address, sets_up=purpose is LinkPurpose.SET_UP)


def _new_page(visit: Visit, faults: Faults | None = None) -> Response:
    typed = {name: visit.written.text(name) for name in ("first-name", "last-name", "user-name")}
    return visit.page(
        "add_staff.html",
        422 if faults else 200,
        roles=[(role.value, text) for role, text in ROLE.items()],
        chosen=visit.written.all("roles"),
        typed=typed,
        faults=faults,
    )
