"""Formal and interim assessments as ten more bodies might print them, from the same model form."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Run, Sketch, T, Tick, cell, p
from tests.support.unseen.form import left, mark
from tests.support.unseen.plain_writing import Plain

_SHORT = (
    "High expectations", "Progress and outcomes", "Subject and curriculum knowledge", "Well-structured lessons", "Adaptive teaching",
    "Assessment", "Behaviour and environment", "Wider responsibilities",
)  # fmt: skip


def model_heir(t: Random, c: Random) -> Sketch:
    """The model form with rows renamed, then numbered questions, then a table of signatures."""
    f = Plain("model_heir", t, c, "formal_assessment", {
        "ect_name": ("Full name of ECT", "Early career teacher (full name)"), "ect_former_name": ("Former name (if applicable)", "Any former name(s)"), "trn": ("ECT’s TRN", "Teacher Reference Number (TRN) of ECT"), "date_of_birth": ("ECT’s date of birth (DD/MM/YYYY)", "Date of birth"), "school_name": ("Name of school/academy/setting", "School / setting"), "induction_tutor_name": ("Induction tutor: name and role", "Name and role of induction tutor"), "mentor_name": ("Mentor: name and role", "Name and role of mentor"), "period_start": ("Start of assessment period", "Date assessment period began"), "period_end": ("End of assessment period", "Date assessment period ended"), "days_absent": ("Days absent in this assessment period", "Number of days’ absence in the period"), "days_absent_total": ("Days absent in induction overall", "Days absent since the start of induction"), "appropriate_body": ("Appropriate body receiving this assessment", "Appropriate body"),
        "evidence": ("Please summarise the evidence which supports your judgement, with reference to the Teachers’ Standards", "Summary of evidence against the Teachers’ Standards"), "strengths": ("What are the ECT’s strengths?", "Please describe the ECT’s strengths"), "areas_for_development": ("What are the ECT’s areas for development?", "Please describe areas for further development"), "targets": ("What targets have been agreed for the next period?", "Please list the agreed targets"), "ect_comments": ("ECT comments (please give your own view of your progress and support)", "Comments from the ECT on this assessment"),
    })  # fmt: skip
    s = f.pages(
        f.words("Orchard Vale Teaching School Hub – Appropriate Body", "Three Counties AB"), "Formal assessment v4 – page 1"
    )
    s.add(p(f.words("ECT induction: formal assessment form", "Early Career Teacher Formal Assessment"), heading=1))
    s.add(p("Please complete every section and e-mail the form within ten working days of the assessment meeting."))
    rows = [
        left(f, key)
        for key in (
            "ect_name",
            "ect_former_name",
            "trn",
            "date_of_birth",
            "school_name",
            "induction_tutor_name",
            "mentor_name",
            "period_start",
            "period_end",
        )
    ]
    rows.append(
        (
            cell("Is the ECT full-time or part-time? (Please delete)", shaded=True),
            cell(p(*f.pattern("strike", ("Full-time", "Part-time")))),
        )
    )
    rows.append((cell("If part-time, please give the FTE", shaded=True), cell(p(f.answer("fte", blank=0)))))
    rows += [left(f, key) for key in ("days_absent", "days_absent_total", "appropriate_body")]
    s.add(p("Section A: ECT, school and period", heading=2), T((0.42, 0.58), tuple(rows)))
    s.add(p("Section B: Assessment", heading=2), p("1. Which assessment does this form record?"))
    points = [
        ("End of first assessment period (normally term 3)", "first"),
        ("End of second (final) assessment period (normally term 6)", "final"),
    ]
    s.add(*f.lines(f.chosen("assessment_point", points, c.choice(["first", "final"]))))
    s.add(p("2. At this point in induction, the ECT’s performance against the Teachers’ Standards is:"))
    s.add(
        *f.lines(
            f.outcome(
                (
                    ("satisfactory", "satisfactory – the ECT is making the progress expected"),
                    ("unsatisfactory", "not satisfactory – the ECT is not making the progress expected"),
                )
            )
        )
    )
    for number, key in enumerate(("evidence", "strengths", "areas_for_development", "targets", "ect_comments"), 3):
        s.add(p(f"{number}. {f.label(key, colon=False)}"), T((1.0,), ((cell(*f.long(key)),),), least=50))
    s.add(p("Section C: Signatures", heading=2), f.signatures(("Role", "Name", "Signature", "Date")))
    return s


def on_track_columns(t: Random, c: Random) -> Sketch:
    """Each standard in a row: its name, a column to tick when on track, one when not, and the evidence."""
    f = Plain("on_track_columns", t, c, "formal_assessment", {
        "ect_name": ("ECT", "Name of ECT"), "trn": ("TRN", "TRN number"), "date_of_birth": ("DOB", "ECT DOB"), "school_name": ("School", "School/Trust"), "induction_tutor_name": ("IT name", "Induction tutor"), "mentor_name": ("Mentor", "Mentor name"), "period_start": ("Assessment start", "Period from"), "period_end": ("Assessment end", "Period to"), "days_absent": ("Absence (days) this period", "Days absent"), "fte": ("FTE if part time", "FTE (if not 1.0)"),
        "standard_part_two": ("Part Two: personal and professional conduct", "Part 2 – Personal and Professional Conduct"), "targets": ("Priorities for the next stage", "Targets for the next stage of induction"), "ect_comments": ("ECT’s comments", "Comment from ECT"),
    })  # fmt: skip
    s = f.pages("Formal Assessment – ECT Induction 2025/26", f.words("Kestrel Teaching School Hub", "Southmere AB"))
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p(
            {"first": "Formal Assessment 1 (end of Year 1)", "final": "Formal Assessment 2 (end of Year 2 – final)"}[point],
            heading=1,
        )
    )
    s.add(
        T(
            (0.17, 0.33, 0.19, 0.31),
            (
                left(f, "ect_name", "trn"),
                left(f, "school_name", "date_of_birth"),
                left(f, "induction_tutor_name", "mentor_name"),
                left(f, "period_start", "period_end"),
                left(f, "days_absent", "fte"),
            ),
        )
    )
    heads = f.words(
        "Teachers’ Standard|On track|Not on track|Evidence", "Standard|Met so far|Not yet met|Comments and evidence"
    ).split("|")
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    for number, name in enumerate(_SHORT, 1):
        fine = c.random() < 0.9
        rows.append(
            (
                cell(f"TS{number} {name}"),
                cell(p(Tick(fine and not f.blank))),
                cell(p(Tick(not fine and not f.blank))),
                cell(*f.text(f"standard_{number}", paragraphs=1)),
            )
        )
    fine = not f.blank
    rows.append(
        (
            cell(f.label("standard_part_two", colon=False)),
            cell(p(Tick(fine))),
            cell(p(Tick(False))),
            cell(*f.text("standard_part_two", paragraphs=1)),
        )
    )
    s.add(T((0.24, 0.1, 0.1, 0.56), tuple(rows)))
    s.add(p(f.words("Overall judgement (tick one)", "Overall"), bold=True))
    s.add(
        p(
            *f.ticks(
                f.outcome(
                    (("satisfactory", "Performance is satisfactory"), ("unsatisfactory", "Performance is not satisfactory"))
                )
            )
        )
    )
    s.add(f.box("targets"), f.box("ect_comments"))
    s.add(
        f.signatures(
            ("Signatory", "Signature", "Print name", "Date"),
            (("tutor", "Induction tutor"), ("head", "Headteacher"), ("ect", "ECT")),
        )
    )
    return s


def absence_by_term(t: Random, c: Random) -> Sketch:
    """A final assessment with the recommendation last; absence in a grid of terms whose last column is the total."""
    f = Plain("absence_by_term", t, c, "formal_assessment", {
        "ect_name": ("Name", "Full name"), "trn": ("Teacher Reference Number", "TRN"), "national_insurance_number": ("NI number", "National Insurance Number"), "date_of_birth": ("Date of birth", "DOB"), "qts_date": ("Date QTS awarded", "QTS date"), "induction_start": ("Date induction began", "Induction start date"), "school_name": ("School name", "Name of school"), "school_urn": ("URN", "School URN"), "headteacher_name": ("Headteacher", "Headteacher name"), "induction_tutor_name": ("Induction tutor", "Induction tutor name"), "terms_completed": ("Terms of induction completed (FTE)", "FTE terms completed in total"),
        "strengths": ("Strengths", "Particular strengths"), "areas_for_development": ("Areas for continued development", "Areas to continue to develop"), "evidence": ("Evidence base", "Evidence used in this assessment"), "ect_comments": ("ECT comments", "Comments of the early career teacher"),
    })  # fmt: skip
    s = f.pages("", f.words("Beacon Way AB – final assessment", "Ridgeline Teaching School Hub"))
    s.truth["assessment_point"] = "final"
    s.add(p(f.words("Final Assessment (end of induction)", "ECT Induction – Final Formal Assessment"), heading=1))
    s.add(
        p("1. Early career teacher", heading=2),
        T(
            (0.2, 0.3, 0.22, 0.28),
            (
                left(f, "ect_name", "trn"),
                left(f, "date_of_birth", "national_insurance_number"),
                left(f, "qts_date", "induction_start"),
            ),
        ),
    )
    s.add(
        p("2. School", heading=2),
        T((0.2, 0.3, 0.22, 0.28), (left(f, "school_name", "school_urn"), left(f, "headteacher_name", "induction_tutor_name"))),
    )
    s.add(
        p("3. Induction served", heading=2),
        T((0.45, 0.55), (left(f, "terms_completed"), (cell("Working pattern", shaded=True), cell(p(*f.pattern("before")))))),
    )
    total = f.facts.absent
    heads = ("", "Term 4", "Term 5", "Term 6", f.words("Total for this period", "Total this assessment period"))
    absent = f.answer("days_absent", blank=0)
    parts = (f.noted("0"), f.noted(f"{total}"), f.noted("0"), absent)
    s.add(
        T(
            (0.28, 0.16, 0.16, 0.16, 0.24),
            (
                tuple(cell(one, bold=True, shaded=True) for one in heads),
                (cell(f.words("Days absent", "Number of days absent")), *(cell(p(one)) for one in parts)),
            ),
        )
    )
    s.add(p("4. Progress against the Teachers’ Standards", heading=2))
    for key in ("strengths", "areas_for_development", "evidence"):
        s.add(f.box(key, shaded=False))
    s.add(
        p("5. Recommendation of the headteacher", heading=2),
        p("In my judgement, and on the evidence above, this early career teacher (please tick):"),
    )
    options = (
        ("satisfactory", "has performed satisfactorily against the Teachers’ Standards"),
        ("unsatisfactory", "has not performed satisfactorily against the Teachers’ Standards"),
        ("extension", "should be considered for an extension to induction"),
    )
    s.add(T((0.08, 0.92), tuple((cell(p(*mark(one, "typed"))), cell(text)) for text, one in f.outcome(options))))
    s.add(p("6. Comments and signatures", heading=2), f.box("ect_comments", shaded=False))
    for who, role in (("head", "Headteacher"), ("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(
            T(
                (0.16, 0.34, 0.12, 0.14, 0.08, 0.16),
                (
                    (
                        cell(role, shaded=True),
                        cell(p(name)),
                        cell("Signed", shaded=True),
                        cell(""),
                        cell("Date", shaded=True),
                        cell(p(day)),
                    ),
                ),
            )
        )
    return s


def leaving_before_end(t: Random, c: Random) -> Sketch:
    """An interim assessment: particulars in lines with tabs, where the ECT goes, long answers beside their questions."""
    f = Plain("leaving_before_end", t, c, "interim_assessment", {
        "ect_name": ("ECT name", "Name of early career teacher"), "trn": ("TRN", "Teacher reference number"), "school_name": ("Current school", "School completing this form"), "school_dfe_number": ("DfE number", "School DfE no."), "period_start": ("From", "Start date"), "period_end": ("To", "End date"), "days_absent": ("Days absent since last assessment", "Absences since last formal assessment (days)"), "terms_completed": ("Induction completed at this school (terms, FTE)", "FTE terms served at this school"), "leaving_date": ("Last day of employment", "Date employment at this school ends"), "next_school": ("Destination (name of school, if known)", "School the ECT is moving to (if known)"),
        "evidence": ("Summary of progress and the evidence for it", "Evidence of progress since the last assessment"), "strengths": ("Strengths of practice", "Areas of strength"), "targets": ("Targets the next school should be aware of", "Development targets to carry forward"), "support_plan": ("Any support plan in place", "Support currently in place"), "ect_comments": ("The ECT’s comments", "ECT: your comments"),
    })  # fmt: skip
    s = f.pages("", "Keep for six years. Send a copy to the ECT.")
    s.truth["assessment_point"] = "interim"
    s.add(p(f.words("Interim assessment", "Interim Assessment Form (ECT leaving before next formal assessment)"), heading=1))
    s.add(p("To be completed when an ECT leaves after at least one term and before the next formal assessment is due."))
    s.add(T((0.3, 0.7), tuple(left(f, key) for key in ("ect_name", "trn", "school_name", "school_dfe_number"))))
    s.add(
        p(f.words("Period covered by this interim assessment", "Dates covered by this assessment"), bold=True),
        T((0.15, 0.35, 0.15, 0.35), (left(f, "period_start", "period_end"),)),
    )
    s.add(T((0.6, 0.4), tuple(left(f, key) for key in ("terms_completed", "days_absent", "leaving_date", "next_school"))))
    s.add(
        p(
            "Progress: ",
            *f.ticks(
                f.outcome(
                    (("satisfactory", "making satisfactory progress"), ("unsatisfactory", "not making satisfactory progress"))
                )
            ),
        )
    )
    s.add(f.beside("evidence", "strengths", "targets", "support_plan", "ect_comments"))
    name, day = f.signed("head")
    s.add(
        p(Run("Headteacher’s declaration", bold=True)),
        p("I confirm that the information above is a true record of induction served at this school."),
    )
    s.add(p("Name: ", name, Gap(), "Signed:", Gap(), "Date: ", day))
    name, day = f.signed("ect")
    s.add(p("ECT’s name: ", name, Gap(), "Signed:", Gap(), "Date: ", day))
    return s
