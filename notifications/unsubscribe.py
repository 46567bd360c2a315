"""Links with which somebody opts out: signed, without an end date, and without a name or an address in them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from dataclasses import dataclass, field

_PURPOSE = b"unsubscribe:"


@dataclass(frozen=True, slots=True)
class MarketingTerms:
    """On what terms marketing goes out. `key` signs the links; `needs_consent` asks for a yes instead of the absence of a no."""

    key: bytes = field(repr=False)
    pages_url: str
    needs_consent: bool = False

    def link(self, person_id: uuid.UUID) -> str:
        """The address of the page on which somebody opts out. Opening it changes nothing."""
        return f"{self.pages_url}/unsubscribe/{token(self.key, person_id)}"


def token(key: bytes, person_id: uuid.UUID) -> str:
    """What stands in the link. It never runs out, because the letter may lie in an inbox for years."""
    return _text(person_id.bytes + _signature(key, person_id.bytes))


def person_of(key: bytes, written: str) -> uuid.UUID | None:
    """Whose link it is; None for one that we did not make."""
    try:
        content = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except ValueError:
        return None
    subject, signature = content[:16], content[16:]
    if len(subject) != 16 or not hmac.compare_digest(signature, _signature(key, subject)):
        return None
    return uuid.UUID(bytes=subject)


def _signature(key: bytes, subject: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + subject, hashlib.sha256).digest()[:20]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
