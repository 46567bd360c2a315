"""The first time somebody at a school signs in: with the code of their invitation."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from records import invitations, tries
from web.entry import let_in
from web.forms import Faults
from web.pages.school_sign_in import SLOWLY
from web.visit import Visit

REFUSED = (
    "The address and the code do not belong together, or the invitation has ended. If you were invited more than seven days "
    "ago, sign in with a code by email instead"
)
"""One answer for every reason, so that nobody learns whose address is known."""


def show(visit: Visit) -> Response:
    if visit.viewer is not None:
        return RedirectResponse("/", 303)
    return visit.page("school/invitation.html", address="")


def sign_in(visit: Visit) -> Response:
    written, faults = visit.written, Faults()
    if not written.text("email"):
        faults.add("email", "Enter your email address")
    if not written.text("code"):
        faults.add("code", "Enter the code from the invitation")
    if not faults:
        with visit.house.db.writing() as session:
            place = visit.client or ""
            if tries.must_wait(session, tries.INVITATIONS, place, visit.now):
                faults.add("code", SLOWLY)
            else:
                account = invitations.use(session, written.text("email"), written.text("code"), visit.now)
                if account is not None:
                    return let_in(visit, session, account, "/school/home", second=False)
                tries.note(session, tries.INVITATIONS, place, visit.now)
                faults.add("code", REFUSED)
    return visit.page("school/invitation.html", 422, faults=faults, address=written.text("email"))
