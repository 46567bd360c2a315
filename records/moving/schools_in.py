"""Taking the government's register of schools in, and moving people to the successor of a school that closed."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.expectations import reschedule
from records.models.imports import ImportRun
from records.models.inductions import Induction, Post
from records.models.people import Membership
from records.models.schools import CalendarTerm, School, SchoolAddress, SchoolLink, SchoolStatus
from records.moving.gias import BadLine, LinkRow, RegisterRow
from records.values import local_day, name_key

BATCH = 1000
_COLUMNS = (
    "name",
    "name_key",
    "dfe_number",
    "ukprn",
    "kind",
    "country",
    "status",
    "opened_on",
    "closed_on",
    "town",
    "postcode",
)


@dataclass
class Taken:
    """What an import of schools did."""

    read: int = 0
    added: int = 0
    changed: int = 0
    links: int = 0
    moved_posts: int = 0
    moved_people: int = 0
    bad: list[str] = field(default_factory=list)
    """Lines that were left out, and why."""

    def counts(self) -> dict[str, int]:
        return {key: value for key, value in asdict(self).items() if key != "bad"} | {"bad": len(self.bad)}


def take_register(
    session: Session,
    rows: Iterable[RegisterRow | BadLine],
    now: datetime,
    progress: Callable[[int], None] = lambda _read: None,
) -> Taken:
    """Add and change schools by URN. The same register again changes nothing. `progress` hears of every thousand rows."""
    taken = Taken()
    known = {row.urn: row for row in session.execute(sa.select(School.id, School.urn, *_table_columns())) if row.urn}
    by_hand = _without_urn(session)
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in rows:
        if isinstance(row, BadLine):
            taken.bad.append(f"{row}")
            continue
        taken.read += 1
        values = _values(row)
        before = known.get(row.urn)
        if before is None and row.status is not SchoolStatus.CLOSED and row.dfe_number in by_hand:
            # Somebody entered it before without its URN.
            changed.append({"id": by_hand.pop(row.dfe_number), "urn": row.urn, **values})
        elif before is None:
            new.append({"id": uuid.uuid4(), "urn": row.urn, "created_at": now, **values})
        elif any(getattr(before, key) != value for key, value in values.items()):
            changed.append({"id": before.id, "urn": row.urn, **values})
        if taken.read % BATCH == 0:
            progress(taken.read)
            _write(session, new, changed, taken)
    _write(session, new, changed, taken)
    progress(taken.read)
    return taken


def take_links(session: Session, rows: Iterable[LinkRow | BadLine], actor: Actor, now: datetime, taken: Taken) -> None:
    """Note successors, then move people on from schools that have closed for exactly one."""
    ids = {urn: school_id for school_id, urn in session.execute(sa.select(School.id, School.urn)) if urn}
    known = {(one.from_id, one.to_id, one.kind) for one in session.scalars(sa.select(SchoolLink))}
    splits: set[uuid.UUID] = set()
    for row in rows:
        if isinstance(row, BadLine):
            taken.bad.append(f"Links: {row}")
            continue
        from_id, to_id = ids.get(row.from_urn), ids.get(row.to_urn)
        if from_id is None or to_id is None or from_id == to_id:
            continue
        if row.split:
            splits.add(from_id)
        if (from_id, to_id, row.kind) not in known:
            known.add((from_id, to_id, row.kind))
            session.add(SchoolLink(id=uuid.uuid4(), from_id=from_id, to_id=to_id, kind=row.kind, effective_on=row.effective_on))
            taken.links += 1
    session.flush()
    move_on(session, actor, now, taken, leave=splits)


def move_on(session: Session, actor: Actor, now: datetime, taken: Taken, *, leave: set[uuid.UUID]) -> None:
    """Posts and people of every closed school go to its one successor: a conversion is no leaving and asks for no interim.

    `leave` are schools whose people went to several others: a person decides about each.
    """
    today = local_day(now)
    for school in _closed_with_people(session, today):
        if school.id in leave:
            continue
        successor = successor_of(session, school, today)
        if successor is not None:
            _move(session, school, successor, actor, now, taken)


def successor_of(session: Session, school: School, today: date) -> School | None:
    """The open school at the end of the chain, where each link has one successor that has taken over by today."""
    seen = {school.id}
    here = school
    while here.status is SchoolStatus.CLOSED:
        links = session.scalars(sa.select(SchoolLink).where(SchoolLink.from_id == here.id, SchoolLink.kind != "trust")).all()
        targets = {link.to_id for link in links}
        if len(targets) != 1 or any(link.effective_on and link.effective_on > today for link in links):
            return None
        following = session.get_one(School, targets.pop())
        if following.id in seen:
            return None
        seen.add(following.id)
        here = following
    return here if here.id != school.id else None


def note_run(session: Session, taken: Taken, actor: Actor, now: datetime) -> ImportRun:
    """Write down that the register was taken in."""
    run = ImportRun(id=uuid.uuid4(), kind="schools", system="gias", made_at=now, made_by=actor.id, counts=taken.counts())
    session.add(run)
    session.flush()
    record(session, "schools_imported", run, actor, now, detail=taken.counts())
    return run


def _table_columns() -> list[sa.orm.InstrumentedAttribute[Any]]:
    return [getattr(School, name) for name in _COLUMNS]


def _values(row: RegisterRow) -> dict[str, Any]:
    return {"name_key": name_key(row.name)[:300], **{key: getattr(row, key) for key in _COLUMNS if key != "name_key"}}


def _without_urn(session: Session) -> dict[str | None, uuid.UUID]:
    """Schools that somebody entered by their DfE number alone."""
    rows = session.execute(
        sa.select(School.dfe_number, School.id).where(School.urn.is_(None), School.dfe_number.is_not(None))
    ).all()
    often = Counter(row.dfe_number for row in rows)
    return {row.dfe_number: row.id for row in rows if often[row.dfe_number] == 1}


def _write(session: Session, new: list[dict[str, Any]], changed: list[dict[str, Any]], taken: Taken) -> None:
    if new:
        session.execute(sa.insert(School), new)
    if changed:
        session.execute(sa.update(School), changed)
    taken.added, taken.changed = taken.added + len(new), taken.changed + len(changed)
    new.clear()
    changed.clear()


def _closed_with_people(session: Session, today: date) -> list[School]:
    running_post = sa.select(Post.school_id).where(sa.or_(Post.ends_on.is_(None), Post.ends_on >= today))
    running_role = sa.select(Membership.school_id).where(
        Membership.school_id.is_not(None), sa.or_(Membership.until.is_(None), Membership.until >= today)
    )
    return list(
        session.scalars(
            sa.select(School)
            .where(School.status == SchoolStatus.CLOSED, sa.or_(School.id.in_(running_post), School.id.in_(running_role)))
            .order_by(School.name_key)
        )
    )


def _move(session: Session, school: School, successor: School, actor: Actor, now: datetime, taken: Taken) -> None:
    today = local_day(now)
    since = school.closed_on or today
    detail = {"before": str(school.id), "after": str(successor.id), "why": "the school closed and this one took its place"}
    posts = session.scalars(
        sa.select(Post).where(Post.school_id == school.id, sa.or_(Post.ends_on.is_(None), Post.ends_on >= today))
    ).all()
    for post in posts:
        post.school_id = successor.id
        record(session, "post_moved_to_successor", post, actor, now, detail=detail, induction_id=post.induction_id)
    moved = session.scalars(
        sa.select(Membership).where(
            Membership.school_id == school.id, sa.or_(Membership.until.is_(None), Membership.until >= today)
        )
    ).all()
    for membership in moved:
        membership.school_id = successor.id
        record(session, "role_moved_to_successor", membership, actor, now, detail=detail)
    _move_addresses(session, school, successor, since)
    session.execute(
        sa.update(CalendarTerm)
        .where(CalendarTerm.school_id == school.id, CalendarTerm.ends_on >= since)
        .values(school_id=successor.id)
    )
    session.flush()
    session.expire_all()
    taken.moved_posts, taken.moved_people = taken.moved_posts + len(posts), taken.moved_people + len(moved)
    for induction_id in sorted({post.induction_id for post in posts}):
        reschedule(session, session.get_one(Induction, induction_id), actor, now)


def _move_addresses(session: Session, school: School, successor: School, since: date) -> None:
    """Mail from the old addresses is the successor's now; one address of two schools would be nobody's."""
    theirs = {one.address for one in successor.addresses}
    for row in session.scalars(
        sa.select(SchoolAddress).where(SchoolAddress.school_id == school.id, SchoolAddress.until.is_(None))
    ):
        row.until = date.fromordinal(since.toordinal() - 1)
        if row.address not in theirs:
            session.add(SchoolAddress(id=uuid.uuid4(), school_id=successor.id, address=row.address, since=since))
