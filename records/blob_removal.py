"""Notes of blobs to unlink after the rows that named them are gone. A crash in between leaves a note, never a lost file."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import leases
from records.models.post import Blob, BlobRemoval

BACKUP = "backup"
"""The lease of a running backup. It has copied the database already and still needs every blob that the copy names."""


def blocked(session: Session, now: datetime) -> bool:
    """Whether nothing may be unlinked at this moment. The notes stay for the next time."""
    return leases.held(session, BACKUP, now)


def marked(session: Session) -> list[str]:
    """Blobs that are to be unlinked."""
    return list(session.scalars(sa.select(BlobRemoval.sha256).order_by(BlobRemoval.sha256)))


def settle(session: Session, sha256: str) -> bool:
    """Take the note away. True: unlink the blob before the transaction ends; False: the same bytes have come again and stay.

    Nobody may name a blob meanwhile: on SQLite the write lock sees to that, on PostgreSQL a lock on the table.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("LOCK TABLE blob IN SHARE ROW EXCLUSIVE MODE"))
    session.execute(sa.delete(BlobRemoval).where(BlobRemoval.sha256 == sha256))
    return session.scalar(sa.select(Blob.sha256).where(Blob.sha256 == sha256).limit(1)) is None
