"""Leavers' and transfer notices as other bodies might print them, with the questions that offices add."""

from __future__ import annotations

from random import Random

from tests.support.papers_fill import choice
from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, cell, p
from tests.support.unseen.form import left, mark
from tests.support.unseen.plain_writing import Plain


def leaver_sections(t: Random, c: Random) -> Sketch:
    """A leaver's form: particulars, the induction served, a reason to tick, the next school, the head's declaration."""
    f = Plain("leaver_sections", t, c, "leaver_notice", {
        "ect_name": ("Name of ECT leaving", "ECT name"), "trn": ("TRN", "Teacher Reference Number"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School", "School leaving"), "induction_start": ("Induction start date at this school", "Date induction started at your school"), "leaving_date": ("Last day at the school", "Leaving date"), "terms_completed": ("Number of FTE terms of induction completed", "Terms served (FTE)"), "days_absent": ("Days absent since last assessment or review", "Number of days absent since last report"), "fte": ("FTE", "FTE at time of leaving"), "next_school": ("Name of new school / employer", "New school (if applicable)"),
    })  # fmt: skip
    s = f.pages(f.words("Harbourside Teaching School Hub", "Wold Appropriate Body"), "Leaver form")
    s.add(
        p(
            f.words("ECT Leaver Form", "Notification of an ECT leaving your school", "ECT leaver / transfer notification"),
            heading=1,
        )
    )
    s.add(T((0.45, 0.55), tuple(left(f, key) for key in ("ect_name", "trn", "date_of_birth", "school_name"))))
    s.add(
        p("Induction served", heading=2),
        T(
            (0.3, 0.2, 0.3, 0.2),
            (
                left(f, "induction_start", "leaving_date"),
                left(f, "terms_completed", "days_absent"),
                (
                    *left(f, "fte"),
                    cell("Interim assessment completed?", shaded=True),
                    cell(p(*choice([("Yes", not f.blank), ("No", False)], "before"))),
                ),
            ),
        ),
    )
    reason = c.randrange(4)
    s.add(p("Reason for leaving (please tick)", bold=True))
    for number, text in enumerate(
        (
            "Moving to another school in England",
            "Leaving teaching",
            "End of fixed term contract",
            "Maternity or other statutory leave",
        )
    ):
        s.add(p(*mark(number == reason and not f.blank, t.choice(("glyph", "bracket"))), f" {text}"))
    s.add(
        p("Where next?", heading=2),
        T(
            (0.45, 0.55),
            (
                left(f, "next_school"),
                (
                    cell("Contact at new school (name and email)", shaded=True),
                    cell(p(f.noted("Ms J Bell, office@newschool.example"))),
                ),
                (cell("New appropriate body, if known", shaded=True), cell(p(f.noted("")))),
            ),
        ),
    )
    s.add(
        p("Any other information", bold=True),
        T(
            (1.0,),
            ((cell(p(f.noted("All progress reviews are up to date; the mentor’s notes have been passed on."))),),),
            least=30,
        ),
    )
    name, day = f.signed("head")
    s.add(p("Declaration by the headteacher", bold=True), p("I confirm the details given are correct."))
    s.add(T((0.25, 0.45, 0.1, 0.2), ((cell("Headteacher’s name"), cell(p(name)), cell("Date"), cell(p(day))),)))
    return s


def from_and_to(t: Random, c: Random) -> Sketch:
    """A transfer in two columns: what is left and what is joined, each row a particular."""
    f = Plain("from_and_to", t, c, "leaver_notice", {
        "ect_name": ("Teacher’s full name", "ECT’s name"), "trn": ("Teacher Reference Number (TRN)", "TRN"), "ect_email": ("Email address that will still work after the move", "Personal email of ECT"), "school_name": ("School", "Name of school"), "leaving_date": ("Last day at present school", "Date of leaving"), "terms_completed": ("Terms of induction completed to date", "Induction completed (terms)"), "days_absent": ("Days absent in the current period", "Days of absence in current assessment period"), "days_absent_total": ("Total days absent in induction to date", "Total absence in induction (days)"),
    })  # fmt: skip
    s = f.pages("", "Please send within five days of notice being given.")
    s.add(
        p(
            f.words("Transfer of an ECT to another school", "ECT transfer form", "ECT moving school – transfer notice"),
            heading=1,
        )
    )
    s.add(T((0.45, 0.55), tuple(left(f, key) for key in ("ect_name", "trn", "ect_email"))))
    heads = ("", *f.words("Current school|New school", "Leaving|Joining", "Present school|Receiving school").split("|"))
    body = f.answer("appropriate_body", blank=0)
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    rows.append(
        (cell(f.label("school_name", colon=False)), cell(p(f.answer("school_name", blank=0))), cell(p(f.answer("next_school"))))
    )
    rows.append((cell("Appropriate body"), cell(p(body)), cell(p(f.noted("not known")))))
    rows.append((cell("Headteacher"), cell(p(f.answer("headteacher_name"))), cell("")))
    rows.append((cell("Induction tutor"), cell(p(f.answer("induction_tutor_name"))), cell("")))
    s.add(T((0.3, 0.35, 0.35), tuple(rows)))
    s.add(T((0.6, 0.4), tuple(left(f, key) for key in ("leaving_date", "terms_completed", "days_absent", "days_absent_total"))))
    s.add(
        p(
            "The ECT has an agreed extension: ",
            *choice([("Yes", False), ("No", not f.blank)], f.words("before", "strike"), blank=f.blank),
        )
    )
    s.add(
        p(
            "Records sent on to the new school: ",
            *f.ticks((("progress reviews", not f.blank), ("formal assessments", not f.blank), ("observation notes", False))),
        )
    )
    s.add(
        p(
            "Form completed by: ",
            f.noted(f.facts.tutor.name),
            Gap(),
            "Role: ",
            f.noted("Induction tutor"),
            Gap(),
            "Date: ",
            f.noted(f.day(f.facts.leaving)),
        )
    )
    return s


def short_slip(t: Random, c: Random) -> Sketch:
    """A leaver's slip of lines and sentences with places to fill."""
    f = Plain("short_slip", t, c, "leaver_notice", {
        "ect_name": ("Name of teacher", "Early career teacher"), "trn": ("TRN", "Teacher reference number"), "school_name": ("Name of school", "School"), "leaving_date": ("will leave / left on", "Date left or leaving"), "days_absent": ("Days absent this term", "Days’ absence since last progress review"), "days_served": ("Days served this term", "Days served since last progress review"), "next_school": ("Going to", "Next post (school)"), "headteacher_name": ("Headteacher", "Name of head teacher"),
    })  # fmt: skip
    f._words["leaving_date"] = f.words("Date left or leaving", "Date of leaving", "Employment ends on")
    s = f.pages(f.words("Appropriate Body leavers’ slip", "Chase Teaching School Hub"), "")
    s.add(p(f.words("ECT leaver slip", "Early career teacher: leaver notification"), heading=1))
    for one, two in (
        ("ect_name", "trn"),
        ("school_name", None),
        ("leaving_date", "next_school"),
        ("days_served", "days_absent"),
    ):
        first = (Run(f.label(one, colon=True) + " "), f.answer(one))
        s.add(p(*first) if two is None else p(*first, Gap(270.0), Run(f.label(two, colon=True) + " "), f.answer(two)))
    s.truth["working_pattern"] = "full_time" if f.facts.full_time else "part_time"
    s.add(
        p(
            "The teacher worked ",
            Tick(f.facts.full_time and not f.blank),
            " full-time ",
            Tick(not f.facts.full_time and not f.blank),
            " part-time; FTE if part-time: ",
            f.answer("fte", blank=0),
        )
    )
    s.add(
        p(
            "An interim assessment ",
            Run("is attached", struck=False),
            " / ",
            Run("will follow", struck=not f.blank),
            " / ",
            Run("is not required", struck=not f.blank),
            " (delete as appropriate).",
        )
    )
    s.add(
        p(
            Run(f.label("headteacher_name", colon=True) + " "),
            f.person("head_signed_name", f.facts.head),
            Gap(),
            "Signed: ",
            Line(90),
        )
    )
    return s
