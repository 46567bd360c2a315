"""ECTs: finding them, their page with its history, and saying what is expected of them."""

from __future__ import annotations

from starlette.responses import Response

from records import cases, communications, holds, inbox, inductions, people, submissions
from records import guidance as numbers
from records.access import Act, refusal
from records.models.inductions import Assessment, AssessmentKind, AssessmentPoint, Induction, Source
from records.standing import standing_of
from records.viewings import Thing
from web import words
from web.course import course_of, deadlines_of
from web.forms import Faults, asked_date, typed_date
from web.marketing import marketing_words
from web.seeing import saw
from web.visit import Missing, Visit
from web.words import Mark

MOST_FOUND = 100


def show(visit: Visit) -> Response:
    return visit.page("ects.html", found=people.search_ects(visit.session, "", MOST_FOUND), searched="", most=MOST_FOUND)


def search(visit: Visit) -> Response:
    """The words come by POST and go no further: a name or a TRN in an address would stay in logs and histories."""
    searched = visit.written.text("search")
    found = people.search_ects(visit.session, searched, MOST_FOUND)
    return visit.page("ects.html", found=found, searched=searched, most=MOST_FOUND)


def one(visit: Visit) -> Response:
    induction = found(visit)
    saw(visit, Thing(induction.id))
    return _page(visit, induction)


def expect(visit: Visit) -> Response:
    """Say by hand that a review or an assessment is expected."""
    induction, written, faults = found(visit), visit.written, Faults()
    visit.require(Act.CORRECT, induction)
    kind = next((kind for kind in AssessmentKind if kind.value == written.text("kind")), None)
    if kind is None:
        faults.add("kind", "Choose what is expected")
    due_on = asked_date(written, "due", "Date it is due", faults)
    point = next((point for point in AssessmentPoint if point.value == written.text("point")), None)
    if faults or kind is None:
        return _page(visit, induction, faults)
    inductions.expect(visit.session, induction, kind, due_on=due_on, point=point, now=visit.now, source=Source.PERSON)
    return visit.go(f"/ects/{induction.id}", f"{words.ASSESSMENT[kind]} is expected")


def found(visit: Visit) -> Induction:
    induction = visit.session.get(Induction, visit.id)
    if induction is None:
        raise Missing
    return induction


def standing(visit: Visit, assessment: Assessment) -> Mark:
    """Where an expected assessment stands today. Colour never says it alone."""
    if assessment.accepted_at is not None:
        return Mark("Accepted", "govuk-tag--green")
    if assessment.not_required:
        return Mark("Not required", "govuk-tag--grey")
    if assessment.due_on is not None and assessment.due_on < visit.today:
        return Mark("Overdue", "govuk-tag--red")
    return Mark("Expected", "govuk-tag--blue")


def _page(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    person = induction.person
    return visit.page(
        "ect.html",
        422 if faults else 200,
        induction=induction,
        person=person,
        post=people.current_post(induction, visit.today),
        standing=standing_of(visit.session, induction, visit.today),
        course=course_of(induction),
        deadlines=deadlines_of(induction, numbers.of(visit.session)),
        cases=cases.of_induction(visit.session, induction),
        assessments=[(one, standing(visit, one)) for one in induction.assessments],
        forms=[
            (one, submissions.values_of(one).get("assessment_point"))
            for one in submissions.of_induction(visit.session, induction)
        ],
        documents=inbox.documents_of(visit.session, induction),
        said=communications.history_of(visit.session, person, communications.eyes_of(visit.viewer, induction)),
        history=inbox.history_of_induction(visit.session, induction),
        announcements=marketing_words(visit, person),
        on_hold=holds.holds_of(visit.session, person.id),
        why_not=refusal(visit.viewer, Act.CONCLUDE, induction) if visit.may(Act.CONCLUDE) else None,
        may_conclude=visit.may(Act.CONCLUDE, induction),
        may_expect=visit.may(Act.CORRECT, induction),
        kinds=[(kind.value, words.ASSESSMENT[kind]) for kind in AssessmentKind],
        typed=typed_date(visit.written, "due"),
        chosen=visit.written.text("kind"),
        faults=faults,
    )
