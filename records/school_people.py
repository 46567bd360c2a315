"""Who at a school may sign in: authorised by the body, or set up by the school's coordinator. Questions are in `school_side`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import accounts, invitations
from records.events import Actor, record
from records.models.inductions import Induction, Post
from records.models.people import BODY_ROLES, Membership, Person, Role
from records.models.schools import School
from records.people import add_membership, register_person
from records.school_side import SET_UP_AT_SCHOOL
from records.schools import person_of_address
from records.sign_in_codes import unlock
from records.values import Kind, Wrong, local_day, name_key, written_form


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody as a form names them."""

    first_name: str
    last_name: str
    address: str


def authorise(session: Session, school: School, newcomer: Newcomer, *, role: Role, actor: Actor, now: datetime) -> Membership:
    """The body lets a coordinator (or shows the headteacher) of a school in. Raises `Wrong`."""
    if role not in {Role.INDUCTION_COORDINATOR, Role.HEADTEACHER}:
        raise Wrong("The body authorises induction coordinators and headteachers")
    row = _enter(session, school, newcomer, role, now)
    row.authorised_at, row.authorised_by_id = now, actor.account_id
    account = accounts.school_account(session, row.person, now, actor)
    if account.failures:
        unlock(session, account, actor, now)
    invitations.invite(session, account, row, actor=actor, now=now)
    record(session, "school_role_authorised", row, actor, now, detail={"role": role.value})
    return row


def set_up(session: Session, school: School, newcomer: Newcomer, *, role: Role, actor: Actor, now: datetime) -> Membership:
    """The coordinator lets somebody of their school in. Raises `Wrong`."""
    if role not in SET_UP_AT_SCHOOL:
        raise Wrong("A coordinator sets up induction tutors, school administrators and governors")
    row = _enter(session, school, newcomer, role, now)
    account = accounts.school_account(session, row.person, now, actor)
    invitations.invite(session, account, row, actor=actor, now=now)
    record(session, "school_user_set_up", row, actor, now, detail={"role": role.value})
    return row


def end_role(session: Session, membership: Membership, actor: Actor, now: datetime) -> None:
    """From now on the role opens nothing, and a tutor is nobody's tutor at that school any more."""
    today = local_day(now)
    # The last day of a membership still counts, and whoever ends one means now.
    membership.until = today - timedelta(days=1)
    if membership.role is Role.INDUCTION_TUTOR:
        session.execute(
            sa.update(Post)
            .where(
                Post.school_id == membership.school_id,
                Post.tutor_id == membership.person_id,
                sa.or_(Post.ends_on.is_(None), Post.ends_on >= today),
            )
            .values(tutor_id=None)
        )
    session.flush()
    record(session, "school_role_ended", membership, actor, now, detail={"role": membership.role.value})


def set_tutor(
    session: Session, induction: Induction, school_id: uuid.UUID, tutor: Membership | None, *, actor: Actor, now: datetime
) -> None:
    """Say whose tutor it is, for the posts at that school. Raises `Wrong`."""
    if tutor is not None and tutor.person_id == induction.person_id:
        raise Wrong("Nobody can be their own induction tutor")
    if tutor is not None and (tutor.school_id != school_id or tutor.role is not Role.INDUCTION_TUTOR):
        raise Wrong("Choose a tutor of this school")
    today = local_day(now)
    posts = [one for one in induction.posts if one.school_id == school_id and (one.ends_on is None or one.ends_on >= today)]
    before = next((post.tutor.full_name for post in posts if post.tutor is not None), None)
    for post in posts:
        post.tutor_id = tutor.person_id if tutor else None
    session.flush()
    detail = {"changes": {"induction_tutor": [before, tutor.person.full_name if tutor else None]}}
    record(session, "tutor_set", induction, actor, now, detail=detail, induction_id=induction.id)


def person_of(session: Session, newcomer: Newcomer, now: datetime) -> Person:
    """The person whom a form names: whoever has the address already, where the name agrees; else a new person. Raises `Wrong`."""
    address = (written_form(Kind.EMAIL, newcomer.address) or "").casefold()
    if not newcomer.first_name.strip() or not newcomer.last_name.strip() or not address:
        raise Wrong("Enter a first name, a last name and an email address")
    known = person_of_address(session, address, now)
    if known is None:
        return register_person(session, first_name=newcomer.first_name, last_name=newcomer.last_name, address=address, now=now)
    same_name = name_key(known.full_name) == name_key(f"{newcomer.first_name} {newcomer.last_name}")
    if not same_name or accounts.roles_of(session, known.id, local_day(now)) & BODY_ROLES:
        raise Wrong("This address belongs to somebody else already: use the person’s own address")
    return known


def _enter(session: Session, school: School, newcomer: Newcomer, role: Role, now: datetime) -> Membership:
    person = person_of(session, newcomer, now)
    today = local_day(now)
    known = _membership(session, person, school, role, today)
    if known is not None:
        return known
    row = add_membership(session, person, school, role, today)
    session.refresh(row, ["person", "school"])
    return row


def _membership(session: Session, person: Person, school: School, role: Role, today: date) -> Membership | None:
    return session.scalar(
        sa.select(Membership).where(
            Membership.person_id == person.id,
            Membership.school_id == school.id,
            Membership.role == role,
            sa.or_(Membership.since.is_(None), Membership.since <= today),
            sa.or_(Membership.until.is_(None), Membership.until >= today),
        )
    )
