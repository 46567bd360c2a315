"""Keeping post: the one act behind every way in. Bytes are in the blob store before it is called."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from records.blobs import Kept
from records.models.post import Blob, BlobKind, Channel, StoredMessage


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as it came in, with its bytes already safe."""

    kept: Kept
    channel: Channel
    received_at: datetime
    envelope_from: str = ""
    envelope_to: tuple[str, ...] = ()
    peer: str | None = None
    source: str | None = None
    """Unique reference of the way in, where it has one; the same source twice is the same delivery."""
    authentication: dict[str, object] = field(default_factory=dict)


def keep(session: Session, delivery: Delivery) -> StoredMessage:
    """Write the row that makes a delivery ours. A repeat of known bytes gets a row of its own, linked to the first.

    A delivery whose `source` is known already is not written again: the row that is there comes back.
    """
    if delivery.source is not None:
        known = session.scalar(sa.select(StoredMessage).where(StoredMessage.source == delivery.source))
        if known is not None:
            return known
    note_blob(session, delivery.kept, BlobKind.MESSAGE, delivery.received_at)
    message = StoredMessage(
        id=uuid.uuid4(),
        channel=delivery.channel,
        received_at=delivery.received_at,
        state_since=delivery.received_at,
        blob_sha256=delivery.kept.sha256,
        size=delivery.kept.size,
        source=delivery.source,
        first_of_bytes=delivery.kept.sha256,
        envelope_from=delivery.envelope_from[:1000],
        envelope_to=list(delivery.envelope_to),
        peer=delivery.peer,
        authentication=dict(delivery.authentication),
    )
    first = _first_with(session, delivery.kept.sha256)
    if first is None:
        try:
            with session.begin_nested():
                session.add(message)
                session.flush()
        except IntegrityError:
            # Another host kept the same bytes between our look and our write.
            first = _first_with(session, delivery.kept.sha256)
            if first is None:
                raise
        else:
            return message
    message.first_of_bytes = None
    message.duplicate_of_id = first.id
    session.add(message)
    session.flush()
    return message


def note_blob(session: Session, kept: Kept, kind: BlobKind, now: datetime) -> None:
    """Say that a blob exists as this kind; saying so twice is harmless, also from two hosts at once."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(Blob).values(sha256=kept.sha256, kind=kind, size=kept.size, created_at=now)
    session.execute(row.on_conflict_do_nothing(index_elements=["sha256", "kind"]))


def _first_with(session: Session, sha256: str) -> StoredMessage | None:
    return session.scalar(sa.select(StoredMessage).where(StoredMessage.first_of_bytes == sha256))
