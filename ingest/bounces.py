"""Reports of mail servers that a letter of ours did not arrive (RFC 3464, and the plain words of older servers). No rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.headers import Headers, addresses, parameterised
from ingest.mime import Allowance, Part, walk
from records.notices import LETTER_DOMAIN

_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_OUR_LETTER = re.compile(
    rb"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@" + re.escape(LETTER_DOMAIN.encode()) + rb">", re.IGNORECASE
)
_FIELD = re.compile(r"^([A-Za-z-]+)[ \t]*:[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_REPLY = re.compile(r"\b5[0-5]\d[ -]")
_DAEMONS = frozenset({"mailer-daemon", "postmaster"})
_MOST_WHY = 500
_MOST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that did not arrive. `letter_ids` are the Message-IDs of ours that the report names."""

    letter_ids: tuple[str, ...]
    permanent: bool
    """The address itself is at fault (5.x.x); else the servers gave up for now (4.x.x)."""
    why: str


def read_bounce(raw: bytes) -> Bounce | None:
    """What a report says; None for what is no report of a failure, or only of a delay.

    Who writes such a report is not checked: it must name the random id of a letter that we sent.
    """
    walked = walk(raw, Allowance())
    if not _is_report(walked.headers):
        return None
    failed = [one for part in walked.parts if part.declared in _REPORTS for one in _failures(_text(part))]
    if not failed:
        if any(part.declared in _REPORTS for part in walked.parts):
            return None
        failed = _in_words(walked.parts)
    if not failed:
        return None
    found = [name for part in walked.parts for name in _OUR_LETTER.findall(part.decoded().content[:_MOST_TEXT])]
    permanent = any(status.startswith("5") for status, _why in failed)
    letters = tuple(dict.fromkeys(one.decode("ascii").lower() for one in found))
    return Bounce(letters, permanent, "; ".join(dict.fromkeys(why for _status, why in failed))[:_MOST_WHY])


def _is_report(headers: Headers) -> bool:
    kind = parameterised(headers.first("content-type"))
    if kind.main == "multipart/report":
        return kind.parameters.get("report-type", "delivery-status").casefold() == "delivery-status"
    return any(address.partition("@")[0] in _DAEMONS for _name, address in addresses(headers.first("from")))


def _failures(report: str) -> list[tuple[str, str]]:
    """(status, reason) of each recipient whom the letter did not reach."""
    found = []
    for group in re.split(r"\n[ \t]*\n", report):
        fields = {name.casefold(): " ".join(value.split()) for name, value in _FIELD.findall(group)}
        if fields.get("action", "").casefold().startswith("failed"):
            status = fields.get("status", "")
            found.append((status or "5.0.0", fields.get("diagnostic-code") or status or "It was not delivered."))
    return found


def _in_words(parts: tuple[Part, ...]) -> list[tuple[str, str]]:
    """Servers without a report in fields: only a code for good in their words counts."""
    for part in parts:
        if not part.declared.startswith("text/"):
            continue
        text = _text(part)
        line = next((one.strip() for one in text.splitlines() if _permanent(one)), None)
        if line:
            return [("5.0.0", line)]
    return []


def _permanent(line: str) -> bool:
    status = _STATUS.search(line)
    return status[1] == "5" if status else bool(_REPLY.search(line))


def _text(part: Part) -> str:
    return part.decoded().content[:_MOST_TEXT].decode("utf-8", "replace").replace("\r\n", "\n")
