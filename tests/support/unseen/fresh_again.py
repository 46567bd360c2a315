"""Four more layouts, drawn after what the first fresh ones showed had been mended, and never looked at."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, cell, p
from tests.support.unseen.form import Form, left, mark, under


def county_interim(t: Random, c: Random) -> Sketch:
    f = Form("county_interim", t, c, "interim_assessment", {
        "ect_name": ("Full name of early career teacher", "Early career teacher’s full name"), "trn": ("TRN", "Teacher’s reference number"), "date_of_birth": ("DOB", "Date of birth (day, month, year)"), "school_name": ("School they have worked in", "Name of current school"), "school_urn": ("Unique reference number of school", "School’s URN"),
        "period_start": ("Work at this school began", "Period of this report: start"), "period_end": ("Work at this school ended", "Period of this report: end"), "days_absent": ("Days absent during that time", "Number of days of absence"), "leaving_date": ("Leaving on", "Date on which the ECT leaves"), "next_school": ("Next employer", "New school (if any)"),
        "strengths": ("Strengths so far", "What the ECT has done well so far"), "areas_for_development": ("Areas in which development is needed", "Still to be developed"), "ect_comments": ("Comments the ECT wishes to make", "ECT: your comments"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    s.add(
        p(f.words("Interim assessment report", "Interim Assessment (leaving part way through)"), heading=1),
        p("County Induction Service"),
    )
    s.add(
        T(
            (0.4, 0.6),
            tuple(
                left(f, key, shaded=f.t.random() < 2)
                for key in (
                    "ect_name",
                    "trn",
                    "date_of_birth",
                    "school_name",
                    "school_urn",
                    "leaving_date",
                    "next_school",
                    "days_absent",
                )
            ),
        )
    )
    s.add(
        p("Judgement so far", bold=True),
        *f.lines(
            f.outcome((("satisfactory", "Progress is satisfactory"), ("unsatisfactory", "Progress is not satisfactory"))),
            t.choice(["glyph", "bracket", "radio"]),
        ),
    )
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), T((1.0,), ((cell(*f.text(key)),),), least=40))
    for who, role in (("head", "Headteacher"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role} – name: ", name, Gap(), "date: ", day))
    return s


def tidy_review(t: Random, c: Random) -> Sketch:
    f = Form("tidy_review", t, c, "progress_review", {
        "ect_name": ("ECT being reviewed", "Name of ECT being reviewed"), "trn": ("Their TRN", "TRN of ECT"), "school_name": ("At which school?", "School attended"), "induction_tutor_name": ("Reviewed by (induction tutor)", "Induction tutor carrying out the review"), "period_start": ("From", "Review period from"), "period_end": ("To", "Review period to"),
        "days_absent": ("Days away in this period", "Absence (number of days)"), "term_number": ("Induction term reviewed", "Term being reviewed"), "strengths": ("Strengths seen this term", "Strong points"), "areas_for_development": ("Development points", "Weaker points"), "targets": ("Targets up to the next review", "New targets"), "ect_comments": ("The ECT’s thoughts", "Thoughts of the ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Progress review of an ECT", "ECT review of progress"), heading=1))
    rows: list[tuple[Cell, ...]] = [
        (under(f, "ect_name"), under(f, "trn"), under(f, "term_number")),
        (under(f, "school_name"), under(f, "induction_tutor_name"), under(f, "days_absent")),
        (under(f, "period_start"), under(f, "period_end"), cell("")),
    ]
    s.add(T((0.34, 0.33, 0.33), tuple(rows), least=32))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(
        p("Progress", bold=True),
        p(*mark(yes and not f.blank, "glyph"), " The ECT is on track"),
        p(*mark(not yes and not f.blank, "glyph"), " The ECT is not on track"),
    )
    s.add(
        T(
            (0.3, 0.7),
            tuple(
                (cell(f.label(key, colon=False), shaded=True), cell(*f.text(key)))
                for key in ("strengths", "areas_for_development", "targets", "ect_comments")
            ),
        )
    )
    return s


def alliance_registration(t: Random, c: Random) -> Sketch:
    f = Form("alliance_registration", t, c, "registration", {
        "ect_first_name": ("Given names", "First name"), "ect_last_name": ("Family name", "Surname"), "trn": ("TRN", "Teacher reference"), "date_of_birth": ("Born on", "Date of birth"), "national_insurance_number": ("National Insurance no.", "NI number"), "qts_date": ("QTS since", "QTS award date"), "ect_email": ("Email", "ECT’s e-mail"),
        "induction_start": ("First day of induction", "Induction start"), "school_name": ("School", "School name"), "school_dfe_number": ("LA and establishment number", "DfE number"), "headteacher_name": ("Headteacher", "Head"), "induction_tutor_name": ("Induction tutor", "Tutor’s name"), "induction_tutor_email": ("Induction tutor’s email", "Tutor’s e-mail"), "mentor_name": ("Mentor", "Mentor’s name"), "fte": ("FTE", "FTE (1.0 = full time)"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Alliance: ECT registration", "Registration form for early career teachers"), heading=1))
    for title, keys in (
        (
            "1 The ECT",
            ("ect_first_name", "ect_last_name", "trn", "date_of_birth", "national_insurance_number", "qts_date", "ect_email"),
        ),
        ("2 The post", ("induction_start", "fte")),
        ("3 The school", ("school_name", "school_dfe_number", "headteacher_name")),
        ("4 Support", ("induction_tutor_name", "induction_tutor_email", "mentor_name")),
    ):
        s.add(p(title, heading=2))
        for key in keys:
            run = f.answer(key)
            s.add(p(Run(f.label(key, colon=True) + " "), run if run.text else Line(110)))
    f.join_names()
    return s


def closing_report(t: Random, c: Random) -> Sketch:
    f = Form("closing_report", t, c, "formal_assessment", {
        "ect_name": ("Teacher", "Name of teacher"), "trn": ("TRN", "Reference number (TRN)"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School", "School or academy name"), "period_start": ("Start date", "Start of this assessment period"), "period_end": ("End date", "End of this assessment period"), "days_absent": ("Absence (days)", "Days absent in the period"),
        "fte": ("FTE", "Full-time equivalent"), "evidence": ("Evidence looked at", "What evidence was looked at?"), "targets": ("Targets for the future", "Where next? Targets"), "ect_comments": ("Comments: ECT", "ECT’s reply to this report"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p("Formal assessment", heading=1),
        p("First assessment point" if point == "first" else "Final assessment point", heading=2),
    )
    heads = tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in ("ect_name", "trn", "date_of_birth"))
    s.add(
        T((0.4, 0.3, 0.3), (heads, tuple(cell(p(f.answer(key, blank=0.04))) for key in ("ect_name", "trn", "date_of_birth"))))
    )
    s.add(
        T(
            (0.22, 0.28, 0.22, 0.28),
            (left(f, "school_name", "fte"), left(f, "period_start", "period_end"), left(f, "days_absent", span=3)),
        )
    )
    value = c.choices(["satisfactory", "unsatisfactory"], [8, 2])[0]
    s.truth["judgement"] = None if f.blank else value
    s.add(
        T(
            (0.5, 0.5),
            ((cell(f.words("Outcome", "Headteacher’s judgement", "Recommendation")), cell(p(f.noted(value.title())))),),
        )
    )
    for key in ("evidence", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), *f.text(key)),),), least=44))
    who = {one: f.signed(one) for one in ("head", "tutor", "ect")}
    s.add(
        T(
            (0.16, 0.28, 0.28, 0.28),
            (
                (cell(""), cell("Headteacher"), cell("Induction tutor"), cell("ECT")),
                (cell("Name"), *(cell(p(name)) for name, _ in who.values())),
                (cell("Signed"), cell(""), cell(""), cell("")),
                (cell("Date"), *(cell(p(day)) for _, day in who.values())),
            ),
        )
    )
    return s
