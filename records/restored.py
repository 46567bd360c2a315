"""Restored mode: an installation that came out of a backup sends nothing until an administrator has looked at it.

Six hours of letters and reminders would otherwise go out a second time, or a rehearsal would write to schools.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.models.backups import BackupRun
from records.models.clock import Setting
from records.models.notices import Notice
from records.states import NoticeState
from records.values import spoken_moment

_NAME = "restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """The last restore of this installation: from the state of which moment, when, and when somebody confirmed it."""

    made_at: datetime
    restored_at: datetime
    confirmed_at: datetime | None = None

    @property
    def words(self) -> str:
        """Why nothing is sent."""
        return (
            f"Restored on {spoken_moment(self.restored_at)} from the backup of {spoken_moment(self.made_at)}: "
            "nothing is sent until an administrator confirms"
        )


def last(session: Session) -> Restored | None:
    """The last restore, confirmed or not. None: this installation never came out of a backup."""
    setting = session.get(Setting, _NAME)
    if setting is None:
        return None
    moments = {name: datetime.fromisoformat(value) for name, value in setting.value.items() if value}
    return Restored(moments["made_at"], moments["restored_at"], moments.get("confirmed_at"))


def waiting(session: Session) -> Restored | None:
    """The restore that nobody has confirmed yet. While there is one, nothing is sent and no backup is made."""
    found = last(session)
    return found if found is not None and found.confirmed_at is None else None


def mark(session: Session, made_at: datetime, now: datetime, actor: Actor) -> None:
    """Begin restored mode."""
    _write(session, Restored(made_at, now), now)
    record(session, "restored", _subject(session), actor, now, detail={"made_at": made_at.isoformat()})


def confirm(session: Session, actor: Actor, now: datetime) -> bool:
    """End restored mode. False when there was none."""
    found = waiting(session)
    if found is None:
        return False
    _write(session, Restored(found.made_at, found.restored_at, now), now)
    record(session, "restore_confirmed", _subject(session), actor, now)
    return True


def letters_waiting(session: Session) -> int:
    """How many letters go out as soon as somebody confirms."""
    asked = sa.select(sa.func.count()).select_from(Notice).where(Notice.state == NoticeState.ASKED)
    return session.scalar(asked) or 0


def _write(session: Session, found: Restored, now: datetime) -> None:
    value = {
        "made_at": found.made_at.isoformat(),
        "restored_at": found.restored_at.isoformat(),
        "confirmed_at": found.confirmed_at.isoformat() if found.confirmed_at else None,
    }
    session.merge(Setting(name=_NAME, value=value, changed_at=now))
    session.flush()


def _subject(session: Session) -> BackupRun:
    """What the line of history is about: the newest backup that the restored records know of."""
    newest = session.scalar(sa.select(BackupRun).order_by(BackupRun.started_at.desc()).limit(1))
    if newest is None:
        raise LookupError("records that came out of a backup know that a backup was made")
    return newest
