"""What surrounds every page: security headers, and the refusal of writes that come from elsewhere. Pure ASGI."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NONCE = "mailroom.nonce"
"""Where in the scope a page finds the nonce of its one inline script."""
ONE_CLICK = re.compile(r"/unsubscribe/[A-Za-z0-9_-]+")
"""The address that mail providers post to. What takes an opt-out back lies elsewhere, and is guarded like everything."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def policy(nonce: str) -> str:
    """Only what the pages bring along themselves may load, run or receive a form."""
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Puts the headers on every answer. A page's own Content-Security-Policy or Cache-Control stays."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope[NONCE] = nonce

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _FIXED.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", policy(nonce))
                headers.setdefault("Cache-Control", "no-store")
                if self.secure:
                    headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SameOrigin:
    """Refuses a write that another site's page made the browser send.

    Browsers say where a request comes from in Sec-Fetch-Site; where that is missing (plain http, old browsers) the
    Origin header must be our own. A request with neither is refused: no browser that people use sends one.

    One address is open to writes from elsewhere: the one-click way out of marketing (RFC 8058), which mail providers post
    to on a reader's behalf, with neither header and without a cookie. The check guards what a browser sends along by
    itself; that page decides by no cookie, only by the signed token in its address, which another site does not know. All
    that it can do is to stop announcements to the one person whom the token names.
    """

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        self.app = app
        self.origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        writes = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        if writes and not ONE_CLICK.fullmatch(scope["path"]) and not self.ours(Headers(scope=scope)):
            refusal = PlainTextResponse("This request did not come from one of our pages. Go back and try again.", 403)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def ours(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        written = headers.get("origin")
        if written is None:
            return False
        parts = urlsplit(written)
        return f"{parts.scheme}://{parts.netloc.casefold()}" == self.origin
