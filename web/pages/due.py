"""What is due: who owes which assessment, the reminders planned for a day, and what nobody can be told of."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from starlette.responses import Response

from notifications import reminders
from records import people
from records.calendars import has_terms
from records.models.schools import School
from records.owed import Owed, Part, owed
from records.values import Wrong
from web import words
from web.forms import Faults, Slice, date_of, spread_date
from web.visit import Visit

AHEAD = timedelta(days=60)
SHOWN = {"all": "Overdue, and due in the next 60 days", "overdue": "Overdue", "month": "Due this month"}
RUNGS = {
    reminders.Rung.WEEK_BEFORE: "a week before",
    reminders.Rung.DAY_BEFORE: "the day before",
    reminders.Rung.ON_THE_DAY: "on the day",
    reminders.Rung.OVERDUE: "the day after",
    reminders.Rung.WEEKLY: "every week until it is in",
}
PARTS = {Part.TUTOR: "induction tutor", Part.COORDINATOR: "coordinator", Part.ECT: "ECT", Part.HEAD: "headteacher (copy)"}


def show(visit: Visit) -> Response:
    """The list. Choices stand in the address: a kind of list and the id of a school tell nothing about a person."""
    chosen = visit.query.get("show", "all")
    chosen = chosen if chosen in SHOWN else "all"
    every = owed(visit.session, visit.today, ahead=AHEAD)
    schools = {one.school_id: one.school for one in every if one.school_id}
    school = _school(visit)
    rows = [one for one in every if _fits(one, chosen, visit.today) and (school is None or one.school_id == school.id)]
    slice_ = Slice.asked(visit, len(rows))
    shown = rows[(slice_.number - 1) * slice_.size : slice_.number * slice_.size]
    return visit.page(
        "due.html",
        rows=[
            (one, words.form_title(one.kind.value, one.point.value if one.point else None), _late(one, visit.today))
            for one in shown
        ],
        slice=slice_,
        people=people.by_id(visit.session, {party.person_id for one in shown for party in one.parties}),
        inductions=people.inductions_of(visit.session, {one.person_id for one in shown}),
        parts=PARTS,
        shown=list(SHOWN.items()),
        chosen=chosen,
        schools=sorted(schools.items(), key=lambda pair: pair[1].casefold()),
        school=school,
        overdue=sum(one.due_on < visit.today for one in every),
        terms_known=bool(every) or has_terms(visit.session),
        silent=sum(not one.parties for one in every),
        address=f"/due?show={chosen}" + (f"&school={school.id}" if school else ""),
    )


def reminders_of_a_day(visit: Visit) -> Response:
    """What the clock sends on a day, as things stand now: the same rule makes this plan and the letters."""
    faults = Faults()
    typed = {part: visit.query.get(f"on-{part}", "").strip() for part in ("day", "month", "year")}
    day: date | None = visit.today
    if any(typed.values()):
        try:
            day = date_of(typed, "The day")
        except Wrong as wrong:
            day = None
            faults.add("on-day", str(wrong))
    planned = reminders.plan(visit.session, day) if day else []
    silent = reminders.without_parties(visit.session, day) if day else []
    concerned = {one.person_id for one in planned} | {one.person_id for one in silent}
    return visit.page(
        "due_reminders.html",
        422 if faults else 200,
        day=day,
        typed=typed if any(typed.values()) else spread_date(day),
        planned=planned,
        silent=[(one, words.form_title(one.kind.value, one.point.value if one.point else None)) for one in silent],
        people=people.by_id(visit.session, concerned),
        inductions=people.inductions_of(visit.session, {one.person_id for one in silent}),
        rungs=RUNGS,
        parts=PARTS,
        faults=faults,
    )


def _fits(one: Owed, chosen: str, today: date) -> bool:
    if chosen == "overdue":
        return one.due_on < today
    return chosen == "all" or (one.due_on.year, one.due_on.month) == (today.year, today.month)


def _late(one: Owed, today: date) -> int:
    """Days overdue; negative where there is time left."""
    return (today - one.due_on).days


def _school(visit: Visit) -> School | None:
    try:
        return visit.session.get(School, uuid.UUID(visit.query.get("school", "")))
    except ValueError:
        return None
