"""A visitor of the pages over real HTTP: keeps cookies, follows redirects, fills in forms. No JavaScript, no browser."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from http.cookiejar import CookieJar

import pyotp


class Visitor:
    """`page` is what they see now, `status` how it was answered."""

    def __init__(self, pages: str) -> None:
        self.pages = pages
        self.page = ""
        self.status = 0
        self.address = ""
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def go(self, path: str) -> str:
        return self._ask(urllib.request.Request(self._whole(path)))

    def send(self, path: str, **answers: str | list[str]) -> str:
        """Press a button: what a browser sends for a form."""
        body = urllib.parse.urlencode(answers, doseq=True).encode()
        return self._ask(urllib.request.Request(self._whole(path), data=body, headers={"Origin": self.pages}))

    def connect_app(self) -> None:
        """Show the authenticator app that everybody at the body connects at their first sign-in."""
        self.go("/sign-in/app")
        key = re.search(r'id="key">([^<]+)<', self.page)
        assert key is not None, "no key for an app is shown"
        self.send("/sign-in/app", code=pyotp.TOTP(key[1].replace(" ", "")).now())

    def hidden(self, name: str) -> str:
        """A hidden field of the page in hand."""
        found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', self.page)
        assert found is not None, f"no hidden field {name} on {self.address}"
        return unescape(found.group(1))

    def links(self, start: str) -> list[str]:
        return list(dict.fromkeys(re.findall(rf'href="({start}[^"#?]*)', self.page)))

    @property
    def words(self) -> str:
        """The page without its tags."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    def _whole(self, path: str) -> str:
        return path if path.startswith("http") else self.pages + path

    def _ask(self, request: urllib.request.Request) -> str:
        try:
            with self._opener.open(request, timeout=60) as answer:
                self.status, self.page, self.address = answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as refused:
            with refused:
                self.status, self.page, self.address = refused.code, refused.read().decode(), request.full_url
        return self.page
