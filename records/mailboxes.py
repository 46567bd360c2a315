"""How the mailboxes that forms come from are doing, in words for people: written by whoever watches, read by pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.clock import Setting
from records.models.post import StoredMessage

_PREFIX = "mailbox:"
_AT_ONCE = 500


class Standing(StrEnum):
    """What a mailbox's watcher is at."""

    WATCHED = "watched"
    IN_TROUBLE = "in_trouble"
    """It will be tried again soon."""
    REFUSED = "refused"
    """The sign-in is not accepted: a person has to change something."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How one mailbox is doing."""

    name: str
    standing: Standing
    words: str
    """What is wrong, or what a person should know; empty when all is well."""
    last_looked_at: datetime | None
    """When its folder was last seen through to the end."""
    left_behind: int
    """Messages that lie in the folder and could not be taken."""


def note(session: Session, condition: Condition, now: datetime) -> None:
    """Write down how a mailbox is doing; a look that failed keeps the time of the last one that did not."""
    row = session.get(Setting, _PREFIX + condition.name, with_for_update=True)
    looked = condition.last_looked_at.isoformat() if condition.last_looked_at else row and row.value.get("last_looked_at")
    value = {
        "standing": condition.standing.value,
        "words": condition.words,
        "last_looked_at": looked,
        "left_behind": condition.left_behind,
    }
    if row is None:
        session.add(Setting(name=_PREFIX + condition.name, value=value, changed_at=now))
    else:
        row.value, row.changed_at = value, now
    session.flush()


def conditions(session: Session) -> list[Condition]:
    """Every mailbox that was ever watched, by name."""
    rows = session.scalars(sa.select(Setting).where(Setting.name.startswith(_PREFIX)).order_by(Setting.name))
    return [_condition(row) for row in rows]


def kept_from(session: Session, sources: Sequence[str]) -> dict[str, str | None]:
    """Which of these sources are on record, each with the sha256 of its bytes (None once the bytes were let go)."""
    found: dict[str, str | None] = {}
    for start in range(0, len(sources), _AT_ONCE):
        some = sources[start : start + _AT_ONCE]
        rows = session.execute(sa.select(StoredMessage.source, StoredMessage.blob_sha256).where(StoredMessage.source.in_(some)))
        found |= {source: sha256 for source, sha256 in rows if source is not None}
    return found


def _condition(row: Setting) -> Condition:
    looked = row.value.get("last_looked_at")
    return Condition(
        name=row.name.removeprefix(_PREFIX),
        standing=Standing(row.value["standing"]),
        words=str(row.value["words"]),
        last_looked_at=datetime.fromisoformat(looked) if looked else None,
        left_behind=int(row.value.get("left_behind", 0)),
    )
