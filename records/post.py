"""Keeping post: the one act behind every way in. Bytes are in the blob store before it is called."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from records.blobs import Kept
from records.models.post import Blob, BlobKind, Channel, StoredMessage
from records.states import MessageState

_MESSAGE, _BLOB = StoredMessage.metadata.tables["message"], Blob.metadata.tables["blob"]

# Made once: building a statement anew for each group of deliveries costs more than running it.
_VALUES: sa.BindParameter[Sequence[str]] = sa.bindparam("values", expanding=True)
_BY_SOURCE = sa.select(_MESSAGE.c.source, _MESSAGE.c.id).where(_MESSAGE.c.source.in_(_VALUES))
_BY_BYTES = sa.select(_MESSAGE.c.first_of_bytes, _MESSAGE.c.id).where(_MESSAGE.c.first_of_bytes.in_(_VALUES))
_INSERT = sa.insert(_MESSAGE)
_NOTE_BLOB = {
    dialect.dialect.name: dialect.insert(_BLOB).on_conflict_do_nothing(index_elements=["sha256", "kind"])
    for dialect in (sqlite, postgresql)
}


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
    message = StoredMessage(**_columns(delivery, uuid.uuid4(), None))
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


def keep_all(session: Session, deliveries: Sequence[Delivery]) -> list[uuid.UUID]:
    """What `keep` does, for a group in a handful of statements; the ids of the rows, in the order of the deliveries.

    Raises `IntegrityError` when another host kept the same bytes or the same source in this moment: the caller then
    keeps the deliveries of the group one by one.
    """
    connection = session.connection()
    sources = [one.source for one in deliveries if one.source is not None]
    by_source = _found(connection, _BY_SOURCE, sources) if sources else {}
    first = _found(connection, _BY_BYTES, [one.kept.sha256 for one in deliveries])
    ids: list[uuid.UUID] = []
    rows: list[dict[str, object]] = []
    for one in deliveries:
        row_id = by_source.get(one.source or "") or uuid.uuid4()
        ids.append(row_id)
        if one.source is not None:
            if one.source in by_source:
                continue
            by_source[one.source] = row_id
        earlier = first.setdefault(one.kept.sha256, row_id)
        rows.append(_columns(one, row_id, None if earlier == row_id else earlier))
    if rows:
        _note_blobs(connection, deliveries)
        connection.execute(_INSERT, rows)
    return ids


class Before(StrEnum):
    """What of a delivery came before."""

    DELIVERY = "delivery"
    """The delivery itself: keeping it again writes nothing."""
    BYTES = "bytes"
    """Its bytes, in another way: keeping it adds a repeat that is linked to the first."""


def before(session: Session, source: str, sha256: str) -> Before | None:
    """Whether a delivery that is about to be kept, or its bytes, came already."""
    connection = session.connection()
    if _found(connection, _BY_SOURCE, [source]):
        return Before.DELIVERY
    return Before.BYTES if _found(connection, _BY_BYTES, [sha256]) else None


def note_blob(session: Session, kept: Kept, kind: BlobKind, now: datetime) -> None:
    """Say that a blob exists as this kind; saying so twice is harmless, also from two hosts at once."""
    connection = session.connection()
    row = {"sha256": kept.sha256, "kind": kind, "size": kept.size, "created_at": now}
    connection.execute(_NOTE_BLOB[connection.dialect.name], row)


def _first_with(session: Session, sha256: str) -> StoredMessage | None:
    return session.scalar(sa.select(StoredMessage).where(StoredMessage.first_of_bytes == sha256))


def _found(connection: sa.Connection, known: sa.Select[Any], values: Sequence[str]) -> dict[str, uuid.UUID]:
    return dict(connection.execute(known, {"values": values}).all())


def _columns(delivery: Delivery, row_id: uuid.UUID, earlier: uuid.UUID | None) -> dict[str, object]:
    return {
        "id": row_id,
        # These are the columns' defaults; asking for each of them anew costs as much as the rest of the row.
        "state": MessageState.RECEIVED,
        "version": 0,
        "attempts": 0,
        "remarks": [],
        "channel": delivery.channel,
        "received_at": delivery.received_at,
        "state_since": delivery.received_at,
        "blob_sha256": delivery.kept.sha256,
        "size": delivery.kept.size,
        "source": delivery.source,
        "first_of_bytes": delivery.kept.sha256 if earlier is None else None,
        "duplicate_of_id": earlier,
        "envelope_from": _storable(delivery.envelope_from)[:1000],
        "envelope_to": [_storable(address) for address in delivery.envelope_to],
        "peer": delivery.peer,
        "authentication": dict(delivery.authentication),
    }


def _storable(text: str) -> str:
    """Addresses are a stranger's bytes: a NUL, or half a character, is no reason to lose the letter behind it."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


def _note_blobs(connection: sa.Connection, deliveries: Sequence[Delivery]) -> None:
    connection.execute(
        _NOTE_BLOB[connection.dialect.name],
        [
            {"sha256": one.kept.sha256, "kind": BlobKind.MESSAGE, "size": one.kept.size, "created_at": one.received_at}
            for one in deliveries
        ],
    )
