"""The held-out half of the unseen layouts: progress reviews and online prints."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Sketch, T, cell, p
from tests.support.unseen.form import Form, left, mark, under


def cards(t: Random, c: Random) -> Sketch:
    """Small boxes, three in a row, the label on the first line and the value on the second."""
    f = Form("cards", t, c, "progress_review", {
        "ect_name": ("Early career teacher", "Teacher’s full name"), "trn": ("Teacher reference number", "TRN"), "date_of_birth": ("Date of birth", "D.O.B."), "school_name": ("School name", "School"),
        "induction_tutor_name": ("Induction tutor", "Tutor’s full name"), "mentor_name": ("Mentor", "Mentor’s full name"), "period_start": ("Period start", "Start of period"), "period_end": ("Period end", "End of period"),
        "term_number": ("Term (1–6)", "Term no."), "days_absent": ("Absences this period", "Days absent since last report"), "fte": ("FTE", "FTE %"), "appropriate_body": ("Appropriate body", "AB"),
        "strengths": ("Strengths", "What is the ECT doing well?"), "areas_for_development": ("Areas to work on", "What should the ECT work on?"), "targets": ("Next steps", "Targets set"), "ect_comments": ("ECT’s view", "Comments from ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.header = f"{f.facts.ect.name} – progress review" if not f.blank and t.random() < 0.4 else ""
    s.add(p(f.words("PROGRESS REVIEW", "Induction Progress Review Form"), heading=1))
    rows: list[tuple[Cell, ...]] = [
        tuple(under(f, key) for key in keys)
        for keys in (
            ("ect_name", "trn", "date_of_birth"),
            ("school_name", "appropriate_body", "fte"),
            ("induction_tutor_name", "mentor_name", "term_number"),
            ("period_start", "period_end", "days_absent"),
        )
    ]
    s.add(T((0.36, 0.32, 0.32), tuple(rows), least=32))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(
        T(
            (0.7, 0.15, 0.15),
            (
                (
                    cell(
                        f.words(
                            "Is this ECT on track to complete induction?",
                            "Is the ECT on track against the Teachers’ Standards?",
                        ),
                        shaded=True,
                    ),
                    cell(p("Yes ", *mark(yes and not f.blank, "glyph"))),
                    cell(p("No ", *mark(not yes and not f.blank, "glyph"))),
                ),
            ),
        )
    )
    s.add(
        T(
            (0.5, 0.5),
            (
                (
                    cell(f.label("strengths", colon=False), shaded=True),
                    cell(f.label("areas_for_development", colon=False), shaded=True),
                ),
                (cell(*f.text("strengths")), cell(*f.text("areas_for_development"))),
            ),
        )
    )
    for key in ("targets", "ect_comments"):
        s.add(T((1.0,), ((cell(f.label(key, colon=False), shaded=True),), (cell(*f.text(key)),))))
    return s


def stacked_print(t: Random, c: Random) -> Sketch:
    """A print of an online form: questions in bold, the answer on the next line."""
    f = Form("stacked_print", t, c, "progress_review", {
        "ect_name": ("ECT", "Early Career Teacher"), "trn": ("TRN", "Teacher Reference Number (TRN)"), "school_name": ("School", "School / college"), "induction_tutor_name": ("Induction tutor", "Induction Tutor"),
        "period_start": ("Start date of review period", "Period start date"), "period_end": ("End date of review period", "Period end date"), "days_served": ("Days served in period", "Number of days served"),
        "days_absent": ("Days absent in period", "Number of days absent"), "evidence": ("Please summarise the evidence used", "Rationale and evidence"), "targets": ("Development targets", "Objectives for the next period"),
        "ect_comments": ("ECT comments", "Comments by ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.footer = "https://induction.example/reports/88213 – page 1 of 2"
    s.add(p("Progress review report", heading=1), p("Status: submitted to appropriate body"))
    for key in (
        "ect_name",
        "trn",
        "school_name",
        "induction_tutor_name",
        "period_start",
        "period_end",
        "days_served",
        "days_absent",
    ):
        s.add(p(f.label(key, colon=False), bold=True, after=0), p(f.answer(key, blank=0.04), after=6))
    s.add(
        p(
            f.words(
                "Is the ECT on track to meet the Teachers’ Standards by the end of induction?",
                "Is the ECT making satisfactory progress and on track?",
            ),
            bold=True,
            after=0,
        ),
        p(f.said("on_track")),
    )
    s.add(
        p(
            f.words(
                "Will the ECT be working at this school next term?", "Will the ECT stay at this school for the next period?"
            ),
            bold=True,
            after=0,
        ),
        p(f.said("remaining_at_school")),
    )
    for key in ("evidence", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True, after=0), *f.text(key))
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor")):
        name, day = f.signed(who, blank=0)
        s.add(p(f"Electronically signed by {role}: ", name, " on ", day))
    return s


def radio_review(t: Random, c: Random) -> Sketch:
    """A review with radio buttons, guidance in small type between question and answer, and a tail of confirmations."""
    f = Form("radio_review", t, c, "progress_review", {
        "ect_name": ("Name of ECT under review", "ECT name"), "trn": ("ECT TRN", "TRN number"), "date_of_birth": ("ECT DOB", "ECT date of birth"), "school_name": ("Name of school/academy", "School or academy"), "school_urn": ("School URN", "URN"),
        "headteacher_name": ("Headteacher/Principal", "Name of head"), "induction_tutor_name": ("Name of Induction Tutor completing this form", "Induction Tutor name"), "period_start": ("Date this term started", "Start of term under review"),
        "period_end": ("Date of this review", "End of term under review"), "days_absent": ("How many days has the ECT been absent this term?", "Number of days’ absence this term"), "evidence": ("Evidence summary", "Brief summary of evidence"),
        "targets": ("Targets going forward", "Agreed development targets"), "support_plan": ("Additional support (only if not on track)", "Support plan (complete if No)"), "ect_comments": ("ECT comment", "Space for the ECT to comment"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("ECT Progress Review Template", "Progress Review – Early Career Teacher"), heading=1),
        p("Guidance: this should be no longer than two sides. The ECT must see it before it is sent."),
    )
    s.add(
        T(
            (0.5, 0.5),
            tuple(
                left(f, key)
                for key in (
                    "ect_name",
                    "trn",
                    "date_of_birth",
                    "school_name",
                    "school_urn",
                    "headteacher_name",
                    "induction_tutor_name",
                    "period_start",
                    "period_end",
                    "days_absent",
                )
            ),
        )
    )
    value = c.random() < 0.85
    s.truth["on_track"] = value
    s.add(p("Question 1. Is the ECT on track?", bold=True), p("(Consider all eight standards and Part Two.)"))
    s.add(p(*mark(value and not f.blank, "radio"), " Yes", Gap(), *mark(not value and not f.blank, "radio"), " No"))
    for number, key in enumerate(("evidence", "targets", "support_plan"), start=2):
        s.add(
            p(f"Question {number}. " + f.label(key, colon=False), bold=True),
            T((1.0,), ((cell(*f.text(key, blank=0.5 if key == "support_plan" else 0.05)),),), least=40),
        )
    confirmed = c.random() < 0.9 and not f.blank
    s.truth["support_confirmed"] = confirmed
    s.add(p(*mark(confirmed, "glyph"), " I confirm that the ECT has received their statutory entitlements this term"))
    s.add(p(f.label("ect_comments", colon=False), bold=True), T((1.0,), ((cell(*f.text("ect_comments")),),), least=40))
    heads = (cell("Signature"), cell("Print name"), cell("Date"))
    rows = [(cell(""), *heads)]
    for who, role in (("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        rows.append((cell(role), cell(""), cell(p(name)), cell(p(day))))
    s.add(T((0.2, 0.3, 0.3, 0.2), tuple(rows), least=22))
    return s


def observation_two(t: Random, c: Random) -> Sketch:
    """A lesson observation: particulars in one line of cells, strengths and areas side by side."""
    f = Form("observation_two", t, c, "lesson_observation", {
        "ect_name": ("Teacher observed", "ECT observed"), "mentor_name": ("Observed by", "Observer’s name"), "strengths": ("Strengths of the lesson", "Strengths"),
        "areas_for_development": ("Areas for development", "Points to develop"), "targets": ("Agreed next steps", "Targets arising"), "ect_comments": ("ECT’s reflection on the lesson", "Comments of the ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT lesson observation", "Observation of teaching – early career teacher"), heading=1))
    names = f.answer("ect_name", blank=0), f.answer("mentor_name", blank=0)
    heads = (f.label("ect_name"), f.label("mentor_name"), "Date", "Subject and year")
    values = (cell(p(names[0])), cell(p(names[1])), cell(p(f.noted(f.day(f.facts.start)))), cell(p(f.noted("Science, Year 8"))))
    s.add(T((0.28, 0.28, 0.2, 0.24), (tuple(cell(one, shaded=True) for one in heads), values)))
    s.add(p("Focus: ", f.noted("behaviour and routines (TS7)")))
    s.add(
        T(
            (0.5, 0.5),
            (
                (
                    cell(f.label("strengths", colon=False), bold=True),
                    cell(f.label("areas_for_development", colon=False), bold=True),
                ),
                (cell(*f.text("strengths")), cell(*f.text("areas_for_development"))),
            ),
        )
    )
    for key in ("targets", "ect_comments"):
        s.add(p(f.label(key), bold=True), *f.text(key))
    return s
