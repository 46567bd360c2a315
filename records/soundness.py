"""Whether what is kept is whole: the chain of history, every blob against its name, every row against its blob."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import events
from records.blobs import FolderBlobs
from records.models.tables import metadata


@dataclass
class Soundness:
    """What was found. `missing` are (table, row, sha256) of rows whose bytes are not there."""

    events: int = 0
    head: str = ""
    unsealed: int = 0
    broken_at: int | None = None
    wrong_details: list[uuid.UUID] = field(default_factory=list)
    blobs: int = 0
    altered: list[str] = field(default_factory=list)
    missing: list[tuple[str, str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Blobs that belong to nothing on record: harmless leftovers of deliveries that were never acknowledged."""

    @property
    def sound(self) -> bool:
        return self.broken_at is None and not (self.wrong_details or self.altered or self.missing)


def blob_columns() -> list[sa.Column[Any]]:
    """Every column that names a blob. Found by name, so that a new table is checked without being listed here."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name == "sha256" or column.name.endswith("_sha256")
    ]


def check(session: Session, blobs: FolderBlobs) -> Soundness:
    """Walk everything once. Reads every byte that is kept, so it takes as long as that takes."""
    chain = events.verify(session)
    found = Soundness(
        events=chain.checked,
        head=chain.head,
        unsealed=chain.unsealed,
        broken_at=chain.broken_at,
        wrong_details=list(chain.wrong_details),
    )
    # Rows first: a blob that arrives meanwhile is then only unknown, never a row without bytes.
    named: set[str] = set()
    for table, row, sha256 in _named_blobs(session):
        named.add(sha256)
        if not blobs.exists(sha256):
            found.missing.append((table, row, sha256))
    for name in blobs.names():
        found.blobs += 1
        if not _whole(blobs, name):
            found.altered.append(name)
        if name not in named:
            found.unknown.append(name)
    return found


def _whole(blobs: FolderBlobs, name: str) -> bool:
    try:
        blobs.read(name)
    except FileNotFoundError:
        # Let go since its name was listed; a row that still needs it is reported as missing.
        return True
    except ValueError:
        return False
    return True


def _named_blobs(session: Session) -> Iterator[tuple[str, str, str]]:
    for column in blob_columns():
        key = next(iter(column.table.primary_key.columns))
        chosen = sa.select(key, column).where(column.is_not(None)).execution_options(yield_per=1000)
        for row, sha256 in session.execute(chosen):
            yield column.table.name, str(row), sha256
