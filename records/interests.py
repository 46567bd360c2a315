"""Declaring an interest in an ECT or a school, and ending it. What an interest stops is in `access`."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.events import Actor, record
from records.models.inductions import Induction
from records.models.interests import Interest, InterestKind
from records.models.schools import School
from records.values import Wrong, name_key

LONGEST = 1000


def declare(
    session: Session,
    thing: Induction | School,
    kind: InterestKind,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> Interest:
    """Write down a conflict of interest: the body's own with an ECT, or that of the actor with an ECT or a school.

    Raises `Wrong` without a reason, for a machine, and for what is declared already.
    """
    words = reason.strip()
    whose = actor.account_id if kind is InterestKind.STAFF else None
    if not words or len(words) > LONGEST:
        raise Wrong("Say in up to 1,000 characters what the interest is")
    if actor.account_id is None:
        raise Wrong("A person declares an interest")
    if isinstance(thing, School) and kind is not InterestKind.STAFF:
        raise Wrong("What the body did concerns an ECT, not a school")
    if any(one.kind is kind and one.account_id == whose for one in open_about(session, thing)):
        raise Wrong("This interest is declared already")
    induction = thing if isinstance(thing, Induction) else None
    row = Interest(
        id=uuid.uuid4(),
        kind=kind,
        induction_id=induction.id if induction else None,
        school_id=None if induction else thing.id,
        account_id=whose,
        reason=words,
        declared_at=now,
    )
    session.add(row)
    session.flush()
    if induction is not None:
        session.expire(induction, ["interests"])
    detail = {"interest": kind.value, "reason": words}
    record(session, "interest_declared", row, actor, now, detail=detail, induction_id=row.induction_id)
    return row


def end(session: Session, row: Interest, actor: Actor, now: datetime) -> None:
    """From now on it stops nobody. Raises `Wrong` for one's own: nobody lifts what holds themselves back."""
    if row.account_id is not None and row.account_id == actor.account_id:
        raise Wrong("Somebody else must end an interest that you declared yourself")
    if row.ended_at is not None:
        return
    row.ended_at = now
    session.flush()
    detail = {"interest": row.kind.value}
    record(session, "interest_ended", row, actor, now, detail=detail, induction_id=row.induction_id)


def open_about(session: Session, thing: Induction | School) -> Sequence[Interest]:
    """The interests in an ECT, or in a school, that stand today."""
    column = Interest.induction_id if isinstance(thing, Induction) else Interest.school_id
    return session.scalars(
        sa.select(Interest).where(column == thing.id, Interest.ended_at.is_(None)).order_by(Interest.declared_at)
    ).all()


def around(session: Session, induction: Induction) -> Sequence[Interest]:
    """Interests in an ECT and in the schools of their posts, ended ones last."""
    schools = {post.school_id for post in induction.posts}
    return session.scalars(
        sa.select(Interest)
        .where(sa.or_(Interest.induction_id == induction.id, Interest.school_id.in_(schools)))
        .options(selectinload(Interest.school))
        .order_by(Interest.ended_at.is_not(None), Interest.declared_at)
    ).all()


def schools_of(session: Session, account_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The schools in which somebody declared an interest that stands."""
    rows = session.scalars(
        sa.select(Interest.school_id).where(
            Interest.account_id == account_id, Interest.school_id.is_not(None), Interest.ended_at.is_(None)
        )
    )
    return frozenset(one for one in rows if one is not None)


def suspected(induction: Induction, body_name: str) -> str | None:
    """What in the record itself suggests that the body employed or trained the ECT; None where nothing does."""
    body = name_key(body_name)
    for post in induction.posts:
        if body and body in {name_key(post.employer or ""), post.school.name_key}:
            return f"The post at {post.school.name} names {body_name} as the employer"
    if body and body in name_key(induction.person.qts_route or ""):
        return f"The route to QTS names {body_name}"
    return None
