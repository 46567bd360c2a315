"""Accounts of the body's staff: adding one, making a link for it, closing it."""

from __future__ import annotations

from starlette.responses import Response

from records import accounts, people, second_factor, training
from records.models.accounts import Account, LinkPurpose
from records.values import Kind, Wrong, written_form
from web.forms import Faults, asked_date, typed_date
from web.visit import Denied, Missing, Visit
from web.words import ROLE


def show(visit: Visit) -> Response:
    return _list_page(visit)


def note_training(visit: Visit) -> Response:
    account, faults = _found(visit), Faults()
    day = asked_date(visit.written, "trained", "Day of the training", faults, latest=visit.today)
    if faults or day is None:
        # The message stands beside the field of this very account.
        return _list_page(visit, faults, account)
    training.note(visit.session, account, day, visit.actor, visit.now)
    return visit.go("/staff", f"The training of {account.person.full_name} is noted")


def reset_app(visit: Visit) -> Response:
    """For somebody who lost the telephone. Nobody does it to themselves: a stolen session must not undo the second factor."""
    account = _found(visit)
    if visit.viewer is None or account.id == visit.viewer.account_id:
        raise Denied
    second_factor.reset(visit.session, account, visit.actor, visit.now)
    return visit.go("/staff", f"{account.person.full_name} connects a new app at the next sign-in")


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
    address = _address(visit, faults)
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
    if address:
        people.add_address(visit.session, account.person, address, visit.now)
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


def _address(visit: Visit, faults: Faults) -> str:
    written = visit.written.text("address")
    try:
        return (written_form(Kind.EMAIL, written) or "").casefold() if written else ""
    except Wrong:
        faults.add("address", "Enter an email address in the correct format, like name@body.example")
        return ""


def _list_page(visit: Visit, faults: Faults | None = None, account: Account | None = None) -> Response:
    every = accounts.all_accounts(visit.session)
    return visit.page(
        "staff.html",
        422 if faults else 200,
        rows=[(one, sorted(accounts.roles_of(visit.session, one.person_id, visit.today))) for one in every],
        due={one.id for one in every if training.is_due(one, visit.today, visit.house.settings.training_days)},
        trained_for=account.id if account else None,
        typed=typed_date(visit.written, "trained"),
        faults=faults,
    )


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
    typed = {name: visit.written.text(name) for name in ("first-name", "last-name", "user-name", "address")}
    return visit.page(
        "add_staff.html",
        422 if faults else 200,
        roles=[(role.value, text) for role, text in ROLE.items()],
        chosen=visit.written.all("roles"),
        typed=typed,
        faults=faults,
    )
