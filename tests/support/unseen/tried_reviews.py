"""Half of the unseen layouts whose failures may be looked at: progress reviews."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Gap, Line, NewPage, Run, Sketch, T, cell, p
from tests.support.unseen.form import Form, left, mark
from tests.support.unseen.pieces import framed, nested


def cover_page(t: Random, c: Random) -> Sketch:
    """A trust's cover page, then a shaded two-column table, numbered questions and boxes."""
    f = Form("cover_page", t, c, "progress_review", {
        "ect_name": ("Name of the Early Career Teacher", "Who is this review about?", "ECT (full name)"),
        "trn": ("Teacher reference number", "ECT’s Teacher Reference Number", "TRN (seven digits)"),
        "date_of_birth": ("ECT’s date of birth", "Born on", "Date of birth"),
        "school_name": ("Academy", "Name of academy / school", "Employing academy"),
        "induction_tutor_name": ("Induction tutor and position held", "Induction Lead / Tutor (name and post)"),
        "mentor_name": ("ECT mentor and position held", "Mentor’s name and post"),
        "period_start": ("First day of the period under review", "Review period begins", "Period from"),
        "period_end": ("Last day of the period under review", "Review period ends", "Period to"),
        "term_number": ("Term of induction (1 / 2 / 4 / 5)", "Which term is this?"),
        "days_absent": ("Absence since the last review (in days)", "No. of days absent in this period"),
        "evidence": ("2. Outline the evidence that supports your answer", "2. What evidence has informed this review?"),
        "targets": ("3. Development targets agreed with the ECT", "3. What are the agreed next steps?"),
        "support_plan": ("4. If you answered No, describe the additional support that will be given",),
        "ect_comments": ("5. Comments by the early career teacher", "5. The ECT’s response to this review"),
    })  # fmt: skip
    s = f.sketch
    s.footer = f"{f.facts.body} | Registered office: 4 Quay Street | Page 1"
    s.add(
        p(f"{f.facts.school.split()[0]} Learning Trust", heading=1),
        p("Early Career Teacher Induction", heading=2),
        p("Growing great teachers"),
    )
    s.add(p("Professional Progress Review", heading=1), p("Academic year 2025–26"), NewPage())
    s.add(p("Section 1 – Details", heading=2), p("All boxes must be completed. Reviews that are incomplete will be sent back."))
    keys = [
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "induction_tutor_name",
        "mentor_name",
        "period_start",
        "period_end",
        "term_number",
        "days_absent",
    ]
    s.add(T((0.45, 0.55), tuple(left(f, key) for key in keys)))
    s.add(p("Section 2 – Review", heading=2))
    s.add(
        p(
            f.words(
                "1. Is the ECT on track to complete induction successfully?",
                "1. On present evidence, is the teacher on track to meet the standards by the end of induction?",
            ),
            bold=True,
        )
    )
    yes = c.random() < 0.85
    f.sketch.truth["on_track"] = None if f.blank else yes
    s.add(p(*mark(yes and not f.blank, "glyph"), " Yes", Gap(), *mark(not yes and not f.blank, "glyph"), " No"))
    for key in ("evidence", "targets", "support_plan", "ect_comments"):
        s.add(
            p(f.label(key), bold=True),
            T((1.0,), ((cell(*f.text(key, paragraphs=3, blank=0.6 if key == "support_plan" else 0.05)),),), least=40),
        )
    return s


def two_columns(t: Random, c: Random) -> Sketch:
    """Two big cells, each with lines "Label: value"; below them a grid of entitlements."""
    f = Form("two_columns", t, c, "progress_review", {
        "ect_name": ("Name", "ECT", "Full name"), "trn": ("TRN", "Teacher no.", "Teacher Ref"), "date_of_birth": ("DOB", "D.o.B", "Date of birth"),
        "ect_email": ("E-mail", "Work email"), "school_name": ("School", "Setting"), "school_urn": ("URN", "School URN"),
        "headteacher_name": ("Head", "Headteacher / Principal"), "induction_tutor_name": ("Tutor", "Induction tutor"), "mentor_name": ("Mentor", "ECF mentor"),
        "period_start": ("Period covered from", "From"), "period_end": ("Period covered to", "To"), "fte": ("FTE", "Contract (FTE)"),
        "days_absent": ("Absence (days)", "Days’ absence"), "strengths": ("What has gone well", "Successes this term"),
        "areas_for_development": ("Even better if", "What needs more work"), "targets": ("SMART targets for next term", "Actions for the coming term"),
        "ect_comments": ("ECT’s reflections", "ECT voice"),
    })  # fmt: skip
    f._colon, f._roles = True, False
    s = f.sketch
    s.header = f.facts.body
    s.add(
        p(f.words("Termly Progress Review of an Early Career Teacher", "ECT PROGRESS REVIEW – TERMS 1, 2, 4 AND 5"), heading=1)
    )

    def stack(*keys: str) -> list[object]:
        return [p(Run(f.label(key) + " ", bold=f.bold_labels), f.answer(key), after=2) for key in keys]

    s.add(
        T(
            (0.5, 0.5),
            (
                (cell("The teacher", bold=True, shaded=True), cell("The school", bold=True, shaded=True)),
                (
                    cell(*stack("ect_name", "trn", "date_of_birth", "ect_email", "fte")),  # type: ignore[arg-type]
                    cell(*stack("school_name", "school_urn", "headteacher_name", "induction_tutor_name", "mentor_name")),  # type: ignore[arg-type]
                ),
                (cell(*stack("period_start")), cell(*stack("period_end"))),  # type: ignore[arg-type]
                (cell(*stack("days_absent"), span=2),),  # type: ignore[arg-type]
            ),
        )
    )
    mechanic = t.choice(["strike", "highlight", "before"])
    s.add(
        p(
            "Is the ECT making the progress expected at this stage (on track)? ",
            *f.yes_no("on_track", c.random() < 0.85, mechanic),
        )
    )
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), *f.text(key)),),), least=40))
    tutor, head = f.signed("tutor"), f.signed("head")
    s.add(
        p("Induction tutor: ", tutor[0], Gap(280.0), "Date: ", tutor[1]),
        p("Headteacher: ", head[0], Gap(280.0), "Date: ", head[1]),
    )
    return s


def frames(t: Random, c: Random) -> Sketch:
    """The teacher in a text box, details in a table within a table, radio buttons."""
    f = Form("frames", t, c, "progress_review", {
        "ect_name": ("Name of ECT", "Teacher"), "trn": ("TRN", "Teacher reference no."), "date_of_birth": ("Date of birth", "DOB"),
        "school_name": ("School / setting", "Name of setting"), "period_start": ("Start of period", "Period start"),
        "period_end": ("End of period", "Period end"), "days_absent": ("Days absent", "Number of days absent in period"),
        "induction_tutor_name": ("Induction Tutor", "Name of tutor"), "mentor_name": ("Mentor", "Name of mentor"),
        "evidence": ("Evidence drawn upon", "Summary of the evidence"), "targets": ("Targets agreed", "Agreed actions"), "ect_comments": ("Comments of ECT", "ECT’s own comments"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT Progress Review", "Record of progress review"), heading=1))
    s.add(
        framed(
            p(f.label("ect_name", colon=True) + " ", f.answer("ect_name")),
            p(f.label("trn", colon=True) + " ", f.answer("trn")),
            p(f.label("date_of_birth", colon=True) + " ", f.answer("date_of_birth")),
        )
    )
    inner = T(
        (0.5, 0.5), tuple(left(f, key, shaded=False) for key in ("school_name", "period_start", "period_end", "days_absent"))
    )
    people = T((0.5, 0.5), tuple(left(f, key, shaded=False) for key in ("induction_tutor_name", "mentor_name")))
    s.add(T((1.0,), ((cell(p("Placement", bold=True), nested(inner)),), (cell(p("People", bold=True), nested(people)),))))
    s.add(p("On track?", bold=True))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(
        p(*mark(yes and not f.blank, "radio"), " Yes, on track"),
        p(*mark(not yes and not f.blank, "radio"), " No, not on track"),
    )
    for key in ("evidence", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(f.label(key, colon=False), bold=True, shaded=True),), (cell(*f.text(key)),)), least=22))
    who = [f.signed("ect"), f.signed("tutor")]
    s.add(
        p("Sign-off", heading=2),
        p("ECT ", who[0][0], Gap(250.0), "Date ", who[0][1]),
        p("Induction Tutor ", who[1][0], Gap(250.0), "Date ", who[1][1]),
    )
    return s


def dotted(t: Random, c: Random) -> Sketch:
    """Inline blanks: "Name: ____ TRN: ____", typed over; ringed words; sections by letter."""
    f = Form("dotted", t, c, "progress_review", {
        "ect_name": ("Teacher’s name", "Name of ECT"), "trn": ("TRN", "Ref. no. (TRN)"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School", "At (school)"),
        "term_number": ("Term", "Induction term"), "period_start": ("Period from", "Review covers"), "period_end": ("to", "until"), "days_absent": ("Days absent", "Absences (days)"),
        "fte": ("FTE", "Hours (FTE)"), "strengths": ("B. Strengths noted", "B. Summary of strengths"), "areas_for_development": ("C. Areas to develop", "C. Development points"),
        "targets": ("D. Targets", "D. Targets to be worked on"), "ect_comments": ("E. Teacher’s comments", "E. Comments from ECT"),
    })  # fmt: skip
    s = f.sketch
    s.add(
        p(f.words("PROGRESS REVIEW (NON-ASSESSMENT TERM)", "Induction: Progress Review"), heading=1),
        p("A. About the teacher", bold=True),
    )
    for keys in (
        ("ect_name", "trn"),
        ("date_of_birth", "school_name"),
        ("period_start", "period_end"),
        ("days_absent", "fte"),
        ("term_number",),
    ):
        pieces: list[object] = []
        for key in keys:
            run = f.answer(key)
            if key == "fte" and not run.text:
                s.truth["fte"] = None
            pieces += [
                Run(f.label(key, colon=key != "period_end") + " ", bold=f.bold_labels),
                run if run.text else Line(80),
                Gap(),
            ]
        s.add(p(*pieces[:-1]))  # type: ignore[arg-type]
    value = c.random() < 0.85
    s.truth["on_track"] = None if f.blank else value
    ring = t.random() < 0.5
    s.add(p(
        "Is this teacher on track? (please " + ("circle" if ring else "delete") + " as appropriate) ",
        Run("YES", ringed=ring and value and not f.blank, struck=not ring and not value and not f.blank), Run(" / "),
        Run("NO", ringed=ring and not value and not f.blank, struck=not ring and value and not f.blank),
    ))  # fmt: skip
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), heading=2), *f.text(key))
    name, day = f.signed("tutor")
    s.add(p("Signed (induction tutor): ", Line(60), Gap(), "Print name: ", name, Gap(), "Date: ", day))
    return s
