"""What a trusted mail server found out about the sender: Authentication-Results (RFC 8601) read, never computed, here.

Anybody can write such a field. Only the topmost one that names a configured server counts; that server must be set up to
remove such fields from what comes in, as RFC 8601 section 5 asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.headers import Headers, addresses

_COMMENT = re.compile(r"\([^()]*\)")
_METHOD = re.compile(r"\s*([a-z0-9-]+)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z0-9-]+)\.([a-z0-9_-]+)\s*=\s*(\"[^\"]*\"|[^\s;]+)", re.IGNORECASE)
_MOST_RESULTS = 20


class Verdict(StrEnum):
    """How far the sender's address can be believed."""

    VERIFIED = "verified"
    """DMARC passed, or DKIM or SPF passed for the very domain of the From address."""
    FAILED = "failed"
    """DMARC failed: somebody else wrote under this address, or a forwarder broke the letter."""
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result with its properties, such as `header.d`."""

    method: str
    result: str
    properties: dict[str, str]


def read_results(headers: Headers, trusted: Collection[str]) -> dict[str, Any]:
    """The results of the trusted server, and what follows from them, as JSON."""
    servers = {server.strip().lower() for server in trusted}
    for value in headers.every("authentication-results"):
        server, results = _parsed(value.decode("latin-1"))
        if server in servers:
            return {
                "server": server,
                "results": [{"method": one.method, "result": one.result, **one.properties} for one in results],
                "verdict": _verdict(results, _from_domain(headers)).value,
            }
    return {"verdict": Verdict.NOT_KNOWN.value}


def _parsed(value: str) -> tuple[str, list[Result]]:
    plain = _COMMENT.sub(" ", value)
    server, _, rest = plain.partition(";")
    results = []
    for clause in rest.split(";")[:_MOST_RESULTS]:
        method = _METHOD.match(clause)
        if method:
            properties = {
                f"{kind.lower()}.{name.lower()}": found.strip('"').lower()[:300]
                for kind, name, found in _PROPERTY.findall(clause[method.end() :])
            }
            results.append(Result(method[1].lower(), method[2].lower(), properties))
    return (server.split() or [""])[0].lower(), results


def _verdict(results: list[Result], domain: str) -> Verdict:
    dmarc = next((one for one in results if one.method == "dmarc"), None)
    if dmarc is not None and dmarc.result == "fail":
        return Verdict.FAILED
    if dmarc is not None and dmarc.result == "pass" and dmarc.properties.get("header.from", domain) == domain:
        return Verdict.VERIFIED
    # Many schools publish no DMARC policy; then a pass for exactly the From domain says as much.
    aligned = any(one.result == "pass" and domain and _speaks_for(one) == domain for one in results)
    return Verdict.VERIFIED if aligned else Verdict.NOT_KNOWN


def _speaks_for(result: Result) -> str:
    if result.method == "dkim":
        return result.properties.get("header.d") or result.properties.get("header.i", "").rpartition("@")[2]
    if result.method == "spf":
        return result.properties.get("smtp.mailfrom", "").rpartition("@")[2]
    return ""


def _from_domain(headers: Headers) -> str:
    found = addresses(headers.first("from"))
    return found[0][1].rpartition("@")[2] if len(found) == 1 else ""
