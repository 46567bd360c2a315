"""The ASGI shell: turns each row of the route table into an endpoint, and answers what goes wrong in plain words."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from records import accounts
from records.access import can
from records.blobs import Blobs
from records.db import Database
from records.states import NotAllowed, Overtaken
from records.uploads import UploadedFile
from web.guard import NONCE, SameOrigin, SecurityHeaders
from web.rendering import STATIC, Templates
from web.routes import ROUTES, Everyone, Opens, Row
from web.settings import Pulse, WebSettings
from web.visit import Denied, House, Missing, Notice, Visit, Written

Clock = Callable[[], datetime]
AT_ONCE = 8
"""Requests worked on at a time: each holds a database connection or two."""
MOST_FIELDS = 400
PASSED_ON = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"})
"""Headers by which a proxy says that it passes on what somebody else asks."""

log = logging.getLogger(__name__)


def create_app(settings: WebSettings, db: Database, blobs: Blobs, clock: Clock, pulse: Pulse | None = None) -> Starlette:
    """The pages as an ASGI application. It opens no port and reads no clock of its own."""
    shell = _Shell(House(settings, db, blobs, Templates(), pulse or Pulse()), clock)
    # A row that takes a file raises the limit of the application for itself.
    larger = [Middleware(RequestBodyLimitMiddleware, max_body_size=settings.upload_bytes + settings.form_bytes)]
    routes: list[Route | Mount] = [
        Route(row.path, shell.endpoint(row), methods=[row.method], middleware=larger if row.takes_files else None)
        for row in ROUTES
    ]
    routes.append(Mount("/assets/{version}", _Assets(directory=STATIC), name="assets"))
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(SecurityHeaders, secure=settings.secure),
            Middleware(SameOrigin, origin=settings.origin),
            Middleware(RequestBodyLimitMiddleware, max_body_size=settings.form_bytes),
        ],
        exception_handlers={HTTPException: shell.http_error},
    )


class _Shell:
    """Runs the synchronous pages in threads, one database session each."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house = house
        self.clock = clock
        self.limiter = CapacityLimiter(AT_ONCE)

    def endpoint(self, row: Row) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            if row.takes_files:
                # A stranger's file is not even read.
                refusal = await to_thread.run_sync(
                    self._turned_away, row, self._visit(request, Written()), limiter=self.limiter
                )
                if refusal is not None:
                    return refusal
            written = await _written(request, row.takes_files) if row.method == "POST" else Written()
            visit = self._visit(request, written)
            return await to_thread.run_sync(self._answer, row, visit, limiter=self.limiter)

        return answer

    async def http_error(self, request: Request, error: Exception) -> Response:
        """What routing itself refuses: no such address, no such method, a form that is too large."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        visit = self._visit(request, Written())
        return await to_thread.run_sync(self._refusal, visit, status, limiter=self.limiter)

    def _visit(self, request: Request, written: Written) -> Visit:
        return Visit(
            house=self.house,
            now=self.clock(),
            nonce=request.scope.get(NONCE, ""),
            path=request.url.path,
            parts=request.path_params,
            query=request.query_params,
            written=written,
            token=request.cookies.get(self.house.settings.cookie),
            if_none_match=request.headers.get("if-none-match"),
            client=request.client.host if request.client else None,
            forwarded=not PASSED_ON.isdisjoint(request.headers),
            asking=request.cookies.get(self.house.settings.asking_cookie),
        )

    def _refusal(self, visit: Visit, status: int) -> Response:
        try:
            self._recognise(visit)
            return _trouble(visit, status)
        except Exception as error:  # noqa: BLE001 - the last answer must not fail
            return self._failed(visit, visit.path, error)

    def _turned_away(self, row: Row, visit: Visit) -> Response | None:
        try:
            self._recognise(visit)
            return None if _may_come(visit, row) else _closed(visit, row)
        except Exception as error:  # noqa: BLE001 - whatever happens, a person gets a page in plain words
            return self._failed(visit, row.path, error)

    def _answer(self, row: Row, visit: Visit) -> Response:
        try:
            if row.opens is Opens.NOTHING:
                return row.page(visit)
            self._recognise(visit, page=row.shows_notices)
            if not _may_come(visit, row):
                return _closed(visit, row)
            return self._run(row, visit)
        except Exception as error:  # noqa: BLE001 - whatever happens, a person gets a page in plain words
            return self._failed(visit, row.path, error)

    def _run(self, row: Row, visit: Visit) -> Response:
        try:
            if row.opens is Opens.OWN:
                return row.page(visit)
            with self.house.db.writing() if row.opens is Opens.WRITING else self.house.db.reading() as session:
                visit.opened = session
                response = row.page(visit)
                if response.status_code >= 400:
                    # A page that refuses must not keep half of what it did before it noticed.
                    session.rollback()
                return response
        except Missing:
            return _trouble(visit, 404)
        except Denied as denied:
            return _trouble(visit, 403, denied.why)
        except (Overtaken, NotAllowed):
            return _trouble(visit, 409)
        finally:
            visit.opened = None

    def _recognise(self, visit: Visit, *, page: bool = False) -> None:
        """Find who asks; a page also takes the notice that waits for it."""
        if not visit.token:
            return
        times = self.house.settings.times
        with self.house.db.reading() as session:
            found = accounts.find_session(session, visit.token, visit.now, times)
            if found is None:
                return
            if found.awaits is not None:
                visit.awaiting = found
                return
            visit.web_session, visit.viewer = found, accounts.viewer_of(session, found.account, visit.now)
        if (page and found.notice) or visit.now - found.seen_at >= accounts.TOUCH_EVERY:
            with self.house.db.writing() as session:
                kept = accounts.find_session(session, visit.token, visit.now, times)
                if kept is not None:
                    kept.seen_at = visit.now
                    if page:
                        visit.notice, kept.notice = Notice.unpacked(kept.notice), None

    def _failed(self, visit: Visit, where: str, error: Exception) -> Response:
        # The message of an exception may quote a person's data, so only its kind and its place are told.
        place = "".join(traceback.format_tb(error.__traceback__))
        log.error("a page failed: %s at %s\n%s", type(error).__name__, where, place)
        try:
            return _trouble(visit, 500)
        except Exception:  # noqa: BLE001 - the database or the templates themselves may be what failed
            return Response("Sorry, there is a problem with the service. Try again later.", 500, media_type="text/plain")


async def _written(request: Request, files: int = 0) -> Written:
    """The fields of a posted form, with its files for a page that takes some."""
    try:
        form = await request.form(max_files=files, max_fields=MOST_FIELDS)
    except (MultiPartException, ClientDisconnect):
        raise HTTPException(400) from None
    fields: dict[str, tuple[str, ...]] = {}
    sent: dict[str, tuple[UploadedFile, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            sent[name] = (*sent.get(name, ()), UploadedFile(value.filename or "", await value.read()))
        if isinstance(value, str):
            # NUL cannot be stored in PostgreSQL, and no person types it.
            fields[name] = (*fields.get(name, ()), value.replace("\0", "").replace("\r\n", "\n"))
    await form.close()
    return Written(fields, sent)


def _may_come(visit: Visit, row: Row) -> bool:
    return row.permission is Everyone.EVERYONE or can(visit.viewer, row.permission)


def _closed(visit: Visit, row: Row) -> Response:
    """The door is closed: signed out people are sent to sign in, others are told."""
    if visit.viewer is not None:
        return _trouble(visit, 403)
    if row.path.startswith("/school/"):
        return RedirectResponse("/school/sign-in", 303)
    onwards = f"?next={visit.path}" if row.method == "GET" and visit.path != "/" else ""
    return RedirectResponse(f"/sign-in{onwards}", 303)


def _trouble(visit: Visit, status: int, why: str = "") -> Response:
    known = status if status in {400, 403, 404, 405, 409, 413} else 500
    return visit.page(f"errors/{known}.html", status, why=why)


class _Assets(StaticFiles):
    """The compiled assets. Their address changes with their content, so browsers may keep them."""

    def file_response(self, full_path: object, stat_result: object, scope: Scope, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
