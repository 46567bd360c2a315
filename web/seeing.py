"""Noting that somebody opened an ECT's record or form, so that the ECT can be told who did."""

from __future__ import annotations

from records import viewings
from records.access import Viewer
from records.models.inductions import Induction
from records.models.schools import School
from records.viewings import Thing
from web import words
from web.visit import Visit


def saw(visit: Visit, thing: Thing | None, induction: Induction | None = None) -> None:
    """Note it in a transaction of its own, once a day. `induction` names the school side's ECT."""
    viewer = visit.viewer
    if thing is None or viewer is None or viewings.is_noted(visit.session, viewer, thing, visit.today):
        return
    place = _at_school(visit, viewer, induction) if viewer.places else _at_body(visit, viewer)
    with visit.house.db.writing() as session:
        viewings.note(session, viewer, thing, place, visit.now)


def _at_body(visit: Visit, viewer: Viewer) -> str:
    return ", ".join([*(words.ROLE[role] for role in sorted(viewer.roles)), visit.house.settings.body_name])


def _at_school(visit: Visit, viewer: Viewer, induction: Induction | None) -> str:
    here = {post.school_id for post in induction.posts} if induction else set()
    roles = sorted({(one.role, one.school_id) for one in viewer.places if one.school_id in here})
    said = []
    for role, school_id in roles:
        school = visit.session.get(School, school_id)
        said.append(f"{words.PART[role]}, {school.name if school else 'a school'}")
    return "; ".join(said)
