"""The pages of somebody at a school: their ECTs with what is due and what was received, and one ECT's own page."""

from __future__ import annotations

from starlette.responses import Response

from records import people, school_side, viewings
from records.access import Act, Viewer
from records.decisions import REASONS
from records.models.people import Role
from records.models.submissions import Submission
from records.school_side import Expected, Upload
from records.states import SubmissionState
from records.submissions import values_of
from records.viewings import Thing
from web.seeing import saw
from web.visit import Denied, Missing, Visit
from web.words import Mark

FORM: dict[SubmissionState, Mark] = {
    SubmissionState.IN_REVIEW: Mark("With the appropriate body for review", "govuk-tag--blue"),
    SubmissionState.ACCEPTED: Mark("Accepted", "govuk-tag--green"),
    SubmissionState.RETURNED: Mark("Sent back", "govuk-tag--orange"),
    SubmissionState.REJECTED: Mark("Not a form that we can use", "govuk-tag--grey"),
    SubmissionState.SUPERSEDED: Mark("Replaced", "govuk-tag--grey"),
}
"""The states of a form in the words of those who sent it."""


def show(visit: Visit) -> Response:
    viewer = viewer_of(visit)
    mine = school_side.inductions(visit.session, viewer, visit.today)
    assessed = school_side.inductions(visit.session, viewer, visit.today, Act.SCHOOL_ASSESSMENTS)
    expected = school_side.expected(visit.session, assessed)
    return visit.page(
        "school/home.html",
        inductions=[(one, people.current_post(one, visit.today)) for one in mine],
        due=[(one, standing(visit, one)) for one in expected if not _done(one)],
        done=[one for one in expected if _done(one)],
        uploads=[(one, uploaded(one)) for one in school_side.uploads(visit.session, viewer)],
        reasons=reasons if visit.may(Act.SCHOOL_ASSESSMENTS) else _no_reasons,
        totals=school_side.totals(visit.session, viewer, visit.today) if visit.may(Act.SCHOOL_TOTALS) else [],
        only_self=viewer.places != frozenset() and all(place.role is Role.ECT for place in viewer.places),
    )


def ect(visit: Visit) -> Response:
    """One ECT; another school's is not found, as if there were none."""
    viewer = viewer_of(visit)
    induction = school_side.find_induction(visit.session, viewer, visit.id, visit.today)
    if induction is None:
        raise Missing
    near = school_side.near(viewer, induction, visit.today)
    if not visit.may(Act.SCHOOL_ECT, induction, near=near):
        raise Denied
    saw(visit, Thing(induction.id), induction)
    assessed = visit.may(Act.SCHOOL_ASSESSMENTS, induction, near=near)
    is_self = induction.person_id == viewer.person_id
    managed = viewer.schools(Role.INDUCTION_COORDINATOR)
    posts = [post for post in induction.posts if post.ends_on is None or post.ends_on >= visit.today]
    choices = school_side.tutors(visit.session, managed, visit.today)
    return visit.page(
        "school/ect.html",
        induction=induction,
        person=induction.person,
        posts=posts,
        assessed=assessed,
        expected=[(one, standing(visit, one)) for one in school_side.expected(visit.session, [induction] if assessed else [])],
        forms=[
            (one, FORM[one.state], values_of(one).get("assessment_point"))
            for one in (school_side.forms_of(visit.session, induction) if assessed else ())
        ],
        reasons=reasons,
        said=school_side.said(visit.session, viewer, induction, visit.today),
        access=school_side.who_can_see(visit.session, induction, visit.today),
        opened=viewings.of_induction(visit.session, induction) if is_self else [],
        is_self=is_self,
        tutor_choices=[
            (post, [one for one in choices if one.school_id == post.school_id]) for post in posts if post.school_id in managed
        ],
    )


def viewer_of(visit: Visit) -> Viewer:
    if visit.viewer is None:
        raise Denied
    return visit.viewer


def standing(visit: Visit, one: Expected) -> Mark:
    """Where something that is expected stands, in the words of a school."""
    if one.assessment.accepted_at is not None:
        return FORM[SubmissionState.ACCEPTED]
    if one.form is not None:
        return FORM[one.form.state]
    due_on = one.assessment.due_on
    if due_on is not None and due_on < visit.today:
        return Mark("Overdue", "govuk-tag--red")
    return Mark("Due", "govuk-tag--yellow") if one.owed else Mark("Expected", "govuk-tag--grey")


def uploaded(one: Upload) -> list[Mark]:
    """What became of an uploaded file: one mark for each form in it and for what could not be read, or how far it got."""
    marks = [FORM[form.state] for form in one.forms]
    if one.problems:
        marks.append(Mark("Could not be read", "govuk-tag--red"))
    if marks:
        return marks
    if not one.opened or one.reading:
        return [Mark("Received, waiting to be read", "govuk-tag--grey")]
    return [Mark("Received, with the appropriate body", "govuk-tag--blue")]


def reasons(form: Submission) -> list[str]:
    """Why a form was sent back, in words."""
    if form.state is not SubmissionState.RETURNED:
        return []
    words = [REASONS.get(str(code), str(code)) for code in form.decision_reasons]
    return [*words, form.decision_note] if form.decision_note else words


def _no_reasons(form: Submission) -> list[str]:  # noqa: ARG001 - stands in for `reasons`
    """A school's office sees that its upload came back, and not what was said about it."""
    return []


def _done(one: Expected) -> bool:
    return one.assessment.accepted_at is not None
