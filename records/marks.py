"""Keyed marks by which somebody who was erased is recognised when an old file brings them back.

A mark is a random-looking id: without the installation's key it says nothing. It stands in the erasure ledger like the
random ids there, so it is kept at every backup site and survives a restore.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid

TRN = "trn"
"""The scope of the ledger's line for the mark of a TRN."""


def of_trn(key: bytes, trn: str) -> uuid.UUID:
    """The mark that is left in the ledger when the person with this TRN goes."""
    return _mark(key, f"trn:{trn}")


def of_legacy(key: bytes, system: str, legacy_id: str) -> uuid.UUID:
    """The id that an induction from another system gets here: always the same, so that the ledger recognises it."""
    return _mark(key, f"legacy:{system}:{legacy_id}")


def _mark(key: bytes, what: str) -> uuid.UUID:
    digest = hmac.new(key, b"mark:" + what.encode(), hashlib.sha256).digest()
    return uuid.UUID(bytes=digest[:16], version=4)
