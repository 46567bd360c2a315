"""What must hold of each kind of entry, in words by the key of the field; and where an entry reaches beyond its own row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import periods
from records.courses import summed_spells
from records.models.inductions import Absence, Extension, FteSpell, Induction, InductionPeriod, Post, Reduction, Source
from records.models.people import Membership, Role
from records.people import add_membership
from records.registering import known_school
from records.values import spoken_date

Faults = dict[str, str]

_MOST_DAYS = Decimal(600)
_AHEAD = timedelta(days=366)
_IN_THE_PAST = "The day must be today or in the past"


def absence(_session: Session, induction: Induction, row: Absence, today: date) -> Faults:
    found = _in_order(row.starts_on, row.ends_on)
    if row.starts_on is None and row.part is None:
        found["starts_on"] = "Enter the first day, or choose the part of induction"
    elif row.starts_on is None and row.ends_on is not None:
        found["starts_on"] = "Enter the first day too"
    elif row.starts_on is not None and induction.starts_on is not None and row.starts_on < induction.starts_on:
        found["starts_on"] = f"The induction began on {spoken_date(induction.starts_on)}"
    elif row.starts_on is not None and row.starts_on > today + _AHEAD:
        found["starts_on"] = "That is more than a year ahead"
    if row.days % Decimal("0.5"):
        found["days"] = "Enter whole or half days, like 4 or 29.5"
    elif row.days > _MOST_DAYS:
        found["days"] = f"Enter {_MOST_DAYS} days or fewer"
    elif row.starts_on and row.ends_on and not found and row.days > (row.ends_on - row.starts_on).days + 1:
        found["days"] = "There are fewer days than that from the first to the last"
    return found


def leave(_session: Session, _induction: Induction, row: Extension, today: date) -> Faults:
    found: Faults = {}
    if not row.days or row.days > _MOST_DAYS:
        found["days"] = f"Enter a number of days up to {_MOST_DAYS}"
    if row.decided_on is not None and row.decided_on > today:
        found["decided_on"] = _IN_THE_PAST
    return found


def reduction(_session: Session, _induction: Induction, row: Reduction, today: date) -> Faults:
    """That a term remains at least is held where the terms to serve are reckoned (`entries`)."""
    found: Faults = {} if row.terms > 0 else {"terms": "Enter a number above 0"}
    for key, day in (("consent_on", row.consent_on), ("decided_on", row.decided_on)):
        if day is not None and day > today:
            found[key] = _IN_THE_PAST
    return found


def post(session: Session, induction: Induction, row: Post, today: date) -> Faults:
    found = _in_order(row.starts_on, row.ends_on)
    if row.starts_on > today + _AHEAD:
        found["starts_on"] = "That is more than a year ahead"
    if row.contract_ends_on is not None and row.contract_ends_on < row.starts_on:
        found["contract_ends_on"] = "The contract must end after the post begins"
    others = [one for one in induction.posts if one.id != row.id and _overlap(one, row)]
    if row.lead and any(one.lead for one in others):
        found["lead"] = "Another post at the same time is the lead one"
    if any(one.school_id == row.school_id for one in others):
        found["school"] = "There is a post at this school at the same time: change its hours instead"
    if not found:
        found = _too_many_hours(induction, "ends_on" if row.spells and len(row.spells) > 1 else "starts_on")
    if not found:
        _keep_membership(session, induction, row)
        # The first hours begin with the post.
        first = min(row.spells, key=lambda spell: spell.starts_on, default=None)
        if first is not None:
            first.starts_on = row.starts_on
    return found


def hours(_session: Session, induction: Induction, row: FteSpell, _today: date) -> Faults:
    mine = next(one for one in induction.posts if one.id == row.post_id)
    found: Faults = {}
    if row.starts_on < mine.starts_on or (mine.ends_on is not None and row.starts_on > mine.ends_on):
        found["starts_on"] = "The day lies outside the post"
    elif any(spell.id != row.id and spell.starts_on == row.starts_on for spell in mine.spells):
        found["starts_on"] = "There are hours from this day on already: correct them instead"
    return found or _too_many_hours(induction, "fte")


def period(session: Session, induction: Induction, row: InductionPeriod, today: date) -> Faults:
    found = _in_order(row.starts_on, row.ends_on)
    if row.body_name is not None and row.ends_on is None:
        found["ends_on"] = "Enter the last day: another body must end its period before ours begins"
    if row.body_name is None and (row.ends_on is None) != (row.outcome is None):
        found["ends_on"] = "Our own period ends, or goes on, with the outcome"
    if row.ends_on is not None and row.ends_on > today:
        found["ends_on"] = _IN_THE_PAST
    if found:
        return found
    session.flush()
    every = periods.of_person(session, induction.person_id)
    wrong = periods.problems((periods.span(one) for one in every), induction.person.qts_on)
    if not wrong:
        induction.starts_on = min(one.starts_on for one in every if one.induction_id == induction.id)
    return {"starts_on": wrong[0]} if wrong else {}


def place(session: Session, induction: Induction, row: Any, values: dict[str, Any]) -> Faults:
    """Write the values into the row, unless the database itself could not hold them."""
    with session.no_autoflush:
        for key, value in values.items():
            if key not in {"school", "post"}:
                setattr(row, key, value)
        found = _in_order(getattr(row, "starts_on", None), getattr(row, "ends_on", None))
        if isinstance(row, InductionPeriod) and row.ends_on is None and row.terms is not None:
            found["ends_on"] = "Enter the last day: terms are stated when a period has ended"
        return found or (_place_school(session, induction, row, values) if "school" in values else {})


def _place_school(session: Session, induction: Induction, row: Post, values: dict[str, Any]) -> Faults:
    written = str(values["school"])
    school = known_school(session, {"school_urn": written, "school_name": written})
    if school is None:
        return {"school": "No school on record has this URN or exactly this name: add it first"}
    if sa.inspect(row).persistent and row.school_id != school.id:
        _end_membership(session, induction, row)
    row.school_id = school.id
    return {}


def withdrawable(_session: Session, induction: Induction, row: Any) -> Faults:
    """Why an entry cannot be taken back."""
    if isinstance(row, Post) and len(induction.posts) == 1:
        return {"": "It is the only post: correct it instead"}
    if isinstance(row, FteSpell) and len(row.post.spells) == 1:
        return {"": "These are the only hours of the post: correct them instead"}
    if isinstance(row, InductionPeriod) and row.body_name is None:
        return {"": "It is our own period: correct it, or record the outcome"}
    if isinstance(row, Extension) and row.source is Source.RULE:
        return {"": "It follows from the absences: correct them instead"}
    return {}


def remove(session: Session, induction: Induction, row: Any) -> None:
    if isinstance(row, Post):
        _end_membership(session, induction, row)
        for spell in row.spells:
            session.delete(spell)
        session.flush()
    session.delete(row)
    session.flush()
    if isinstance(row, InductionPeriod):
        session.refresh(induction, ["periods"])
        induction.starts_on = min(one.starts_on for one in induction.periods)


def _in_order(first: date | None, last: date | None) -> Faults:
    if first is not None and last is not None and last < first:
        return {"ends_on": "The last day must be on or after the first day"}
    return {}


def _overlap(one: Post, other: Post) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def _too_many_hours(induction: Induction, key: str) -> Faults:
    """Nobody serves more than a full term in a term."""
    over = [spell for spell in summed_spells(induction.posts) if spell.fte > 1]
    return {key: f"Together the posts come to more than full time from {spoken_date(over[0].starts_on)} on"} if over else {}


def _keep_membership(session: Session, induction: Induction, row: Post) -> None:
    """Access follows the dates of the posts."""
    for membership in _memberships(session, induction, row):
        if membership.since is None or row.ends_on is None or membership.since <= row.ends_on:
            membership.since, membership.until = row.starts_on, row.ends_on
            return
    made = add_membership(session, induction.person, row.school, Role.ECT, row.starts_on)
    made.until = row.ends_on


def _end_membership(session: Session, induction: Induction, row: Post) -> None:
    """What was entered by mistake gives no access for any day."""
    for membership in _memberships(session, induction, row):
        session.delete(membership)


def _memberships(session: Session, induction: Induction, row: Post) -> Iterable[Membership]:
    """The role at the school that belongs to this post: the one that began with it."""
    session.refresh(row, ["school"])
    return session.scalars(
        sa.select(Membership).where(
            Membership.person_id == induction.person_id,
            Membership.school_id == row.school_id,
            Membership.role == Role.ECT,
            Membership.until.is_(None) | (Membership.until >= row.starts_on),
        )
    ).all()
