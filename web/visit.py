"""One request as a page sees it: who asks, what was written, the open session, and the ways to answer."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from records.access import Act, Viewer, can, refusal
from records.blobs import Blobs
from records.db import Database
from records.events import Actor
from records.models.accounts import WebSession
from records.models.base import Base
from records.models.people import Role
from records.training import is_due
from records.uploads import UploadedFile
from records.values import local_day
from web.rendering import Templates
from web.settings import Pulse, WebSettings


class Missing(Exception):  # noqa: N818
    """There is no such thing, or not for this viewer: answer 404 and say no more."""


class Denied(Exception):  # noqa: N818
    """The viewer may not do that: answer 403. The reason is in words that the viewer may read."""

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why


@dataclass(frozen=True, slots=True)
class House:
    """What all requests share."""

    settings: WebSettings
    db: Database
    blobs: Blobs
    templates: Templates
    pulse: Pulse = field(default_factory=Pulse)


@dataclass(frozen=True, slots=True)
class Written:
    """What a person sent with a form: one or more texts by name, as typed."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[UploadedFile, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text without spaces around it; empty where it was not sent."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        found = self.fields.get(name, ())
        return found[-1] if found else ""

    def all(self, name: str) -> list[str]:
        return list(self.fields.get(name, ()))

    def chosen(self, name: str) -> tuple[UploadedFile, ...]:
        """The files that were chosen; a browser sends an empty one without a name where none was."""
        return tuple(file for file in self.files.get(name, ()) if file.name or file.content)

    def file(self, name: str) -> UploadedFile | None:
        """The file, where one was chosen that is not empty."""
        return next((file for file in self.chosen(name) if file.content), None)

    def __contains__(self, name: str) -> bool:
        return name in self.fields


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that the next page shows once, with an act that takes back what it tells of."""

    text: str
    kind: str = "success"
    undo: str | None = None
    """The address that the Undo button posts to."""

    def packed(self) -> str:
        return json.dumps({"text": self.text, "kind": self.kind, "undo": self.undo})

    @classmethod
    def unpacked(cls, packed: str | None) -> Notice | None:
        return cls(**json.loads(packed)) if packed else None


@dataclass
class Visit:
    """One request. `session` is open for reading or writing as the page's row in the route table says."""

    house: House
    now: datetime
    nonce: str
    path: str
    parts: Mapping[str, Any]
    """What the address names: ids and field keys."""
    query: Mapping[str, str]
    written: Written
    token: str | None = None
    """The session cookie as sent."""
    web_session: WebSession | None = None
    viewer: Viewer | None = None
    awaiting: WebSession | None = None
    """The session of a browser that still has to show its second thing. It opens nothing else."""
    notice: Notice | None = None
    if_none_match: str | None = None
    asking: str | None = None
    """The secret of a browser that asked for a sign-in code, as sent."""
    opened: Session | None = None
    client: str | None = None
    """The network address that asks: a trusted proxy's own visitor, else whoever is connected."""
    forwarded: bool = False
    """Whether a proxy passed the request on."""

    @property
    def session(self) -> Session:
        if self.opened is None:
            raise RuntimeError("this page's row in the route table opens no session")
        return self.opened

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def actor(self) -> Actor:
        """The viewer as history names them."""
        if self.viewer is None:
            raise Denied
        return Actor.person(self.viewer.account_id)

    @property
    def id(self) -> uuid.UUID:
        found = self.parts["id"]
        assert isinstance(found, uuid.UUID)
        return found

    @property
    def training_due(self) -> bool:
        """Whether the viewer, one of the body's staff, should do their training in data protection again."""
        held = self.web_session.account if self.web_session and self.viewer and self.viewer.roles else None
        return held is not None and is_due(held, self.today, self.house.settings.training_days)

    def may(self, act: Act, thing: Base | None = None, *, near: frozenset[Role] | None = None) -> bool:
        return can(self.viewer, act, thing, near=near)

    def require(self, act: Act, thing: Base) -> None:
        """Raises `Denied` where the route's permission does not reach this very thing."""
        why = refusal(self.viewer, act, thing)
        if why is not None:
            raise Denied(why)

    def page(self, template: str, status: int = 200, /, **context: Any) -> Response:
        """A page. What it needs of the session is loaded while it is rendered."""
        html = self.house.templates.render(template, visit=self, settings=self.house.settings, **context)
        return HTMLResponse(html, status)

    def go(self, address: str, notice: Notice | str | None = None) -> Response:
        """After a write: on to a page that may be loaded again without doing it twice."""
        if notice is not None and self.web_session is not None:
            told = Notice(notice) if isinstance(notice, str) else notice
            # The row was loaded by another session; only its key is used here.
            kept = self.session.get(WebSession, self.web_session.token_hash)
            if kept is not None:
                kept.notice = told.packed()
        return RedirectResponse(address, 303)


def signed_in(response: Response, settings: WebSettings, token: str) -> Response:
    """Give the browser its session."""
    response.set_cookie(settings.cookie, token, path="/", secure=settings.secure, httponly=True, samesite="lax")
    return response


def signed_out(response: Response, settings: WebSettings) -> Response:
    """Take the session away, and what the browser has stored of pages and pictures."""
    response.delete_cookie(settings.cookie, path="/", secure=settings.secure, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
