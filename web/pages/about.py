"""Pages about the service itself: where to begin, cookies, accessibility, privacy. Whether it lives is in `health`."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from records.access import Act
from web.rendering import STATIC
from web.visit import Visit

_STARTS = (
    (Act.SEE_QUEUE, "/queue"),
    (Act.SEE_ECTS, "/ects"),
    (Act.SEE_STATUS, "/status"),
    (Act.SCHOOL_HOME, "/school/home"),
)


def home(visit: Visit) -> Response:
    """Where a person's work begins, by what they may do."""
    for act, address in _STARTS:
        if visit.may(act):
            return RedirectResponse(address, 303)
    return RedirectResponse("/account", 303)


def favicon(visit: Visit) -> Response:  # noqa: ARG001 - every page takes a visit
    """Browsers ask for this address whatever the pages say."""
    return Response((STATIC / "mailroom.svg").read_bytes(), media_type="image/svg+xml")


def cookies(visit: Visit) -> Response:
    return visit.page("cookies.html")


def accessibility(visit: Visit) -> Response:
    return visit.page("accessibility.html")


def privacy(visit: Visit) -> Response:
    return visit.page("privacy.html")
