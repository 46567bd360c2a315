"""The induction tutor and the mentor of a post as the body's staff correct them, with before, after, who, when and why."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.inductions import concluded
from records.models.inductions import Post
from records.models.people import Membership, Person, Role
from records.people import add_membership, holders
from records.values import Wrong, local_day

WHICH = {"induction_tutor": Role.INDUCTION_TUTOR, "mentor": Role.MENTOR}
"""What is asked for, by the key that the history uses."""
_STAFF = (
    Role.INDUCTION_TUTOR,
    Role.MENTOR,
    Role.INDUCTION_COORDINATOR,
    Role.HEADTEACHER,
    Role.SCHOOL_ADMINISTRATOR,
)


def present(post: Post) -> dict[str, Person | None]:
    return {"induction_tutor": post.tutor, "mentor": post.mentor}


def choices(session: Session, post: Post, today: date) -> list[Person]:
    """Who can be chosen: whoever works at the school by the record, and who is tutor or mentor of the post now."""
    found = session.scalars(
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.school_id == post.school_id,
            Membership.role.in_(_STAFF),
            sa.or_(Membership.since.is_(None), Membership.since <= today),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
            Person.id != post.induction.person_id,
        )
    )
    people = {one.id: one for one in (*found, *(person for person in present(post).values() if person is not None))}
    return sorted(people.values(), key=lambda one: (one.last_key, one.first_key))


def correct(
    session: Session, post: Post, chosen: dict[str, Person | None], why: str, actor: Actor, now: datetime
) -> dict[str, list[str | None]]:
    """Say who is tutor and mentor of a post. Returns what changed, each with before and after. Raises `Wrong`.

    Whoever is chosen has the role at the school from today on, while the post runs; a tutor's access follows the post, so an
    earlier one loses it.
    """
    if concluded(post.induction):
        raise Wrong("The induction has its outcome: correct the outcome first")
    if not why.strip():
        raise Wrong("Say why it is corrected")
    if any(person is not None and person.id == post.induction.person_id for person in chosen.values()):
        raise Wrong("Nobody can be their own induction tutor or mentor")
    stood, today = present(post), local_day(now)
    runs = post.ends_on is None or post.ends_on >= today
    changed: dict[str, list[str | None]] = {}
    for which, person in chosen.items():
        before = stood[which]
        if (before and before.id) == (person and person.id):
            continue
        changed[which] = [before.full_name if before else None, person.full_name if person else None]
        if which == "mentor":
            post.mentor_id = person.id if person else None
        else:
            post.tutor_id = person.id if person else None
        if runs and person is not None and person not in holders(session, post.school, WHICH[which], today):
            add_membership(session, person, post.school, WHICH[which], today)
    session.flush()
    session.refresh(post, ["tutor", "mentor"])
    if changed:
        detail = {"changes": changed, "why": why.strip()}
        record(session, "colleague_corrected", post, actor, now, detail=detail, induction_id=post.induction_id)
    return changed
