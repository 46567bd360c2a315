"""Asking the service that serves the pages on this machine how it is."""

from __future__ import annotations

import http.client

from mailroom.config import Settings

ANSWER_SECONDS = 10.0
ANYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what such an address is reached by, not bound to


def asked(settings: Settings, path: str) -> tuple[int, str]:
    """Status and words of its answer. Raises `OSError` or `http.client.HTTPException` where nobody answers."""
    line = http.client.HTTPConnection(host_here(settings), settings.web.port, timeout=ANSWER_SECONDS)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read(100_000).decode("utf-8", "replace")
    finally:
        line.close()


def host_here(settings: Settings) -> str:
    return ANYWHERE.get(settings.web.host, settings.web.host)
