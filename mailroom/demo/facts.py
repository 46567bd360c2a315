"""What stands on the demo's forms, as rows of labels and values: the same on Word, PDF and paper."""

from __future__ import annotations

from mailroom.demo.cast import BODY, FormFacts, written

Choice = tuple[str, list[tuple[str, bool]]]
"""What is asked, and the boxes beside it: label, ticked."""


def heading(form: FormFacts) -> str:
    return "ECT progress review form" if form.kind == "progress_review" else "ECT formal assessment form"


def details(form: FormFacts) -> list[tuple[str, str]]:
    """The upper half of every form."""
    ect, school = form.ect, form.ect.school
    return [
        ("Appropriate body", BODY),
        ("Name of ECT", ect.name),
        ("Teacher reference number (TRN)", ect.trn),
        ("Date of birth", written(ect.born)),
        ("Name of school", school.name),
        ("School URN", school.urn),
        ("Induction tutor", school.tutor),
        ("Start of assessment period", written(form.period_start)),
        ("End of assessment period", written(form.period_end)),
        ("Days absent in this period", form.days_absent),
    ]


def point(form: FormFacts) -> Choice | None:
    if form.point is None:
        return None
    return "Assessment point", [(name, name.lower() == form.point) for name in ("First", "Second", "Final")]


def question(form: FormFacts) -> Choice:
    if form.kind == "progress_review":
        return "Is the ECT on track to complete induction successfully?", [("Yes", True), ("No", False)]
    options = [("Satisfactory", True), ("Unsatisfactory", False), ("Extension required", False)]
    return "Performance against the Teachers' Standards", options


def words(form: FormFacts) -> list[tuple[str, str]]:
    """What people wrote."""
    return [
        ("Strengths", form.strengths),
        ("Targets for the next period", form.targets),
        ("Comments of the ECT", form.comments),
    ]


def signatures(form: FormFacts) -> list[tuple[str, str, str]]:
    """Role, name and day."""
    people = [("ECT", form.ect.name), ("Induction tutor", form.ect.school.tutor)]
    if form.kind == "formal_assessment":
        people.append(("Headteacher", form.ect.school.head))
    return [(role, name, written(form.signed_on)) for role, name in people]


SIGNED = ("Role", "Signed (typed name)", "Date signed")
